"""Judge how likely a message tells of an emergency or of self-harm, beside the word tables.

The tables find what somebody has thought of, and can say why; a linear classifier of words and
parts of words finds what is said in another way. ``training/alarms/train.py`` learns it from
messages in eight languages, and ``training/alarms/README.md`` says from which.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from answer.errors import ModelError
from answer.notices.spelling import plain

MODEL = Path(__file__).parents[1] / "models" / "alarms.npz"
MODEL_SHA256 = "45aaf1e34ae0b9f56d6cbf76be3053b95df161eb9b4f7d60840533ceed69365b"
"""Of that file: it is not exchanged unnoticed."""
KINDS = ("emergency", "harmless", "self_harm")
"""What a message may be: the columns of ``weights``."""
N_COLUMNS = 2**17
"""Every word, run of words and part of a word counts in one of so many columns. With half as many
or twice as many, what was kept out was recognised as well, within .005."""
MOST_WORDS, SHORTEST_PART, LONGEST_PART = 3, 2, 5
"""Words in a run, characters in a part. Chosen by hand."""
TOKEN = re.compile(r"[^\W\d_]+|\d+|[?!]")
DIGIT = re.compile(r"\d")
"""Of a number only its length counts: 38 is a temperature, and the volume of a journal."""


@dataclass(frozen=True, slots=True)
class AlarmClassifier:
    """A linear classifier of messages."""

    rarity: NDArray[np.float32]
    """Inverse document frequency, shape ``(N_COLUMNS,)``; 0 for what was not learnt."""
    weights: NDArray[np.float32]
    """Shape ``(N_COLUMNS, 3)``."""
    bias: NDArray[np.float32]
    """Shape ``(3,)``."""

    def probabilities(self, message: str) -> dict[str, float]:
        """Return how likely the message is of each of ``KINDS``; the sum is 1."""
        columns, values = tallied(message)
        values = values * self.rarity[columns]
        length = float(np.linalg.norm(values)) or 1.0
        logits = values @ self.weights[columns] / length + self.bias
        shares = np.exp(logits - logits.max())
        return dict(zip(KINDS, (shares / shares.sum()).tolist(), strict=True))


def tallied(message: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the columns in which the message counts, and how much: 1 + ln(times)."""
    times = Counter(zlib.crc32(part.encode()) % N_COLUMNS for part in _parts(message))
    counts = np.fromiter(times.values(), np.float32, len(times))
    return np.fromiter(times, np.int64, len(times)), 1 + np.log(counts)


@cache
def load_classifier(path: Path = MODEL) -> AlarmClassifier:
    """Read the classifier that comes along.

    Raises:
        ModelError: if the file is missing, damaged or altered.

    """
    try:
        data = path.read_bytes()
        with np.load(BytesIO(data)) as arrays:
            read = (arrays[name].astype(np.float32) for name in ("rarity", "weights", "bias"))
            classifier = AlarmClassifier(*read)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise ModelError(f"{path}: not a classifier ({error!r}); restore the file") from error
    if path == MODEL and hashlib.sha256(data).hexdigest() != MODEL_SHA256:
        raise ModelError(
            f"{path}: was altered; restore the file or, after training/alarms/train.py, write its "
            "SHA-256 into answer/notices/classifier.py"
        )
    return classifier


def _parts(message: str) -> Iterator[str]:
    """Yield each word and run of words, then each part of a word with its ends marked."""
    words = TOKEN.findall(DIGIT.sub("0", plain(unicodedata.normalize("NFKC", message))))
    for n_words in range(1, MOST_WORDS + 1):
        for start in range(len(words) - n_words + 1):
            yield " ".join(words[start : start + n_words])
    for word in words:
        marked = f"<{word}>"
        for n in range(SHORTEST_PART, LONGEST_PART + 1):
            for start in range(len(marked) - n + 1):
                yield "~" + marked[start : start + n]
