"""The real reader file, on texts one can judge."""

import pytest

from answer.errors import ModelError
from answer.weighing.reader import MODEL, WEIGHTS, Reader
from index.encoder import SentenceEncoder

pytestmark = pytest.mark.slow

WINDOW = (
    "The drug is given every three weeks.",
    "It was approved in 2014.",
    "Common side effects are fatigue and a rash.",
)
OTHERS = (("The clinic is closed on Sundays.",), ("A rash may itch. " * 30,) * 3)


@pytest.fixture(scope="module")
def reader():
    return Reader(SentenceEncoder())


def test_the_sentence_that_answers_scores_best_and_more_than_none(reader):
    (reading,) = reader.read("How often is the drug given?", [reader.text((), WINDOW)])
    assert reading.sentences.argmax() == 0
    assert reading.sentences[0] > reading.none
    start, end = reading.words[0]
    assert "three weeks" in WINDOW[0][start:end]


def test_a_score_does_not_depend_on_what_else_is_read(reader):
    question, text = "Which side effects are common?", reader.text(("Safety",), WINDOW)
    others = [reader.text((), sentences) for sentences in OTHERS]
    (alone,) = reader.read(question, [text])
    among = reader.read(question, [others[0], text, others[1]])[1]
    assert alone.sentences.tolist() == among.sentences.tolist()
    assert (alone.none, alone.words) == (among.none, among.words)


def test_a_missing_file_is_told_by_name(tmp_path):
    with pytest.raises(ModelError, match=r"none\.onnx: cannot be read"):
        Reader(SentenceEncoder(), tmp_path / "none.onnx")


def test_missing_weights_are_told_by_name(tmp_path):
    (tmp_path / MODEL.name).symlink_to(MODEL)
    with pytest.raises(ModelError, match=r"quantized\.onnx: cannot be read"):
        Reader(SentenceEncoder(), tmp_path / MODEL.name)


def test_weights_that_are_cut_short_are_not_a_reader(tmp_path):
    (tmp_path / MODEL.name).symlink_to(MODEL)
    (tmp_path / WEIGHTS).write_bytes(MODEL.with_name(WEIGHTS).read_bytes()[:1000])
    with pytest.raises(ModelError, match="is not a reader; restore the file"):
        Reader(SentenceEncoder(), tmp_path / MODEL.name)
