"""What has happened to a source is said in plain words, with date and link, on every quote from it."""

from dataclasses import replace

import pytest

from corpus.status import Status
from tests.ui.conftest import STATUSES, citation
from ui.cautions import cautions, cautions_of, read_cautions


@pytest.mark.parametrize(
    ("status", "line"),
    [
        (Status("retracted"), "Retracted: do not rely on it."),
        (Status("retracted", "2024"), "Retracted in 2024: do not rely on it."),
        (Status("superseded"), "Superseded: a newer version is out."),
        (
            Status("corrected", "2023-02-01", document="note", label="A note"),
            "Corrected on 1 February 2023: see “A note”.",
        ),
        (Status("corrects", document="one", label="One"), "This corrects “One”."),
        (Status("retracts", doi="10.1/x"), "This retracts another article. https://doi.org/10.1/x"),
    ],
)
def test_a_status_is_a_sentence(answerer, status, line):
    quote = replace(citation(answerer.documents["awkward"], 0), status=(status,))
    (caution,) = cautions(quote)
    assert caution.line == line


def test_a_scan_is_said_of_every_quote_and_of_the_whole_document(answerer):
    scanned = replace(answerer.documents["awkward"], is_ocr=True)
    quote = replace(citation(scanned, 0), is_ocr=True)
    said = [one.text for one in cautions(quote)]
    assert said == ["Read by a machine from a scan: check the page."]
    source = replace(answerer.sources["awkward"], status=STATUSES[:1])
    assert [one.kind for one in read_cautions(source, scanned)] == ["retracted", "scan"]
    assert [one.kind for one in cautions_of(source)] == ["retracted"]
