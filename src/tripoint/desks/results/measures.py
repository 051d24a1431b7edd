"""Every measure of the hub as readable data: a figure that is not defined here is not counted."""

from __future__ import annotations

from types import MappingProxyType

from tripoint.base.errors import BadInput
from tripoint.desks.results.model import Measure, Reckoning, Rule, Table, Unit

PLACE = ("party", "post", "day")
PERSON = ("sex", "age_group", "nationality")
OF_DETECTIONS = (
    *PLACE, *PERSON, "mode", "documents", "accompaniment", "destination", "vulnerable", "referred",
    "nationality_basis",
)  # fmt: skip
OF_VICTIMS = (
    *PLACE, "status", "age_group", "sex", "exploitation", "recruitment", "country_of_exploitation", "referral",
)  # fmt: skip
OF_ARRESTS = (*PLACE, *PERSON, "offence", "offence_group", "role", "basis")
FOUND = ("potential", "identified")


def _checks(name: str, unit: Unit, kinds: tuple[str, ...] = (), per: tuple[str, ...] = ()) -> Measure:
    where = (("kinds", kinds),) if kinds else ()
    within = "checks_database" if kinds else None
    return Measure(name, unit, Table.CHECKS, where=where, dimensions=(*PLACE, "purpose"), per=per, within=within)


def _occurrences(name: str, unit: Unit, kind: str, dimensions: tuple[str, ...] = (), **more: object) -> Measure:
    values = {"dimensions": (*PLACE, *dimensions) if dimensions[:3] != PLACE else dimensions} | more
    return Measure(name, unit, Table.OCCURRENCES, kind, **values)  # type: ignore[arg-type]


def _seized(name: str, unit: Unit, category: str, amount: str = "quantity") -> Measure:
    return _occurrences(name, unit, "seizure", reckoning=Reckoning.SUM, amount=amount, items=category)


ALL = (
    Measure("parties", Unit.PARTIES, Table.PARTICIPATIONS, dimensions=("party",)),
    _checks("checks_database", Unit.DATABASE_CHECKS),
    _checks("checks_persons", Unit.PERSONS, ("person",)),
    _checks("checks_documents", Unit.DOCUMENTS, ("document",)),
    _checks("checks_vehicles", Unit.VEHICLES, ("vehicle",)),
    _checks("checks_firearms", Unit.FIREARMS, ("firearm",)),
    Measure("hits", Unit.HITS, Table.HITS, dimensions=(*PLACE, "subject", "grade", "state"), per=("checks_database",)),
    Measure(
        "hits_confirmed", Unit.HITS, Table.HITS, where=(("state", ("confirmed",)),),
        dimensions=(*PLACE, "subject", "grade"), per=("hits", "checks_database"), within="hits",
    ),
    _occurrences("arrests", Unit.ARRESTS, "arrest", OF_ARRESTS),
    _occurrences(
        "arrests_other_crimes", Unit.ARRESTS, "arrest", OF_ARRESTS, where=(("other_crime", ("true",)),),
        per=("arrests",), within="arrests",
    ),
    _occurrences("victims", Unit.VICTIMS, "victim", OF_VICTIMS, where=(("status", FOUND),), rule=Rule.VICTIMS),
    _occurrences(
        "victims_potential", Unit.VICTIMS, "victim", OF_VICTIMS, where=(("status", ("potential",)),),
        rule=Rule.VICTIMS, per=("victims",), within="victims",
    ),
    _occurrences(
        "victims_identified", Unit.VICTIMS, "victim", OF_VICTIMS, where=(("status", ("identified",)),),
        rule=Rule.VICTIMS, per=("victims",), within="victims",
    ),
    _occurrences(
        "victims_children", Unit.VICTIMS, "victim", OF_VICTIMS, rule=Rule.VICTIMS, per=("victims",), within="victims",
        where=(("status", FOUND), ("age_group", ("child",))),
    ),
    _occurrences("detections", Unit.MIGRANTS, "detection", OF_DETECTIONS, rule=Rule.MIGRANTS),
    _occurrences(
        "detections_children", Unit.MIGRANTS, "detection", OF_DETECTIONS, rule=Rule.VICTIMS, per=("detections",),
        where=(("age_group", ("child",)),), within="detections",
    ),
    _occurrences(
        "nationalities", Unit.NATIONALITIES, "detection", reckoning=Reckoning.DISTINCT, amount="nationality",
        rule=Rule.MIGRANTS,
    ),
    _occurrences("seizures", Unit.PIECES, "seizure", ("category",)),
    _seized("seizures_documents", Unit.DOCUMENTS, "document"),
    _seized("cash_usd", Unit.US_DOLLARS, "cash", "value_usd"),
    _seized("phones", Unit.PIECES, "phone"),
    _seized("vehicles", Unit.VEHICLES, "vehicle"),
    _seized("vessels", Unit.PIECES, "vessel"),
    _seized("firearms", Unit.FIREARMS, "firearm"),
    _seized("magazines", Unit.PIECES, "magazine"),
    _seized("rounds", Unit.ROUNDS, "ammunition", "rounds"),
    _seized("drugs_kg", Unit.KILOGRAMS, "drug", "kilograms"),
    _seized("precursors_kg", Unit.KILOGRAMS, "precursor", "kilograms"),
    _occurrences("seized_value_usd", Unit.US_DOLLARS, "seizure", reckoning=Reckoning.SUM, amount="valued_usd"),
    _occurrences("freezes", Unit.FREEZES, "freeze", ("account_kind",)),
    _occurrences(
        "frozen_usd", Unit.US_DOLLARS, "freeze", ("account_kind",), reckoning=Reckoning.SUM, amount="amount_usd"
    ),
    _occurrences("groups_disrupted", Unit.GROUPS, "group", where=(("disrupted", ("true",)),)),
    _occurrences("investigations", Unit.INVESTIGATIONS, "investigation", ("offence", "offence_group")),
    _occurrences("incidents", Unit.INCIDENTS, "incident", ("category",)),
    _occurrences("notices_requested", Unit.NOTICES, "notice_request", ("colour", "addressed_to")),
    Measure("modi_operandi_new", Unit.MODI, Table.MODI, dimensions=("party", "day", "stage", "crime_area")),
    _occurrences("interviews", Unit.INTERVIEWS, "interview", ("language", "nationality", "credibility")),
    _occurrences(
        "median_price_usd", Unit.US_DOLLARS, "interview", ("recruitment", "platform"), reckoning=Reckoning.MEDIAN,
        amount="price_usd",
    ),
)  # fmt: skip
MEASURES = MappingProxyType({measure.name: measure for measure in ALL})
LISTS = frozenset({"exploitation", "recruitment", "criteria"})  # a record may say several: parts overlap
ITEMS = "category"  # of a seizure stands with its items, of an incident with itself


def measure(name: str) -> Measure:
    """The measure of this name. Raises BadInput naming what to ask instead."""
    if name not in MEASURES:
        raise BadInput(f"There is no measure {name}.", field="measure", remedy="GET /api/results/measures lists them.")
    return MEASURES[name]


def overlaps(wanted: Measure, dimension: str) -> bool:
    """Whether one record may stand under several codes of the dimension, so that parts do not add up."""
    if wanted.kind == "interview" and dimension == "recruitment":
        return False
    return dimension in LISTS or (wanted.kind == "seizure" and dimension == ITEMS)
