"""The Dockerfile by its instructions: no image is made here."""

import itertools
import json
import re
from pathlib import Path

import pytest

from corpus.own.home import HOME_VARIABLE
from tests.test_architecture import STAGES
from ui.settings import INDEX_VARIABLE
from ui.terminal.arguments import DEFAULT_PORT, read_arguments

ROOT = Path(__file__).parents[2]
KNOWN = {"FROM", "ARG", "COPY", "RUN", "USER", "WORKDIR", "ENV", "VOLUME", "EXPOSE", "CMD"}


@pytest.fixture(scope="module")
def stages():
    """The instructions of each stage, as (name, rest)."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text("utf-8"), flags=re.MULTILINE)
    lines = text.replace("\\\n", " ").splitlines()
    instructions = [tuple(line.split(maxsplit=1)) for line in lines if line.strip()]
    starts = [row for row, (name, _) in enumerate(instructions) if name == "FROM"] + [None]
    return [instructions[a:b] for a, b in itertools.pairwise(starts)]


def of(stage, wanted):
    return [rest for name, rest in stage if name == wanted]


def test_every_instruction_is_one_of_dockers(stages):
    assert {name for stage in stages for name, _ in stage} <= KNOWN
    assert all(stage[0][0] == "FROM" for stage in stages)


def test_what_is_copied_is_there_and_not_ignored(stages):
    allowed = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE)
    assert all((ROOT / name).exists() for name in allowed)
    assert {*STAGES, "pyproject.toml", "README.md", "LICENSE"} <= set(allowed)
    for stage in stages:
        for rest in of(stage, "COPY"):
            source, _ = [part for part in rest.split() if not part.startswith("--")]
            assert "--from=" in rest or source == "." or source in allowed


def test_packages_are_installed_as_pinned_and_by_root_alone(stages):
    installs = [rest for rest in of(stages[-1], "RUN") if "pip install" in rest]
    names = [name for name, _ in stages[-1]]
    assert len(installs) == 1
    assert "--constraint" in installs[0]
    assert names.index("RUN") < names.index("USER")


def test_an_ordinary_user_runs_it(stages):
    assert of(stages[-1], "USER") == ["1000"]
    assert "useradd --create-home --uid 1000 quotewell" in " ".join(of(stages[-1], "RUN"))


def test_its_command_serves_to_everyone_at_the_port_that_is_exposed(stages):
    (command,) = of(stages[-1], "CMD")
    program, *arguments = json.loads(command)
    assert program == "quotewell"
    assert read_arguments(arguments).command == "serve"
    assert arguments[1:] == ["--host", "0.0.0.0"]
    assert of(stages[-1], "EXPOSE") == [str(DEFAULT_PORT)]


def test_what_visitors_say_outlives_the_container_and_the_index_is_the_images_own(stages):
    (line,) = of(stages[-1], "ENV")
    places = dict(part.split("=") for part in line.split())
    assert of(stages[-1], "VOLUME") == [places[HOME_VARIABLE]]
    assert not places[INDEX_VARIABLE].startswith(places[HOME_VARIABLE])
