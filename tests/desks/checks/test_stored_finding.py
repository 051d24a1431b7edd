"""A stored finding can be worked out again: what was asked, what was held and the model's version stand beside it."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from tests.desks.checks.lists import list_record
from tests.relayed import relay_all
from tests.town import application, as_owner, browser, employ, found, rows
from tripoint.access.http import routes as access
from tripoint.access.model import Role
from tripoint.base.database import stand_under
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7
from tripoint.desks.checks.http import checks, hits
from tripoint.engines.screening import MODEL, score
from tripoint.records.codec import description_from_json

NAME = "Mireldo Antuvelas Corvey"
PERSON: dict[str, Any] = {
    "names": [{"full": NAME}, {"full": "Miro", "kind": "weak_alias"}], "births": ["1976-05-12", "~1975"],
    "nationalities": ["COL"], "documents": [{"number": "AB1234567", "issuer": "COL"}], "remarks": "never told",
}  # fmt: skip
QUESTIONS: tuple[dict[str, Any], ...] = (
    {"name": NAME, "birth": "1976-05-12"},
    {"name": "Antuvelas Mireldo"},
    {"name": "Mireldo Antuvelas Korvey", "birth": "1976", "nationality": "COL"},
)
FINDING = """
select f.asked, f.held, f.model, f.reasons, f.score, f.grade, f.record_version
  from hit_finding f join hit h on h.id = f.hit where h.check_id = %(id)s
"""


@pytest.fixture
def app(engine: Engine) -> FastAPI:
    return application(engine, access.router, checks.router, hits.router)


@pytest.mark.parametrize("level", ["full", "pointer", "blind"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_stored_score_follows_from_what_is_stored(
    app: FastAPI, engine: Engine, database: Servers, level: str, question: dict[str, Any]
) -> None:
    owner = found(database)
    record = list_record(engine, owner, "person", PERSON | {"documents": []}, level=level)
    asker = browser(app, employ(database, found(database), Role.FIELD_OFFICER))
    which = str(uuid7())
    asker("POST", "/api/checks", json={"id": which, "purpose": "border_control", "person": question})
    relay_all(database)
    with as_owner(database) as session:
        stand_under(session, owner.number)
        session.exec_driver_sql("set role tripoint_app")
        stored = rows(session, FINDING + " and h.record = %(record)s", id=which, record=record)
    ((asked, held, model, reasons, told, grade, version),) = stored
    assert (model, version) == (MODEL.version, 1)
    again = score(description_from_json(asked), description_from_json(held))
    assert round(again.score, 4) == pytest.approx(told, abs=1e-6)
    assert again.grade == grade
    assert [reason.code for reason in again.reasons] == [reason["code"] for reason in reasons]
