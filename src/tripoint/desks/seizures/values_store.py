"""The table of valuations: several of one item side by side, one of them published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tripoint.base.database import Row as Found, Session
from tripoint.desks.seizures.model import Basis, Level, Priced, Valuation, ValuationKept
from tripoint.desks.seizures.store import MET

COLUMNS = (
    "id", "item", "basis", "level", "low", "central", "high", "currency", "per_usd", "rate_source", "source", "place",
    "priced_on", "purity", "published",
)  # fmt: skip
MORE = ("quantity", "low_usd", "central_usd", "high_usd", "method", "made_at", "digest")
KEEP = f"""
insert into valuation (occurrence, owner, made_by, {", ".join((*COLUMNS, *MORE))})
values (%(occurrence)s, %(owner)s, %(made_by)s, {", ".join(f"%({name})s" for name in (*COLUMNS, *MORE))}) on conflict (id) do nothing
"""  # noqa: S608 - names of ours
OF = f"select {', '.join((*COLUMNS, *MORE))} from valuation where occurrence = %(id)s order by item nulls first, made_at, id"  # noqa: S608
# A price for the whole and prices of its items would count the same thing twice: one kind of them is published.
UNPUBLISH = """
update valuation set published = false
 where occurrence = %(id)s and published and (item is not distinct from %(item)s::smallint or item is null or %(item)s::smallint is null)
"""
PUBLISH = "update valuation set published = %(published)s where id = %(which)s and occurrence = %(id)s"
# What was corrected is valued anew: a price that was reckoned on another amount is published no more.
STALE = """
update valuation v set published = false where v.occurrence = %(id)s and v.published and v.item is not null
   and not exists (select from seizure_item i where i.occurrence = v.occurrence and i.number = v.item and not i.set_aside
     and v.quantity = case v.basis when 'kilogram' then i.kilograms when 'pure_kilogram' then i.kilograms * v.purity / 100
                                   when 'round' then i.rounds::numeric else i.quantity end)
"""
PRICES = f"""{MET}
select v.basis, v.level, i.family, round(v.central / v.per_usd, 2), sum(v.quantity), sum(v.low_usd), sum(v.central_usd), sum(v.high_usd), count(*)
  from met join valuation v on v.occurrence = met.id and v.published
  left join seizure_item i on i.occurrence = v.occurrence and i.number = v.item
 where met.counted group by 1, 2, 3, 4 order by 7 desc, 1, 2, 3
"""  # noqa: S608 - texts of ours


def keep(session: Session, row: Mapping[str, Any]) -> bool:
    """Keep a valuation of a seizure of the own party; False where its id is taken."""
    return session.exec_driver_sql(KEEP, dict(row)).rowcount == 1


def of_seizure(session: Session, which: UUID) -> list[ValuationKept]:
    """The valuations of a seizure whose body the reader may open."""
    return [kept(row) for row in session.exec_driver_sql(OF, {"id": which}).mappings().all()]


def kept(row: Found) -> ValuationKept:
    """A valuation from its row."""
    values = {name: row[name] for name in COLUMNS} | {"basis": Basis(row["basis"]), "level": Level(row["level"])}
    return ValuationKept(Valuation(**values), **{name: row[name] for name in MORE})


def publish(session: Session, seizure: UUID, which: UUID, item: int | None, *, published: bool) -> None:
    """Publish a valuation in the place of those that would count the same, or take it back."""
    row = {"id": seizure, "which": which, "item": item, "published": published}
    if published:
        session.exec_driver_sql(UNPUBLISH, row)
    session.exec_driver_sql(PUBLISH, row)


def drop_stale(session: Session, seizure: UUID) -> None:
    """Publish nothing more that was reckoned on amounts of before."""
    session.exec_driver_sql(STALE, {"id": seizure})


def prices(session: Session, operation: UUID) -> list[Priced]:
    """What is published of an operation, each event once, by price."""
    return [
        Priced(Basis(basis), Level(level), *rest)
        for basis, level, *rest in session.exec_driver_sql(PRICES, {"operation": operation}).all()
    ]
