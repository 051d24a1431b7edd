"""Everything compiled once, for the set-up: later processes load it from the disk."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tripoint.engines.marks.index.building import Builder, Entry
from tripoint.engines.marks.index.searching import open_index
from tripoint.engines.marks.ranking import Described


def warm() -> None:
    """Builds and searches an index of two invented serials, so that all that is compiled is compiled and kept."""
    builder = Builder()
    builder.add([Entry("1", ("XXB123456",)), Entry("2", ("XXB123457", "B123457"), "XX-B123457")])
    with TemporaryDirectory() as folder:
        builder.write(Path(folder) / "index")
        index = open_index(Path(folder) / "index")
        for query in ("~2XXB123456", "*1234*", "~1*12345678*"):
            index.search(query, Described(make="Arvandel"))
