"""DOCX files written part by part, to hold exactly the trap that a test is about."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/>
  <w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/>
  <w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="House"><w:name w:val="House Heading"/>
  <w:basedOn w:val="berschrift2"/></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
<w:style w:type="paragraph" w:styleId="Beschriftung"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Liste"><w:name w:val="List Bullet"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="none"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
"""
ROOTS = {
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
}
ROOTS |= {"comments": "comments", "header1": "hdr", "footer1": "ftr"}
KINDS = {"header1": "header", "footer1": "footer"}


def run(text: str, properties: str = "") -> str:
    """Return a run of characters with its properties."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*runs: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph of runs; plain strings become runs."""
    made = "".join(one if one.startswith("<") else run(one) for one in runs)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{made}</w:p>"


def field(code: str, *shown: str) -> str:
    """Return a field as Word writes it, with what it shows."""
    made = "".join(one if one.startswith("<") else run(one) for one in shown)
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{escape(code)}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{made}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def raised(text: str) -> str:
    """Return a raised run."""
    return run(text, '<w:vertAlign w:val="superscript"/>')


def table(*rows: Sequence[str]) -> str:
    """Return a table of rows of cells, each a string or paragraphs."""
    return (
        "<w:tbl><w:tblPr/>"
        + "".join(
            "<w:tr>"
            + "".join(f"<w:tc>{c if c.startswith('<') else p(c)}</w:tc>" for c in row)
            + "</w:tr>"
            for row in rows
        )
        + "</w:tbl>"
    )


def root(name: str, body: str) -> str:
    """Return a part whose root has this name."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}<w:{name} {NAMESPACES}>{body}</w:{name}>"


def members(
    *body: str,
    parts: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
    styles: str = STYLES,
    core: str = "",
    custom: str = "",
) -> dict[str, str | bytes]:
    """Return the files inside a DOCX by name; ``parts`` are bodies: ``{"footnotes": "..."}``."""
    held = {"styles": styles, "numbering": NUMBERING, **(parts or {})}
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/word/document.xml" ContentType="{TYPE}"/></Types>'
        ),
        "_rels/.rels": relations(
            {"rId1": ("officeDocument", "word/document.xml")}
            | ({"rId2": ("metadata/core-properties", "docProps/core.xml")} if core else {})
            | ({"rId3": ("custom-properties", "docProps/custom.xml")} if custom else {})
        ),
        "word/document.xml": root("document", f"<w:body>{''.join(body)}</w:body>"),
        "word/_rels/document.xml.rels": relations(
            {f"rId{n}": (KINDS.get(part, part), f"{part}.xml") for n, part in enumerate(held)},
            links or {},
        ),
    }
    made |= {f"word/{part}.xml": root(ROOTS[part], text) for part, text in held.items()}
    if core:
        made["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/" '
            f'xmlns:cp="http://example.org/core">{core}</cp:coreProperties>'
        )
    if custom:
        made["docProps/custom.xml"] = f'<Properties xmlns:vt="v">{custom}</Properties>'
    return made


def relations(
    inside: Mapping[str, tuple[str, str]], outside: Mapping[str, str] | None = None
) -> str:
    """Return a part that names others by id, and addresses outside."""
    made = "".join(
        f'<Relationship Id="{id_}" Type="{RELATION}/{kind}" Target="{target}"/>'
        for id_, (kind, target) in inside.items()
    ) + "".join(
        f'<Relationship Id="{id_}" Type="{RELATION}/hyperlink" Target="{escape(url)}" TargetMode="External"/>'
        for id_, url in (outside or {}).items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{made}</Relationships>'


def packed(files: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP file of texts or bytes by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return out.getvalue()


def docx(*body: str, **others: Any) -> bytes:  # noqa: ANN401  as of ``members``
    """Return a whole file; see ``members``."""
    return packed(members(*body, **others))
