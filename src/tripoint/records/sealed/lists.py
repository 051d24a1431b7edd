"""Persons of a list on their way into the records: whoever is to be protected is sealed before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import islice
from uuid import UUID

from tripoint.base.database import Session
from tripoint.base.keyring import KeyRing
from tripoint.records.codec import digest_of, masked_to_json, person_from_json, person_to_json
from tripoint.records.model import Person
from tripoint.records.sealed import rules, store
from tripoint.records.sealed.safe import Safe, Sealing, sealed_digest
from tripoint.words.people import MASKED, SEALED_IN_CHILDREN

AT_ONCE = 500  # persons whose keys are made together


@dataclass(frozen=True, slots=True)
class ListSealer:
    """Seals what a load brings, as of one day. `code` is the owner's."""

    keys: KeyRing
    code: str
    today: date

    def digest(self, person: Person) -> bytes:
        """What tells whether a person changed: keyed for whoever is sealed. Raises SetUp where no keys are at hand."""
        if rules.must_seal(person, self.today):
            return sealed_digest(self.keys, person)
        return digest_of(person_to_json(person))

    def seal_new(self, session: Session, owner: int) -> list[UUID]:
        """Seal the persons that a merge is about to write; those records that stood there before come back.

        Their content is replaced where it waits, in tables that leave no trace in the server's log.
        """
        safe = Safe(session, self.keys, owner, self.code)
        waiting = store.about_to_be_written(session, [status.value for status in MASKED | SEALED_IN_CHILDREN])
        found = ((id, version, person_from_json(content)) for id, version, content in waiting)
        chosen = iter([Sealing(*one) for one in found if rules.must_seal(one[2], self.today)])
        changed = []
        while some := list(islice(chosen, AT_ONCE)):
            masked = [masked_to_json(one) for one in safe.put_all(some)]
            store.replace_waiting(session, [one.record for one in some], masked)
            changed += [one.record for one in some if one.version > 1]
        store.drop_marks_of_unsealed(session)
        return changed

    def seal_past(self, session: Session, owner: int, records: list[UUID]) -> None:
        """Seal what these records held before in clear."""
        Safe(session, self.keys, owner, self.code).seal_past(records)
