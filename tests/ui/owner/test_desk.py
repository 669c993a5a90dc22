"""What an owner does on the library page, and what the page is told of it."""

import json
import threading
from dataclasses import replace

import pytest

from tests.ui.owner.conftest import ASTHMA, GOUT, Client
from ui.owner.changing import LAST, PINNED, SUPPLIED
from ui.owner.job import BUSY, Job, Jobs, StoppedError
from ui.settings import CORPUS, Places

BATCH = "0123456789abcdef"


def ids(owner):
    return [one["id"] for one in owner.get("library").json()["documents"]]


def add(owner, **files):
    for name, text in files.items():
        owner.send(f"{name}.md", text)
    return owner.job({"do": "add", "batch": BATCH})


def test_a_dropped_file_becomes_a_document_and_its_facts_are_told(owner, changing):
    job = add(owner, asthma=ASTHMA)
    assert (job["what"], job["state"], changing.builds) == ("add", "done", 1)
    (result,) = job["results"]
    assert (result["how"], result["file"], result["id"]) == ("added", "asthma.md", "asthma")
    assert result["facts"] == [{"key": "title", "value": "Asthma", "origin": "first heading"}]
    assert result["missing"][:2] == ["author", "issued"]
    assert result["sentences"] == 2
    assert ids(owner) == ["gout", "asthma"]


def test_an_error_costs_one_line_at_its_file(owner, changing):
    owner.send("broken.pdf", b"not a PDF")
    job = add(owner, asthma=ASTHMA, again=GOUT)
    by_file = {one["file"]: one for one in job["results"]}
    assert by_file["asthma.md"]["how"] == "added"
    assert (by_file["again.md"]["how"], by_file["again.md"]["id"]) == ("known", "gout")
    assert by_file["broken.pdf"]["how"] == "refused"
    assert "\n" not in by_file["broken.pdf"]["reason"]
    assert str(changing._places.index) not in json.dumps(job)


def test_nothing_is_built_if_nothing_was_added(owner, changing):
    assert add(owner, again=GOUT)["state"] == "done"
    assert changing.builds == 0


def test_an_export_of_zotero_comes_with_its_files(owner):
    bib = (
        "@article{x,\n title = {On asthma},\n file = {files/1/asthma.md:files/1/asthma.md:text}\n}"
    )
    owner.send("My export/My export.bib", bib)
    owner.send("My export/files/1/asthma.md", ASTHMA)
    job = owner.job({"do": "add", "batch": BATCH})
    (result,) = job["results"]
    assert result["how"] == "added"
    assert {"key": "title", "value": "On asthma"}.items() <= result["facts"][0].items()
    assert result["file"] == "My export/files/1/asthma.md"


def test_a_document_is_replaced_and_its_version_is_told(owner, places):
    owner.send("new.md", GOUT + "\nAllopurinol prevents it.\n")
    job = owner.job({"do": "replace", "document": "gout", "batch": BATCH})
    assert [one["how"] for one in job["results"]] == ["replaced"]
    library = owner.get("library").json()
    newest, oldest = library["versions"]
    assert (newest["replaced"], newest["is_now"], oldest["added"]) == (["gout"], True, ["gout"])
    assert oldest["command"] == f"quotewell serve --version {oldest['name']} --corpus 'my library'"


def test_one_document_is_replaced_by_one_file(owner):
    for name in ("a.md", "b.md"):
        owner.send(name, name)
    answer = owner.post("job", {"do": "replace", "document": "gout", "batch": BATCH})
    assert answer.status_code == 422
    assert owner.send("a.md", "x").status_code == 200, "the drop is gone"


def test_a_document_is_withdrawn_but_not_the_last(owner):
    last = owner.job({"do": "withdraw", "document": "gout"})
    assert (last["state"], last["problem"]) == ("failed", LAST)
    add(owner, asthma=ASTHMA)
    assert owner.job({"do": "withdraw", "document": "gout"})["state"] == "done"
    assert ids(owner) == ["asthma"]


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ({}, 422),
        ({"do": "delete everything"}, 422),
        ({"do": "withdraw"}, 422),
        ({"do": "withdraw", "document": "nothing"}, 404),
        ({"do": "withdraw", "document": ["gout"]}, 422),
        ({"do": "add", "batch": ["x"]}, 422),
        ({"do": "replace", "document": "nothing", "batch": BATCH}, 404),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(owner, wanted, status):
    answer = owner.post("job", wanted)
    assert answer.status_code == status
    assert answer.json()["problem"].endswith(".")
    assert owner.get("job").json() == {"job": None}


def test_facts_are_corrected_and_everything_else_stays(owner, places):
    listing = places.corpus / "sources.json"
    (before,) = json.loads(listing.read_text("utf-8"))
    facts = {"author": "Doe, Jane\nA team", "issued": "2023-05", "audience": "patient"}
    job = owner.job({"document": "gout", "facts": facts}, "facts")
    assert (job["what"], job["state"]) == ("describe", "done")
    (after,) = json.loads(listing.read_text("utf-8"))
    assert after == {
        **before,
        "author": [{"family": "Doe", "given": "Jane"}, {"literal": "A team"}],
        "issued": {"date-parts": [[2023, 5]]},
        "custom": {**before["custom"], "audience": "patient"},
    }


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"issued": "last year"}, "is not a date"),
        ({"audience": "everybody"}, "clinician or patient"),
        ({"file": "/etc/passwd"}, "there is no fact 'file'"),
        ({"title": "x" * 5000}, "shorten it"),
    ],
)
def test_a_fact_that_cannot_be_is_refused_and_none_is_saved(owner, places, facts, told):
    before = (places.corpus / "sources.json").read_bytes()
    answer = owner.post("facts", {"document": "gout", "facts": {"rights": "free", **facts}})
    assert answer.status_code == 422
    assert told in answer.json()["problem"]
    assert (places.corpus / "sources.json").read_bytes() == before


def test_what_was_left_out_is_told_a_few_texts_first(owner, answerer):
    told = owner.get("documents/gout").json()
    assert told["joined"]["count"] == len(answerer.documents["gout"].seams) == 1
    assert told["joined"]["texts"][0]["before"].endswith("After his course of ")
    assert told["groups"] == []
    assert owner.get("documents/gout?all=1").json()["is_whole"]
    assert owner.get("documents/nothing").status_code == 404


def test_one_job_at_a_time_and_a_second_owner_sees_it(owner, app, changing):
    go_on = threading.Event()
    changing.build = lambda job: go_on.wait(10)
    second = Client(app)
    second.enter()
    assert owner.post("job", {"do": "build"}).status_code == 200
    assert second.get("job").json()["job"]["state"] == "running"
    for path, wanted in (("job", {"do": "build"}), ("facts", {"document": "gout", "facts": {}})):
        answer = second.post(path, wanted)
        assert (answer.status_code, answer.json()["problem"]) == (409, BUSY)
    go_on.set()
    assert owner.ended()["state"] == "done"


def test_a_stopped_job_indexes_what_it_has_added(owner, changing, monkeypatch):
    begun, go_on = threading.Event(), threading.Event()
    tell = Job.tell

    def slow(job, step, done, total):
        if done == 1 and not begun.is_set():
            begun.set()
            go_on.wait(10)
        tell(job, step, done, total)

    monkeypatch.setattr(Job, "tell", slow)
    for name in "abc":
        owner.send(f"{name}.md", ASTHMA.replace("Asthma", f"Asthma {name}"))
    owner.post("job", {"do": "add", "batch": BATCH})
    assert begun.wait(10)
    assert owner.post("job/stop").json()["job"]["state"] == "stopping"
    go_on.set()
    job = owner.ended()
    assert (job["state"], len(job["results"]), changing.builds) == ("stopped", 1, 1)
    assert len(ids(owner)) == 2


def test_a_job_can_be_stopped_once_in_each_of_its_parts():
    job = Job("add")
    job.tell("reading", 1, 2)
    job.state = "stopping"
    with pytest.raises(StoppedError):
        job.tell("reading", 2, 2)
    job.tell("encoding", 1, 2)
    assert job.was_stopped


def test_time_left_is_told_once_a_step_has_a_pace():
    now = [0.0]
    job = Job("add", clock=lambda: now[0])
    job.tell("reading", 0, 10)
    now[0] = 1.0
    job.tell("reading", 1, 10)
    assert job.seconds_left is None
    now[0] = 8.0
    job.tell("reading", 4, 10)
    assert job.seconds_left == pytest.approx(12)


def test_a_fault_of_ours_fails_the_job_and_is_logged_by_its_place(caplog):
    jobs, ended, name = Jobs(), threading.Event(), "private.pdf"

    def work(job):
        raise RuntimeError(name)

    job = jobs.begin("add", work, ended.set)
    assert ended.wait(10)
    for _ in range(1000):
        if job.state == "failed":
            break
        threading.Event().wait(0.01)
    assert "fault in Quotewell" in job.problem
    assert name not in caplog.text
    assert "RuntimeError" in caplog.text


def test_the_programs_own_documents_stay_as_they_are(owner, changing):
    changing._places = Places(CORPUS, changing._places.index)
    assert owner.get("library").json()["problem"] == SUPPLIED
    assert owner.send("x.md", "x").status_code == 409
    for path, wanted in (
        ("job", {"do": "withdraw", "document": "case_report"}),
        ("facts", {"document": "case_report", "facts": {}}),
    ):
        answer = owner.post(path, wanted)
        assert (answer.status_code, answer.json()["problem"]) == (409, SUPPLIED)


def test_an_earlier_version_stays_as_it_is(owner, changing, places):
    changing._places = replace(places, version="0123456789ab")
    assert owner.get("library").json()["problem"] == PINNED
    assert owner.post("job", {"do": "build"}).status_code == 409


def test_documents_that_are_not_answered_from_are_told(owner, changing, answerer):
    del answerer.documents["gout"]
    changing.left_out = {"gout": "gout.md: holds no text"}
    (document,) = owner.get("library").json()["documents"]
    assert (document["state"], document["reason"]) == ("not in use", "gout.md: holds no text")
