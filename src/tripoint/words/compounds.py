"""Arabic names made of two words, written as one in one way: servant of God, of the Merciful, sun of the faith.

`abd al rahman`, `abdul rahman`, `abderrahmane` and `abdurahman` all begin with `abdulrahman`; `habib ullah` is
`habibulah`, `shams al din` is `shamsudin`. Works on Latin letters, so for every script that comes to them.
"""

from __future__ import annotations

import re

ARTICLES = frozenset(
    re.findall(r"\w+", "al el ul il ol ar er ur ir as es us is ash esh ush az ez uz ad ed ud an en un")
)
SERVANT = frozenset(
    re.findall(r"\w+", "abd abdul abdel abdal abdol abdoul abdil abdu abdur abdus abdar abder abdou ebd")
)
FATHER = frozenset(re.findall(r"\w+", "abou abo aboo abi ebu ebou"))  # of, in a kunya: written abu
GOD = frozenset(re.findall(r"\w+", "allah ullah ulla oullah ollah olla lah alla elah"))
FAITH = frozenset(
    re.findall(r"\w+", "din deen dine dyn eddin eddine uddin udin aldin eldin addin adin aldeen uldin"),
)
POSSIBLE = re.compile(r"\babd|\bebd|\babo|\babi\b|\bebo?u\b|(?:l[ao]+h?|d+[iey]+ne?)\b")
SERVANT_OF = re.compile(r"^[ae]bd(?:[aeiou]{1,2})(?:l+(?=[a-z])|(?:([rsndtz])\1?)(?=[aeiouh][a-z]{2}|[hklr]?[a-z]{3}))")
OF_GOD = re.compile(r"(?<=[a-z]{3})(?:ou|[uaoe])ll?[ao]h?$")
OF_FAITH = re.compile(
    r"(?<=[a-z]{3})(?:ou|[uae])(?:dd[iey]+n|ld[iey]+n|d[iey]+n)e?$|(?<=[a-z]{3})(?<![aeiou])dd[iey]+ne?$"
)


def compounds(words: list[str]) -> list[str]:
    """The words with the parts of such names joined and written in one way; words without them come back unchanged."""
    if not POSSIBLE.search(" ".join(words)):
        return words
    while True:  # a word joined once may be the first part of another; each turn leaves fewer words
        fewer = [one_way(word) for word in joined(words)]
        if len(fewer) == len(words):
            return fewer
        words = fewer


def joined(words: list[str]) -> list[str]:
    """The words, a servant joined with what follows and God or faith with what goes before; articles between fall."""
    found: list[str] = []
    place = 0
    while place < len(words):
        word = words[place]
        after = place + 1 + (words[place + 1 : place + 2] != [] and words[place + 1] in ARTICLES)
        following = words[after] if after < len(words) else ""
        if word in SERVANT and following:
            word, place = "abdulah" if following in GOD else "abdul" + following, after
        elif word in FATHER and place + 1 < len(words):
            word = "abu"
        elif word != "abu" and (following in GOD or following in FAITH):
            word, place = word + ("ullah" if following in GOD else "uddin"), after
        found.append(word)
        place += 1
    return found


def one_way(word: str) -> str:
    """One word with such a beginning or end in its one spelling."""
    if len(word) > 4 and word[1:3] == "bd":
        word = SERVANT_OF.sub(lambda found: "abdul" + (found[1] or ""), word, count=1)
        word = "abdulah" if word in ("abdula", "abdullah", "abdulah", "abdulha", "abdulo") else word
    word = OF_GOD.sub("ulah", word) if word.endswith(("lah", "la", "loh", "lo")) and "ll" in word[-4:] else word
    return OF_FAITH.sub("udin", word) if word[-1] in "ne" else word
