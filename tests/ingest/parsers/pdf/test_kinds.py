"""From lines in reading order to headings, captions, entries, and whole paragraphs."""

import pytest

from ingest.parsers.pdf.kinds.asides import mark_asides
from ingest.parsers.pdf.kinds.captions import is_caption, mark_captions
from ingest.parsers.pdf.kinds.citations import superscript_citations
from ingest.parsers.pdf.kinds.entries import find_references
from ingest.parsers.pdf.kinds.flow import join_columns
from ingest.parsers.pdf.kinds.headings import is_heading, mark_headings
from ingest.parsers.pdf.kinds.hyphens import Vocabulary
from ingest.parsers.pdf.kinds.parts import Part
from ingest.parsers.pdf.kinds.pieces import pieces_of
from ingest.parsers.pdf.kinds.run_ins import split_run_ins
from tests.ingest.parsers.pdf.laid import MEASURES, PLAIN, line, lines

BOLD = PLAIN.__class__("Serif-Bold", 10.0, True, False, 0, False, False)
PROSE = "The text of a paragraph that is long enough to be taken for one, whoever may look at it."


def part(*texts, **others):
    return Part(lines(*texts, **others))


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Figure 1. Survival", {}),
        ("Table 2: Doses", {}),
        ("Table-1: Diets", {}),
        ("Fig. 3 | Cells", {}),
        ("TABLE IV. Doses", {}),
        ("Fig. 1 Flowchart", {"size": 8.0}),
        ("Figure 1 Survival", {"lead": BOLD}),
    ],
)
def test_a_label_that_stands_out_begins_a_caption(text, others):
    assert is_caption(part(text, **others), MEASURES)


@pytest.mark.parametrize(
    "text", ["Figure 1 shows survival", "Table 2 and Table 3 list", "Figures of speech", PROSE]
)
def test_a_sentence_about_a_figure_is_no_caption(text):
    assert not is_caption(part(text), MEASURES)


def test_a_caption_goes_on_in_the_lines_under_it():
    made = mark_captions(
        [part("Figure 1. Survival", size=8.0), part("Of all mice.", base=110, size=8.0)], MEASURES
    )
    assert [one.text for one in made] == ["Figure 1. Survival Of all mice."]


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Study population", {"size": 12.0}),
        ("Study population", {"is_bold": True}),
        ("STUDY POPULATION", {}),
        ("2.1 Study population", {}),
        ("Study population", {"is_italic": True}),
        ("Methods", {}),
    ],
)
def test_a_short_line_set_apart_is_a_heading(text, others):
    assert is_heading(part(text, **others), MEASURES)


@pytest.mark.parametrize(
    "text", ["Study population", "and the rest", "12.5 (3.2)", "The dose was given, then"]
)
def test_a_short_line_set_like_the_text_is_none(text):
    assert not is_heading(part(text), MEASURES)


def test_a_bold_label_among_labels_is_no_heading():
    labels = [part("Control group", is_bold=True), part("n = 12"), part(PROSE, base=300)]
    mark_headings([part(PROSE), *labels], MEASURES)
    assert labels[0].kind == "paragraph"


def test_headings_are_numbered_by_how_large_they_are():
    title = part("A title of four words", size=18.0)
    first, second = part("Methods", size=12.0), part("Participants", is_bold=True)
    mark_headings([title, first, part(PROSE), second, part(PROSE, base=700)], MEASURES)
    assert [title.level, first.level, second.level] == [1, 2, 3]


def test_a_heading_that_opens_its_paragraph_is_parted_from_it():
    first = part("On the first page.")
    run_in = part(f"Study selection. {PROSE}", bold_to=16, lead=BOLD)
    run_in.first.page = 1
    parted = split_run_ins([first, run_in], MEASURES)
    assert [(one.kind, one.text.strip()) for one in parted[1:]] == [
        ("heading", "Study selection."), ("paragraph", PROSE),
    ]  # fmt: skip


ENTRIES = ["Abbott A. One paper. 2001.", "Bell B. Another. 2002.", "Cole C. A third. 2003.",
           "Dorn D. The last. 2004."]  # fmt: skip


@pytest.mark.parametrize("number", ["{}. ", "[{}] ", "{}) ", "({}) ", "{} "])
def test_numbered_entries_are_found(number):
    texts = [number.format(n) + entry for n, entry in enumerate(ENTRIES, start=1)]
    made = lines("Text before.", "References", *texts)
    found = find_references(made, MEASURES)
    assert [one.number for one in found.entries] == [1, 2, 3, 4]
    assert [made[one.start].text[one.skip :] for one in found.entries] == ENTRIES


def test_a_year_at_the_start_of_a_line_is_no_entry():
    made = lines("References", "1. Abbott A. One paper.", "2. Bell B. Another in", "3 volumes of it.",
                 "3. Cole C. A third.", "4. Dorn D. The last.")  # fmt: skip
    found = find_references(made, MEASURES)
    assert [one.start for one in found.entries] == [1, 2, 4, 5]


def test_entries_without_numbers_are_found_by_their_indent():
    made = lines(
        "References", *[text for entry in ENTRIES for text in (entry, "and the rest of it.")]
    )
    for one in made[2::2]:
        one.left = 62.0
    assert [one.start for one in find_references(made, MEASURES).entries] == [1, 3, 5, 7]


def test_a_sentence_goes_on_in_the_next_column():
    made = join_columns([part("A sentence that stops"), part("and goes on.", column=1)], MEASURES)
    assert [one.text for one in made] == ["A sentence that stops and goes on."]


def test_a_sentence_goes_on_behind_a_caption():
    caption = part("Figure 1. Survival")
    caption.kind = "caption"
    parts = [part("A sentence that stops"), caption, part("and goes on.", column=1)]
    made = join_columns(parts, MEASURES)
    assert [one.text for one in made] == [
        "A sentence that stops and goes on.",
        "Figure 1. Survival",
    ]


def test_a_sentence_that_ends_does_not_go_on():
    parts = [part("A sentence that ends."), part("Another one.", column=1)]
    assert len(join_columns(parts, MEASURES)) == 2


def text_of(made, words=""):
    source = "\n".join(one.text for one in made)
    vocabulary = Vocabulary([line(words)]) if words else Vocabulary(made)
    return pieces_of(made, source, vocabulary)


@pytest.mark.parametrize(
    ("above", "below", "words", "text"),
    [
        ("the immuno-", "therapy", "immunotherapy", "the immunotherapy"),
        ("the long-", "term effect", "a long-term effect", "the long-term effect"),
        ("a drug-", "induced rash", "", "a drug-induced rash"),
        ("the undiffer-", "entiated", "", "the undifferentiated"),
        ("of IL-", "6 and", "", "of IL-6 and"),
        ("an anti-", "PD-1 drug", "", "an anti-PD-1 drug"),
    ],
)
def test_a_hyphen_at_a_line_end_stays_where_it_belongs_to_the_word(above, below, words, text):
    assert "".join(one.text for one in text_of(lines(above, below), words)) == text


def test_every_piece_says_where_its_characters_stand():
    made = lines("One line of the immuno-", "therapy, and", "the next.")
    source = "\n".join(one.text for one in made)
    for piece in text_of(made):
        stretch = source[piece.source.start : piece.source.end]
        assert stretch.replace("\n", " ") == piece.text


def test_raised_digits_stay_raised():
    (first,) = lines("a dose of 106 cells, twice1,2")
    first.raised = [(12, 13), (26, 29)]
    assert "".join(p.text for p in pieces_of([first], "", Vocabulary([]))) == (
        "a dose of 10⁶ cells, twice¹,²"
    )


def test_a_hyphen_that_is_taken_out_leaves_a_seam():
    assert [piece.seam for piece in text_of(lines("the immuno-", "therapy"))] == [None, "hyphen"]


def test_what_stands_between_two_lines_in_the_file_leaves_a_seam():
    first, second = line("One line", at=0), line("goes on", at=30)
    source = "One line\nFigure 1. Survival".ljust(30) + "goes on"
    pieces = pieces_of([first, second], source, Vocabulary([]))
    assert [piece.seam for piece in pieces if piece.source] == [None, "break"]


def test_a_plain_line_end_leaves_none():
    assert {piece.seam for piece in text_of(lines("One line", "goes on"))} == {None}


def cited(text, raised, numbers=(1, 2, 3)):
    entries = [Part([line(f"{n}. An entry")], "item", number=n) for n in numbers]
    heading = part("Results", is_bold=True)
    heading.kind, heading.level = "heading", 2
    body = part(text)
    body.first.raised = [raised]
    return [one.numbers for one in superscript_citations([heading, body, *entries])]


@pytest.mark.parametrize(
    ("text", "number", "numbers"),
    [("in most patients.2 They", "2", (2,)), ("in most1,3 patients", "1,3", (1, 3)),
     ("in most1–3 patients", "1–3", (1, 2, 3))],
)  # fmt: skip
def test_a_superscript_with_numbers_of_the_list_cites(text, number, numbers):
    at = text.index(number)
    assert cited(text, (at, at + len(number))) == [numbers]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("in 102 patients", "2"),
        ("of the 7th group", "7"),
        ("see a note*", "*"),
        ("an area of 4 cm2", "2"),
        ("I2", "2"),
    ],
)
def test_another_superscript_does_not(text, number):
    at = text.rindex(number)
    assert cited(text, (at, at + 1)) == []


def test_a_paper_that_cites_in_brackets_cites_only_so():
    text = "as shown [1] and again [2] and [3], in cm2"
    assert cited(text, (len(text) - 1, len(text))) == []


@pytest.mark.parametrize("label", ["Continued Table 1", "Table 1. (Continued)", "(cont.) Table 2"])
def test_the_rest_of_a_table_on_another_page_is_no_text(label):
    small = {"size": 8.0, "right": 200.0}
    cells = part("Randomized trial in 30 subjects, compared", "with those who had nothing", **small)
    parts = [part(label), cells, part(PROSE)]
    mark_asides(parts, MEASURES)
    assert [one.kind for one in parts] == ["aside", "aside", "paragraph"]


def test_small_type_beside_a_figure_is_text_if_it_ends_like_a_sentence():
    small = {"size": 8.0}
    note, cell = part(PROSE, PROSE, **small), part(PROSE, PROSE.rstrip("."), **small)
    parts = [part("Figure 1. Survival"), note, cell]
    mark_captions(parts, MEASURES)
    mark_asides(parts, MEASURES)
    assert [one.kind for one in parts] == ["caption", "paragraph", "aside"]


def test_small_type_is_text_where_there_is_no_figure():
    parts = [part(PROSE, PROSE.rstrip("."), size=8.0)]
    mark_asides(parts, MEASURES)
    assert parts[0].kind == "paragraph"
