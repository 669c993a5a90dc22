"""Ask the questions of a file, judge the answers, write the report: this stage from end to end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from answer.errors import QuestionError
from answer.quotes import Answer
from answer.schema import to_json
from bank.questions import KnownQuestion
from evaluation.baselines import Sentences, judge_baselines
from evaluation.curves import (
    first_scores,
    operating_point,
    quote_scores,
    reliability,
    risk_coverage,
)
from evaluation.errors import FloorsError, QuestionFileError, ReportError
from evaluation.figures import FIGURES, estimates, near_miss_auroc, values
from evaluation.judge import Judged, Reply, judge, reply_of
from evaluation.program import program_digest
from evaluation.questions import Question, unfounded
from evaluation.text.quality import RELIABILITY, RISK, quality_text
from ingest.document import Document

QUALITY = "quality.md"
FIGURES_FILE = "quality.json"
"""The figures of the report with their intervals, for programs; the About page reads it."""

LOWER_IS_BETTER = ("p50_ms", "p95_ms")
"""Figures whose floor is a ceiling: the most that is allowed."""

EvaluationProgress = Callable[[int, int], None]
"""Called with the number of questions answered so far and the number of all questions."""


class Answers(Protocol):
    """What can be evaluated: ``answer.pipeline.Answerer`` is one."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """By doc_id."""

    @property
    def bank(self) -> Sequence[KnownQuestion]:
        """The known questions, if there are any."""

    @property
    def retriever(self) -> Sentences:
        """What the baselines search."""

    def answer(
        self, question: str, history: Sequence[str] = (), documents: Sequence[str] | None = None
    ) -> Answer:
        """Answer one question."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every question of a file, judged."""

    rows: tuple[Judged, ...]
    """In the order of the file."""
    unfounded: tuple[str, ...]
    """Ids of questions with evidence that is not in the source files."""

    @property
    def figures(self) -> dict[str, float | None]:
        """Every figure by name, see ``evaluation.figures.values``."""
        return values(self.rows)


def evaluate(
    answerer: Answers, questions: Iterable[Question], progress: EvaluationProgress | None = None
) -> Evaluation:
    """Answer and judge every question; one that is refused counts as not handled.

    Raises:
        QuestionFileError: if the evidence of a question is in a document that does not exist.

    """
    asked = tuple(questions)
    sources = {doc_id: document.source for doc_id, document in answerer.documents.items()}
    _check_documents(asked, sources)
    rows = []
    for number, question in enumerate(asked, start=1):
        rows.append(judge(question, _reply(answerer, question), sources))
        if progress is not None:
            progress(number, len(asked))
    return Evaluation(tuple(rows), tuple(q.question_id for q in asked if unfounded(q, sources)))


def write_report(answerer: Answers, evaluation: Evaluation, name: str, out_dir: Path | None) -> str:
    """Return the report of an evaluation.

    Args:
        answerer: what was evaluated; the baselines search its index.
        evaluation: of its answers.
        name: what the question file is called in the report.
        out_dir: where ``quality.md``, its two pictures and ``quality.json`` are written; nowhere
            if None.

    Raises:
        ReportError: if a file cannot be written.

    """
    baselines = judge_baselines(answerer.retriever, (row.question for row in evaluation.rows))
    runs = {"as answered": evaluation.rows, **baselines}
    asked = _asked(answerer, len(evaluation.rows), name)
    text = quality_text(runs, evaluation.unfounded, asked, with_pictures=out_dir is not None)
    if out_dir is not None:
        try:
            _write(evaluation.rows, text, out_dir)
        except OSError as error:
            raise ReportError(
                f"{out_dir}: the report cannot be written ({error}); name another folder"
            ) from error
    return text


def check_floors(evaluation: Evaluation, floors_path: Path) -> list[str]:
    """Return one message for each figure that misses its floor; none if all hold.

    The file is a JSON object of figure names (``handled``, ``handled:near_miss``, …) and numbers:
    the least that is allowed or, for the figures in ``LOWER_IS_BETTER``, the most.

    Raises:
        FloorsError: if the file cannot be read or names a figure that is not measured.

    """
    figures, messages = evaluation.figures, []
    for name, floor in _read_floors(floors_path).items():
        if name not in figures:
            raise FloorsError(
                f"{floors_path}: there is no figure {name!r}; use one of {', '.join(figures)}"
            )
        value, is_ceiling = figures[name], name in LOWER_IS_BETTER
        if value is None:
            messages.append(f"{name} could not be measured; add questions that count towards it")
        elif (value > floor) if is_ceiling else (value < floor):
            messages.append(
                f"{name} is {value:.4g}, {'above its ceiling' if is_ceiling else 'below its floor'}"
                f" of {floor:.4g}; fix the change, or move the limit on purpose in {floors_path}"
            )
    return messages


def _check_documents(questions: Iterable[Question], sources: Mapping[str, str]) -> None:
    for question in questions:
        for evidence in question.evidence:
            if evidence.doc_id not in sources:
                raise QuestionFileError(
                    f"question {question.question_id} has evidence in {evidence.doc_id!r}, which "
                    f"is not one of {', '.join(sources)}; name the corpus it was written for, or "
                    "questions on this one"
                )


def _reply(answerer: Answers, question: Question) -> Reply | None:
    """Return the reply, through the same JSON that a batch prints."""
    try:
        answer = answerer.answer(question.question, question.history)
    except QuestionError:
        return None
    return reply_of(to_json(answer))


def _write(rows: Sequence[Judged], text: str, out_dir: Path) -> None:
    from evaluation.plots import plot_reliability, plot_risk_coverage  # loads for a second

    out_dir.mkdir(parents=True, exist_ok=True)
    bins = reliability(quote_scores(rows, with_related=True))
    plot_reliability(bins, out_dir / RELIABILITY)
    curve = risk_coverage(first_scores(rows))
    plot_risk_coverage(curve, operating_point(rows), out_dir / RISK)
    (out_dir / QUALITY).write_text(text + "\n", encoding="utf-8")
    figures = json.dumps(_published(rows), indent=1)
    (out_dir / FIGURES_FILE).write_text(figures + "\n", encoding="utf-8")


def _asked(answerer: Answers, n_questions: int, name: str) -> str:
    """Say what was asked of what, in one sentence on two lines."""
    n_documents, n_known = len(answerer.documents), len(answerer.bank)
    documents = "1 document" if n_documents == 1 else f"{n_documents:,} documents"
    bank = f"with a question bank of {n_known:,}" if n_known else "without a question bank"
    return f"{n_questions} questions of `{name}` on {documents},\n{bank}."


def _published(rows: Sequence[Judged]) -> dict[str, object]:
    found = estimates(rows, FIGURES) | {"near_miss_auroc": near_miss_auroc(rows)}
    return {
        "questions": len(rows),
        "program": program_digest(),
        "figures": {name: asdict(known) for name, known in found.items() if known is not None},
    }


def _read_floors(path: Path) -> dict[str, float]:
    try:
        floors = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise FloorsError(
            f"{path}: cannot be read as JSON ({error}); write an object of figures and numbers"
        ) from error
    if not isinstance(floors, dict) or not all(type(f) in (int, float) for f in floors.values()):
        raise FloorsError(f"{path}: is not an object of figures and numbers; fix the file")
    return floors
