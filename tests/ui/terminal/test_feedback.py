"""The owner's view of what visitors said: counted, the newest first, and nothing steers it."""

import json
from dataclasses import replace

import pytest

from corpus.sources import Corpus
from ui.feedback import keep_feedback
from ui.terminal import cli, library
from ui.terminal.feedback import NEWEST


@pytest.fixture(autouse=True)
def file(tmp_path, monkeypatch):
    file = tmp_path / "feedback.jsonl"
    monkeypatch.setenv("QUOTEWELL_FEEDBACK", str(file))
    return file


@pytest.fixture(autouse=True)
def corpus(answerer, monkeypatch):
    """The made-up documents, in place of those of the default corpus."""
    monkeypatch.setattr(library, "read_corpus", lambda corpus: Corpus(corpus, (), (), ""))
    monkeypatch.setattr(library, "ingest_sources", lambda sources: (answerer.documents, ()))


@pytest.fixture
def say(answerer, file):
    """Say something of the answer to a question, as a visitor does, on a certain day."""

    def say(question, verdict, audience="patient", day="2026-11-21", *, agreed=True, **answer):
        answers = {"turn-1": replace(answerer.answer(question), **answer)}
        before = file.read_text("utf-8") if file.exists() else ""
        wanted = {"turn": "turn-1", "verdict": verdict, "agreed": agreed}
        keep_feedback(wanted, answers, audience, file)
        record = json.loads(file.read_text("utf-8")[len(before) :])
        line = json.dumps(record | {"at": f"{day}T12:00:00+00:00"}, ensure_ascii=False)
        file.write_text(f"{before}{line}\n", "utf-8")

    return say


@pytest.fixture
def run(capsys):
    def run(*arguments):
        code = cli.main(["feedback", *arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_verdicts_are_counted_by_audience_and_listed_newest_first(say, run):
    say("Is it safe?", "useful", day="2026-11-19")
    say("What of radiation?", "wrong_quote", "clinician", agreed=False)
    say("unknown", "missing", day="2026-11-20")
    code, out, err = run()
    assert (code, err) == (0, "")
    counts, _, listed = out.partition("\nNewest first:\n")
    assert counts.startswith("3 lines of feedback in ")
    assert counts.partition("\n\n")[2].splitlines() == [
        "                      clinician  patient  educator  not said  all",
        "It helps                      0        1         0         0    1",
        "A quote is wrong              1        0         0         0    1",
        "Something is missing          0        1         0         0    1",
    ]
    assert listed.split("\n\n") == [
        "\n2026-11-21 12:00 · A quote is wrong · clinician · answered\n"
        "    (question not kept)\n    first quote: case_report, paragraph 2",
        "2026-11-20 12:00 · Something is missing · patient · not answered\n    “unknown”",
        "2026-11-19 12:00 · It helps · patient · answered\n"
        "    “Is it safe?”\n    first quote: case_report, paragraph 2\n",
    ]


def test_json_says_the_same(say, run):
    say("Is it safe?", "useful")
    record = json.loads(run("--json")[1])
    counted = {"clinician": 0, "patient": 1, "educator": 0, "not said": 0}
    assert record["counts"]["useful"] == counted
    assert record["unreadable"] == 0
    assert record["newest"] == [
        {
            "at": "2026-11-21T12:00:00+00:00",
            "verdict": "useful",
            "audience": "patient",
            "status": "answered",
            "question": "Is it safe?",
            "first_quote": "case_report, paragraph 2",
        }
    ]


def test_a_day_leaves_out_what_was_said_before_it(say, run):
    say("Old?", "useful", day="2026-11-18")
    say("New?", "useful", day="2026-11-19")
    _, out, _ = run("--since", "2026-11-19")
    assert "New?" in out
    assert "Old?" not in out
    assert out.startswith("1 line of feedback")


def test_a_large_file_is_counted_whole_and_its_newest_lines_are_listed(say, run, file):
    say("What?", "useful")
    file.write_text(file.read_text("utf-8") * (NEWEST + 7), "utf-8")
    _, out, _ = run()
    assert "Newest first (and 7 older: see --since, or the file itself):\n" in out
    assert out.count("“What?”") == NEWEST


def test_a_hostile_question_cannot_steer_the_terminal_or_forge_a_line(say, run):
    say("\x1b[2J\u202efed\n2026-11-22 12:00 · It helps", "useful")
    _, out, _ = run()
    assert "\x1b" not in out
    assert "␛[2J⟨U+202E⟩fed 2026-11-22 12:00 · It helps" in out


def test_a_quote_of_a_document_that_is_gone_or_has_changed_is_still_placed(say, run, answerer):
    (quote,) = answerer.answer("Q").citations[:1]
    say("Gone?", "useful", citations=(replace(quote, doc_id="gone"),))
    span = replace(quote.span, end=quote.span.end + 1)
    say("Changed?", "useful", citations=(replace(quote, span=span),))
    _, out, _ = run()
    assert f"first quote: gone, characters {span.start} to {span.end - 1}\n" in out
    assert f"characters {span.start} to {span.end} of a former version\n" in out


def test_lines_that_cannot_be_read_are_told_in_one_line_and_the_others_shown(say, run, file):
    say("What?", "useful")
    file.write_bytes(b"\xff\n{}\n" + file.read_bytes())
    code, out, err = run()
    assert (code, err.count("\n")) == (0, 1)
    assert "2 lines cannot be read and not counted: correct or delete" in err
    assert "What?" in out


def test_no_file_and_no_feedback_are_one_line_that_says_what_to_do(run, monkeypatch):
    code, _, err = run()
    assert (code, err.count("\n")) == (1, 1)
    assert "serve the page with" in err
    monkeypatch.setenv("QUOTEWELL_FEEDBACK", "off")
    code, _, err = run()
    assert (code, err.count("\n")) == (1, 1)
    assert "unset QUOTEWELL_FEEDBACK" in err


def test_a_day_that_is_none_is_wrong_use(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["feedback", "--since", "yesterday"])
    assert ended.value.code == 2
    assert "'yesterday' is not a date: write it as 2026-01-31" in capsys.readouterr().err
