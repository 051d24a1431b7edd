"""How names of substances and units are compared: without case, accents, spaces and signs, Greek letters in words."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Mapping
from importlib import resources

LONGEST_NAME = 300  # characters; whatever is longer is no name
GREEK = str.maketrans({"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "Δ": "delta"})


def key(text: str) -> str:
    """What a name is found by: letters and digits of any script, small, without accents; "" where none is left."""
    plain = unicodedata.normalize("NFKD", text[:LONGEST_NAME].translate(GREEK).casefold())
    return "".join(sign for sign in plain if sign.isalnum() and not unicodedata.combining(sign))


def rows(package: str, name: str) -> list[Mapping[str, str]]:
    """The rows of a CSV file (RFC 4180, a heading first) that stands in a package of ours."""
    text = (resources.files(package) / name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))
