"""Derives src/tripoint/words/commonness.csv, how little a word of a name tells, from published lists of names.

    python tools/make_common.py FOLDER > src/tripoint/words/commonness.csv

The folder holds watchlist_persons.jsonl (persons of published sanctions lists) and negatives_us.csv (invented people).
Only words that at least fifteen persons bear are kept, only as classes, without counts and without their list; below
stand words common in the world that these lists have few of. Records of an installation are never read here.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from tripoint.words.names import Script, readings, skeleton

FEWEST = 15  # persons who bear a word
RAREST_SKELETON = 0.65  # rarer skeletons say little of a word that is not listed itself
SHORTEST_SKELETON = 3  # consonants; fewer are shared by words that have nothing in common
CLASSES = ((0.012, 0.35), (0.005, 0.5), (0.002, 0.65), (0.0, 0.8))  # share of persons from which on, and weight
# Family and given names that many millions bear each (general knowledge of the world's commonest names).
KNOWN = {
    0.35: "wang li zhang liu chen yang huang nguyen kim lee singh kumar mohammed muhammad mohamed ali khan devi maria",
    0.5: "zhao wu zhou xu sun ma zhu hu lin guo he gao luo zheng liang xie tang wong chan tran le pham park "
    "choi jung kang lim sharma kaur das ram begum bibi hossain islam rahman ahmad ahmed garcia rodriguez "
    "martinez hernandez lopez gonzalez perez sanchez ramirez silva santos oliveira souza smith johnson "
    "williams brown jones ivanov ivanova sato suzuki jose juan ivan anna john david abdulah ibrahim "
    "hassan hussein mahmoud yusuf omar fatima abdul mehmet mustafa",
    0.65: "song deng han feng cao peng zeng xiao tian dong yuan pan cai jiang yu du ye cheng wei su lu ding ren "
    "shen yao huynh vo dang bui hoang ngo duong ly takahashi tanaka watanabe ito yamamoto nakamura "
    "kobayashi patel gupta yadav shah reddy nair petrov sidorov kuznetsov popov smirnov flores torres "
    "rivera gomez diaz cruz morales reyes miller davis wilson anderson thomas jackson white harris martin "
    "thompson muller schmidt schneider rossi russo ferrari bianchi dubois bernard petit pereira ferreira "
    "costa almeida carvalho kowalski nowak traore diallo diop keita mohammadi hosseini ahmadi rezaei "
    "yilmaz kaya demir sahin celik hernandez vargas mendoza castillo aleksandr sergei andrei dmitrii "
    "mikhail vladimir nikolai aleksei elena olga natalia svetlana michael james robert william mary "
    "joseph peter paul carlos luis antonio manuel jesus francisco ana marie pierre jean young abu bakr",
}


def persons(folder: Path) -> Iterator[tuple[str, set[str]]]:
    """The source of each person and all words of the person's names."""
    for line in (folder / "watchlist_persons.jsonl").read_text(encoding="utf-8").splitlines():
        person = json.loads(line)
        yield "listed", {word for name in person["names"] for word in latin_words(name["full"])}
    with (folder / "negatives_us.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            yield "invented", latin_words(row["full_name"])


def latin_words(name: str) -> set[str]:
    """The words of a name written in Latin letters: in other scripts vowels may be missing."""
    return {word for each in readings(name)[:1] if each.script is Script.LATIN for word in each.words}


def shares(people: list[tuple[str, set[str]]]) -> dict[str, float]:
    """The greater of the shares of persons in the two sources who bear a word, for words enough of them bear."""
    borne: dict[str, Counter[str]] = defaultdict(Counter)
    for source, words in people:
        borne[source].update(words)
    sizes = Counter(source for source, _ in people)
    found: dict[str, float] = defaultdict(float)
    for source, counts in borne.items():
        for word, count in counts.items():
            if count >= FEWEST and not word.isdigit():
                found[word] = max(found[word], count / sizes[source])
    return found


def weight_of(share: float) -> float:
    """The weight of the class a share falls in."""
    return next(weight for least, weight in CLASSES if share >= least)


def main(folder: Path) -> None:
    """Writes the table to standard output."""
    people = list(persons(folder))
    by_word = {word: weight_of(share) for word, share in shares(people).items()}
    for weight, words in KNOWN.items():
        by_word.update({word: min(weight, by_word.get(word, 1.0)) for word in words.split()})
    bones = [(source, {skeleton(word) for word in words}) for source, words in people]
    by_skeleton = {bone: weight_of(share) for bone, share in shares(bones).items() if len(bone) >= SHORTEST_SKELETON}
    for word, weight in by_word.items():
        if len(bone := skeleton(word)) >= SHORTEST_SKELETON:
            by_skeleton[bone] = min(weight, by_skeleton.get(bone, 1.0))
    print(
        "# How little a word of a name tells, by classes: 0.35 the commonest names of the world, 1.0 (not listed) rare."
    )
    print("# Derived by tools/make_common.py from published lists and general knowledge; no counts, no records held.")
    print("kind,weight,words")
    for kind, table in (("word", by_word), ("skeleton", by_skeleton)):
        for weight in sorted(set(table.values())):
            if kind == "skeleton" and weight > RAREST_SKELETON:
                continue
            print(f"{kind},{weight},{' '.join(sorted(word for word in table if table[word] == weight))}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
