"""One party's safe: seals persons into the database and opens what it sealed, within one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tripoint.base.database import Session
from tripoint.base.errors import Gone
from tripoint.base.keyring import INDEX, KeyRing
from tripoint.engines.sealing import (
    KeyGone,
    KeyPlace,
    Place,
    SealBroken,
    Sealed,
    Share,
    blinded,
    new_key,
    seal,
    unseal,
    unwrap,
    wrap,
)
from tripoint.records.codec import digest_of, masked_to_json, person_from_json, person_to_json
from tripoint.records.model import MaskedPerson, Person
from tripoint.records.sealed import rules, store
from tripoint.records.sealed.model import Box, DataKeyRow, Mark

GONE = "The key of this record was destroyed or is not here; nothing can open it."


@dataclass(frozen=True, slots=True)
class Sealing:
    """A person to be sealed, as the version of a record."""

    record: UUID
    version: int
    person: Person


@dataclass(frozen=True, slots=True)
class Safe:
    """What a party seals and opens. The transaction stands under that party; `code` is its code."""

    session: Session
    keys: KeyRing
    party: int
    code: str

    def put(self, record: UUID, version: int, person: Person) -> MaskedPerson:
        """Seal one person; what is left to be seen."""
        return self.put_all([Sealing(record, version, person)])[0]

    def put_all(self, persons: Sequence[Sealing]) -> list[MaskedPerson]:
        """Seal persons as these versions of their records, and let them be looked up by what they are now.

        Shares are on the disk before the rows are written: a share without a row does no harm, a row without a share
        would be lost.
        """
        data_keys = self._data_keys([one.record for one in persons])
        store.add_boxes(self.session, self.party, [box for one in persons for box in boxed(one, data_keys[one.record])])
        index = self.keys.current(INDEX)
        marks = [
            Mark(one.record, kind, index.number, mark)
            for one in persons
            for mark, kind in rules.marks_of(one.person.description, index.secret).items()
        ]
        store.put_marks(self.session, self.party, [one.record for one in persons], marks)
        return [rules.masked(one.person, one.version) for one in persons]

    def put_values(self, record: UUID, version: int, values: Mapping[str, Any]) -> None:
        """Seal JSON values by name, of something that is looked up by none of them."""
        if values:
            key = self._data_keys([record])[record]
            store.add_boxes(self.session, self.party, [box(key, record, version, *one) for one in values.items()])

    def put_state(self, sealing: Sealing) -> dict[str, Any]:
        """Seal an earlier state of a record, by which nobody looks it up any more; the masked content."""
        key = self._data_keys([sealing.record])[sealing.record]
        store.add_boxes(self.session, self.party, boxed(sealing, key))
        return masked_to_json(rules.masked(sealing.person, sealing.version))

    def seal_past(self, records: Iterable[UUID]) -> None:
        """Seal the earlier states of records that were held in clear, and what hits show of them."""
        every = list(records)
        for record in every:
            for version, content in store.clear_states(self.session, record):
                masked = self.put_state(Sealing(record, version, person_from_json(content)))
                store.seal_state(self.session, record, version, masked)
        store.seal_findings(self.session, every)

    def open(self, record: UUID, version: int, field: str | None = None) -> dict[str, Any]:
        """What was sealed of a record at a version: the field named, or all, as JSON values by name.

        Raises Gone where the key was destroyed, or what is kept is not what was sealed.
        """
        boxes = store.boxes(self.session, record, version, field)
        row = store.keys_of(self.session, [record]).get(record)
        if row is None:
            raise Gone(GONE)
        try:
            key = self._unwrapped(row)
            return {box.field: json.loads(opened(key, box)) for box in boxes}
        except (KeyGone, SealBroken) as fault:
            raise Gone(GONE) from fault

    def whole(self, record: UUID, masked: MaskedPerson) -> Person:
        """The person again, all fields opened: for sealing anew, never for showing. Raises Gone."""
        if masked.sealed_at is None:
            raise ValueError("This person is not sealed.")
        opened = self.open(record, masked.sealed_at)
        return person_from_json(rules.whole_again(masked_to_json(masked), opened))

    def digest(self, person: Person) -> bytes:
        """A keyed digest of a person's content: equal content, equal digest, and nobody can try contents out."""
        return sealed_digest(self.keys, person)

    def wrap_anew(self, row: DataKeyRow) -> DataKeyRow:
        """A data key wrapped by the party's key in use. Raises KeyGone."""
        data_key, current = self._unwrapped(row), self.keys.current(self.code)
        place = KeyPlace(row.record, self.code, current.number)
        wrapped = wrap(data_key, current.secret, Share(self.keys.share(row.slot)), place)
        return DataKeyRow(row.record, row.slot, current.number, wrapped)

    def opens(self, row: DataKeyRow) -> bool:
        """Whether a data key can be unwrapped now."""
        try:
            self._unwrapped(row)
        except KeyGone:
            return False
        return True

    def _unwrapped(self, row: DataKeyRow) -> bytes:
        """The data key of a record. Raises KeyGone."""
        party_key = self.keys.key(self.code, row.owner_key)
        if party_key is None:
            raise KeyGone(f"Key {row.owner_key} of {self.code} is not on the ring.")
        place = KeyPlace(row.record, self.code, row.owner_key)
        return unwrap(row.wrapped, party_key.secret, Share(self.keys.share(row.slot)), place)

    def _data_keys(self, records: Sequence[UUID]) -> Mapping[UUID, bytes]:
        """The data keys of records, made for those that have none. Raises Gone for one that was destroyed."""
        held = store.keys_of(self.session, records)
        try:
            found = {record: self._unwrapped(row) for record, row in held.items()}
        except KeyGone as fault:
            raise Gone(GONE) from fault
        missing = [record for record in dict.fromkeys(records) if record not in held]
        current, made = self.keys.current(self.code), []
        for record, (slot, share) in zip(missing, self.keys.add_shares(len(missing)), strict=True):
            found[record] = new_key()
            wrapped = wrap(found[record], current.secret, Share(share), KeyPlace(record, self.code, current.number))
            made.append(DataKeyRow(record, slot, current.number, wrapped))
        store.add_keys(self.session, self.party, made)
        return found


def boxed(one: Sealing, key: bytes) -> list[Box]:
    """The fields of a person, each in a box of its own."""
    fields = rules.fields_of(one.person).items()
    return [box(key, one.record, one.version, field.value, value) for field, value in fields]


def box(key: bytes, record: UUID, version: int, field: str, value: Any) -> Box:
    """One JSON value, sealed in its place."""
    place = Place(record, field, version)
    sealed = seal(key, place, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
    return Box(record, version, field, sealed.nonce, sealed.ciphertext)


def opened(key: bytes, box: Box) -> bytes:
    """What is in a box. Raises SealBroken where it is not the one that was put in this place."""
    return unseal(key, Place(box.record, box.field, box.version), Sealed(box.nonce, box.ciphertext))


def sealed_digest(keys: KeyRing, person: Person) -> bytes:
    """A digest of a person's content that depends on the index key."""
    return blinded(keys.current(INDEX).secret, "content", digest_of(person_to_json(person)).hex())
