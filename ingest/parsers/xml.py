"""XML as lxml parses it at its strictest: no entities, no DTD, no network, 256 levels at most.

No other module of the application imports lxml. How large a file may be, and whether it may have a
document type at all, is for the parser of each format to say.
"""

from __future__ import annotations

from typing import TypeAlias

from lxml import etree

from ingest.errors import UnreadableFileError

Element: TypeAlias = etree._Element


def parse_xml(data: bytes, advice: str, encoding: str | None = None) -> Element:
    """Return the root of an XML file, without comments and instructions.

    Args:
        data: the bytes of the file.
        advice: what to do with one that is damaged; ends the message.
        encoding: of the bytes, whatever the file declares; without it, what the file declares.

    Raises:
        UnreadableFileError: if it is not well-formed, or nests too deeply.

    """
    # collect_ids=False is faster, but makes libxml2 load a DTD that the file names.
    parser = etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        where = " ".join(str(error).split())
        message = f"is damaged: its XML cannot be read ({where}); {advice}"
        raise UnreadableFileError(message) from error


def first_entity(root: Element) -> str:
    """Return the first entity that was left as it is, such as "&alpha;"; empty without one."""
    entity = next(root.iter(etree.Entity), None)
    return "" if entity is None else str(entity.text)


def steps(root: Element) -> etree.iterwalk:
    """Return a walk through a tree: pairs of "start" or "end" and the element.

    At a start, ``skip_subtree()`` passes over all that is inside the element.
    """
    return etree.iterwalk(root, events=("start", "end"))
