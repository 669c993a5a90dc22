from shutil import copyfile

import numpy as np
import pytest

from index.encoder import SentenceEncoder, open_encoder
from index.errors import EncoderError, NoIndexError
from index.weights import VOCABULARY, WEIGHTS, installed_model, keep_model


@pytest.fixture(scope="module")
def encoder():
    return SentenceEncoder()


@pytest.mark.slow
def test_equal_meaning_is_nearer_than_a_shared_word(encoder):
    attack, same, other = encoder.encode(
        ["heart attack", "myocardial infarction", "attack on Rome"]
    )
    assert attack @ same > attack @ other


@pytest.mark.slow
def test_rows_are_unit_vectors_in_the_order_of_the_texts(encoder):
    texts = ["short", "a much longer text than the other two " * 40, "", "lone \ud800 surrogate"]
    rows = encoder.encode(texts)
    assert rows.shape == (4, encoder.dimension)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1] * 4, abs=1e-6)
    for row, text in zip(rows, texts, strict=True):
        assert encoder.encode([text])[0] == pytest.approx(row, abs=1e-5)


@pytest.mark.slow
def test_the_same_texts_give_the_same_rows_to_the_last_bit(encoder):
    texts = [f"text number {n} " * (n % 7 + 1) for n in range(40)]
    assert encoder.encode(texts).tobytes() == encoder.encode(texts).tobytes()


@pytest.mark.slow
def test_no_texts_give_no_rows(encoder):
    assert encoder.encode([]).shape == (0, encoder.dimension)


@pytest.mark.slow
def test_only_the_first_tokens_of_a_text_count(encoder):
    start = "fever " * (encoder.max_tokens - 2)
    one, other = encoder.encode([start, start + "and something else entirely"])
    assert one == pytest.approx(other, abs=1e-6)


@pytest.mark.slow
def test_tokens_are_counted_to_the_end_with_the_two_end_marks(encoder):
    assert encoder.count_tokens("") == 2
    assert encoder.count_tokens("fever " * 1000) == 1002


@pytest.mark.slow
def test_a_vector_does_not_depend_on_the_texts_it_is_computed_with(encoder):
    texts = ["short", "a much longer text " * 40, "short too"]
    rows = encoder.encode(texts)
    assert [encoder.encode([text])[0].tobytes() for text in texts] == [r.tobytes() for r in rows]


def test_a_vocabulary_that_cannot_be_read_is_refused(tmp_path, monkeypatch):
    (tmp_path / "tokenizer.json").write_text("{")
    monkeypatch.setattr("index.encoder.verify_model", lambda folder, names: "0" * 64)
    with pytest.raises(EncoderError, match=r"tokenizer\.json cannot be read"):
        SentenceEncoder(tmp_path)


def test_weights_that_onnx_runtime_cannot_load_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("index.encoder.verify_model", lambda folder, names: "0" * 64)
    copyfile(installed_model() / VOCABULARY, tmp_path / VOCABULARY)
    (tmp_path / WEIGHTS).write_bytes(b"short")
    with pytest.raises(EncoderError, match=r"cannot be loaded .*\.$"):
        SentenceEncoder(tmp_path).encode(["fever"])


def test_an_index_brings_its_encoder_along(tmp_path, monkeypatch):
    (tmp_path / "CURRENT").write_text("0" * 64)
    (tmp_path / "new").mkdir()
    keep_model(tmp_path, tmp_path / "new")
    monkeypatch.setattr("index.weights.MODEL_PACKAGE", "no_such_package")
    assert open_encoder(tmp_path).count_tokens("fever") == 3


def test_without_an_index_there_is_no_encoder_and_what_to_do_is_said(tmp_path):
    with pytest.raises(NoIndexError, match=r"Run `quotewell build`\.$"):
        open_encoder(tmp_path)


def test_an_index_without_its_encoder_is_to_be_built_again(tmp_path):
    (tmp_path / "CURRENT").write_text("0" * 64)
    with pytest.raises(EncoderError, match=r"cannot be read. Run `quotewell build`\.$"):
        open_encoder(tmp_path)
