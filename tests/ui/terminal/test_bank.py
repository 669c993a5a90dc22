"""The commands about the question bank, from what visitors said to lines of the bank."""

import json
from dataclasses import replace

import pytest

from bank.drafts import ACCEPTED
from corpus.sources import Corpus, Skipped
from index.encoder import SentenceEncoder
from ui.feedback import keep_feedback
from ui.settings import CORPUS, drafts_folder
from ui.terminal import cli, library

pytestmark = pytest.mark.usefixtures("pipeline")

ASKED = "What about radiation for my aunt Jane Doe?"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """The user's data: nothing outside the test's own folder is read or written."""
    monkeypatch.setenv("QUOTEWELL_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("QUOTEWELL_FEEDBACK", raising=False)
    return tmp_path / "home"


@pytest.fixture
def corpus(answerer, monkeypatch, tmp_path):
    """The folder of a corpus with the made-up documents, and one that was skipped."""
    left_out = Skipped("x", ("x.md: gone",))
    monkeypatch.setattr(library, "read_corpus", lambda corpus: Corpus(corpus, (), (left_out,), ""))
    monkeypatch.setattr(library, "ingest_sources", lambda sources: (answerer.documents, ()))
    return tmp_path / "corpus"


@pytest.fixture
def say(answerer, home):
    """Say something of the answer to a question, as a visitor does."""

    def say(question, verdict, *, agreed=True, audience="patient"):
        answers = {"turn-1": answerer.answer(question)}
        wanted = {"turn": "turn-1", "verdict": verdict, "agreed": agreed}
        keep_feedback(wanted, answers, audience, home / "feedback.jsonl")

    return say


@pytest.fixture
def run(corpus, capsys):
    """Run a command on the corpus; return its exit code and what it printed."""

    def run(*arguments):
        code = cli.main(["bank", *map(str, arguments), "--corpus", str(corpus)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def lines(corpus, number=1):
    text = (drafts_folder(corpus) / f"draft-{number}.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def decide(corpus, **decisions):
    """Write the owner's decisions into the draft, by the first word of the question."""
    path = drafts_folder(corpus) / "draft-1.jsonl"
    decided = [
        record | {"accept": decisions.get(record["question"].split()[0], "?")}
        for record in lines(corpus)
    ]
    path.write_text("".join(json.dumps(record) + "\n" for record in decided), "utf-8")
    return path


def test_what_visitors_and_the_owner_asked_is_drafted_complaints_first(run, say, corpus, tmp_path):
    say("Which side effects?", "useful")
    say(ASKED, "wrong_quote")
    say("Not to be kept", "missing", agreed=False)
    batch = tmp_path / "asked.txt"
    batch.write_text('which side effects\n{"question": "An unknown thing?", "history": ["Why?"]}\n')
    code, out, err = run("draft", batch)
    assert (code, err) == (0, "")
    first, second, third = lines(corpus)
    assert [one["question"] for one in (first, second)] == [ASKED, "Which side effects?"]
    assert first["note"] == "asked once; visitors said “A quote is wrong” (1)"
    assert first["required"][0][0]["quote"].startswith("After his course of radiation")
    assert second["note"] == "asked 2 times; visitors said “It helps” (1)"
    assert (third["kind"], third["voice"], third["history"]) == ("near_miss", "clinician", ["Why?"])
    assert out.startswith(f"Drafted 3 questions in {drafts_folder(corpus)}/draft-1.jsonl\n")
    assert "names and illnesses" in out
    assert "Left out: 1 (feedback without its question).\n" in out


def test_the_command_to_accept_can_be_typed_as_it_is_shown(run, say, corpus):
    say(ASKED, "useful")
    _, out, _ = run("draft")
    draft = drafts_folder(corpus) / "draft-1.jsonl"
    assert f"`quotewell bank accept {draft} --corpus {corpus}`" in out


def test_an_accepted_line_is_in_the_bank_and_is_not_drafted_again(run, say, answerer, corpus):
    say(ASKED, "useful")
    say("Which side effects?", "useful")
    run("draft")
    draft = decide(corpus, What="y", Which="n")
    code, out, _ = run("accept", draft)
    assert code == 0
    assert out == (
        f"Added 1 question to {corpus / 'questions' / ACCEPTED}. Now run `quotewell build --corpus "
        f"{corpus}`: answers use the bank as it was built.\nLeft out: 1 (turned down).\n"
    )
    (line,) = (corpus / "questions" / ACCEPTED).read_text("utf-8").splitlines()
    assert json.loads(line)["question"] == ASKED
    assert run("accept", draft)[1].startswith("Nothing was added: the bank has every line")
    code, out, _ = run("draft")
    assert code == 0
    assert out.startswith("Nothing to draft: ")
    assert out.endswith("Left out: 2 (in an earlier draft).\n")
    assert not (drafts_folder(corpus) / "draft-2.jsonl").exists()


def test_a_draft_without_decisions_adds_nothing(run, say, corpus):
    say(ASKED, "useful")
    run("draft")
    code, out, _ = run("accept", drafts_folder(corpus) / "draft-1.jsonl")
    assert code == 0
    assert out.startswith('Nothing was added: put "y" in "accept"')
    assert not (corpus / "questions").exists()


def test_what_the_bank_knows_is_not_drafted(run, say):
    say("What did the patient require??", "missing")
    assert "Left out: 1 (like one of the bank)." in run("draft")[1]


def test_a_question_that_cannot_be_asked_is_told_after_the_rest_is_drafted(run, corpus, tmp_path):
    batch = tmp_path / "asked.jsonl"
    batch.write_text('{"question": 1}\nWhat?\n')
    code, out, err = run("draft", batch)
    assert code == 1
    assert len(lines(corpus)) == 1
    assert out.startswith("Drafted 1 question in ")
    assert "quotewell: 1 question could not be asked; " in err
    assert "line 1: " in err


def test_feedback_on_other_documents_or_that_cannot_be_read_is_left_out(run, say, home):
    say(ASKED, "useful")
    file = home / "feedback.jsonl"
    text = file.read_text("utf-8")
    file.write_text(text.replace("case_report", "other") + "[]\n" + text[:40] + "\n", "utf-8")
    expected = "Left out: 1 (feedback on other documents), 2 (feedback that cannot be read).\n"
    assert run("draft")[1].endswith(expected)


def test_feedback_that_is_turned_off_is_no_error(run, monkeypatch):
    monkeypatch.setenv("QUOTEWELL_FEEDBACK", "off")
    code, out, _ = run("draft")
    assert (code, out.count("\n")) == (0, 1)
    assert out.startswith("Nothing to draft: ")


def test_a_faulty_draft_is_one_line_on_stderr(run, corpus, tmp_path):
    draft = tmp_path / "draft.jsonl"
    draft.write_text('{"accept": "y"}\n')
    code, out, err = run("accept", draft)
    assert (code, out) == (1, "")
    assert err.splitlines()[-1] == (
        f"quotewell: {draft}, line 1: 'question' is missing; fix the line"
    )
    assert run("accept", tmp_path / "none.jsonl")[0] == 1
    assert not (corpus / "questions").exists()


@pytest.mark.parametrize("action", [["draft"], ["accept", "draft.jsonl"]])
def test_the_bank_that_comes_with_the_program_is_not_written_to(action, capsys):
    assert cli.main(["bank", *action, "--corpus", str(CORPUS)]) == 1
    assert "name that with --corpus" in capsys.readouterr().err


def test_the_bank_is_checked_without_the_questions_on_skipped_documents(run, corpus):
    (corpus / "questions").mkdir(parents=True)
    record = {"question": "What is x?", "kind": "fact", "voice": "patient"}
    record["required"] = [[{"doc": "x", "quote": "X."}]]
    (corpus / "questions" / "bank.jsonl").write_text(json.dumps(record) + "\n")
    code, out, err = run("check")
    assert (code, err) == (0, "quotewell: skipped: x.md: gone\n")
    assert "Missing: questions about 4 sections" in out


def test_what_cannot_be_seen_in_a_checked_bank_is_shown(run, answerer, make_document):
    answerer.documents["do\u202ese"] = make_document("do\u202ese", "D", ["Take it."])
    code, out, _ = run("check")
    assert code == 0
    assert "do⟨U+202E⟩se" in out


@pytest.mark.parametrize("before", [True, False])
def test_the_places_may_stand_before_the_action_or_after_it(corpus, capsys, before):
    places = ["--corpus", str(corpus)]
    action = [*places, "draft"] if before else ["draft", *places]
    assert cli.main(["bank", *action]) == 0
    assert capsys.readouterr().out.startswith("Nothing to draft")


def test_questions_to_offer_are_chosen_once(run, answerer, corpus, monkeypatch):
    monkeypatch.setattr("index.encoder.open_encoder", lambda index: SentenceEncoder())
    path = corpus / "questions" / "offered.json"
    path.parent.mkdir(parents=True)
    (known,) = answerer.bank
    evidence = ((answerer.documents["case_report"].sentences[1],),)
    answered = replace(known, question="What is known about radiation?", required=evidence)
    answerer.bank = (known, answered)
    code, out, _ = run("offer")
    assert code == 0
    assert out.startswith(f"Chose 1 question: {path}\n")
    assert json.loads(path.read_text("utf-8"))["educator"] == ["What is known about radiation?"]
    code, out, err = run("offer")
    assert (code, out) == (1, "")
    assert err.rstrip().endswith("is there already: edit it, or delete it to choose anew")


def test_a_bank_without_a_question_to_offer_says_so(run, answerer, corpus):
    answerer.bank = ()
    code, out, err = run("offer")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert not (corpus / "questions" / "offered.json").exists()
