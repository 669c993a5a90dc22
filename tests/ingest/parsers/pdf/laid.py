"""Characters, segments and lines made by hand, for the steps that know nothing of a file."""

import numpy as np

from ingest.parsers.pdf.layout.lines import Line
from ingest.parsers.pdf.layout.measures import Measures
from ingest.parsers.pdf.layout.segments import Segment
from ingest.parsers.pdf.pages import Face, Page

PLAIN = Face("Serif", 10.0, False, False, 0, False, False)
WIDTH = 5.0
"""Of every character, in points."""
MEASURES = Measures(10.0, frozenset({"Serif"}), False, {10.0: 12.0, 8.0: 10.0})


def page(*strokes, width=600.0, height=800.0, start=0, styles=(PLAIN,)):
    """A page of strokes ``(text, x, base)`` or ``(text, x, base, face)``, one after the other."""
    text, boxes, bases, faces = "", [], [], []
    for stroke in strokes:
        words, x, base, face = (*stroke, 0)[:4]
        size = styles[face].size
        for number, code in enumerate(words):
            left = x + WIDTH * number * size / 10
            text += code
            boxes.append((left, base - 0.8 * size, left + WIDTH * size / 10, base + 0.2 * size))
            bases.append(base)
            faces.append(face)
    no = np.zeros(len(text), dtype=bool)
    return Page(
        number=0,
        start=start,
        width=width,
        height=height,
        text=text,
        boxes=np.array(boxes),
        bases=np.array(bases),
        faces=np.array(faces, dtype=np.int32),
        styles=styles,
        unmapped=no,
        hyphens=no.copy(),
        clipped=no.copy(),
    )


def segment(left, right, base, size=10.0, number=0):
    """A segment of a place, without characters of its own."""
    return Segment(number, np.array([0]), left, right, base, size)


def line(text, base=100.0, left=50.0, right=None, at=0, **others):
    """A line of text; one that says nothing of its right end fills its column of 50 to 290."""
    made = {
        "page": 0,
        "column": 0,
        "text": text,
        "at": list(range(at, at + len(text))),
        "left": left,
        "right": 290.0 if right is None else right,
        "base": base,
        "size": 10.0,
        "font": "Serif",
        "is_bold": False,
        "is_italic": False,
        "n_segments": 1,
        "lead": PLAIN,
        "edges": (50.0, 290.0),
        "ends_in_hyphen": text.endswith("-"),
    }
    return Line(**{**made, **others})


def lines(*texts, base=100.0, step=12.0, **others):
    """Lines under each other, their characters one after the other in the source."""
    made, at = [], 0
    for number, text in enumerate(texts):
        made.append(line(text, base + step * number, at=at, **others))
        at += len(text) + 1
    return made
