"""Everything compiled once, for the set-up: later processes load it from the disk."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from tripoint.engines.screening.index.searching import Scorer, open_index
from tripoint.engines.screening.index.writing import Batch, build
from tripoint.engines.screening.people import encode
from tripoint.words.dates import PartialDate
from tripoint.words.documents import DocumentReference
from tripoint.words.people import PersonDescription, PersonName

SOMEBODY = PersonDescription(
    (PersonName("Ilmari Vantaala Koski"),), (PartialDate(1971, 5, 12),), ("FIN",), None, (DocumentReference("P1"),)
)


def warm(scorer: Scorer | None = None) -> None:
    """Builds and searches an index of one invented person, so that all that is compiled is compiled and kept."""
    with TemporaryDirectory() as folder:
        one = Batch(np.zeros((1, 16), dtype=np.uint8), np.zeros(1, dtype=np.int32), encode([SOMEBODY]))
        build(Path(folder), [one])
        open_index(folder, scorer).search(SOMEBODY, np.array([3], dtype=np.uint8), 1)
