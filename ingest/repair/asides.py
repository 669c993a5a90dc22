"""Drop the asides: they have kept apart what stands on either side of them."""

from __future__ import annotations

from ingest.blocks import Draft


def drop_asides(draft: Draft) -> Draft:
    """Return the draft without its asides, each recorded with its reason."""
    asides = {at: block.reason for at, block in enumerate(draft.blocks) if block.kind == "aside"}
    return draft.without(asides)
