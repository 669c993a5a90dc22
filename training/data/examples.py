"""Read and write training examples: a question, a window, and which of its sentences answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Example:
    """A line of an examples file; ``training/README.md`` describes the format."""

    question: str
    headings: tuple[str, ...]
    """Heading trail of the window, outermost first; may be empty."""
    sentences: tuple[str, ...]
    labels: tuple[int, ...]
    """One per sentence: 1 answers, 0 does not, -1 unknown and left out of every loss."""
    span: tuple[int, int, int] | None = None
    """Answering words: (sentence, first character in it, one past the last); None if unknown."""
    weight: float = 1.0
    group: str = ""
    """Examples of one question share it: their sentences are ranked against each other."""
    origin: str = ""
    """Which data set the example is from, a key of ``[draws]`` in the config."""
    fold: int | None = None
    """The fold that keeps this example out of training; None if it is never kept out."""

    def __post_init__(self) -> None:
        if len(self.labels) != len(self.sentences):
            raise ValueError(
                f"{len(self.sentences)} sentences need as many labels, got {len(self.labels)}: "
                f"{self.question!r}"
            )

    @property
    def is_positive(self) -> bool:
        """Whether a sentence of the window answers the question."""
        return 1 in self.labels


def read_examples(path: Path) -> Iterator[Example]:
    """Yield the examples of a JSON Lines file.

    Raises:
        ValueError: if a line has unequal numbers of sentences and labels, or unknown fields.

    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            fields = json.loads(line)
            for name in ("headings", "sentences", "labels"):
                fields[name] = tuple(fields[name])
            fields["span"] = tuple(fields["span"]) if fields.get("span") else None
            try:
                yield Example(**fields)
            except (TypeError, ValueError) as error:
                raise ValueError(f"{path.name}, line {number}: {error}") from error


def tagged(
    examples: Iterable[Example], *, group: str, origin: str, fold: int | None = None
) -> Iterator[Example]:
    """Yield ``examples``, which are all windows of one question, as one group."""
    for example in examples:
        yield replace(example, group=group, origin=origin, fold=fold)


def write_examples(path: Path, examples: Iterable[Example]) -> int:
    """Write ``examples`` as JSON Lines and return their number."""
    count = 0
    with path.open("w", encoding="utf-8") as lines:
        for example in examples:
            lines.write(json.dumps(asdict(example), ensure_ascii=False) + "\n")
            count += 1
    return count
