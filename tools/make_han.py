"""Derives src/tripoint/words/han.csv, how Han characters are read, from the Unihan database of Unicode.

    python tools/make_han.py FOLDER-WITH-UNIHAN > src/tripoint/words/han.csv

The folder holds Unihan_Readings.txt and Unihan_Variants.txt, plain or as .bz2 (in Debian the package unicode-data).
A row of the result: language, rank of the reading (1 is the likeliest), reading, all characters read so; the rows
`simplified` hold simplified forms and, in the same order, the full forms they stand for.
"""

from __future__ import annotations

import bz2
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

NOTICE = """\
# Readings of Han characters, derived by tools/make_han.py from the Unihan database, Unicode 15.0.
# Copyright 2022 Unicode, Inc. Used under the Unicode licence (https://www.unicode.org/license.txt), which asks for
# this notice: the data are provided "as is", without warranty of any kind; this is a changed extract of them."""
MOST_READINGS = {"mandarin": 2, "cantonese": 1, "korean": 1, "on": 1, "kun": 1}
ROW = 40  # pairs of a simplified and a full form in one row
LONGEST_KUN = 8  # letters: longer native readings are of verbs, not of names
Readings = dict[str, dict[str, str]]


def fields(path: Path) -> Iterator[tuple[str, str, str]]:
    """Character, field and value of each line of a Unihan file."""
    packed = path.with_name(path.name + ".bz2")
    text = bz2.decompress(packed.read_bytes()) if packed.exists() else path.read_bytes()
    for line in text.decode().splitlines():
        if line.startswith("U+"):
            code, field, value = line.split("\t")
            yield chr(int(code[2:], 16)), field, value


def plain(reading: str) -> str:
    """A reading in a-z: no tone, no diaeresis, small letters."""
    bare = unicodedata.normalize("NFKD", reading.lower())
    return re.sub("[^a-z]", "", bare)


def spoken(given: dict[str, str], language: str) -> list[str]:
    """The readings of one character in one language, the likeliest first."""
    if language == "mandarin":
        often = re.sub(r"\(\d+\)", "", given.get("kHanyuPinlu", ""))
        rest = re.sub(r"[\d.,*]+:", " ", given.get("kXHC1983", "") + " " + given.get("kTGHZ2013", ""))
        found = [plain(each) for each in (given.get("kMandarin", "") + " " + often + " " + rest).split()]
    elif language == "korean":
        found = [each.split(":")[0] for each in given.get("kHangul", "").split()]
    else:
        field = {"cantonese": "kCantonese", "on": "kJapaneseOn", "kun": "kJapaneseKun"}[language]
        found = [plain(each) for each in given.get(field, "").split()]
    found = [each for each in found if language != "kun" or len(each) <= LONGEST_KUN]
    return [each for each in dict.fromkeys(found) if each][: MOST_READINGS[language]]


def is_usual(letter: str, given: dict[str, str]) -> bool:
    """The unified ideographs of the first block, and later ones a dictionary of today has."""
    return "\u4e00" <= letter <= "\u9fff" or "kTGHZ2013" in given or "kHanyuPinlu" in given


def main(folder: Path) -> None:
    """Writes the table to standard output."""
    known: Readings = defaultdict(dict)
    for letter, field, value in fields(folder / "Unihan_Readings.txt"):
        known[letter][field] = value
    rows: dict[tuple[str, int, str], str] = defaultdict(str)
    for letter, given in sorted(known.items()):
        for language in MOST_READINGS if is_usual(letter, given) else ():
            for rank, reading in enumerate(spoken(given, language), 1):
                rows[language, rank, reading] += letter
    pairs: list[tuple[str, str]] = []
    for letter, field, value in fields(folder / "Unihan_Variants.txt"):
        if field != "kSimplifiedVariant" or letter > "\uffff":
            continue
        simple = chr(int(value.split()[0][2:], 16))
        if simple != letter and simple <= "\uffff":
            pairs.append((simple, letter))
    for at in range(0, len(pairs), ROW):
        simples, fulls = zip(*pairs[at : at + ROW], strict=True)
        rows["simplified", 1, "".join(simples)] = "".join(fulls)
    print(NOTICE)
    print("language,rank,reading,characters")
    for (language, rank, reading), letters in sorted(rows.items()):
        print(f"{language},{rank},{reading},{letters}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
