"""A question about accounts, as PostgreSQL's full text search takes it: every word, in any of its forms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from tripoint.engines.accounts.cutting import asked, filed, folded, is_han, runs
from tripoint.engines.accounts.synonyms import meaning_the_same

# The stemmers of PostgreSQL (Snowball) by language; Creole and Chinese have none.
STEMMERS = MappingProxyType({
    "es": "spanish_stem", "pt": "portuguese_stem", "fr": "french_stem", "en": "english_stem",
})  # fmt: skip
LANGUAGES = (*STEMMERS, "ht", "zh")
# The little words of Creole, which no stemmer of ours knows.
SMALL_WORDS = frozenset({
    "an", "ak", "ap", "ba", "ki", "la", "lan", "li", "men", "mwen", "nan", "nou", "ou", "pou", "sa", "se", "te", "yo",
    "yon",
})  # fmt: skip
MOST_WORDS = 20  # of a question; the rest is not looked at
# The stems of a word by a stemmer's name; none for a word that the stemmer passes over.
Stems = Callable[[str, str], Iterable[str]]


def words_to_stem(text: str) -> frozenset[str]:
    """The words of a text that have stems, as they are and folded."""
    return frozenset(form for run in runs(text) if not is_han(run) and not run.isdigit() for form in (run, folded(run)))


def lexemes(text: str, language: str | None, stems: Stems) -> frozenset[str]:
    """Everything a text is found by: its words folded, their stems in its language, the pairs of its Chinese."""
    found: set[str] = set()
    for run in runs(text):
        found |= filed(run) | (stemmed(run, (language,), stems) if language else set())
    return frozenset(found)


def stemmed(run: str, languages: Iterable[str], stems: Stems) -> set[str]:
    """The stems of a word in these languages, with and without its accents."""
    if is_han(run) or run.isdigit():
        return set()
    stemmers = [STEMMERS[language] for language in languages if language in STEMMERS]
    return {folded(stem) for name in stemmers for form in {run, folded(run)} for stem in stems(name, form)}


def alternatives(run: str, stems: Stems) -> list[tuple[str, ...]]:
    """The forms of one word of a question, in all languages; each is one or more lexemes that go together."""
    found: list[tuple[str, ...]] = [asked(run), *((stem,) for stem in sorted(stemmed(run, STEMMERS, stems)))]
    for language, phrase in meaning_the_same(run):
        found.append(tuple(form for word in phrase for form in asked(word)))
        if len(phrase) == 1:
            found += [(stem,) for stem in sorted(stemmed(phrase[0], (language,), stems))]
    return list(dict.fromkeys(found))


def query(text: str, stems: Stems, *, every: bool = True) -> str | None:
    """The question as a tsquery: every word of it, or any; None where it has no word that could be looked for.

    `stems` must know `words_of_question(text)`.
    """
    terms = [alternatives(run, stems) for run in telling(text, stems)]
    shown = [" | ".join(conjunction(forms) for forms in term) for term in terms]
    return (" & " if every else " | ").join(f"({term})" for term in shown) or None


def conjunction(forms: Iterable[str]) -> str:
    """Lexemes that go together; they are letters and digits only, so quotation marks are all they need."""
    return "(" + " & ".join(f"'{form}'" for form in forms) + ")"


def telling(text: str, stems: Stems) -> list[str]:
    """The words of a question that tell something; all of them where none does."""
    every = [*dict.fromkeys(runs(text))][:MOST_WORDS]
    return [run for run in every if not is_small(run, stems)] or every


def is_small(run: str, stems: Stems) -> bool:
    """Whether a word is one of the little words of any language: its stemmer passes it over."""
    if is_han(run) or run.isdigit():
        return False
    return folded(run) in SMALL_WORDS or any(not [*stems(name, run)] for name in STEMMERS.values())


def words_of_question(text: str) -> frozenset[str]:
    """All words whose stems a question needs: its own, and those of what means the same."""
    own = words_to_stem(text)
    same = (" ".join(phrase) for run in runs(text) for _, phrase in meaning_the_same(run))
    return own.union(*(words_to_stem(phrase) for phrase in same))


def stems_of(table: Mapping[tuple[str, str], Iterable[str]]) -> Stems:
    """Stems from a table of stemmer and word, as the database gave it."""
    return lambda name, word: table.get((name, word), (word,))
