"""How published lists name identity papers and countries, put into our words."""

from __future__ import annotations

import re
from functools import lru_cache

from tripoint.words.countries import read_country
from tripoint.words.documents import DocumentReference, DocumentType, normalise_number

# The first wording found decides. Numbers of no paper (tax, company, electricity ...) are not identity documents.
WORDINGS: tuple[tuple[re.Pattern[str], DocumentType], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"passport|passeport|pasaporte", DocumentType.PASSPORT),
        (r"refugee|stateless", DocumentType.REFUGEE_DOCUMENT),
        (r"travel document|laissez", DocumentType.OTHER),
        (r"seafarer|seaman|libreta de mar", DocumentType.SEAFARER_DOCUMENT),
        (r"\bvisa", DocumentType.VISA),
        (r"driver|driving licen[cs]e", DocumentType.DRIVING_LICENCE),
        (r"residen(?:t|cy|ce)|foreign id|N\.I\.E\.", DocumentType.RESIDENCE_PERMIT),
        (
            r"national id|identi(?:ty|fication)|\bID card|personal id|c[eé]dula|\bD\.?N\.?I\.?|C\.U\.R\.P|C\.U\.I\."
            r"|tazkira|I\.F\.E\.|credencial|national number|personalausweis|carnet",
            DocumentType.IDENTITY_CARD,
        ),
    )
)
NO_PAPER = re.compile(
    r"tax|commercial|ration|birth cert|registration id|organization|company|email|security number", re.IGNORECASE
)
LONGEST = 300  # characters of a phrase that names a paper; in longer ones the pattern would try too many ways
WANTED_DIGIT = re.compile(r"\d")
# "Passport A123456 (Iran) expires 1 Jan 2020": a wording, a number whose first word holds a digit, the issuer.
WRITTEN = re.compile(
    r"(?P<wording>[^\d;]*?)(?:No\.?|Number|#)?:?\s*(?P<number>\S*\d[^(;]*?)\s*(?:\((?P<issuer>[^)]*)\).*)?"
)
AFTER_NUMBER = re.compile(r"\s+(?:issued|expires|expired|exp\.|valid)\b.*$", re.IGNORECASE)


def written_paper(text: str) -> DocumentReference | None:
    """The document one phrase names, with its kind and, in brackets, its country; None where it names none."""
    plain = " ".join(text.split())
    found = WRITTEN.fullmatch(plain) if len(plain) <= LONGEST else None
    kind = paper_type(found["wording"]) if found else None
    return paper(kind, AFTER_NUMBER.sub("", found["number"]), found["issuer"]) if found and kind else None


def paper_type(wording: str) -> DocumentType | None:
    """The kind of document a wording such as `Diplomatic Passport` or `Cedula No.` means, None for others."""
    if NO_PAPER.search(wording):
        return None
    return next((kind for pattern, kind in WORDINGS if pattern.search(wording)), None)


def paper(kind: DocumentType, number: str, issuer: str | None) -> DocumentReference | None:
    """The document named, or None where the text holds no usable number; an unknown country is left open."""
    if not WANTED_DIGIT.search(number):
        return None
    try:
        return DocumentReference(normalise_number(number), country_or_none(issuer), kind)
    except ValueError:
        return None


@lru_cache(2048)
def country_or_none(text: str | None) -> str | None:
    """The three-letter code of a name as published, or None where it is empty or no country."""
    if not text or not text.strip():
        return None
    try:
        return read_country(text.strip(" .,;"))
    except ValueError:
        return None
