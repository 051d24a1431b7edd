"""The verifier: reads a whole sealed trail once, trusts nothing but signatures, and says what was done to it.

It needs no database and no network. What is stored beside a row only says where in the tree the row belongs; whether
all is as it was follows from the rows, the signed heads, and the heads that parties kept elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from tripoint.access.sealing.model import Countersignature, LogKey, SignedHead, Witness
from tripoint.engines.merkle.canonical import row_hash
from tripoint.engines.merkle.fillers import NONCE_BYTES, filler_hash
from tripoint.engines.merkle.heads import key_statement, log_id, signed_by, witness_statement
from tripoint.engines.merkle.tree import Frontier

TOLD_AT_MOST = 1_000  # faults told one by one; the others are counted
ANOTHER = "The trail is not the one whose head of size {} was kept elsewhere."
TOGETHER = 4_096  # leaves hashed into the tree at once


class Wrong(StrEnum):
    """The kinds of tampering."""

    EDITED = "edited"
    REMOVED = "removed"
    INSERTED = "inserted"
    TREE = "tree"  # leaves added, taken away, changed or in another order than when the head was signed
    TRUNCATED = "truncated"
    HEAD = "head"
    KEY = "key"
    COUNTERSIGNATURE = "countersignature"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something was done to the trail: where, in words for a person."""

    kind: Wrong
    sentence: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """A leaf in its place and the filled columns of its row, None where that is gone."""

    position: int
    seq: int
    leaf: bytes
    row: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Filler:
    """A leaf in its place that stands for no row, and the random nonce of which it is the hash."""

    position: int
    nonce: bytes
    leaf: bytes


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row without a leaf."""

    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class End:
    """The end of a file, with the number of its leaves: a file cut off has none."""

    rows: int


Item = LogKey | Witness | Countersignature | Sealed | Filler | SignedHead | Waiting | End | Fault


@dataclass(slots=True)
class Report:
    """What was read and what is wrong with it."""

    log: str = ""
    rows: int = 0
    fillers: int = 0
    waiting: int = 0
    heads: int = 0
    countersignatures: int = 0
    kept_agreeing: int = 0
    newest: SignedHead | None = None
    faults: list[Fault] = field(default_factory=list)
    more_faults: int = 0

    @property
    def whole(self) -> bool:
        """Whether nothing was done to the trail."""
        return not self.faults

    def tell(self, kind: Wrong, sentence: str) -> None:
        """Note a fault."""
        if len(self.faults) < TOLD_AT_MOST:
            self.faults.append(Fault(kind, sentence))
        else:
            self.more_faults += 1


@dataclass(slots=True)
class Checker:
    """Takes the items of one trail in order: keys, witnesses, countersignatures; leaves, with each head after the last
    leaf it signs; rows without a leaf; the end.
    """

    kept: Sequence[SignedHead] = ()  # heads that somebody kept elsewhere
    whole_file: bool = False  # whether an End must come
    trusted: frozenset[bytes] = frozenset()  # public keys to be taken although no key before signed for them
    report: Report = field(default_factory=Report)
    _keys: list[LogKey] = field(default_factory=list)
    _witnesses: dict[UUID, Witness] = field(default_factory=dict)
    _countersigned: dict[int, list[Countersignature]] = field(default_factory=lambda: defaultdict(list))
    _kept: dict[int, list[SignedHead]] = field(default_factory=lambda: defaultdict(list))
    _frontier: Frontier = field(default_factory=Frontier)
    _pending: list[bytes] = field(default_factory=list)
    _next: int = 0
    _settled: int = 0  # as the heads said that say any: published ones keep it to themselves
    _agreed: int = 0  # the size of the last head whose root was right
    _broken: bool = False  # from here on no root can be right
    _ended: bool = False

    def __post_init__(self) -> None:
        for one in self.kept:
            self._kept[one.head.size].append(one)

    def take(self, items: Iterable[Item]) -> None:
        """Read items."""
        for item in items:
            match item:
                case Sealed():
                    self._take_leaf(item)
                case Filler():
                    self._take_filler(item)
                case SignedHead():
                    self._take_head(item)
                case LogKey():
                    self._take_key(item)
                case Witness():
                    self._witnesses[item.id] = item
                case Countersignature():
                    self._countersigned[item.size].append(item)
                case Waiting():
                    self._take_waiting(item)
                case Fault():
                    self.report.tell(item.kind, item.sentence)
                case End():
                    self._take_end(item)

    def finish(self) -> Report:
        """What is to be said at the end."""
        self._flush()
        report, newest = self.report, self.report.newest
        signed = newest.head.size if newest else 0
        if self._next > signed:
            said = f"Rows at positions {signed} to {self._next - 1} stand behind the newest signed head."
            report.tell(Wrong.TREE, said)
        for size, kept in sorted(self._kept.items()):
            for one in kept:
                self._judge_kept(one, size)
        for size in sorted(self._countersigned):
            codes = ", ".join(sorted({one.party for one in self._countersigned[size]}))
            report.tell(Wrong.TRUNCATED, f"The head of size {size} that {codes} countersigned is gone.")
        if self.whole_file and not self._ended:
            report.tell(Wrong.FILE, "The file is cut off: its last line is missing.")
        return report

    def _take_end(self, item: End) -> None:
        self._ended = True
        if item.rows != self.report.rows:
            said = f"The file says it holds {item.rows} rows, and {self.report.rows} are there."
            self.report.tell(Wrong.FILE, said)

    def _take_leaf(self, item: Sealed) -> None:
        self._put(item, f"Row {item.seq}")
        self.report.rows += 1
        if item.row is None:
            self.report.tell(Wrong.REMOVED, f"Row {item.seq} (position {item.position}) is gone.")
        elif item.row.get("seq") != item.seq or hash_of(item.row) != item.leaf:
            self.report.tell(Wrong.EDITED, f"Row {item.seq} (position {item.position}) is not as it was written.")
        self._flush_when_due()

    def _take_filler(self, item: Filler) -> None:
        self._put(item, "A filler")
        self.report.fillers += 1
        if len(item.nonce) != NONCE_BYTES or filler_hash(item.nonce) != item.leaf:
            self.report.tell(Wrong.EDITED, f"The filler at position {item.position} is not as it was sealed.")
        self._flush_when_due()

    def _put(self, item: Sealed | Filler, named: str) -> None:
        """Take a leaf where it says it stands."""
        if item.position != self._next:
            self._misplaced(item, named)
        self._next = item.position + 1
        self._pending.append(item.leaf)

    def _flush_when_due(self) -> None:
        if self._next in self._kept or len(self._pending) >= TOGETHER:
            self._flush()

    def _misplaced(self, item: Sealed | Filler, named: str) -> None:
        self._flush()
        self._broken = True
        if item.position > self._next:
            gone = f"{self._next} to {item.position - 1}" if item.position > self._next + 1 else str(self._next)
            self.report.tell(Wrong.REMOVED, f"Nothing stands at position {gone} any more.")
        else:
            self.report.tell(Wrong.TREE, f"{named} stands out of order at position {item.position}.")

    def _flush(self) -> None:
        """Hash what waits into the tree; heads kept elsewhere are compared when their size is reached."""
        if self._pending:
            self._frontier, _ = self._frontier.extended(self._pending)
            self._pending.clear()
        for one in self._kept.pop(self._frontier.size, ()) if not self._broken else ():
            if self._own_signature(one):
                if one.head.root == self._frontier.root():
                    self.report.kept_agreeing += 1
                else:
                    self.report.tell(Wrong.TREE, ANOTHER.format(one.head.size))

    def _judge_kept(self, one: SignedHead, size: int) -> None:
        """A head kept elsewhere whose size was never reached, or not with a tree that could be right."""
        if not self._own_signature(one):
            return
        if size > self._next:
            self.report.tell(
                Wrong.TRUNCATED, f"A head of size {size} was kept elsewhere; the trail ends at {self._next}."
            )
        else:
            self.report.tell(Wrong.TREE, ANOTHER.format(size))

    def _own_signature(self, one: SignedHead) -> bool:
        """Whether a kept head is one of this log; told where it is not."""
        key = self._key_of(one)
        if one.head.log == self.report.log and key and signed_by(key.public_key, one.signature, one.head.statement()):
            return True
        self.report.tell(Wrong.KEY, f"The head of size {one.head.size} kept elsewhere was not signed by this log.")
        return False

    def _take_head(self, signed: SignedHead) -> None:
        self._flush()
        head, before, report = signed.head, self.report.newest, self.report
        report.heads += 1
        key, said = self._key_of(signed), f"The head of size {head.size}"
        if head.log != report.log or key is None or not signed_by(key.public_key, signed.signature, head.statement()):
            report.tell(Wrong.HEAD, f"{said} is not signed by the log's key.")
        if head.previous != (before.head.digest() if before else None):
            report.tell(Wrong.HEAD, f"{said} does not follow the one before it: one between is gone or changed.")
        if before and (head.size <= before.head.size or 0 < head.settled < self._settled or head.at < before.head.at):
            report.tell(Wrong.HEAD, f"{said} is not later than the one before it.")
        self._settled = max(self._settled, head.settled)
        self._compare(signed)
        self._judge_countersignatures(signed)
        report.newest = signed

    def _compare(self, signed: SignedHead) -> None:
        head = signed.head
        if head.size > self._next:
            self._broken = True
            self.report.tell(Wrong.TRUNCATED, f"Rows at positions {self._next} to {head.size - 1} are gone.")
        elif self._broken:
            return
        elif head.size < self._next or head.root != self._frontier.root():
            self._broken = True
            self.report.tell(
                Wrong.TREE, f"The rows at positions {self._agreed} to {head.size - 1} are not those that were sealed."
            )
        else:
            self._agreed = head.size

    def _judge_countersignatures(self, signed: SignedHead) -> None:
        for one in self._countersigned.pop(signed.head.size, ()):
            witness = self._witnesses.get(one.witness)
            statement = witness_statement(signed.head, witness.party if witness else one.party)
            if witness is None or not signed_by(witness.public_key, one.signature, statement):
                self.report.tell(
                    Wrong.COUNTERSIGNATURE, f"{one.party} did not countersign the head of size {signed.head.size} so."
                )
            else:
                self.report.countersignatures += 1

    def _take_key(self, key: LogKey) -> None:
        if not self._keys:
            self.report.log = log_id(key.public_key)
        last = self._keys[-1] if self._keys else None
        statement = key_statement(self.report.log, key.number, key.public_key, key.from_size, key.at)
        agreed = signed_by(last.public_key, key.signature or b"", statement) if last else key.from_size == 0
        agreed = agreed or (last is not None and key.signature is None and key.public_key in self.trusted)
        if key.number != len(self._keys) + 1 or not agreed:
            self.report.tell(Wrong.KEY, f"Key {key.number} is not one that the key before it signed for.")
        self._keys.append(key)

    def _key_of(self, signed: SignedHead) -> LogKey | None:
        """The key that was to sign a head of this size, None where the head names another."""
        found = next((key for key in self._keys if key.number == signed.key), None)
        after = next((key for key in self._keys if key.number == signed.key + 1), None)
        if found is None or signed.head.size < found.from_size or (after and signed.head.size > after.from_size):
            return None
        return found

    def _take_waiting(self, item: Waiting) -> None:
        """A row not sealed is a new one, unless its number belongs to a time when all rows were."""
        seq = item.row.get("seq")
        if self.report.newest and (not isinstance(seq, int) or seq <= self._settled):
            self.report.tell(Wrong.INSERTED, f"Row {seq} was put among rows that were sealed long before.")
        self.report.waiting += 1


def hash_of(row: Mapping[str, Any]) -> bytes | None:
    """The hash of a row, None for one that no row of a table could be."""
    try:
        return row_hash(row)
    except (ValueError, TypeError):
        return None
