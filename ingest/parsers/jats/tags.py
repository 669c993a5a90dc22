"""What the tags of JATS mean for a reader of the text."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.document import SeamKind

TYPE = frozenset([
    "italic", "bold", "sup", "sub", "sc", "underline", "overline", "strike", "monospace",
    "roman", "sans-serif", "named-content", "styled-content", "abbrev", "xref", "ext-link",
    "uri", "email", "inline-formula", "inline-graphic", "target", "milestone-start",
    "milestone-end", "private-char", "math",
])  # fmt: skip
"""Elements inside words: "C<sup>2+</sup>". Between others that touch, a person sees a space."""
SPACED = frozenset([
    "p", "title", "list", "list-item", "def-list", "def-item", "term", "def", "disp-quote",
    "break",
])  # fmt: skip
"""Elements that begin a line of their own, wherever they are."""
FLOATS: Mapping[str, SeamKind] = {
    "fig": "caption",
    "fig-group": "caption",
    "table-wrap": "caption",
    "table-wrap-group": "caption",
    "boxed-text": "caption",
    "supplementary-material": "caption",
    "fn": "notice",
}
"""Elements that a page shows beside the paragraph they are in, and the seam they leave."""
HIDDEN = {
    "index-term": "index entry",
    "alt-text": "description of a picture",
    "long-desc": "description of a picture",
    "object-id": "identifier",
    "media": "supplementary file",
    "graphic": "picture",
    "tex-math": "formula",
}
FORMULAS = frozenset(["inline-formula", "disp-formula", "disp-formula-group", "math"])
PICTURES = frozenset(["inline-graphic", "private-char", "chem-struct", "chem-struct-wrap"])
NOTES = frozenset(["fn", "table-fn", "aff", "corresp", "author-notes"])
"""Kinds of cross-references whose mark is no part of the text."""
IMPLIED = {
    "abstract": "Abstract",
    "body": "Main text",
    "ack": "Acknowledgements",
    "app": "Appendix",
    "glossary": "Abbreviations",
    "fn-group": "Notes",
    "notes": "Notes",
    "bio": "About the author",
    "ref-list": "References",
}
"""What a page writes above an element that has no title of its own."""
HEADS = ("label", "title")
INNER = frozenset([
    "list", "def-list", "disp-quote", "verse-group", "preformat", "code", "statement", "speech",
])  # fmt: skip
"""Elements that part a paragraph in two."""
LEFT_OUT = {
    "table": "table",
    "array": "table",
    "disp-formula": "formula",
    "disp-formula-group": "formula",
    "chem-struct-wrap": "formula",
    "preformat": "code",
    "code": "code",
    "media": "supplementary file",
    "supplementary-material": "supplementary file",
    "sec-meta": "front matter",
    "contrib-group": "front matter",
    "kwd-group": "front matter",
    "permissions": "front matter",
    "alternatives": "picture",
}
"""Elements between paragraphs that are not quoted, and why."""
