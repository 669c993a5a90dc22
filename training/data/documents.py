"""Write the documents that the training questions were written on.

    python -m training.data.documents LITERATURE DATA OUT

``LITERATURE`` holds ``articles.tar.xz`` and ``train/part*/files``, ``DATA`` holds
``medquad.jsonl.gz``; ``questions/documents.json`` says where each document comes from. None of
their text is part of the project.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import re
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from training.data.articles import markdown_of

QUESTIONS = Path(__file__).parents[1] / "questions"
ITEM = re.compile(r"^[-•*]\s+")
PARAGRAPHS = re.compile(r"\n\s*\n|\n(?=\s*[-•*] )|\n")
log = logging.getLogger("training.data.documents")


def listed() -> list[dict[str, Any]]:
    """Return what ``questions/documents.json`` says of each document."""
    documents: list[dict[str, Any]] = json.loads(
        (QUESTIONS / "documents.json").read_text(encoding="utf-8")
    )
    return documents


def page_markdown(page: Mapping[str, Any]) -> str:
    """Return a page of MedQuAD as Markdown: a section for each kind of question it answers."""
    blocks = [f"# {page['focus']}"]
    for pair in page["pairs"]:
        if pair["answer"].strip():
            blocks.append(f"## {pair['qtype'].strip().capitalize()}")
            blocks += _paragraphs(pair["answer"])
    return "\n\n".join(blocks) + "\n"


def _paragraphs(answer: str) -> Iterator[str]:
    for paragraph in PARAGRAPHS.split(answer):
        words = " ".join(paragraph.split())
        if words:
            yield ITEM.sub("- ", words)


def write_documents(literature: Path, data: Path, out: Path) -> int:
    """Write every listed document into ``out`` and return their number."""
    out.mkdir(parents=True, exist_ok=True)
    documents = listed()
    _write_articles(literature / "articles.tar.xz", documents, out)
    _write_pages(data / "medquad.jsonl.gz", documents, out)
    for document in documents:
        if document["from"] == "literature":
            (found,) = (literature / "train").glob(f"part*/files/{document['file']}")
            shutil.copyfile(found, out / document["file"])
    return sum((out / document["file"]).is_file() for document in documents)


def _write_articles(archive: Path, documents: list[dict[str, Any]], out: Path) -> None:
    wanted = {f"{d['id']}.nxml": d["file"] for d in documents if d["from"] == "articles"}
    with tarfile.open(archive) as members:
        for member in members:
            name = Path(member.name).name
            file = members.extractfile(member) if name in wanted else None
            if file is not None:
                text = markdown_of(etree.parse(file).getroot())
                (out / wanted[name]).write_text(text, encoding="utf-8")


def _write_pages(pages: Path, documents: list[dict[str, Any]], out: Path) -> None:
    wanted = {(d["source"], d["title"]): d["file"] for d in documents if d["from"] == "medquad"}
    with gzip.open(pages, "rt", encoding="utf-8") as lines:
        for page in map(json.loads, lines):
            file = wanted.pop((page["source"], page["focus"]), None)
            if file is not None:
                (out / file).write_text(page_markdown(page), encoding="utf-8")


def main() -> None:
    """Write the documents."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("literature", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    count = write_documents(arguments.literature, arguments.data, arguments.out)
    log.info("%d of %d documents", count, len(listed()))


if __name__ == "__main__":
    main()
