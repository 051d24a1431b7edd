"""Numbers of documents, vehicles and firearms that exist nowhere: each bears a mark that no issuer or maker uses."""

from __future__ import annotations

from random import Random

# No country's passports begin so; the letters XX stand for invented throughout the demonstration.
DOCUMENT_MARK = "XX"
# A chassis number begins with its maker's world code (ISO 3780); none begins with two zeros.
VIN_MARK = "00"
VIN_CHARACTERS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"  # without I, O and Q (ISO 3779)
PLATE_MARK = "XX"
PLATE_LETTERS = "BCDFGHKLMNPRSTVW"
SERIAL_MARK = "XX"
CAR_MAKES = {
    "Quintero Motor": ("Andarin", "Vereda", "Sierpe"), "Norvaga": ("N2", "N4 Carga", "Bruma"),
    "Talmero": ("Colibri", "Tapir 4x4"), "Sunrive": ("Delta", "Estero"), "Okhara": ("Kaze", "Toge"),
}  # fmt: skip
GUN_MAKES = {
    "Armas Belturqui": ("B9", "B9 Compacta"), "Nortuga Arms": ("Trail 12", "Ranger"), "Ferrovante": ("F38", "F45"),
    "Kvartsyn Works": ("K74", "K12"), "Dovrelund": ("Sable", "Vigil"),
}  # fmt: skip
CALIBRES = ("9 mm", ".38", ".45", "12 gauge", "5.56 mm", "7.62 mm")
COLOURS = ("white", "grey", "black", "red", "blue", "green")


def document_number(throw: Random) -> str:
    """Nine characters, as the number field of a passport's zone holds: the mark and seven digits."""
    return f"{DOCUMENT_MARK}{throw.randrange(10_000_000):07d}"


def vin(throw: Random) -> str:
    """Seventeen characters of a chassis number with a maker's code that is given to nobody."""
    return VIN_MARK + "".join(throw.choices(VIN_CHARACTERS, k=9)) + f"{throw.randrange(1_000_000):06d}"


def plate(throw: Random) -> str:
    """A registration: the mark, a letter, four digits, a letter."""
    first, last = throw.choices(PLATE_LETTERS, k=2)
    return f"{PLATE_MARK}{first} {throw.randrange(10_000):04d}{last}"


def serial(throw: Random) -> str:
    """A serial number: the mark, a letter, six digits."""
    return f"{SERIAL_MARK}{throw.choice(PLATE_LETTERS)}{throw.randrange(1_000_000):06d}"
