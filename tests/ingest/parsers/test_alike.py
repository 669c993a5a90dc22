"""What holds of a document in every format that it can be written in."""

import pytest

from benchmarks.formats.package import docx, p
from ingest.assemble import assemble
from ingest.drafting.steps import draft_bytes
from ingest.references import cited_in
from tests.ingest.parsers.jats.written import ENTRIES, article, references, sec

WORKS = ("Abbott A. One paper. J Test. 2001;1:1.", "Bell B. Another. J Test. 2002;2:2.")


def _as_text(prose, heading):
    listed = "".join(f"{n}. {work}\n" for n, work in enumerate(WORKS, start=1))
    return f"1. Aim\n\n{prose}\n\n{heading}\n\n{listed}".encode()


def _as_markdown(prose, heading):
    return _as_text(prose, f"# {heading}").replace(b"1. Aim", b"# 1. Aim")


def _as_page(prose, heading):
    listed = "".join(f"<li>{work}</li>" for work in WORKS)
    return f"<h1>1. Aim</h1><p>{prose}</p><h1>{heading}</h1><ol>{listed}</ol>".encode()


def _as_article(prose, heading):
    for n in (1, 2):
        prose = prose.replace(f"{n}]", f'<xref ref-type="bibr" rid="B{n}">{n}</xref>]')
    back = references(*ENTRIES[:2], title=f"<title>{heading}</title>")
    return article(sec(f"<p>{prose}</p>", "1. Aim"), back=back)


def _as_word(prose, heading):
    works = (p(f"{n}. {work}") for n, work in enumerate(WORKS, start=1))
    return docx(p("1. Aim", style="berschrift1"), p(prose), p(heading, style="berschrift1"), *works)


WRITTEN = {
    ".txt": _as_text,
    ".md": _as_markdown,
    ".html": _as_page,
    ".nxml": _as_article,
    ".docx": _as_word,
}
PROSE = "He rested for two days.[1] The rest was good. [2] He slept well after it."


@pytest.fixture(params=WRITTEN)
def written(request):
    def make(heading="References"):
        data = WRITTEN[request.param](PROSE, heading)
        return assemble("doc", draft_bytes(request.param, data, "doc"), "")

    return make


@pytest.mark.parametrize("heading", ["References", "2. References", "2 References"])
def test_a_numbered_heading_opens_a_reference_list_too(written, heading):
    document = written(heading)
    assert [one.number for one in document.references] == [1, 2]


def test_a_citation_after_a_full_stop_belongs_to_the_sentence_before_it(written):
    document = written()
    prose = [one for one in document.sentences if one.kind == "sentence"]
    assert [one.text for one in prose] == [
        "He rested for two days.[1]", "The rest was good. [2]", "He slept well after it.",
    ]  # fmt: skip
    assert [cited_in(document, one.span) for one in prose] == [(1,), (2,), ()]
