"""A party hands in its list over HTTP: what becomes of it row by row, all of it or nothing, and who did it."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from tests.town import Browser, application, as_owner, browser, employ, found, rows
from tripoint.access.http import routes as access
from tripoint.access.model import Party, PartyKind, Role
from tripoint.base.embedded_postgres import Servers
from tripoint.records.http import routes as records
from tripoint.records.loading.http import routes

HEADING = "status,serial,make,model,calibre,type\n"


@pytest.fixture
def app(engine: Engine) -> FastAPI:
    return application(engine, access.router, records.router, routes.router)


@pytest.fixture
def party(database: Servers) -> Party:
    return found(database)


@pytest.fixture
def desk(app: FastAPI, database: Servers) -> Callable[..., Browser]:
    return lambda party, *roles: browser(app, employ(database, party, *roles))


def sheet(*lines: str, heading: str = HEADING) -> str:
    return base64.b64encode((heading + "\n".join(lines)).encode()).decode()


def arms(count: int, status: str = "stolen") -> list[str]:
    return [f"{status},TBK{number:05d},Arvandel,,9mm,revolver" for number in range(count)]


def body(*lines: str, **more: Any) -> dict[str, Any]:
    return {"name": "Lost arms", "file": sheet(*lines), **more}


def test_an_edition_becomes_the_set_and_bad_rows_are_told(desk: Callable[..., Browser], party: Party) -> None:
    ana = desk(party, Role.CONTRIBUTOR)
    first = ana("POST", "/api/lists/firearms", json=body(*arms(40), "borrowed,X1,Arvandel,,9mm,revolver", *arms(1)))
    assert (first["added"], first["bad"]) == (40, 2)
    assert [(row["line"], row["field"]) for row in first["rows"]] == [(42, "status"), (43, "line")]
    assert "write one of: " in first["rows"][0]["remedy"]
    again = ana("POST", "/api/lists/firearms", json=body(*arms(3, "lost"), *arms(39)[3:]))
    assert {name: again[name] for name in ("added", "changed", "ended", "unchanged", "bad")} == {
        "added": 0, "changed": 3, "ended": 1, "unchanged": 36, "bad": 0,
    }  # fmt: skip
    held = ana("GET", "/api/sets")["sets"]
    assert [(one["name"], one["kind"], one["records"]) for one in held] == [("Lost arms", "firearm", 39)]


def test_the_trail_names_who_handed_it_in_once(
    desk: Callable[..., Browser], party: Party, database: Servers
) -> None:
    desk(party, Role.LIAISON_OFFICER)("POST", "/api/lists/firearms", json=body(*arms(2)))
    with as_owner(database) as session:
        trail = "select officer is not null, object_kind, outcome from audit where act = 'load_set' and party = %(p)s"
        written = rows(session, trail, p=party.number)
        stages = rows(session, "select from pg_tables where schemaname = 'staging'")
        runs = rows(session, "select state from load_run where owner = %(p)s", p=party.number)
    assert [tuple(row) for row in written] == [(True, "set", "done")]
    assert not stages
    assert [row[0] for row in runs] == ["merged"]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"file": "no base64"}, 422),
        ({"file": sheet("TBK1", heading="serial\n")}, 422),
        ({"file": sheet("stolen,A1,,,,")}, 422),  # would end the whole of the set but one
        ({"terms": {"readers": {"kind": "parties", "parties": ["ZZZ"]}}}, 422),
        ({"mapping": {"encoding": "utf-16"}}, 422),
    ],
)
def test_what_cannot_be_taken_leaves_the_set_as_it_was(
    desk: Callable[..., Browser], party: Party, database: Servers, change: dict[str, Any], status: int
) -> None:
    ana = desk(party, Role.CONTRIBUTOR)
    ana("POST", "/api/lists/firearms", json=body(*arms(1_200)))
    ana("POST", "/api/lists/firearms", status, json=body(*arms(3)) | change)
    assert [one["records"] for one in ana("GET", "/api/sets")["sets"]] == [1_200]
    with as_owner(database) as session:
        assert len(rows(session, "select from load_run where owner = %(p)s", p=party.number)) == 1


def test_other_files_and_columns_are_taken_too(desk: Callable[..., Browser], party: Party, database: Servers) -> None:
    ana = desk(party, Role.CONTRIBUTOR)
    cars = {
        "name": "Cars", "file": sheet("ABC 123;Hurtado", heading="PLACA;ESTADO\n"),
        "mapping": {
            "delimiter": ";", "columns": {"plate": "PLACA", "status": "ESTADO"}, "constants": {"country": "PRY"},
            "values": {"status": {"Hurtado": "stolen"}},
        },
    }  # fmt: skip
    assert ana("POST", "/api/lists/vehicles", json=cars)["added"] == 1
    passports = {"name": "Papers", "file": sheet("AB1,passport,lost", heading="number,type,status\n")}
    assert ana("POST", "/api/lists/documents", json=passports)["added"] == 1
    hub = desk(found(database, PartyKind.BODY), Role.CONTRIBUTOR)
    hub("POST", "/api/lists/documents", 422, json=passports)
    ana("POST", "/api/lists/persons", 422, json=passports)


def test_only_who_keeps_lists_hands_them_in(desk: Callable[..., Browser], party: Party) -> None:
    desk(party, Role.FIELD_OFFICER)("POST", "/api/lists/firearms", 403, json=body(*arms(1)))
