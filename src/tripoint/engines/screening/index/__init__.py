"""The index of people held: who of those an asker may meet may be the person asked for, within milliseconds.

`build` makes one, `open_index` opens it for any number of processes, `Writer` changes it while they search. See
segment.py for the files, filing.py for the keys, gathering.py for how visibility comes before everything else.
"""

from tripoint.engines.screening.index.searching import Found, Index, open_index, verify
from tripoint.engines.screening.index.segment import IndexDamaged
from tripoint.engines.screening.index.warming import warm
from tripoint.engines.screening.index.writing import Batch, Writer, build

__all__ = ["Batch", "Found", "Index", "IndexDamaged", "Writer", "build", "open_index", "verify", "warm"]
