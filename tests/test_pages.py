"""What the pages of documentation name exists: files, headings, modules, commands, make targets."""

import re
from pathlib import Path

import pytest

from ui.terminal.cli import main

ROOT = Path(__file__).parent.parent
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md")),
    *(ROOT / name for name in ("corpus/README.md", "training/README.md")),
    *(ROOT / "answer" / "models").glob("*.md"),
    *(ROOT / "docs").glob("*.md"),
]
MODULES = {path.name for path in ROOT.glob("[a-z]*/**/*.py")}
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem.lower())


def named(page, pattern):
    return sorted(set(re.findall(pattern, page.read_text("utf-8"), re.MULTILINE)))


def headings(page):
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@every_page
def test_every_linked_file_and_heading_exists(page):
    for link in named(page, r"\]\(([^):]+)\)"):
        name, _, heading = link.partition("#")
        linked = page.parent / name if name else page
        assert linked.exists(), link
        assert not heading or heading in headings(linked), link


@every_page
def test_every_named_file_exists(page):
    def is_there(name):
        return (ROOT / name).exists() or any(ROOT.glob(f"[a-z]*/**/{name}"))

    assert [name for name in named(page, r"`([a-z_]+\.py)`") if name not in MODULES] == []
    places = named(page, r"`((?:\.?[a-z_]+/)+(?:[a-z_]+\.(?:py|md|json|toml|yml))?)`")
    assert [name for name in places if not is_there(name)] == []


@every_page
def test_every_command_exists(page, capsys):
    def is_there(module):
        path = ROOT / module.replace(".", "/")
        return path.with_suffix(".py").exists() or (path / "__main__.py").exists()

    assert [one for one in named(page, r"python -m ([a-z_.]+)") if not is_there(one)] == []
    assert set(named(page, r"(?:^|`)make ([a-z]+)")) <= set(TARGETS)
    with pytest.raises(SystemExit):
        main(["--help"])
    commands = set(re.findall(r"^    ([a-z-]+)(?: {2,}|$)", capsys.readouterr().out, re.MULTILINE))
    assert set(named(page, r"(?:^|`|bin/)quotewell ([a-z-]+)")) <= commands
