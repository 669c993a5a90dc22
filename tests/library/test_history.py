"""Every version of a library is noted, and can be served again with the statuses of today."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.sources import read_corpus
from library import history
from library.checkout import check_out, named
from library.errors import LibraryError
from library.history import keep, record, versions
from tests.corpus.conftest import make_item

ROOT = Path(__file__).parents[2]


@pytest.fixture
def library(corpus):
    """A library of one document and a bank, whose first version is recorded."""
    folder = corpus([make_item()], **{"one.md": b"first"})
    (folder / "questions").mkdir()
    (folder / "questions" / "bank.jsonl").write_text('{"q": 1}\n')
    record(folder)
    return folder


def listing(folder, *items):
    (folder / "sources.json").write_text(json.dumps(items))


def replace(folder, data):
    keep(folder, [folder / "files" / "one.md"])
    (folder / "files" / "one.md").write_bytes(data)
    return record(folder)


def last(folder):
    return versions(folder)[-1]


def test_a_version_is_named_by_the_digest_of_the_corpus_and_says_when_it_began(library):
    (version,) = versions(library)
    assert version.name == read_corpus(library).sha256[:12]
    assert version.added == ("one",)
    assert version.at.endswith("+00:00")


def test_what_did_not_change_is_not_noted_again(library):
    assert record(library) == record(library)
    assert len(versions(library)) == 1


def test_a_history_says_what_was_added_replaced_described_and_withdrawn(library):
    (library / "files" / "two.md").write_bytes(b"second")
    listing(library, make_item(), make_item("two.md"))
    record(library)
    assert last(library).added == ("two",)
    replace(library, b"changed")
    assert (last(library).added, last(library).replaced) == ((), ("one",))
    before = last(library).name
    listing(library, make_item(title="A better title"), make_item("two.md"))
    record(library)
    assert (last(library).described, last(library).name) == (("one",), before)
    (library / "files" / "two.md").unlink()
    listing(library, make_item(title="A better title"))
    record(library)
    assert last(library).withdrawn == ("two",)
    assert not last(library).is_bank_changed


def test_a_change_by_hand_is_noted_by_the_next_record(library):
    (library / "files" / "one.md").write_bytes(b"by hand")
    record(library)
    assert last(library).replaced == ("one",)


def test_an_earlier_version_is_checked_out_as_an_ordinary_corpus(library, tmp_path):
    first = last(library).name
    (library / "questions" / "bank.jsonl").write_text('{"q": 2}\n')
    replace(library, b"second")
    check_out(library, named(library, first[:4]), tmp_path / "then")
    then = read_corpus(tmp_path / "then")
    assert then.sha256.startswith(first)
    assert then.sources[0].path.read_bytes() == b"first"
    assert then.sources[0].is_pinned
    assert (tmp_path / "then" / "questions" / "bank.jsonl").read_text() == '{"q": 1}\n'


def test_the_facts_are_those_of_the_version_and_the_statuses_those_of_today(library, tmp_path):
    first = last(library).name
    replace(library, b"second")
    retracted = [{"kind": "retracted", "date": "2024-05-04"}]
    listing(library, make_item(title="New", custom={"status": retracted}))
    check_out(library, first, tmp_path / "then")
    (source,) = read_corpus(tmp_path / "then").sources
    assert (source.title, source.csl["custom"]["status"]) == ("One", retracted)
    listing(library, make_item(title="New"))
    check_out(library, first, tmp_path / "then")
    assert "status" not in read_corpus(tmp_path / "then").sources[0].csl["custom"]


def test_the_present_version_can_be_checked_out_though_it_was_never_recorded(
    corpus, item, tmp_path
):
    folder = corpus([item()], **{"one.md": b"text"})
    check_out(folder, named(folder, read_corpus(folder).sha256[:6]), tmp_path / "now")
    assert read_corpus(tmp_path / "now").sha256 == read_corpus(folder).sha256
    assert not (folder / "history").exists()


def test_a_document_that_was_withdrawn_is_in_the_versions_that_had_it(library, tmp_path):
    (library / "files" / "two.md").write_bytes(b"second")
    listing(library, make_item(), make_item("two.md"))
    both = record(library)
    keep(library, [library / "files" / "two.md"])
    (library / "files" / "two.md").unlink()
    listing(library, make_item())
    record(library)
    check_out(library, both, tmp_path / "then")
    assert read_corpus(tmp_path / "then").doc_ids == {"one", "two"}


def test_a_version_whose_bytes_are_gone_is_not_checked_out_and_one_line_says_why(library, tmp_path):
    first = last(library).name
    (library / "files" / "one.md").write_bytes(b"by hand")
    record(library)
    with pytest.raises(
        LibraryError, match=r"files/one\.md of this version is lost.*save it as"
    ) as e:
        check_out(library, first, tmp_path / "then")
    assert "\n" not in str(e.value)
    assert not (tmp_path / "then").exists()


def test_a_version_checked_out_stays_when_its_file_is_then_changed_by_hand(library, tmp_path):
    first = last(library).name
    check_out(library, first, tmp_path / "then")
    (library / "files" / "one.md").write_bytes(b"by hand")
    check_out(library, first, tmp_path / "then")
    assert read_corpus(tmp_path / "then").sources[0].path.read_bytes() == b"first"


@pytest.mark.parametrize(
    ("digits", "what"),
    [("zzzzz", "is not a version of this library"), ("abc", "give at least 4 of its digits")],
)
def test_an_unknown_version_is_one_line_with_the_newest_ones(library, digits, what):
    newest = replace(library, b"second")
    with pytest.raises(LibraryError, match=rf"{what}.*; the newest are {newest}, "):
        named(library, digits)


def test_a_line_that_a_killed_process_left_unfinished_is_overwritten(library):
    log = library / "history" / "versions.jsonl"
    whole = log.read_bytes()
    log.write_bytes(whole + b'{"version": "torn')
    assert len(versions(library)) == 1
    replace(library, b"second")
    assert len(versions(library)) == 2
    assert log.read_bytes().startswith(whole)
    assert b"torn" not in log.read_bytes()


def test_a_line_that_is_no_change_is_an_error_that_names_it(library):
    log = library / "history" / "versions.jsonl"
    log.write_bytes(b"[]\n" + log.read_bytes())
    with pytest.raises(LibraryError, match=r"versions\.jsonl, line 1: .* restore the file"):
        versions(library)


def test_processes_that_record_at_the_same_time_note_a_change_once(library):
    (library / "files" / "one.md").write_bytes(b"second")
    code = "import sys; from pathlib import Path; from library.history import record; record(Path(sys.argv[1]))"
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(library)], cwd=ROOT) for _ in range(3)
    ]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert len(versions(library)) == 2


def test_what_a_process_that_was_killed_has_half_kept_is_removed_by_the_next(library):
    kept = library / "history" / "files"
    before = sorted(kept.iterdir())
    (kept / f".new-{'0' * 64}.md").write_bytes(b"half")
    record(library)
    assert sorted(kept.iterdir()) == before


def test_the_disk_holds_what_is_kept_before_its_file_may_go(library, monkeypatch):
    flushed = []
    monkeypatch.setattr(history, "flush", lambda path: flushed.append(path.name))
    keep(library, [library / "files" / "one.md"])
    digest = hashlib.sha256(b"first").hexdigest()
    assert flushed == [f".new-{digest}.md", "files"]


def test_a_version_is_checked_out_file_by_file_in_one_step_each(library, tmp_path):
    version = read_corpus(library).version
    check_out(library, version, tmp_path / "then")
    place = tmp_path / "then" / "files" / "one.md"
    place.write_bytes(b"hal")
    with place.open("rb") as reader:
        check_out(library, version, tmp_path / "then")
        assert reader.read() == b"hal", "another process may be reading it"
    assert place.read_bytes() == b"first"
    assert [path.name for path in place.parent.iterdir()] == ["one.md"]
