"""A draft becomes part of the bank line by line: what is accepted, all of it or nothing."""

import json
import stat

import pytest

from bank.drafts import ACCEPTED, accept, drafted, write_draft
from bank.errors import BankError
from bank.questions import read_bank

QUOTE = {"doc": "drug", "quote": "It is a drip."}


def line(question="Is it a drip?", accept="y", **more):
    known = {"kind": "fact", "voice": "patient", "required": [[QUOTE]]}
    return {"accept": accept, "question": question, "note": "asked once"} | known | more


def near_miss(**more):
    return line("Is it red?", kind="near_miss", required=[], closest=[QUOTE], **more)


@pytest.fixture
def bank(tmp_path):
    return tmp_path / "questions"


@pytest.fixture
def accepted(document, tmp_path, bank):
    """Accept a draft of the given lines."""

    def accepted(*lines):
        path = tmp_path / "draft.jsonl"
        texts = [one if isinstance(one, str) else json.dumps(one) for one in lines]
        path.write_text("\n".join(texts) + "\n", "utf-8")
        return accept(path, bank, {"drug": document})

    return accepted


def test_a_draft_is_undecided_and_for_its_owner_alone(tmp_path):
    path = write_draft(tmp_path / "new" / "drafts", [{"question": "Wozu, Jörg?"}])
    assert path.read_text("utf-8") == '{"accept": "?", "question": "Wozu, Jörg?"}\n'
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_draft_is_never_overwritten(tmp_path):
    paths = [write_draft(tmp_path, [{"question": word}]) for word in ("one", "two")]
    (tmp_path / "draft-1.jsonl").unlink()
    paths.append(write_draft(tmp_path, [{"question": "three"}]))
    paths.append(write_draft(tmp_path, [{"question": "four"}]))
    assert [path.name for path in paths] == [f"draft-{n}.jsonl" for n in (1, 2, 1, 3)]
    assert list(drafted(tmp_path)) == ["three", "two", "four"]


def test_the_questions_of_drafts_come_after_their_history(tmp_path):
    write_draft(tmp_path, [{"question": "How often?", "history": ["Is it a drip?"]}])
    assert list(drafted(tmp_path)) == ["Is it a drip? How often?"]
    assert list(drafted(tmp_path / "none")) == []


def test_accepted_lines_become_lines_of_the_bank_and_the_others_stay_out(accepted, bank, document):
    lines = [line(), line("What?", "?"), line("Who?", "n"), near_miss(reason="says nothing of red")]
    done = accepted(*lines)
    assert (done.added, done.known, done.turned_down, done.undecided) == (2, 0, 1, 1)
    read = read_bank(bank, {"drug": document})
    assert [(known.question, known.origin) for known in read] == [
        ("Is it a drip?", "accepted"),
        ("Is it red?", "accepted"),
    ]
    records = [json.loads(text) for text in done.file.read_text("utf-8").splitlines()]
    assert records[0].keys() == {"question", "kind", "voice", "required"}
    assert records[1].keys() == {"question", "kind", "voice", "reason"}


def test_accepting_again_adds_only_what_is_new(accepted, bank):
    accepted(line())
    done = accepted(line(), line(accept=" Y "), line("Why is it a drip?"))
    assert (done.added, done.known) == (1, 2)
    assert len((bank / ACCEPTED).read_text("utf-8").splitlines()) == 2


def test_what_the_bank_had_stays_as_it_is(accepted, bank):
    bank.mkdir()
    before = json.dumps(line("Is it given as a drip?"))
    (bank / ACCEPTED).write_text(before, "utf-8")
    accepted(line())
    assert (bank / ACCEPTED).read_text("utf-8").splitlines()[0] == before


def test_the_same_question_after_another_is_another(accepted):
    assert accepted(line("How often?"), line("How often?", history=["Is it a drip?"])).added == 2


@pytest.mark.parametrize(
    ("decision", "quotes", "helpful"),
    [("1", ["It is a drip."], 1), (2, ["Call your team."], 1), ("12", None, 0), ("21", None, 0)],
)
def test_a_number_says_which_of_the_quotes_answers(accepted, decision, quotes, helpful):
    done = accepted(line(accept=decision, helpful=[{"doc": "drug", "quote": "Call your team."}]))
    added = json.loads(done.file.read_text("utf-8"))
    (group,) = added["required"]
    assert [item["quote"] for item in group] == (quotes or ["It is a drip.", "Call your team."])
    assert len(added.get("helpful", [])) == helpful


@pytest.mark.parametrize(
    ("more", "kind"),
    [({}, "lay"), ({"voice": "educator"}, "fact"), ({"history": ["Is it red?"]}, "followup")],
)
def test_a_closest_quote_that_answers_makes_a_near_miss_answerable(accepted, more, kind):
    done = accepted(near_miss(accept="1", reason="", **more))
    added = json.loads(done.file.read_text("utf-8"))
    assert (added["kind"], added["required"]) == (kind, [[QUOTE]])
    assert not {"reason", "closest", "helpful"} & added.keys()


@pytest.mark.parametrize(
    ("faulty", "message"),
    [
        ("{", r"not JSON \(.* at character 2\)"),
        ("[1]", "not a JSON object"),
        ({"question": "What?"}, "'accept' is missing"),
        (line(accept="yes"), '\'yes\', not "y", "n"'),
        (line(accept=True), "True, not"),
        (line(accept="2"), '"2", but there are 1 quotes'),
        (line(accept="0"), "'0', not"),
        (line(kind="odd"), "'odd'"),
        (line(question=" "), "not empty"),
        (line(required=[]), "does not fit a question"),
        (line(required=[[{"doc": "drug", "quote": "It is a drop."}]]), "has no sentence"),
        (line(required=[[{"doc": "gone", "quote": "It is."}]]), "there is no document 'gone'"),
        (near_miss(), "give the reason why"),
        (near_miss(reason=" "), "give the reason why"),
    ],
)
def test_a_faulty_line_is_named_and_nothing_is_added(accepted, bank, faulty, message):
    with pytest.raises(BankError, match=rf"draft\.jsonl, line 2: .*{message}.*; fix the line"):
        accepted(line(), faulty, line("What?"))
    assert not bank.exists()


def test_a_faulty_line_that_is_not_accepted_does_no_harm(accepted):
    assert (
        accepted(line(), line("What?", "?", kind="odd"), line("Who?", "n", required=[])).added == 1
    )


def test_as_editors_save_it(accepted, document, tmp_path, bank):
    path = tmp_path / "draft.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(line()).encode() + b"\r\n\r\n")
    assert accept(path, bank, {"drug": document}).added == 1
    path.write_bytes(json.dumps(line(), ensure_ascii=False).encode("utf-16"))
    with pytest.raises(BankError, match=r"not UTF-8 .*; save it as UTF-8"):
        accept(path, bank, {"drug": document})
