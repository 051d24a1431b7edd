"""Whom to ask next about a firearm, and why: the trail first, then the last import mark, then the maker's country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tripoint.desks.tracing.model import Answer, Description, Step, Suggestion
from tripoint.words.firearms import normalise_make

# Where makers have their works, the mother house first. Common knowledge of the trade; the country stamped on the
# firearm wins over it, and where a maker has works in several countries each of them is only a possibility.
MAKERS: Mapping[str, tuple[str, ...]] = {
    "glock": ("AUT", "USA"), "taurus": ("BRA", "USA"), "rossi": ("BRA",), "imbel": ("BRA",), "cbc": ("BRA",),
    "bersa": ("ARG",), "fabricaciones militares": ("ARG",), "indumil": ("COL",), "famae": ("CHL",),
    "beretta": ("ITA", "USA"), "tanfoglio": ("ITA",), "benelli": ("ITA",), "franchi": ("ITA",),
    "smith wesson": ("USA",), "ruger": ("USA",), "colt": ("USA", "CAN"), "remington": ("USA",), "savage": ("USA",),
    "winchester": ("USA",), "mossberg": ("USA",), "springfield": ("USA",), "springfield armory": ("USA",),
    "kel tec": ("USA",), "hi point": ("USA",), "marlin": ("USA",), "century arms": ("USA",),
    "sig sauer": ("DEU", "USA", "CHE"), "heckler koch": ("DEU",), "walther": ("DEU",), "mauser": ("DEU",),
    "steyr": ("AUT",), "steyr mannlicher": ("AUT",), "ceska zbrojovka": ("CZE", "USA"), "grand power": ("SVK",),
    "fabrique nationale": ("BEL", "USA"), "browning": ("BEL", "USA"), "zastava": ("SRB",), "hs produkt": ("HRV",),
    "kalashnikov": ("RUS",), "tula": ("RUS",), "norinco": ("CHN",), "israel weapon industries": ("ISR",),
    "israel military industries": ("ISR",), "star": ("ESP",), "llama": ("ESP",), "astra": ("ESP",), "ekol": ("TUR",),
    "canik": ("TUR",), "girsan": ("TUR",), "sarsilmaz": ("TUR",), "romarm": ("ROU",), "cugir": ("ROU",),
    "arsenal": ("BGR",), "feg": ("HUN",), "howa": ("JPN",), "daewoo": ("KOR",), "armscor": ("PHL",),
}  # fmt: skip
Found = dict[str, tuple[str, str]]  # country: reason and what it rests on; the first reason stays


def suggestions(
    description: Description, *, own: str, trail: Sequence[Step] = (), answers: Sequence[Answer] = (),
    parties: frozenset[str] = frozenset(), asked: frozenset[str] = frozenset(),
) -> list[Suggestion]:  # fmt: skip
    """The countries to ask, best first; the own one is left out, whose registers come before any request.

    `trail` are the intervals of custody known so far, `answers` those of the request this one follows, `parties` the
    codes of this hub, `asked` whom the trail has been through.
    """
    found: Found = {}
    for answer in answers:
        if answer.ask_next:
            found.setdefault(answer.ask_next, ("next_on_trail", answer.why.value if answer.why else answer.kind.value))
    for step in reversed(trail):
        if step.next_country:
            found.setdefault(step.next_country, ("next_on_trail", step.document or step.role.value))
        elif step.country and step.role.value != "unknown":
            found.setdefault(step.country, ("next_on_trail", step.document or step.role.value))
    if description.import_country:
        found.setdefault(description.import_country, ("import_mark", import_evidence(description)))
    from_maker(description, found)
    return [
        Suggestion(country, reason, evidence, country in parties, country in asked)
        for country, (reason, evidence) in sorted(found.items(), key=lambda one: one[0] in asked)
        if country != own
    ]


def import_evidence(description: Description) -> str:
    """What an import mark says: the importer and the year, as far as they are known."""
    parts = (description.importer, str(description.import_year) if description.import_year else None)
    return ", ".join(part for part in parts if part) or (description.import_country or "")


def from_maker(description: Description, found: Found) -> None:
    """Add the country stamped on the firearm, else each where its maker has works."""
    if description.country_of_manufacture:
        found.setdefault(description.country_of_manufacture, ("maker_country", description.make or "stamped"))
        return
    homes = MAKERS.get(normalise_make(description.make), ()) if description.make else ()
    for country in homes:
        reason = "maker_country" if len(homes) == 1 else "maker_has_works"
        found.setdefault(country, (reason, description.make or ""))
