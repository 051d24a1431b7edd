"""The routes of access: sign-in and session, tokens, a party's officers, who opened our record."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints

from tripoint.access import rules, work
from tripoint.access.door import COOKIE
from tripoint.access.entry import NOTHING_MORE, EntryRules
from tripoint.access.model import Account, Act, Agency, AuditEntry, OpenSignIn, Operation, Party, Role
from tripoint.access.routes import Routes, caller_of, door_of
from tripoint.access.visit import Visit
from tripoint.words.purposes import Purpose

# One line of text: no control characters, which no name holds and PostgreSQL partly refuses.
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")
]
routes = Routes("/api", "access")


class Body(BaseModel):
    """What is sent: a field nobody knows is refused, never quietly dropped or taken."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SignInBody(Body):
    """A sign-in name (`name@party`), its password, and a one-time or recovery code where the officer has one."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "ana@arc", "password": "correct horse battery"}]}
    )
    name: Line
    password: Annotated[SecretStr, Field(max_length=1000)]
    code: Annotated[SecretStr, Field(max_length=100)] | None = None


class TokenBody(Body):
    """For which device, how long, and for what a token is."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"device": "gate 4, Puerto Alto", "minutes": 480, "acts": ["ask_check"]}]}
    )
    device: Line
    minutes: Annotated[int, Field(ge=1, le=1440)]
    acts: Annotated[frozenset[Act], Field(min_length=1)]


class NewOfficerBody(Body):
    """A new officer of the own party."""

    sign_in_name: Line
    name: Line
    agency: UUID
    roles: Annotated[frozenset[Role], Field(min_length=1)]


class ChangedOfficerBody(Body):
    """What is to change of an officer; what is absent stays."""

    name: Line | None = None
    agency: UUID | None = None
    roles: Annotated[frozenset[Role], Field(min_length=1)] | None = None
    active: bool | None = None
    new_password: bool = False


class AgencyBody(Body):
    """A new agency of the own party."""

    name: Line


class PartyAnswer(BaseModel):
    code: str
    name: str
    kind: Literal["country", "territory", "body"]
    contact: str = ""


class PostAnswer(BaseModel):
    id: UUID
    name: str
    kind: str
    party: str
    latitude: float
    longitude: float


class OperationAnswer(BaseModel):
    id: UUID
    name: str
    family: str
    edition: str
    starts_at: datetime
    ends_at: datetime
    coordinator: str
    participants: list[str]
    posts: list[PostAnswer]


class OfficerAnswer(BaseModel):
    id: UUID
    name: str
    party: PartyAnswer
    agency: str
    roles: list[Role]


class SessionAnswer(BaseModel):
    officer: OfficerAnswer
    csrf: str | None
    ends_at: datetime
    operations: list[OperationAnswer]
    purposes: list[Purpose]
    may: list[Act]
    must_enrol: bool  # nothing else may be done until a second factor is enrolled
    must_choose: bool  # nothing else may be done until the officer has chosen his own password


class TokenAnswer(BaseModel):
    id: UUID
    token: str
    device: str
    acts: list[Act]
    ends_at: datetime


SignInKind = Literal["session", "token", "device"]
KINDS: dict[str, SignInKind] = {"session": "session", "token": "token", "device": "device"}


class OpenSignInAnswer(BaseModel):
    id: UUID
    kind: SignInKind
    officer: UUID
    device: str | None
    begun_at: datetime
    seen_at: datetime
    ends_at: datetime
    own: bool


class SignInsAnswer(BaseModel):
    sign_ins: list[OpenSignInAnswer]


class AgencyAnswer(BaseModel):
    id: UUID
    name: str


class AccountAnswer(BaseModel):
    id: UUID
    sign_in_name: str
    name: str
    agency: AgencyAnswer
    roles: list[Role]
    active: bool
    created_at: datetime
    initial_password: str | None = None  # shown this once, to hand to the officer


class OfficersAnswer(BaseModel):
    officers: list[AccountAnswer]
    agencies: list[AgencyAnswer]


class PartiesAnswer(BaseModel):
    parties: list[PartyAnswer]


class EntryAnswer(BaseModel):
    at: datetime
    act: str
    party: str | None
    officer: UUID | None
    purpose: str | None
    reason: str | None
    object_kind: str | None
    object_version: int | None
    outcome: str


class AuditAnswer(BaseModel):
    entries: list[EntryAnswer]


def entry_rules_of(request: Request) -> EntryRules:
    """What this hub asks of those who sign in."""
    found: EntryRules = getattr(request.app.state, "entry", None) or NOTHING_MORE
    return found


def with_session(response: Response, secret: str) -> Response:
    """The answer with the session's cookie: this host's alone, out of reach of scripts and other sites."""
    response.set_cookie(COOKIE, secret, path="/", secure=True, httponly=True, samesite="strict")
    return response


@routes.open("POST", "/sign-in", Act.SIGN_IN, response_model=SessionAnswer)
def sign_in(request: Request, body: SignInBody) -> Response:
    """Sign in with name and password; the session's cookie comes with the answer."""
    caller, code = caller_of(request), body.code.get_secret_value() if body.code else None
    with work.signing_in(
        door_of(request), caller.request, name=body.name, password=body.password.get_secret_value(), code=code,
        rules=entry_rules_of(request), before=request.cookies.get(COOKIE),
    ) as (visit, secret):  # fmt: skip
        answer = session_answer(visit)
    return with_session(JSONResponse(answer.model_dump(mode="json")), secret)


@routes.get("/session", Act.SEE_SESSION)
def session(visit: Visit) -> SessionAnswer:
    """Who is signed in, for how long, and what he may do."""
    return session_answer(visit)


@routes.post("/sign-out", Act.SIGN_OUT, status_code=204)
def sign_out(visit: Visit) -> Response:
    """End this session; its cookie opens nothing any more."""
    work.sign_out(visit)
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="strict")
    return response


@routes.post("/tokens", Act.MAKE_TOKEN, status_code=201)
def make_token(visit: Visit, body: TokenBody) -> TokenAnswer:
    """A token for a machine or device, narrowed to some acts; it is shown this once."""
    made = work.make_token(visit, device=body.device, minutes=body.minutes, acts=body.acts)
    return TokenAnswer(
        id=made.sign_in.id, token=made.secret, device=body.device, acts=sorted(body.acts), ends_at=made.sign_in.ends_at
    )


@routes.get("/sign-ins", Act.LIST_SIGN_INS)
def list_sign_ins(
    visit: Visit, officer: UUID | None = None, party: Annotated[bool, Query(description="all of the party")] = False
) -> SignInsAnswer:
    """Open sessions and tokens: one's own; for an administrator those of an officer, or with `party` of all."""
    found = work.list_sign_ins(visit, officer=officer, all_of_party=party)
    return SignInsAnswer(sign_ins=[open_sign_in_answer(sign_in, visit) for sign_in in found])


@routes.delete("/sign-ins/{which}", Act.END_SIGN_IN, status_code=204)
def end_sign_in(visit: Visit, which: UUID) -> Response:
    """End a session or token at once: one's own, or for an administrator any of the party."""
    work.end_sign_in(visit, which)
    return Response(status_code=204)


@routes.get("/parties", Act.SEE_PARTIES)
def list_parties(visit: Visit) -> PartiesAnswer:
    """All parties of this hub."""
    return PartiesAnswer(parties=[party_answer(party) for party in work.list_parties(visit)])


@routes.get("/officers", Act.SEE_OFFICERS)
def list_officers(visit: Visit) -> OfficersAnswer:
    """The own party's officers and agencies."""
    officers, agencies = work.list_officers(visit)
    return OfficersAnswer(
        officers=[account_answer(account) for account in officers], agencies=[agency_answer(a) for a in agencies]
    )


@routes.post("/officers", Act.ADD_OFFICER, status_code=201)
def add_officer(visit: Visit, body: NewOfficerBody) -> AccountAnswer:
    """A new officer of the own party, with a password to begin with: it holds three days, for choosing his own."""
    account, password = work.add_officer(
        visit, sign_in_name=body.sign_in_name, name=body.name, agency=body.agency, roles=body.roles
    )
    return account_answer(account, password)


@routes.put("/officers/{which}", Act.CHANGE_OFFICER)
def change_officer(visit: Visit, which: UUID, body: ChangedOfficerBody) -> AccountAnswer:
    """Change an officer of the own party; struck off, he is out at once."""
    change = work.OfficerChange(body.name, body.agency, body.roles, body.active, body.new_password)
    return account_answer(*work.change_officer(visit, which, change))


@routes.post("/agencies", Act.ADD_AGENCY, status_code=201)
def add_agency(visit: Visit, body: AgencyBody) -> AgencyAnswer:
    """A new agency of the own party."""
    return agency_answer(work.add_agency(visit, name=body.name))


@routes.get("/audit", Act.READ_AUDIT)
def read_audit(
    visit: Visit,
    object_id: Annotated[UUID, Query(alias="object", description="the record, hit or account in question")],
    limit: Annotated[int, Query(ge=1, le=work.MOST_ENTRIES)] = 100,
) -> AuditAnswer:
    """Who did what to one object, newest first: for auditors and data-protection officers."""
    entries = work.read_audit(visit, object_id, limit=limit)
    return AuditAnswer(entries=[entry_answer(entry) for entry in entries])


def session_answer(visit: Visit) -> SessionAnswer:
    """The session as the pages know it."""
    officer = visit.officer
    return SessionAnswer(
        officer=OfficerAnswer(
            id=officer.id, name=officer.name, party=party_answer(officer.party), agency=officer.agency,
            roles=sorted(officer.roles),
        ),
        csrf=visit.sign_in.csrf, ends_at=visit.sign_in.ends_at,
        operations=[operation_answer(operation) for operation in work.list_operations(visit)],
        purposes=list(Purpose), may=list(rules.acts_of(officer, visit.sign_in)),
        must_enrol=visit.sign_in.acts == rules.ENROLLING, must_choose=visit.sign_in.acts == rules.CHOOSING,
    )  # fmt: skip


def party_answer(party: Party) -> PartyAnswer:
    """A party without its number."""
    return PartyAnswer(code=party.code, name=party.name, kind=party.kind.value, contact=party.contact)


def operation_answer(operation: Operation) -> OperationAnswer:
    """An operation with its posts."""
    return OperationAnswer.model_validate(operation, from_attributes=True)


def open_sign_in_answer(found: OpenSignIn, visit: Visit) -> OpenSignInAnswer:
    """A sign-in, saying whether it is the one being used."""
    return OpenSignInAnswer(
        id=found.id, kind=KINDS.get(found.kind, "session"), officer=found.officer, device=found.device,
        begun_at=found.begun_at, seen_at=found.seen_at, ends_at=found.ends_at, own=found.id == visit.sign_in.id,
    )  # fmt: skip


def account_answer(account: Account, password: str | None = None) -> AccountAnswer:
    """An officer as the administrator sees him."""
    return AccountAnswer(
        id=account.id, sign_in_name=account.sign_in_name, name=account.name, agency=agency_answer(account.agency),
        roles=sorted(account.roles), active=account.active, created_at=account.created_at, initial_password=password,
    )  # fmt: skip


def agency_answer(agency: Agency) -> AgencyAnswer:
    """An agency."""
    return AgencyAnswer(id=agency.id, name=agency.name)


def entry_answer(entry: AuditEntry) -> EntryAnswer:
    """A line of the trail."""
    return EntryAnswer.model_validate(entry, from_attributes=True)
