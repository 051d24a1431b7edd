"""pgBackRest, driven upon a PostgreSQL server of one's own: copies, their checking, and the way back to a moment.

pgBackRest is configured by its own file (docs/recovery.md shows one); the hub names the stanza and gives the orders.
Options, output and exit codes: pgBackRest's command reference, version 2.45 and newer.
"""

from __future__ import annotations

import configparser
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tripoint.base.archive import Copy, copy_for
from tripoint.base.errors import NotFound, SetUp, TripointError

PROGRAM = "pgbackrest"
CONFIGS = (Path("/etc/pgbackrest/pgbackrest.conf"), Path("/etc/pgbackrest.conf"))  # in the order it looks itself
DEFAULT_REPOSITORY = "/var/lib/pgbackrest"
WHOLE, NO_COPY = 0, 2  # of `info`'s status codes; 1 and 3 mean that the stanza is missing
NO_STANZA = (1, 3)
RUNS = 38  # of its exit codes
NOT_ARCHIVING = (68, 87)  # archive_command or archive_mode are not as they must be
BAD_COUNT = re.compile(r"\b(missing|checksum invalid|size invalid|other): ([1-9]\d*)")
BAD_STATUS = re.compile(r"backup: (\S+), status: (?!valid)([a-z ]+)")
RECOVERY_PAGE = "docs/recovery.md shows how the server hands on its log."


@dataclass(frozen=True, slots=True)
class PgBackRest:
    """One stanza of pgBackRest; `config` None for the place where it looks itself, `keys` the hub's folders of keys."""

    stanza: str
    config: Path | None
    keys: tuple[Path, ...]

    def make(self, clock: Callable[[], datetime]) -> Copy:  # noqa: ARG002 (pgBackRest keeps its own time)
        """Look whether the log is handed on, then copy; pgBackRest removes by its own retention.

        Raises SetUp where the server does not archive or keys would be copied along, TripointError for its failures.
        """
        self.check_keys_apart()
        self.info()
        self.order("check")
        self.order("backup")
        return self.copies()[-1]

    def copies(self) -> list[Copy]:
        """All finished copies, oldest first. Raises SetUp where there is no such stanza."""
        found = self.info()
        versions = {each["id"]: int(str(each["version"]).partition(".")[0]) for each in found["db"]}
        copies = (copy_of(each, versions) for each in found["backup"] if not each.get("error"))
        return sorted(copies, key=lambda copy: (copy.ended, copy.name))

    def log(self) -> str:
        """What is there of the log, in a sentence."""
        kept = [each for each in self.info()["archive"] if each.get("max")]
        if not kept:
            return "The log between them: nothing yet."
        return f"The log between them: from {kept[0]['min']} up to {kept[-1]['max']}."

    def verify(self) -> list[str]:
        """What is wrong with copies and log, a sentence each; pgBackRest reads every byte of them."""
        if not self.copies():
            raise NotFound("There is no backup yet.", remedy="`tripoint backup run` makes one.")
        return wrong_in(self.order("--output=text", "--verbose", "verify"))

    def restore(self, moment: datetime | None, clock: Callable[[], datetime]) -> Copy:  # noqa: ARG002
        """Put the copy for `moment` back, or the newest; the server reads its log when it is started. Gives the copy.

        Raises SetUp while the server runs, NotFound where no copy is old enough.
        """
        copy = copy_for(self.copies(), moment)
        if copy is None:
            raise NotFound("No backup was finished by then.", remedy="`tripoint backup list` shows what there is.")
        words = [f"--set={copy.name}"]
        if moment is not None:
            target = moment.astimezone(UTC).isoformat(sep=" ")
            words += ["--type=time", f"--target={target}", "--target-action=promote"]
        self.order("--delta", *words, "restore")
        return copy

    def places(self) -> tuple[Path, ...]:
        """The folders on this machine in which the copies lie, by the configuration."""
        said = [path for name, path in self.configured() if re.fullmatch(r"repo\d+-path", name)]
        return tuple(Path(path) for path in said or [DEFAULT_REPOSITORY])

    def check_keys_apart(self) -> None:
        """Raises SetUp where the hub's keys lie within the server's data folder, and so would be in every copy."""
        data = [Path(path).resolve() for name, path in self.configured() if re.fullmatch(r"pg\d+-path", name)]
        for key in self.keys:
            if any(key.resolve().is_relative_to(place) for place in data):
                raise SetUp(
                    f"The keys in {key} would be copied with the database they open.", field="TRIPOINT_DATA",
                    remedy="Choose a data folder outside the database server's.",
                )  # fmt: skip

    def configured(self) -> list[tuple[str, str]]:
        """The names and values that the configuration gives this stanza. Raises SetUp where it cannot be read."""
        named = self.config or (Path(said) if (said := os.environ.get("PGBACKREST_CONFIG")) else None)
        place = named or next((path for path in CONFIGS if path.exists()), CONFIGS[0])
        parser = configparser.ConfigParser(delimiters=("=",), interpolation=None, strict=False, default_section="")
        try:
            parser.read_string(place.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, configparser.Error) as error:
            why = error.strerror if isinstance(error, OSError) else type(error).__name__
            raise SetUp(
                f"pgBackRest's configuration {place} cannot be read: {why}.", field="TRIPOINT_PGBACKREST_CONFIG",
                remedy="Correct the path or the file; docs/recovery.md shows one.",
            ) from error  # fmt: skip
        return [pair for name in ("global", self.stanza) if parser.has_section(name) for pair in parser.items(name)]

    def info(self) -> dict[str, Any]:
        """What pgBackRest says about the stanza (`info --output=json`). Raises SetUp where there is none."""
        said = json.loads(self.order("--output=json", "info"))
        found: dict[str, Any] = next((each for each in said if each["name"] == self.stanza), {})
        code = found["status"]["code"] if found else NO_STANZA[0]
        if code in NO_STANZA:
            raise SetUp(
                f"pgBackRest has no stanza {self.stanza}.", field="TRIPOINT_PGBACKREST_STANZA",
                remedy=f"As the server's user: `pgbackrest --stanza={self.stanza} stanza-create`.",
            )  # fmt: skip
        if code not in (WHOLE, NO_COPY):
            raise TripointError(f"pgBackRest says of the stanza {self.stanza}: {found['status']['message']}.")
        return found

    def order(self, *words: str) -> str:
        """Run pgBackRest; what it said. Raises SetUp where it is absent, the server runs or does not archive."""
        program = shutil.which(PROGRAM)
        if program is None:
            raise SetUp(
                "pgBackRest is not on this machine.", field="TRIPOINT_BACKUP_TOOL",
                remedy="Install it (on Debian `apt-get install pgbackrest`), or set TRIPOINT_BACKUP_TOOL=own.",
            )  # fmt: skip
        where = () if self.config is None else (f"--config={self.config}",)
        done = subprocess.run(
            [program, *where, f"--stanza={self.stanza}", *words], stdin=subprocess.DEVNULL, capture_output=True,
            text=True, errors="replace", umask=0o077, env=surroundings(), check=False,
        )  # fmt: skip
        if done.returncode:
            raise failure(words[-1], done.returncode, f"{done.stdout}\n{done.stderr}")
        return done.stdout


def surroundings() -> dict[str, str]:
    """The environment for pgBackRest: its own variables, and none of the hub's, which may hold passwords."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRIPOINT_")}
    return {**kept, "LC_ALL": "C.UTF-8"}


def failure(order: str, code: int, said: str) -> TripointError:
    """What a failed order means, with pgBackRest's own words."""
    lines = said.splitlines()
    first = next((at for at, line in enumerate(lines) if "ERROR:" in line), 0)
    words = " ".join(" ".join(lines[first:]).split())[:600]
    if code == RUNS:
        return SetUp("The database server runs.", remedy="Stop the hub and the database server, then try again.")
    if code in NOT_ARCHIVING:
        return SetUp(f"The database runs without backups: {words}", remedy=RECOVERY_PAGE)
    return TripointError(f"pgBackRest's {order} failed: {words}")


def copy_of(facts: dict[str, Any], versions: dict[int, int]) -> Copy:
    """A copy as `info` describes it. It counts whole seconds: the copy was finished by the end of the last one."""
    times, log = facts["timestamp"], facts["archive"]
    return Copy(
        facts["label"], datetime.fromtimestamp(times["start"], UTC), datetime.fromtimestamp(times["stop"] + 1, UTC),
        str(log["start"]), int(facts["info"]["size"]), versions[facts["database"]["id"]],
    )  # fmt: skip


def wrong_in(said: str) -> list[str]:
    """What `verify` found wrong: its lines that count something missing or invalid, and copies that are not valid."""
    found = [f"The copy {name} is {status.strip()}." for name, status in BAD_STATUS.findall(said)]
    for line in said.splitlines():
        counts = [f"{what}: {count}" for what, count in BAD_COUNT.findall(line)]
        if counts:
            found.append(f"Of what is kept, {', '.join(counts)}.")
    return found
