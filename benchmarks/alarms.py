"""How many emergencies and hints at self-harm are recognised, in each language.

    python -m benchmarks.alarms

Reads messages that were kept out when the word tables were written and the classifier learnt
(``KEPT_OUT``), and prints counts alone. Nobody may look up which ones were misread: a table that is
amended with their words is measured on itself. Whoever does needs new messages.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from answer.notices import notices_for
from answer.notices.grave import kind_in_tables
from answer.notices.tongues import CODES, read_tongue, tongues_for
from bank.questions import ANSWERABLE

ROOT = Path(__file__).parents[1]
KEPT_OUT = ROOT / "tests" / "data" / "alarms_kept_out.jsonl"
BANK = ROOT / "corpus" / "questions"
KINDS = ("emergency", "self_harm", "harmless")
LANGUAGES = ("en", *CODES)
Counts = Counter[tuple[str, str]]
"""Of messages, by language and kind."""


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

    def is_read_right_by_tables(self) -> bool:
        """Whether the word tables alone find its kind, in whichever language, or nothing."""
        kinds = (kind_in_tables(tongue, self.text) for tongue in tongues_for(self.text))
        return (next(filter(None, kinds), None) or "harmless") == self.kind


def read_messages(path: Path = KEPT_OUT) -> list[Message]:
    """Read messages, one JSON object per line."""
    return [Message(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def false_alarms(folder: Path = BANK) -> str:
    """Return how many questions of a bank that its documents answer raise an alarm, in a line."""
    lines = [
        line
        for path in folder.glob("*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    asked = [record for record in map(json.loads, lines) if record["kind"] in ANSWERABLE]
    n_raised = sum(_raises(one["question"], one.get("history", ())) for one in asked)
    share = n_raised / len(asked)
    return f"Of {len(asked):,} answerable questions {n_raised} raise an alarm ({share:.2%})"


def _raises(question: str, history: Sequence[str]) -> bool:
    return any(notice.kind == "emergency" for notice in notices_for(question, history))


def alarm_table(messages: Sequence[Message]) -> str:
    """Return how many messages of each language and kind are read right, as a Markdown table."""
    asked = Counter((message.language, message.kind) for message in messages)
    right = Counter((m.language, m.kind) for m in messages if m.is_read_right())
    by_tables = Counter((m.language, m.kind) for m in messages if m.is_read_right_by_tables())
    return "\n".join([*_rows(asked, right), _shares("tables alone", asked, by_tables)])


def _rows(asked: Counts, right: Counts) -> Iterator[str]:
    yield "| language | emergencies | self-harm | harmless |"
    yield "|---|--:|--:|--:|"
    for language in LANGUAGES:
        cells = (f"{right[language, kind]} of {asked[language, kind]}" for kind in KINDS)
        yield _row(language, cells)
    yield _shares("all", asked, right)


def _shares(name: str, asked: Counts, right: Counts) -> str:
    totals = ((_total(right, kind), _total(asked, kind)) for kind in KINDS)
    return _row(name, (f"{share:.3f}" for share in (hit / max(n, 1) for hit, n in totals)))


def _row(name: str, cells: Iterable[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"


def _total(counts: Counts, kind: str) -> int:
    return sum(counts[language, kind] for language in LANGUAGES)


def main() -> None:
    """Print a table for each set of messages, and how many questions of the bank raise an alarm."""
    messages = read_messages()
    for number in sorted({message.set for message in messages}):
        print(f"Set {number}\n")
        print(alarm_table([message for message in messages if message.set == number]), end="\n\n")
    print(false_alarms())


if __name__ == "__main__":
    main()
