"""The words of a sentence that answer: the best stretch of those that are short enough."""

import numpy as np
import pytest

from answer.weighing.reader import MAX_WORDS_TOKENS, _words
from index.encoder import Tokens


@pytest.mark.parametrize("n", [1, 2, MAX_WORDS_TOKENS, MAX_WORDS_TOKENS + 1, 200])
def test_no_other_stretch_that_is_short_enough_scores_more(n):
    tokens = Tokens(tuple(range(n)), tuple((3 * at, 3 * at + 2) for at in range(n)))
    for seed in range(5):
        start, end = np.random.default_rng(seed).normal(size=(2, n)).astype(np.float32)
        first, last = (offset // 3 for offset in _words(tokens, start, end))
        assert 0 <= last - first < MAX_WORDS_TOKENS
        best = max(
            start[a] + end[b] for a in range(n) for b in range(a, min(n, a + MAX_WORDS_TOKENS))
        )
        assert start[first] + end[last] == pytest.approx(best)


def test_a_sentence_without_tokens_has_no_words():
    nothing = np.zeros(0, dtype=np.float32)
    assert _words(Tokens((), ()), nothing, nothing) is None
