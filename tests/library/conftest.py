"""The corpora made in a moment that the tests of ``corpus`` use."""

from tests.corpus.conftest import corpus, item, make_item

__all__ = ["corpus", "item", "make_item"]
