"""What main.xml of an X3P file says: axes, size, where the heights lie, and how they were measured.

Source: ISO 25178-72:2017 with Amendment 1:2020, annex A (Record1 axes, Record2 metadata, Record3 data, Record4 sums).
Elements are looked up by their local name: some programs leave the namespace out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tripoint.engines.ballistics.surface import Unreadable
from tripoint.engines.ballistics.x3p.container import SEND_AGAIN

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

KINDS = {"I": "<i2", "L": "<i4", "F": "<f4", "D": "<f8"}  # ISO 25178-72, table 3: the types of data, little-endian
LONGEST_TEXT = 2_000
NUMBERS_PER_SIDE = 1_000_000


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: its increment and offset as written (metres, says the standard), and the type of its numbers."""

    increment: float
    offset: float
    kind: str
    absolute: bool


@dataclass(frozen=True, slots=True)
class Description:
    """All of main.xml that matters here."""

    revision: str
    feature: str
    x: Axis
    y: Axis
    z: Axis
    mirrored: bool
    columns: int
    rows: int
    layers: int
    points_link: str
    points_sum: str
    validity_link: str
    listed: tuple[str, ...] | None
    mask_link: str
    mask_background: str
    mask_notes: tuple[tuple[str, str], ...]
    texts: dict[str, str]
    measured_on: datetime | None


def describe(content: bytes) -> Description:
    """The description in main.xml. Raises Unreadable for what is none, or for one of no surface."""
    root = parsed(content)
    axes, matrix = need(root, "Record1/Axes"), find(root, "Record3/MatrixDimension")
    if matrix is None:
        raise Unreadable("The file holds a list of points, not a surface on a grid.", reason="no-grid",
                         remedy="Export the scan as a surface (feature type SUR).")  # fmt: skip
    columns, rows, layers = (count_of(matrix, name) for name in ("SizeX", "SizeY", "SizeZ"))
    listed = find(root, "Record3/DataList")
    return Description(
        revision=text_of(root, "Record1/Revision"), feature=text_of(root, "Record1/FeatureType"),
        x=axis_of(axes, "CX"), y=axis_of(axes, "CY"), z=axis_of(axes, "CZ"), mirrored=is_mirrored(axes),
        columns=columns, rows=rows, layers=layers,
        points_link=text_of(root, "Record3/DataLink/PointDataLink"),
        points_sum=text_of(root, "Record3/DataLink/MD5ChecksumPointData"),
        validity_link=text_of(root, "Record3/DataLink/ValidPointsLink"),
        listed=None if listed is None else tuple(child.text or "" for child in listed if local(child) == "Datum"),
        mask_link=text_of(root, "Record3/Mask/PNGLink") or text_of(root, "Record3/Mask/Link"),
        mask_background=text_of(root, "Record3/Mask/Background"), mask_notes=notes_of(root),
        texts=texts_of(root), measured_on=moment(text_of(root, "Record2/Date")),
    )  # fmt: skip


def parsed(content: bytes) -> Element:
    """The root of the XML. Nothing is expanded, fetched or declared. Raises Unreadable."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False,
                             remove_comments=True, remove_pis=True)  # fmt: skip
    try:
        root = etree.fromstring(content.strip(b"\x00 \r\n\t"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("The description in the file (main.xml) is no XML.", reason="description-broken",
                         remedy=SEND_AGAIN) from error  # fmt: skip
    information = root.getroottree().docinfo
    if information.internalDTD is not None or information.externalDTD is not None:
        raise Unreadable("The description in the file (main.xml) declares a document type.", reason="document-type",
                         remedy="Remove the DOCTYPE: X3P files have none.")  # fmt: skip
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def find(root: Element, path: str) -> Element | None:
    """The first element at this path of local names, or None."""
    here: Element | None = root
    for step in path.split("/"):
        if here is None:
            return None
        here = next((child for child in here if local(child) == step), None)
    return here


def need(root: Element, path: str) -> Element:
    """As `find`. Raises Unreadable where there is none."""
    found = find(root, path)
    if found is None:
        raise Unreadable(f"The description in the file (main.xml) lacks {path}.", reason="description-incomplete",
                         remedy=SEND_AGAIN)  # fmt: skip
    return found


def text_of(root: Element, path: str) -> str:
    """The text at a path, cut to what anybody reads; empty where there is none."""
    found = find(root, path)
    return " ".join((found.text or "").split())[:LONGEST_TEXT] if found is not None else ""


def number_of(element: Element, name: str, otherwise: float) -> float:
    """A number; what the standard takes for granted where nothing stands. Raises Unreadable for what is none."""
    written = text_of(element, name).replace(",", ".")
    if not written:
        return otherwise
    try:
        value = float(written)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise Unreadable(f"{local(element)}/{name} in the file is no number.", reason="description-broken",
                         remedy=SEND_AGAIN)  # fmt: skip
    return value


def count_of(matrix: Element, name: str) -> int:
    """How many points along one side; 1 where the file does not say. Raises Unreadable."""
    value = number_of(matrix, name, 1.0)
    if value != int(value) or not 1 <= value <= NUMBERS_PER_SIDE:
        raise Unreadable(f"{name} in the file is no number of points.", reason="description-broken",
                         remedy=SEND_AGAIN)  # fmt: skip
    return int(value)


def axis_of(axes: Element, name: str) -> Axis:
    """One axis. Raises Unreadable for an increment of nothing, or a type no standard knows."""
    axis = need(axes, name)
    kind = text_of(axis, "DataType") or "D"
    increment = number_of(axis, "Increment", 1.0)
    if kind not in KINDS or increment == 0:
        raise Unreadable(f"Axis {name} in the file has an unknown type or no increment.", reason="description-broken",
                         remedy=SEND_AGAIN)  # fmt: skip
    return Axis(increment, number_of(axis, "Offset", 0.0), kind, text_of(axis, "AxisType") == "A")


def is_mirrored(axes: Element) -> bool:
    """Whether the rotation the file carries is a reflection: its determinant is negative."""
    rotation = find(axes, "Rotation")
    if rotation is None:
        return False
    a, b, c, d, e, f, g, h, i = (
        number_of(rotation, f"r{row}{column}", float(row == column)) for row in (1, 2, 3) for column in (1, 2, 3)
    )
    return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g) < 0


def notes_of(root: Element) -> tuple[tuple[str, str], ...]:
    """What the colours of a mask mean: (colour, words), as FiX3P writes them."""
    found = find(root, "Record3/Mask/Annotations")
    if found is None:
        return ()
    return tuple((str(note.get("color") or note.get("Color") or ""), (note.text or "").strip()) for note in found)


def texts_of(root: Element) -> dict[str, str]:
    """The texts of Record2 by their path."""
    paths = ("Creator", "Comment", "CalibrationDate", "Instrument/Manufacturer", "Instrument/Model",
             "Instrument/Serial", "Instrument/Version", "ProbingSystem/Type",
             "ProbingSystem/Identification")  # fmt: skip
    return {path: text_of(root, f"Record2/{path}") for path in paths}


def moment(written: str) -> datetime | None:
    """A date as files write it; None for what is none."""
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None
