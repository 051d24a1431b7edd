"""What a demonstration keeps beside its database: the seed of its world and the password of its invented officers."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from tripoint.base.errors import SetUp
from tripoint.demo.played import TURQUESA

NAME = "demonstration.json"
SYLLABLES = tuple(first + second + third for first in "bdfgklmnprstv" for second in "aeiou" for third in "lmnrs")


@dataclass(frozen=True, slots=True)
class Kept:
    """One demonstration. All its officers share the password, which is made for this folder and stands nowhere else."""

    seed: int
    password: str
    settled: bool = False
    operation: str = TURQUESA.name


def new_password() -> str:
    """Four words of three syllables each, some 100 bits."""
    return "-".join("".join(secrets.choice(SYLLABLES) for _ in range(3)) for _ in range(4))


def read(folder: Path) -> Kept | None:
    """What the folder keeps, or None in a new one. Raises SetUp for a file nobody can read."""
    file = folder / NAME
    if not file.exists():
        return None
    try:
        return Kept(**json.loads(file.read_text(encoding="utf-8")))
    except (ValueError, TypeError, OSError) as error:
        raise SetUp(f"{file} cannot be read: {error}.", remedy="Give another folder with --data.") from error


def keep(folder: Path, kept: Kept) -> None:
    """Write it so that only the hub's own user reads it, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    making = folder / f"{NAME}.new"
    descriptor = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(kept), file)
    making.replace(folder / NAME)
