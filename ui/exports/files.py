"""What a visitor can save, in every format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from corpus.sources import Source
from ui.exports.bibtex import to_bibtex
from ui.exports.csl_json import to_csl_json
from ui.exports.markdown import to_markdown
from ui.exports.ris import to_ris
from ui.exports.selection import Selection
from ui.references import Style

Format = Literal["markdown", "ris", "bibtex", "csl"]
FORMATS: Mapping[Format, str] = {
    "markdown": "Markdown",
    "ris": "RIS",
    "bibtex": "BibTeX",
    "csl": "CSL-JSON",
}
"""The name of each format, as shown."""

Write = Callable[[Selection, Mapping[str, Source]], str]
_FOR_MANAGERS: Mapping[Format, tuple[str, str, Write]] = {
    "ris": (".ris", "application/x-research-info-systems", to_ris),
    "bibtex": (".bib", "application/x-bibtex", to_bibtex),
    "csl": (".json", "application/vnd.citationstyles.csl+json", to_csl_json),
}
"""The formats of reference managers: the ending of a file's name, its type, what writes it."""


@dataclass(frozen=True, slots=True)
class File:
    """Text to be saved under a name."""

    name: str
    media_type: str
    text: str


def export(
    selection: Selection, sources: Mapping[str, Source], form: Format, style: Style = "vancouver"
) -> File:
    """Return quotes as a file; ``style`` is the citation style in Markdown."""
    if form == "markdown":
        return File(f"{selection.name}.md", "text/markdown", to_markdown(selection, sources, style))
    ending, media_type, write = _FOR_MANAGERS[form]
    return File(f"{selection.name}{ending}", media_type, write(selection, sources))
