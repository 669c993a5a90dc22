"""Text for a terminal or an assistant: what cannot be seen, or steers whoever prints it, shown."""

from __future__ import annotations

_CONTROLS = [*range(0x20), 0x7F]
_STEERING = [*range(0x80, 0xA0), 0x2028, 0x2029]
"""The second set of control characters, and the line ends that few programs know."""
_UNSEEN = [
    *(0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0),
    *range(0x180B, 0x1810),
    *range(0x200B, 0x2010),  # zero-width space and joiners, marks of direction
    *range(0x202A, 0x202F),  # reversed writing, and the next but one
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
    *range(0xFFF0, 0xFFFC),
    *range(0x1BCA0, 0x1BCA4),
    *range(0x1D173, 0x1D17B),
    *range(0xE0000, 0xE1000),  # "tags", which spell out hidden text
]
"""Unicode's Default_Ignorable_Code_Point and the marks of annotations, without the soft hyphen."""

_SHOWN = {
    **{code: f"⟨U+{code:04X}⟩" for code in (*_STEERING, *_UNSEEN)},
    **{code: chr(0x2421 if code == 0x7F else 0x2400 + code) for code in _CONTROLS},
}
del _SHOWN[ord("\n")], _SHOWN[ord("\t")]


def printable(text: str) -> str:
    """Show control characters as pictures, and characters without a shape by their number.

    No text can then steer a terminal, hide words in it, or show them in another order. Line ends,
    tabs and soft hyphens stay.
    """
    return text.translate(_SHOWN)
