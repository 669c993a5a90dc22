"""A library of two toy documents, a page for patients and a case report, and rulings on it."""

from types import SimpleNamespace

import pytest

from answer.asking.question import understand
from answer.asking.spelling import Speller
from answer.choosing.select import Scored
from answer.mining.mined import mine
from answer.notices import notices_for
from answer.safety.rules import SafetyRules
from answer.safety.shelf import Shelf
from ingest.passages import pack_passages
from ingest.pipeline import ingest_bytes
from tests.indexes import build_index, load_retriever
from tests.toys import ToyEncoder

PAGE = """# Medicines for the heart

## Statins

Atorvastatin (Lipitor) lowers cholesterol. This drug is taken once daily, 10 to 80 mg. Rosuvastatin is
another one, approved in 2003.

Simvastatin (Zocor) lowers it too. It is given every night.

## Side effects of statins

Side effects of these drugs can include headache, nausea and muscle pain.

Rarely, they cause severe muscle damage. This can lead to kidney failure and death.

## New tablets

It is important to keep them dry. These agents are licensed in two countries.

## Warfarin

Warfarin (Coumadin) keeps the blood from clotting. This drug is taken once a day, usually 5 mg. It can also be injected.

## Side effects of warfarin

Other side effects include nausea and a rash. Bleeding inside the skull can be fatal.

Fatal bleeding on warfarin was not seen beyond 500 days.
"""
CASE = """# Ten years of warfarin in one patient

## Abstract

Warfarin was tolerated without adverse effects. Long treatment is likely to be safe.

## Case report

A 70-year-old woman received warfarin 5 mg daily in May 2020. The course was complicated by bruising of
grade 1. No further clots were seen.

## Discussion

Warfarin is usually stopped after six months. It is unclear when it should be stopped in such patients. That is not known of others.
There could be a risk that side effects outweigh the safety of long treatment.

## References

- First A. Fatal bleeding. 2001.
"""


def read(doc_id, text):
    return ingest_bytes(doc_id, ".md", text.encode(), name=f"{doc_id}.md")


@pytest.fixture(scope="session")
def library(tmp_path_factory):
    folder, encoder = tmp_path_factory.mktemp("library"), ToyEncoder()
    documents = [read("page", PAGE), read("case", CASE)]
    passages = [p for one in documents for p in pack_passages(one, encoder.count_tokens)]
    build_index(documents, passages, encoder, folder, "c1")
    return load_retriever(folder, encoder, "c1")


@pytest.fixture(scope="session")
def shelf(library):
    return Shelf(library)


@pytest.fixture(scope="session")
def place_of(library, shelf):
    """Return the unit that begins with some words."""

    def find(beginning):
        places = [shelf.place(at) for doc_id in library.documents for at in shelf.document(doc_id)]
        return next(place for place in places if place.text.startswith(beginning))

    return find


@pytest.fixture(scope="session")
def mined(library):
    return mine(library.documents.values())


@pytest.fixture(scope="session")
def rules(library, mined):
    facts = {"page": "a page for patients", "case": "single-patient case report"}
    sources = {
        name: SimpleNamespace(doc_id=name, evidence=facts[name], label="", title="")
        for name in facts
    }
    return SafetyRules(library, sources, mined)


class NoWholeWords:
    """A tokeniser that cuts every word in two: what is not in the documents is misspelt."""

    def tokens(self, text):
        return SimpleNamespace(ids=(1, 2))


@pytest.fixture(scope="session")
def correct(mined):
    return Speller(mined, NoWholeWords()).correct


@pytest.fixture(scope="session")
def beside(library, rules, place_of):
    """Return what is shown beside a unit: whether the date of its source is, and its antecedent."""

    def find(beginning, question="Who wrote it?"):
        query = understand(question)
        scored = Scored(place_of(beginning).unit, 0.9)
        vector = ToyEncoder().encode([query.text])[0]
        ruling = rules.ruling(query, (), [scored], vector, ())
        span = ruling.antecedent(scored)
        document = library.documents[scored.unit.doc_id]
        return ruling.is_dated(scored), span and document.quote(span)

    return find


@pytest.fixture(scope="session")
def ruling(library, rules, place_of, correct):
    """Return the ruling on a question for which some units were read, the first the likeliest."""

    def rule(question, read=(), history=()):
        query = understand(question, history, correct)
        scored = [
            Scored(place_of(beginning).unit, 0.9 / number)
            for number, beginning in enumerate(read, start=1)
        ]
        vector = ToyEncoder().encode([query.text])[0]
        return rules.ruling(query, notices_for(question, history), scored, vector, ())

    return rule


@pytest.fixture(scope="session")
def shown(library, ruling):
    """Return the texts that are shown to a question for which some units were chosen."""

    def show(question, chosen=(), history=()):
        made = ruling(question, chosen, history)
        quotes = made.completed(made.allowed)
        return [library.documents[s.unit.doc_id].quote(s.unit.span) for s in quotes]

    return show
