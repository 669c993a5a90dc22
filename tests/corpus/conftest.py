"""Corpus folders made in a moment: items are dicts, files are bytes."""

import copy
import json

import pytest

ITEM = {
    "id": "one",
    "title": "One",
    "author": [{"family": "Roe", "given": "R."}, {"literal": "A Society"}],
    "container-title": "A Journal",
    "issued": {"date-parts": [[2024, 6, 9]]},
    "custom": {
        "file": "one.md",
        "label": "One",
        "audience": "patient",
        "evidence": "a page",
        "rights": "free",
    },
}


def make_item(name="one.md", **changes):
    """Return an item for a file; ``custom`` is merged, a value of ... takes the key away."""
    item = copy.deepcopy(ITEM)
    item["id"] = name.rpartition(".")[0]
    item["custom"]["file"] = name
    custom = changes.pop("custom", {})
    if isinstance(custom, dict):
        _change(item["custom"], custom)
    else:
        item["custom"] = custom
    _change(item, changes)
    return item


def _change(holder, changes):
    holder.update({key.replace("_", "-"): value for key, value in changes.items()})
    for key in [key for key, value in holder.items() if value is ...]:
        del holder[key]


@pytest.fixture
def item():
    return make_item


@pytest.fixture
def corpus(tmp_path):
    """Write a corpus: a list of items or the text of sources.json, then its files by name."""

    def write(items, **files):
        folder = tmp_path / "corpus"
        (folder / "files").mkdir(parents=True, exist_ok=True)
        text = items if isinstance(items, str) else json.dumps(items)
        (folder / "sources.json").write_text(text, "utf-8", newline="")
        for name, data in files.items():
            (folder / "files" / name).write_bytes(data)
        return folder

    return write
