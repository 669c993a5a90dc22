"""The two documents of the corpus, read: what a person would expect to find."""

from pathlib import Path

import pytest

from corpus.sources import read_corpus
from ingest.pipeline import ingest_file

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def documents():
    return {s.doc_id: ingest_file(s.doc_id, s.path) for s in read_corpus(CORPUS).sources}


@pytest.mark.parametrize("doc_id", ["case_report", "patient_guide"])
def test_every_sentence_is_in_exactly_one_section_once_and_in_order(documents, doc_id):
    doc = documents[doc_id]
    glued, position = "", 0
    for section in doc.sections:
        assert section.span.start == position
        inside = [s for s in doc.sentences if section.span.covers(s.span)]
        at = section.span.start
        for sentence in inside:
            glued += doc.text[at : sentence.span.start] + sentence.text
            at = sentence.span.end
        glued += doc.text[at : section.span.end]
        position = section.span.end
    assert glued == doc.text
    counted = [sum(sec.span.covers(s.span) for sec in doc.sections) for s in doc.sentences]
    assert set(counted) == {1}
    assert list(doc.sentences) == sorted(doc.sentences, key=lambda s: s.span)


@pytest.mark.parametrize(
    "sentence",
    [
        "The patient presented in 2016 at age 57 with the development of a painful right thigh mass.",
        "With this ongoing result the patient did not want to take a treatment holiday.",
        "A substantial shrinkage of the metastasis to 1.4 cm was seen 3 months later (Fig. 6).",
    ],
)
def test_a_sentence_that_the_pdf_cut_is_whole(documents, sentence):
    assert sentence in [s.text for s in documents["case_report"].sentences]


@pytest.mark.parametrize(
    "words",
    [
        "22 × 9.8 × 8.8 cm", "interferon-γ release", "(PDGFR) α inhibitor",
        "incomplete responses", "traditional chemotherapy side effects",
    ],
)  # fmt: skip
def test_words_and_formulas_read_as_a_person_sees_them(documents, words):
    assert words in documents["case_report"].text


def test_the_case_report_has_twenty_three_references_and_six_captions(documents):
    report = documents["case_report"]
    assert [r.number for r in report.references] == list(range(1, 24))
    assert "in malignant tumors? Front Immunol." in report.references[11].text
    assert (
        report.references[20].url
        == "https://www.nccn.org/professionals/physician_gls/pdf/sarcoma.pdf"
    )
    captions = [s for s in report.sentences if s.kind == "caption"]
    assert sorted(c.text.split(".")[0] for c in captions) == [f"Figure {n}" for n in range(1, 7)]


def test_the_patient_guide_begins_with_its_title_and_keeps_its_list(documents):
    guide = documents["patient_guide"]
    assert guide.text.startswith("Immunotherapy for Soft Tissue Sarcoma\n")
    items = [s for s in guide.sentences if s.kind == "item"]
    assert len(items) == 12
    assert {guide.quote(item.lead_in) for item in items} == {"Other possible side effects include:"}


def test_what_was_left_out_has_a_reason_and_stands_in_the_source(documents):
    for doc in documents.values():
        assert doc.dropped
        for dropped in doc.dropped:
            assert dropped.reason
            assert doc.source[dropped.source.start : dropped.source.end] == dropped.text


def test_every_part_of_every_sentence_stands_in_the_source_file(documents):
    for doc in documents.values():
        for sentence in doc.sentences:
            parts = doc.parts(sentence.span)
            assert len(parts) == len(doc.seams_in(sentence.span)) + 1
            assert all(part in doc.source for part in parts)
