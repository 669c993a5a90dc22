"""A link shows its own quotes again, whatever would be answered today, and nothing else."""

from dataclasses import replace

import pytest

from answer.asking.question import MAX_CHARS
from ingest.document import Span
from ui.sheets import link
from ui.sheets.frozen import NOT_SENTENCES, link_of, opened, packed
from ui.sheets.link import DAMAGED, LinkError, pack, unpack
from ui.sheets.sheet import Sheet, moved, noted, titled, with_turns, without
from ui.turns import take_turn

FULL = [
    "What is pembrolizumab and how does it work against soft tissue sarcoma?",
    "How long was the patient treated with pembrolizumab in all?",
    "Which side effects of checkpoint inhibitors are serious and need help at once?",
    "and how are they treated?",
    "approved for this?",
    "What was done about the growing metastasis in the left upper lobe?",
]


@pytest.fixture
def sheet(answerer):
    asked = []
    for question in ("radiation", "and <why>?", "side // unknown // b", "approved"):
        asked.append(take_turn(answerer, question, asked))
    return noted(titled(with_turns(Sheet(), asked), "Sarkom & “Ärzte”"), 2, "Read\nthis €")


@pytest.fixture
def linked(sheet, answerer):
    return unpack(link_of(sheet, answerer))


def with_quote(linked, start, end, doc_id="case_report"):
    """The link of a sheet whose first quote is another."""
    (part,) = linked.questions[0].parts
    quote = replace(part.quotes[0], doc_id=doc_id, span=Span(start, end))
    question = replace(linked.questions[0], parts=(replace(part, quotes=(quote,)),))
    return pack(replace(linked, questions=(question,)))


def test_a_link_gives_back_title_order_notes_and_quotes_and_asks_nothing(sheet, answerer):
    sheet = moved(sheet, 3, -1)
    n_asked = len(answerer.asked)
    again = opened(link_of(sheet, answerer), answerer)
    assert len(answerer.asked) == n_asked
    assert again.title == sheet.title
    assert not again.opened.is_other_version
    for one, was in zip(again.entries, sheet.entries, strict=True):
        assert (one.asked, one.note, one.missing) == (was.asked, was.note, ())
        assert [quote.quote for quote in one.answer.citations] == [
            quote.quote for quote in was.answer.citations
        ]
        assert [(part.question, len(part.citations)) for part in one.answer.parts] == [
            (part.question, len(part.citations)) for part in was.answer.parts
        ]
    assert again.entries[3].answer.citations[0].as_of == "2024-06"


def test_an_opened_sheet_has_its_link_until_it_is_changed(sheet, answerer):
    text = link_of(sheet, answerer)
    again = opened(text, answerer)
    assert link_of(again, answerer) == text
    assert link_of(moved(again, 1, 1), answerer) != text
    assert link_of(Sheet(), answerer) == ""
    assert packed("", without(sheet, [1]).left_out, answerer)


def test_a_usual_sheet_fits_an_address(answerer):
    asked = []
    for question in FULL:
        asked.append(take_turn(answerer, question, asked))
    sheet = titled(with_turns(Sheet(), asked), "Immunotherapy of soft tissue sarcoma, week 3")
    for number in range(1, 4):
        note = f"Compare this with what guideline {number} says, and bring one question of yours."
        sheet = noted(sheet, number, note)
    assert len(link_of(sheet, answerer)) < 1500


def test_of_a_document_that_is_another_now_no_quote_is_shown(sheet, answerer):
    text = link_of(sheet, answerer)
    answerer.version = "f" * 12
    answerer.documents["patient_guide"] = replace(
        answerer.documents["patient_guide"], sha256="1" * 64
    )
    again = opened(text, answerer)
    assert again.opened.is_other_version
    assert again.missing == ("patient_guide",)
    first = again.entries[0]
    assert [quote.doc_id for quote in first.answer.citations] == ["case_report"]
    assert first.missing == ("patient_guide",)
    assert link_of(again, answerer) == text


def test_of_a_document_that_is_gone_no_quote_is_shown(sheet, answerer):
    text = link_of(sheet, answerer)
    del answerer.documents["patient_guide"]
    assert opened(text, answerer).missing == ("patient_guide",)


def test_another_document_beside_those_quoted_is_another_version_and_nothing_is_missing(
    sheet, answerer
):
    text = link_of(sheet, answerer)
    del answerer.documents["hostile"]
    answerer.version = "f" * 12
    again = opened(text, answerer)
    assert again.opened.is_other_version
    assert again.missing == ()


def test_a_quote_that_is_not_whole_sentences_is_refused(linked, answerer):
    first, second, *_ = [one.span for one in answerer.documents["case_report"].sentences]
    assert opened(with_quote(linked, first.start, second.end), answerer)
    for start, end in [
        (first.start + 1, first.end),
        (first.start, first.end - 1),
        (0, second.end),
        (first.start, 999_999_999),
        (999_999_998, 999_999_999),
    ]:
        with pytest.raises(LinkError, match=NOT_SENTENCES[:40]):
            opened(with_quote(linked, start, end), answerer)


def test_a_document_that_was_never_there_is_named_and_not_quoted(linked, answerer):
    made_up = replace(linked, fingerprints={"made_up": "0" * 12, **linked.fingerprints})
    again = opened(with_quote(made_up, 5, 20, "made_up"), answerer)
    assert again.missing == ("made_up",)
    assert again.entries[0].answer.citations == ()


def packed_text(text):
    deflate = link.zlib.compressobj(9, wbits=-15)
    data = deflate.compress(text) + deflate.flush()
    return link.base64.urlsafe_b64encode(data).decode().rstrip("=")


GOOD = '["T","{0}",[["case_report","{0}"]],[["Q",[],"",[["",[[0,0,5,0]]]]]]]'.replace(
    "{0}", "0" * 12
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "%%%",
        "ä",
        "abc",
        "A" * 20_000,
        packed_text(b"not JSON"),
        packed_text(b"\xff"),
        packed_text(b"[" * 100_000),
        packed_text(b'"' + b"a" * 9_000_000 + b'"'),
        packed_text(GOOD.encode()) + "AAAA",
        packed_text(GOOD.replace("[0,0,5,0]", "[0,0,0,0]").encode()),
        packed_text(GOOD.replace("[0,0,5,0]", "[1,0,5,0]").encode()),
        packed_text(GOOD.replace("[0,0,5,0]", "[-1,0,5,0]").encode()),
        packed_text(GOOD.replace("[0,0,5,0]", "[0,-1,5,0]").encode()),
        packed_text(GOOD.replace("[0,0,5,0]", f"[0,{'9' * 3000},5,0]").encode()),
        packed_text(GOOD.replace("[0,0,5,0]", "[0,0.5,5,0]").encode()),
        packed_text(GOOD.replace("[0,0,5,0]", '[0,"0",5,0]').encode()),
        packed_text(GOOD.replace("[0,0,5,0]", "[0,true,5,0]").encode()),
        packed_text(GOOD.replace('"case_report"', '"../etc"').encode()),
        packed_text(GOOD.replace('"T"', f'"{"T" * 121}"').encode()),
        packed_text(GOOD.replace('"",[["', f'"{"n" * 501}",[["').encode()),
        packed_text(GOOD.replace('"T"', r'"\ud800"').encode()),
        packed_text(GOOD.replace('"Q"', '""').encode()),
        packed_text(GOOD.replace('["Q",[],"",[["",[[0,0,5,0]]]]]', "").encode()),
    ],
    ids=lambda text: text[:24],
)
def test_what_is_not_a_link_is_refused_in_one_line(text, answerer):
    with pytest.raises(LinkError) as refused:
        opened(text, answerer)
    assert str(refused.value) == DAMAGED


def test_what_those_were_made_from_is_a_link():
    assert unpack(packed_text(GOOD.encode())).questions[0].question == "Q"


def test_a_sheet_of_too_many_quotes_is_neither_packed_nor_opened(linked):
    (part,) = linked.questions[0].parts
    many = replace(part, quotes=part.quotes[:1] * (link.MOST_QUOTES + 1))
    question = replace(linked.questions[0], parts=(many,))
    assert pack(replace(linked, questions=(question,))) == ""
    some = replace(part, quotes=part.quotes[:1] * link.MOST_QUOTES)
    assert unpack(pack(replace(linked, questions=(replace(question, parts=(some,)),))))
    quotes = ",".join(["[0,0,5,0]"] * (link.MOST_QUOTES + 1))
    with pytest.raises(LinkError):
        unpack(packed_text(GOOD.replace("[0,0,5,0]", quotes).encode()))


def test_a_sheet_that_is_too_large_has_no_link(answerer):
    turns = [take_turn(answerer, f"{n} {i}" * 900, []) for i, n in enumerate("abcdefghijkl")]
    long = with_turns(Sheet(), turns)
    for number in range(1, 13):
        words = "".join(chr(0x4E00 + (number * 7919 + at * 104_729) % 20_000) for at in range(500))
        long = noted(long, number, words)
    assert link_of(long, answerer) == ""


def test_a_link_keeps_what_each_question_was_asked_of(answerer):
    guides = "kind=patient+information+page"
    limited = take_turn(answerer, "Q?", [], within=guides)
    sheet = with_turns(Sheet(), [limited, take_turn(answerer, "Q?", [limited], alone=True)])
    again = opened(link_of(sheet, answerer), answerer)
    assert [entry.asked for entry in again.entries] == [entry.asked for entry in sheet.entries]
    assert [entry.within for entry in again.entries] == [guides, ""]


def test_what_is_not_a_filter_in_a_link_limits_nothing(answerer):
    text = GOOD.replace("[[0,0,5,0]]]]]", '[[0,0,5,0]]]],"no=filter"]').encode()
    assert unpack(packed_text(text)).questions[0].within == ""
    with pytest.raises(LinkError):
        unpack(packed_text(text.replace(b"no=filter", b"x" * (MAX_CHARS + 1))))
