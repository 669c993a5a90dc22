"""Make examples from texts whose answers are marked: COVID-QA and SQuAD."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from index.embedding import embed
from index.encoder import Encoder
from training.data.cut import WindowMaker
from training.data.examples import Example, tagged
from training.data.sources import Question, Source, gold_rows
from training.data.text import Piece, index_words, rank, rank_by_words


def span_in_window(
    pieces: Sequence[Piece], window: range, answer: tuple[int, int]
) -> tuple[int, int, int] | None:
    """Return (sentence of the window, start, end) of the answer's words in its first sentence."""
    for place, row in enumerate(window):
        piece = pieces[row]
        start, end = max(answer[0], piece.start), min(answer[1], piece.end)
        if start < end:
            return place, start - piece.start, end - piece.start
    return None


def window_example(
    source: Source, question: Question, window: range, gold: Sequence[int]
) -> Example:
    """Make the example of one question and one window of a source."""
    pieces = source.sentences
    answer = question.answers[0] if question.answers else None
    return Example(
        question=question.text,
        headings=(source.title,),
        sentences=tuple(pieces[row].text for row in window),
        labels=tuple(int(row in gold) for row in window),
        span=span_in_window(pieces, window, answer) if answer else None,
    )


def covid_examples(
    papers: Sequence[Source],
    folds: dict[str, int],
    maker: WindowMaker,
    encoder: Encoder,
    settings: dict[str, Any],
) -> Iterator[Example]:
    """Yield windows around the answer, and around the sentences that search confuses with it."""
    for paper in papers:
        texts = [piece.text for piece in paper.sentences]
        lengths = maker.lengths(texts)
        words, vectors = index_words(texts), embed(encoder, texts)
        questions = embed(encoder, [question.text for question in paper.questions])
        for question, vector in zip(paper.questions, questions, strict=True):
            ranked = rank(words, vectors, question.text, vector)
            windows = covid_windows(gold_rows(paper, question), ranked, lengths, maker, settings)
            yield from tagged(
                (window_example(paper, question, *window) for window in windows),
                group=f"covid_qa:{question.question_id}",
                origin="covid_qa",
                fold=folds[paper.source_id],
            )


def covid_windows(
    gold: list[int],
    ranked: Sequence[int],
    lengths: Sequence[int],
    maker: WindowMaker,
    settings: dict[str, Any],
) -> list[tuple[range, list[int]]]:
    """Return windows with the answer, then windows of the nearest misses, nearest first.

    Each comes with the gold rows; a question whose answer is in no sentence has no windows.
    """
    if not gold:
        return []
    windows = {
        maker.around(maker.draw.choice(gold), lengths)
        for _ in range(settings["covid_positive_windows"])
    }
    misses = [row for row in ranked if row not in gold]
    near = [maker.around(row, lengths) for row in misses[: settings["covid_negative_windows"]]]
    without = [window for window in near if not set(window) & set(gold)]
    in_order = sorted(windows, key=lambda window: (window.start, window.stop))
    return [(window, gold) for window in [*in_order, *without]]


def squad_examples(
    articles: dict[str, list[Source]],
    folds: dict[str, int],
    maker: WindowMaker,
    settings: dict[str, Any],
) -> Iterator[Example]:
    """Yield windows of the question's own paragraph, then of similar ones in the article."""
    for name, paragraphs in articles.items():
        words = index_words(paragraph.text for paragraph in paragraphs)
        lengths = [maker.lengths([p.text for p in each.sentences]) for each in paragraphs]
        for number, paragraph in enumerate(paragraphs):
            for question in paragraph.questions:
                ranked = [row for row in rank_by_words(words, question.text) if row != number]
                others = ranked[: settings["squad_negative_windows"] - 1]
                yield from tagged(
                    [
                        *own_windows(paragraph, question, lengths[number], maker, settings),
                        *other_windows(paragraphs, question, others, lengths, maker),
                    ],
                    group=f"squad2:{question.question_id}",
                    origin="squad2",
                    fold=folds.get(name),
                )


def own_windows(
    paragraph: Source,
    question: Question,
    lengths: Sequence[int],
    maker: WindowMaker,
    settings: dict[str, Any],
) -> list[Example]:
    """Tile the question's paragraph, and add a few more windows with the answer."""
    gold = gold_rows(paragraph, question)
    windows = maker.tiles(lengths)
    if gold:
        more = settings["squad_positive_windows"] - 1
        windows += [maker.around(gold[0], lengths) for _ in range(more)]
    return [window_example(paragraph, question, window, gold) for window in windows]


def other_windows(
    paragraphs: Sequence[Source],
    question: Question,
    rows: Sequence[int],
    lengths: Sequence[Sequence[int]],
    maker: WindowMaker,
) -> list[Example]:
    """Draw a window of each of some paragraphs that do not answer the question."""
    asked = replace(question, answers=())
    return [
        window_example(paragraphs[row], asked, maker.draw.choice(maker.tiles(lengths[row])), [])
        for row in rows
    ]
