"""Dates come out in ISO 8601, as exact as they are known."""

import pytest

from corpus.dates import is_iso_date, iso_date


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([[2024, 6, 9]], "2024-06-09"),
        ([[2024, 6]], "2024-06"),
        ([[2024]], "2024"),
        ([["2024", "06", "9"]], "2024-06-09"),
        ([[2024, 2, 29]], "2024-02-29"),
        ([[870]], "0870"),
        ([[2023, 1], [2024, 1]], "2023-01"),
    ],
)
def test_a_csl_date_is_written_as_exact_as_it_is_known(parts, expected):
    assert iso_date({"date-parts": parts}) == expected
    assert is_iso_date(expected)


@pytest.mark.parametrize(
    "parts",
    [[[2023, 2, 29]], [[2024, 0]], [[0]], [[-44]], [[2024, 1, 1, 1]], [[2024.5]], [[None]], "2024"],
)
def test_what_is_no_day_of_the_calendar_is_refused(parts):
    with pytest.raises(ValueError, match=r"."):
        iso_date({"date-parts": parts})


@pytest.mark.parametrize(
    "text",
    ["2024-13", "2024-02-30", "24", "2024-6-9", "2024-06-", "", "20240609", "٢٠٢٤", "2024\n"],
)
def test_what_is_not_iso_8601_is_told_apart(text):
    assert not is_iso_date(text)
