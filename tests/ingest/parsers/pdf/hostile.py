"""Files made to crash, hang or fill whatever reads them."""

import zlib

from tests.ingest.parsers.pdf.written import FONTS, PROSE, lines, pdf, shown

PAGE = 4 + len(FONTS)


def bomb(size=2**30):
    """A page whose content unfolds to a gigabyte of operators."""
    packer, packed = zlib.compressobj(9), b""
    block = b"q Q " * 2**18
    for _ in range(size // len(block)):
        packed += packer.compress(block)
    packed += packer.flush()
    head, _, tail = pdf("MARK").partition(b"<<  /Length 4 >>\nstream\nMARK\nendstream")
    keys = b"<< /Filter /FlateDecode /Length %d >>" % len(packed)
    return head + keys + b"\nstream\n" + packed + b"\nendstream" + tail


def pages_without_end(count=5000):
    """A file of more pages than a paper has."""
    return pdf(*[shown("A page.")] * count)


def cyclic_pages():
    """A page tree that is its own child."""
    return pdf(lines(*PROSE)).replace(b"/Kids [%d 0 R]" % PAGE, b"/Kids [2 0 R]")


def huge_page():
    """A page as wide as a town."""
    return pdf(lines(*PROSE), box="0 0 200000 200000")


def form_in_itself():
    """A figure that draws itself."""
    number = PAGE + 2
    form = (
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Im {number} "
        "0 R >> >> /Length 6 >>\nstream\n/Im Do\nendstream"
    )
    return pdf(
        lines(*PROSE) + "/Im Do\n", page_extra=f"|/XObject << /Im {number} 0 R >>", objects=[form]
    )
