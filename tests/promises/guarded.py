"""Objects of requests that need two people, emergencies and devices: who asks, who else must have acted before."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.handset import HOST, Handset
from tests.promises.cast import Side
from tests.promises.knocking import Knock
from tests.town import employ
from tripoint.access.model import Role

WHY = "A life depends on it, says the post at the bridge."
WIDER = {"readers": {"kind": "everyone"}}
OPENERS: dict[str, Knock] = {}  # by party and world
LATEST: dict[str, Any] = {}  # the request for approval made last: its digest goes into the body


def roles_of(who: Knock) -> set[str]:
    return set(who.session["officer"]["roles"])


def merge_body(side: Side, who: Knock) -> dict[str, Any]:
    """The body that asks to merge another person of the party's into one at its first version."""
    return {"version": 1, "other": side.record("person")["id"], "other_version": 1, "reason": "the same person"}


def asked_by(side: Side, who: Knock) -> str:
    """A request of `who` that waits: a merge, or an export of one who asks for no merges; the keeper's for others."""
    roles = roles_of(who)
    if not roles & {"contributor", "analyst", "liaison_officer", "data_protection_officer"}:
        who = side.keeper
    if roles == {"data_protection_officer"}:
        made = who.done("POST", "/api/exports", export_body(side, who))
    else:
        path = f"/api/records/person/{side.record('person')['id']}/merge"
        made = who.done("POST", path, merge_body(side, who))
    LATEST.clear()
    LATEST.update(made)
    return str(made["id"])


def asked_by_another(side: Side, who: Knock) -> str:
    """A request that `who` did not make, and may decide where his role lets him."""
    return asked_by(side, side.protector() if who is side.keeper else side.keeper)


def digest(side: Side, who: Knock) -> dict[str, str]:
    return {"digest": LATEST["digest"]}


def export_body(side: Side, who: Knock) -> dict[str, Any]:
    return {"what": "firearm", "recipient": "Court", "purpose": "investigation", "reason": "the court asks"}


def ready_export(side: Side, who: Knock) -> str:
    """An export that `who` asked for, or the keeper where he may not, and another officer approved."""
    asker = who if roles_of(who) & {"analyst", "liaison_officer", "data_protection_officer"} else side.keeper
    made = asker.done("POST", "/api/exports", export_body(side, asker))
    second = side.protector() if asker is side.keeper else side.keeper
    second.done("POST", f"/api/approvals/{made['id']}/approval", {"digest": made["digest"]})
    return str(made["id"])


def glass_body(side: Side, who: Knock) -> dict[str, Any]:
    return {"kind": "vehicle", "record": side.record("vehicle")["id"], "reason": WHY}


def glass_of(side: Side, who: Knock) -> str:
    """A record that `who` has open in an emergency, or the keeper where `who` opens none."""
    opens = {"field_officer", "analyst", "liaison_officer", "coordinator"} & roles_of(who)
    return glass_opened(side, who if opens else side.keeper)


def glass_of_another(side: Side, who: Knock) -> str:
    """A record of the party's that somebody else than `who` has open."""
    if who is not side.keeper:
        return glass_opened(side, side.keeper)
    name = f"{side.code} of {id(side.world)}"
    if name not in OPENERS:
        account = employ(side.world.database, side.party, Role.FIELD_OFFICER)
        OPENERS[name] = side.world.browser(account.sign_in_name, side.keeper.street)
    return glass_opened(side, OPENERS[name])


def glass_opened(side: Side, opener: Knock) -> str:
    """Three are open at once at most: earlier ones are closed first."""
    for one in opener.done("GET", "/api/break-glass")["opened"]:
        if one["own"] and not one["closed_at"]:
            opener("DELETE", f"/api/break-glass/{one['id']}")
    return str(opener.done("POST", "/api/break-glass", glass_body(side, opener))["id"])


def device_of(side: Side, who: Knock) -> str:
    """A device that the administrator invited for `who`; it sleeps."""
    body = {"name": "phone", "address": HOST, "officer": who.session["officer"]["id"]}
    code = str(side.chief.done("POST", "/api/devices/invitations", body)["link"]).partition("#enrol=")[2]
    handset, path = Handset(side.world.app), "/api/devices/enrolment"
    made = Knock(side.keeper.street)(
        "POST", path, {"code": code, "key": handset.public}, dpop=handset.proof("POST", path, code)
    )
    return str(made.json()["device"])


def enrolment(side: Side, who: Knock) -> dict[str, Any]:
    """An enrolment by a code that nobody gave out."""
    return {"code": "x" * 43, "key": Handset(side.world.app).public}


def anybody(side: Side, who: Knock) -> dict[str, str]:
    """A device that nobody has."""
    return {"which": str(uuid4())}
