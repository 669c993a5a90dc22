"""Where things are when nobody says otherwise."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The repository: what every default place is in."""

CORPUS_VARIABLE = "QUOTEWELL_CORPUS"
INDEX_VARIABLE = "QUOTEWELL_INDEX"


@dataclass(frozen=True, slots=True)
class Places:
    """The two folders that every command works with."""

    corpus: Path = ROOT / "corpus"
    """Holds ``sources.json`` and ``files/``."""
    index: Path = ROOT / "artifacts" / "index"
    """What ``quotewell build`` writes; git-ignored."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Places:
        """Read the places that ``quotewell chat`` hands to the page it starts."""
        default = cls()
        return cls(
            corpus=Path(environment.get(CORPUS_VARIABLE) or default.corpus),
            index=Path(environment.get(INDEX_VARIABLE) or default.index),
        )

    def to_environment(self) -> dict[str, str]:
        """Return the variables from which ``from_environment`` makes these places again."""
        return {
            CORPUS_VARIABLE: str(self.corpus.resolve()),
            INDEX_VARIABLE: str(self.index.resolve()),
        }


QUESTIONS = ROOT / "evaluation" / "questions.jsonl"
"""The questions that ``quotewell evaluate`` asks."""

REPORTS = ROOT / "artifacts" / "evaluation"
"""Where ``quotewell evaluate`` writes its report; git-ignored."""

PUBLISHED = ROOT / "docs" / "quality.json"
"""The figures that the page publishes, written by ``quotewell evaluate --out docs``."""

FEEDBACK = ROOT / "artifacts" / "feedback.jsonl"
"""What visitors say about answers; git-ignored."""

FEEDBACK_VARIABLE = "QUOTEWELL_FEEDBACK"
"""Another file for it, or ``FEEDBACK_OFF``: then nobody is asked."""
FEEDBACK_OFF = "off"


def program_version() -> str:
    """Return the version of the installed program; "0" where it runs without being installed."""
    try:
        return version("quotewell")
    except PackageNotFoundError:
        return "0"
