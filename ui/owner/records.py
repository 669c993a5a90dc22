"""What the library page is told: documents, what became of files, versions, what was left out."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Mapping
from typing import Any

from corpus.labels import label_of
from corpus.listing import text_of
from ingest.document import Document, Seam
from library.facts import facts_of
from library.history import Version
from library.outcomes import Known, Outcome, Refused, Shelved
from library.proposal import Proposal, shown
from ui.facts import by_reason, joined
from ui.owner.uploads import Drop
from ui.settings import Places

FEW = 5
"""Texts of each kind that are shown until all are asked for."""
AROUND = 60
"""Characters on each side of a seam."""
KEYS = (
    *("title", "author", "container-title", "publisher", "issued", "DOI"),
    *("evidence", "audience", "rights"),
)
"""The facts that are shown, in order; the page has their names."""


def outcome_record(outcome: Outcome, drop: Drop) -> dict[str, Any]:
    """Return what became of a file."""
    if isinstance(outcome, Refused):
        name = drop.name_of(outcome.path) if outcome.path.name else ""
        reason = drop.said(outcome.reason)
        return {"how": "refused", "file": name, "reason": reason.removeprefix(f"{name}: ")}
    if isinstance(outcome, Known):
        return {"how": "known", "file": drop.name_of(outcome.path), "id": outcome.doc_id}
    return {
        "how": outcome.how,
        "file": drop.name_of(outcome.path),
        "id": outcome.doc_id,
        "label": outcome.label,
        "facts": _found(outcome),
        "missing": list(outcome.missing),
        "differences": [
            {"key": one.key, "used": one.used, "file": one.file} for one in outcome.differences
        ],
        "sentences": outcome.text.sentences,
        "pages": outcome.text.pages,
        "dropped": outcome.text.dropped,
        "doubtful": outcome.text.doubtful,
        "notes": list(outcome.text.notes),
    }


def document_record(
    item: Mapping[str, Any], document: Document | None, reason: str
) -> dict[str, Any]:
    """Return a document of the listing.

    Args:
        item: of it.
        document: as it is answered from; None if it is not.
        reason: why it is not, if that is known.

    """
    doc_id = text_of(item, "id")
    return {
        "id": doc_id,
        "label": label_of(item),
        "file": text_of(item, "custom", "file"),
        "state": "in use" if document else "not in use",
        "reason": reason,
        "sentences": len(document.sentences) if document else 0,
        "dropped": len(document.dropped) if document else 0,
        "joined": len(document.seams) if document else 0,
        "facts": facts_of(item),
        "missing": list(Proposal(item).missing),
    }


def version_record(version: Version, places: Places, *, is_now: bool) -> dict[str, Any]:
    """Return a version of the library, with the command that serves it."""
    named = " ".join(map(shlex.quote, places.named))
    return {
        "name": version.name,
        "at": version.at,
        "added": list(version.added),
        "replaced": list(version.replaced),
        "described": list(version.described),
        "withdrawn": list(version.withdrawn),
        "is_now": is_now,
        "command": f"quotewell serve --version {version.name} {named}".strip(),
    }


def left_out_record(document: Document, *, is_whole: bool) -> dict[str, Any]:
    """Return the texts of a document that were left out, by reason, and where it was joined."""
    most = None if is_whole else FEW
    groups = []
    for reason, stretches in by_reason(document):
        texts = Counter(one.text for one in stretches)
        shown_texts = [{"text": text, "times": times} for text, times in list(texts.items())[:most]]
        groups.append({"reason": reason, "count": len(stretches), "texts": shown_texts})
    seams = [_seam(document, seam) for seam in document.seams[:most]]
    return {
        "groups": groups,
        "joined": {"count": len(document.seams), "texts": seams},
        "is_whole": is_whole,
    }


def _found(outcome: Shelved) -> list[dict[str, str]]:
    facts = ((key, shown(outcome.item, key)) for key in KEYS)
    return [
        {"key": key, "value": value, "origin": outcome.origins.get(key, "")}
        for key, value in facts
        if value
    ]


def _seam(document: Document, seam: Seam) -> dict[str, str]:
    start = max(seam.offset - AROUND, 0)
    return {
        "before": document.text[start : seam.offset],
        "after": document.text[seam.offset : seam.offset + AROUND],
        "kind": joined([seam]),
    }
