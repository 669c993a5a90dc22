"""The numbers of the entries of the reference list."""

from __future__ import annotations

import re

from ingest.parsers.jats.xml import Element

LABEL = re.compile(r"\W*(\d{1,4})\W*")


def numbers_of_entries(article: Element) -> dict[str, int]:
    """Return the number of each entry, by the ids in it and by ``#`` and its place in the file.

    The numbers are those of the entries' labels if each has one of its own, else their order.
    """
    entries = [entry for back in article.all("body", "back") for entry in back.iter("ref")]
    labels = [LABEL.fullmatch(label.text) if (label := e.at("label")) else None for e in entries]
    written = [int(label[1]) for label in labels if label]
    is_labelled = len(set(written)) == len(entries) and 0 not in written
    numbers = {}
    for order, entry in enumerate(entries, start=1):
        number = written[order - 1] if is_labelled else order
        numbers[f"#{entry.start}"] = number
        for element in entry.iter():
            if element.get("id"):
                numbers[element.get("id")] = number
    return numbers
