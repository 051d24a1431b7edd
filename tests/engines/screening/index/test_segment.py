"""Segment files: what was written is read back; what is cut short, foreign, old or flipped is refused with a remedy."""

import json
import struct
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tests.engines.screening.index.invented import batch, named, people, shared_words
from tripoint.engines.screening.index import IndexDamaged, Writer, build, open_index, postings, verify
from tripoint.engines.screening.index.manifest import NAME
from tripoint.engines.screening.index.segment import DATA_FROM, START, columns_of, open_segment
from tripoint.engines.screening.people import encode
from tripoint.words.dates import PartialDate
from tripoint.words.documents import DocumentReference
from tripoint.words.people import PersonDescription, PersonName

PERSONS = st.builds(
    PersonDescription,
    st.lists(st.builds(PersonName, st.text(max_size=30)), max_size=3).map(tuple),
    st.lists(st.builds(PartialDate, st.integers(1930, 2020)), max_size=2).map(tuple),
    st.lists(st.sampled_from(["FRA", "XXX", "JPN"]), max_size=2).map(tuple),
    st.none(),
    st.lists(st.builds(DocumentReference, st.text("AB12", min_size=1)), max_size=2).map(tuple),
)
Spoil = Callable[[Path], None]


@given(st.lists(PERSONS, min_size=1, max_size=12))
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, persons: list[PersonDescription]
) -> None:
    folder = tmp_path_factory.mktemp("segments")
    build(folder, [batch(persons)])
    segment = open_segment(the_segment(folder), 1)
    for name, column in encode(persons).columns().items():
        mapped = getattr(segment.people, name)
        assert mapped.dtype == column.dtype
        assert not mapped.flags.writeable
        np.testing.assert_array_equal(mapped, column)
    verify(folder)


@given(st.lists(st.tuples(PERSONS, st.integers(0, 9)), min_size=1, max_size=16), st.data())
@settings(max_examples=30, deadline=None)
def test_merged_equals_built_anew(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[PersonDescription, int]], data: st.DataObject
) -> None:
    one, other = tmp_path_factory.mktemp("grown"), tmp_path_factory.mktemp("built")
    cuts = sorted(data.draw(st.sets(st.integers(0, len(rows)), max_size=4)) | {0, len(rows)})
    with pytest.MonkeyPatch.context() as patch, Writer(one, durable=False) as writer:
        patch.setattr(postings, "AT_ONCE", data.draw(st.sampled_from([7, 900, 2_000_000])))
        for begin, end in pairwise(cuts):
            for at in range(begin, end):
                writer.append(batch([rows[at][0]], rows[at][1]))
            writer.flush()
        while writer.merge_some():
            pass
        writer.pending, writer.published = [*writer.published], []
        writer.renew()
    last = {number: at for at, (_, number) in enumerate(rows)}
    build(other, [batch([rows[at][0]], rows[at][1]) for at in sorted(last.values())])
    grown, built = (open_segment(the_segment(folder), 1) for folder in (one, other))
    for name, column in columns_of(built.people, built.references, built.postings).items():
        np.testing.assert_array_equal(columns_of(grown.people, grown.references, grown.postings)[name], column)


def the_segment(folder: Path) -> Path:
    (found,) = folder.glob("*.segment")
    return found


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-64])


def cut_to_nothing(path: Path) -> None:
    path.write_bytes(b"")


def foreign(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + path.read_bytes()[4:])


def flip(at: int) -> Spoil:
    def spoil(path: Path) -> None:
        content = bytearray(path.read_bytes())
        content[at] ^= 0x10
        path.write_bytes(bytes(content))

    return spoil


def with_header(**changes: object) -> Spoil:
    def spoil(path: Path) -> None:
        content = bytearray(path.read_bytes())
        magic, length, _ = START.unpack(content[: START.size])
        header = json.loads(content[START.size : START.size + length]) | changes
        text = json.dumps(header, separators=(",", ":")).encode()
        content[: START.size + len(text)] = struct.pack("<8sII", magic, len(text), zlib.crc32(text)) + text
        path.write_bytes(bytes(content))

    return spoil


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (cut_short, "bytes where"),
        (cut_to_nothing, "cut short"),
        (foreign, "no segment"),
        (flip(START.size + 5), "header"),
        (flip(DATA_FROM + 5), "damaged"),
        (with_header(format=99), "format 99"),
        (with_header(model="keys-0"), "made with keys-0"),
        (with_header(columns=[]), "lacks"),
    ],
)
def test_a_spoilt_segment_is_refused_with_the_remedy(tmp_path: Path, spoil: Spoil, says: str) -> None:
    build(tmp_path, [batch(people(20))])
    spoil(the_segment(tmp_path))
    with pytest.raises(IndexDamaged, match=says) as refused:
        open_index(tmp_path, shared_words)
    assert "build the index again" in str(refused.value)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [(cut_short, "bytes where"), (cut_to_nothing, "bytes where"), (foreign, "no state"), (Path.unlink, "missing")],
)
def test_a_spoilt_state_is_refused(tmp_path: Path, spoil: Spoil, says: str) -> None:
    build(tmp_path, [batch(people(20))])
    spoil(the_segment(tmp_path).with_suffix(".state"))
    with pytest.raises(IndexDamaged, match=says):
        open_index(tmp_path, shared_words)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (cut_short, "no manifest"),
        (cut_to_nothing, "no manifest"),
        (flip(60), "manifest"),
        (Path.unlink, "holds no index"),
    ],
)
def test_a_spoilt_manifest_is_refused_and_building_mends_it(tmp_path: Path, spoil: Spoil, says: str) -> None:
    build(tmp_path, [batch(people(20))])
    spoil(tmp_path / NAME)
    with pytest.raises(IndexDamaged, match=says):
        open_index(tmp_path, shared_words)
    build(tmp_path, [batch([named("Tarsun Vilmar")])])
    assert len(open_index(tmp_path, shared_words).search(named("Vilmar Tarsun"), None, 5)) == 1


def test_a_byte_flipped_deep_in_a_large_column_is_found_on_demand(tmp_path: Path) -> None:
    build(tmp_path, [batch(people(6_000))])
    path = the_segment(tmp_path)
    content = path.read_bytes()
    flip(len(content) - 600_000)(path)
    open_index(tmp_path, shared_words)
    with pytest.raises(IndexDamaged, match="damaged"):
        verify(tmp_path)
