"""A document comes back as it was, its runs only when they are asked for."""

import json

import pytest

from ingest.document import Run, Span
from ingest.errors import IngestError
from ingest.pipeline import ingest_bytes
from ingest.store import StoredRuns, document_from_line, document_to_json

TEXT = b"# A Drug\n\nIt is given every 3 weeks [1](https://example.org), *never* at home.\n\nAsk first.\n"


@pytest.fixture
def document():
    return ingest_bytes("drug", ".md", TEXT, name="drug.md")


def test_a_document_is_equal_from_both_sides(document):
    stored = document_from_line(json.dumps(document_to_json(document)))
    assert stored == document
    assert document == stored
    assert hash(stored) == hash(document)
    assert len(document.runs) > 2
    assert stored.runs[1:] == document.runs[1:]
    for sentence in document.sentences:
        assert stored.parts(sentence.span) == document.parts(sentence.span)


def test_another_run_is_another_document(document):
    record = document_to_json(document)
    record["runs"][0][3] += 1
    assert document_from_line(json.dumps(record)) != document


@pytest.mark.parametrize("runs", [[[1, 2, 3]], [[1, 2, 3, 4, 5]], [1], None, [[0, 1, 2, 2**64]]])
def test_what_cannot_be_runs_is_no_document(document, runs):
    record = document_to_json(document) | {"runs": runs}
    with pytest.raises(IngestError, match="not a document"):
        document_from_line(json.dumps(record))


def test_runs_are_runs():
    runs = StoredRuns([[0, 2, 5, 7], [2, 3, 9, 10]])
    assert runs[0] == runs[-2] == Run(Span(0, 2), Span(5, 7))
    assert runs == (runs[0], runs[1]) == runs[:]
    assert runs[1:] == (Run(Span(2, 3), Span(9, 10)),)
    assert runs != [runs[0]]
