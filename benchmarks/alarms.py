"""How many emergencies and hints at self-harm are recognised, in each language.

    python -m benchmarks.alarms

Reads messages that were kept out when the word tables were written (``KEPT_OUT``), and prints
counts alone. Nobody may look up which ones were misread: a table that is amended with their words
is measured on itself. Whoever does needs new messages.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from answer.notices import notices_for
from answer.notices.tongues import CODES, read_tongue

KEPT_OUT = Path(__file__).parents[1] / "tests" / "data" / "alarms_kept_out.jsonl"
KINDS = ("emergency", "self_harm", "harmless")
LANGUAGES = ("en", *CODES)


@dataclass(frozen=True, slots=True)
class Message:
    """A message and what it is."""

    set: int
    """1 or 2: the two sets were written by different hands, on different occasions."""
    language: str
    """``"en"``, or one of ``CODES``."""
    kind: str
    """One of ``KINDS``."""
    text: str

    def is_read_right(self) -> bool:
        """Whether it gets the notice of its kind in its language, or none if it is harmless."""
        tongue = read_tongue(self.language)
        wanted = {"emergency": {tongue.emergency}, "self_harm": {tongue.self_harm}}
        shown = {notice.text for notice in notices_for(self.text) if notice.kind == "emergency"}
        return shown == wanted.get(self.kind, set())


def read_messages(path: Path = KEPT_OUT) -> list[Message]:
    """Read messages, one JSON object per line."""
    return [Message(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def alarm_table(messages: Sequence[Message]) -> str:
    """Return how many messages of each language and kind are read right, as a Markdown table."""
    asked = Counter((message.language, message.kind) for message in messages)
    right = Counter((m.language, m.kind) for m in messages if m.is_read_right())
    return "\n".join(_rows(asked, right))


def _rows(asked: Counter[tuple[str, str]], right: Counter[tuple[str, str]]) -> Iterator[str]:
    yield "| language | emergencies | self-harm | harmless |"
    yield "|---|--:|--:|--:|"
    for language in LANGUAGES:
        cells = (f"{right[language, kind]} of {asked[language, kind]}" for kind in KINDS)
        yield _row(language, cells)
    totals = ((_total(right, kind), _total(asked, kind)) for kind in KINDS)
    yield _row("all", (f"{share:.3f}" for share in (hit / max(n, 1) for hit, n in totals)))


def _row(name: str, cells: Iterable[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"


def _total(counts: Counter[tuple[str, str]], kind: str) -> int:
    return sum(counts[language, kind] for language in LANGUAGES)


def main() -> None:
    """Print a table for each set of messages."""
    messages = read_messages()
    for number in sorted({message.set for message in messages}):
        print(f"Set {number}\n")
        print(alarm_table([message for message in messages if message.set == number]), end="\n\n")


if __name__ == "__main__":
    main()
