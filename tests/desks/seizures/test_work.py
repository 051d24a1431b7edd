from __future__ import annotations

import base64
from collections.abc import Generator
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from tests.engines.likeness.test_perceptual import coded, drawn
from tests.records.occurrences.field import Field, in_the_field
from tripoint.access.model import Party, Role
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7

ANALYST, VIEWER = Role.ANALYST, Role.VIEWER
COCAINE = {"category": "drug", "unit": "kilogram", "quantity": "12.5", "reported_as": "Clorhidrato de cocaína"}
ACID = {"category": "precursor", "unit": "litre", "quantity": "200", "reported_as": "acide chlorhydrique"}
ROUNDS = {"category": "ammunition", "unit": "box", "quantity": "10", "rounds": 500, "calibre": "9 mm"}
REASON = "looked at with the laboratory"


@pytest.fixture(scope="module")
def field(database: Servers) -> Generator[Field]:
    with in_the_field(database) as made:
        yield made


def file(field: Field, *items: dict[str, Any], party: Party | None = None, **values: Any) -> dict[str, Any]:
    body = field.body({"items": list(items), **values})
    made: dict[str, Any] = field.desk(ANALYST, party=party)("POST", "/api/seizures", 201, json=body)
    return made


def totals(field: Field, *roles: Role) -> dict[str, Any]:
    address = f"/api/seizures/totals?operation={field.operation.id}"
    found: dict[str, Any] = field.desk(*roles or (ANALYST,))("GET", address)
    return found


def items(field: Field, which: str) -> list[dict[str, Any]]:
    address = f"/api/seizures/items?operation={field.operation.id}&seizure={which}"
    found: list[dict[str, Any]] = field.desk(ANALYST)("GET", address)["items"]
    return found


def price(**more: Any) -> dict[str, Any]:
    return {
        "id": str(uuid7()), "item": 1, "basis": "kilogram", "level": "wholesale", "low": "20000", "central": "28080",
        "high": "30000", "currency": "USD", "per_usd": "1", "rate_source": "none needed", "source": "price survey",
        "place": "Puerto Alto", "priced_on": "2026-01-31",
    } | more  # fmt: skip


def test_items_are_weighed_on_their_way_in_and_follow_every_correction(field: Field) -> None:
    plants = {"category": "drug", "unit": "plant", "quantity": "40", "substance": "cannabis"}
    pure = COCAINE | {"weighed_as": "pure", "purity": "80"}
    before = totals(field)
    made = file(field, COCAINE, ACID, ROUNDS, plants, pure)
    told = made["line"]["items"]
    assert (told[0]["kilograms"], told[0]["family"]) == ("12.5", "cocaine")
    assert (told[2]["rounds"], told[3]["plants"]) == (500, 40)
    found = {one["number"]: one for one in items(field, made["id"])}
    assert (found[1]["substance"], found[1]["form"], found[1]["factor"]) == ("cocaine", "salt", "kilogram")
    assert (found[2]["family"], found[2]["kilograms"]) == ("precursors", "200")
    assert (found[4]["kilograms"], found[4]["reason"], found[5]["reason"]) == (None, "plants", "purity_adjusted")
    after = totals(field)
    assert Decimal(after["drugs_kg"]) - Decimal(before["drugs_kg"]) == Decimal("12.5")
    assert Decimal(after["precursors_kg"]) - Decimal(before["precursors_kg"]) == 200
    assert (after["rounds"] - before["rounds"], after["plants"] - before["plants"]) == (500, 40)
    less = {"values": {"items": [COCAINE | {"quantity": "2"}]}, "reason": "weighed again"}
    field.desk(ANALYST)("PUT", f"/api/seizures/{made['id']}", json=less)
    assert [one["kilograms"] for one in items(field, made["id"])] == ["2"]
    body = field.desk(ANALYST)("GET", f"/api/seizures/{made['id']}")["body"]
    assert body["items"] == [COCAINE | {"quantity": "2"}]
    field.desk(ANALYST)("POST", f"/api/seizures/{made['id']}/state", json={"state": "withdrawn", "reason": "a drill"})
    assert totals(field)["drugs_kg"] == before["drugs_kg"]


def test_a_weight_above_its_gate_waits_for_a_person_and_a_wrong_one_counts_nowhere(field: Field) -> None:
    before = totals(field)
    made = file(field, COCAINE | {"unit": "tonne", "quantity": "9000"})
    assert made["line"]["items"][0]["above_gate"] is True
    after = totals(field)
    assert after["gates_open"] == before["gates_open"] + 1
    address, said = f"/api/seizures/{made['id']}/gates", {"item": 1, "decision": "wrong", "reason": REASON}
    field.desk(VIEWER)("POST", address, 403, json=said)
    field.desk(ANALYST, party=field.theirs)("POST", address, 403, json=said)
    judged = field.desk(ANALYST)("POST", address, json=said)
    assert (judged["set_aside"], judged["decision"]) == (True, "wrong")
    field.desk(ANALYST)("POST", address, 409, json=said | {"decision": "stands"})
    assert totals(field)["drugs_kg"] == before["drugs_kg"]
    line = field.desk(ANALYST)("GET", f"/api/seizures/{made['id']}")["line"]
    assert "kilograms" not in line["items"][0]
    field.desk(ANALYST)("POST", f"/api/seizures/{file(field, COCAINE)['id']}/gates", 422, json=said)


def test_reports_that_look_alike_are_one_event_only_when_a_person_says_so(field: Field) -> None:
    odd = COCAINE | {"quantity": "33.173"}
    mine, theirs = file(field, odd, credit_share=75), file(field, odd, party=field.theirs, credit_share=25)
    pair = {"one": mine["id"], "other": theirs["id"]}
    address = f"/api/seizures/doubles?operation={field.operation.id}"
    every = field.desk(ANALYST)("GET", address)["doubles"]
    found = [one for one in every if {one["one"], one["other"]} == set(pair.values())]
    assert [one["decision"] for one in found] == [None]
    before = Decimal(totals(field)["drugs_kg"])
    said = pair | {"decision": "same", "reason": REASON, "joins": theirs["id"]}
    error = field.desk(ANALYST)("POST", "/api/seizures/doubles", 422, json=said)["error"]
    assert error["field"] == "joins"
    field.desk(ANALYST)("POST", "/api/seizures/doubles", json=said | {"joins": mine["id"]})
    after = totals(field)
    assert before - Decimal(after["drugs_kg"]) == Decimal("33.173")
    shares = {one["party"]: Decimal(one["drugs_kg"]) for one in after["shares"]}
    assert sum(shares.values()) == pytest.approx(Decimal(after["drugs_kg"]))
    assert shares[field.theirs.code] == pytest.approx(Decimal("33.173") / 4)
    stranger = {"one": str(uuid7()), "other": mine["id"], "decision": "different", "reason": REASON}
    field.desk(ANALYST)("POST", "/api/seizures/doubles", 404, json=stranger)


def test_pictures_of_a_seizure_are_seen_by_who_may_read_it(field: Field) -> None:
    made = file(field, COCAINE)
    address, desk = f"/api/seizures/{made['id']}/pictures", field.desk(ANALYST)
    stranger = field.desk(ANALYST, party=field.theirs)
    which = str(uuid7())
    content = base64.b64encode(coded(drawn(7), "PNG")).decode()
    desk("POST", "/api/pictures", 201, json={"id": which, "file": content})
    stranger("GET", f"/api/pictures/{which}", 404)
    assert desk("PUT", address, json={"pictures": [which]})["pictures"] == [which]
    assert stranger("GET", address)["pictures"] == [which]  # the report is told to the operation, its pictures too
    assert stranger.client.get(f"/api/pictures/{which}").status_code == 200
    stranger("PUT", address, 403, json={"pictures": []})
    assert desk("PUT", address, json={"pictures": []})["pictures"] == []
    stranger("GET", f"/api/pictures/{which}", 404)
    desk("PUT", address, 422, json={"pictures": [str(uuid7())]})


def test_a_price_shows_what_it_rests_on_and_one_price_on_everything_is_called_so(field: Field) -> None:
    made = file(field, COCAINE, {"category": "drug", "unit": "kilogram", "quantity": "10", "substance": "cannabis"})
    address, desk = f"/api/seizures/{made['id']}/valuations", field.desk(ANALYST)
    first = price(published=True)
    kept = desk("POST", address, 201, json=first)
    assert (kept["central_usd"], kept["quantity"], kept["published"]) == ("351000.00", "12.5", True)
    assert desk("POST", address, 200, json=first)["id"] == first["id"]
    desk("POST", address, 422, json=first | {"central": "29000"})
    for wrong in ({"low": "40000"}, {"basis": "round"}, {"item": 9}, {"per_usd": "2"}, {"item": None}):
        desk("POST", address, 422, json=price(**wrong))
    assert totals(field)["worth"]["one_price"] is False
    desk("POST", address, 201, json=price(item=2, published=True))
    worth = totals(field)["worth"]
    assert (worth["one_price"], worth["per_kilogram_usd"], worth["levels"]) == (True, "28080.00", ["wholesale"])
    assert desk("GET", f"/api/seizures/{made['id']}")["line"]["valued_usd"] == "631800.00"
    whole = price(item=None, basis="whole", low="1", central="2", high="3", level="retail")
    desk("POST", address, 201, json=whole)
    listed = desk("PUT", f"{address}/{whole['id']}", json={"published": True})["valuations"]
    assert [one["id"] for one in listed if one["published"]] == [whole["id"]]
    desk("PUT", f"{address}/{first['id']}", json={"published": True})
    less = {"values": {"items": [COCAINE | {"quantity": "2"}]}, "reason": "weighed again"}
    desk("PUT", f"/api/seizures/{made['id']}", json=less)
    assert not any(one["published"] for one in desk("GET", address)["valuations"])
    field.desk(ANALYST, party=field.theirs)("POST", address, 403, json=price())
    desk("GET", f"/api/seizures/{UUID(int=7)}/valuations", 404)
