"""A scan from a file, prepared: what cannot be read is told with its remedy, as everywhere."""

from __future__ import annotations

from pathlib import Path

from tripoint.base.errors import BadInput, TooLarge
from tripoint.engines.ballistics.preparing import Prepared, prepare
from tripoint.engines.ballistics.settings import SETTINGS
from tripoint.engines.ballistics.surface import Region, Unit, Unreadable
from tripoint.engines.ballistics.x3p import read_x3p


def prepared_from(path: Path, region: Region, unit: Unit | None = None) -> Prepared:
    """The region of the X3P file at `path`, made ready; isolated by itself where the file brings no mask.

    `unit` overrides what the file's numbers are in. Raises BadInput, TooLarge. What shows nothing is not fit.
    """
    try:
        return prepare(read_x3p(content_of(path), unit=unit), region)
    except Unreadable as error:
        raise BadInput(f"{path.name}: {error}", field=error.field, remedy=error.remedy) from error


def content_of(path: Path) -> bytes:
    """The bytes of a file that is no larger than a scan may be. Raises BadInput, TooLarge."""
    most = SETTINGS.reading.file_bytes
    try:
        with path.open("rb") as stream:
            content = stream.read(most + 1)
    except OSError as error:
        remedy = "Name a file that exists and may be read."
        raise BadInput(f"{path.name} cannot be read: {error.strerror}.", field="file", remedy=remedy) from error
    if len(content) > most:
        remedy = "Give one scan, at the step it was measured with."
        raise TooLarge(f"{path.name} is larger than {most >> 20} MB.", field="file", remedy=remedy)
    return content
