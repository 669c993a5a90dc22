"""A collection comes in by one command: its files, with what the export says of them."""

import json

import pytest

from tests.ingest.parsers.jats.written import article, sec
from tests.library.conftest import reasons

WORDS = "Rest helped most of the people who had gout of the toe for a week."


def paper(title, doi, words=WORDS):
    meta = f'<article-id pub-id-type="doi">{doi}</article-id><pub-date><year>2001</year></pub-date>'
    return article(sec(f"<p>{words}</p>"), title=title, meta=meta)


def bib(**entries):
    return "\n".join(f"@article{{{key},\n {fields}\n}}" for key, fields in entries.items())


def test_facts_of_the_export_are_preferred_and_differences_are_shown(added, write, items):
    write("out/files/1/Full Text.nxml", paper("Rest for pain in the big toe", "10.1000/one"))
    export = write(
        "out/mine.bib",
        bib(walker="title={Rest for disorders of the feet}, doi={10.1000/other}, year=2020, "
            "author={Walker, Anna}, file={Full:files/1/Full Text.nxml:text/xml}"),
    )  # fmt: skip
    (done,) = added(export)
    item = items()["walker"]
    assert (item["title"], item["DOI"]) == ("Rest for disorders of the feet", "10.1000/other")
    assert {one.key: one.file for one in done.differences} == {
        "title": "Rest for pain in the big toe",
        "DOI": "10.1000/one",
    }
    assert done.origins["title"] == "mine.bib"


def test_attachments_of_one_name_become_two_documents(added, write, items):
    write("out/files/1/main.txt", WORDS)
    write("out/files/2/main.txt", WORDS.replace("toe", "knee"))
    fields = "title={{Study number {n} of rest in gout}}, file={{:files/{n}/main.txt:text/plain}}"
    added(write("out/mine.bib", bib(a=fields.format(n=1), b=fields.format(n=2))))
    assert {one["title"][:14] for one in items().values()} == {"Study number 1", "Study number 2"}
    assert set(items()) == {"main", "main_2"}


def test_the_pdf_is_taken_before_a_snapshot_and_a_snapshot_alone_is_read(added, write, items):
    page = f"<html><body><main><h1>Rest</h1><p>{WORDS}</p></main></body></html>"
    write("out/files/1/page.html", page)
    write("out/files/1/text.docx", b"")
    write("out/files/2/page two.html", page.replace("toe", "knee"))
    both = "title={Rest one}, file={S:files/1/page.html:text/html;P:files/1/text.docx:x}"
    alone = "title={Rest two}, file={Snapshot:files/2/page two.html:text/html}"
    (reason,) = reasons(added(write("out/mine.bib", bib(a=both, b=alone))))
    assert "text.docx" in reason
    assert set(items()) == {"page_two"}


def test_what_is_missing_elsewhere_or_of_another_kind_is_one_line_each(added, write, items):
    secret = write("elsewhere/secret.txt", WORDS)
    write("out/files/1/data.xlsx", b"")
    export = write(
        "out/mine.bib",
        bib(
            gone="title={Gone}, file={:files/9/gone.pdf:application/pdf}",
            outside=f"title={{Outside}}, file={{:{secret}:text/plain}}",
            up="title={Up}, file={:../elsewhere/secret.txt:text/plain}",
            other="title={Other}, file={:files/1/data.xlsx:x}",
            none="title={None}",
        ),
    )
    told = reasons(added(export))
    assert [one.partition(": ")[0] for one in told] == [
        *("mine.bib, gone", "mine.bib, outside", "mine.bib, up", "mine.bib, other"),
        "mine.bib, none",
    ]
    assert "is not there; export again, with files" in told[0]
    assert f"give `--files {secret.parent}` to take files from there" in told[1]
    assert "lies outside the export's folder" in told[2]
    assert items() == {}
    added(export, folders=[secret.parent])
    assert set(items()) == {"secret"}


def test_a_link_in_the_export_does_not_lead_out_of_its_folder(added, write, items):
    secret = write("elsewhere/secret.txt", WORDS)
    export = write("out/mine.bib", bib(a="title={A}, file={:link.txt:text/plain}"))
    (export.parent / "link.txt").symlink_to(secret)
    (told,) = reasons(added(export))
    assert "outside" in told


@pytest.mark.parametrize("how", ["with", "along"])
def test_an_export_without_files_describes_those_given_along(added, write, items, how):
    item = {"id": "k", "type": "article-journal", "publisher": "A Press"}
    by_doi = {**item, "title": "Another name", "DOI": "https://doi.org/10.1000/ONE"}
    by_title = {**item, "title": "Water for disorders of the feet", "volume": "3"}
    unused = {**item, "title": "Nothing of this kind is here"}
    export = write("out/mine.json", json.dumps([by_doi, by_title, unused]))
    files = (
        write("one.nxml", paper("Rest for pain in the big toe", "10.1000/one")),
        write("two.md", f"# Water for disorders of the feet\n\n{WORDS} Twice.\n"),
    )
    told = added(*files, exports=[export]) if how == "with" else added(*files, export)
    assert items()["one"]["title"] == "Another name"
    assert items()["two"]["volume"] == "3"
    assert len(reasons(told)) == (how == "along")


def test_a_folder_with_an_export_is_a_collection(added, write, items):
    write("out/files/1/a.txt", WORDS)
    export = write("out/mine.bib", bib(a="title={Rest in gout}, file={:files/1/a.txt:text/plain}"))
    write("out/notes.json", '{"unrelated": true}')
    assert reasons(added(export.parent)) == []
    assert items()["a"]["title"] == "Rest in gout"
    assert len(items()) == 1
