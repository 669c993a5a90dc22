"""What became of files that were to be added, as terminal text and as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from library.outcomes import How, Known, Outcome, Refused, Shelved, Text
from library.proposal import Difference, shown
from ui.printable import printable
from ui.terminal.inventory import counted, fact_line

NAMES = {
    "title": "title",
    "author": "authors",
    "container-title": "journal",
    "publisher": "publisher",
    "issued": "published",
    "DOI": "DOI",
    "evidence": "kind",
    "audience": "written for",
    "rights": "rights",
}
"""What each fact is called, in the order in which they are shown."""
MOST_AUTHORS = 6
DONE: Mapping[How, str] = {
    "added": "Added",
    "text of": "Text of",
    "pages of": "Pages of",
    "replaced": "Replaced",
}


def outcome_text(outcome: Shelved | Known, width: int, *, is_brief: bool = False) -> str:
    """Return a block about a file that is in the library now; ``is_brief`` leaves facts out.

    A blank line follows it, unless it is but a line.
    """
    if isinstance(outcome, Known):
        return f"{outcome.path.name} is {outcome.doc_id} already: nothing done.\n"
    lines = [printable(f"{DONE[outcome.how]} {outcome.doc_id}: {outcome.label}")]
    if outcome.path.stem != outcome.doc_id:
        lines.append(fact_line("from", outcome.path.name, width))
    if not is_brief and outcome.how != "pages of":
        lines += facts_lines(outcome.item, outcome.origins, width)
    lines += [fact_line("differs", _differs(one), width) for one in outcome.differences]
    if outcome.missing and outcome.how != "pages of":
        names = ", ".join(NAMES[key] for key in outcome.missing)
        lines.append(fact_line("not given", names, width))
    lines += [fact_line("text", text_of(outcome.text), width)]
    lines += [fact_line("note", note, width) for note in outcome.text.notes]
    return "\n".join(lines) + "\n\n"


def facts_lines(item: Mapping[str, Any], origins: Mapping[str, str], width: int) -> Iterator[str]:
    """Yield each fact of an item with where it is from, one per line."""
    for key, name in NAMES.items():
        if value := _value(item, key):
            origin = f" ({origins[key]})" if key in origins else ""
            yield fact_line(name, f"{value}{origin}", width)


def text_of(text: Text) -> str:
    """Say how much text a file has, and what of it was left out."""
    said = counted(text.sentences, "sentence")
    if text.pages:
        said += f" on {counted(text.pages, 'page')}"
    left = [f"{counted(text.dropped, 'stretch')}"] if text.dropped else []
    if text.doubtful:
        left.append(f"{counted(text.doubtful, 'sentence')} with doubtful characters")
    return f"{said}; left out: {' and '.join(left)}" if left else said


def totals_text(outcomes: Sequence[Outcome]) -> str:
    """Return one line about all files."""
    hows = [one.how for one in outcomes if isinstance(one, Shelved)]
    known = sum(isinstance(one, Known) for one in outcomes)
    refused = sum(isinstance(one, Refused) for one in outcomes)
    joined = len(hows) - hows.count("added")
    said = [
        f"Added {counted(hows.count('added'), 'document')}",
        f"put {counted(joined, 'file')} beside the same paper" if joined else "",
        f"{known} known already" if known else "",
        f"{refused} not added" if refused else "",
    ]
    return ", ".join(filter(None, said)) + ".\n"


def records(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return what became of all files as data for JSON."""
    return {
        "added": [_record(one) for one in outcomes if isinstance(one, Shelved)],
        "known": [
            {"path": str(one.path), "id": one.doc_id} for one in outcomes if isinstance(one, Known)
        ],
        "refused": [
            {"path": str(one.path) if one.path.name else None, "reason": one.reason}
            for one in outcomes
            if isinstance(one, Refused)
        ],
    }


def _record(one: Shelved) -> dict[str, Any]:
    return {
        "id": one.doc_id,
        "how": one.how,
        "path": str(one.path),
        "label": one.label,
        "item": one.item,
        "origins": one.origins,
        "missing": one.missing,
        "differences": [asdict(difference) for difference in one.differences],
        **asdict(one.text),
    }


def _value(item: Mapping[str, Any], key: str) -> str:
    if key == "author":
        authors = item.get("author", [])
        more = len(authors) - MOST_AUTHORS
        named = shown({"author": authors[:MOST_AUTHORS]}, key)
        return f"{named} and {more} more" if more > 0 else named
    value = shown(item, key)
    if key == "container-title" and value:
        numbers = [item.get("volume"), item.get("issue") and f"({item['issue']})", item.get("page")]
        return ", ".join([value, " ".join(str(one) for one in numbers if one)]).rstrip(", ")
    return value


def _differs(one: Difference) -> str:
    return f"{NAMES[one.key]}: the file itself says {one.file}"
