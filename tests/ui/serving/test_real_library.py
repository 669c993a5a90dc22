"""A small real library is built anew beside a server: the old one answers until the new one does."""

import gc
import hashlib
import json

import pytest

from answer.build import build
from answer.pipeline import load_answerer
from ui.serving.holder import Serving, state_of
from ui.settings import Places

pytestmark = pytest.mark.slow
GOUT = "# Gout\n\nGout is a kind of arthritis. Colchicine is a drug for the pain of gout.\n"
ASTHMA = "# Asthma\n\nAsthma narrows the airways. Salbutamol opens the airways within minutes.\n"


def write(corpus, **documents):
    items = []
    for doc_id, text in documents.items():
        path = corpus / "files" / f"{doc_id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        facts = {"label": doc_id, "audience": "patient", "evidence": "a page", "rights": "free"}
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        custom = {"file": path.name, "sha256": digest, **facts}
        items.append({"id": doc_id, "title": doc_id, "custom": custom})
    (corpus / "sources.json").write_text(json.dumps(items), "utf-8")


def quotes(answerer, question):
    return [citation.quote for citation in answerer.answer(question).citations]


def test_a_published_build_is_answered_from_without_a_restart(tmp_path):
    places = Places(tmp_path / "corpus", tmp_path / "index")
    write(places.corpus, gout=GOUT)
    build(places.corpus, places.index)
    load = lambda: load_answerer(places.corpus, places.index)  # noqa: E731
    serving = Serving(load, lambda: state_of(places))
    old = serving.answerer
    assert quotes(old, "Which drug helps against the pain of gout?")

    write(places.corpus, gout=GOUT, asthma=ASTHMA)
    assert not serving.renew(), "there is no index of it yet"
    build(places.corpus, places.index)
    assert quotes(old, "Which drug helps against the pain of gout?"), "its build is removed"
    assert serving.renew()
    assert quotes(serving.answerer, "What opens the airways within minutes?") == [
        "Salbutamol opens the airways within minutes."
    ]
    gc.unfreeze()
