"""The mapped index of marks: ten million are asked within milliseconds, by one process or many, without a server.

`Builder` makes one, `open_index` opens it. See files.py for the columns, kernels.py for how they are searched.
"""

from tripoint.engines.marks.index.building import Builder, Entry
from tripoint.engines.marks.index.files import IndexDamaged, check_every_byte
from tripoint.engines.marks.index.searching import Answer, MarkIndex, Result, open_index
from tripoint.engines.marks.index.warming import warm

__all__ = [
    "Answer", "Builder", "Entry", "IndexDamaged", "MarkIndex", "Result", "check_every_byte", "open_index", "warm",
]  # fmt: skip
