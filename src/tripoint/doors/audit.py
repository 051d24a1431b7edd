"""`tripoint audit`: verify the sealed trail, give it to an authority, countersign its heads, change its key."""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated, cast

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from tripoint.access.model import Act
from tripoint.access.sealing import trail_store
from tripoint.access.sealing.checking import Checker, End, Filler, Item, Report, Sealed
from tripoint.access.sealing.keys import KeyFolder, read_key, write_key
from tripoint.access.sealing.lines import items_of, line_of, read_head
from tripoint.access.sealing.sealer import Sealer
from tripoint.base.database import SEALER_ROLE, Engine, make_engine, transaction
from tripoint.base.errors import BadInput
from tripoint.base.ids import uuid7
from tripoint.base.settings import Settings, load_settings
from tripoint.doors.serve import database
from tripoint.engines.merkle.canonical import moment
from tripoint.engines.merkle.heads import public_bytes, witness_statement

app = typer.Typer(no_args_is_help=True, help="The sealed audit trail: verify it, export it, countersign it.")
Data = Annotated[Path | None, typer.Option(help="The hub's data folder, as in TRIPOINT_DATA.")]
Heads = Annotated[
    list[Path] | None,
    typer.Option("--head", exists=True, dir_okay=False, help="A head kept elsewhere; may be given several times."),
]
console = Console()
STEP = 1_000  # items between two movements of the bar
PRIVATE = 0o600
GZIP = b"\x1f\x8b"  # how a compressed file begins


@app.command()
def verify(
    file: Annotated[
        Path | None, typer.Argument(exists=True, dir_okay=False, help="An export; the hub's database without one.")
    ] = None,
    head: Heads = None,
    trust_key: Annotated[
        list[str] | None, typer.Option(help="Public key, in hexadecimal digits, that replaced a lost one.")
    ] = None,
    data: Data = None,
) -> None:
    """Find every edit, deletion, insertion, reordering and truncation; ends with status 1 where there is any.

    A trail cut off at its end is whole in itself: give heads that parties kept to find that.
    """
    kept = [read_head(one.read_bytes(), str(one)) for one in head or ()]
    checker = Checker(kept=kept, whole_file=file is not None, trusted=frozenset(map(public_key, trust_key or ())))
    if file:
        with opened(file) as (lines, raw), bar("reading", file.stat().st_size) as move:
            checker.take(items_of(moving_by_bytes(lines, raw, move)))
    else:
        with (
            sealer_engine(chosen(data)) as engine,
            trail_store.one_moment(engine) as session,
            bar("verifying", trail_store.size(session)) as move,
        ):
            checker.take(moving(trail_store.items(session), move))
    report = checker.finish()
    show(report, len(kept))
    if not report.whole:
        raise typer.Exit(1)


@app.command()
def export(
    out: Annotated[Path, typer.Option(dir_okay=False, help="The file to write; compressed where it ends in .gz.")],
    recipient: Annotated[str, typer.Option("--for", help="Who is given it; this is written into the trail.")],
    data: Data = None,
) -> None:
    """Write the whole trail with its seals into a file that `tripoint audit verify FILE` reads anywhere."""
    with sealer_engine(chosen(data)) as engine:
        with transaction(engine) as session:
            trail_store.note(session, Act.EXPORT_AUDIT, uuid7(), recipient)
        rows = 0
        with trail_store.one_moment(engine) as session, writing(out) as lines:
            with bar("writing", trail_store.size(session)) as move:
                for item in moving(trail_store.items(session), move):
                    rows += isinstance(item, Sealed)
                    lines.write(line_of(item) + b"\n")
            lines.write(line_of(End(rows)) + b"\n")
    console.print(f"{rows:,} sealed rows are in {out}.", highlight=False)


@app.command()
def status(data: Data = None) -> None:
    """Say how far the trail is sealed."""
    with sealer_engine(chosen(data)) as engine, trail_store.one_moment(engine) as session:
        newest, waiting = trail_store.newest(session), trail_store.waiting(session)
        fillers = trail_store.fillers(session)
    if newest is None:
        console.print(f"Nothing is sealed yet; {waiting:,} rows wait.", highlight=False)
        return
    console.print(
        f"{newest.head.size - fillers:,} rows are sealed, last at {moment(newest.head.at)}; {waiting:,} wait. "
        f"{fillers:,} fillers stand among them.\n"
        f"Log {newest.head.log}, key {newest.key}.",
        highlight=False,
    )


@app.command("new-key")
def new_key(
    data: Data = None,
    lost: Annotated[bool, typer.Option("--lost", help="The present key is gone and cannot sign for it.")] = False,
) -> None:
    """Go on sealing with a new key, for which the present one signs. Copy the new file to every machine of the hub."""
    settings = chosen(data)
    folder = KeyFolder(settings.data)
    with sealer_engine(settings) as engine:
        with transaction(engine) as session:
            trail_store.note(session, Act.CHANGE_AUDIT_KEY, uuid7(), None)
        made = Sealer(engine, folder).change_key(lost=lost)
    console.print(f"Key {made.number} signs from position {made.from_size:,} on; it is in {folder.file(made.number)}.")
    if lost:
        console.print("Tell every party its public half; a verifier asks for it with --trust-key:")
    console.print(made.public_key.hex(), highlight=False)


@app.command("witness-key")
def witness_key(
    out: Annotated[Path, typer.Option(dir_okay=False, help="The file to write the private key to; keep it yourself.")],
) -> None:
    """Make a party's key for countersigning, and show the public half to register with the hub."""
    if out.exists():
        raise BadInput(f"{out} is there already.", field="out", remedy="Choose another file.")
    key = Ed25519PrivateKey.generate()
    write_key(out, key)
    typer.echo(public_bytes(key).hex())


@app.command()
def witness(
    head: Annotated[
        Path, typer.Option(exists=True, dir_okay=False, help="The head, as GET /api/audit/head answers it.")
    ],
    key: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="The party's private key.")],
    party: Annotated[str, typer.Option(help="Code of the party: BRA.")],
) -> None:
    """Countersign a head without the hub; what is printed goes to POST /api/audit/countersignatures."""
    signed = read_head(head.read_bytes(), str(head))
    signature = read_key(key).sign(witness_statement(signed.head, party))
    typer.echo(json.dumps({"size": signed.head.size, "signature": signature.hex()}))


def public_key(text: str) -> bytes:
    """A public key as it was written. Raises BadInput."""
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise BadInput("This is no key.", field="trust-key", remedy="Write 64 hexadecimal digits.") from error


def show(report: Report, kept: int) -> None:
    """Say what was found."""
    for fault in report.faults:
        console.print(f"{fault.kind.value}: {fault.sentence}", style="red", highlight=False, markup=False)
    if report.more_faults:
        console.print(f"and {report.more_faults:,} more", style="red", highlight=False)
    console.print(
        f"{report.rows:,} rows, {report.fillers:,} fillers, {report.heads:,} signed heads, "
        f"{report.countersignatures:,} countersignatures, {report.waiting:,} rows not sealed yet; "
        f"{report.kept_agreeing} of {kept} heads kept elsewhere agree.",
        highlight=False,
    )
    console.print("The trail was tampered with." if not report.whole else "The trail is as it was written.")
    if report.whole and not kept and not report.countersignatures:
        console.print("Whether its end was cut off, only a head that a party kept can say: --head.", style="dim")


def chosen(data: Path | None) -> Settings:
    """The settings, with the folder given."""
    return load_settings(**({"data": data} if data else {}))


@contextmanager
def sealer_engine(settings: Settings) -> Generator[Engine]:
    """The database as the sealer's role, which reads all of the trail."""
    with database(settings) as addresses:
        engine = make_engine(addresses.sealer, role=SEALER_ROLE, pool=1)
        try:
            yield engine
        finally:
            engine.dispose()


@contextmanager
def opened(file: Path) -> Generator[tuple[IO[bytes], IO[bytes]]]:
    """The lines of an export, compressed or not, and the file beneath."""
    with file.open("rb") as raw:
        packed = raw.read(2) == GZIP
        raw.seek(0)
        yield (cast(IO[bytes], gzip.GzipFile(fileobj=raw)) if packed else raw), raw


@contextmanager
def writing(out: Path) -> Generator[IO[bytes]]:
    """A new file that nobody else may read; it stands in its place only when it is whole."""
    making = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with open(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "wb") as raw:
            if out.suffix == ".gz":
                with gzip.GzipFile("", "wb", 6, raw, 0) as packed:
                    yield cast(IO[bytes], packed)
            else:
                yield raw
        making.replace(out)
    finally:
        making.unlink(missing_ok=True)


@contextmanager
def bar(what: str, total: int) -> Generator[Progress]:
    """A bar while something long runs; none where nobody is watching."""
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        progress.add_task(what, total=total)
        yield progress


def moving(items: Iterable[Item], progress: Progress) -> Iterator[Item]:
    """The items, while the bar follows the rows."""
    rows = 0
    for item in items:
        yield item
        rows += isinstance(item, Sealed | Filler)
        if rows % STEP == 0:
            progress.update(progress.task_ids[0], completed=rows)


def moving_by_bytes(lines: IO[bytes], raw: IO[bytes], progress: Progress) -> Iterator[bytes]:
    """The lines, while the bar follows how much was read; they end where the file cannot be unpacked any further."""
    try:
        for number, line in enumerate(lines):
            if number % STEP == 0:
                progress.update(progress.task_ids[0], completed=raw.tell())
            yield line
    except (EOFError, gzip.BadGzipFile, zlib.error):
        return  # the last line is then missing, which the checker tells
