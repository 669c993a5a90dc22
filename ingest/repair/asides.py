"""Drop the asides, which are no longer needed to keep the text on either side of them apart."""

from __future__ import annotations

from ingest.blocks import Draft


def drop_asides(draft: Draft) -> Draft:
    """Return the draft without its asides, each recorded with its reason."""
    asides = {at: block.reason for at, block in enumerate(draft.blocks) if block.kind == "aside"}
    return draft.without(asides)
