"""Exports of reference managers become CSL items with the paths of their files."""

import json

import pytest

from library.errors import LibraryError
from library.exports.bibtex import paths_in
from library.exports.reading import read_export

BIB = r"""
@article{muller_rest_2020,
  title = {Die Wirkung von {\"U}bung auf {IL}-6: $\beta$-Blocker \& 5\% mehr, 10% weniger},
  author = {M{\"u}ller, J{\"o}rg and {World Health Organization} and van der Berg, Jan and others},
  journal = {The Journal of Feet}, month = jan, year = 2020, volume = 5, number = {2},
  pages = {1--9}, doi = {https://doi.org/10.1000/a\_b}, url = {https://x.example/a%20b_c},
  file = {Full Text:files/12/M\"uller.pdf:application/pdf;Snapshot:files/13/x.html:text/html}
}
@article{torn, title = {abc
@article{muller_rest_2020, title = {The same key}}
"""
RIS = """TY  - JOUR
TI  - Rest <i>in vivo</i>
AU  - Müller, Jörg
AU  - World Health Organization
T2  - The Journal of Feet
DA  - 2020/05/01/
DO  - 10.1000/x
SP  - 1
EP  - 9
L1  - files/12/Müller 2020.pdf
L1  - files/13/x.html
ER  -
"""
BETTER = {
    "config": {},
    "items": [
        {
            "itemType": "journalArticle",
            "title": "Rest",
            "creators": [
                {"creatorType": "author", "firstName": "Anna", "lastName": "Walker"},
                {"creatorType": "author", "name": "A Society"},
                {"creatorType": "reviewedAuthor", "name": "Nobody"},
            ],
            "date": "2020-05",
            "publicationTitle": "The Journal of Feet",
            "citationKey": "walker2020",
            "attachments": [{"path": "/home/a/Zotero/storage/AB/walker.pdf"}, {"title": "none"}],
        },
        {"itemType": "note", "note": "x"},
    ],
}


@pytest.fixture
def export(write):
    def read(name, data):
        return read_export(write(name, data))

    return read


def test_bibtex_comes_out_in_letters_and_faults_are_told(export):
    found = export("mine.bib", BIB)
    first, second = found.entries
    assert first.item == {
        "type": "article-journal",
        "title": "Die Wirkung von Übung auf IL-6: β-Blocker & 5% mehr, 10% weniger",
        "author": [
            {"family": "Müller", "given": "Jörg"},
            {"literal": "World Health Organization"},
            {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
        ],
        "container-title": "The Journal of Feet",
        "issued": {"date-parts": [[2020, 1]]},
        "volume": "5",
        "issue": "2",
        "page": "1-9",
        "DOI": "10.1000/a_b",
        "URL": "https://x.example/a%20b_c",
        "citation-key": "muller_rest_2020",
    }
    assert first.attachments == ('files/12/M"uller.pdf', "files/13/x.html")
    assert second.item["title"] == "The same key"
    assert found.faults == ("mine.bib, line 9: is not an entry of BibTeX; export it again",)


def test_a_file_field_is_read_with_its_escapes_and_drives():
    assert list(paths_in(r"Full: Text.pdf")) == ["Full: Text.pdf"]
    assert list(paths_in(r"PDF:C\:\\papers\\a\;b.pdf:application/pdf;:c.pdf:PDF;d/e.pdf")) == [
        r"C:\papers\a;b.pdf",
        "c.pdf",
        "d/e.pdf",
    ]
    assert list(paths_in("PDF:C:/papers/a.pdf:application/pdf")) == ["C:/papers/a.pdf"]


def test_ris_names_files_and_people(export):
    (entry,) = export("mine.ris", RIS.replace("\n", "\r\n")).entries
    assert entry.item == {
        "type": "article-journal",
        "title": "Rest in vivo",
        "author": [
            {"family": "Müller", "given": "Jörg"},
            {"literal": "World Health Organization"},
        ],
        "container-title": "The Journal of Feet",
        "issued": {"date-parts": [[2020, 5, 1]]},
        "page": "1-9",
        "DOI": "10.1000/x",
    }
    assert entry.attachments == ("files/12/Müller 2020.pdf", "files/13/x.html")


def test_csl_json_keeps_all_keys_that_can_be_kept(export):
    item = {
        "id": "http://zotero.org/users/1/items/AB",
        "type": "article-journal",
        "title": "Rest &amp; water",
        "abstract": "Long.",
        "issued": {"raw": "May 2020"},
        "author": [{"family": "Walker"}, {}],
        "event": {"odd": None},
        "publisher": 7,
    }
    (entry,) = export("mine.json", json.dumps([item])).entries
    assert entry.item == {
        "type": "article-journal",
        "title": "Rest & water",
        "abstract": "Long.",
        "issued": {"date-parts": [[2020]], "raw": "May 2020"},
        "author": [{"family": "Walker"}],
        "event": {"odd": None},
        "citation-key": "http://zotero.org/users/1/items/AB",
    }
    assert entry.attachments == ()


def test_the_json_of_better_bibtex_names_files(export):
    (entry,) = export("mine.json", json.dumps(BETTER)).entries
    assert entry.item["author"] == [
        {"family": "Walker", "given": "Anna"},
        {"literal": "A Society"},
    ]
    assert entry.item["container-title"] == "The Journal of Feet"
    assert entry.item["issued"] == {"date-parts": [[2020, 5]]}
    assert entry.attachments == ("/home/a/Zotero/storage/AB/walker.pdf",)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", "{"),
        ("a.json", "[" * 100_000),
        ("a.json", '{"items": 3}'),
        ("a.json", "[1, 2]"),
        ("a.ris", "words"),
        ("a.bib", "words"),
        ("a.bib", b"\xff\xfe\x00"),
    ],
)
def test_what_is_no_export_is_one_line_that_says_what_to_do(export, name, data):
    with pytest.raises(LibraryError, match=r"export") as caught:
        export(name, data)
    assert "\n" not in str(caught.value)
