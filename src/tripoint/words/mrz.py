"""Machine-readable zones of travel documents: reading, checking, writing (ICAO Doc 9303, 8th edition, parts 3 to 7)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tripoint.words.countries import PROTECTED_CODES, find_code
from tripoint.words.dates import PartialDate
from tripoint.words.documents import DocumentReference, DocumentType, normalise_number
from tripoint.words.names import latin
from tripoint.words.people import PersonDescription, PersonName, Sex


class MrzFormat(StrEnum):
    """The shapes of zone we read: cards, small and large booklets, visas, and the French card before 2021."""

    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"
    MRV_A = "MRV-A"
    MRV_B = "MRV-B"
    FRENCH_CARD = "FRENCH-CARD"


@dataclass(frozen=True, slots=True)
class MachineReadableZone:
    """What a zone says. `failing` names the fields whose check digit or date does not hold.

    `issuer` and `nationality` are our country codes where the printed ones are known, else as printed.
    No check digit covers the names: they are always to be compared with the page by eye.
    """

    format: MrzFormat
    document_code: str
    type: DocumentType
    issuer: str
    number: str
    surname: str
    given_names: str
    birth: PartialDate | None
    nationality: str
    sex: Sex
    expiry: date | None
    optional: str
    optional2: str
    name_maybe_truncated: bool
    corrected: bool  # letters and digits were exchanged (O for 0, I for 1) before the check digits held
    failing: tuple[str, ...]

    @property
    def valid(self) -> bool:
        """Whether every check digit holds and every date is real."""
        return not self.failing

    @property
    def specimen(self) -> bool:
        """Whether it is a specimen of the invented state Utopia."""
        return "UTO" in (self.issuer, self.nationality)

    @property
    def protected(self) -> bool:
        """Whether the holder is stateless or a refugee."""
        return self.nationality in PROTECTED_CODES

    def document(self) -> DocumentReference:
        """The document by number, issuer and type. Raises ValueError when the zone holds no number."""
        return DocumentReference(normalise_number(self.number), self.issuer or None, self.type)

    def person(self) -> PersonDescription:
        """The holder as a description to search with."""
        full = f"{self.given_names} {self.surname}".strip()
        name = PersonName(
            full, given=self.given_names or None, family=self.surname or None, truncated=self.name_maybe_truncated
        )
        return PersonDescription(
            names=(name,) if full else (),
            births=(self.birth,) if self.birth else (),
            nationalities=(self.nationality,) if self.nationality else (),
            sex=None if self.sex is Sex.UNSPECIFIED else self.sex,
            documents=(self.document(),) if self.number else (),
        )


Place = tuple[int, int, int]  # line, first character, one past the last

PASSPORT_LIKE: dict[str, Place] = {
    "code": (0, 0, 2), "issuer": (0, 2, 5), "number": (1, 0, 9), "number_check": (1, 9, 10),
    "nationality": (1, 10, 13), "birth": (1, 13, 19), "birth_check": (1, 19, 20), "sex": (1, 20, 21),
    "expiry": (1, 21, 27), "expiry_check": (1, 27, 28),
}  # fmt: skip
PLACES: dict[MrzFormat, dict[str, Place]] = {
    MrzFormat.TD1: {
        "code": (0, 0, 2), "issuer": (0, 2, 5), "number": (0, 5, 14), "number_check": (0, 14, 15),
        "optional": (0, 15, 30), "birth": (1, 0, 6), "birth_check": (1, 6, 7), "sex": (1, 7, 8),
        "expiry": (1, 8, 14), "expiry_check": (1, 14, 15), "nationality": (1, 15, 18), "optional2": (1, 18, 29),
        "composite_check": (1, 29, 30), "name": (2, 0, 30),
    },
    MrzFormat.TD2: PASSPORT_LIKE | {"name": (0, 5, 36), "optional": (1, 28, 35), "composite_check": (1, 35, 36)},
    MrzFormat.TD3: PASSPORT_LIKE
    | {"name": (0, 5, 44), "optional": (1, 28, 42), "optional_check": (1, 42, 43), "composite_check": (1, 43, 44)},
    MrzFormat.MRV_A: PASSPORT_LIKE | {"name": (0, 5, 44), "optional": (1, 28, 44)},
    MrzFormat.MRV_B: PASSPORT_LIKE | {"name": (0, 5, 36), "optional": (1, 28, 36)},
    MrzFormat.FRENCH_CARD: {
        "code": (0, 0, 2), "issuer": (0, 2, 5), "surname": (0, 5, 30), "optional": (0, 30, 36),
        "number": (1, 0, 12), "number_check": (1, 12, 13), "given": (1, 13, 27), "birth": (1, 27, 33),
        "birth_check": (1, 33, 34), "sex": (1, 34, 35), "composite_check": (1, 35, 36),
        "number_month": (1, 0, 4), "number_serial": (1, 7, 12),  # parts of the number that are always digits
    },
}  # fmt: skip
COMPOSITE: dict[MrzFormat, tuple[Place, ...]] = {
    MrzFormat.TD1: ((0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29)),
    MrzFormat.TD2: ((1, 0, 10), (1, 13, 20), (1, 21, 35)),
    MrzFormat.TD3: ((1, 0, 10), (1, 13, 20), (1, 21, 43)),
    MrzFormat.FRENCH_CARD: ((0, 0, 36), (1, 0, 35)),
}
VALUES = {character: value for value, character in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}
WEIGHTS = (7, 3, 1)
SHAPES = {90: 30, 88: 44, 72: 36}  # the whole zone on one line, and the length of its lines
LONGEST_INPUT = 400
FILLERS = str.maketrans({"«": "<<", "‹": "<", "〈": "<", "＜": "<"})
TO_DIGITS = str.maketrans("OQDIJLZSGBT", "00011125687")
TO_LETTERS = str.maketrans("0125868", "OIZSBGB")
DIGITS_ONLY = (
    "number_check", "birth", "birth_check", "expiry", "expiry_check", "optional_check", "composite_check",
    "number_month", "number_serial",
)  # fmt: skip
LETTERS_ONLY = ("code", "issuer", "nationality", "name", "surname", "given", "sex")
FURTHEST_EXPIRY = 50  # years ahead of today; a later one is read as of the last century
SECOND_LETTERS = {
    "PR": DocumentType.REFUGEE_DOCUMENT, "IR": DocumentType.RESIDENCE_PERMIT, "AR": DocumentType.RESIDENCE_PERMIT,
    "CR": DocumentType.RESIDENCE_PERMIT, "IS": DocumentType.SEAFARER_DOCUMENT, "AC": DocumentType.OTHER,
}  # fmt: skip
FIRST_LETTERS = {
    "P": DocumentType.PASSPORT, "V": DocumentType.VISA, "I": DocumentType.IDENTITY_CARD,
    "A": DocumentType.IDENTITY_CARD, "C": DocumentType.IDENTITY_CARD,
}  # fmt: skip


def check_digit(text: str) -> str:
    """The check digit of a field: weights 7, 3, 1, modulus 10, A is 10, the filler is 0 (part 3, section 4.9).

    Raises ValueError for a character that no zone holds.
    """
    try:
        return str(sum(VALUES[character] * WEIGHTS[at % 3] for at, character in enumerate(text)) % 10)
    except KeyError as error:
        raise ValueError(f"{error.args[0]!r} stands in no machine-readable zone; only A-Z, 0-9 and <") from None


def issuer_code(printed: str) -> str:
    """Our country code of what a zone prints (`D<<` is DEU); what we do not know stays as printed."""
    bare = printed.strip().strip("<").upper()
    known = find_code(bare) if len(bare) in (1, 3) else None
    return known or bare


def read_mrz(text: str, today: date | None = None) -> MachineReadableZone:
    """Read the zone of a passport, card or visa, as two or three lines or all on one.

    Case, blanks and line ends do not matter. `today` decides the century of two-digit years (default: the clock).
    Where check digits fail as typed but hold after exchanging O/0, I/1, S/5, B/8, Z/2 and the like in fields that
    can only be letters or only digits, the corrected reading is given and marked. Raises ValueError when the text
    has not the shape of a zone, naming the line and the remedy.
    """
    today = today or date.today()
    lines = split_lines(text)
    form = find_format(lines)
    zone = read_lines(form, lines, today, corrected=False)
    if zone.failing:
        mended = correct(form, lines)
        if mended != lines:
            second = read_lines(form, mended, today, corrected=True)
            if len(second.failing) < len(zone.failing):
                return second
    return zone


def split_lines(text: str) -> list[str]:
    """The lines in capitals without blanks; a zone on one line is cut into its lines."""
    if len(text) > LONGEST_INPUT:
        raise ValueError(f"has {len(text)} characters; give only the two or three lines at the foot of the document")
    plain = text.upper().translate(FILLERS)
    lines = [line for line in (re.sub(r"\s+", "", part) for part in re.split(r"[\r\n]+", plain)) if line]
    if len(lines) == 1 and len(lines[0]) in SHAPES:
        width = SHAPES[len(lines[0])]
        lines = [lines[0][at : at + width] for at in range(0, len(lines[0]), width)]
    for at, line in enumerate(lines, 1):
        wrong = next((character for character in line if character not in VALUES), None)
        if wrong:
            raise ValueError(f"line {at} holds {wrong!r}; only A-Z, 0-9 and < stand in a machine-readable zone")
    return lines


def find_format(lines: list[str]) -> MrzFormat:
    """The format by number and length of lines; ValueError names the line that does not fit."""
    lengths = [len(line) for line in lines]
    if lengths == [30, 30, 30]:
        return MrzFormat.TD1
    if lengths == [44, 44]:
        return MrzFormat.MRV_A if lines[0][0] == "V" else MrzFormat.TD3
    if lengths == [36, 36]:
        if lines[0][1:5] == "DFRA" and lines[0][0] in "I1":
            return MrzFormat.FRENCH_CARD
        return MrzFormat.MRV_B if lines[0][0] == "V" else MrzFormat.TD2
    raise ValueError(describe_shape(lengths))


def describe_shape(lengths: list[int]) -> str:
    """Why these lengths make no zone, and what to do."""
    if len(lengths) not in (2, 3):
        return f"has {len(lengths)} lines; give the 2 lines of a passport or visa or the 3 lines of a card"
    wanted = 30 if len(lengths) == 3 else min((36, 44), key=lambda width: abs(width - max(lengths)))
    at = next(at for at, length in enumerate(lengths) if length != wanted)
    return f"line {at + 1} has {lengths[at]} characters instead of {wanted}; check for characters left out or doubled"


def correct(form: MrzFormat, lines: list[str]) -> list[str]:
    """The lines with letters read for digits, and digits read for letters, exchanged where only the other can stand."""
    mended = [list(line) for line in lines]
    for field, (line, start, end) in PLACES[form].items():
        table = TO_DIGITS if field in DIGITS_ONLY else TO_LETTERS if field in LETTERS_ONLY else None
        if table:
            mended[line][start:end] = "".join(mended[line][start:end]).translate(table)
    return ["".join(line) for line in mended]


def read_lines(form: MrzFormat, lines: list[str], today: date, *, corrected: bool) -> MachineReadableZone:
    """The zone of lines that have the right shape."""
    fields = {field: lines[line][start:end] for field, (line, start, end) in PLACES[form].items()}
    number, optional, number_holds = read_number(form, fields)
    birth, expiry = read_birth(fields["birth"], today), read_expiry(fields.get("expiry", ""), today)
    failing = tuple(name for name, holds in checks(form, lines, fields, number_holds, birth, expiry) if not holds)
    surname, given = read_names(form, fields)
    code = clean(fields["code"])
    issuer = issuer_code(fields["issuer"])
    return MachineReadableZone(
        format=form,
        document_code=code,
        type=SECOND_LETTERS.get(code) or FIRST_LETTERS.get(code[:1], DocumentType.OTHER),
        issuer=issuer,
        number=number,
        surname=surname,
        given_names=given,
        birth=birth,
        nationality=issuer_code(fields["nationality"]) if "nationality" in fields else issuer,
        sex={"F": Sex.FEMALE, "M": Sex.MALE}.get(fields["sex"], Sex.UNSPECIFIED),
        expiry=expiry,
        optional=optional,
        optional2=clean(fields.get("optional2", "")),
        name_maybe_truncated=(fields.get("name") or fields["surname"])[-1] != "<"
        or fields.get("given", "<")[-1] != "<",
        corrected=corrected,
        failing=failing,
    )


def read_number(form: MrzFormat, fields: dict[str, str]) -> tuple[str, str, bool]:
    """Document number, what remains of the optional field, and whether the check digit holds.

    On cards a number of more than nine characters runs on in the optional field, ending in its check digit, and the
    filler stands where the check digit would be (part 5, note j). Issuers differ on whether that filler counts.
    """
    number, digit, optional = fields["number"], fields["number_check"], fields["optional"]
    if digit != "<" or form not in (MrzFormat.TD1, MrzFormat.TD2):
        return clean(number), clean(optional), digit == check_digit(number) and clean(number) != ""
    rest, digit = optional.split("<")[0][:-1], optional.split("<")[0][-1:]
    holds = rest != "" and digit in (check_digit(number + rest), check_digit(f"{number}<{rest}"))
    return clean(number + rest), clean(optional[len(rest) + 1 :]), holds


def checks(
    form: MrzFormat,
    lines: list[str],
    fields: dict[str, str],
    number_holds: bool,
    birth: PartialDate | None,
    expiry: date | None,
) -> list[tuple[str, bool]]:
    """Each field that a check digit covers, and whether it holds."""
    found = [("number", number_holds), ("birth", date_holds(fields, "birth", birth))]
    if "expiry" in fields:
        found.append(("expiry", date_holds(fields, "expiry", expiry)))
    if "optional_check" in fields:
        digit, value = fields["optional_check"], fields["optional"]
        found.append(("optional", digit == check_digit(value) or (digit == "<" and not clean(value))))
    if form in COMPOSITE:
        together = "".join(lines[line][start:end] for line, start, end in COMPOSITE[form])
        found.append(("composite", fields["composite_check"] == check_digit(together)))
    return found


def date_holds(fields: dict[str, str], name: str, value: PartialDate | date | None) -> bool:
    """Whether a date is real and has its check digit; one left wholly unknown may have the filler for it."""
    text, digit = fields[name], fields[f"{name}_check"]
    if not clean(text):
        return digit in "0<"
    return value is not None and digit == check_digit(text)


def read_birth(text: str, today: date) -> PartialDate | None:
    """YYMMDD, day or month and day unknown as fillers or 00; never in the future of `today`. None if it is no date."""
    if not re.fullmatch(r"\d\d(?:\d{4}|\d\d<<|<<<<)", text):
        return None
    month, day = (int(part) if part.isdigit() and int(part) else None for part in (text[2:4], text[4:6]))
    for century in (today.year // 100 * 100, today.year // 100 * 100 - 100):
        try:
            birth = PartialDate(century + int(text[:2]), month, day)
        except ValueError:
            continue
        if birth.earliest <= today:
            return birth
    return None


def read_expiry(text: str, today: date) -> date | None:
    """YYMMDD as a day at most 50 years after `today`. None if it is no date."""
    if not re.fullmatch(r"\d{6}", text):
        return None
    year = today.year // 100 * 100 + int(text[:2])
    year -= 100 if year > today.year + FURTHEST_EXPIRY else 0
    try:
        return date(year, int(text[2:4]), int(text[4:6]))
    except ValueError:
        return None


def read_names(form: MrzFormat, fields: dict[str, str]) -> tuple[str, str]:
    """Surname and given names, words parted by blanks."""
    if form is MrzFormat.FRENCH_CARD:
        return clean(fields["surname"]), clean(fields["given"])
    surname, _, given = fields["name"].partition("<<")
    return clean(surname), clean(given)


def clean(field: str) -> str:
    """A field with its fillers as single blanks."""
    return " ".join(field.replace("<", " ").split())


def write_mrz_td3(
    *,
    surname: str,
    given_names: str,
    number: str,
    issuer: str,
    nationality: str,
    birth: date,
    sex: Sex,
    expiry: date,
    document_code: str = "P",
) -> str:
    """The two lines of a passport with all check digits, for specimens and tests.

    Names in any script are written in Latin letters and cut as part 4, section 4.2.3 allows. Raises ValueError for a
    number longer than nine characters.
    """
    if not 1 <= len(number) <= 9:
        raise ValueError(f"the number {number!r} has {len(number)} characters; a passport number has 1 to 9")
    head = f"{document_code:<<2}{printed_code(issuer)}{write_name(surname, given_names, 39)}"
    first = checked(f"{number.upper():<<9}")
    second = checked(f"{birth:%y%m%d}") + (sex.value if sex is not Sex.UNSPECIFIED else "<")
    third = checked(f"{expiry:%y%m%d}") + "<" * 15
    composite = check_digit(first + second[:7] + third)
    return f"{head}\n{first}{printed_code(nationality)}{second}{third}{composite}"


def checked(field: str) -> str:
    """The field followed by its check digit."""
    return field + check_digit(field)


def printed_code(code: str) -> str:
    """How a zone prints a country code: Germany as D."""
    return f"{'D' if code == 'DEU' else code:<<3}"


def write_name(surname: str, given_names: str, width: int) -> str:
    """Surname, two fillers, given names; too long a name is cut so that it ends in a letter and shows a given name."""
    family, given = (
        "<".join(re.sub(r"[^A-Z -]", "", latin(part).upper()).replace("-", " ").split())
        for part in (surname, given_names)
    )
    while given and len(family) > width - 3:
        family = family[: width - 3].rstrip("<")
    name = f"{family}<<{given}"
    while len(name) > width and name[width - 1] == "<":
        family = family[:-1].rstrip("<")
        name = f"{family}<<{given}"
    return f"{name[:width]:<<{width}}"
