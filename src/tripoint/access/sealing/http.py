"""The routes of the sealed trail: heads, consistency, witnesses, countersignatures, entries with their proofs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.sealing import work
from tripoint.access.sealing.model import Countersignature, ProvenEntry, SignedHead, Witness
from tripoint.access.visit import Visit

routes = Routes("/api/audit", "audit")
Size = Annotated[int, Field(ge=1, le=2**53 - 1)]
PublicKey = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
NEXT_HOUR = "This entry is later than the newest published head. Its proof comes with the next hour's head."
Signature = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$")]


class Body(BaseModel):
    """What is sent: a field nobody knows is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WitnessBody(Body):
    """An Ed25519 public key, 32 bytes in hexadecimal digits."""

    public_key: PublicKey


class CountersignatureBody(Body):
    """The size of the head seen, and the Ed25519 signature over it, 64 bytes in hexadecimal digits."""

    size: Size
    signature: Signature


class KeyAnswer(BaseModel):
    number: int
    public_key: str
    from_size: int
    at: datetime
    signature: str | None


class HeadAnswer(BaseModel):
    """`head` is what is signed, as canonical JSON with `"kind": "head"` added; hashes are in hexadecimal digits."""

    head: dict[str, Any]
    key: int
    signature: str


class LatestAnswer(HeadAnswer):
    keys: list[KeyAnswer]


class HourAnswer(HeadAnswer):
    hour: datetime
    countersigned_by: list[str]


class HoursAnswer(BaseModel):
    hours: list[HourAnswer]


class ConsistencyAnswer(BaseModel):
    first: int
    second: int
    proof: list[str]


class WitnessAnswer(BaseModel):
    id: UUID
    party: str
    public_key: str
    at: datetime


class WitnessesAnswer(BaseModel):
    witnesses: list[WitnessAnswer]


class CountersignatureAnswer(BaseModel):
    size: int
    party: str
    witness: UUID
    at: datetime
    signature: str


class CountersignaturesAnswer(BaseModel):
    countersignatures: list[CountersignatureAnswer]


class ProvenAnswer(BaseModel):
    """`row` is what was hashed, as canonical JSON. One that is later than the head (`"state": "next_hour"`) has no
    `seq`, position, leaf and proof yet, and a `note` that says so.
    """

    row: dict[str, Any]
    party: str | None
    state: Literal["proven", "next_hour"]
    note: str | None
    position: int | None
    leaf: str | None
    proof: list[str]


class ProofsAnswer(BaseModel):
    head: HeadAnswer
    entries: list[ProvenAnswer]


@routes.get("/head", Act.SEE_AUDIT_HEADS)
def latest_head(
    visit: Visit,
    size: Annotated[int | None, Query(ge=1, le=2**53 - 1, description="of this size, else the newest")] = None,
) -> LatestAnswer:
    """A published head of the trail, and the keys by which it is judged; there is a new one every hour.

    Keep it: it is the proof against a rewriting.
    """
    keys = [
        KeyAnswer(
            number=key.number, public_key=key.public_key.hex(), from_size=key.from_size, at=key.at,
            signature=key.signature.hex() if key.signature else None,
        )
        for key in work.keys(visit)
    ]  # fmt: skip
    return LatestAnswer(**head_fields(work.head_of(visit, size)), keys=keys)


@routes.get("/hours", Act.SEE_AUDIT_HEADS)
def list_hours(visit: Visit, limit: Annotated[int, Query(ge=1, le=work.MOST_HOURS)] = 24) -> HoursAnswer:
    """The heads that went to the parties, one an hour, newest first, and who countersigned each."""
    return HoursAnswer(
        hours=[
            HourAnswer(**head_fields(one.head), hour=one.hour, countersigned_by=list(one.countersigned_by))
            for one in work.hours(visit, limit)
        ]
    )


@routes.get("/consistency", Act.SEE_AUDIT_HEADS)
def prove_consistency(
    visit: Visit,
    first: Annotated[int, Query(ge=1, le=2**53 - 1)],
    second: Annotated[int, Query(ge=1, le=2**53 - 1)],
) -> ConsistencyAnswer:
    """That the trail of one published size begins with the trail of another: RFC 9162, 2.1.4."""
    proof = [hash.hex() for hash in work.consistency(visit, first, second)]
    return ConsistencyAnswer(first=first, second=second, proof=proof)


@routes.get("/witnesses", Act.SEE_AUDIT_HEADS)
def list_witnesses(visit: Visit) -> WitnessesAnswer:
    """Every party's witness keys, oldest first; the newest of a party is in force."""
    return WitnessesAnswer(witnesses=[witness_answer(one) for one in work.witnesses(visit)])


@routes.post("/witnesses", Act.REGISTER_WITNESS, status_code=201)
def register_witness(visit: Visit, body: WitnessBody) -> WitnessAnswer:
    """Register the public key by which the own party countersigns from now on."""
    return witness_answer(work.register_witness(visit, bytes.fromhex(body.public_key)))


@routes.post("/countersignatures", Act.COUNTERSIGN_HEAD, status_code=201)
def countersign(visit: Visit, body: CountersignatureBody) -> CountersignatureAnswer:
    """Give the own party's word that it has seen a head; `tripoint audit witness` makes it."""
    return countersignature_answer(work.countersign(visit, body.size, bytes.fromhex(body.signature)))


@routes.get("/countersignatures", Act.SEE_AUDIT_HEADS)
def list_countersignatures(
    visit: Visit,
    size: Annotated[int | None, Query(ge=1, le=2**53 - 1)] = None,
    limit: Annotated[int, Query(ge=1, le=work.MOST_SIGNATURES)] = 100,
) -> CountersignaturesAnswer:
    """Who countersigned the head of a size, or the newest countersignatures of all."""
    found = work.countersignatures(visit, size, limit)
    return CountersignaturesAnswer(countersignatures=[countersignature_answer(one) for one in found])


@routes.get("/proofs", Act.READ_AUDIT)
def prove_entries(
    visit: Visit,
    object_id: Annotated[UUID, Query(alias="object", description="the record, hit or account in question")],
    limit: Annotated[int, Query(ge=1, le=work.MOST_PROOFS)] = 50,
) -> ProofsAnswer:
    """Who did what to one object, each entry with the proof that it stands under the newest published head.

    RFC 9162, 2.1.3. The proof of an entry later than that head comes with the next hour's head.
    """
    head, entries = work.prove_entries(visit, object_id, limit)
    return ProofsAnswer(head=HeadAnswer(**head_fields(head)), entries=[proven_answer(entry) for entry in entries])


def head_fields(signed: SignedHead) -> dict[str, Any]:
    """A signed head's fields."""
    return {"head": signed.head.as_json(), "key": signed.key, "signature": signed.signature.hex()}


def witness_answer(witness: Witness) -> WitnessAnswer:
    """A witness key."""
    return WitnessAnswer(id=witness.id, party=witness.party, public_key=witness.public_key.hex(), at=witness.at)


def countersignature_answer(made: Countersignature) -> CountersignatureAnswer:
    """A countersignature."""
    return CountersignatureAnswer(
        size=made.size, party=made.party, witness=made.witness, at=made.at, signature=made.signature.hex()
    )


def proven_answer(entry: ProvenEntry) -> ProvenAnswer:
    """An entry with its proof."""
    return ProvenAnswer(
        row=dict(entry.row), party=entry.party, position=entry.position,
        state="next_hour" if entry.leaf is None else "proven", note=NEXT_HOUR if entry.leaf is None else None,
        leaf=entry.leaf.hex() if entry.leaf is not None else None, proof=[hash.hex() for hash in entry.proof],
    )  # fmt: skip
