"""The check of articles finds what is lost and what is altered."""

from dataclasses import replace

from benchmarks.jats import Found, altered, lost
from ingest.document import Span
from tests.ingest.parsers.jats.written import article, document, references, sec

BODY = sec("<p>He rested for 10<sup>3</sup> days &amp; slept.</p>")


def test_nothing_is_wrong_with_an_article_as_it_is_read():
    made = document(BODY, back=references())
    assert list(altered(made)) == []
    assert lost(made) == ""


def test_a_unit_with_another_character_is_altered():
    made = document(BODY)
    run = made.runs[-1]
    moved = replace(run, source=Span(run.source.start - 1, run.source.end - 1))
    wrong = replace(made, runs=(*made.runs[:-1], moved))
    assert list(altered(wrong)) == ["He rested for 10³ days & slept."]


def test_a_unit_with_a_word_from_nowhere_is_altered():
    made = document(BODY)
    assert list(altered(replace(made, runs=made.runs[:-1]))) != []


def test_characters_in_no_unit_and_not_left_out_are_lost():
    made = document(BODY)
    assert lost(replace(made, runs=made.runs[:-1])).strip() == "slept."
    assert lost(replace(made, dropped=())) == ""


def test_articles_are_counted(tmp_path):
    (tmp_path / "a.nxml").write_bytes(article(BODY, back=references()))
    (tmp_path / "b.xml").write_bytes(b"<html/>")
    found = Found()
    for path in sorted(tmp_path.iterdir()):
        found.take(path)
    assert found.articles == 1
    assert found.references == 9
    assert found.units == {"sentence": 1, "reference": 9}
    assert len(found.refused) == 1
