"""`tripoint dealers`: audit the books of dealers over files, without server; invent books to try it on."""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from tripoint.base.errors import BadInput

if TYPE_CHECKING:
    from tripoint.engines.books.engine_store import Choices
    from tripoint.engines.books.model import Audit, Tell, Value

app = typer.Typer(no_args_is_help=True, help="Audit the books of firearms dealers over files; no server, no database.")
NOTHING_FOUND = 2  # exit status where no book could be read
Books = Annotated[Path, typer.Option(exists=True, file_okay=False, help="Folder of CSV, XLSX or Parquet files.")]
MappingFile = Annotated[
    Path | None, typer.Option("--mapping", exists=True, dir_okay=False, help="Which column is which; else guessed.")
]


@app.command()
def audit(
    books: Books,
    out: Annotated[Path, typer.Option(dir_okay=False, help="A JSON line for every finding.")] = Path("findings.jsonl"),
    report: Annotated[Path | None, typer.Option(dir_okay=False, help="The audit as PDF.")] = None,
    mapping: MappingFile = None,
    save_mapping: Annotated[Path | None, typer.Option(dir_okay=False, help="Write the mapping used.")] = None,
    refused: Annotated[Path | None, typer.Option(dir_okay=False, help="A JSON line per row kept out.")] = None,
    chosen: Annotated[list[str] | None, typer.Option("--set", help="A parameter of a rule: 12.least=3.")] = None,
    rules: Annotated[list[int] | None, typer.Option("--rule", min=1, help="Only these rules.")] = None,
    language: Annotated[str, typer.Option(help="Of the report: en, es, pt, fr, ar.")] = "en",
    memory: Annotated[str, typer.Option(help="At most so much memory; the rest waits on disk.")] = "4GB",
    threads: Annotated[int, typer.Option(min=1, max=64, help="Threads.")] = 2,
    as_json: Annotated[bool, typer.Option("--json", help="Tell the outcome as JSON.")] = False,
) -> None:
    """Ask 22 rules of the books of a folder. What they find are indicators to look into, never accusations."""
    from tripoint.engines.books import engine_store
    from tripoint.words.firearms import normalise_make

    choices = choices_of(books, mapping, chosen or [], rules or [], memory, threads)
    with progress() as tell, refusals(refused) as refuse:
        try:
            found = engine_store.audit(books, out, choices, normalise_make, tell, refuse)
        except ValueError as error:
            raise BadInput(f"{error}.".capitalize(), field="--books", remedy="Name a folder of books.") from None
    if save_mapping:
        save_mapping.write_text(json.dumps(mapping_of(found), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if report:
        write_report(found, report, language)
    show(found, out, as_json=as_json)
    if not found.rows:
        raise typer.Exit(NOTHING_FOUND)


def write_report(found: Audit, report: Path, language: str) -> None:
    """The audit as PDF."""
    from tripoint.reports import dealers, printing
    from tripoint.reports.texts import texts

    report.write_bytes(printing.pdf(dealers.report(found, datetime.now(UTC), texts(language))))


def choices_of(
    books: Path, mapping: Path | None, chosen: list[str], rules: list[int], memory: str, threads: int
) -> Choices:
    """What was chosen. Raises BadInput naming the option at fault."""
    from tripoint.engines.books.engine_store import Choices
    from tripoint.engines.books.recipes import check_choices, recipes

    parameters = choices_from(chosen)
    try:
        check_choices(parameters)
    except ValueError as error:
        raise BadInput(f"{error}.", field="--set", remedy="Write RULE.PARAMETER=VALUE.") from None
    wanted = tuple(one for one in recipes() if not rules or one.number in rules)
    if not wanted:
        raise BadInput("There is no such rule.", field="--rule", remedy="Rules have the numbers 1 to 22.")
    mappings = mappings_from(books, mapping) if mapping else {}
    return Choices(threads, memory, None, mappings, parameters, wanted, look_through)


def look_through(path: Path) -> None:
    """See that a workbook is harmless before anything of it is unpacked. Raises ValueError."""
    from tripoint.records.sources.workbooks import check_workbook

    if path.suffix.lower() == ".xlsx":
        with path.open("rb") as stream:
            check_workbook(stream)


def choices_from(chosen: list[str]) -> dict[int, dict[str, Value]]:
    """`12.least=3` as a parameter of rule 12. Raises BadInput for anything else."""
    from tripoint.engines.books.recipes import value_from

    found: dict[int, dict[str, Value]] = {}
    for one in chosen:
        name, sign, text = one.partition("=")
        rule, dot, parameter = name.partition(".")
        try:
            value = text if text.isalpha() else value_from(text)
            found.setdefault(int(rule), {})[parameter] = value
        except ValueError:
            sign = ""
        if not sign or not dot:
            raise BadInput(f"{one!r} is no parameter.", field="--set", remedy="Write RULE.PARAMETER=VALUE: 12.least=3.")
    return found


def mappings_from(books: Path, mapping: Path) -> Any:
    """The mappings of a file by the name of each book. Raises BadInput."""
    from tripoint.engines.books.mapping import read_mapping
    from tripoint.engines.books.sources import files_of, source_of

    try:
        for path in files_of(books):
            look_through(path)
        headings = {(one := source_of(path, books)).name: one.headings for path in files_of(books)}
        return read_mapping(json.loads(mapping.read_text(encoding="utf-8")), headings)
    except (ValueError, OSError) as error:
        raise BadInput(f"{error}.", field="--mapping", remedy="--save-mapping writes one to begin from.") from None


def mapping_of(found: Audit) -> dict[str, Any]:
    """The mapping that was used, in the form that `--mapping` takes."""
    taken = [one for one in found.files if one.book]
    return {"files": {
        one.name: {"book": one.book, "columns": dict(one.columns), "dates": one.order} for one in taken
    }}  # fmt: skip


@contextmanager
def progress() -> Generator[Tell]:
    """A bar with what is being done; silent when nobody watches."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as shown:
        task = shown.add_task("Reading")
        yield lambda step, done, of: shown.update(task, description=step, completed=done, total=of)


@contextmanager
def refusals(path: Path | None) -> Generator[Any]:
    """Where rows that were kept out are told: each in the file, else the first ten on the error output."""
    console, told = Console(stderr=True), 0
    stream = path.open("w", encoding="utf-8") if path else None

    def refuse(row: Any) -> None:
        nonlocal told
        told += 1
        if stream:
            print(json.dumps(asdict(row), ensure_ascii=False), file=stream)
        elif told <= 10:
            console.print(f"{row.file} line {row.line}: {row.column} {row.why}".replace(":  ", ": "), markup=False)
        elif told == 11:
            console.print("There are more: --refused FILE lists every one.")

    yield refuse
    if stream:
        stream.close()


def show(found: Audit, out: Path, *, as_json: bool) -> None:
    """The outcome as tables, or as JSON."""
    if as_json:
        typer.echo(json.dumps(outcome(found), ensure_ascii=False))
        return
    console = Console()
    files = Table("file", "book", "rows", "kept out", "columns")
    for one in found.files:
        columns = one.fault or ", ".join(f"{ours}={theirs}" for ours, theirs in one.columns.items())
        files.add_row(one.name, one.book or "-", f"{one.rows:,}", f"{one.refused:,}", columns)
    console.print(files)
    table = Table("rule", "what it says", "found", "of", "base rate")
    for met in found.outcomes:
        said = met.fault or (f"not asked: no {', '.join(met.missing)}" if met.missing else met.recipe.sentence)
        table.add_row(str(met.recipe.number), said, f"{met.base.found:,}", f"{met.base.of:,}", f"{met.base.rate:.3%}")
    console.print(table)
    console.print(
        f"{found.rows:,} rows, {found.findings:,} findings in {out}, {found.seconds:.1f} s. "
        "They are indicators, never accusations: a person decides.", markup=False, highlight=False,
    )  # fmt: skip


def outcome(found: Audit) -> dict[str, Any]:
    """The outcome as data."""
    return {
        "rows": found.rows, "refused": found.refused, "findings": found.findings, "seconds": round(found.seconds, 2),
        "files": [{"file": one.name, "book": one.book, "rows": one.rows, "refused": one.refused, "guessed": one.guessed,
                   "columns": dict(one.columns), "unread_columns": list(one.left), "dates": one.order,
                   "dates_sure": one.sure, "fault": one.fault} for one in found.files],
        "rules": [{"rule": one.recipe.number, "name": one.recipe.name, "found": one.base.found, "of": one.base.of,
                   "unit": one.base.unit, "rate": one.base.rate, "seconds": round(one.seconds, 2),
                   "missing": list(one.missing), "fault": one.fault} for one in found.outcomes],
    }  # fmt: skip


@app.command()
def invent(
    out: Annotated[Path, typer.Option(file_okay=False, help="The folder of the invented books.")],
    rows: Annotated[int, typer.Option(min=1_000, max=20_000_000, help="Acquisitions and dispositions.")] = 100_000,
    seed: Annotated[int, typer.Option(help="Another seed invents other books.")] = 1,
) -> None:
    """Invent books of dealers and people who exist nowhere; planted.json tells what was planted for every rule."""
    from tripoint.demo.books.writing_store import invent as invent_books

    with progress() as tell:
        planted = invent_books(out, rows, seed, tell)
    cases = sum(len(one) for one in planted["rules"].values())
    typer.echo(f"{planted['rows']:,} rows in {out}, {cases:,} cases planted for {len(planted['rules'])} rules.")


@app.command()
def judge(
    books: Books,
    findings: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="What an audit of them found.")],
) -> None:
    """Hold an audit of invented books against what was planted: found, missed and false findings by rule, as JSON."""
    from tripoint.demo.books.judging import judge as judged

    planted = json.loads((books / "planted.json").read_text(encoding="utf-8"))["rules"]
    with findings.open(encoding="utf-8") as lines:
        typer.echo(json.dumps([asdict(one) for one in judged(planted, map(json.loads, lines))]))
