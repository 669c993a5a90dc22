"""On a terminal only what is missing is asked; Enter leaves it missing."""

from pathlib import Path

from library.proposal import Proposal
from ui.terminal.owner.questions import Asker

FOUND = Proposal({"title": "Rest", "issued": {"date-parts": [[2019]]}}, {"title": "first page"})
PATH = Path("rest.pdf")


def asker(*answers):
    """One who answers these in turn; the questions are kept."""
    asked, left = [], iter(answers)

    def read(question):
        asked.append(question.strip())
        try:
            return next(left)
        except StopIteration:
            raise EOFError from None

    one = Asker(read)
    one.questions = asked
    return one


def test_only_what_is_missing_is_asked_and_enter_leaves_it_out(capsys):
    one = asker("", "", "c", "", "")
    assert one.missing(PATH, FOUND) == {"audience": "clinician"}
    assert [question.split()[0] for question in one.questions] == [
        *("Authors", "Journal,", "Written", "Kind", "On"),
    ]
    assert "title        Rest (first page)" in capsys.readouterr().out


def test_answers_become_facts():
    given = asker("Walker, Anna; A Society", "A Press", "patient", "leaflet", "ours")
    assert given.missing(PATH, FOUND) == {
        "author": [{"family": "Walker", "given": "Anna"}, {"literal": "A Society"}],
        "publisher": "A Press",
        "audience": "patient",
        "evidence": "leaflet",
        "rights": "ours",
    }


def test_an_article_has_a_journal():
    article = Proposal({**FOUND.item, "DOI": "10.1000/x", "author": [{"literal": "A"}]})
    assert asker("Feet", ".").missing(PATH, article) == {"container-title": "Feet"}


def test_what_is_no_date_and_no_audience_is_asked_again():
    bare = Proposal({"title": "Rest", "author": [{"literal": "A"}]})
    one = asker("last year", "2019-05", "", "nurses", "p", "", "")
    assert one.missing(PATH, bare) == {
        "issued": {"date-parts": [[2019, 5]]},
        "audience": "patient",
    }


def test_a_full_stop_and_the_end_of_input_ask_nothing_more():
    for one in (asker("."), asker()):
        assert one.missing(PATH, FOUND) == {}
        assert one.missing(PATH, FOUND) == {}
        assert len(one.questions) == 1


def test_another_document_with_the_same_doi_needs_a_yes():
    assert asker("y").is_another(PATH, "rest")
    assert not asker("").is_another(PATH, "rest")
    assert not asker().is_another(PATH, "rest")
