import errno
import hashlib
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import pytest

from answer.errors import AnswerError
from answer.report import BuildReport, BuiltDocument
from corpus.sources import Corpus, CorpusError, Skipped
from evaluation.errors import EvaluationError
from index.errors import PassageIndexError
from ingest.errors import IngestError
from ui.__main__ import start
from ui.published import no_bank
from ui.settings import PUBLISHED, ROOT
from ui.terminal import cli, commands

pytestmark = pytest.mark.usefixtures("pipeline")


def test_ask_prints_quotes(capsys):
    assert cli.main(["ask", "What about radiation?"]) == 0
    assert "[1] After his course of radiation" in capsys.readouterr().out


def test_an_unanswered_question_is_no_error(capsys):
    assert cli.main(["ask", "unknown"]) == 0
    assert capsys.readouterr().out.startswith("The documents do not answer this.\n")


def test_ask_json_prints_one_object(capsys):
    assert cli.main(["ask", "--json", "radiation"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["status"] == "answered"
    assert answer["quotes"][0]["number"] == 1


def test_a_question_needs_no_quotation_marks(answerer):
    assert cli.main(["ask", "What", "about", "radiation?"]) == 0
    assert answerer.asked == [("What about radiation?", (), None)]


def test_the_documents_to_search_are_chosen_by_name_kind_and_year(answerer, capsys):
    kind = ["--kind", "single-patient case report, n = 1"]
    assert cli.main(["ask", "Q?", *kind, "--document", "case_report", "--from", "2020"]) == 0
    assert answerer.asked == [("Q?", (), ("case_report",))]
    assert capsys.readouterr().out.endswith(
        "\n\nSearched: 1 of 4 documents, 98 passages.\n\nLibrary version 0123456789ab.\n"
    )
    assert cli.main(["ask", "Q?", "--to", "2018"]) == 1
    assert "no document is up to 2018; choose other" in capsys.readouterr().err


def test_a_batch_may_say_that_it_wants_json(tmp_path, capsys):
    batch = tmp_path / "questions.jsonl"
    batch.write_text('{"id": "a", "question": "Q"}\n')
    assert cli.main(["ask", "--json", "--batch", str(batch)]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "a"


def test_a_batch_is_read_from_a_file(tmp_path, capsys):
    batch = tmp_path / "questions.jsonl"
    batch.write_text('{"id": "a", "question": "é"}\n', encoding="utf-8-sig")
    assert cli.main(["ask", "--batch", str(batch)]) == 0
    assert json.loads(capsys.readouterr().out)["question"] == "é"


def test_a_batch_is_read_from_standard_input(monkeypatch, capsys):
    stdin = SimpleNamespace(buffer=io.BytesIO(b'{"id": "a", "question": "Q"}'))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert cli.main(["ask", "--batch", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "a"


def test_a_batch_with_a_malformed_line_answers_the_others_and_fails(tmp_path, capsys):
    batch = tmp_path / "questions.txt"
    batch.write_text('{"question": 1}\nWhat?\n', encoding="utf-8")
    assert cli.main(["ask", "--batch", str(batch)]) == 1
    printed = capsys.readouterr()
    statuses = [json.loads(line)["status"] for line in printed.out.splitlines()]
    assert statuses == ["error", "answered"]
    assert "1 question could not be asked" in printed.err
    assert printed.err.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"\xff\xfe", "not UTF-8"), (None, "No such file")],
)
def test_a_batch_that_cannot_be_read_is_one_line_on_stderr(tmp_path, capsys, content, told):
    batch = tmp_path / "questions.jsonl"
    if content is not None:
        batch.write_bytes(content)
    assert cli.main(["ask", "--batch", str(batch)]) == 1
    printed = capsys.readouterr()
    assert told in printed.err
    assert printed.err.count("\n") == 1
    assert printed.out == ""


@pytest.mark.parametrize(
    "error", [AnswerError, CorpusError, EvaluationError, IngestError, PassageIndexError]
)
def test_an_expected_error_of_any_stage_is_one_line_on_stderr(pipeline, capsys, error):
    def fail(*places, **how):
        raise error("there is no index:\nrun `quotewell build`")

    pipeline.load_answerer = fail
    assert cli.main(["ask", "What?"]) == 1
    assert capsys.readouterr().err == "quotewell: there is no index: run `quotewell build`\n"
    assert cli.main(["ask", "What?", "--corpus", "my texts"]) == 1
    assert capsys.readouterr().err.endswith("run `quotewell build --corpus 'my texts'`\n")


def test_faults_of_a_corpus_are_told_one_per_line(pipeline, capsys):
    def fail(*places, **how):
        raise CorpusError("one.md: gone; put it back", "two.md: changed\x0a; restore it")

    pipeline.load_answerer = fail
    assert cli.main(["ask", "What?"]) == 1
    assert capsys.readouterr().err == (
        "quotewell: one.md: gone; put it back\nquotewell: two.md: changed ; restore it\n"
    )


def test_a_full_disk_is_told_in_one_line(capsys, stand_in):
    def build(*places, **options):
        raise OSError(errno.ENOSPC, "No space left on device", "index")

    stand_in(build)
    assert cli.main(["build"]) == 1
    told = "quotewell: index: No space left on device. Make room on the disk.\n"
    assert capsys.readouterr().err == told


def test_a_bug_keeps_its_traceback():
    with pytest.raises(RuntimeError):
        cli.main(["ask", "crash"])


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fetch"],
        ["ask"],
        ["ask", "Q", "--batch", "f"],
        ["ask", "--kind", "review", "--batch", "f"],
        ["ask", "Q", "--from", "soon"],
        ["chat", "--port", "0"],
        ["chat", "--port", "²"],
        ["build", "extra"],
    ],
)
def test_wrong_use_exits_2(arguments, capsys):
    with pytest.raises(SystemExit, match=r"^2$"):
        cli.main(arguments)
    assert capsys.readouterr().err.startswith("usage: quotewell")


@pytest.mark.parametrize("command", ["build", "ask", "list", "evaluate", "chat", "mcp"])
def test_every_command_takes_the_two_places(command, capsys):
    with pytest.raises(SystemExit, match=r"^0$"):
        cli.main([command, "--help"])
    assert {"--corpus", "--index"} <= set(capsys.readouterr().out.replace(",", " ").split())


def report_of(*skipped, counts=(2, 312, 98, 7), withdrawn=(), state="read", **first):
    n_documents, sentences, passages, n_questions = counts
    none = {"passages": 0, "sentences": 0, "dropped": 0, "joined": 0, "doubtful": 0, "notes": ()}
    documents = [BuiltDocument(f"d{n}", state, **none) for n in range(n_documents)]
    documents[0] = replace(documents[0], sentences=sentences, passages=passages, **first)
    return BuildReport(tuple(documents), skipped, withdrawn, n_questions, 4.12)


@pytest.fixture
def stand_in(monkeypatch):
    """Put a function in the place of ``answer.build.build``."""
    return lambda build: monkeypatch.setitem(
        sys.modules, "answer.build", SimpleNamespace(build=build)
    )


def test_the_version_is_that_of_the_installed_program(capsys):
    with pytest.raises(SystemExit, match=r"^0$"):
        cli.main(["--version"])
    assert capsys.readouterr().out == f"quotewell {version('quotewell')}\n"


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((2, 312, 98, 7), "Read 2 documents: 312 sentences, 98 passages.\n"),
        ((1, 1, 1, 0), f"Read 1 document: 1 sentence, 1 passage.\n{no_bank(PUBLISHED)}\n"),
    ],
)
def test_build_says_what_it_did_and_how_to_go_on(stand_in, tmp_path, capsys, counts, told):
    def build(corpus, index, progress, strict, anew, cluster):
        assert progress is None
        assert not anew
        assert not strict
        return report_of(counts=counts)

    stand_in(build)
    assert cli.main(["build", "--index", str(tmp_path)]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith(f"{told}Built {tmp_path} in 4.1 s.")
    assert printed.out.endswith(f'Now ask: quotewell ask --index {tmp_path} "…"\n')
    assert printed.err == ""


def test_build_names_what_it_skipped_one_line_each(stand_in, tmp_path, capsys):
    skipped = Skipped("a", ("a.md: gone; put it back", "a.md: odd; fix it")), Skipped("b", ("b",))
    stand_in(lambda *arguments, **options: report_of(*skipped))
    assert cli.main(["build", "--index", str(tmp_path)]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("Read 2 documents (2 skipped): 312 sentences, 98 passages.\n")
    assert printed.err == (
        "quotewell: skipped: a.md: gone; put it back\n"
        "quotewell: skipped: a.md: odd; fix it\nquotewell: skipped: b\n"
    )


def test_build_says_what_it_took_over_left_out_and_joined(stand_in, capsys):
    changed = {"dropped": 5, "joined": 1, "doubtful": 2, "notes": ("A note.",)}
    stand_in(lambda *arguments, **options: report_of(withdrawn=("old",), **changed))
    assert cli.main(["build"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[:4] == [
        "Read 2 documents: 312 sentences, 98 passages.",
        "No longer there: old.",
        "Left out 5 stretches (2 for doubtful characters), joined 1 place: list --dropped shows them.",
        "d0: A note.",
    ]
    stand_in(lambda *arguments, **options: report_of(state="unchanged", **changed))
    assert cli.main(["build"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "Read 0 documents, 2 unchanged: 312 sentences, 98 passages."
    assert told[1].startswith("Built ")


def test_build_prints_all_of_it_as_json(stand_in, capsys):
    stand_in(lambda *arguments, **options: report_of(Skipped("b", ("gone",)), dropped=5))
    assert cli.main(["build", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["n_documents"], record["n_sentences"]) == (2, 312)
    assert record["documents"][0]["dropped"] == 5
    assert record["skipped"] == [{"doc_id": "b", "faults": ["gone"]}]


def test_a_build_that_is_stopped_says_how_to_go_on(stand_in, capsys):
    def build(*places, **options):
        raise KeyboardInterrupt

    stand_in(build)
    with pytest.raises(KeyboardInterrupt):
        cli.main(["build", "--corpus", "my texts"])
    assert capsys.readouterr().err == (
        "quotewell: stopped; what was read and encoded is kept: "
        "run `quotewell build --corpus 'my texts'` to go on\n"
    )


def test_a_strict_build_fails_with_every_fault(stand_in, capsys):
    def build(corpus, index, progress, strict, anew, cluster):
        assert strict
        raise CorpusError("a.md: gone; put it back", "b.md: odd; fix it")

    stand_in(build)
    assert cli.main(["build", "--strict"]) == 1
    assert capsys.readouterr().err.count("\n") == 2


def test_list_shows_the_corpus_with_what_was_left_out(answerer, monkeypatch, capsys):
    read = Corpus(Path(), tuple(answerer.sources.values()), (Skipped("x", ("x.md: gone",)),), "")

    def ingest(sources):
        (source,) = sources
        if source.doc_id == "hostile":
            return {}, (Skipped("hostile", ("hostile.md: odd",)),)
        return {source.doc_id: answerer.documents[source.doc_id]}, ()

    monkeypatch.setattr(commands, "read_corpus", lambda corpus: read)
    monkeypatch.setattr(commands, "ingest_sources", ingest)
    assert cli.main(["list", "--dropped"]) == 0
    printed = capsys.readouterr()
    assert printed.out.count("    sha256") == len(answerer.sources)
    assert printed.out.count("Left out:") == len(answerer.sources) - 1
    assert "quotewell: skipped: hostile.md: odd\n" in printed.err
    assert "quotewell: skipped: x.md: gone\n" in printed.err


def test_list_names_the_files_without_a_hash_and_pins_them(tmp_path, capsys):
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "one.md").write_bytes(b"text")
    facts = {"label": "One", "audience": "patient", "evidence": "a page", "rights": "free"}
    items = [{"id": "one", "title": "One", "custom": {"file": "one.md", **facts}}]
    (tmp_path / "sources.json").write_text(json.dumps(items), "utf-8")
    sha256 = hashlib.sha256(b"text").hexdigest()
    command = ["list", "--corpus", str(tmp_path)]
    assert cli.main(command) == 0
    printed = capsys.readouterr().out
    assert "(not pinned)" in printed
    assert f"1 file is not pinned: run `quotewell list --pin --corpus {tmp_path}`" in printed
    assert cli.main([*command, "--pin"]) == 0
    assert capsys.readouterr().out == f"Pinned one.md {sha256}\n"
    assert cli.main([*command, "--pin"]) == 0
    assert capsys.readouterr().out == "Nothing to pin: every file that can be used has its hash.\n"
    assert cli.main(command) == 0
    assert "not pinned" not in capsys.readouterr().out


@pytest.fixture
def report(monkeypatch):
    """Stands in for the evaluation: one figure, 0.5."""
    questions = SimpleNamespace(read_questions=lambda path: [path.name])
    report = SimpleNamespace(
        evaluate=lambda answerer, questions, progress: {"handled": 0.5},
        write_report=lambda answerer, evaluation, name, out: f"{name}: {evaluation['handled']}\n",
        check_floors=lambda evaluation, path: ["handled is 0.5, below its floor of 0.6; mend it"],
    )
    monkeypatch.setitem(sys.modules, "evaluation.questions", questions)
    monkeypatch.setitem(sys.modules, "evaluation.report", report)


def test_evaluate_prints_the_report(report, capsys):
    assert cli.main(["evaluate", "--questions", "mine.jsonl", "--out", "here"]) == 0
    assert capsys.readouterr().out == "mine.jsonl: 0.5\n\nWritten to here.\n"


def test_what_cannot_be_seen_in_a_report_is_shown(report, capsys):
    assert cli.main(["evaluate", "--questions", "mi\u200bne.jsonl", "--out", "here"]) == 0
    assert capsys.readouterr().out.startswith("mi⟨U+200B⟩ne.jsonl: 0.5\n")


def test_evaluate_can_leave_the_question_bank_out(report, pipeline, answerer):
    asked = []
    pipeline.load_answerer = lambda *places, with_bank, cluster: asked.append(with_bank) or answerer
    assert cli.main(["evaluate", "--without-bank", "--out", "here"]) == 0
    assert cli.main(["evaluate", "--out", "here"]) == 0
    assert asked == [False, True]


def test_a_figure_below_its_floor_fails_after_the_report(report, capsys):
    assert cli.main(["evaluate", "--questions", "mine.jsonl", "--floors", "floors.json"]) == 1
    printed = capsys.readouterr()
    assert printed.out.startswith("mine.jsonl: 0.5\n")
    assert printed.err == "quotewell: handled is 0.5, below its floor of 0.6; mend it\n"


@pytest.fixture
def safety(monkeypatch):
    """Stands in for the safety set; what is put into the list it returns is what it misses."""
    missed = []
    stands_in = {
        "sentences": SimpleNamespace(read_sentences=lambda documents: "named"),
        "questions": SimpleNamespace(read_safety=lambda named: [named]),
        "report": SimpleNamespace(
            ask_all=lambda answerer, questions, progress: questions,
            safety_text=lambda rows: f"{rows} asked",
            missed=lambda rows: missed,
        ),
    }
    for name, module in stands_in.items():
        monkeypatch.setitem(sys.modules, f"evaluation.safety.{name}", module)
    return missed


def test_evaluate_asks_the_safety_set_instead(safety, capsys):
    assert cli.main(["evaluate", "--safety"]) == 0
    assert capsys.readouterr().out == "['named'] asked\n"


def test_a_safety_set_that_does_not_hold_fails_after_the_report(safety, capsys):
    safety += ["1 of 2 demands does not hold; fix the answer"]
    assert cli.main(["evaluate", "--safety"]) == 1
    printed = capsys.readouterr()
    assert printed.out == "['named'] asked\n"
    assert printed.err == "quotewell: 1 of 2 demands does not hold; fix the answer\n"


def test_ctrl_c_exits_130_without_a_traceback(pipeline, capsys, monkeypatch):
    def stop(*places, **how):
        raise KeyboardInterrupt

    pipeline.load_answerer = stop
    monkeypatch.setattr(sys, "argv", ["quotewell", "ask", "What?"])
    assert start() == 130
    assert capsys.readouterr().err == ""


def test_ctrl_c_is_quiet_while_the_program_is_still_loading():
    program = (
        "import sys\n"
        "class Stop:\n"
        "    def find_spec(name, *more):\n"
        "        if name == 'ui.terminal.cli': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stop)\n"
        "from ui.__main__ import start\nsys.exit(start())"
    )
    process = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True)
    assert process.returncode == 130
    assert process.stderr == b""


def test_a_closed_pipe_is_quiet():
    program = (
        "import sys\nfrom ui.terminal import cli, commands\n"
        "from types import SimpleNamespace\n"
        "read = SimpleNamespace(sources=[1] * 100_000, skipped=())\n"
        "commands.read_corpus = lambda corpus: read\n"
        "commands.source_text = lambda source, width: 'x' * 100 + '\\n'\n"
        "sys.exit(cli.main(['list']))"
    )
    ours, theirs = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=theirs, stderr=subprocess.PIPE, cwd=ROOT
    )
    os.close(theirs)
    os.read(ours, 10)
    os.close(ours)
    assert process.communicate()[1] == b""
    assert process.returncode == 141


@pytest.mark.parametrize(
    ("arguments", "callers"),
    [
        (["chat"], ""),
        (["serve"], None),
        (["serve", "--frame-ancestors", "https://a.org"], r"https://a\.org"),
    ],
)
def test_chat_answers_its_own_page_alone_and_serve_others_too(monkeypatch, arguments, callers):
    asked = []

    def serve_app(places, host, port, wanted):
        asked.append(wanted.callers)
        yield "At an address.\n"

    monkeypatch.setattr("ui.web.server.serve_app", serve_app)
    assert cli.main(arguments) == 0
    assert asked == [callers]
