"""Check that articles are read from JATS without loss and word for word, and how fast.

    python -m benchmarks.jats DIR [--json]

DIR holds NAME.nxml or NAME.xml; where it holds NAME.pdf too, the two texts are compared. Prints:

articles   read, and refused with their reasons
units      sentences, items, captions and references that may be quoted
altered    of these, such as cannot be glued together again from the file by their offsets
lost       characters of the file that are neither in the text nor left out with a reason
left out   by reason
a second   articles parsed, repaired and assembled on two cores
in PDF     of the sentences of 40 letters or more, such as stand unbroken in the text of the PDF
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.jats import Found

SUFFIXES = (".nxml", ".xml")
A_SECOND = 20
"""Articles, to be reached on two cores."""


def main() -> int:
    """Check every article, print the counts, and say whether all of them hold."""
    parser = argparse.ArgumentParser(description="Check how articles are read from JATS.")
    parser.add_argument("folder", type=Path, help="NAME.nxml or NAME.xml of each article")
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")
    arguments = parser.parse_args()
    found = Found()
    for path in sorted(arguments.folder.iterdir()):
        if path.suffix in SUFFIXES:
            found.take(path)
    if not found.articles:
        parser.error(f"{arguments.folder} holds no NAME.nxml or NAME.xml that can be read")
    print(json.dumps(found.record()) if arguments.json else "\n".join(_words(found)))
    return 0 if not found.altered and not found.lost.total() and found.a_second >= A_SECOND else 1


def _words(found: Found) -> Iterator[str]:
    yield f"{found.articles} articles read, {len(found.refused)} refused"
    yield from (f"  {reason}" for reason in found.refused)
    yield "units: " + ", ".join(f"{n} {kind}" for kind, n in found.units.most_common())
    yield f"references: {found.references}, places that cite them: {found.citations}"
    yield f"altered: {len(found.altered)}"
    yield from (f"  {one}" for one in found.altered[:20])
    yield f"lost characters: {found.lost.total()}"
    yield from (f"  {name}: {n}" for name, n in found.lost.most_common(20) if n)
    yield "left out: " + ", ".join(f"{n} {reason}" for reason, n in found.left_out.most_common())
    yield f"a second: {found.a_second:.1f}"
    if found.in_pdf:
        yield from (f"  {name} {share:.3f}" for name, share in found.in_pdf.items())
        yield f"in PDF: {sum(found.in_pdf.values()) / len(found.in_pdf):.3f}"


if __name__ == "__main__":
    sys.exit(main())
