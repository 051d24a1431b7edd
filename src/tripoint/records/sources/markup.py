"""XML read entry by entry: no document type, no entities, no network, no huge trees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from tripoint.records.sources.outcomes import BadRow, excerpt

Element = etree._Element  # the library's own public name for it is a factory, not a type
NEW_DOWNLOAD = "download the list again and compare its size"


def read_entries(stream: BinaryIO, root: str, entries: tuple[str, ...]) -> Iterator[Element | BadRow]:
    """Yield each element whose tag is in `entries`, then forget it.

    A file that is no such XML, declares a document type or breaks off ends with a fatal `BadRow`; nothing is raised.
    """
    try:
        yield from elements(stream, root, entries)
    except etree.XMLSyntaxError as error:
        yield fatal(error.lineno or 1, f"is not well-formed XML ({error.msg})", NEW_DOWNLOAD)


def entries_parser(stream: BinaryIO) -> etree.iterparse[tuple[str, Element]]:
    """The one way XML is read here: nothing is expanded, fetched or declared, and no tree grows without bounds."""
    return etree.iterparse(
        stream, events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )


def is_plain_markup(stream: BinaryIO) -> bool:
    """Whether XML begins without a document type; read up to its first element only. False for what is no XML."""
    try:
        for _, element in entries_parser(stream):
            return not declares_type(element)
    except etree.XMLSyntaxError:
        return False
    return False


def elements(stream: BinaryIO, root: str, entries: tuple[str, ...]) -> Iterator[Element | BadRow]:
    """As `read_entries`; raises XMLSyntaxError."""
    top: Element | None = None
    for event, element in entries_parser(stream):
        if top is None:
            top = element
            refused = refusal(top, root)
            if refused:
                yield refused
                return
        elif event == "end" and element.tag in entries:
            yield element
            forget(element)


def refusal(top: Element, root: str) -> BadRow | None:
    """Why a file is not taken at all, seen at its first element."""
    if declares_type(top):
        return fatal(1, "declares a document type", "remove the DOCTYPE: lists are read without one, for safety")
    if top.tag != root:
        return fatal(1, f"begins with <{excerpt(str(top.tag))}>", f"give the list that begins with <{root}>")
    return None


def declares_type(top: Element) -> bool:
    """Whether a document type stands before the first element."""
    information = top.getroottree().docinfo
    return information.internalDTD is not None or information.externalDTD is not None


def forget(element: Element) -> None:
    """Free the memory of an entry and of those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def fatal(line: int, reason: str, remedy: str) -> BadRow:
    """The end of what can be read."""
    return BadRow(line, "file", reason, remedy, fatal=True)


def text_of(element: Element, tag: str) -> str:
    """The text of the first child with this tag, spaces made single; empty where there is none."""
    return " ".join((element.findtext(tag) or "").split())


def texts_of(element: Element, path: str) -> tuple[str, ...]:
    """The texts of all elements on a path that hold some."""
    return tuple(text for found in element.iterfind(path) if (text := " ".join((found.text or "").split())))


def line_of(element: Element) -> int:
    """The line an element begins on."""
    line = element.sourceline
    return line if isinstance(line, int) else 1
