import numpy as np
import pytest

from index.encoder import SentenceEncoder
from index.encoding import bulk
from index.encoding.bulk import FEW, SAMPLE, BulkEncoder, building_encoder
from index.errors import EncoderError
from index.weights import ANSWERING, ENCODER, installed_model
from tests.toys import ToyEncoder


@pytest.fixture(scope="module")
def many():
    """An encoder that has loaded sentence-transformers."""
    encoder = BulkEncoder(installed_model())
    encoder.encode(["fever"] * (FEW + 1))
    return encoder


@pytest.mark.slow
def test_onnx_runtime_computes_what_sentence_transformers_does():
    from sentence_transformers import SentenceTransformer

    reference = SentenceTransformer(str(installed_model()), device="cpu", local_files_only=True)
    reference.max_seq_length = SentenceEncoder.max_tokens
    wanted = reference.encode(list(SAMPLE), normalize_embeddings=True, show_progress_bar=False)
    found = SentenceEncoder().encode(SAMPLE)
    assert np.abs(found - wanted).max() < 1e-6


@pytest.mark.slow
def test_many_texts_have_nearly_the_vectors_of_few(many):
    texts = [*SAMPLE, "lone \ud800 surrogate", ""]
    rows = many.encode(texts)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1] * len(texts), abs=1e-6)
    assert (rows * SentenceEncoder().encode(texts)).sum(axis=1).min() > 0.999


@pytest.mark.slow
def test_a_model_that_computes_something_else_is_refused(monkeypatch):
    monkeypatch.setattr(bulk, "LEAST_COSINE", 1.1)
    with pytest.raises(EncoderError, match=r"cosine 0\.99.*then run `quotewell build`\.$"):
        BulkEncoder(installed_model()).encode(["fever"] * (FEW + 1))


def test_few_texts_do_without_sentence_transformers(monkeypatch):
    monkeypatch.setattr(bulk, "LIBRARY", "no_such_package")
    monkeypatch.setattr(BulkEncoder, "_reference", property(lambda encoder: pytest.fail("loaded")))
    assert BulkEncoder(installed_model()).encode(["fever", "cough"]).shape == (2, 384)


@pytest.mark.parametrize(
    ("knows", "library", "kind"),
    [
        (True, "sentence_transformers", BulkEncoder),
        (False, "sentence_transformers", SentenceEncoder),
        (True, "no_such_package", SentenceEncoder),
    ],
)
def test_sentence_transformers_is_used_where_it_is_there_and_faster(
    tmp_path, monkeypatch, knows, library, kind
):
    monkeypatch.setattr(bulk, "has_bfloat16", lambda: knows)
    monkeypatch.setattr(bulk, "LIBRARY", library)
    assert type(building_encoder(tmp_path, tmp_path)) is kind
    assert {path.name for path in (tmp_path / ENCODER).iterdir()} == set(ANSWERING)


def test_an_encoder_that_is_given_is_used(tmp_path):
    given = SentenceEncoder()
    assert building_encoder(tmp_path, tmp_path, given) is given
    assert (tmp_path / ENCODER).is_dir()


def test_of_an_encoder_of_another_model_nothing_is_kept(tmp_path):
    toy = ToyEncoder()
    assert building_encoder(tmp_path, tmp_path, toy) is toy
    assert not (tmp_path / ENCODER).exists()
