"""Windows and labels made from question answering data."""

import random

import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from training.data.cut import WindowMaker
from training.data.examples import Example, read_examples, write_examples
from training.data.from_papers import window_example
from training.data.prepare import make_folds
from training.data.sources import Question, Source, answer_span, gold_rows
from training.data.text import pieces_of

TEXT = "Malaria is a disease. It is spread by mosquitoes. Nets protect. Drugs cure it."


@pytest.fixture
def maker():
    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    return WindowMaker(tokenizer, {"shortest_window": 9, "longest_window": 14}, seed=1)


def source(questions=()):
    return Source("p1", "Malaria", TEXT, tuple(pieces_of(TEXT)), questions)


def paper(name, n_questions):
    question = Question("q", "?", ())
    return Source(name, name, TEXT, (), (question,) * n_questions)


def test_an_answer_a_few_characters_off_is_put_right():
    start = TEXT.index("mosquitoes")
    assert answer_span(TEXT, " mosquitoes", start - 3) == (start, start + len("mosquitoes"))


def test_a_sentence_that_overlaps_the_answer_is_gold_and_the_span_is_relative_to_it():
    start = TEXT.index("mosquitoes")
    question = Question("q1", "How is it spread?", ((start, start + 10),))
    assert gold_rows(source(), question) == [1]
    example = window_example(source(), question, range(1, 3), [1])
    assert example.labels == (1, 0)
    sentence, first, end = example.span
    assert example.sentences[sentence][first:end] == "mosquitoes"


def test_a_window_around_a_sentence_holds_it_and_keeps_to_the_limit(maker):
    lengths = [5, 6, 4, 5, 3, 6]
    for row in range(len(lengths)):
        for _ in range(30):
            window = maker.around(row, lengths)
            assert row in window
            assert sum(lengths[at] for at in window) <= 14


def test_tiles_hold_every_sentence_once(maker):
    tiles = maker.tiles([5, 20, 4, 5, 3])
    assert [row for tile in tiles for row in tile] == [0, 1, 2, 3, 4]


def test_folds_are_the_same_for_the_same_seed_and_hold_every_paper_once():
    papers = [paper(str(number), number % 7) for number in range(12)]
    settings = {"folds": 3, "squad_articles_per_fold": 1}
    folds = make_folds(papers, ["a", "b", "c", "d"], settings, seed=4)
    assert folds == make_folds(papers[::-1], ["d", "c", "b", "a"], settings, seed=4)
    assert sorted(folds["covid_qa"]) == sorted(each.source_id for each in papers)
    assert sorted(folds["squad2"].values()) == [0, 1, 2]


def test_examples_come_back_from_their_file_as_they_were_written(tmp_path):
    examples = [
        Example("Why?", ("A", "B"), ("One.", "Two é."), (0, 1), (1, 0, 3), 2.0, "g", "mine", 3),
        Example("Who?", (), ("One.",), (-1,)),
    ]
    assert write_examples(tmp_path / "examples.jsonl", examples) == 2
    assert list(read_examples(tmp_path / "examples.jsonl")) == examples


def test_a_line_with_too_few_labels_is_refused_with_its_number(tmp_path):
    path = tmp_path / "examples.jsonl"
    path.write_text('{"question": "q", "headings": [], "sentences": ["a"], "labels": []}\n')
    with pytest.raises(ValueError, match=r"examples.jsonl, line 1: 1 sentences need as many"):
        list(read_examples(path))


def test_windows_depend_on_the_seed_alone(maker):
    maker.draw = random.Random(5)
    first = [maker.around(2, [5, 6, 4, 5]) for _ in range(20)]
    maker.draw = random.Random(5)
    assert first == [maker.around(2, [5, 6, 4, 5]) for _ in range(20)]
