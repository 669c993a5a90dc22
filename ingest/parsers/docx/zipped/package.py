"""The ZIP file that a DOCX is: its parts by name, read with limits and without touching a disk."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.errors import UnreadableFileError
from ingest.parsers.docx.zipped.xml import attribute, children, name, parse_part
from ingest.parsers.signatures import ZIP
from ingest.parsers.xml import Element

MAX_MEMBERS = 5_000
MAX_UNPACKED = 200 * 2**20
"""Bytes of all members together."""
MAX_PART = 50 * 2**20
"""Bytes of one part that is read; a book has 5 million."""
DAMAGED = "is damaged or not a DOCX; save or download it again"
TOO_LARGE = "unpacks to more than {} MB; take the pictures out or split it"
MAIN = "officeDocument"


@dataclass(slots=True)
class Package:
    """An opened DOCX."""

    zip: zipfile.ZipFile
    main: str = ""
    """Name of the part that holds the text."""
    links: dict[str, dict[str, str]] = field(default_factory=dict)
    """Addresses outside that each part refers to, by id."""

    def xml(self, part: str) -> Element | None:
        """Return the root of a part, or None if the package does not have it."""
        data = self._read(part)
        return None if data is None else parse_part(data)

    def related(self, kind: str, part: str | None = None) -> tuple[str, ...]:
        """Return the names of the parts of a kind, such as "styles", that a part refers to."""
        relations = self._relations(self.main if part is None else part)
        return tuple(
            target
            for a_kind, target, is_outside in relations
            if a_kind == kind and not is_outside and target in self.zip.NameToInfo
        )

    def addresses(self, part: str) -> dict[str, str]:
        """Return the addresses outside that a part links to, by id; none is ever opened."""
        if part not in self.links:
            root = self.xml(_relations_of(part))
            self.links[part] = {
                attribute(one, "Id") or "": attribute(one, "Target") or ""
                for one in (() if root is None else children(root))
                if attribute(one, "TargetMode") == "External"
            }
        return self.links[part]

    def _relations(self, part: str) -> Iterator[tuple[str, str, bool]]:
        root = self.xml(_relations_of(part))
        for one in () if root is None else children(root):
            target = attribute(one, "Target") or ""
            inside = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target))
            kind = (attribute(one, "Type") or "").rpartition("/")[2]
            yield kind, inside.lstrip("/"), attribute(one, "TargetMode") == "External"

    def _read(self, part: str) -> bytes | None:
        info = self.zip.NameToInfo.get(part)
        if info is None:
            return None
        try:
            with self.zip.open(info) as file:
                data = file.read(MAX_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise UnreadableFileError(DAMAGED) from error
        except RuntimeError as error:
            # also NotImplementedError: a way of packing that Word does not use
            raise UnreadableFileError(
                "is packed with a password or in an unusual way; save it again in Word without"
            ) from error
        if len(data) > MAX_PART:
            raise UnreadableFileError(TOO_LARGE.format(MAX_PART // 2**20))
        return data


def open_package(data: bytes) -> Package:
    """Return the parts of a DOCX.

    Raises:
        UnreadableFileError: if the file is something else, damaged, encrypted, or made to harm.

    """
    if not data.startswith(ZIP):  # a ZIP file may begin anywhere, a DOCX does not
        raise UnreadableFileError(DAMAGED)
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFileError(DAMAGED) from error
    _check(opened.infolist())
    package = Package(opened)
    _check_kind(package)
    named = package.related(MAIN, "")
    package.main = named[0] if named else "word/document.xml"
    return package


def _check(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        raise UnreadableFileError(
            f"holds {len(members)} files, more than {MAX_MEMBERS}; save it again in Word"
        )
    if sum(one.file_size for one in members) > MAX_UNPACKED:
        raise UnreadableFileError(TOO_LARGE.format(MAX_UNPACKED // 2**20))
    names = [one.filename for one in members]
    if any(_leads_out(one) for one in names):
        raise UnreadableFileError(
            "holds a file whose name leads out of it, which Word never writes; leave it out"
        )
    if len({one.lower() for one in names}) < len(names):
        raise UnreadableFileError(
            "holds two files of one name, so it can be read in two ways; save it again in Word"
        )


def _leads_out(member: str) -> bool:
    return (
        member.startswith(("/", "\\"))
        or ":" in member
        or ".." in member.replace("\\", "/").split("/")
    )


def _check_kind(package: Package) -> None:
    """Refuse what is no package, and documents with macros under the name of one without."""
    types = package.xml("[Content_Types].xml")
    if types is None:
        raise UnreadableFileError(DAMAGED)
    kinds = [attribute(one, "ContentType") or "" for one in children(types)]
    if any("macroEnabled" in kind for kind in kinds):
        raise UnreadableFileError("holds macros; save it in Word as .docx, which has none")


def main_of(package: Package) -> Element:
    """Return the root of the part that holds the text.

    Raises:
        UnreadableFileError: if there is none.

    """
    root = package.xml(package.main)
    if root is None or name(root) != "w:document":
        raise UnreadableFileError("holds no Word document; save it in Word as .docx")
    return root


def _relations_of(part: str) -> str:
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")
