"""Copies of the hub's own database while it runs, and its way back to any moment since the oldest copy.

The work is PostgreSQL's own: `pg_basebackup` copies, `pg_verifybackup` compares checksums, the server archives its log
and reads it back (manual, chapter 25). Keys of sealed fields are no part of it: they are kept apart, in another place.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from tripoint.base.archive import COPIES, Archive, Copy, copy_for, gaps, too_old
from tripoint.base.embedded_postgres import embedded_postgres, stopped
from tripoint.base.errors import BadInput, Conflict, NotFound, SetUp, TripointError
from tripoint.base.postgres_conf import BACKUP_CONF, archiving
from tripoint.base.postgres_home import Home, give_folder, may_pass, open_home
from tripoint.base.postgres_programs import find_programs, major_version

NAME = "%Y%m%dT%H%M%S.%fZ"
LABEL, FIRST = "backup_label", "START WAL LOCATION: "
PATIENCE = 900.0  # seconds that a restored server may read log
RESTORING = ("restore_command", "recovery_target_time", "recovery_target_action")


def turn(folder: Path, backup: Path | None) -> Archive | None:
    """Turn backups of the server in the data `folder` on or off; it holds from the server's next start.

    Makes the backup folder where it is absent. Raises SetUp where the server's account cannot write there.
    """
    home = open_home(folder)
    conf = home.conf / BACKUP_CONF
    if backup is None:
        conf.unlink(missing_ok=True)
        return None
    archive = Archive(backup.absolute())
    if home.path in (archive.folder, *archive.folder.parents):
        raise SetUp("Backups would lie within the database.", field="TRIPOINT_BACKUP", remedy="Choose another folder.")
    (archive.folder / COPIES).mkdir(mode=0o700, parents=True, exist_ok=True)
    if home.account.stands_in:
        archive.folder.chmod(0o711)
    if not may_pass(archive.folder, home.account):
        raise SetUp(
            f"The database's user {home.account.name} may not pass to {archive.folder}.", field="TRIPOINT_BACKUP",
            remedy="Choose a folder that it may enter, such as one beneath /var/lib.",
        )  # fmt: skip
    give_folder(archive.log, home.account)
    conf.write_text(archiving(archive.log))
    conf.chmod(0o644 if home.account.stands_in else 0o600)
    return archive


def make(folder: Path, archive: Archive, *, keep: timedelta, clock: Callable[[], datetime]) -> Copy:
    """Copy the whole database while it runs, and remove what `keep` no longer needs. Raises SetUp or TripointError."""
    with embedded_postgres(folder) as servers:
        began = clock()
        check_archiving(servers.admin)
        name = began.strftime(NAME)
        part = archive.place(f"{name}.part")
        _run("pg_basebackup", "-d", _plain(servers.admin), "-D", str(part), "-X", "none", "-c", "fast", "--no-password")
        first = first_piece((part / LABEL).read_text())
        part.rename(archive.place(name))
        hand_on_log(servers.admin, archive)
        size = sum(file.stat().st_size for file in archive.place(name).rglob("*") if file.is_file())
        copy = Copy(name, began, clock(), first, size, major_version(find_programs()))
    archive.finish(copy)
    copies = archive.copies()
    for old in too_old(copies, clock(), keep):
        archive.remove(old)
    archive.forget_before(archive.copies()[0].first_piece)
    return copy


def verify(archive: Archive) -> list[str]:
    """What is wrong with the backups, a sentence each; reads every byte of every copy and of the log."""
    copies = archive.copies()
    if not copies:
        raise NotFound("There is no backup yet.", remedy="`tripoint backup run` makes one.")
    wrong = [f"The piece {name} of the log is damaged." for name in archive.damaged()]
    wrong += [f"The log has a gap after {name}." for name in gaps(archive.pieces(), copies[0].first_piece)]
    for copy in copies:
        try:
            _run("pg_verifybackup", "-n", "-q", str(archive.place(copy.name)))
        except TripointError as error:
            wrong.append(f"The copy {copy.name} is damaged: {error.sentence}")
        if copy.first_piece not in archive.pieces():
            wrong.append(f"The copy {copy.name} cannot be used: the log's piece {copy.first_piece} is missing.")
    return wrong


def restore(folder: Path, archive: Archive, *, moment: datetime | None, clock: Callable[[], datetime]) -> Copy:
    """Bring the database of a stopped hub back to `moment`, or as far as the log goes; gives the copy it began with.

    What was there is put aside beside it. Raises SetUp while the hub runs, NotFound where no copy is old enough,
    TripointError where the log does not reach the moment; then the database is as it was.
    """
    copy = copy_for(archive.copies(), moment)
    if copy is None:
        raise NotFound("No backup was finished by then.", remedy="`tripoint backup list` shows what there is.")
    with stopped(folder) as home:
        if copy.version != (have := major_version(find_programs())):
            raise SetUp(f"The backup was made by PostgreSQL {copy.version}; the programs found are version {have}.")
        aside = put_aside(home, clock())
        lay_out(home, archive.place(copy.name), restoring(archive, aside, moment))
    try:
        read_log(folder)
    except (TripointError, psycopg.Error) as error:
        with stopped(folder) as home:
            shutil.rmtree(home.data)
            if aside is not None:
                aside.rename(home.data)
        raise Conflict(
            f"The database could not be brought back to that moment: {error}", remedy="Choose an earlier moment."
        ) from error
    return copy


def put_aside(home: Home, now: datetime) -> Path | None:
    """Keep what is there, beside it; None where nothing is."""
    if not home.data.exists():
        return None
    aside = home.path / f"before-restore-{now.strftime(NAME)}"
    home.data.rename(aside)
    return aside


def lay_out(home: Home, place: Path, conf: str) -> None:
    """A copy becomes the server's data folder, told to restore itself when it starts."""
    making = home.path / "making"
    shutil.rmtree(making, ignore_errors=True)
    shutil.copytree(place, making)
    with (making / "postgresql.auto.conf").open("a") as auto:
        auto.write(conf)
    (making / "recovery.signal").touch()
    for path in (making, *making.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
        if home.account.stands_in:
            os.chown(path, home.account.uid, home.account.gid)
    making.rename(home.data)


def restoring(archive: Archive, aside: Path | None, moment: datetime | None) -> str:
    """How the server finds its log: in the archive, and what was not handed on yet in the folder put aside."""
    command = f'gzip -dc "{archive.log}/%f.gz" > "%p"'
    if aside is not None:
        command = f'if test -e "{archive.log}/%f.gz"; then {command}; else cp "{aside}/pg_wal/%f" "%p"; fi'
    lines = [f"restore_command = '{command}'", "recovery_target_action = 'promote'"]
    if moment is not None:
        lines.append(f"recovery_target_time = '{moment.astimezone(UTC).isoformat()}'")
    return "\n" + "\n".join(lines) + "\n"


def read_log(folder: Path) -> None:
    """Let the server restore itself, and forget how it did once it has."""
    with embedded_postgres(folder) as servers, psycopg.connect(_plain(servers.admin), autocommit=True) as connection:
        ends = time.monotonic() + PATIENCE
        while _asked(connection, "select pg_is_in_recovery()"):
            if time.monotonic() > ends:
                raise TripointError("The server still reads its log.")
            time.sleep(0.2)
        for name in RESTORING:
            connection.execute(f"alter system reset {name}")
        connection.execute("checkpoint")


def check_archiving(admin: str) -> None:
    """Raises SetUp where the running server does not archive its log."""
    with psycopg.connect(_plain(admin)) as connection:
        if _asked(connection, "select current_setting('archive_mode')") != "on":
            raise SetUp(
                "The database runs without backups.", field="TRIPOINT_BACKUP",
                remedy="Set TRIPOINT_BACKUP to a folder, start the hub again, then make the backup.",
            )  # fmt: skip


def hand_on_log(admin: str, archive: Archive) -> None:
    """Wait until all log written so far is in the archive. Raises TripointError where it cannot be put there."""
    with psycopg.connect(_plain(admin), autocommit=True) as connection:
        last = str(_asked(connection, "select pg_walfile_name(pg_switch_wal() - 1)"))
        ends = time.monotonic() + PATIENCE
        while last not in archive.pieces():
            failed = _asked(connection, "select last_failed_wal from pg_stat_archiver where failed_count > 0")
            if time.monotonic() > ends or failed == last:
                raise TripointError(
                    f"The server cannot put its log into {archive.log}.", remedy="Free space there, or let it write."
                )
            time.sleep(0.1)


def first_piece(label: str) -> str:
    """The first piece of log that a copy needs, from its backup_label."""
    line = next((line for line in label.splitlines() if line.startswith(FIRST)), "")
    return line.partition("(file ")[2].rstrip(")")


def copy_keys(keys: dict[str, Path], target: Path, backups: Iterable[Path]) -> int:
    """Copy the folders of keys to `target`; how many files. Raises BadInput for a place within the `backups`."""
    target = target.absolute()
    if any(target.resolve().is_relative_to(folder.resolve()) for folder in backups):
        raise BadInput(
            "Keys must not lie with the backups they open.", field="--to", remedy="Choose another disk or safe."
        )
    count = 0
    for name, place in keys.items():
        if place.is_dir():
            shutil.copytree(place, target / name, dirs_exist_ok=True)
            count += sum(file.is_file() for file in place.rglob("*"))
    if target.exists():
        target.chmod(0o700)
    return count


def _plain(address: str) -> str:
    return make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)


def _asked(connection: psycopg.Connection, query: str) -> object:
    row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


def _run(program: str, *arguments: str) -> None:
    done = subprocess.run(
        [find_programs() / program, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, errors="replace", umask=0o077,
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"}, check=False,
    )  # fmt: skip
    if done.returncode:
        raise TripointError(f"{program} failed: {' '.join(done.stdout.split())[-600:]}")
