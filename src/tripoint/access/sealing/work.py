"""What parties do with the sealed trail: take heads, prove that one grew from another, countersign, prove entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from tripoint.access.model import Act, AuditNote
from tripoint.access.sealing import reading_store, store
from tripoint.access.sealing.model import Countersignature, Hour, LogKey, ProvenEntry, SignedHead, Witness
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput, Conflict, NotFound
from tripoint.engines.merkle.heads import signed_by, witness_statement
from tripoint.engines.merkle.tree import Tiles, consistency_proof, inclusion_proof

MOST_HOURS, MOST_SIGNATURES, MOST_PROOFS = 744, 500, 200
LATER = "Wait until the hub has run for a minute, then ask again."
FROM_HOURS = "Take a size from the list of hours."


def newest_head(visit: Visit) -> SignedHead:
    """The newest published head. Raises NotFound before the first."""
    found = reading_store.published_head(visit.session)
    if found is None:
        raise NotFound("No head is published yet.", remedy=LATER)
    return found


def head_of(visit: Visit, size: int | None) -> SignedHead:
    """The published head of a size, the newest without one. Raises NotFound where none has it."""
    found = newest_head(visit) if size is None else reading_store.published_head_of(visit.session, size)
    if found is None:
        raise NotFound("No published head has this size.", field="size", remedy=FROM_HOURS)
    return found


def keys(visit: Visit) -> list[LogKey]:
    """The log's own keys by which its published heads are judged; a newer one comes with the first head it signs."""
    newest = newest_head(visit)
    return [key for key in store.keys(visit.session) if key.number <= newest.key]


def hours(visit: Visit, limit: int) -> list[Hour]:
    """The heads that went to the parties hour by hour, newest first, and who countersigned each."""
    return reading_store.hours(visit.session, min(limit, MOST_HOURS))


def consistency(visit: Visit, first: int, second: int) -> list[bytes]:
    """That the tree of `second` leaves begins with that of `first`. Raises BadInput for sizes never published."""
    if not 0 < first <= second:
        raise BadInput("The sizes are not in order.", field="first", remedy="Give 0 < first <= second.")
    for field, size in (("first", first), ("second", second)):
        if reading_store.published_head_of(visit.session, size) is None:
            raise BadInput("No published head has this size.", field=field, remedy=FROM_HOURS)
    return consistency_proof(first, second, tiles(visit).subtree)


def tiles(visit: Visit) -> Tiles:
    """The kept part of the tree, read as it is needed."""
    return Tiles(lambda level, number: store.tile(visit.session, level, number))


def witnesses(visit: Visit) -> list[Witness]:
    """Every party's witness keys."""
    return reading_store.witnesses(visit.session)


def register_witness(visit: Visit, public_key: bytes) -> Witness:
    """Register the own party's witness key; it is in force from now on. Raises Conflict for one known already."""
    which = visit.new_id()
    if not reading_store.add_witness(visit.session, which, visit.party, public_key, visit.officer.id):
        raise Conflict("This key was registered before.", field="public_key", remedy="Make a new key.")
    visit.note(AuditNote(Act.REGISTER_WITNESS, "witness_key", which, visit.party))
    return next(one for one in reading_store.witnesses(visit.session) if one.id == which)


def countersign(visit: Visit, size: int, signature: bytes) -> Countersignature:
    """Keep the own party's word that it has seen a head.

    Raises Conflict without a registered key, NotFound for a head there is not, BadInput for a wrong signature.
    """
    witness = reading_store.witness_of(visit.session, visit.party)
    if witness is None:
        raise Conflict("Your party has no witness key.", remedy="Register its public key first.")
    signed = head_of(visit, size)
    if not signed_by(witness.public_key, signature, witness_statement(signed.head, witness.party)):
        raise BadInput(
            "The signature is not your party's over this head.", field="signature",
            remedy="Sign with the key registered last; `tripoint audit witness` does.",
        )  # fmt: skip
    reading_store.countersign(visit.session, size, witness.id, signature)
    visit.note(AuditNote(Act.COUNTERSIGN_HEAD, "witness_key", witness.id, visit.party))
    found = reading_store.countersignatures(visit.session, size, MOST_SIGNATURES)
    return next(one for one in found if one.witness == witness.id)


def countersignatures(visit: Visit, size: int | None, limit: int) -> list[Countersignature]:
    """Who countersigned a head, or the newest countersignatures of all."""
    return reading_store.countersignatures(visit.session, size, min(limit, MOST_SIGNATURES))


def prove_entries(visit: Visit, object_id: UUID, limit: int) -> tuple[SignedHead, Sequence[ProvenEntry]]:
    """Who did what to one object, each entry with its proof against the newest published head.

    Only rows that the reader's party may see: its officers' acts, and everybody's upon what the party holds. An entry
    later than that head has neither position nor proof yet: they come with the next hour's head.
    """
    signed = newest_head(visit)
    visit.note(AuditNote(Act.READ_AUDIT, "audit", object_id))
    size, kept = signed.head.size, tiles(visit)
    return signed, [
        replace(entry, proof=tuple(inclusion_proof(entry.position, size, kept.subtree)))
        if entry.position is not None
        else entry
        for entry in reading_store.entries(visit.session, object_id, min(limit, MOST_PROOFS), size)
    ]
