"""PDF files written byte by byte, to hold exactly the trap that a test is about."""

FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold", "F3": "Symbol", "F4": "AdvPi3"}


def shown(text, x=72, y=700, size=10, font="F1", extra=""):
    """The operators that show a line of text at a place in points from the lower left."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{font} {size} Tf {extra} 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET\n"


def lines(*texts, x=72, y=700, size=10, leading=12, font="F1"):
    """The operators that show lines under each other."""
    return "".join(shown(text, x, y - leading * n, size, font) for n, text in enumerate(texts))


def pdf(*contents, box="0 0 612 792", page_extra="", info="", objects=()):
    """A file with one page for each content stream.

    ``objects`` are added after the pages; the first has the number ``4 + len(FONTS) + 2 * pages``.
    """
    fonts = [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name}"
        + (" /Encoding /WinAnsiEncoding" if name.startswith("Helvetica") else "")
        + " >>"
        for name in FONTS.values()
    ]
    first = 4 + len(fonts)
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(contents)))
    resources = " ".join(f"/{name} {4 + n} 0 R" for n, name in enumerate(FONTS))
    made = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>",
        f"<< {info} >>",
        *fonts,
    ]
    for n, content in enumerate(contents):
        extra = page_extra if isinstance(page_extra, str) else page_extra[n]
        made.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents {first + 2 * n + 1} 0 R "
            f"/Resources << /Font << {resources} >> {extra_resources(extra)} >> {page_keys(extra)} >>"
        )
        made.append(stream(content))
    return assembled([*made, *objects])


def extra_resources(extra):
    return extra.partition("|")[2]


def page_keys(extra):
    return extra.partition("|")[0]


def stream(content, keys=""):
    return f"<< {keys} /Length {len(content.encode('latin-1'))} >>\nstream\n{content}\nendstream"


def assembled(objects):
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(places) + 1
    out_end = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {size} /Root 1 0 R /Info 3 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    )
    return out + out_end.encode("latin-1")


PROSE = [
    "The first sentence of this paragraph fills its line with",
    "words that nobody reads, and the second one follows it here",
    "until the paragraph ends in the middle of the third line.",
]
"""A paragraph: what every page needs around the trap."""
