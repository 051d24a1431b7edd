"""The table of the proofs: every route, every command and every kind of stream has its row here.

A new route fails until it has one. A row says with which act the policy (policy.cedar) knows it, what a valid request
looks like, and whose objects it names; the proofs make everything else of it themselves.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.promises import (
    guarded,
    rows_ballistics,
    rows_dealers,
    rows_firearms,
    rows_modi,
    rows_occurrences,
    rows_operations,
    rows_people,
    rows_results,
    rows_seizures,
    rows_tracing,
)
from tests.promises.cast import NOTHING_HELD, Side
from tests.promises.knocking import Knock
from tests.promises.row import Make, Row as Row, nothing
from tests.promises.sealing import after_sealing, countersigned, new_key, sizes
from tests.town import PASSWORD

OPENING = {"purpose": "identification", "reason": "asked for by the court of the port"}
TABLE, POLICY = "tests/promises/rows.py", "tests/promises/policy.cedar"

# Whose ids requests name, and how a side makes one of its own that `who` may use.
OBJECTS: dict[str, Make] = {
    "sign_in": lambda side, who: side.sign_in_of(who),
    "officer": lambda side, who: side.officer()["id"],
    "agency": lambda side, who: side.agency(),
    "operation": lambda side, who: side.operation(),
    "post": lambda side, who: side.post(side.operation()),
    "check": lambda side, who: side.check(),
    "hit": lambda side, who: side.hit_asked(),
    "person": lambda side, who: side.record("person")["id"],
    "document": lambda side, who: side.record("document")["id"],
    "vehicle": lambda side, who: side.record("vehicle")["id"],
    "firearm": lambda side, who: side.record("firearm")["id"],
    "approval": guarded.asked_by_another,
    "glass": guarded.glass_of_another,
    "device": guarded.device_of,
    "sealed": lambda side, who: side.sealed(),
    "recall": lambda side, who: side.recall(),
    "subject_request": lambda side, who: side.subject_request(),
    **rows_occurrences.OBJECTS,
    **rows_operations.OBJECTS,
    **rows_results.OBJECTS,
    **rows_firearms.OBJECTS,
    **rows_modi.OBJECTS,
    **rows_dealers.OBJECTS,
    **rows_tracing.OBJECTS,
    **rows_ballistics.OBJECTS,
}


def which(kind: str) -> Make:
    """The path of one object of this kind, under the name `which`."""
    return lambda side, who: {"which": OBJECTS[kind](side, who)}


def entry(kind: str) -> Make:
    """The body that enters a record."""
    return lambda side, who: {"content": side.content(kind, side.world.number())}


def entering(kind: str) -> Row:
    """The row of entering a record of this kind."""
    return Row("add_record", body=entry(kind), good=201)


def revision(kind: str) -> Make:
    """The body that changes a record at its first version."""
    return lambda side, who: entry(kind)(side, who) | {"version": 1}


def changing(kind: str) -> Row:
    """The row of changing a record of this kind."""
    return Row("change_record", path=which(kind), body=revision(kind), ids={"which": kind})


def vehicle_path(side: Side, who: Knock) -> dict[str, str]:
    return {"kind": "vehicle", "which": side.record("vehicle")["id"]}


def shown(name: str, parameter: str = "which") -> Make:
    return lambda side, who: {parameter: OBJECTS[name](side, who)}


def question(side: Side, who: Knock) -> dict[str, Any]:
    """A check for an operation at a post of it, of a vehicle that nobody holds."""
    operation = side.operation()
    asked = side.question("vehicle", side.content("vehicle", side.world.number()))
    return asked | {"operation": operation, "post": side.post(operation)}


def batch(side: Side, who: Knock) -> bytes:
    """Two checks, a line each."""
    return b"".join(json.dumps(question(side, who)).encode() + b"\n" for _ in range(2))


def query_of_match(side: Side, who: Knock) -> dict[str, Any]:
    properties = {"name": ["Bea Inventada Nadie"], "passportNumber": [f"77{side.world.number():06d}"]}
    return {"queries": {"q": {"schema": "Person", "properties": properties}}}


def place_of_match(side: Side, who: Knock) -> dict[str, Any]:
    operation = side.operation()
    return {"operation": operation, "post": side.post(operation)}


def new_post(side: Side, who: Knock) -> dict[str, Any]:
    return {"name": f"Bridge {side.world.number()}", "kind": "border", "latitude": -20.0, "longitude": -60.0}


def changed_plan(side: Side, who: Knock) -> dict[str, Any]:
    later = (side.world.now() + timedelta(days=3)).isoformat()
    return side.plan() | {"name": "Another name", "ends_at": later}


def new_subject_request(side: Side, who: Knock) -> dict[str, Any]:
    person = {"names": ["Bea Inventada Nadie"], "births": ["1976-05-12"]}
    reference = f"DPO {side.world.number()}"
    return {"kind": "access", "reference": reference, "received_on": "2026-03-02", "person": person}


def received_subject_request(side: Side, who: Knock) -> dict[str, str]:
    return {"which": side.subject_request(admitted=False)}


def undecided_subject_request(side: Side, who: Knock) -> dict[str, str]:
    made = side.subject_request(admitted=False)
    side.protector().done("POST", f"/api/subject-requests/{made}/admission", {})
    return {"which": made}


def subject_row(act: str, path: Make, body: Make = nothing) -> Row:
    """The row of a route about one request of a person."""
    return Row(act, path=path, body=body, ids={"which": "subject_request"})


# Answers of passkeys that prove nothing, in their right form.
OF_BROWSERS = "browsers put more into a passkey's answer than the hub reads"
NOBODYS = "01234567-89ab-7def-8123-456789abcdef"
SHOWN = {
    "id": "AAAA", "rawId": "AAAA", "type": "public-key",
    "response": {"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA"},
}  # fmt: skip
MADE = SHOWN | {"response": {"clientDataJSON": "e30", "attestationObject": "oA"}}
PUBLIC = Row(None)
FIRST = {
    "code": "none", "party": "ARC", "party_name": "Arcadia", "kind": "country", "sign_in_name": "chief",
    "name": "Bea Inventada", "agency": "Police", "password": PASSWORD,
}  # fmt: skip
ROWS: dict[str, Row] = {
    "GET /api/openapi.json": PUBLIC,
    "GET /assets": Row(None, good=307),
    "GET /": PUBLIC,
    "GET /field": PUBLIC,
    "GET /look": PUBLIC,
    "GET /field-worker.js": PUBLIC,
    "GET /api/health": PUBLIC,
    "POST /api/sign-in": Row(None, body=lambda side, who: {"name": who.session["name"], "password": PASSWORD}),
    "GET /api/session": Row("see_session"),
    "POST /api/sign-out": Row("sign_out", good=204, ends_session=True),
    "POST /api/tokens": Row(
        "make_token", body=lambda side, who: {"device": "gate 4", "minutes": 480, "acts": ["see_session"]}, good=201
    ),
    "GET /api/sign-ins": Row("list_sign_ins", ids={"officer": "officer"}),
    "DELETE /api/sign-ins/{which}": Row("end_sign_in", path=which("sign_in"), good=204, ids={"which": "sign_in"}),
    "GET /api/sign-in/ways": PUBLIC,
    "POST /api/sign-in/passkey/question": Row(None, body=lambda side, who: {"name": who.session["name"]}),
    "POST /api/sign-in/passkey": Row(None, body=lambda side, who: {"credential": SHOWN}, good=401),
    "POST /api/sign-in/issuer/{name}": Row(None, path=lambda side, who: {"name": "nowhere"}, good=404),
    "GET /api/sign-in/issuer/back": Row(None, query=lambda side, who: {"state": "none"}, good=303),
    "GET /api/account": Row("see_account"),
    "POST /api/account/passkeys/question": Row("add_passkey"),
    # A passkey or code that was truly added would be asked for at every later sign-in: tests/access has those.
    "POST /api/account/passkeys": Row(
        "add_passkey", body=lambda side, who: {"name": "phone", "credential": MADE}, good=403, lenient=OF_BROWSERS
    ),
    "DELETE /api/account/passkeys/{which}": Row("remove_passkey", path=lambda side, who: {"which": NOBODYS}, good=404),
    "POST /api/account/code": Row("set_codes"),
    "POST /api/account/code/first": Row("set_codes", body=lambda side, who: {"code": "none so far"}, good=422),
    "DELETE /api/account/code": Row("remove_codes", good=404),
    "POST /api/account/recovery-codes": Row("set_codes"),
    "PUT /api/account/password": Row(
        "change_password", body=lambda side, who: {"current": PASSWORD, "new": PASSWORD}, good=204, ends_session=True
    ),
    "POST /api/account/end-others": Row("end_other_sign_ins"),
    "POST /api/session/proof/question": Row("prove"),
    "POST /api/session/proof": Row("prove", body=lambda side, who: {"password": PASSWORD}, ends_session=True),
    "DELETE /api/officers/{which}/factors": Row(
        "reset_factors", path=which("officer"), good=204, ids={"which": "officer"}
    ),
    "GET /api/officers/{which}/identities": Row("link_identity", path=which("officer"), ids={"which": "officer"}),
    "POST /api/officers/{which}/identities": Row(
        "link_identity", path=which("officer"), body=lambda side, who: {"issuer": "nowhere", "subject": "u-1"},
        good=404, ids={"which": "officer"},
    ),
    "POST /api/officers/{which}/identities/end": Row(
        "link_identity", path=which("officer"), body=lambda side, who: {"issuer": "nowhere", "subject": "u-1"},
        good=404, ids={"which": "officer"},
    ),
    "GET /api/parties": Row("see_parties"),
    "GET /api/officers": Row("see_officers"),
    "POST /api/officers": Row(
        "add_officer", body=lambda side, who: side.new_officer(), good=201, ids={"agency": "agency"},
    ),
    "PUT /api/officers/{which}": Row(
        "change_officer", path=which("officer"), body=lambda side, who: {"name": "Bea Otra", "agency": side.agency()},
        ids={"which": "officer", "agency": "agency"},
    ),
    "POST /api/agencies": Row(
        "add_agency", body=lambda side, who: {"name": f"Service {side.world.number()}"}, good=201
    ),
    "GET /api/audit": Row("read_audit", query=shown("vehicle", "object"), ids={"object": "vehicle"}),
    "GET /api/audit/head": Row("see_audit_heads", query=after_sealing),
    "GET /api/audit/hours": Row("see_audit_heads"),
    "GET /api/audit/consistency": Row("see_audit_heads", query=sizes),
    "GET /api/audit/witnesses": Row("see_audit_heads"),
    "POST /api/audit/witnesses": Row("register_witness", body=new_key, good=201),
    "GET /api/audit/countersignatures": Row("see_audit_heads"),
    "POST /api/audit/countersignatures": Row("countersign_head", body=countersigned, good=201),
    "GET /api/audit/proofs": Row(
        "read_audit", query=lambda side, who: after_sealing(side, who) | shown("vehicle", "object")(side, who),
        ids={"object": "vehicle"},
    ),
    "GET /api/operations": Row("see_operations"),
    "POST /api/operations": Row("add_operation", body=lambda side, who: side.plan(), good=201),
    "PUT /api/operations/{which}": Row(
        "change_operation", path=which("operation"), body=changed_plan, ids={"which": "operation"}
    ),
    "POST /api/operations/{which}/posts": Row(
        "add_post", path=which("operation"), body=new_post, good=201, ids={"which": "operation"}
    ),
    "POST /api/checks": Row("ask_check", body=question, ids={"operation": "operation", "post": "post"}),
    "POST /api/checks/batch": Row("ask_check", body=batch),
    "GET /api/checks": Row("list_checks", ids={"post": "post", "operation": "operation"}),
    "GET /api/checks/{check}": Row("read_check", path=shown("check", "check"), ids={"check": "check"}),
    "GET /api/hits": Row("list_hits"),
    "GET /api/hits/{hit}": Row("read_hit", path=shown("hit", "hit"), ids={"hit": "hit"}),
    "POST /api/hits/{hit}/referral": Row(
        "refer_hit", path=shown("hit", "hit"), body=lambda side, who: {"note": "please look"}, ids={"hit": "hit"}
    ),
    "POST /api/hits/{hit}/decision": Row(
        "decide_hit", path=lambda side, who: {"hit": side.hit_owned()},
        body=lambda side, who: {"decision": "confirmed", "reason": "it is ours"}, ids={"hit": "hit"},
    ),
    "POST /api/hits/{hit}/outcome": Row(
        "record_outcome", path=shown("hit", "hit"), body=lambda side, who: {"outcome": "cleared"}, ids={"hit": "hit"}
    ),
    "GET /api/sets": Row("list_sets"),
    "POST /api/records/person": entering("person"),
    "POST /api/records/document": entering("document"),
    "POST /api/records/vehicle": entering("vehicle"),
    "POST /api/records/firearm": entering("firearm"),
    "PUT /api/records/person/{which}": changing("person"),
    "PUT /api/records/document/{which}": changing("document"),
    "PUT /api/records/vehicle/{which}": changing("vehicle"),
    "PUT /api/records/firearm/{which}": changing("firearm"),
    "POST /api/records/{kind}/{which}/end": Row(
        "end_record", path=vehicle_path, body=lambda side, who: {"version": 1, "reason": "found"},
        ids={"which": "vehicle"},
    ),
    "GET /api/records/{kind}/{which}": Row("read_record", path=vehicle_path, ids={"which": "vehicle"}),
    "GET /api/records/{kind}/{which}/history": Row("read_history", path=vehicle_path, ids={"which": "vehicle"}),
    "POST /api/records/{which}/sealed/{field}/opening": Row(
        "open_sealed", path=lambda side, who: {"which": side.sealed(), "field": "names"},
        body=lambda side, who: OPENING, ids={"which": "sealed"},
    ),
    "POST /api/records/sealed/lookup": Row("find_sealed", body=lambda side, who: OPENING | {"number": "ZZ0000001"}),
    "POST /api/wall-session": Row(
        "make_token", body=lambda side, who: {"name": "north wall", "hours": 1}, good=201, ends_session=True
    ),
    "GET /api/retention/due": Row("list_due"),
    "POST /api/records/{kind}/{which}/renewal": Row(
        "renew_record", path=vehicle_path, body=lambda side, who: {"version": 1, "reason": OPENING["reason"]},
        ids={"which": "vehicle"},
    ),
    "POST /api/records/{kind}/{which}/erasure": Row(
        "erase_record", path=vehicle_path, body=lambda side, who: {"version": 1, "reason": OPENING["reason"]},
        ids={"which": "vehicle"},
    ),
    "GET /api/retention/erasures": Row("list_erasures", ids={"record": "vehicle"}),
    "GET /api/retention/recalls": Row("list_recalls"),
    "POST /api/retention/recalls/{which}/acknowledgement": Row(
        "acknowledge_recall", path=lambda side, who: {"which": side.recall()}, ids={"which": "recall"}
    ),
    "GET /api/room/figures": Row("read_room", ids={"operation": "operation"}),
    "GET /api/room/live": Row("read_room", ids={"operation": "operation", "post": "post"}),
    "GET /api/room/events": Row("read_room", ids={"operation": "operation", "post": "post"}),
    "GET /api/feed": Row("follow_feed", headers=lambda side, who: {"last_event_id": str(who.heard)}),
    "GET /api/subject-requests": Row("list_subject_requests"),
    "POST /api/subject-requests": Row("receive_subject_request", body=new_subject_request, good=201),
    "GET /api/subject-requests/{which}": subject_row("read_subject_request", which("subject_request")),
    "GET /api/subject-requests/{which}/records": subject_row("find_subject_records", which("subject_request")),
    "POST /api/subject-requests/{which}/admission": subject_row(
        "admit_subject_request", received_subject_request, lambda side, who: {"parties": [side.code]}
    ),
    "POST /api/subject-requests/{which}/decision": subject_row(
        "decide_subject_request", undecided_subject_request, lambda side, who: NOTHING_HELD
    ),
    "POST /api/subject-requests/{which}/answer": subject_row("answer_subject_request", which("subject_request")),
    "POST /api/subject-requests/{which}/withdrawal": subject_row("answer_subject_request", received_subject_request),
    "POST /api/records/{kind}/{which}/release": Row(
        "release_record", path=vehicle_path, good=202, ids={"which": "vehicle"},
        body=lambda side, who: {"version": 1, "terms": guarded.WIDER, "reason": "asked for"},
    ),
    "POST /api/records/person/{which}/merge": Row(
        "merge_records", path=which("person"), body=guarded.merge_body, good=202,
        ids={"which": "person", "other": "person"},
    ),
    "POST /api/exports": Row("export_records", body=guarded.export_body, good=202),
    "GET /api/exports/{which}": Row(
        "fetch_export", path=lambda side, who: {"which": guarded.ready_export(side, who)}, ids={"which": "approval"},
        own=True,
    ),
    "GET /api/approvals": Row("list_approvals"),
    "POST /api/approvals/{which}/approval": Row(
        "approve", path=which("approval"), body=guarded.digest, ids={"which": "approval"}
    ),
    "POST /api/approvals/{which}/rejection": Row(
        "turn_down", path=which("approval"), body=lambda side, who: {"reason": "a mistake"}, ids={"which": "approval"}
    ),
    "DELETE /api/approvals/{which}": Row(
        "withdraw", path=lambda side, who: {"which": guarded.asked_by(side, who)}, ids={"which": "approval"}
    ),
    "POST /api/break-glass": Row("break_glass", body=guarded.glass_body, good=201, ids={"record": "vehicle"}),
    "GET /api/break-glass": Row("list_glasses"),
    "DELETE /api/break-glass/{which}": Row(
        "close_glass", path=lambda side, who: {"which": guarded.glass_of(side, who)}, ids={"which": "glass"}
    ),
    "POST /api/break-glass/{which}/review": Row(
        "review_glass", path=which("glass"), body=lambda side, who: {"verdict": "justified", "answer": "it was right"},
        ids={"which": "glass"},
    ),
    "GET /api/break-glass/{which}/record": Row(
        "read_through_glass", path=lambda side, who: {"which": guarded.glass_of(side, who)}, ids={"which": "glass"},
        own=True,
    ),
    "GET /api/devices": Row("list_devices"),
    "POST /api/devices/invitations": Row(
        "invite_device", body=lambda side, who: {"name": "phone", "address": "https://hub.test"}, good=201,
        ids={"officer": "officer"},
    ),
    "POST /api/devices/enrolment": Row(None, body=guarded.enrolment, good=401),
    "POST /api/devices/{which}/challenge": Row(None, path=guarded.anybody),
    "POST /api/devices/{which}/token": Row(
        None, path=guarded.anybody, body=lambda side, who: {"challenge": "x" * 43}, good=401
    ),
    "POST /api/devices/{which}/confirmation": Row("confirm_device", path=which("device"), ids={"which": "device"}),
    "DELETE /api/devices/{which}": Row("revoke_device", path=which("device"), good=204, ids={"which": "device"}),
    "GET /api/first": Row(None, good=404),
    "POST /api/first": Row(None, body=lambda side, who: FIRST, good=404),
    "GET /first": Row(None, good=404),
    "POST /match": Row(
        "ask_check", query=place_of_match, body=query_of_match, ids={"operation": "operation", "post": "post"},
        lenient="clients of yente send fields of other models beside; they can only narrow what is asked",
    ),
    "POST /match/{dataset}": Row(
        "ask_check", path=lambda side, who: {"dataset": "default"}, body=query_of_match,
        lenient="the same as POST /match",
    ),
    **rows_occurrences.ROWS,
    **rows_operations.ROWS,
    **rows_people.ROWS,
    **rows_results.ROWS,
    **rows_seizures.ROWS,
    **rows_firearms.ROWS,
    **rows_modi.ROWS,
    **rows_dealers.ROWS,
    **rows_tracing.ROWS,
    **rows_ballistics.ROWS,
}  # fmt: skip

# Commands run as whoever may start a program on the machine with the hub's own settings; none acts for an officer but
# `check`, which signs in as one. `owner`: works with the owner's connection, for founding and set-up; what belongs to a
# party is written standing under it. `door`: asks the hub as a signed-in officer. `machine`: touches no party's data
# beyond what the machine's operator already holds as files.
COMMANDS: dict[str, str] = {
    "audit export": "machine",
    "audit new-key": "machine",
    "audit status": "machine",
    "audit verify": "machine",
    "audit witness": "machine",
    "audit witness-key": "machine",
    "backup keys": "machine",
    "backup list": "machine",
    "backup run": "machine",
    "backup verify": "machine",
    "ballistics build": "machine",
    "ballistics bullets": "machine",
    "ballistics compare": "machine",
    "ballistics rank": "machine",
    "ballistics simulate": "machine",
    "bench checks": "machine",
    "check": "door",
    "crossmatch": "owner",
    "dealers audit": "machine",
    "dealers invent": "machine",
    "dealers judge": "machine",
    "demo": "machine",
    "demo trigger": "machine",
    "demo turquesa": "machine",
    "device list": "owner",
    "device lose": "owner",
    "doctor": "machine",
    "firearms calibre": "machine",
    "firearms reference": "owner",
    "first-code": "machine",
    "index rebuild": "machine",
    "index status": "machine",
    "index verify": "machine",
    "index warm": "machine",
    "keys check": "owner",
    "keys rotate": "owner",
    "keys seal": "owner",
    "keys status": "owner",
    "load canada-sema": "owner",
    "load documents": "owner",
    "load firearms": "owner",
    "load notices": "owner",
    "load ofac-sdn": "owner",
    "load rates": "owner",
    "load un-sc": "owner",
    "load vehicles": "owner",
    "marks build": "machine",
    "marks search": "machine",
    "marks verify": "machine",
    "migrate": "machine",
    "names build": "machine",
    "names score": "machine",
    "names search": "machine",
    "officer add": "owner",
    "officer list": "owner",
    "officer password": "owner",
    "operation add": "owner",
    "operation list": "owner",
    "party add": "owner",
    "party list": "owner",
    "restore": "machine",
    "seizures normalise": "machine",
    "serve": "machine",
}


@dataclass(frozen=True, slots=True)
class Stream:
    """A kind of line in the feed: what of it goes out, and which act opens what it names."""

    fields: frozenset[str]
    opened_by: str | None


STREAMS: dict[str, Stream] = {
    "occurrence": Stream(frozenset({"id", "change"}), "GET /api/detections/{which:uuid}"),
    "audit_head": Stream(frozenset({"id", "change"}), None),
    "checks": Stream(frozenset({"n"}), None),
    "hit": Stream(frozenset({"id", "change"}), "GET /api/hits/{hit}"),
    "approval": Stream(frozenset({"id", "change"}), None),
    "glass": Stream(frozenset({"id", "change"}), None),
    "recall": Stream(frozenset({"id", "change"}), None),
    "retention": Stream(frozenset({"id", "change"}), None),
    "situation_report": Stream(frozenset({"id", "change"}), None),
    "marks": Stream(frozenset({"id", "change"}), None),
    "meeting": Stream(frozenset({"id", "change"}), None),
    "trace": Stream(frozenset({"id", "change"}), None),
    "ballistics": Stream(frozenset({"id", "change"}), None),
    "ballistics_work": Stream(frozenset({"id", "change"}), None),
}


def wanted(name: str) -> str:
    """The sentence for a route without a row."""
    return (
        f"{name} has no row: {TABLE} wants one in ROWS (its act, a valid request, the ids it names),"
        f" and {POLICY} a word on who may do its act."
    )
