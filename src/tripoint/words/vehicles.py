"""Vehicles: why one is listed, and how chassis numbers and plates are normalised and folded."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from tripoint.words.documents import LOOKALIKES, fold, plain_capitals


class VehicleStatus(StrEnum):
    """Why a vehicle is listed."""

    STOLEN = "stolen"
    MISAPPROPRIATED = "misappropriated"
    STOLEN_PLATE = "stolen_plate"
    WANTED_FOR_SEARCH = "wanted_for_search"
    FOUND = "found"


FULL_VIN = 17
SHORTEST_VIN = 5  # chassis numbers before 1981 followed no standard
LONGEST_PLATE = 15
VIN_LETTERS = str.maketrans("IOQ", "100")  # ISO 3779 leaves these three out, so they are always misread digits
VIN_VALUES = dict(zip("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "012345678912345678123457923456789"), strict=True))
VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
NOT_IN_PLATE = re.compile(r"[\W_]+")


def normalise_vin(text: str) -> str:
    """A chassis number in capitals without separators, I, O and Q read as 1, 0 and 0 (ISO 3779).

    Raises ValueError when it has fewer than 5 or more than 17 characters.
    """
    vin = re.sub(r"[^0-9A-Z]+", "", plain_capitals(text)).translate(VIN_LETTERS)
    if not SHORTEST_VIN <= len(vin) <= FULL_VIN:
        raise ValueError(f"has {len(vin)} characters; a VIN has 17, an old chassis number 5 to 16")
    return vin


def vin_note(vin: str) -> str | None:
    """What looks odd about a normalised VIN, in a sentence, or None. Advice only: such a number is still searched.

    The check digit in the ninth place binds makers in North America only (first character 1 to 5; 49 CFR 565.15).
    """
    if len(vin) < FULL_VIN:
        return f"{len(vin)} characters instead of 17: an old chassis number, or incomplete"
    if vin[0] in "12345" and vin[8] != vin_check_digit(vin):
        return f"check digit {vin[8]} should be {vin_check_digit(vin)}: look at the plate again"
    return None


def vin_check_digit(vin: str) -> str:
    """The check digit of 17 characters: weighted sum modulo 11, X for 10 (49 CFR 565.15)."""
    return "0123456789X"[sum(VIN_VALUES[mark] * weight for mark, weight in zip(vin, VIN_WEIGHTS, strict=True)) % 11]


def normalise_plate(text: str) -> str:
    """A registration in capitals without separators, in the script it is written in.

    Raises ValueError when nothing is left or more than 15 characters are.
    """
    plate = NOT_IN_PLATE.sub("", unicodedata.normalize("NFKC", text).upper())
    if not plate:
        raise ValueError("holds no letter and no digit; give the registration as on the plate")
    if len(plate) > LONGEST_PLATE:
        raise ValueError(f"has {len(plate)} characters; at most {LONGEST_PLATE} are possible")
    return plate


def fold_plate(plate: str) -> str:
    """A normalised plate with look-alikes across scripts and visual confusions removed (А/A, O/0, I/1, B/8...)."""
    return fold("".join(digit_or_self(mark) for mark in plate).translate(LOOKALIKES))


def digit_or_self(mark: str) -> str:
    """Digits of any script as ours."""
    value = unicodedata.digit(mark, None)
    return mark if value is None else str(value)
