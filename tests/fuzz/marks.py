"""How the readers of marks are fed: questions, lists of numbers, and each file of an index."""

from __future__ import annotations

import io
import tempfile
from functools import lru_cache
from pathlib import Path

from tripoint.bulk import marks
from tripoint.engines.marks.index import Builder, Entry, check_every_byte, open_index
from tripoint.engines.marks.pattern import read_pattern
from tripoint.engines.marks.ranking import Described, rank, slips
from tripoint.engines.marks.reading import read_marks

QUESTIONS = (b"A?4[8B3]*7", b"~2AB*{2,4}1", b"S/N 12345678-AB1;C2", "МКН 44".encode())
LISTS = (b"id,serial,make\n1,AB-1,Quill\n2,\"C1;D2\",\n", b"serial;id\nX1;7\n")


def question(data: bytes) -> None:
    """A question about a mark, and a mark as written; either may be refused."""
    written = data.decode("utf-8", "replace")
    for mark in read_marks(written):
        slips(read_pattern(f"~2{mark.normal}"), mark.normal)
    pattern = read_pattern(written)
    rank(pattern, Described(), "AB1", Described())
    pattern.check_bounds(None)


def numbers(data: bytes) -> None:
    """A list of numbers."""
    list(marks.read_entries(io.BytesIO(data), lambda _: None))


@lru_cache(1)
def index_files() -> dict[str, bytes]:
    """The files of a small index, by name."""
    builder = Builder()
    builder.add([Entry(str(at), (f"AB{at}",), f"AB-{at}", ("Quill", "", "9 mm", "", "1998")) for at in range(9)])
    folder = Path(tempfile.mkdtemp(prefix="tripoint-fuzz-")) / "index"
    builder.write(folder)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def first_files() -> tuple[bytes, ...]:
    """Each file after its name and a line's end."""
    return tuple(name.encode() + b"\n" + content for name, content in index_files().items())


def index(data: bytes) -> None:
    """An index of which one file is another: its name, a line's end, its content."""
    name, _, content = data.partition(b"\n")
    files = index_files()
    folder = Path(tempfile.gettempdir()) / "tripoint-fuzz-marks"
    folder.mkdir(exist_ok=True)
    for each, whole in files.items():
        (folder / each).write_bytes(content if each.encode() == name else whole)
    open_index(folder).search("~1AB3", Described("Quill"))
    check_every_byte(folder)
