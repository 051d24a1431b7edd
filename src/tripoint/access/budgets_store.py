"""The table of budgets: what all processes together spent, and when the data protection officer was last told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from tripoint.base.database import Session

SETTLE = """
select who, kind, level from settle_budgets(%(who)s::uuid[], %(kind)s::text[], %(count)s::float8[],
                                            %(refill)s::float8[], %(most)s::float8[])
"""


@dataclass(frozen=True, slots=True)
class Spent:
    """What one process took from a bucket that holds `most` and refills by `refill` a second."""

    who: UUID
    kind: str
    count: float
    refill: float
    most: float


@dataclass(frozen=True, slots=True)
class Level:
    """How full a bucket is now; below nothing when several processes took from it at once."""

    who: UUID
    kind: str
    level: float


def settle(session: Session, spent: Sequence[Spent]) -> list[Level]:
    """Take it from the common buckets; gives their levels."""
    columns = {
        name: [getattr(each, name) for each in spent] for name in ("who", "kind", "count", "refill", "most")
    }
    return [Level(*row) for row in session.exec_driver_sql(SETTLE, columns).all()]


def first_to_warn(session: Session, officer: UUID) -> bool:
    """Whether nobody was told within this hour that the officer has read too much; from now on somebody was."""
    return bool(session.exec_driver_sql("select warn_of_reading(%(officer)s)", {"officer": officer}).scalar_one())
