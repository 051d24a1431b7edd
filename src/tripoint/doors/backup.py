"""`tripoint backup` and `tripoint restore`: copies of the hub's database, and its way back to a moment."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from tripoint.access.sealing.keys import FOLDER as AUDIT_KEYS
from tripoint.base import backup
from tripoint.base.backup_tool import BackupTool, OwnTool
from tripoint.base.errors import SetUp, TripointError
from tripoint.base.keyring import NAME as KEYS
from tripoint.base.pgbackrest import PgBackRest
from tripoint.base.settings import Settings, load_settings
from tripoint.records.indexing.folder import NAME as INDEX

MEGABYTE = 1024 * 1024
KEY_FOLDERS = (KEYS, AUDIT_KEYS)
app = typer.Typer(no_args_is_help=True, help="Backups of the hub's database.")


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


def tool_of(settings: Settings) -> BackupTool:
    """What makes the backups of this installation. Raises SetUp where nothing can."""
    if settings.backup_tool == "pgbackrest":
        if settings.embedded:
            raise SetUp(
                "pgBackRest copies a server of your own, and here the hub runs its own.", field="TRIPOINT_BACKUP_TOOL",
                remedy="Set it to `own`, or name your server in TRIPOINT_DATABASE.",
            )  # fmt: skip
        keys = tuple(settings.data / name for name in KEY_FOLDERS)
        return PgBackRest(settings.pgbackrest_stanza, settings.pgbackrest_config, keys)
    if not settings.embedded:
        raise SetUp(
            "The database is a server of your own, which the hub's own way does not back up.",
            field="TRIPOINT_BACKUP_TOOL", remedy="Set it to `pgbackrest`; docs/recovery.md shows how.",
        )  # fmt: skip
    archive = backup.turn(settings.data, settings.backup_folder)
    if archive is None:
        raise SetUp("Backups are off.", field="TRIPOINT_BACKUP", remedy="Set it to a folder on another disk.")
    return OwnTool(settings.data, archive, timedelta(days=settings.backup_days))


@app.command("run")
def run() -> None:
    """Copy the whole database while it runs, and remove copies that are too old."""
    settings = load_settings()
    copy = tool_of(settings).make(utc_now)
    seconds = (copy.ended - copy.began).total_seconds()
    typer.echo(f"{copy.name}: {copy.bytes // MEGABYTE} MB in {seconds:.1f} s.")
    if any((settings.data / name).is_dir() for name in KEY_FOLDERS):
        typer.echo("The hub's keys are not in it: `tripoint backup keys --to PLACE` copies them to another place.")


@app.command("list")
def list_copies() -> None:
    """Show the copies there are."""
    tool = tool_of(load_settings())
    table = Table("copy", "finished", "size", "PostgreSQL")
    for copy in tool.copies():
        finished, size = f"{copy.ended:%Y-%m-%d %H:%M:%S} UTC", f"{copy.bytes // MEGABYTE} MB"
        table.add_row(copy.name, finished, size, str(copy.version))
    Console().print(table)
    typer.echo(tool.log())


@app.command("verify")
def verify() -> None:
    """Read every byte of every copy and of the log, and compare checksums."""
    wrong = tool_of(load_settings()).verify()
    if wrong:
        raise TripointError(" ".join(wrong), remedy="Make a new backup now, and look at the disk.")
    typer.echo("Every copy and every piece of log is whole.")


@app.command("keys")
def copy_keys(to: Annotated[Path, typer.Option(help="A place apart from the backups, such as a safe's disk.")]) -> None:
    """Copy the keys of sealed fields and of the trail, which no backup of the database holds."""
    settings = load_settings()
    count = backup.copy_keys({name: settings.data / name for name in KEY_FOLDERS}, to, tool_of(settings).places())
    typer.echo(f"{count} files of keys stand in {to}. Lock them away.")


def restore(
    at: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f"], help="In UTC.")
    ] = None,
) -> None:
    """Bring the database of the stopped hub back: to a moment, or as far as its log goes."""
    settings = load_settings()
    tool = tool_of(settings)
    moment = None if at is None else at.replace(tzinfo=UTC)
    began = utc_now()
    copy = tool.restore(moment, utc_now)
    shutil.rmtree(settings.data / INDEX, ignore_errors=True)  # it follows the database, and builds itself anew
    typer.echo(f"Restored from {copy.name} in {(utc_now() - began).total_seconds():.1f} s.")
    if settings.embedded:
        typer.echo("What was there before stands beside it, as before-restore-…; remove it when all is well.")
    else:
        typer.echo("Start the database server: it reads its log, and says in its own log where that does not reach.")
    typer.echo("Start the hub: it builds its index of persons anew.")
