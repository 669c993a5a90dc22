"""Files made to crash, hang, fill or fool whatever reads them."""

import io
import struct
import zipfile

from benchmarks.formats.package import NAMESPACES, TYPE, docx, members, p, packed

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT = p("Some text to read.")


def with_member(name, data, compression=zipfile.ZIP_DEFLATED):
    return packed(members(TEXT) | {name: data}, compression)


def with_document(xml):
    return packed(members(TEXT) | {"word/document.xml": xml})


def without(*names):
    return packed({name: data for name, data in members(TEXT).items() if name not in names})


def zip_bomb():
    """A part that unpacks to 60 MB of blanks."""
    return with_document(b" " * (60 * 2**20))


def many_bombs():
    """Pictures that unpack to 240 MB together."""
    return packed(members(TEXT) | {f"word/media/{n}.png": bytes(60 * 2**20) for n in range(4)})


def lying_header():
    """A part that says it has ten bytes and unpacks to 60 MB."""
    data = bytearray(zip_bomb())
    size = struct.pack("<I", 60 * 2**20)
    at = data.find(size)
    while at >= 0:
        data[at : at + 4] = struct.pack("<I", 10)
        at = data.find(size, at)
    return bytes(data)


def many_members():
    return packed(members(TEXT) | {f"word/media/{n}": b"" for n in range(5001)})


def two_of_one_name():
    out = io.BytesIO(docx(TEXT))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("Word/document.xml", "<w/>")
    return out.getvalue()


def entities(depth=9):
    """Entities that unfold to a thousand million words."""
    made = '<!ENTITY a0 "lol">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, depth + 1)
    )
    return with_document(f"<!DOCTYPE w [{made}]><w:document {NAMESPACES}>&a{depth};</w:document>")


def outside_entity(target="file:///etc/passwd"):
    """An entity that names a file of the machine."""
    return with_document(
        f'<!DOCTYPE w [<!ENTITY a SYSTEM "{target}">]><w:document {NAMESPACES}><w:body>'
        f"<w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
    )


def outside_type(address="file:///etc/passwd"):
    """A document type whose definition is a file of the machine; well-formed if it is not read."""
    return with_document(f'<!DOCTYPE w SYSTEM "{address}"><w:document {NAMESPACES}/>')


def deep(levels=100_000):
    body = "<w:sdt>" * levels + "</w:sdt>" * levels
    return with_document(f"<w:document {NAMESPACES}>{body}</w:document>")


def locked_member():
    """A ZIP file whose members are flagged as encrypted."""
    data = bytearray(docx(TEXT))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def damaged_member():
    """A file of the right size, its packed bytes overwritten."""
    data = bytearray(docx(TEXT * 50))
    start = data.find(b"word/document.xml") + len(b"word/document.xml")
    data[start + 40 : start + 80] = b"\xff" * 40
    return bytes(data)


def of_other_office(kind="spreadsheetml.sheet"):
    types = members(TEXT)["[Content_Types].xml"].replace(TYPE, f"application/x.{kind}.main+xml")
    files = {"[Content_Types].xml": types, "xl/workbook.xml": "<workbook/>"}
    return packed(files)


def with_macros():
    types = members(TEXT)["[Content_Types].xml"]
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    return packed(members(TEXT) | {"[Content_Types].xml": types.replace(TYPE, kind)})


def many_table_levels(levels=60):
    return docx("<w:tbl><w:tr><w:tc>" * levels + TEXT + "</w:tc></w:tr></w:tbl>" * levels)
