"""Which of the languages we search in a text seems to be written in: a check on what was declared, never more."""

from __future__ import annotations

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

from tripoint.engines.accounts.asking import LANGUAGES
from tripoint.engines.accounts.cutting import runs

FEWEST_WORDS = 5  # of fewer nothing can be told


@cache
def identifier() -> LanguageIdentifier:
    """The model, restricted to our languages; it is loaded once."""
    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(list(LANGUAGES))
    return model


def seems_to_be(text: str) -> str | None:
    """The language (ISO 639-1) that a text seems to be in, of those we search; None for one too short to tell."""
    found = [*runs(text)]
    if sum(max(1, len(run) // 2) if ord(run[0]) > 0x2E7F else 1 for run in found) < FEWEST_WORDS:
        return None
    return str(identifier().classify(text)[0])
