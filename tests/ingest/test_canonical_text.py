"""The two documents keep their canonical text: the question bank hangs on every character of it."""

import hashlib
from pathlib import Path

import pytest

from ingest.document import Document
from ingest.pipeline import ingest_file

FILES = Path(__file__).parents[2] / "corpus" / "files"
EXPECTED = {
    "case_report.md": {
        "text": "f4f0fe62f4902391",
        "sections": "c8a4282b624ecb87",
        "sentences": "d34b4307876d359e",
        "seams": "85f38479a4bf2b2a",
        "references": "7d8ac2a2b29b8054",
    },
    "patient_guide.txt": {
        "text": "e1c066c5053a3bf2",
        "sections": "8c5fda87de522cfe",
        "sentences": "a8498e7481fb42a0",
        "seams": "4f53cda18c2baa0c",
        "references": "4f53cda18c2baa0c",
    },
}


def hashes(document: Document) -> dict[str, str]:
    parts = {
        "text": document.text,
        "sections": repr([(s.headings, s.span.start, s.span.end) for s in document.sections]),
        "sentences": repr(
            [
                (
                    s.span.start,
                    s.span.end,
                    s.kind,
                    s.section,
                    s.paragraph,
                    s.lead_in and (s.lead_in.start, s.lead_in.end),
                )
                for s in document.sentences
            ]
        ),
        "seams": repr([(seam.offset, seam.kind) for seam in document.seams]),
        "references": repr([(r.number, r.span.start, r.span.end) for r in document.references]),
    }
    return {name: hashlib.sha256(part.encode()).hexdigest()[:16] for name, part in parts.items()}


@pytest.mark.parametrize("name", EXPECTED)
def test_text_sections_sentences_and_seams_are_those_the_bank_was_written_on(name: str) -> None:
    path = FILES / name
    assert hashes(ingest_file(path.stem, path)) == EXPECTED[name]
