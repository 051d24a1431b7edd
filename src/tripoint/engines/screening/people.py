"""People as columns of numbers: what the compiled comparison reads, in memory or mapped from a file.

A person has names, each of them one or more readings (a Chinese name is read in several ways), each reading words,
each word sounds. Births, nationalities and documents hang on the person. All lists are in compressed rows: the
entries of row i are `start[i]` to `start[i + 1]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt

from tripoint.engines.screening.sounds import sounds
from tripoint.words.commonness import common
from tripoint.words.countries import PROTECTED_CODES
from tripoint.words.dates import PartialDate
from tripoint.words.documents import DocumentReference, DocumentType, fold
from tripoint.words.names import readings, skeleton
from tripoint.words.nicknames import Kinship, kind_of_group, nickname_group
from tripoint.words.people import NameKind, PersonDescription, PersonName, Sex

Column = npt.NDArray[Any]
MOST_NAMES, MOST_READINGS, MOST_WORDS = 500, 2_000, 10  # of a person, of all names of one, of a reading
WEAK, TRUNCATED = 1, 2  # flags of a reading
BONES_KEPT = 12  # consonants of a word, five bits each
SEXES = {Sex.FEMALE: 1, Sex.MALE: 2}
TYPES = {kind: at for at, kind in enumerate(DocumentType, start=1)}
NO_NATIONALITY = PROTECTED_CODES | {"XXX", "UNO", "UNA"}  # these say nothing on which country a person is of
STARTS = {"names": "reading", "words": "word", "letters": "letter", "births": "birth", "countries": "country",
          "papers": "paper"}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Columns of n persons, m readings, w words, l letters, b births, c nationalities, d documents.

    `name_at` is which of its person's names a reading is of. `word_known` is how much a word tells, 0 to 1.
    `bones` packs the consonant skeleton, 5 bits a letter. `birth` is year, last year, month, day, about (0 unknown).
    `country` packs a three-letter code. `paper` is the number, the number folded, and a hash of
    the issuer above the type.
    """

    names: Column  # int32 [n+1] readings of each person
    words: Column  # int32 [m+1]
    letters: Column  # int32 [w+1]
    letter: Column  # uint8 [l], see sounds.py
    script: Column  # uint8 [m], see words.names.Script
    name_at: Column  # uint16 [m]
    name_flags: Column  # uint8 [m]
    word_known: Column  # float32 [w]
    word_groups: Column  # int16 [w, 2] groups of given names, see `packed_groups`
    bones: Column  # uint64 [w]
    spelling: Column  # uint64 [w] a hash of the word
    sex: Column  # uint8 [n]
    births: Column  # int32 [n+1]
    birth: Column  # int16 [b, 5]
    countries: Column  # int32 [n+1]
    country: Column  # uint16 [c]
    papers: Column  # int32 [n+1]
    paper: Column  # uint64 [d, 3]

    def __len__(self) -> int:
        return len(self.sex)

    def columns(self) -> dict[str, Column]:
        """The columns by name, in the order of the fields."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


TYPES_OF = {
    "names": "i4", "words": "i4", "letters": "i4", "letter": "u1", "script": "u1", "name_at": "u2", "name_flags": "u1",
    "word_known": "f4", "word_groups": "i2", "bones": "u8", "spelling": "u8", "sex": "u1", "births": "i4",
    "birth": "i2", "countries": "i4", "country": "u2", "papers": "i4", "paper": "u8",
}  # fmt: skip
WIDTHS = {"word_groups": 2, "birth": 5, "paper": 3}


@dataclass(frozen=True, slots=True)
class Word:
    """One word made ready, see `People`."""

    letters: bytes
    known: float
    groups: tuple[int, int]
    bones: int
    spelling: int


@lru_cache(262_144)
def word(text: str) -> Word:
    """A word of a reading made ready to be compared."""
    return Word(sounds(text), common(text), packed_groups(text), packed_bones(skeleton(text)), hashed(text))


def packed_groups(text: str) -> tuple[int, int]:
    """The first two groups of given names a word is in, twice the number and one more for pet forms; -1 for none."""
    found = [2 * group + (kind_of_group(group) is Kinship.NICKNAME) for group in nickname_group(text) or ()]
    one, other = (*found[:2], -1, -1)[:2]
    return one, other


def packed_bones(bones: str) -> int:
    """The first twelve letters in five bits each, the first lowest; digits count as 27 to 31."""
    value = 0
    for at, letter in enumerate(bones[:BONES_KEPT]):
        value |= (ord(letter) - 96 if "a" <= letter <= "z" else 27 + ord(letter) % 5) << (5 * at)
    return value


def hashed(text: str) -> int:
    """BLAKE2b with 8 bytes as an unsigned number."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


@lru_cache(65_536)
def read_name(name: PersonName) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """The readings of a name: script, flags, words; none of a name without a letter."""
    flags = (WEAK if name.kind is NameKind.WEAK_ALIAS else 0) | (TRUNCATED if name.truncated else 0)
    return tuple(
        (int(reading.script), flags, reading.words[:MOST_WORDS]) for reading in readings(name.full) if reading.words
    )


def different_readings(names: Iterable[PersonName]) -> Iterator[tuple[int, PersonName, int, int, tuple[str, ...]]]:
    """Each different reading of several names once, at most 2,000: which name, script, flags, words."""
    seen: set[tuple[int, int, tuple[str, ...]]] = set()
    for at, name in enumerate(names):
        for reading in read_name(name):
            if reading not in seen and len(seen) < MOST_READINGS:
                seen.add(reading)
                yield at, name, *reading


def readings_of(names: Iterable[PersonName]) -> list[tuple[PersonName, tuple[str, ...]]]:
    """The words of each reading with the name it is of, in the order of the columns."""
    return [(name, words) for _, name, _, _, words in different_readings(names)]


def pack_country(code: str) -> int:
    """A three-letter code as one number, 0 for what names no country."""
    if len(code) != 3 or code in NO_NATIONALITY or not (code.isascii() and code.isalpha()):
        return 0
    first, second, third = (ord(letter) - 64 for letter in code.upper())
    return (first * 27 + second) * 27 + third


def pack_birth(birth: PartialDate) -> tuple[int, int, int, int, int]:
    """A date of birth as year, last year, month, day, about; the day only of a date that names one without doubt."""
    day = birth.day if birth.exact and birth.day else 0
    return birth.year, birth.year_to or birth.year, birth.month or 0, day, int(birth.about)


@lru_cache(65_536)
def pack_paper(document: DocumentReference) -> tuple[int, int, int]:
    """A document as hashes of its number and folded number, and a hash of the issuer above the type (0 unknown)."""
    number = "".join(filter(str.isalnum, document.number.upper()))
    kind = TYPES[document.type] if document.type else 0
    issuer = hashed(document.issuer) >> 8 if document.issuer else 0
    return hashed(number), hashed(fold(number)), (issuer << 8) | kind


class Encoder:
    """Gathers persons one by one into columns."""

    def __init__(self) -> None:
        self.gathered: dict[str, list[Any]] = {name: [] for name in TYPES_OF}
        for start in STARTS:
            self.gathered[start].append(0)
        self.letter = bytearray()

    def add(self, person: PersonDescription) -> None:
        """One more person."""
        columns = self.gathered
        self.add_names(person.names[:MOST_NAMES])
        columns["sex"].append(SEXES.get(person.sex, 0) if person.sex else 0)
        columns["birth"] += map(pack_birth, person.births)
        columns["country"] += (code for code in map(pack_country, person.nationalities) if code)
        columns["paper"] += map(pack_paper, person.documents)
        columns["names"].append(len(columns["script"]))
        for start, entry in (("births", "birth"), ("countries", "country"), ("papers", "paper")):
            columns[start].append(len(columns[entry]))

    def add_names(self, names: Iterable[PersonName]) -> None:
        """The readings of a person's names, each different one once."""
        columns = self.gathered
        for at, _, script, flags, words in different_readings(names):
            columns["script"].append(script)
            columns["name_flags"].append(flags)
            columns["name_at"].append(at)
            for each in words:
                self.add_word(word(each))
            columns["words"].append(len(columns["bones"]))

    def add_word(self, each: Word) -> None:
        """One word of the reading in hand."""
        columns = self.gathered
        self.letter += each.letters
        columns["letters"].append(len(self.letter))
        columns["word_known"].append(each.known)
        columns["word_groups"].append(each.groups)
        columns["bones"].append(each.bones)
        columns["spelling"].append(each.spelling)

    def people(self) -> People:
        """What was gathered, as columns."""
        made = {name: column(name, values) for name, values in self.gathered.items() if name != "letter"}
        return People(letter=np.frombuffer(bytes(self.letter), dtype=np.uint8), **made)


def column(name: str, values: Sequence[Any]) -> Column:
    """A column of its own type and width, also when it is empty. Read-only, as those mapped from files are."""
    made = np.array(values, dtype=TYPES_OF[name])
    if name in WIDTHS:
        made = made.reshape(-1, WIDTHS[name])
    made.flags.writeable = False
    return made


def encode(persons: Iterable[PersonDescription]) -> People:
    """Persons as columns, in their order."""
    encoder = Encoder()
    for person in persons:
        encoder.add(person)
    return encoder.people()


def from_columns(columns: Mapping[str, Column]) -> People:
    """People from columns by name, as `People.columns` gives them. Raises KeyError when one is absent."""
    return People(**{each.name: columns[each.name] for each in fields(People)})
