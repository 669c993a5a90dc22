"""The training questions: well formed, of listed documents, and turned into windows that answer or not."""

import json
from collections import Counter

import pytest
from lxml import etree

from bank.questions import ANSWERABLE
from ingest.pipeline import ingest_bytes
from tests.toys import ToyEncoder
from training.data.articles import markdown_of
from training.data.documents import listed, page_markdown
from training.data.folds import fold_of
from training.data.from_questions import Library, examples_of
from training.data.questions import QUESTIONS, Question, read_questions, sentences_with

ARTICLE = b"""<article><front><article-meta>
<title-group><article-title>Lamps <italic>at night</italic></article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Wick</surname><given-names>A</given-names></name></contrib></contrib-group>
<abstract><sec><title>Results</title><p>Oil lamps burn for six hours.</p></sec></abstract>
</article-meta></front><body><sec><title>Methods</title><p>We lit <xref>[1]</xref> ten lamps:
<list><list-item><p>five of oil</p></list-item><list-item><p>five of wax</p></list-item></list></p>
<table-wrap><label>Table 1.</label><caption><p>Hours.</p></caption><table><tr><td>6</td></tr></table></table-wrap></sec></body>
<back><ref-list><ref><label>1</label><mixed-citation>Wick A. On cotton.</mixed-citation></ref></ref-list></back></article>"""
LAMPS = """# Lamps

## Use

Oil lamps burn for six hours. They need a wick of cotton.

## Cost

Electric lamps need no wick and cost little to run for many years in every house.
"""


@pytest.fixture(scope="module")
def questions():
    return read_questions()


def test_every_question_is_of_a_listed_document_and_names_evidence_or_what_tempts(questions):
    known = {document["id"] for document in listed()}
    for question in questions:
        assert known.issuperset(question.documents), question
        assert question.is_answerable == (question.kind in ANSWERABLE and not question.tempting)
        assert question.evidence or question.tempting, question


def test_there_are_enough_questions_and_a_third_has_no_answer(questions):
    assert len(questions) >= 13000
    assert len({doc_id for question in questions for doc_id in question.documents}) >= 600
    assert sum(not question.is_answerable for question in questions) >= len(questions) / 3


def test_no_reader_is_trained_on_the_documents_of_the_questions_to_compare_with():
    lines = (QUESTIONS / "kept_out.jsonl").read_text(encoding="utf-8").splitlines()
    assert {fold_of(json.loads(line)["doc"]) for line in lines} == {0}


def test_no_question_is_asked_twice_of_one_document(questions):
    asked = Counter((q.question, q.documents, q.history) for q in questions)
    assert [question for question, times in asked.items() if times > 1] == []


def test_every_document_says_where_it_is_from_and_on_what_terms():
    for document in listed():
        assert document["from"] in ("articles", "literature", "medquad")
        assert document["title"], document
        assert document["rights"], document


def test_an_article_becomes_markdown_without_its_tables():
    assert markdown_of(etree.fromstring(ARTICLE)) == (
        "# Lamps at night\n\nA Wick\n\n## Abstract\n\n### Results\n\nOil lamps burn for six hours.\n\n"
        "## Methods\n\nWe lit [1] ten lamps:\n\n- five of oil\n- five of wax\n\nTable 1. Hours.\n\n"
        "## References\n\n1. Wick A. On cotton.\n"
    )


def test_a_page_becomes_a_section_for_each_kind_of_question():
    pairs = [
        {"qtype": "symptoms", "answer": "It hurts.\n\n- in the arm\n- in the leg"},
        {"qtype": "causes", "answer": " "},
    ]
    assert page_markdown({"focus": "Pain", "pairs": pairs}) == (
        "# Pain\n\n## Symptoms\n\nIt hurts.\n\n- in the arm\n\n- in the leg\n"
    )


@pytest.fixture(scope="module")
def library():
    document = ingest_bytes("lamps", ".md", LAMPS.encode(), name="lamps.md")
    return Library({"lamps": document}, ToyEncoder())


def ask(question, required=(), tempting=()):
    return Question(
        question=question,
        kind="fact" if required else "near_miss",
        voice="patient",
        documents=("lamps",),
        history=(),
        required=tuple((("lamps", words),) for words in required),
        also=(),
        tempting=tuple(("lamps", words) for words in tempting),
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Oil lamps burn  for six hours.", 1),
        ("Oil lamps burn for six hours. They need a wick of cotton.", 2),
        ("burn for six", 1),
        ("Wax lamps burn for six hours.", 0),
    ],
)
def test_evidence_is_found_however_the_file_is_cut_into_sentences(library, words, found):
    assert len(sentences_with([("lamps", words)], library.documents)) == found


def test_an_answerable_question_has_its_own_window_first_with_its_sentence_marked(library):
    asked = ask("How long do oil lamps burn?", required=["Oil lamps burn for six hours."])
    first, *others = examples_of([asked], library, ToyEncoder())
    assert first.sentences[first.labels.index(1)] == "Oil lamps burn for six hours."
    assert sum(first.labels) == 1
    assert others
    assert not any(other.is_positive for other in others)


def test_a_near_miss_has_the_window_that_tempts_first_and_nothing_marked(library):
    asked = ask("What does a wick cost?", tempting=["Electric lamps need no wick and cost little"])
    first, *others = examples_of([asked], library, ToyEncoder())
    assert "cost little" in first.sentences[-1]
    assert not any(example.is_positive for example in (first, *others))


def test_every_fold_has_enough_documents():
    folds = Counter(fold_of(document["id"]) for document in listed())
    assert set(folds) == {0, 1, 2, 3, 4}
    assert min(folds.values()) > 80


def test_questions_are_json_lines_of_known_fields():
    known = {"doc", "docs", "kind", "voice", "question", "history"}
    known |= {"required", "also", "tempting", "missing", "pair"}
    from training.data.questions import QUESTIONS

    for path in QUESTIONS.glob("*.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            assert set(json.loads(line)) <= known, path
