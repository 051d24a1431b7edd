"""The record behind an open glass, as one function of the database hands it on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tripoint.base.database import Session

READ = "select * from read_through_glass(%(id)s)"


def behind(session: Session, which: UUID) -> dict[str, Any] | None:
    """The row of the record behind the officer's own glass; None when it is not open, or may not be any more."""
    row = session.exec_driver_sql(READ, {"id": which}).mappings().first()
    return None if row is None else {str(name): value for name, value in row.items()}
