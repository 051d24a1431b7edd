"""Every way of tampering with every column is found, offline, by the verifier alone."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, strategies as st

from tripoint.access.sealing.checking import Checker, End, Filler, Item, Report, Sealed, Waiting, Wrong
from tripoint.access.sealing.lines import head_json, items_of, line_of, read_head
from tripoint.access.sealing.model import Countersignature, LogKey, SignedHead, Witness
from tripoint.base.errors import BadInput
from tripoint.engines.merkle.canonical import moment, row_hash
from tripoint.engines.merkle.fillers import NONCE_BYTES, filler_hash
from tripoint.engines.merkle.heads import TreeHead, key_statement, log_id, public_bytes, witness_statement
from tripoint.engines.merkle.tree import Frontier

AT = datetime(2026, 11, 22, 18, 0, 0, 0, UTC)
FIRST, SECOND, WITNESS, STRANGER = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in range(4))
LOG = log_id(public_bytes(FIRST))
BATCHES = (3, 8, 9, 17, 24)  # sizes at which heads were signed; from 9 on with the second key
WHO = UUID(int=77)


def row(seq: int) -> dict[str, Any]:
    """A row with a value in every column of the trail."""
    return {
        "seq": seq, "at": moment(AT + timedelta(milliseconds=seq)), "party": seq % 3, "officer": str(UUID(int=seq)),
        "device": "gate 4", "sign_in": str(UUID(int=seq + 1)), "request": str(UUID(int=seq + 2)), "act": "read_record",
        "purpose": "border_control", "reason": f"ação {seq}", "object_kind": "person", "object_id": str(UUID(int=9)),
        "object_owner": 2, "object_version": seq, "recipients": [1, 2], "outcome": "done", "owner_only": False,
    }  # fmt: skip


COLUMNS = tuple(row(1))


def signed(key: Ed25519PrivateKey, number: int, head: TreeHead) -> SignedHead:
    return SignedHead(head, number, key.sign(head.statement()))


def trail(rows: list[dict[str, Any]] | None = None, batches: tuple[int, ...] = BATCHES) -> list[Item]:
    """A log of 24 rows in five batches, with a change of key, a witness, and two rows that wait."""
    rows = [row(seq) for seq in range(1, batches[-1] + 1)] if rows is None else rows
    second = LogKey(2, public_bytes(SECOND), 9, AT, None)
    said = key_statement(LOG, 2, second.public_key, 9, AT)
    items: list[Item] = [
        LogKey(1, public_bytes(FIRST), 0, AT, None),
        dataclasses.replace(second, signature=FIRST.sign(said)),
        Witness(WHO, "BRA", public_bytes(WITNESS), AT),
    ]
    frontier, previous, start = Frontier(), None, 0
    for size in batches:
        part = [Sealed(place, rows[place]["seq"], row_hash(rows[place]), rows[place]) for place in range(start, size)]
        frontier, _ = frontier.extended(one.leaf for one in part)
        number = 1 if size <= 9 else 2
        head = TreeHead(LOG, size, frontier.root(), AT + timedelta(seconds=size), rows[size - 1]["seq"], previous)
        items += [*part, signed((FIRST, SECOND)[number - 1], number, head)]
        if size == 17:
            items.insert(3, Countersignature(17, WHO, "BRA", AT, WITNESS.sign(witness_statement(head, "BRA"))))
        previous, start = head.digest(), size
    return [*items, Waiting(row(start + 1)), Waiting(row(start + 2)), End(start)]


def judged(items: list[Item], *kept: SignedHead) -> Report:
    """What the verifier says of these items written into a file and read back."""
    checker = Checker(kept=kept, whole_file=True)
    checker.take(items_of(line_of(item) for item in items))
    return checker.finish()


def kinds(report: Report) -> set[Wrong]:
    return {fault.kind for fault in report.faults}


def heads(items: list[Item]) -> list[SignedHead]:
    return [item for item in items if isinstance(item, SignedHead)]


def places(items: list[Item], kind: type) -> list[int]:
    return [place for place, item in enumerate(items) if isinstance(item, kind)]


def leaf_at(items: list[Item], position: int) -> tuple[int, Sealed]:
    return next((n, item) for n, item in enumerate(items) if isinstance(item, Sealed) and item.position == position)


def shifted(items: list[Item], position: int, by: int) -> list[Item]:
    """The leaves from `position` on moved, as somebody would who hides a gap."""
    return [
        dataclasses.replace(one, position=one.position + by)
        if isinstance(one, Sealed) and one.position >= position
        else one
        for one in items
    ]


def test_an_honest_trail_is_whole() -> None:
    items = trail()
    report = judged(items, *heads(items))
    assert report.faults == []
    assert (report.rows, report.heads, report.waiting, report.countersignatures) == (24, 5, 2, 1)
    assert report.kept_agreeing == 5
    assert report.log == LOG


def other(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case list():
            return [*value, 3]
    return f"{value} "


@pytest.mark.parametrize("form", ["changed", "taken away", "emptied", "of another kind"])
@pytest.mark.parametrize("position", [0, 12, 23])
def test_every_edit_of_every_column_is_found_and_named(position: int, form: str) -> None:
    honest = trail()
    place, leaf = leaf_at(honest, position)
    for column in COLUMNS:
        edited = dict(leaf.row or {})
        was = edited.pop(column)
        if form != "taken away":
            edited[column] = {"changed": other(was), "emptied": None, "of another kind": {"was": was}}[form]
        report = judged([*honest[:place], dataclasses.replace(leaf, row=edited), *honest[place + 1 :]])
        assert [fault.kind for fault in report.faults] == [Wrong.EDITED], column
        assert f"Row {leaf.seq} " in report.faults[0].sentence


@pytest.mark.parametrize("position", [0, 12, 23])
def test_an_edit_with_a_leaf_to_match_is_found_by_the_batch(position: int) -> None:
    honest = trail()
    place, leaf = leaf_at(honest, position)
    start, size = next((start, size) for start, size in zip((0, *BATCHES), BATCHES, strict=False) if position < size)
    for column in COLUMNS:
        edited = dict(leaf.row or {}) | {column: other(row(leaf.seq)[column])}
        forged = dataclasses.replace(leaf, row=edited, leaf=row_hash(edited), seq=edited["seq"])
        report = judged([*honest[:place], forged, *honest[place + 1 :]])
        assert Wrong.TREE in kinds(report), column
        assert f"positions {start} to {size - 1} " in report.faults[0].sentence


@pytest.mark.parametrize("position", range(24))
def test_every_removal_is_found(position: int) -> None:
    items = trail()
    place, leaf = leaf_at(items, position)
    assert kinds(judged([*items[:place], dataclasses.replace(leaf, row=None), *items[place + 1 :]])) == {Wrong.REMOVED}
    without = [*items[:place], *items[place + 1 :]]
    assert kinds(judged(without)) & {Wrong.REMOVED, Wrong.TRUNCATED}
    assert kinds(judged([*shifted(without, position, -1)[:-1], End(23)])) & {Wrong.TREE, Wrong.TRUNCATED}


@given(st.integers(0, 23), st.integers(0, 23))
def test_every_exchange_is_found(one: int, two: int) -> None:
    items = trail()
    (first, a), (second, b) = leaf_at(items, one), leaf_at(items, two)
    items[first] = dataclasses.replace(b, position=a.position)
    items[second] = dataclasses.replace(a, position=b.position)
    assert judged(items).whole == (one == two)
    items[first], items[second] = b, a
    assert judged(items).whole == (one == two)


@pytest.mark.parametrize("position", [0, 5, 23, 24])
def test_every_insertion_is_found(position: int) -> None:
    forged = row(500)
    items = trail()
    place = leaf_at(items, position)[0] if position < 24 else len(items) - 3
    moved = shifted(items, position, 1)
    moved.insert(place, Sealed(position, 500, row_hash(forged), forged))
    assert Wrong.TREE in kinds(judged([*moved[:-1], End(25)]))
    assert Wrong.INSERTED in kinds(judged([*items[:-1], Waiting(row(11)), End(24)]))
    assert Wrong.INSERTED in kinds(judged([*items[:-1], Waiting({"act": "read_record"}), End(24)]))


@pytest.mark.parametrize("size", BATCHES[:-1])
def test_a_trail_cut_off_is_found_by_a_head_kept_elsewhere(size: int) -> None:
    items = trail()
    newest = heads(items)[-1]
    place = next(place for place in places(items, SignedHead) if heads(items[: place + 1])[-1].head.size == size)
    cut: list[Item] = [one for one in items[: place + 1] if not isinstance(one, Countersignature)]
    cut.append(End(size))
    assert judged(cut).whole  # in itself it is
    assert kinds(judged(cut, newest)) == {Wrong.TRUNCATED}
    report = judged([*items[: place + 1], End(size)])
    assert (Wrong.TRUNCATED in kinds(report)) == (size < 17)  # the countersigned head is gone too


def test_rows_cut_off_beneath_their_heads_are_found_without_any_other_head() -> None:
    items = [item for item in trail() if not (isinstance(item, Sealed) and item.position >= 20)]
    assert Wrong.TRUNCATED in kinds(judged(items))
    items = [item for item in trail() if not (isinstance(item, SignedHead) and item.head.size == 24)]
    assert Wrong.TREE in kinds(judged(items))


def test_a_trail_written_anew_with_the_hubs_own_key_is_found_by_what_parties_hold() -> None:
    rows = [row(seq) for seq in range(1, 25)]
    rows[4] = rows[4] | {"reason": "another"}
    honest, forged = trail(), trail(rows)
    assert judged(forged).whole
    assert kinds(judged(forged, heads(honest)[3])) == {Wrong.TREE}
    assert kinds(judged(forged, heads(honest)[0])) == set()  # before the edit all is as it was
    witness = next(item for item in honest if isinstance(item, Countersignature))
    swapped: list[Item] = [witness if isinstance(item, Countersignature) else item for item in forged]
    assert kinds(judged(swapped)) == {Wrong.COUNTERSIGNATURE}


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize(
    "part", ["log", "size", "root", "at", "settled", "previous", "signature", "key", "gone", "stranger"]
)
def test_every_change_of_a_head_is_found(number: int, part: str) -> None:
    items = trail()
    place = places(items, SignedHead)[number]
    one = heads(items)[number]
    changes: dict[str, Callable[[], SignedHead]] = {
        "log": lambda: dataclasses.replace(one, head=dataclasses.replace(one.head, log="ab" * 32)),
        "size": lambda: dataclasses.replace(one, head=dataclasses.replace(one.head, size=one.head.size + 1)),
        "root": lambda: dataclasses.replace(one, head=dataclasses.replace(one.head, root=b"r" * 32)),
        "at": lambda: dataclasses.replace(one, head=dataclasses.replace(one.head, at=AT)),
        "settled": lambda: dataclasses.replace(one, head=dataclasses.replace(one.head, settled=0)),
        "previous": lambda: dataclasses.replace(one, head=dataclasses.replace(one.head, previous=b"p" * 32)),
        "signature": lambda: dataclasses.replace(one, signature=bytes(64)),
        "key": lambda: dataclasses.replace(one, key=3 - one.key),
        "stranger": lambda: signed(STRANGER, one.key, one.head),
    }
    if part == "gone":
        del items[place]
    else:
        items[place] = changes[part]()
    assert not judged(items).whole


@pytest.mark.parametrize("part", ["public_key", "from_size", "at", "signature", "number", "gone"])
def test_every_change_of_a_key_is_found(part: str) -> None:
    items = trail()
    (_, place), key = places(items, LogKey), items[1]
    assert isinstance(key, LogKey)
    changed: dict[str, Any] = {
        "public_key": public_bytes(STRANGER), "from_size": 8, "at": AT + timedelta(1), "signature": None, "number": 3,
    }  # fmt: skip
    if part == "gone":
        del items[place]
    else:
        items[place] = dataclasses.replace(key, **{part: changed[part]})
    assert {Wrong.KEY, Wrong.HEAD} & kinds(judged(items))


def test_a_file_cut_off_or_spoilt_is_not_whole() -> None:
    items = trail()
    assert kinds(judged(items[:-1])) == {Wrong.FILE}
    assert kinds(judged([*items[:-1], End(23)])) == {Wrong.FILE}
    lines = [line_of(item) for item in items]
    for spoilt in (b"", b"{", b"[]", b'{"kind":"other"}', b'{"kind":"row"}', b'{"kind":"end","rows":true}', b"\xff"):
        checker = Checker(whole_file=True)
        checker.take(items_of([*lines[:5], spoilt, *lines[5:]]))
        assert Wrong.FILE in kinds(checker.finish())


def test_a_head_of_another_log_proves_nothing() -> None:
    stranger = TreeHead(log_id(public_bytes(STRANGER)), 24, b"r" * 32, AT, 0, None)
    assert kinds(judged(trail(), signed(STRANGER, 1, stranger))) == {Wrong.KEY}
    claimed = dataclasses.replace(stranger, log=LOG, size=10**9)
    assert kinds(judged(trail(), signed(STRANGER, 2, claimed))) == {Wrong.KEY}


def test_faults_are_told_up_to_a_thousand_and_counted_beyond() -> None:
    rows = [row(seq) for seq in range(1, 1502)]
    items = [dataclasses.replace(one, row=None) if isinstance(one, Sealed) else one for one in trail(rows, (9, 1501))]
    report = judged(items)
    assert (len(report.faults), report.more_faults) == (1000, 501)


def nonce(place: int) -> bytes:
    return bytes([place]) * NONCE_BYTES


def filled_up(gone: int | None = None, spoilt: Filler | None = None) -> list[Item]:
    """Eight rows, and a head published over them and eight fillers; then another row. One filler gone, or spoilt."""
    items, key = trail(batches=(8,))[:-3], 1
    before = heads(items)[-1].head
    rows_before = [item.leaf for item in items if isinstance(item, Sealed)]
    fillers = [Filler(place, nonce(place), filler_hash(nonce(place))) for place in range(8, 16)]
    frontier, _ = Frontier().extended([*rows_before, *(one.leaf for one in fillers)])
    published = TreeHead(LOG, 16, frontier.root(), AT + timedelta(seconds=10), 0, before.digest())
    last = Sealed(16, 20, row_hash(row(20)), row(20))
    frontier, _ = frontier.extended([last.leaf])
    newest = TreeHead(LOG, 17, frontier.root(), AT + timedelta(seconds=11), 19, published.digest())
    kept = [spoilt if spoilt and one.position == spoilt.position else one for one in fillers if one.position != gone]
    items = [item for item in items if not (isinstance(item, LogKey) and item.number == 2)]
    return [*items, *kept, signed(FIRST, key, published), last, signed(FIRST, key, newest), End(9)]


def test_fillers_are_leaves_that_are_no_rows() -> None:
    items = filled_up()
    report = judged(items, *heads(items))
    assert (report.faults, report.rows, report.fillers, report.kept_agreeing) == ([], 9, 8, 3)
    late = judged([*items[:-1], Waiting(row(19)), Waiting(row(20)), Waiting(row(21)), End(9)])
    assert [fault.kind for fault in late.faults] == [Wrong.INSERTED]  # a published head that says 0 unsettles nothing


def test_a_head_that_unsettles_is_found() -> None:
    items = filled_up()
    newest = dataclasses.replace(heads(items)[-1].head, settled=5)
    assert kinds(judged([*items[:-2], signed(FIRST, 1, newest), End(9)])) == {Wrong.HEAD}


@pytest.mark.parametrize("position", [8, 11, 15])
def test_every_tampering_with_a_filler_is_found(position: int) -> None:
    other = nonce(99)
    assert kinds(judged(filled_up(gone=position))) >= {Wrong.REMOVED}
    for spoilt, wrong in (
        (Filler(position, other, filler_hash(nonce(position))), Wrong.EDITED),
        (Filler(position, nonce(position), filler_hash(other)), Wrong.EDITED),
        (Filler(position, b"short", filler_hash(b"short")), Wrong.EDITED),
        (Filler(position, other, filler_hash(other)), Wrong.TREE),
    ):
        assert wrong in kinds(judged(filled_up(spoilt=spoilt)))


@pytest.mark.parametrize("position", [0, 7, 16])
def test_a_row_made_a_filler_is_found(position: int) -> None:
    items = filled_up()
    place, leaf = leaf_at(items, position)
    for forged in (Filler(position, nonce(1), leaf.leaf), Filler(position, nonce(1), filler_hash(nonce(1)))):
        assert {Wrong.EDITED, Wrong.TREE} & kinds(judged([*items[:place], forged, *items[place + 1 : -1], End(8)]))


@given(st.sampled_from([trail(), filled_up()]), st.data())
def test_no_change_of_any_byte_goes_unnoticed(items: list[Item], data: st.DataObject) -> None:
    """A digit or letter anywhere in the file is made another: nothing may read as whole that is not the same."""
    lines = [line_of(item) for item in items]
    number = data.draw(st.integers(0, len(lines) - 4))  # nothing vouches yet for the two rows that wait
    line = bytearray(lines[number])
    place = data.draw(st.integers(0, len(line) - 1))
    line[place] = data.draw(st.sampled_from(b'0123456789abcdef"{}:,. ').filter(lambda byte: byte != line[place]))
    checker = Checker(whole_file=True)
    checker.take(items_of([*lines[:number], bytes(line), *lines[number + 1 :]]))
    same = _same(bytes(line), lines[number])
    unsigned = b'"kind":"witness"' in lines[number] or b'"kind":"countersignature"' in lines[number]
    first_key = number == 0  # when the first key was made nobody signs for
    assert checker.finish().whole == same or (unsigned or first_key)


def _same(one: bytes, two: bytes) -> bool:
    try:
        return bool(json.loads(one) == json.loads(two))
    except ValueError:
        return False


def test_a_head_is_read_from_the_answer_of_the_hub() -> None:
    head = heads(trail())[2]
    assert read_head(json.dumps(head_json(head) | {"keys": []}).encode(), "head.json") == head
    for text in (b"", b"{}", b'{"head": 3}', b"[1]"):
        with pytest.raises(BadInput, match="no signed head"):
            read_head(text, "head.json")
