"""The file of issuers: which identity providers the hub believes, each for one party."""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tripoint.access.federation.model import ALGORITHMS, Issuer
from tripoint.base.errors import SetUp

NAME = re.compile(r"[a-z0-9-]{1,40}")
NEEDED = ("name", "party", "issuer", "client")
KNOWN = frozenset({*NEEDED, "label", "secret_file", "hosts", "near", "algorithms", "amr", "acr", "longest_minutes"})


def read_issuers(file: Path) -> tuple[Issuer, ...]:
    """The issuers of a file in TOML, each a table `[[issuer]]`; docs/signing-in.md explains the fields.

    Raises SetUp naming the issuer and the field for what cannot be read or must not be.
    """
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8")).get("issuer", [])
    except (OSError, ValueError, RecursionError) as error:
        raise wrong(f"{file} cannot be read: {error}") from error
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise wrong("issuers stand in tables [[issuer]]")
    issuers = tuple(issuer_from(table) for table in tables)
    for what in ("name", "address"):
        said = [getattr(issuer, what) for issuer in issuers]
        if len(set(said)) != len(said):
            raise wrong(f"two issuers have the same {what}")
    return issuers


def issuer_from(table: dict[str, Any]) -> Issuer:
    """One issuer. Raises SetUp."""
    name = str(table.get("name", ""))
    if not NAME.fullmatch(name):
        raise wrong(f"{name!r} is no name; use a-z, digits and hyphens")
    for field in KNOWN.symmetric_difference(table):
        if field not in KNOWN or field in NEEDED:
            raise wrong(f"{name}: the field {field!r} is {'missing' if field in NEEDED else 'unknown'}")
    algorithms = words(table, "algorithms", ALGORITHMS)
    if not algorithms or not set(algorithms) <= set(ALGORITHMS):
        raise wrong(f"{name}: algorithms may be {', '.join(ALGORITHMS)}")
    return Issuer(
        name, str(table.get("label", name)), str(table["party"]), issuer_address(name, str(table["issuer"])),
        str(table["client"]), secret_of(table), words(table, "hosts", ()), table.get("near") is True, algorithms,
        frozenset(words(table, "amr", ("mfa",))), timedelta(minutes=minutes(table)), frozenset(words(table, "acr", ())),
    )  # fmt: skip


def issuer_address(name: str, said: str) -> str:
    """An issuer's identifier: https, no query, no fragment (OpenID Connect Discovery 1.0, section 3). Raises SetUp."""
    try:
        parts = urlsplit(said)
    except ValueError as error:
        raise wrong(f"{name}: {said!r} is no address") from error
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment or "@" in parts.netloc:
        raise wrong(f"{name}: {said!r} is no https address without query and user")
    return said


def secret_of(table: dict[str, Any]) -> str | None:
    """The client's secret, where a file holds one. Raises SetUp for a file that others may read."""
    if "secret_file" not in table:
        return None
    file = Path(str(table["secret_file"]))
    try:
        if file.stat().st_mode & 0o077:
            raise wrong(f"others may read {file}")
        return file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise wrong(f"{file} cannot be read: {error.strerror}") from error


def words(table: dict[str, Any], field: str, otherwise: tuple[str, ...]) -> tuple[str, ...]:
    """A list of words. Raises SetUp for anything else."""
    said = table.get(field, list(otherwise))
    if not isinstance(said, list) or not all(isinstance(word, str) for word in said):
        raise wrong(f"{table['name']}: {field} is a list of words")
    return tuple(said)


def minutes(table: dict[str, Any]) -> int:
    """How old a sign-in at the issuer may be, 1 minute to 12 hours. Raises SetUp."""
    said = table.get("longest_minutes", 720)
    if not isinstance(said, int) or isinstance(said, bool) or not 1 <= said <= 720:
        raise wrong(f"{table['name']}: longest_minutes is 1 to 720")
    return said


def wrong(what: str) -> SetUp:
    """A fault of the file."""
    sentence = f"The file of issuers is not right: {what}."
    return SetUp(sentence, field="TRIPOINT_ISSUERS", remedy="See docs/signing-in.md.")
