"""One X3P file read: container, description, units, heights, mask, all put together or refused."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypeAlias, TypeVar

import numpy as np

from tripoint.engines.ballistics.settings import SETTINGS
from tripoint.engines.ballistics.surface import Floats, Grade, Mask, ScanFacts, Surface, Unit, Unreadable
from tripoint.engines.ballistics.x3p.container import MAIN, SEND_AGAIN, Container, digest, opened, whole
from tripoint.engines.ballistics.x3p.describing import Description, describe
from tripoint.engines.ballistics.x3p.masks import mask_of
from tripoint.engines.ballistics.x3p.points import heights_of
from tripoint.engines.ballistics.x3p.units import scales_of, spread_of

LEAST_POINTS = 16  # a side: anything less shows nothing
LONGEST_SUM = 4_096
UNEVEN = 1.5  # steps across and along that differ by more are rather an increment written wrongly
# The texts of ISO 25178-72 and of its amendment; others are read alike, with a warning.
KNOWN_WRITING = frozenset({"ISO5436 - 2000", "ISO25178-72:2017/DAM1"})
Kind = TypeVar("Kind", bound=np.generic)
Turned: TypeAlias = np.ndarray[tuple[int, int], np.dtype[Kind]]
SIMULATED, PICTURE = "[simulated]", "[picture]"  # how a comment written here says so
UNKNOWN = "not available"  # what the standard asks for and nobody knows
NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)  # the standard asks for a date; this one is written where none is known


def read_x3p(content: bytes, *, unit: Unit | None = None) -> Surface:
    """The surface in an X3P file (ISO 25178-72), its heights in µm. `unit` overrides what the standard says: metres.

    Raises Unreadable for what is no X3P, is damaged, too large, holds nothing measured or no surface; UnitsUnclear
    where its numbers fit no scan and no unit was given.
    """
    with opened(content) as container:
        main = main_of(container)
        description = describe(main)
        warnings = form_warnings(description) + sum_warnings(container, main)
        check_shape(description)
        values, noticed = heights_of(container, description)
        mask, masked = mask_of(container, description)
    return surface_of(description, values, mask, [*warnings, *noticed, *masked], unit)


def main_of(container: Container) -> bytes:
    """The bytes of main.xml. Raises Unreadable."""
    part = container.part(MAIN)
    if part is None:
        raise Unreadable("The file holds no main.xml: it is no X3P.", reason="no-description", remedy=SEND_AGAIN)
    return whole(container, part, SETTINGS.reading.description_bytes)


def surface_of(
    description: Description, values: Floats, mask: Mask | None, warnings: list[str], unit: Unit | None
) -> Surface:
    """The surface of these heights in the file's unit, turned the right way round. Raises Unreadable, UnitsUnclear."""
    spread = spread_of(values)
    if np.isnan(spread):
        raise Unreadable("Nothing was measured: every point of the scan is missing.", reason="nothing-measured",
                         remedy="Scan the mark again, with more light or a finer step.")  # fmt: skip
    steps = abs(description.x.increment), abs(description.y.increment)
    scales = scales_of((description.columns * steps[0], description.rows * steps[1]), spread, unit)
    values *= scales.upright
    heights = upright(values.astype(np.float32), description)
    belongs = None if mask is None else upright(mask, description)
    facts = facts_of(description, (*warnings, *scales.warnings))
    return Surface(heights, steps[0] * scales.across, steps[1] * scales.across, belongs, facts)


def upright(matrix: np.ndarray[tuple[int, int], np.dtype[Kind]], description: Description) -> Turned[Kind]:
    """The matrix with both axes counted upwards, and a mirrored system of axes mirrored back."""
    if description.x.increment < 0:
        matrix = matrix[:, ::-1]
    if (description.y.increment < 0) != description.mirrored:
        matrix = matrix[::-1]
    return np.ascontiguousarray(matrix)


def check_shape(description: Description) -> None:
    """Raises Unreadable for what is no surface on an even grid, or too little of one to see anything."""
    if description.feature not in ("SUR", "") or description.x.absolute or description.y.absolute:
        raise Unreadable("The file holds a profile or a list of points, not a surface on an even grid.",
                         reason="no-grid", remedy="Export the scan as a surface (feature type SUR).")  # fmt: skip
    if min(description.rows, description.columns) < LEAST_POINTS:
        sentence = f"The scan has {description.columns} by {description.rows} points: too few to show anything."
        raise Unreadable(sentence, reason="too-few-points", remedy="Send the scan of a whole mark.")


def form_warnings(description: Description) -> list[str]:
    """Where the file does not keep to the standard, or is turned."""
    warnings = []
    if description.revision not in KNOWN_WRITING:
        warnings.append("revision-unusual")
    if description.x.increment < 0 or description.y.increment < 0:
        warnings.append("axis-reversed")
    if description.mirrored:
        warnings.append("mirrored")
    ratio = abs(description.x.increment / description.y.increment)
    if not 1 / UNEVEN < ratio < UNEVEN:
        warnings.append("steps-uneven")
    return warnings


def sum_warnings(container: Container, main: bytes) -> list[str]:
    """Whether the sum of main.xml is another than the file says; programs often write it wrongly, so a warning."""
    part = container.part("md5checksum.hex")
    if part is None:
        return ["no-sum"]
    written = whole(container, part, LONGEST_SUM).decode("ascii", "replace").split()
    return [] if written and written[0].casefold() == digest(main) else ["description-sum-differs"]


def facts_of(description: Description, warnings: tuple[str, ...]) -> ScanFacts:
    """What is known of how the scan was made."""
    texts = description.texts
    instrument = (texts["Instrument/Manufacturer"], texts["Instrument/Model"], texts["Instrument/Version"])
    comment = texts["Comment"]
    simulated, picture = SIMULATED in comment, PICTURE in comment
    measured_on = description.measured_on
    return ScanFacts(
        creator=texts["Creator"], instrument=" ".join(word for word in instrument if word and word != UNKNOWN),
        measured_on=None if measured_on and measured_on.replace(tzinfo=UTC) == NO_DATE else measured_on,
        probing=texts["ProbingSystem/Type"], objective=texts["ProbingSystem/Identification"].replace(UNKNOWN, ""),
        comment=" ".join(comment.replace(SIMULATED, "").replace(PICTURE, "").split()), revision=description.revision,
        simulated=simulated, grade=Grade.PICTURE if picture else Grade.SURFACE, warnings=warnings,
    )  # fmt: skip
