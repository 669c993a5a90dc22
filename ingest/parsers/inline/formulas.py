"""LaTeX formulas as a person reads them, by pylatexenc; those it does not know stay as they are."""

from __future__ import annotations

import logging
import re
from functools import lru_cache

from pylatexenc.latex2text import (
    EnvironmentTextSpec,
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)
from pylatexenc.latexwalker import LatexWalkerError

LAYOUT = [
    "left", "right", "middle", "big", "Big", "bigl", "bigr", "displaystyle", "textstyle",
    "limits", "nolimits", "rm", "bf", "it", "boldsymbol", "bm", "operatorname",
]  # fmt: skip
"""Macros that change how a formula looks, not what it says."""
MAX_CHARACTERS = 2000
"""Longest formula that is parsed. The longest in 121 medical texts has 22."""
WORDS = re.compile(r"[^\W\d_]{2,}\s+[^\W\d_]{2,}")


class _UnknownError(Exception):
    """A macro or environment with an unknown meaning."""


MALFORMED = (
    _UnknownError, LatexWalkerError, RecursionError,
    AttributeError, LookupError, TypeError, ValueError,
)  # fmt: skip
"""What pylatexenc raises where arguments or braces are missing or nested too deeply."""
logging.getLogger("pylatexenc.latex2text").setLevel(logging.CRITICAL)


def _refuse(node: object) -> str:
    raise _UnknownError


def _converter() -> LatexNodes2Text:
    known = get_default_latex_context_db()
    looks = [MacroTextSpec(name, discard=False) for name in LAYOUT]
    known.add_context_category("layout", macros=looks)
    known.set_unknown_macro_spec(MacroTextSpec("", simplify_repl=_refuse))
    known.set_unknown_environment_spec(EnvironmentTextSpec("", simplify_repl=_refuse))
    return LatexNodes2Text(math_mode="text", keep_comments=True, latex_context=known)


_LATEX = _converter()


def is_price(before: str, formula: str) -> bool:
    """Whether two dollar signs are not those of a formula but of prices: "$5 or 4 in US$".

    Args:
        before: the character before the first of them, if there is one.
        formula: what is between them.

    """
    if before.isalpha() and formula[0].isdigit():
        return True
    return not re.search(r"[\\^_{]", formula) and WORDS.search(formula) is not None


@lru_cache(maxsize=1024)
def read_formula(formula: str) -> str | None:
    r"""Return the text of a formula with its dollar signs, ``"α"`` for ``$\alpha$``.

    Returns:
        None if it is malformed, too long, nested too deeply, or holds an unknown macro.

    """
    if len(formula) > MAX_CHARACTERS:
        return None
    try:
        text = _LATEX.latex_to_text(formula, tolerant_parsing=False)
    except MALFORMED:
        return None
    # pylatexenc leaves its own "%s" where a macro lacks an argument.
    return None if "%s" in text else " ".join(text.split())
