"""Travel documents: their kinds, their statuses, and how a number is normalised and folded."""

from __future__ import annotations

import re
import unicodedata
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
