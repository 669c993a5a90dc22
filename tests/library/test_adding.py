"""Files become documents of a library, with what they say of themselves and nothing else."""

import pytest

from corpus.sources import read_corpus
from library.outcomes import Known, Refused, Shelved
from tests.ingest.parsers.jats.written import article, sec
from tests.ingest.parsers.pdf.written import lines, pdf
from tests.library.conftest import NOTES, reasons

DOI = "10.1000/feet.1"
SENTENCES = (
    "Rest helped most of the people who had gout of the big toe for a week.",
    "Water was drunk by everybody in the study, and nobody was harmed by it at all.",
    "The feet of those who walked on hurt for longer than those of the others did.",
)
META = (
    f'<article-id pub-id-type="doi">{DOI}</article-id>'
    '<contrib-group><contrib contrib-type="author"><name><surname>Walker</surname>'
    "<given-names>Anna</given-names></name></contrib></contrib-group>"
    '<pub-date pub-type="epub"><year>2019</year></pub-date>'
)
JOURNAL = (
    "<journal-title-group><journal-title>The Journal of Feet</journal-title></journal-title-group>"
)
TITLE = "Rest and water for disorders of the feet"


def paper(title=TITLE, meta=META, sentences=SENTENCES):
    return article(sec(f"<p>{' '.join(sentences)}</p>"), title=title, meta=meta, journal=JOURNAL)


def printed(*more, doi=DOI):
    title = lines(TITLE, size=16, y=740)
    return pdf(title + lines(f"doi: {doi}", y=720) + lines(*SENTENCES, *more))


def test_a_file_says_what_it_can_and_the_rest_is_missing(added, write, items):
    (done,) = added(write("paper.nxml", paper()))
    assert isinstance(done, Shelved)
    assert done.label == "Walker, Journal of Feet 2019"
    item = items()["paper"]
    assert item["title"] == TITLE
    assert item["author"] == [{"family": "Walker", "given": "Anna"}]
    assert item["issued"] == {"date-parts": [[2019]]}
    assert item["DOI"] == DOI
    assert item["custom"]["evidence"] == "case report"
    assert set(item["custom"]) == {"file", "sha256", "evidence"}
    assert done.origins["title"] == "front matter"
    assert done.missing == ("audience", "rights")
    assert done.text.sentences == 3


def test_a_plain_file_gives_its_first_heading_and_nothing_is_invented(added, write, items):
    (done,) = added(write("My notes.md"))
    assert set(items()["My_notes"]) == {"id", "title", "custom"}
    assert done.origins == {"title": "first heading"}
    assert done.missing[:3] == ("author", "issued", "container-title")


def test_the_name_of_a_file_tells_year_and_title_as_zotero_writes_it(added, write, items):
    text = "Rest helped most of the people who had gout of the toe for a week."
    added(write("Walker - 2019 - Rest in gout.txt", text))
    (item,) = items().values()
    assert (item["title"], item["issued"]) == ("Rest in gout", {"date-parts": [[2019]]})
    assert "author" not in item


def test_a_folder_is_added_with_what_is_below_it_but_links_and_hidden_files(
    added, write, items, tmp_path
):
    folder = write("papers/one.md").parent
    write("papers/inner/two.md", NOTES.replace("gout", "pain"))
    write("papers/.hidden.md", "Hidden words are here.")
    write("papers/figure.png", b"")
    (folder / "link.md").symlink_to(write("elsewhere.md", "Other words are here."))
    told = added(folder)
    assert set(items()) == {"one", "two"}
    assert reasons(told) == [
        f"{folder}: holds files of kinds that are not read (.png: 1); save them as PDF or HTML if "
        "they belong here"
    ]


def test_a_bad_file_is_one_line_and_the_others_go_on(added, write, items, tmp_path):
    good = write("good.md")
    bad = [write("empty.md", ""), write("odd.xyz", "words"), write("torn.pdf", b"%PDF-1.4")]
    told = added(*bad, tmp_path / "nowhere.pdf", good)
    assert set(items()) == {"good"}
    assert len(reasons(told)) == 4
    assert not any("\n" in one for one in reasons(told))
    assert len(read_corpus(tmp_path / "library").sources) == 1


def test_the_same_bytes_are_known_whatever_their_name(added, write, items):
    added(write("one.md"))
    (known,) = added(write("other/two.md"))
    assert known == Known(write("other/two.md"), "one")
    first, second = added(
        write("a/new.md", "New words are here."), write("b/new_too.md", "New words are here.")
    )
    assert isinstance(first, Refused | Shelved)
    assert "is the same as" in reasons([first, second])[0]
    assert set(items()) == {"one", "new"}


def test_the_same_name_with_other_content_is_a_matter_for_replace(added, write, items):
    added(write("one.md"))
    (told,) = reasons(added(write("other/One.txt", "Other words are here.")))
    assert "one is there with other content" in told
    assert "`quotewell replace one FILE`" in told
    assert set(items()) == {"one"}


def test_text_from_jats_and_pages_from_the_pdf_given_together(added, write, items, library):
    told = added(write("print.pdf", printed()), write("paper.nxml", paper()))
    assert [one.how for one in told] == ["added", "pages of"]
    custom = items()["paper"]["custom"]
    assert (custom["file"], custom["pdf"]) == ("paper.nxml", "paper.pdf")
    (source,) = read_corpus(library).sources
    assert source.pdf.is_file()
    assert isinstance(added(write("print.pdf", printed()))[0], Known)


def test_text_from_jats_in_place_of_the_pdf_that_is_there(added, write, items, library):
    added(write("print.pdf", printed()))
    (told,) = added(write("paper.nxml", paper()))
    assert told.how == "text of"
    custom = items()["print"]["custom"]
    assert (custom["file"], custom["pdf"]) == ("print.nxml", "print.pdf")
    assert items()["print"]["author"] == [{"family": "Walker", "given": "Anna"}]
    assert not read_corpus(library).skipped


def test_an_abstract_in_jats_does_not_take_the_place_of_the_whole_pdf(added, write, items):
    more = [f"This is sentence {n} of the long discussion in the paper." for n in range(20)]
    added(write("print.pdf", printed(*more)))
    (told,) = reasons(added(write("paper.nxml", paper(sentences=SENTENCES[:1]))))
    assert "has the DOI or the title of print" in told
    assert set(items()) == {"print"}


def test_another_file_with_the_doi_of_a_known_document_is_not_added(added, write, items):
    added(write("one.nxml", paper()))
    (told,) = reasons(added(write("two.nxml", paper(sentences=SENTENCES[1:]))))
    assert "has the DOI or the title of one; if this is its new version, `quotewell replace" in told
    assert set(items()) == {"one"}


class Person:
    """Stands in for who sits at the terminal."""

    def __init__(self, *, adds=True):
        self.asked, self._adds = [], adds

    def missing(self, path, proposal):
        self.asked.append((path.name, proposal.missing))
        return {"audience": "patient", "author": [{"literal": "A Society"}]}

    def is_another(self, path, doc_id):
        return self._adds


def test_a_person_is_asked_for_what_is_missing_and_nothing_else(added, write, items):
    person = Person()
    (done,) = added(write("notes.md"), asking=person)
    ((_, asked),) = person.asked
    assert "title" not in asked
    assert items()["notes"]["custom"]["audience"] == "patient"
    assert done.label == "A Society, A trial of rest in gout of …"
    assert done.origins["author"] == "you"


@pytest.mark.parametrize("adds", [True, False])
def test_a_person_decides_about_a_doi_that_is_there(added, write, items, adds):
    added(write("one.nxml", paper()))
    added(write("two.nxml", paper(sentences=SENTENCES[1:])), asking=Person(adds=adds))
    assert set(items()) == ({"one", "two"} if adds else {"one"})


def test_many_files_are_listed_some_at_a_time(added, write, items):
    files = [write(f"n{n}.txt", f"Sentence number {n} is in this file.") for n in range(60)]
    told = added(*files)
    assert all(isinstance(one, Shelved) for one in told)
    assert list(items()) == [f"n{n}" for n in range(60)]
