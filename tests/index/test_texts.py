from dataclasses import replace

from index.texts import MAX_CONTEXT_CHARS, index_text, sentence_text


def test_a_passage_is_indexed_under_its_heading_trail(make_document):
    _, (passage,) = make_document("d", [(("Malaria", "Treatment"), ["Rest.", "Drink."])])
    assert index_text(passage) == "Malaria > Treatment\nRest. Drink."


def test_a_passage_without_headings_is_indexed_as_it_is(make_document):
    _, (passage,) = make_document("d", [((), ["Rest."])])
    assert index_text(passage) == "Rest."


def test_a_sentence_stands_under_its_trail_after_the_sentence_before(make_document):
    document, _ = make_document("d", [(("Malaria",), ["Quinine helps.", "It is bitter."])])
    assert [sentence_text(document, sentence) for sentence in document.sentences] == [
        "Malaria\nQuinine helps.",
        "Malaria\nQuinine helps.\nIt is bitter.",
    ]


def test_the_sentence_before_a_section_or_paragraph_is_no_context(make_document):
    document, _ = make_document("d", [((), ["One.", "Two."]), (("Next",), ["Three."])])
    assert sentence_text(document, document.sentences[2]) == "Next\nThree."
    later = replace(document.sentences[1], paragraph=2)
    assert sentence_text(document, later) == "Two."


def test_a_list_item_stands_after_the_sentence_that_introduces_the_list(make_document):
    document, _ = make_document("d", [((), ["Symptoms are:", "fever", "chills"])])
    introduction, _, chills = document.sentences
    item = replace(chills, kind="item", lead_in=introduction.span)
    assert sentence_text(document, item) == "Symptoms are:\nchills"


def test_long_context_is_left_out(make_document):
    document, _ = make_document("d", [((), ["x" * (MAX_CONTEXT_CHARS + 1), "Short."])])
    assert sentence_text(document, document.sentences[1]) == "Short."
