"""Travel documents: their kinds, their statuses, and how a number is normalised and folded."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tripoint.words.names import latin


class DocumentType(StrEnum):
    """What kind of document a number belongs to."""

    PASSPORT = "passport"
    IDENTITY_CARD = "identity_card"
    VISA = "visa"
    RESIDENCE_PERMIT = "residence_permit"
    REFUGEE_DOCUMENT = "refugee_document"
    SEAFARER_DOCUMENT = "seafarer_document"
    DRIVING_LICENCE = "driving_licence"
    OTHER = "other"


class DocumentStatus(StrEnum):
    """Why a travel document is listed (the five of the stolen and lost travel documents database)."""

    STOLEN = "stolen"
    LOST = "lost"
    REVOKED = "revoked"
    INVALID = "invalid"
    STOLEN_BLANK = "stolen_blank"


@dataclass(frozen=True, slots=True)
class DocumentReference:
    """A document named by its number, and its issuer and type where known. The holder's name is never part of it."""

    number: str
    issuer: str | None = None
    type: DocumentType | None = None


LONGEST_NUMBER = 40
NOT_KEPT = re.compile(r"[^0-9A-Z]+")
# Capitals of Cyrillic and Greek that are drawn as Latin ones: people type them for each other without knowing.
LOOKALIKES = str.maketrans("АВЕЗКМНОРСТУХІЈЅԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABE3KMHOPCTYXIJSQWABEZHIKMNOPTYX")
# What eyes and readers confuse. The same folding is done in the database (function fold_mark).
FOLDING = str.maketrans("OQDILJSBZG", "0001115826")
LETTERS, DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"


def normalise_number(text: str) -> str:
    """The number in capitals without spaces, hyphens and other separators, as it is compared.

    Letters of other alphabets become the Latin ones they look like, else the ones they sound like; digits of other
    scripts become ours. Raises ValueError when nothing is left or more than 40 characters are.
    """
    number = NOT_KEPT.sub("", plain_capitals(text))
    if not number:
        raise ValueError("holds no letter and no digit; give the number as printed")
    if len(number) > LONGEST_NUMBER:
        raise ValueError(f"has {len(number)} characters; at most {LONGEST_NUMBER} are possible")
    return number


def plain_capitals(text: str) -> str:
    """The text in Latin capitals and digits, with whatever separators it has; bounded to what a number can need."""
    if text.isascii():
        return text.upper()
    return latin(unicodedata.normalize("NFKC", text).upper().translate(LOOKALIKES)).upper()


def fold(number: str) -> str:
    """The number with visual confusions removed (O/0, Q/0, D/0, I/1, L/1, J/1, S/5, B/8, Z/2, G/6).

    In: a normalised number. Out: the same length; two numbers with one fold may be misread for each other.
    """
    return number.translate(FOLDING)


def one_edit(number: str) -> tuple[str, ...]:
    """Every number that is one slip of the hand away from this one, each once and in order, itself not among them.

    In: a normalised number. Slips: one character put for another of its class (letter or digit), one left out, one
    put in of the class of a neighbour, two neighbours exchanged. A few hundred for a number of nine characters; none
    is empty or longer than 40.
    """
    slips = {*put_for_another(number), *left_out(number), *put_in(number), *exchanged(number)}
    return tuple(sorted(slip for slip in slips - {number} if 0 < len(slip) <= LONGEST_NUMBER))


def class_of(character: str) -> str:
    """All characters of the same class: the letters for a letter, the digits for a digit."""
    return DIGITS if character in DIGITS else LETTERS


def put_for_another(number: str) -> Iterator[str]:
    """One character is another of its class."""
    for at, character in enumerate(number):
        for other in class_of(character):
            yield number[:at] + other + number[at + 1 :]


def left_out(number: str) -> Iterator[str]:
    """One character is missing."""
    for at in range(len(number)):
        yield number[:at] + number[at + 1 :]


def put_in(number: str) -> Iterator[str]:
    """There is one character more, of the class of the one before it or of the one after it."""
    for at in range(len(number) + 1):
        for other in {*"".join(class_of(neighbour) for neighbour in number[max(at - 1, 0) : at + 1])}:
            yield number[:at] + other + number[at:]


def exchanged(number: str) -> Iterator[str]:
    """Two neighbours stand in each other's place."""
    for at in range(len(number) - 1):
        yield number[:at] + number[at + 1] + number[at] + number[at + 2 :]
