"""X3P files written: canonical (ISO 25178-72 with Amendment 1), heights in metres as 32-bit floats.

The same surface gives the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tripoint.engines.ballistics.surface import Grade, ScanFacts, Surface
from tripoint.engines.ballistics.x3p.reading import NO_DATE, PICTURE, SIMULATED, UNKNOWN

if TYPE_CHECKING:
    from x3pio import Metadata

METRES = 1e-6  # in one micrometre


def write_x3p(surface: Surface) -> bytes:
    """The file of this surface. Its mask is not written: masks are kept beside, in versions of their own."""
    from x3pio import DataType, Surface as Written

    file = Written.from_array(
        surface.heights.astype(np.float64) * METRES, x_scale=surface.step_x * METRES, y_scale=surface.step_y * METRES,
        z_type=DataType.FLOAT32, z_scale=1.0, metadata=record_of(surface.facts),
    )  # fmt: skip
    return file.dumps()


def record_of(facts: ScanFacts) -> Metadata:
    """Record2 of the file: who measured what with what, and whether it was measured at all."""
    from x3pio import Instrument, Metadata, ProbingSystem, ProbingType

    marks = [SIMULATED] if facts.simulated else []
    marks += [PICTURE] if facts.grade is Grade.PICTURE else []
    known = {kind.value.casefold(): kind for kind in ProbingType}
    probing = known.get(facts.probing.casefold(), ProbingType.NON_CONTACTING)
    manufacturer, _, model = facts.instrument.partition(" ")
    return Metadata(
        date=facts.measured_on or NO_DATE, creator=facts.creator or None,
        instrument=Instrument(manufacturer or UNKNOWN, model or UNKNOWN, UNKNOWN, UNKNOWN),
        probing_system=ProbingSystem(ProbingType.SOFTWARE if facts.simulated else probing, facts.objective or UNKNOWN),
        comment=" ".join((*marks, facts.comment)).strip() or None,
    )  # fmt: skip
