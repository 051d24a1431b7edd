"""What people do at the seizures' desk: see totals with their doubts, decide about them, value what was seized."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput, Conflict, IdReused, NotAllowed, NotFound
from tripoint.desks.seizures import rules, store, values_store
from tripoint.desks.seizures.model import (
    Double,
    DoubleDecision,
    GateDecision,
    Item,
    ItemFound,
    Looked,
    Totals,
    Valuation,
    ValuationKept,
)
from tripoint.records.occurrences import store as occurrences
from tripoint.records.occurrences.hooks import KindHooks
from tripoint.records.occurrences.model import Occurrence, OccurrenceKind, State
from tripoint.records.pictures import store as picture_store, work as picture_work

KIND, TOTALS, VALUATION = "seizure", "seizure_totals", "valuation"
Json = dict[str, Any]


def before(_: Visit, values: Json) -> Json:
    """A seizure on its way in: what its items weigh and are, for the line."""
    items = values.get("items", ())
    return {**values, "items": [{**item, **rules.told(rules.item_of(n, item))} for n, item in enumerate(items, 1)]}


def after(visit: Visit, seizure: Occurrence, values: Json) -> None:
    """A seizure just written: its items as they are counted, in the place of those before; prices that still hold."""
    items = [rules.item_of(number, item) for number, item in enumerate(values.get("items", ()), 1)]
    store.keep_items(visit.session, seizure.id, visit.party, seizure.operation, items)
    if seizure.version > 1:  # a new one has neither decisions nor prices
        values_store.drop_stale(visit.session, seizure.id)
        store.show(visit.session, seizure.id, visit.party)
        if picture_store.of(visit.session, KIND, seizure.id):
            picture_store.share(visit.session, seizure.id, picture_work.terms_of_report(visit, seizure.id))


HOOKS = KindHooks(before, after)


def totals(visit: Visit, operation: UUID) -> Totals:
    """What the seizures of an operation come to, as far as the officer sees them, and what to say beside it."""
    visit.note(AuditNote(Act.READ_SEIZURE_TOTALS, TOTALS, operation))
    rows = tuple(store.rows(visit.session, operation))
    waiting = [one for one in store.doubles(visit.session, operation) if one.decision is None]
    return Totals(
        operation, visit.clock(), store.seizures(visit.session, operation), rows,
        rules.kilograms(rows, precursors=False), rules.kilograms(rows, precursors=True),
        sum(row.rounds for row in rows), sum(row.plants for row in rows),
        rules.worth_of(values_store.prices(visit.session, operation), rows),
        tuple(store.shares(visit.session, operation)), store.reasons(visit.session, operation), len(waiting),
        sum(row.above for row in rows),
    )  # fmt: skip


def items(visit: Visit, looked: Looked) -> tuple[list[ItemFound], tuple[UUID, int] | None]:
    """The items behind a total, and where to go on."""
    visit.note(AuditNote(Act.READ_SEIZURE_TOTALS, TOTALS, looked.operation))
    found = store.items(visit.session, looked)
    last = found[looked.limit - 1] if len(found) > looked.limit else None
    return found[: looked.limit], (last.seizure, last.item.number) if last else None


def doubles(visit: Visit, operation: UUID) -> list[Double]:
    """Reports that look alike, those that nobody has decided about first."""
    visit.note(AuditNote(Act.READ_SEIZURE_TOTALS, TOTALS, operation))
    return store.doubles(visit.session, operation)


def own(visit: Visit, which: UUID) -> Mapping[str, Any]:
    """A seizure of the own party that counts. Raises NotFound, NotAllowed for another's, Conflict where withdrawn."""
    row = occurrences.find(visit.session, OccurrenceKind.SEIZURE, which)
    if row is None:
        raise NotFound
    if row["owner_number"] != visit.party:
        raise NotAllowed("Only the party that seized it decides on it.", remedy="Ask that party.")
    if row["state"] == State.WITHDRAWN:
        raise Conflict("The seizure was withdrawn.", remedy="File it anew if it holds after all.")
    return row


def items_of(visit: Visit, row: Mapping[str, Any]) -> list[Item]:
    """The items of one seizure."""
    looked = Looked(row["operation"], seizure=row["id"], limit=200)
    return [found.item for found in store.items(visit.session, looked)]


def judge(visit: Visit, which: UUID, number: int, decision: GateDecision, reason: str) -> ItemFound:
    """Say that a weight above its gate stands, or is wrong and is not counted until it is corrected.

    Raises as `own` does, BadInput for an item that no gate asks about, Conflict where it was decided before.
    """
    row = own(visit, which)
    item = next((one for one in items_of(visit, row) if one.number == number), None)
    if item is None or not item.above:
        raise BadInput("No gate asks about this item.", field="item", remedy="Choose one of those above their gate.")
    kept = store.judge(visit.session, {
        "id": which, "number": number, "kilograms": item.kilograms, "owner": visit.party, "decision": decision.value,
        "reason": reason, "at": visit.clock(), "by": visit.officer.id,
    })  # fmt: skip
    if not kept:
        raise Conflict("This weight was decided before.", remedy="Correct the report if the weight changed.")
    values_store.drop_stale(visit.session, which)
    store.show(visit.session, which, visit.party)
    visit.note(AuditNote(Act.DECIDE_DOUBLE, KIND, which, visit.party, row["version"], outcome=decision.value))
    found = store.items(visit.session, Looked(row["operation"], seizure=which, limit=200))
    return next(one for one in found if one.item.number == number)


def decide_double(
    visit: Visit, pair: tuple[UUID, UUID], decision: DoubleDecision, reason: str, joins: UUID | None
) -> None:
    """Say of two reports that they are two events, or one. `joins` is the own one that joins the other's event.

    What is one event counts once, by the report that was filed first, as what several parties achieved together does.

    Raises NotFound for what the officer does not see, NotAllowed where neither is his party's, BadInput, Conflict.
    """
    one, other = sorted(pair)
    seen = [occurrences.find(visit.session, OccurrenceKind.SEIZURE, each) for each in (one, other)]
    if None in seen or one == other:
        raise NotFound
    mine = [row["id"] for row in seen if row is not None and row["owner_number"] == visit.party]
    if not mine:
        raise NotAllowed("Only a party that reported one of them decides.", remedy="Ask one of the two parties.")
    if decision is DoubleDecision.SAME and joins not in mine:
        raise BadInput("A report of your own joins the other.", field="joins", remedy="Name the own report of the two.")
    kept = store.decide_double(visit.session, {
        "one": one, "other": other, "owner": visit.party, "decision": decision.value, "reason": reason,
        "at": visit.clock(), "by": visit.officer.id,
    })  # fmt: skip
    if not kept:
        raise Conflict("Your party has decided about these two.", remedy="Look at what it said, and why.")
    if decision is DoubleDecision.SAME and joins is not None:
        store.join_events(visit.session, joins, other if joins == one else one, visit.party)
    for which in mine:
        visit.note(AuditNote(Act.DECIDE_DOUBLE, KIND, which, visit.party, outcome=decision.value))


def pictures(visit: Visit, which: UUID) -> list[UUID]:
    """The pictures of a seizure that the officer may see, oldest first. Raises NotFound."""
    row = occurrences.find(visit.session, OccurrenceKind.SEIZURE, which)
    if row is None:
        raise NotFound
    visit.note(AuditNote(Act.READ_PICTURE, KIND, which, row["owner_number"], row["version"]))
    return picture_store.of(visit.session, KIND, which)


def set_pictures(visit: Visit, which: UUID, wanted: Sequence[UUID]) -> list[UUID]:
    """Let exactly these pictures of the own party belong to an own seizure; who may read its report then sees them.

    Raises as `own` does, and BadInput as `pictures.attach` of records does.
    """
    row = own(visit, which)
    picture_work.attach(visit, KIND, which, wanted, picture_work.terms_of_report(visit, which))
    visit.note(AuditNote(Act.ADD_PICTURE, KIND, which, visit.party, row["version"], outcome=str(len(wanted))))
    return picture_store.of(visit.session, KIND, which)


def valuations(visit: Visit, which: UUID) -> list[ValuationKept]:
    """What a seizure was valued at, as far as its body is open to the officer. Raises NotFound."""
    row = occurrences.find(visit.session, OccurrenceKind.SEIZURE, which)
    if row is None:
        raise NotFound
    visit.note(AuditNote(Act.READ_SEIZURE_TOTALS, VALUATION, which, row["owner_number"], row["version"]))
    return values_store.of_seizure(visit.session, which)


def value(visit: Visit, which: UUID, one: Valuation) -> tuple[ValuationKept, bool]:
    """Value an item or the whole of an own seizure, once; the valuation as it stands, and whether it is new.

    Raises as `own` does, BadInput for what cannot be priced so, IdReused for an id that bears another valuation.
    """
    row = own(visit, which)
    known = next((kept for kept in values_store.of_seizure(visit.session, which) if kept.valuation.id == one.id), None)
    if known is not None and known.digest == rules.digest_of(one):
        return known, False
    quantity = rules.check_valuation(one, items_of(visit, row))
    low, central, high = (rules.in_usd(price, quantity, one.per_usd) for price in (one.low, one.central, one.high))
    made = ValuationKept(one, quantity, low, central, high, rules.METHOD, visit.clock(), rules.digest_of(one))
    if known is not None or not values_store.keep(visit.session, columns(visit, which, made)):
        raise IdReused("This id was already used for another valuation.", field="id", remedy="Make a new id.")
    visit.note(AuditNote(Act.VALUE_SEIZURE, VALUATION, one.id, visit.party))
    if one.published:
        publish(visit, which, one.id, published=True)
    return made, True


def columns(visit: Visit, which: UUID, made: ValuationKept) -> Json:
    """The columns of a new valuation; published, where it is to be, only afterwards."""
    valuation = {name: getattr(made.valuation, name) for name in values_store.COLUMNS}
    more = {name: getattr(made, name) for name in values_store.MORE}
    own_columns = {"occurrence": which, "owner": visit.party, "made_by": visit.officer.id, "published": False}
    return {**valuation, **more, **own_columns}


def publish(visit: Visit, which: UUID, valuation: UUID, *, published: bool) -> list[ValuationKept]:
    """Publish one valuation in the place of those that count the same, or take it back. Raises as `own`, NotFound."""
    own(visit, which)
    known = values_store.of_seizure(visit.session, which)
    found = next((one for one in known if one.valuation.id == valuation), None)
    if found is None:
        raise NotFound
    values_store.publish(visit.session, which, valuation, found.valuation.item, published=published)
    store.show(visit.session, which, visit.party)
    outcome = "published" if published else "taken_back"
    visit.note(AuditNote(Act.VALUE_SEIZURE, VALUATION, valuation, visit.party, outcome=outcome))
    return values_store.of_seizure(visit.session, which)
