"""Pure decisions of merging: what the one record says, and on what terms, after two became one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from tripoint.base.errors import BadInput
from tripoint.records.model import Audience, Person, Terms
from tripoint.records.widening import STRICTNESS, within
from tripoint.words.people import TO_PROTECT, NameKind, PersonName

Value = TypeVar("Value")


def merged(kept: Person, gone: Person) -> Person:
    """The person who stays, with what the other record knew besides: nothing that either said is lost.

    The other's primary name becomes an alias. Raises BadInput where one is to be protected and the other is not, for a
    victim must never become a suspect by a merge, and for two of different sex.
    """
    if (kept.status in TO_PROTECT) != (gone.status in TO_PROTECT):
        raise BadInput(
            "One of the two is a person to protect, the other is not.", field="other",
            remedy="Correct the status of one of the records first, if they truly are the same person.",
        )  # fmt: skip
    described, other = kept.description, gone.description
    if described.sex and other.sex and described.sex != other.sex:
        raise BadInput("The two records differ in sex.", field="other", remedy="Correct one of them first.")
    description = replace(
        described,
        names=either((*described.names, *(as_alias(name) for name in other.names))),
        births=either((*described.births, *other.births)),
        nationalities=either((*described.nationalities, *other.nationalities)),
        sex=described.sex or other.sex,
        documents=either((*described.documents, *other.documents)),
    )
    return replace(
        kept, description=description, notices=either((*kept.notices, *gone.notices)),
        birth_places=either((*kept.birth_places, *gone.birth_places)), marks=joined(kept.marks, gone.marks),
        instructions=joined(kept.instructions, gone.instructions), remarks=joined(kept.remarks, gone.remarks),
    )  # fmt: skip


def as_alias(name: PersonName) -> PersonName:
    """A name of the other record: what was its primary name is one more alias."""
    return replace(name, kind=NameKind.ALIAS) if name.kind is NameKind.PRIMARY else name


def either(values: Iterable[Value]) -> tuple[Value, ...]:
    """The values without repetition, in their order."""
    found: list[Value] = []
    for value in values:
        if value not in found:
            found.append(value)
    return tuple(found)


def joined(one: str | None, other: str | None) -> str | None:
    """Both texts, one below the other; one alone where they say the same or one is silent."""
    return "\n".join(either(text for text in (one, other) if text)) or None


def joint_terms(kept: Terms, gone: Terms) -> Terms:
    """Terms that let nobody learn what he could not learn of both before: the narrower, or the own party alone.

    What is derived carries the strictest handling of its sources (Directive (EU) 2016/680, Art. 7 and 9).
    """
    strictest = max((kept.grading.handling, gone.grading.handling), key=STRICTNESS.index)
    grading = replace(kept.grading, handling=strictest)
    as_kept, as_gone = replace(kept, grading=grading), replace(gone, grading=grading)
    if within(as_kept, gone):
        return as_kept
    if within(as_gone, kept):
        return as_gone
    return replace(as_kept, readers=Audience(), meeting=Audience(), break_glass=False)
