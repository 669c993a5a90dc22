"""A few words that name a source beside a quote: "Tawbi et al., Lancet Oncology 2017"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from corpus.dates import iso_date
from corpus.listing import text_of

TITLE_WORDS = 7
"""Of a title that stands in for an author: enough to tell two papers apart, and one line."""


def label_of(item: Mapping[str, Any]) -> str:
    """Return the label that an item gives itself or, without one, what its facts make of it.

    It names authors, journal and year; the title's first words stand in for what is not known,
    and the file's name where nothing is.
    """
    given = text_of(item, "custom", "label").strip()
    return given or made_label(item)


def made_label(item: Mapping[str, Any]) -> str:
    """Return a label made of an item's facts alone."""
    who, title = _authors(item.get("author") or ()), _first_words(text_of(item, "title"))
    where = " ".join(filter(None, (_container(item), _year(item))))
    known = (who or title, where) if where else (who, title)
    return ", ".join(filter(None, known)) or PurePath(text_of(item, "custom", "file")).stem


def _authors(authors: Sequence[Mapping[str, str]]) -> str:
    names = [_surname(author) for author in authors]
    if len(names) > 2:
        return f"{names[0]} et al."
    return " and ".join(names)


def _surname(author: Mapping[str, str]) -> str:
    parts = (author.get("non-dropping-particle"), author.get("family"))
    return " ".join(filter(None, parts)) or author.get("literal", "")


def _container(item: Mapping[str, Any]) -> str:
    keys = ("container-title-short", "container-title", "publisher")
    names = (text_of(item, key).strip() for key in keys)
    return next(filter(None, names), "").removeprefix("The ")


def _year(item: Mapping[str, Any]) -> str:
    return iso_date(item["issued"])[:4] if "issued" in item else ""


def _first_words(title: str) -> str:
    words = title.split()
    return " ".join(words[:TITLE_WORDS]) + (" …" if len(words) > TITLE_WORDS else "")
