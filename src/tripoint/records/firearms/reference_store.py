"""The reference of makes and models that the operator has; each edition takes the place of the one before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tripoint.base.database import Session

ADD = """
insert into firearm_reference (number, make, make_id, model, manufacturer, type, action, country, importer, serial_numbering, years, calibres, also, edition)
select r.number, r.make, r.make_id, r.model, r.manufacturer, r.type, r.action, r.country, r.importer, r.serial_numbering, r.years, r.calibres, r.also, %(edition)s
  from jsonb_to_recordset(%(rows)s::jsonb) as r(number text, make text, make_id text, model text, manufacturer text, type text, action text, country text,
       importer text, serial_numbering text, years text, calibres jsonb, also text[])
"""
AT_ONCE = 5_000


def replace(session: Session, rows: Sequence[dict[str, Any]], edition: str) -> int:
    """Put an edition in the place of the one before, as the tables' owner; gives how many records it has."""
    session.exec_driver_sql("delete from firearm_reference")
    for at in range(0, len(rows), AT_ONCE):
        session.exec_driver_sql(ADD, {"rows": json.dumps(rows[at : at + AT_ONCE]), "edition": edition})
    return len(rows)
