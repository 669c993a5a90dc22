"""An answer as data: the names, the order and the values that programs rely on."""

import json

from answer.quotes import Answer, Notice, Part, cite
from answer.schema import to_json
from ingest.document import Span


def sentence(document, start):
    return next(s for s in document.sentences if s.text.startswith(start))


def make_answer(*citations, **more):
    facts = {"question": "Q?", "related": (), "notices": (), "n_documents": 1, "n_passages": 2}
    return Answer(citations=citations, timing_ms={"total": 1.26}, **facts | more)


def test_an_answer_has_its_fields_in_this_order(document):
    record = to_json(make_answer(cite(document, document.sentences[0].span, 0.51239)))
    assert list(record) == [
        *("question", "status", "quotes", "related", "notices", "searched", "timing_ms"),
        *("read_as", "parts", "version"),
    ]
    assert list(record["quotes"][0]) == [
        *("number", "document", "text", "span", "parts", "seams", "headings", "locator", "page"),
        *("emphasis", "score", "references", "as_of", "antecedent"),
        *("status", "is_ocr", "marks", "table"),
    ]


def test_what_stands_beside_a_quote_is_there_in_plain_values(document):
    span, before = sentence(document, "He did").span, document.sentences[0].span
    citation = cite(document, span, 0.5, as_of="2024-06", antecedent=before)
    quote = to_json(make_answer(citation))["quotes"][0]
    assert quote["as_of"] == "2024-06"
    text = document.text[before.start : before.end]
    assert quote["antecedent"] == {"text": text, "span": [before.start, before.end]}


def test_a_quote_is_the_citation_in_plain_values(document):
    span = sentence(document, "He did").span
    words = Span(span.start, span.start + 2)
    quote = to_json(make_answer(cite(document, span, 0.51239, words)))["quotes"][0]
    (seam,) = document.seams_in(span)
    assert quote["text"] == "He did not want to stop it."
    assert quote["span"] == [span.start, span.end]
    assert quote["parts"] == ["He did not want", "to stop it."]
    assert quote["seams"] == [{"offset": seam.offset, "kind": "caption"}]
    assert quote["emphasis"] == [words.start, words.end]
    assert (quote["as_of"], quote["antecedent"]) == (None, None)
    assert (quote["number"], quote["page"], quote["score"]) == (1, None, 0.5124)


def test_the_doi_and_the_address_of_a_reference_are_left_out_if_not_known(document):
    citation = cite(document, sentence(document, "The drug").span, 0.5)
    first, *_ = to_json(make_answer(citation))["quotes"][0]["references"]
    known = {entry.number: entry for entry in citation.references}
    for entry in to_json(make_answer(citation))["quotes"][0]["references"]:
        reference = known[entry["number"]]
        assert ("doi" in entry, "url" in entry) == (bool(reference.doi), bool(reference.url))
    assert list(first)[:2] == ["number", "text"]


def test_no_answer_has_the_closest_quotes_and_what_was_searched(document):
    related = (cite(document, document.sentences[0].span, 0.1),)
    notice = Notice("emergency", "Call now.")
    record = to_json(make_answer(related=related, notices=(notice,)))
    assert (record["status"], record["quotes"]) == ("not_found", [])
    assert [quote["number"] for quote in record["related"]] == [1]
    assert record["notices"] == [{"kind": "emergency", "text": "Call now."}]
    assert record["searched"] == {"documents": 1, "passages": 2}
    assert record["timing_ms"] == {"total": 1.3}


def test_a_batch_puts_the_id_first():
    assert next(iter(to_json(make_answer(), "q1").items())) == ("id", "q1")


def test_half_a_surrogate_pair_in_a_question_does_not_keep_it_from_being_printed():
    record = to_json(make_answer(question="what \udcff?"))
    assert record["question"] == "what ??"
    assert json.dumps(record, ensure_ascii=False).encode()


def test_an_answer_says_how_it_was_read_unless_it_stood_alone():
    read_as = ("What is gout?", "is it \udcff?")
    assert to_json(make_answer(read_as=read_as))["read_as"] == ["What is gout?", "is it ??"]
    record = to_json(make_answer())
    assert (record["read_as"], record["parts"]) == (None, [])


def test_each_part_has_its_own_quotes_with_the_numbers_that_they_have_in_the_answer(document):
    one, two = (cite(document, sentence(document, words).span, 0.9) for words in ("The", "He"))
    lower = cite(document, two.span, 0.6)
    parts = (
        Part("What is it", (), (one, two), ()),
        Part("how is it given?", ("What is it", "how is it given?"), (lower,), ()),
        Part("why?", (), (), (one,)),
    )
    record = to_json(make_answer(one, two, parts=parts))
    first, second, third = record["parts"]
    assert first["quotes"] == record["quotes"]
    assert [(quote["number"], quote["score"]) for quote in second["quotes"]] == [(2, 0.6)]
    assert (first["read_as"], second["read_as"]) == (None, ["What is it", "how is it given?"])
    assert (record["status"], third["status"], third["quotes"]) == ("answered", "not_found", [])
    assert [quote["text"] for quote in third["related"]] == [one.quote]


def test_a_quote_of_a_document_with_pages_says_where_its_marks_are(document):
    citation = cite(document, document.sentences[0].span, 0.5)
    assert to_json(make_answer(citation))["quotes"][0]["marks"] is None
    quote = to_json(make_answer(citation), paged={document.doc_id})["quotes"][0]
    start, end = quote["span"]
    assert quote["marks"] == f"/api/documents/{document.doc_id}/marks?start={start}&end={end}"
