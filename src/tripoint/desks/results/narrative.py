"""Sentences of reports hold no number that a hand has typed: every digit comes from a figure."""

from __future__ import annotations

import re

from tripoint.base.errors import BadInput

PLACE = re.compile(r"\{[^{}]*\}")
LONGEST = 8_000


def typed_digits(template: str) -> list[str]:
    """The digits in a text outside its placeholders, with a few letters around each; of any script."""
    bare = PLACE.sub(lambda found: "\x00" * len(found[0]), template)
    return [
        template[max(0, at - 12) : at + 13].replace("\n", " ").strip() for at, sign in enumerate(bare) if sign.isdigit()
    ]


def check_narrative(text: str) -> None:
    """Raises BadInput naming the first number that somebody typed into a narrative."""
    if len(text) > LONGEST:
        raise BadInput(f"Longer than {LONGEST} letters.", field="narrative", remedy="Shorten it.")
    if found := typed_digits(text):
        raise BadInput(
            f"A number was typed by hand: …{found[0]}…", field="narrative",
            remedy="Write a placeholder such as {arrests}; the figure fills it.",
        )  # fmt: skip
