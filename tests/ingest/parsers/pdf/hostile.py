"""Files made to crash, hang or fill whatever reads them."""

import io
import zlib

import pypdf

from tests.ingest.parsers.pdf.written import FONTS, PROSE, lines, pdf, shown, stream

PAGE = 4 + len(FONTS)


GIGABYTE = 2**30


def deflated(block, size):
    """As many blocks as have a size, packed: one block packed once and written often."""
    packer, count = zlib.compressobj(9), size // len(block)
    first, again = (packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    check = 1
    for _ in range(count):
        check = zlib.adler32(block, check)
    return first + again * (count - 1) + packer.flush()[:-4] + check.to_bytes(4, "big")


def with_content(packed, filters="/FlateDecode"):
    """A page whose content is a packed stream."""
    head, _, tail = pdf("MARK").partition(b"<<  /Length 4 >>\nstream\nMARK\nendstream")
    keys = f"<< /Filter {filters} /Length {len(packed)} >>".encode()
    return head + keys + b"\nstream\n" + packed + b"\nendstream" + tail


def bomb(size=GIGABYTE):
    """A page whose content unfolds to a gigabyte of operators."""
    return with_content(deflated(b"q Q " * 2**18, size))


def bomb_of_spaces():
    """A page whose content unfolds to a gigabyte of spaces."""
    return with_content(deflated(b" " * 2**20, GIGABYTE))


def bomb_in_a_bomb():
    """A gigabyte of operators packed twice: two kilobytes."""
    packed = zlib.compress(deflated(b"q Q " * 2**18, GIGABYTE), 9)
    return with_content(packed, "[/FlateDecode /FlateDecode]")


def many_operators(size=70 * 2**20):
    """A page of seventy megabytes of text operators."""
    return with_content(deflated(b"BT /F1 9 Tf 72 700 Td (word) Tj ET\n" * 2**14, size))


def many_letters(count=150_000):
    """A page of more letters than a page has room for."""
    words = "(" + "word " * 200 + ") Tj T*\n"
    return pdf("BT /F1 1 Tf 1.2 TL 10 780 Td " + words * (count // 1000) + "ET")


def pages_without_end(count=5000):
    """A file of more pages than a paper has."""
    return pdf(*[shown("A page.")] * count)


def pages_that_are_not_there(count=2_000_000_000):
    """A file that says it has more pages than anybody could count."""
    return pdf(lines(*PROSE)).replace(b"/Count 1", b"/Count %d" % count)


def tree_without_end(levels=9, each=10):
    """A page tree whose branches are shared: a milliard leaves of a few kilobytes."""
    number = PAGE + 2
    nodes = []
    for level in range(levels):
        child = number + level + 1 if level < levels - 1 else PAGE
        kids = f"{child} 0 R " * each
        nodes.append(
            f"<< /Type /Pages /Parent 2 0 R /Kids [{kids}] /Count {each ** (levels - level)} >>"
        )
    return (
        pdf(lines(*PROSE), objects=nodes)
        .replace(b"/Kids [%d 0 R]" % PAGE, b"/Kids [%d 0 R]" % number, 1)
        .replace(b"/Count 1", b"/Count %d" % each**levels, 1)
    )


def table_before_itself():
    """A file whose table of objects names itself as the one before."""
    made = pdf(lines(*PROSE))
    place = made.rpartition(b"startxref\n")[2].partition(b"\n")[0]
    return made.replace(b"/Info 3 0 R >>", b"/Info 3 0 R /Prev " + place + b" >>")


def outline_in_itself():
    """Bookmarks each of which comes after the other."""
    number = PAGE + 2
    objects = [
        f"<< /Type /Outlines /First {number + 1} 0 R /Last {number + 1} 0 R /Count 2 >>",
        f"<< /Title (One) /Parent {number} 0 R /Next {number + 2} 0 R /First {number} 0 R >>",
        f"<< /Title (Two) /Parent {number} 0 R /Next {number + 1} 0 R /First {number + 1} 0 R >>",
    ]
    made = pdf(lines(*PROSE), objects=objects)
    return made.replace(b"/Type /Catalog", b"/Type /Catalog /Outlines %d 0 R" % number)


def with_attachment():
    """A paper with a program attached to it."""
    writer = pypdf.PdfWriter(io.BytesIO(pdf(lines(*PROSE))))
    writer.add_attachment("../../run.exe", b"MZ")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def locked(user):
    """A paper with a password to change it, and one to open it unless it is empty."""
    writer = pypdf.PdfWriter(io.BytesIO(pdf(lines(*PROSE))))
    writer.encrypt(user, "owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def cyclic_pages():
    """A page tree that is its own child."""
    return pdf(lines(*PROSE)).replace(b"/Kids [%d 0 R]" % PAGE, b"/Kids [2 0 R]")


def huge_page():
    """A page as wide as a town."""
    return pdf(lines(*PROSE), box="0 0 200000 200000")


def forms_in_forms(levels=9, each=10):
    """Figures each of which draws the next ten times: a milliard times the last."""
    number = PAGE + 2
    forms = []
    for level in range(levels):
        is_last = level == levels - 1
        drawn = shown("again", 1, 1) if is_last else "/Im Do " * each
        inside = (
            "/Font << /F1 4 0 R >>" if is_last else f"/XObject << /Im {number + level + 1} 0 R >>"
        )
        keys = f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << {inside} >>"
        forms.append(stream(drawn, keys))
    return pdf(
        lines(*PROSE) + "/Im Do\n", page_extra=f"|/XObject << /Im {number} 0 R >>", objects=forms
    )


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
