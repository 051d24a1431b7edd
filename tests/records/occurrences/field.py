"""An operation of two countries and its officers in the field, for tests of what they report."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock

from fastapi import FastAPI

from tests.hub import hub, operation
from tests.town import Browser, browser, employ, found
from tripoint.access import door
from tripoint.access.model import Operation, Party, Role
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7

DETECTION = {
    "nationality": "VEN", "nationality_basis": "stated", "age": 7, "accompaniment": "family", "sex": "female",
    "legs": [{"from": "COL", "to": "PAN"}], "remarks": "Zarzamora by the river", "names": "Inventada Zarzuela",
}  # fmt: skip
ARREST = {"offence": "08051", "basis": "observation", "role": "guide", "names": "Fulano Inventado", "age": 40}
VICTIM: dict[str, Any] = {
    "vic_TraffickingStatus": "PossibleVictimOfTrafficking", "age_group": "adult", "prs_FirstName": "Mengana",
}


@dataclass
class Field:
    """Two countries in an operation; officers sign in when they are first asked for."""

    app: FastAPI
    database: Servers
    ours: Party
    theirs: Party
    operation: Operation
    desks: dict[tuple[str, tuple[Role, ...]], Browser] = field(default_factory=dict)

    def desk(self, *roles: Role, party: Party | None = None) -> Browser:
        """An officer of these roles, of our party unless another is named."""
        of = party or self.ours
        if (of.code, roles) not in self.desks:
            self.desks[of.code, roles] = browser(self.app, employ(self.database, of, *roles))
        return self.desks[of.code, roles]

    def body(self, values: dict[str, Any], **more: Any) -> dict[str, Any]:
        """The body of a filing that happened a minute ago."""
        at = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
        return {"id": str(uuid7()), "operation": str(self.operation.id), "happened_at": at, "values": values, **more}


@contextmanager
def in_the_field(database: Servers) -> Generator[Field]:
    """The whole application over a test's database, with an operation that is on."""
    app = hub(database, **dict.fromkeys(("changes_per_second", "looks_per_second"), 100_000))
    ours, theirs = found(database), found(database)
    with mock.patch.object(door, "PROOF_HOLDS", timedelta(hours=12)):
        yield Field(app, database, ours, theirs, operation(database, ours, ours, theirs))
    app.state.door.engine.dispose()
