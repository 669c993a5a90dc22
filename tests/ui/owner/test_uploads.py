"""Files that are dropped: how large, how many, by what names, and where they end."""

import os

import pytest

from tests.ui.owner.conftest import ASTHMA
from ui.owner import uploads

BATCH = "0123456789abcdef"
NAMES = [
    *("", ".", "..", "../x.md", "a/../../x.md", "/etc/x.md", "a//b.md", "a/", "~/.ssh/x"),
    *(".hidden.md", "a/.b/c.md", "x\0.md", "x\n.md", " x.md", "x.md ", "a\\b.md", "..\\x.md"),
    *("x" * 300 + ".md", "/".join("abcdefghijkl") + ".md", "\u202ex.md"),
]


def kept(places):
    folder = places.index / uploads.FOLDER
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_a_file_is_kept_as_it_came(owner, places):
    content = os.urandom(3 * 1024 * 1024)
    assert owner.send("My export/files/12/Müller 2020.pdf", content).status_code == 200
    assert kept(places) == [f"{BATCH}/My export/files/12/Müller 2020.pdf"]
    path = places.index / uploads.FOLDER / kept(places)[0]
    assert path.read_bytes() == content


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_leads_elsewhere_is_refused(owner, places, tmp_path, name):
    before = sorted(tmp_path.rglob("*"))
    answer = owner.send(name, "x")
    assert answer.status_code == 422
    assert answer.json()["problem"].endswith("Rename it, then drop it again.")
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    "batch", ["", "x", "..", "../../0123456789", "0123456789ABCDEF", BATCH * 2]
)
def test_a_drop_has_the_name_that_the_page_gives_it(owner, places, batch):
    assert owner.send("x.md", "x", batch).status_code == 422
    assert owner.post("job", {"do": "add", "batch": batch}).status_code == 404
    assert kept(places) == []


def test_nothing_of_a_file_that_is_too_large_is_kept(owner, places, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_MIB", 1)
    answer = owner.send("big.pdf", b"x" * (1024 * 1024 + 1))
    assert (answer.status_code, answer.json()["problem"]) == (
        413,
        "big.pdf: is larger than 1 MiB. Drop a smaller file.",
    )
    assert kept(places) == []


def test_two_files_of_one_name_are_not_one(owner, places):
    assert owner.send("x.md", "one").status_code == 200
    assert owner.send("x.md", "two").status_code == 409
    assert (places.index / uploads.FOLDER / BATCH / "x.md").read_text("utf-8") == "one"


def test_only_so_many_files_come_at_once(owner, places, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_FILES", 2)
    assert [owner.send(f"{n}.md", "x").status_code for n in range(3)] == [200, 200, 413]
    assert len(kept(places)) == 2


def test_drops_that_no_job_takes_do_not_fill_the_disk(owner, places):
    for number in range(uploads.MOST_BATCHES + 3):
        assert owner.send("x.md", "x", f"{number:016x}").status_code == 200
    assert len(kept(places)) == uploads.MOST_BATCHES


def test_a_full_disk_is_one_line_at_the_file(owner, places, monkeypatch):
    monkeypatch.setattr(uploads, "SPARE", 10**18)
    answer = owner.send("x.md", "x")
    assert answer.status_code == 507
    assert answer.json()["problem"] == "x.md: the server’s disk is full. Make room there."
    assert kept(places) == []


def test_nothing_is_left_after_a_job_nor_after_a_restart(owner, places):
    owner.send("asthma.md", ASTHMA)
    assert owner.job({"do": "add", "batch": BATCH})["state"] == "done"
    assert kept(places) == []
    owner.send("asthma.md", ASTHMA)
    uploads.Uploads(places.index, 1)
    assert kept(places) == []
