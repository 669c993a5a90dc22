from dataclasses import replace

import pytest

from corpus.sources import read_corpus
from ingest.document import Abbreviation, Sentence, Span
from ingest.pipeline import ingest_file
from ui.html.glossary import Term, definitions, glossary_html, term_ids, term_links, terms
from ui.settings import CORPUS

SAYS = "He had computed tomography (CT) after an intravenous (IV) dose."


@pytest.fixture
def explained(answerer, make_document, monkeypatch):
    """Quotes of a document that spells out CT and IV, and the terms shown for them."""

    def explained(*quotes, **changes):
        document = make_document("case_report", "Scans", [SAYS, *quotes])
        document = replace(document, **changes) if changes else document
        known = [("CT", "computed tomography"), ("IV", "intravenous")]
        spans = [
            Span(start, start + len(f"{long} ({short})"))
            for short, long in known
            for start in [document.text.index(f"{long} ({short})")]
        ]
        document = replace(
            document,
            abbreviations=tuple(
                Abbreviation(short, long, span)
                for (short, long), span in zip(known, spans, strict=True)
            ),
        )
        cited = [citation_of(document, number) for number in range(1, len(quotes) + 1)]
        return terms(cited, {"case_report": document}, answerer.sources)

    def citation_of(document, number):
        template = answerer.answer("radiation").citations[0]
        sentence = document.sentences[number]
        return replace(template, span=sentence.span, quote=sentence.text)

    return explained


def test_a_short_form_is_explained_in_the_words_of_its_document(explained):
    assert explained("The CT was clear.") == (
        Term(
            "CT",
            "computed tomography",
            "computed tomography (CT)",
            "Case report, Reuben 2024 · Scans",
        ),
    )


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("Two CTs and IV fluids.", ["CT", "IV"]),
        ("anti-CT/IV", ["CT", "IV"]),
        ("A CTLA4 inhibitor in the ICU.", []),
        ("Stage IV sarcoma.", []),
        ("Stage IV sarcoma, then IV drugs.", ["IV"]),
        ("ct and iv", []),
    ],
)
def test_only_short_forms_that_stand_in_a_quote_are_explained(explained, quote, found):
    assert [term.short for term in explained(quote)] == found


def test_each_is_explained_once(explained):
    assert len(explained("The CT was clear.", "The next CT too.")) == 1


def test_what_a_quote_spells_out_itself_is_not_explained_again(answerer, make_document):
    document = make_document("case_report", "Scans", [SAYS])
    sentence = document.sentences[0]
    start = document.text.index("computed")
    known = Abbreviation("CT", "computed tomography", Span(start, start + 24))
    quote = replace(
        answerer.answer("radiation").citations[0], span=sentence.span, quote=sentence.text
    )
    documents = {"case_report": replace(document, abbreviations=(known,))}
    assert terms([quote], documents, answerer.sources) == ()


def test_titles_in_the_reference_list_explain_nothing(explained, make_document):
    document = make_document("case_report", "Scans", [SAYS, "The CT was clear."])
    entry = replace(document.sentences[0], kind="reference")
    assert isinstance(entry, Sentence)
    changed = (entry, document.sentences[1])
    assert explained("The CT was clear.", sentences=changed) == ()


def test_a_short_form_opens_its_entry_where_a_quote_has_it_first(answerer, make_document):
    text = "The PD-1 and PD pathways, PD and IV."
    document = make_document("case_report", "Scans", [text])
    known = ("PD", "programmed death"), ("PD-1", "a protein"), ("IV", "intravenous")
    document = replace(
        document, abbreviations=tuple(Abbreviation(*one, Span(0, 5)) for one in known)
    )
    quote = replace(
        answerer.answer("radiation").citations[0], span=document.sentences[0].span, quote=text
    )
    ids = {known[0]: "a", known[1]: "b"}
    linked = [(start, tag) for start, _, tag in term_links(quote, document, ids)]
    assert linked == [
        (text.index("PD-1"), '<a class="qw-term" href="#b">'),
        (text.index("PD-1") + 4, "</a>"),
        (text.index("PD path"), '<a class="qw-term" href="#a">'),
        (text.index("PD path") + 2, "</a>"),
    ]


def test_a_word_that_a_document_defines_is_explained_by_the_whole_sentence(answerer, make_document):
    says, quoted = "Immunotherapy is the use of medicines.", "He had immunotherapy for years."
    document = make_document("case_report", "Drugs", [says, quoted])
    quote = replace(
        answerer.answer("radiation").citations[0], span=document.sentences[1].span, quote=quoted
    )
    documents = {"case_report": document}
    (term,) = terms([quote], documents, answerer.sources, with_definitions=True)
    assert (term.short, term.words) == ("Immunotherapy", says)
    assert terms([quote], documents, answerer.sources) == ()
    assert glossary_html([term], "turn-1").count(says) == 1
    linked = list(term_links(quote, document, term_ids([term], "turn-1")))
    assert [quoted[linked[0][0] : linked[1][0]]] == ["immunotherapy"]


@pytest.mark.parametrize(
    "sentence",
    [
        "It is a drug.",
        "The author is the sole author.",
        "While immunotherapy is an advance, few respond.",
        "Our team is a group of doctors.",
        "Immunotherapy is given by infusion.",
    ],
)
def test_other_sentences_define_nothing(make_document, sentence):
    assert definitions(make_document("case_report", "Drugs", [sentence])) == ()


def test_no_short_form_means_no_list():
    assert glossary_html((), "turn-1") == ""


def test_hostile_words_are_escaped():
    shown = glossary_html([Term("<b>", "<i>", "<script>", "<p>")], "turn-1")
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_every_abbreviation_of_the_corpus_can_be_explained(answerer):
    for source in read_corpus(CORPUS).sources:
        document = ingest_file(source.doc_id, source.path)
        for known in document.abbreviations:
            assert known.short in document.quote(known.span)
            assert known.long in document.quote(known.span)
