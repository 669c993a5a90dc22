"""A sentence with a doubtful character is never quoted, and nothing is put in its place."""

from ingest.assemble import assemble
from ingest.blocks import Block, Draft, Piece
from ingest.document import Span
from ingest.repair.doubtful import DOUBTFUL, drop_doubtful

TEXT = "He was well. She got 5 ml of it. They went home."
WRONG = TEXT.index("ml")


def draft(kind="paragraph", doubtful=(WRONG,), **others):
    return Draft(
        TEXT, (Block(kind, (Piece(TEXT, Span(0, len(TEXT))),), **others),), doubtful=doubtful
    )


def test_the_other_sentences_of_its_paragraph_stay():
    (block,) = drop_doubtful(draft()).blocks
    assert block.text == "He was well. They went home."


def test_it_is_recorded_as_the_file_has_it():
    (gone,) = drop_doubtful(draft()).dropped
    assert (gone.text, gone.reason) == ("She got 5 ml of it.", DOUBTFUL)


def test_the_gap_is_a_seam():
    document = assemble("doc", drop_doubtful(draft()), "")
    assert [seam.kind for seam in document.seams] == ["break"]


def test_every_character_that_is_left_still_says_where_it_stands():
    document = assemble("doc", drop_doubtful(draft()), "")
    for sentence in document.sentences:
        assert document.parts(sentence.span) == (sentence.text,)


def test_of_an_entry_nothing_is_left():
    assert drop_doubtful(draft("item", level=1)).blocks == ()


def test_a_caption_without_its_label_is_left_out_whole():
    assert drop_doubtful(draft("caption", doubtful=(3,))).blocks == ()


def test_a_heading_stays():
    assert len(drop_doubtful(draft("heading", level=2)).blocks) == 1


def test_a_draft_without_doubts_stays_as_it_is():
    made = draft(doubtful=())
    assert drop_doubtful(made) is made
