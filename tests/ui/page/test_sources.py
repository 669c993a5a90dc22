"""The page of sources says what the library is."""

from ui.page.sources import head_html
from ui.published import NO_BANK


def test_it_says_how_many_documents_there_are_and_if_there_is_no_bank():
    assert "these 12 documents" in head_html(12, has_bank=True)
    assert NO_BANK not in head_html(12, has_bank=True)
    assert NO_BANK in head_html(12, has_bank=False)
