"""Read which known questions a page offers its visitors: those that somebody has chosen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from bank.errors import BankError
from bank.questions import KnownQuestion, Voice

OFFERED = "offered.json"
"""The file of a bank with its offered questions: by voice, those to start with first."""


def read_offered(folder: Path, questions: Sequence[KnownQuestion]) -> tuple[KnownQuestion, ...]:
    """Return the questions that a bank's owner offers, in the order of the file; none without it.

    A question that the bank does not have is left out: its document may have been skipped.

    Args:
        folder: of the bank.
        questions: the known ones.

    Raises:
        BankError: if the file is malformed.

    """
    path = folder / OFFERED
    if not path.exists():
        return ()
    try:
        listed = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BankError(f"{path}: not JSON in UTF-8 ({error}); fix the file") from error
    if not _is_well_formed(listed):
        voices = ", ".join(get_args(Voice))
        raise BankError(f"{path}: not lists of questions under {voices}; fix the file")
    known = {(one.voice, one.question): one for one in reversed(questions)}
    wanted = ((voice, question) for voice, texts in listed.items() for question in texts)
    return tuple(known[each] for each in wanted if each in known)


def _is_well_formed(listed: object) -> bool:
    return isinstance(listed, dict) and all(
        voice in get_args(Voice)
        and isinstance(questions, list)
        and all(isinstance(question, str) for question in questions)
        for voice, questions in listed.items()
    )
