"""Files made to crash, hang, fill or deceive whatever reads them."""

from tests.ingest.parsers.jats.written import NAMES, article

WHOLE = article("<sec><title>Results</title><p>He recovered from it all.</p></sec>")


def subset(declarations, text):
    """An article with declarations of its own in its DOCTYPE."""
    return (
        f'<?xml version="1.0"?><!DOCTYPE article [{declarations}]><article {NAMES}><front>'
        f"<article-meta/></front><body><p>{text}</p></body></article>"
    ).encode()


def laughs():
    """Entities that unfold to a billion words."""
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return subset(f'<!ENTITY l0 "ha">{lines}', "&l9;")


def blowup():
    """One long entity, named often."""
    return subset(f'<!ENTITY a "{"a" * 100_000}">', "&a;" * 10_000)


def outside(address="file:///etc/passwd"):
    """An entity that is read from elsewhere."""
    return subset(f'<!ENTITY secret SYSTEM "{address}">', "&secret;")


def parameter():
    """A parameter entity that fetches a DTD."""
    return subset('<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;', "text")


def deep(depth=200_000):
    """Elements inside one another."""
    return WHOLE.replace(b"He recovered", b"<bold>" * depth + b"x" + b"</bold>" * depth)


def not_so_deep():
    """Deeper than an article, not too deep for libxml2."""
    return deep(150)


def many_tags(count=600_000):
    """Nothing but empty elements."""
    return WHOLE.replace(b"He recovered", b"<b/>" * count)


def long(size=11 * 2**20):
    """More text than an article has."""
    return WHOLE.replace(b"He recovered", b"word " * (size // 5))


REFUSED = {
    "zero bytes": (b"", "is empty (0 bytes); save or download it again"),
    "white space": (b" \n\n", "is empty; download it again"),
    "billion laughs": (laughs(), "declares entities of its own"),
    "quadratic blow-up": (blowup(), "declares entities of its own"),
    "external entity": (outside(), "declares entities of its own"),
    "parameter entity": (parameter(), "declares entities of its own"),
    "entity of the DTD": (WHOLE.replace(b"He ", b"&alpha; "), "holds the entity &alpha;"),
    "truncated": (WHOLE[: len(WHOLE) // 2], "is damaged: its XML cannot be read"),
    "cut in a tag": (WHOLE[:-4], "is damaged: its XML cannot be read"),
    "rubbish after the end": (WHOLE + b"<more/>", "is damaged: its XML cannot be read"),
    "unquoted attribute": (WHOLE.replace(b"<p>", b"<p a=b>"), "is damaged: its XML cannot be read"),
    "control character": (WHOLE.replace(b"He ", b"\x01 "), "is damaged: its XML cannot be read"),
    "number of no character": (WHOLE.replace(b"He ", b"&#0; "), "is damaged: its XML cannot be read"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "is a PDF; let its name end in .pdf"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is a picture; make a PDF of it"),
    "a zip file": (b"PK\x03\x04\0\0\0\0", "is a packed file; unpack it"),
    "plain text": (b"Some words and no tags.", "is damaged: its XML cannot be read"),
    "a web page": (b"<html><head/><body><p>Text.</p></body></html>", "is a web page; let its name end in .html"),
    "another kind of article": (b"<article><title>Text</title></article>", "is not a JATS article"),
    "a set of articles": (b"<articleset>" + WHOLE[WHOLE.index(b"<article ") :] + b"</articleset>",
                          "is not a JATS article"),
    "Latin-1 that says UTF-8": (WHOLE.replace(b"He ", b"H\xe9 "), "should be UTF-8 but is not"),
    "UTF-8 that says Latin-1": (
        WHOLE.replace(b"UTF-8", b"ISO-8859-1").replace(b"He ", "Hé ".encode()),
        "says that it is ISO-8859-1 but is UTF-8",
    ),
    "unknown charset": (WHOLE.replace(b"UTF-8", b"x-own"), "is in the charset x-own"),
    "charset that is a programme": (WHOLE.replace(b"UTF-8", b"zip"), "is in the charset zip"),
    "deep": (deep(), "is damaged: its XML cannot be read"),
    "too deep": (not_so_deep(), "has elements more than 100 deep"),
    "many tags": (many_tags(), "has more than 500,000 tags"),
    "long": (long(), "has 11 million characters"),
}  # fmt: skip
"""Each file, and how the one line begins that is said of it."""
