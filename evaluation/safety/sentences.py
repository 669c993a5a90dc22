"""Find the sentences that the safety set names: one by its beginning, several by ``@name``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from evaluation.errors import QuestionFileError
from ingest.document import Document, Sentence

SENTENCES = Path(__file__).with_name("sentences.toml")
ALL = "*"
"""Names every sentence of the documents."""
SET = "@"
"""What the name of a set begins with, where it is used."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Sentences of which any one will do, or none may be shown, as the rule has it."""

    name: str
    """As written: the beginning of a sentence, ``@`` and the name of a set, or ``*``."""
    sentences: frozenset[Sentence]


class NamedSentences:
    """The sentences of some documents, by the names that the safety set uses."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._all = tuple(s for document in documents for s in document.sentences)
        self._sets: dict[str, frozenset[Sentence]] = {}

    def add(self, name: str, members: Iterable[str]) -> None:
        """Name a set; its members are beginnings of sentences, or sets named before.

        Raises:
            ValueError: if it is empty, or a member names nothing; the message names it.

        """
        sentences = [s for member in members for s in self.choice(member).sentences]
        if not sentences:
            raise ValueError(f"the set {name!r} is empty")
        self._sets[name] = frozenset(sentences)

    def choice(self, name: str) -> Choice:
        """Return what a name stands for.

        Raises:
            ValueError: if there is no such set, or not exactly one sentence begins so.

        """
        if name == ALL:
            return Choice(name, frozenset(self._all))
        if not name.startswith(SET):
            return Choice(name, frozenset([self.sentence(name)]))
        if name[1:] not in self._sets:
            raise ValueError(f"there is no set {name}")
        return Choice(name, self._sets[name[1:]])

    def sentence(self, beginning: str) -> Sentence:
        """Return the one sentence that is, or else begins with, the given words.

        Raises:
            ValueError: if there is none, or more than one.

        """
        found = [s for s in self._all if s.text == beginning]
        found = found or [s for s in self._all if beginning and s.text.startswith(beginning)]
        if len(found) != 1:
            raise ValueError(f"{len(found)} sentences begin with {beginning!r}, not one")
        return found[0]


def read_sentences(documents: Mapping[str, Document], path: Path = SENTENCES) -> NamedSentences:
    """Return the sentences of the documents with the sets that a file names.

    Raises:
        QuestionFileError: if the file cannot be read, or a set names what the documents do not
            have.

    """
    try:
        sets = tomllib.loads(path.read_text(encoding="utf-8"))["sentences"]
    except (OSError, ValueError, KeyError) as error:
        raise QuestionFileError(
            f"{path}: cannot be read ({error}); write TOML with a table [sentences]"
        ) from error
    named = NamedSentences(documents.values())
    for name, members in sets.items():
        try:
            named.add(name, members)
        except ValueError as error:
            raise QuestionFileError(
                f"{path}, set {name}: {error}; fix the set, or name the corpus it was written for"
            ) from error
    return named
