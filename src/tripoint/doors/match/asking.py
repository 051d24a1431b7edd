"""Queries in the words of FollowTheMoney as checks of ours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from tripoint.base.errors import BadInput
from tripoint.desks.checks.shapes import CheckAsked
from tripoint.doors.errors import field_of
from tripoint.doors.match.shapes import EntityAsked
from tripoint.words.documents import DocumentType

PERSONS = frozenset({"Person", "LegalEntity"})
NAMES = ("name", "alias", "weakAlias", "previousName")
GIVEN = ("firstName", "secondName", "middleName", "fatherName", "lastName")
NATIONALITIES = ("nationality", "citizenship")
DOCUMENTS = (
    ("passportNumber", DocumentType.PASSPORT), ("idNumber", None), ("socialSecurityNumber", None),
    ("taxNumber", DocumentType.OTHER),
)  # fmt: skip
SEXES = {"male": "M", "m": "M", "female": "F", "f": "F", "other": "X", "x": "X"}
MOST_DOCUMENTS = 5


def checks_for(query: EntityAsked, shared: dict[str, Any], ids: Iterator[UUID]) -> list[CheckAsked]:
    """The checks a query asks for: one of the person with the first document, one of each document more.

    `shared` holds purpose, operation and post. Raises BadInput naming the property that cannot be taken.
    """
    if query.schema_ not in PERSONS:
        remedy = "Ask for a Person; marks of vehicles and firearms are asked at /api/checks."
        raise BadInput(f"{query.schema_} is not searched here.", field="schema", remedy=remedy)
    person, documents = person_of(query), documents_of(query)
    if not person and not documents:
        raise BadInput("There is nothing to search for.", field="properties", remedy="Give a name or a document.")
    parts = [{"person": person or None, "document": documents[0] if documents else None}]
    parts += [{"document": document} for document in documents[1:]]
    return [check_of({"id": next(ids), **shared, **part}) for part in parts]


def check_of(values: dict[str, Any]) -> CheckAsked:
    """A check in our own shape. Raises BadInput in the caller's words."""
    try:
        return CheckAsked.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        raise BadInput(first["msg"].removeprefix("Value error, "), field=field_of(first["loc"])) from error


def stated(query: EntityAsked, *properties: str) -> list[str]:
    """The values of properties, each once, in their order."""
    found: dict[str, None] = {}
    for name in properties:
        values = query.properties.get(name, [])
        for value in values if isinstance(values, list) else [values]:
            if text := str(value).strip():
                found[text] = None
    return list(found)


def person_of(query: EntityAsked) -> dict[str, Any]:
    """The person of a query in the shape of a check; empty when it names none."""
    parts = " ".join(" ".join(stated(query, part)) for part in GIVEN if stated(query, part))
    names = stated(query, *NAMES) or ([parts] if parts else [])
    if not names:
        return {}
    births, nationalities = stated(query, "birthDate"), stated(query, *NATIONALITIES)
    sexes = {sex_of(text) for text in stated(query, "gender")}
    asked = {
        "name": names[0], "aliases": names[1:], "birth": next(iter(births), None), "other_births": births[1:],
        "nationality": next(iter(nationalities), None), "other_nationalities": nationalities[1:],
        "sex": sexes.pop() if len(sexes) == 1 else None,
    }  # fmt: skip
    return {name: value for name, value in asked.items() if value}


def sex_of(text: str) -> str:
    """The letter of travel documents for a gender. Raises BadInput for another word."""
    try:
        return SEXES[text.lower()]
    except KeyError:
        raise BadInput("This is no gender we know.", field="gender", remedy="Write male, female or other.") from None


def documents_of(query: EntityAsked) -> list[dict[str, Any]]:
    """The documents of a query in the shape of a check. Raises BadInput when there are too many."""
    countries = stated(query, "country", *NATIONALITIES)
    issuer = countries[0] if len(countries) == 1 else None
    found = [
        {"number": number, "type": kind, "issuer": issuer if kind is DocumentType.PASSPORT else None}
        for name, kind in DOCUMENTS
        for number in stated(query, name)
    ]
    if len(found) > MOST_DOCUMENTS:
        sentence = f"There are {len(found)} documents; at most {MOST_DOCUMENTS} can be asked at once."
        raise BadInput(sentence, field="properties", remedy="Split the query.")
    return found
