"""Serial numbers and makes of firearms, normalised and folded, and why one is listed."""

from __future__ import annotations

import re
from enum import StrEnum

from tripoint.words.documents import fold, plain_capitals
from tripoint.words.names import latin


class FirearmStatus(StrEnum):
    """Why a firearm is listed."""

    STOLEN = "stolen"
    LOST = "lost"
    TRAFFICKED = "trafficked"
    SMUGGLED = "smuggled"
    SUSPECT = "suspect"
    SEIZED = "seized"


LONGEST_SERIAL = 40
LEAD = re.compile(r"^\s*(?:№|N[°º]|S/N\b|SER(?:IAL)?\.?\s*(?:NO\b|NUMBER\b)|NO\.)[\s.:#]*", re.IGNORECASE)
COMPANY = frozenset(re.findall(r"\w+", "inc corp corporation co company ltd llc gmbh gesmbh ag spa sa as plc usa"))
# What makers are called in records, each by the name we compare.
MAKES = {
    "s w": "smith wesson", "sw": "smith wesson", "smith": "smith wesson", "smith and wesson": "smith wesson",
    "h k": "heckler koch", "hk": "heckler koch", "heckler and koch": "heckler koch", "heckler": "heckler koch",
    "fn": "fabrique nationale", "fn herstal": "fabrique nationale", "fnh": "fabrique nationale",
    "fabrique nationale herstal": "fabrique nationale", "sig": "sig sauer", "sigsauer": "sig sauer",
    "cz": "ceska zbrojovka", "ceska": "ceska zbrojovka", "imi": "israel military industries",
    "iwi": "israel weapon industries", "pietro beretta": "beretta", "fabbrica d armi pietro beretta": "beretta",
    "carl walther": "walther", "sturm ruger": "ruger", "sturm ruger and": "ruger",
    "colt s": "colt", "colt manufacturing": "colt", "colt s manufacturing": "colt", "forjas taurus": "taurus",
    "taurus armas": "taurus", "izhmash": "kalashnikov", "izhevsk": "kalashnikov", "kalashnikov concern": "kalashnikov",
    "norinco china": "norinco", "china north industries": "norinco", "zastava arms": "zastava",
    "crvena zastava": "zastava", "remington arms": "remington", "winchester repeating arms": "winchester",
    "of mossberg and sons": "mossberg", "mossberg and sons": "mossberg", "savage arms": "savage",
}  # fmt: skip


def normalise_serial(text: str) -> str:
    """A serial number in Latin capitals and digits without separators; leading zeros stay.

    A lead such as `S/N` or `№` goes. Raises ValueError when nothing is left or more than 40 characters are.
    """
    serial = re.sub(r"[^0-9A-Z]+", "", plain_capitals(LEAD.sub("", text)))
    if not serial:
        raise ValueError("holds no letter and no digit; give the serial number as stamped")
    if len(serial) > LONGEST_SERIAL:
        raise ValueError(f"has {len(serial)} characters; at most {LONGEST_SERIAL} are possible")
    return serial


def fold_serial(serial: str) -> str:
    """A normalised serial number with visual confusions removed, by the one table of document numbers."""
    return fold(serial)


def normalise_make(text: str) -> str:
    """A maker in small Latin letters without punctuation and forms of company, by the name records agree on.

    `S&W`, `Smith & Wesson` and `SMITH AND WESSON INC.` are all `smith wesson`. Empty for empty text.
    """
    words = [word for word in re.split(r"[^0-9a-z]+", latin(text.replace("&", " and ").replace(".", ""))) if word]
    kept = [word for word in words if word not in COMPANY] or words
    full = " ".join(kept)
    return MAKES.get(full) or MAKES.get(short := " ".join(word for word in kept if word != "and")) or short
