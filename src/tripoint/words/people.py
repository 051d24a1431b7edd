"""People as a list describes them and as a question asks for them: names, birth, nationality, documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tripoint.words.dates import PartialDate
from tripoint.words.documents import DocumentReference


class NameKind(StrEnum):
    """What a name is to its bearer."""

    PRIMARY = "primary"
    ALIAS = "alias"
    WEAK_ALIAS = "weak_alias"
    BIRTH = "birth"
    FORMER = "former"
    ORIGINAL_SCRIPT = "original_script"


class Sex(StrEnum):
    """As travel documents state it; X is unspecified (ICAO Doc 9303 part 3)."""

    FEMALE = "F"
    MALE = "M"
    UNSPECIFIED = "X"


class PersonStatus(StrEnum):
    """Why a person is held: every recorded person carries one (Rules on the Processing of Data, Art. 44)."""

    WANTED = "wanted"
    CONVICTED = "convicted"
    SUSPECT = "suspect"
    PERSON_OF_INTEREST = "person_of_interest"
    WARNING = "warning"
    SANCTIONED = "sanctioned"
    MISSING = "missing"
    VICTIM = "victim"
    WITNESS = "witness"
    UNIDENTIFIED_BODY = "unidentified_body"


# People to protect are never shown as suspects, and no check of another party opens their record.
TO_PROTECT = frozenset({PersonStatus.MISSING, PersonStatus.VICTIM, PersonStatus.WITNESS})
MASKED = frozenset({PersonStatus.VICTIM, PersonStatus.WITNESS})
# A child held for one of these is sought by nobody: who it is, is sealed as a victim's is.
SEALED_IN_CHILDREN = frozenset({PersonStatus.PERSON_OF_INTEREST, PersonStatus.WARNING})
OF_AGE = 18  # years (Convention on the Rights of the Child, Art. 1)


@dataclass(frozen=True, slots=True)
class PersonName:
    """One name: the full text as published, and its parts where the source tells them apart.

    `truncated` marks one whose words may be cut short, as machine-readable zones do with long names.
    """

    full: str
    kind: NameKind = NameKind.PRIMARY
    given: str | None = None
    family: str | None = None
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class PersonDescription:
    """What is known of a person: the same shape for one held on a list and one asked for."""

    names: tuple[PersonName, ...]
    births: tuple[PartialDate, ...] = ()
    nationalities: tuple[str, ...] = ()  # three-letter codes, see words.countries
    sex: Sex | None = None
    documents: tuple[DocumentReference, ...] = ()


def may_be_child(births: Iterable[PartialDate], today: date) -> bool:
    """Whether any of the birth dates leaves it possible that the person is under 18 today: doubt protects."""
    return any((birth.latest.year + OF_AGE, *birth.latest.timetuple()[1:3]) > today.timetuple()[:3] for birth in births)


def is_masked(status: PersonStatus, births: Iterable[PartialDate], today: date) -> bool:
    """Whether who the person is, is hidden by default: victims, witnesses, and children whatever they are held for."""
    return status in MASKED or may_be_child(births, today)


def is_sealed(status: PersonStatus, births: Iterable[PartialDate], today: date) -> bool:
    """Whether who the person is, is kept encrypted: victims, witnesses, and children whom nobody seeks.

    A missing child is listed to be found, and a wanted one is: both are met by name, and masked.
    """
    return status in MASKED or (status in SEALED_IN_CHILDREN and may_be_child(births, today))
