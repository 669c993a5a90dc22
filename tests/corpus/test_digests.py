"""Only what is a file, of the corpus and of a sensible size, is opened."""

import os
import socket
from pathlib import Path

import pytest

from corpus import digests
from corpus.sources import CorpusError, read_corpus


def fault(folder):
    with pytest.raises(CorpusError) as caught:
        read_corpus(folder)
    (told,) = caught.value.faults
    return told


@pytest.fixture
def place(corpus, item):
    """Where the one listed file of a corpus is to be put."""
    return corpus([item()]) / "files" / "one.md"


def test_a_pipe_is_refused_without_waiting_for_a_writer(place):
    os.mkfifo(place)
    assert "one.md: a pipe, not a regular file; put the file itself there" in fault(
        place.parents[1]
    )


def test_a_folder_a_socket_and_a_device_are_refused(place, monkeypatch):
    place.mkdir()
    assert "a folder, not a regular file" in fault(place.parents[1])
    place.rmdir()
    monkeypatch.chdir(place.parent)  # a socket's address is short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("one.md")
        assert "a socket, not a regular file" in fault(place.parents[1])
    assert digests.unfit(Path("/dev/null")) == "a device, not a regular file"


def test_a_link_that_leads_out_of_the_corpus_is_refused(place, tmp_path):
    outside = tmp_path / "outside.md"
    outside.write_bytes(b"text")
    place.symlink_to(outside)
    assert "a link that leads out of the corpus; put the file itself" in fault(place.parents[1])


def test_a_link_that_leads_out_by_another_link_is_refused(place, tmp_path):
    (tmp_path / "outside.md").write_bytes(b"text")
    (place.parents[1] / "inside.md").symlink_to(tmp_path / "outside.md")
    place.symlink_to(Path("..", "inside.md"))
    assert "a link that leads out of the corpus" in fault(place.parents[1])


def test_a_link_inside_the_corpus_is_read(place):
    (place.parents[1] / "original.md").write_bytes(b"text")
    place.symlink_to(Path("..", "original.md"))
    assert read_corpus(place.parents[1]).sources


def test_files_may_be_a_link_itself(place, tmp_path):
    place.parent.rename(tmp_path / "elsewhere")
    place.parent.symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / ".kept").write_bytes(b"text")
    place.symlink_to(".kept")
    assert read_corpus(place.parents[1]).sources


def test_links_in_a_circle_and_into_nothing_are_refused(place):
    place.symlink_to("one.md")
    assert "cannot be read" in fault(place.parents[1])
    place.unlink()
    place.symlink_to("nothing.md")
    assert "cannot be read" in fault(place.parents[1])


def test_a_file_that_is_too_large_is_refused_unread(place):
    with place.open("wb") as file:
        file.truncate(digests.MAX_MIB * 1024**2)
    assert digests.unfit(place) == ""
    with place.open("ab") as file:
        file.write(b"x" * 200_000)
    assert "one.md: 64.2 MiB, more than the 64 MiB allowed" in fault(place.parents[1])


def test_a_pipe_in_the_question_bank_is_refused(place):
    place.write_bytes(b"text")
    bank = place.parents[1] / "questions"
    bank.mkdir()
    os.mkfifo(bank / "a.jsonl")
    assert "a.jsonl: a pipe" in fault(place.parents[1])
