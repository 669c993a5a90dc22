"""What Ray reads and embeds is what this machine reads and embeds; a cluster of this machine."""

import os
import subprocess
import sys
from functools import partial

import pytest

from answer.build import build
from answer.errors import AheadError
from answer.on_ray import protect, read_on_ray
from index.store import open_current
from tests.answer.test_build import Corpus
from tests.toys import ToyEncoder

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # Ray's of its own settings
]

on_ray = partial(read_on_ray, make_encoder=ToyEncoder)


@pytest.fixture(autouse=True)
def toys_travel():
    """Another machine has the project, but not its tests."""
    protect(os.environ)  # Ray reads it once, when it is imported
    import ray.cloudpickle

    ray.cloudpickle.register_pickle_by_value(sys.modules["tests.toys"])


@pytest.fixture
def corpus(tmp_path):
    return Corpus(tmp_path / "corpus")


def files_of(index):
    """What the index says, but for what is unique to each build."""

    def read(build):
        paths = (path for path in build.rglob("*") if "segments" in path.parts and path.is_file())
        return {path.name: path.read_bytes() for path in paths}

    return open_current(index, read)


def test_an_index_built_on_ray_is_the_one_built_here(corpus, tmp_path):
    encoder = ToyEncoder()
    build(corpus.folder, tmp_path / "ray", encoder=encoder, ahead=on_ray)
    assert encoder.seen == []
    build(corpus.folder, tmp_path / "here", encoder=encoder)
    assert encoder.seen != []
    assert files_of(tmp_path / "ray") == files_of(tmp_path / "here")


def test_a_file_that_ray_cannot_read_is_skipped_with_its_reason(corpus, tmp_path):
    (corpus.folder / "files" / "b.md").write_bytes(b"\x00\x01\x02")
    del corpus.items[1]["custom"]["sha256"]
    corpus.write()
    report = build(corpus.folder, tmp_path / "index", encoder=ToyEncoder(), ahead=on_ray)
    assert [one.doc_id for one in report.skipped] == ["b"]
    assert report.skipped[0].faults


def test_what_is_kept_is_not_read_again(corpus, tmp_path, monkeypatch):
    def stop(step, done, total):
        if step == "reading":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(corpus.folder, tmp_path / "index", stop, encoder=ToyEncoder(), ahead=on_ray)
    monkeypatch.setitem(sys.modules, "ray", None)
    encoder = ToyEncoder()
    build(corpus.folder, tmp_path / "index", encoder=encoder, ahead=on_ray)
    assert encoder.seen == []


def test_nobody_else_on_the_network_can_give_it_work(corpus, tmp_path):
    import ray

    refused = []

    def knock(step, done, total):
        if step == "reading and encoding" and not refused:
            address = ray.get_runtime_context().gcs_address
            code = f"import ray; ray.init(address={address!r}, log_to_driver=False); print('in')"
            strangers = {k: v for k, v in os.environ.items() if not k.startswith("RAY_AUTH")}
            found = subprocess.run(
                [sys.executable, "-c", code],
                env=strangers,
                capture_output=True,
                text=True,
                check=False,
            )
            refused.append((found.returncode, found.stdout))

    build(corpus.folder, tmp_path / "index", knock, encoder=ToyEncoder(), ahead=on_ray)
    assert refused == [(1, "")]


def test_without_ray_it_says_what_to_install(corpus, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(AheadError, match="install it by"):
        build(corpus.folder, tmp_path / "index", encoder=ToyEncoder(), ahead=on_ray)


@pytest.mark.parametrize("named", ["RAY_ADDRESS", "RAY_AUTH_MODE"])
def test_what_protects_a_cluster_is_its_owners_to_say(named):
    environment = {named: "as its owner says"}
    protect(environment)
    assert environment == {named: "as its owner says"}
