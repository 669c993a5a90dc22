"""A made-up library whose documents have pages: one read from a PDF, one with its PDF beside it."""

import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from answer.quotes import cite
from benchmarks.formats.journal import HEAD, typeset
from ingest.pipeline import ingest_bytes
from tests.ui.conftest import FakeAnswerer, source

SUBJECTS = ("Walking", "Sleeping", "Resting", "Reading", "Cooking", "Singing", "Rowing", "Fishing")
EFFECTS = ("lowered the pain score", "raised the blood pressure", "left the pulse as it was")
PLACES = ("at home", "in the ward", "on the coast", "in the mountains", "under observation")
WEEKS = ("three", "four", "five", "six", "seven", "eight", "nine")


def sentences(part):
    """Sentences of which none is like another."""
    return [
        f"{subject} {place} for {WEEKS[(n + part) % 7]} weeks {EFFECTS[(n + part) % 3]} "
        f"of patients in group {part}.{n} (n = {10 + n})."
        for n, (subject, place) in enumerate((s, p) for s in SUBJECTS for p in PLACES)
    ]


MARKDOWN = "# Pastimes and pain\n\n" + "\n\n".join(
    f"## Part {part}\n\n"
    + "\n\n".join(" ".join(sentences(part)[at : at + 8]) for at in range(0, 40, 8))
    for part in range(1, 6)
)


@cache
def pdf_bytes():
    """The paper as a journal sets it: two columns, some pages, numbered from 271."""
    numbered = HEAD + '#set page(numbering: "1")\n#counter(page).update(271)\n'
    return typeset(ingest_blocks(), numbered)


def ingest_blocks():
    from ingest.drafting.steps import draft_bytes

    return draft_bytes(".md", MARKDOWN.encode(), "pastimes.md").blocks


class PagedAnswerer(FakeAnswerer):
    """Quotes the PDF if asked for "page", and the text that has its PDF beside it for "beside"."""

    def __init__(self):
        super().__init__()
        folder = Path(tempfile.mkdtemp())
        (folder / "pastimes.pdf").write_bytes(pdf_bytes())
        printed = ingest_bytes("pastimes", ".pdf", pdf_bytes(), "pastimes.pdf")
        text = ingest_bytes("beside", ".md", MARKDOWN.encode(), "beside.md")
        known = {"path": folder / "pastimes.pdf", "sha256": printed.sha256, "doi": ""}
        beside = {"pdf": folder / "pastimes.pdf", "pdf_sha256": printed.sha256, "doi": ""}
        closed = {"csl": {"custom": {"page_images": False}}}
        self.documents |= {
            "pastimes": replace(printed, boxes=None),
            "beside": text,
            "closed": replace(printed, doc_id="closed", boxes=None),
        }
        self.sources |= {
            "pastimes": source("pastimes", "Pastimes and pain", **known),
            "beside": source("beside", "Pastimes, web edition", **beside),
            "closed": source("closed", "Closed", **known | closed),
        }
        self.boxes = {"pastimes": printed.boxes, "closed": printed.boxes}

    def quoted(self, doc_id):
        """Sentences of a document: one on a page, one over two columns or pages, and a last one."""
        document = self.documents[doc_id]
        body = [one for one in document.sentences if "weeks" in one.text]
        chosen = [body[40], *(one for one in body if document.seams_in(one.span))][:2]
        return [cite(document, one.span, 0.9) for one in (*chosen, body[150])]

    def _answer(self, question):
        answer = super()._answer(question)
        for word, doc_id in (("page", "pastimes"), ("beside", "beside"), ("closed", "closed")):
            if word in question:
                return replace(answer, citations=tuple(self.quoted(doc_id)))
        return answer
