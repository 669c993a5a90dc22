"""The whole path on the two documents: build, ask, judge, with the real models."""

import json
import re
import subprocess
import sys
from pathlib import Path

import anyio
import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client

from answer.pipeline import load_answerer
from ui.terminal.cli import main

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
QUESTIONS = ROOT / "evaluation" / "questions.jsonl"
EXAMPLE = "How often is Keytruda given?"
SCORE = ROOT / "tests" / "data" / "judge" / "score.py"


@pytest.fixture(scope="module")
def answers(index, tmp_path_factory):
    report = tmp_path_factory.mktemp("report")
    process = subprocess.run(
        [sys.executable, "-m", "ui", "ask", "--index", index, "--batch", str(QUESTIONS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    path = report / "answers.jsonl"
    path.write_text(process.stdout, "utf-8")
    return path


def test_every_quote_is_the_documents_own_characters(answers, real_answerer):
    documents = real_answerer.documents
    n_quotes = 0
    for line in answers.read_text("utf-8").splitlines():
        answer = json.loads(line)
        for quote in answer["quotes"] + answer["related"]:
            start, end = quote["span"]
            assert quote["text"] == documents[quote["document"]].text[start:end]
            assert all(part in documents[quote["document"]].source for part in quote["parts"])
            n_quotes += 1
    assert n_quotes > len(QUESTIONS.read_text("utf-8").splitlines())


def test_the_judge_finds_every_quote_intact_with_clean_boundaries(answers):
    figures = json.loads(
        subprocess.run(
            [sys.executable, SCORE, QUESTIONS, answers, ROOT / "corpus" / "files", "--json"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    )
    assert figures["integrity"] == 1.0
    assert figures["boundaries"] >= 0.99
    assert figures["missing"] == 0


def begins(answer):
    return [citation.quote[:60] for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("How often is Keytruda given?", "This drug is given as an intravenous (IV) infusion"),
        ("How often is pembrolizumab given?", "This drug is given as an intravenous (IV) infusion"),
        ("How often is Tecentriq given?", "This drug is given as an intravenous (IV) infusion"),
        (
            "How often is Tecelra given?",
            "The treatment is given as a one-time infusion into a vein",
        ),
        (
            "Which side effects are common?",
            "Side effects of these types of drugs can include fatigue",
        ),
        ("What are the side effects of Keytruda?", "Autoimmune reactions:"),
        (
            "What are the side effects of Tecelra?",
            "This treatment can sometimes cause cytokine release",
        ),
        ("What is PD-1?", "PD-1 is a checkpoint protein"),
    ],
)
def test_what_people_ask_first_is_answered(real_answerer, question, first):
    assert begins(real_answerer.answer(question))[0].startswith(first)


@pytest.mark.parametrize("question", ["Which side effects are common?", "side effects of Keytruda"])
def test_common_side_effects_and_grave_ones_are_shown_together(real_answerer, question):
    shown = begins(real_answerer.answer(question))
    for beginning in ("Side effects of these types of drugs can", "Autoimmune reactions:"):
        assert any(quote.startswith(beginning) for quote in shown)


def test_the_figures_are_above_their_floors(index, tmp_path, capsys):
    floors = str(ROOT / "evaluation" / "floors.json")
    arguments = ["evaluate", "--index", index, "--out", str(tmp_path), "--floors", floors]
    assert main(arguments) == 0, capsys.readouterr().err
    assert (tmp_path / "quality.md").is_file()


def test_the_two_documents_can_be_asked_without_their_bank(index):
    answerer = load_answerer(ROOT / "corpus", Path(index), with_bank=False)
    answer = answerer.answer(EXAMPLE)
    assert answer.citations or answer.related
    assert answerer.bank == ()
    assert answerer.suggestions("patient") == ()


def test_an_assistant_gets_the_same_quotes_over_standard_input_and_output(
    index, real_answerer, tmp_path
):
    said = tmp_path / "said"

    async def session():
        program = f'"{sys.executable}" -m ui mcp --index "{index}" | tee "{said}"'
        command = StdioServerParameters(command="sh", args=["-c", program], cwd=ROOT)
        async with stdio_client(command) as streams, ClientSession(*streams) as client:
            await client.initialize()
            return await client.call_tool("ask", {"question": EXAMPLE})

    record = anyio.run(session).structured_content
    expected = real_answerer.answer(EXAMPLE).citations
    assert record["status"] == "answered"
    assert [quote["text"] for quote in record["quotes"]] == [one.quote for one in expected]
    assert all(quote["cite_as"] for quote in record["quotes"])
    messages = [json.loads(line) for line in said.read_text("utf-8").splitlines()]
    assert [message["jsonrpc"] for message in messages] == ["2.0"] * len(messages)


def test_the_bank_asks_about_every_sentence_and_nothing_that_the_evaluation_asks(capsys):
    assert main(["bank", "check"]) == 0
    printed = capsys.readouterr().out
    covered, wanted = re.search(r"Coverage: (\d+) of (\d+) sentences", printed).groups()
    assert covered == wanted
    assert "Leaks: 0 lines" in printed
