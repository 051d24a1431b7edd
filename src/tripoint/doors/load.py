"""`tripoint load`: bring an edition of a list into the hub, with a progress bar and a report."""

from __future__ import annotations

import inspect
import json
import os
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Annotated, Any, BinaryIO, get_type_hints
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from tripoint.base.database import make_engine
from tripoint.base.errors import BadInput
from tripoint.base.keyring import NAME as KEYS, KeyRing
from tripoint.base.settings import load_settings
from tripoint.doors.serve import database
from tripoint.records.loading import Edition, Listeners, Report, load_edition
from tripoint.records.model import Audience, AudienceKind, Level, NoticeColour, RecordKind, Terms
from tripoint.records.sources.canada import read_sema
from tripoint.records.sources.mapping import OURS, read_mapping
from tripoint.records.sources.notices import read_notices
from tripoint.records.sources.ofac import read_sdn
from tripoint.records.sources.outcomes import BadRow, Outcome
from tripoint.records.sources.own import read_own, settings_of
from tripoint.records.sources.un import read_consolidated
from tripoint.words.grades import Confidence, Grading, Handling, InformationGrade, SourceGrade
from tripoint.words.purposes import Purpose

app = typer.Typer(no_args_is_help=True, help="Load a list: a public watch list, notices, or your own records.")

AUDIENCE_FORMS = "write own, everyone, parties:BRA,COL or operation:ID"
Reader = Callable[[list[BinaryIO], str], Iterator[Outcome]]  # the open files, and the owner's code

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="The file to load.")]
MoreFile = Annotated[Path | None, typer.Option(exists=True, dir_okay=False, readable=True)]
Owner = Annotated[str, typer.Option(help="Code of the party whose list it becomes: USA.")]
AudienceOption = Annotated[str, typer.Option("--audience", help=f"Who may read the records: {AUDIENCE_FORMS}.")]
Meets = Annotated[str, typer.Option(help="Whose checks may meet them, in the same forms; as --audience when left out.")]
Disclosure = Annotated[Level, typer.Option(help="What such a check then learns.")]
HandlingOption = Annotated[Handling, typer.Option(help="Handling code.")]
Name = Annotated[str, typer.Option(help="Name of the set; the list's own name when left out.")]
AsOf = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"], help="Date of the edition.")]
Partial = Annotated[bool, typer.Option("--partial", help="Add and change only; end nothing that is missing.")]
Shrinking = Annotated[bool, typer.Option("--shrinking", help="Let the edition end more than half of the set.")]
Strict = Annotated[bool, typer.Option("--strict", help="End with status 1 when rows were kept out.")]
ReportFile = Annotated[Path | None, typer.Option("--report", dir_okay=False, help="Write a JSON line per bad row.")]
Data = Annotated[Path | None, typer.Option(help="Folder of the embedded database, as in TRIPOINT_DATA.")]
Colour = Annotated[
    NoticeColour | None, typer.Option(help="Colour of notices that do not tell it: red, yellow, un_special.")
]
MappingFile = Annotated[
    Path | None, typer.Option("--mapping", exists=True, dir_okay=False, help="How the file's columns map to ours.")
]


@dataclass(frozen=True, slots=True)
class Source:
    """Where an edition comes from: the files, how they are read, and what they become."""

    command: str
    title: str
    kind: RecordKind
    paths: tuple[Path, ...]
    read: Reader
    purpose: Purpose = Purpose.WANTED_PERSONS
    settings: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """The options that every command has."""

    owner: Owner
    audience: AudienceOption = "own"
    meets: Meets = ""
    disclosure: Disclosure = Level.FULL
    handling: HandlingOption = Handling.H0
    name: Name = ""
    as_of: AsOf = None
    partial: Partial = False
    shrinking: Shrinking = False
    strict: Strict = False
    report: ReportFile = None
    data: Data = None


def command(name: str) -> Callable[[Callable[..., Source]], Callable[..., Source]]:
    """Make a command of a function that says what to load: its own options, and after them those of `Choices`."""

    def make(source_of: Callable[..., Source]) -> Callable[..., Source]:
        own, shared = inspect.signature(source_of, eval_str=True), get_type_hints(Choices, include_extras=True)
        options = [each.replace(kind=KEYWORD, annotation=shared[each.name]) for each in CHOICES]

        def load(**values: Any) -> None:
            chosen = {each.name: values.pop(each.name) for each in CHOICES}
            run(source_of(**values), Choices(**chosen))

        load.__doc__ = source_of.__doc__
        ours = [each.replace(kind=KEYWORD) for each in own.parameters.values()]
        load.__annotations__ = {each.name: each.annotation for each in (*ours, *options)}
        vars(load)["__signature__"] = inspect.Signature([*ours, *options])
        app.command(name)(load)
        return source_of

    return make


KEYWORD = inspect.Parameter.KEYWORD_ONLY
CHOICES = tuple(inspect.signature(Choices).parameters.values())


@command("ofac-sdn")
def ofac_sdn(file: File, aliases: MoreFile = None, addresses: MoreFile = None) -> Source:
    """The US list of specially designated nationals: SDN.CSV, with ALT.CSV and ADD.CSV where you have them."""
    more = [path for path in (aliases, addresses) if path]

    def read(streams: list[BinaryIO], _: str) -> Iterator[Outcome]:
        rest = streams[1:]
        return read_sdn(streams[0], rest.pop(0) if aliases else None, rest.pop(0) if addresses else None)

    settings = (("aliases", aliases is not None), ("addresses", addresses is not None))
    return Source("ofac-sdn", "OFAC SDN", RecordKind.PERSON, (file, *more), read, settings=settings)


@command("un-sc")
def un_sc(file: File) -> Source:
    """The consolidated list of the United Nations Security Council (XML)."""
    return Source(
        "un-sc", "UN Security Council", RecordKind.PERSON, (file,), lambda files, _: read_consolidated(files[0])
    )


@command("canada-sema")
def canada_sema(file: File) -> Source:
    """Canada's consolidated autonomous sanctions list (XML)."""
    return Source("canada-sema", "Canada SEMA", RecordKind.PERSON, (file,), lambda files, _: read_sema(files[0]))


@command("notices")
def notices(file: File, colour: Colour = None) -> Source:
    """Red, yellow and Security Council notices in the JSON of the public interface for notices."""
    return Source(
        "notices", "Notices", RecordKind.PERSON, (file,), lambda files, _: read_notices(files[0], colour),
        settings=(("colour", colour),),
    )  # fmt: skip


@command("documents")
def documents(file: File, mapping: MappingFile = None) -> Source:
    """Your own stolen, lost, revoked and invalid travel documents (CSV or XLSX)."""
    return own_file("documents", RecordKind.DOCUMENT, file, mapping)


@command("vehicles")
def vehicles(file: File, mapping: MappingFile = None) -> Source:
    """Your own list of vehicles (CSV or XLSX)."""
    return own_file("vehicles", RecordKind.VEHICLE, file, mapping)


@command("firearms")
def firearms(file: File, mapping: MappingFile = None) -> Source:
    """Your own list of firearms (CSV or XLSX)."""
    return own_file("firearms", RecordKind.FIREARM, file, mapping)


def own_file(name: str, kind: RecordKind, file: Path, mapping: Path | None) -> Source:
    """A party's own CSV or XLSX file, read through its mapping."""
    how = read_mapping(mapping) if mapping else OURS

    def read(streams: list[BinaryIO], owner: str) -> Iterator[Outcome]:
        return read_own(kind, streams[0], owner, how)

    return Source(name, name.capitalize(), kind, (file,), read, Purpose.IDENTIFICATION, settings_of(how))


def run(source: Source, choices: Choices) -> None:
    """Load, show what came of it, and end with status 1 where the options ask for it."""
    settings = load_settings(**({"data": choices.data} if choices.data else {}))
    edition = edition_of(source, choices)
    with ExitStack() as stack:
        streams: list[BinaryIO] = [stack.enter_context(path.open("rb")) for path in source.paths]
        bad_row = stack.enter_context(bad_rows_into(choices.report))
        addresses = stack.enter_context(database(settings))
        progress, writing = stack.enter_context(bar_over(streams[0], source))
        engine = make_engine(addresses.app, pool=1)
        stack.callback(engine.dispose)
        listeners, keys = Listeners(progress, bad_row, writing), KeyRing(settings.data / KEYS)
        report = load_edition(engine, edition, source.read(streams, edition.owner), date.today(), listeners, keys)
    show(edition, report, choices.report)
    if choices.strict and report.bad:
        raise typer.Exit(1)


def edition_of(source: Source, choices: Choices) -> Edition:
    """The edition the files and options describe. Raises BadInput naming the option that is wrong."""
    meets = choices.meets or choices.audience
    level, audience = choices.disclosure, read_audience("audience", choices.audience)
    terms = Terms(audience, read_audience("meets", meets), level, grading_of(choices), source.purpose)
    as_of = choices.as_of or datetime.fromtimestamp(source.paths[0].stat().st_mtime, UTC)
    return Edition(
        owner=choices.owner.upper(), name=choices.name or source.title, kind=source.kind, source=source.command,
        terms=terms, digest=digest_of_files(source.paths), as_of=as_of if as_of.tzinfo else as_of.replace(tzinfo=UTC),
        settings=dict(source.settings), partial=choices.partial, shrinking=choices.shrinking,
    )  # fmt: skip


def grading_of(choices: Choices) -> Grading:
    """Grades of a list its owner publishes or keeps: reliable source, known to it, not judged further here."""
    return Grading(choices.handling, SourceGrade.A, InformationGrade.KNOWN_TO_SOURCE, Confidence.HIGH)


def digest_of_files(paths: tuple[Path, ...]) -> bytes:
    """SHA-256 over the digests of all files."""
    whole = sha256()
    for path in paths:
        with path.open("rb") as stream:
            whole.update(file_digest(stream, "sha256").digest())
    return whole.digest()


def read_audience(option: str, text: str) -> Audience:
    """An audience from `own`, `everyone`, `parties:BRA,COL` or `operation:ID`."""
    form, _, rest = text.partition(":")
    codes = tuple(code.strip().upper() for code in rest.split(",") if code.strip())
    if form in ("own", "everyone") and not rest:
        return Audience(AudienceKind(form))
    if form == "parties" and codes:
        return Audience(AudienceKind.PARTIES, codes)
    if form == "operation":
        try:
            return Audience(AudienceKind.OPERATION, operation=UUID(rest))
        except ValueError:
            pass
    raise BadInput(f"--{option} {text!r} names no audience.", field=option, remedy=f"Please {AUDIENCE_FORMS}.")


@contextmanager
def bad_rows_into(path: Path | None) -> Generator[Callable[[BadRow], None]]:
    """Where bad rows are told: a line each in the report file, or the first few on the error output."""
    if path is None:
        yield FirstFew(Console(stderr=True))
        return
    with path.open("w", encoding="utf-8") as stream:
        yield lambda row: print(json.dumps(asdict(row), ensure_ascii=False), file=stream)


class FirstFew:
    """Tells the first bad rows, then only that there are more."""

    MOST = 10

    def __init__(self, console: Console) -> None:
        self.console, self.told = console, 0

    def __call__(self, row: BadRow) -> None:
        """Tell a row, or nothing."""
        self.told += 1
        if self.told <= self.MOST:
            text = f"line {row.line}: {row.field} {row.reason}; {row.remedy}"
            self.console.print(text, markup=False, highlight=False)
        elif self.told == self.MOST + 1:
            self.console.print("More rows were kept out: --report FILE lists every one.")


@contextmanager
def bar_over(stream: BinaryIO, source: Source) -> Generator[tuple[Callable[[int], None], Callable[[], None]]]:
    """A progress bar over the bytes of the main file, with rows and rate; silent when nobody watches.

    Gives what to call with the rows read, and what to call when they are being written.
    """
    columns = (
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[rows]:,} rows, {task.fields[rate]:,.0f}/s"), TimeElapsedColumn(),
        TimeRemainingColumn(),
    )  # fmt: skip
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        size = os.fstat(stream.fileno()).st_size
        task = progress.add_task(source.title, total=size, rows=0, rate=0.0)

        def tell(rows: int) -> None:
            elapsed = progress.tasks[task].elapsed or 0.001
            done = size if stream.closed else stream.tell()
            progress.update(task, completed=done, rows=rows, rate=rows / elapsed)

        def writing() -> None:
            progress.update(task, description=f"{source.title}: writing", total=None)

        yield tell, writing


def show(edition: Edition, report: Report, path: Path | None) -> None:
    """What became of the edition, as a table."""
    table = Table("", "records")
    counts = {"added": report.added, "changed": report.changed, "ended": report.ended, "unchanged": report.unchanged}
    for label, count in counts.items():
        table.add_row(label, f"{count:,}")
    table.add_row("rows kept out" + (f", see {path}" if path and report.bad else ""), f"{report.bad:,}")
    for why, count in sorted(report.passed.items()):
        table.add_row(f"passed over: {why}", f"{count:,}")
    if report.resumed_at:
        table.add_row("ready from the load that was broken off", f"{report.resumed_at:,}")
    table.add_row("rows a second", f"{report.rows_per_second:,.0f}")
    console = Console()
    console.print(f"{edition.name} of {edition.owner}, as of {edition.as_of:%Y-%m-%d}", markup=False, highlight=False)
    console.print(table)
