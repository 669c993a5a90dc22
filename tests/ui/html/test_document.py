"""A whole document as HTML holds its text, character for character, and says what each part is."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Document, Reference, Section, Sentence, Span
from ingest.pipeline import ingest_bytes, ingest_file
from tests.ui.conftest import FakeAnswerer
from tests.ui.html.test_cards import Page
from ui.html.document import document_html
from ui.settings import CORPUS

MARKDOWN = """# Title

Before the first part.

## Methods

Two sentences stand here. This is the second.

- one
- two

### Deeper

The end comes.

| a | b |
|---|---|
| 1 | 2 |

After the table.

**Figure 1.** A scan of the chest.

## References

1. Doe J. First. J Med. 2019;1:1-2.
2. Roe R. Second. J Med. 2020;2:3-4.
"""


@pytest.fixture
def article():
    return ingest_bytes("article", ".md", MARKDOWN.encode(), "article.md")


def whole(document):
    return Page(document_html(document)).texts["qw-whole"]


@pytest.mark.parametrize("doc_id", ["case_report", "patient_guide", "awkward", "hostile"])
def test_the_text_of_the_fragment_is_the_text_of_the_document(answerer, doc_id):
    document = answerer.documents[doc_id]
    assert whole(document) == [document.text]


@pytest.mark.parametrize("path", sorted((CORPUS / "files").iterdir()), ids=lambda path: path.stem)
def test_no_character_of_the_corpus_is_lost_or_added(path):
    document = ingest_file(path.stem, path)
    assert whole(document) == [document.text]


@given(st.lists(st.text(alphabet='ab <&"\n𝒳', max_size=6), max_size=6), st.data())
def test_text_that_belongs_to_no_sentence_is_shown_too(pieces, data):
    text = "".join(pieces) or "x"
    cuts = sorted(
        data.draw(st.sets(st.integers(0, len(text)), min_size=2)) if len(text) > 1 else ()
    )
    spans = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    kinds = st.sampled_from(["sentence", "item", "caption", "reference", "line"])
    sentences = tuple(
        Sentence("d", span, text[span.start : span.end], data.draw(kinds), 0, number)
        for number, span in enumerate(spans)
    )
    sections = (Section("d", (), Span(0, len(text))),)
    assert whole(Document("d", "", text, text, "", (), (), sections, sentences)) == [text]


def test_each_block_says_at_which_offset_it_begins(article):
    page = Page(document_html(article))
    blocks = [(tag, int(known["data-start"])) for tag, known in page.tags if "data-start" in known]
    assert [tag for tag, _ in blocks] == [
        *(
            "h3",
            "p",
            "h4",
            "p",
            "li",
            "li",
            "h5",
            "p",
            "p",
            "div",
            "div",
            "figcaption",
            "h4",
            "li",
            "li",
        ),
    ]
    starts = {
        article.text.index(words) for words in ("Title", "Two sentences", "two\n", "Figure 1")
    }
    assert starts <= {start for _, start in blocks}


def test_lists_references_and_captions_are_what_they_are(article):
    page = Page(document_html(article))
    assert page.texts["figure"] == ["Figure 1. A scan of the chest."]
    assert [len(page.all(tag)) for tag in ("ul", "ol", "figure")] == [
        2,
        1,
        1,
    ]  # one is the contents
    assert [known["value"] for known in page.all("li") if "value" in known] == ["1", "2"]


def test_where_a_table_was_left_out_there_is_a_note_and_no_character():
    markdown = MARKDOWN.replace("| a | b |", "| | |")
    without = ingest_bytes("without", ".md", markdown.encode(), "without.md")
    fragment = document_html(without)
    assert whole(without) == [without.text]
    end, after = fragment.index("The end comes."), fragment.index("After the table.")
    assert end < fragment.index("qw-gone") < after
    assert fragment.count("qw-gone") == 1


def test_a_reference_without_a_number_is_a_paragraph(article):
    page = Page(document_html(replace(article, references=())))
    assert not page.all("ol")


def test_references_are_numbered_as_the_document_numbers_them(article):
    numbered = tuple(Reference(one.number + 10, one.span, one.text) for one in article.references)
    page = Page(document_html(replace(article, references=numbered)))
    assert [known["value"] for known in page.all("li") if "value" in known] == ["11", "12"]


def test_the_contents_lead_to_every_section_and_figure(article):
    page = Page(document_html(article))
    entries = page.all("a")
    places = [known["id"] for _, known in page.tags if "id" in known]
    assert [link["data-place"] for link in entries] == places
    assert [link["href"] for link in entries] == [f"sources#{place}" for place in places]
    assert page.texts["a"] == ["Title", "Methods", "Deeper", "Figure 1", "References"]


def test_seams_are_marked_and_hostile_text_becomes_no_element(answerer):
    assert "qw-seam" in document_html(answerer.documents["case_report"])
    for doc_id in FakeAnswerer().documents:
        page = Page(document_html(answerer.documents[doc_id]))
        tags = {tag for tag, _ in page.tags}
        allowed = {"nav", "ul", "ol", "li", "a", "div", "h3", "p", "span", "figure", "figcaption"}
        assert tags <= allowed
        assert not {name for _, known in page.tags for name in known if name.startswith("on")}
