"""What carries out the recipes: DuckDB within bounds; a rule at fault is named and the others go on."""

from __future__ import annotations

import csv
import json
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

import duckdb

from tripoint.engines.books.mapping import FileMapping, guessed
from tripoint.engines.books.model import (
    Audit,
    BaseRate,
    Book,
    Evidence,
    Finding,
    Order,
    Outcome,
    Recipe,
    RefusedRow,
    TakenFile,
    Tell,
    Value,
)
from tripoint.engines.books.reading_store import LINES, Connection, prepare, refused_rows, take
from tripoint.engines.books.recipes import recipes
from tripoint.engines.books.sources import Source, files_of, source_of

THREADS, MEMORY = 2, "4GB"
FINDING = """
create table finding (rule integer, dealer varchar, subject varchar, rows bigint[], score double, fact varchar)
"""
MOST_SHOWN = 25


@dataclass(slots=True)
class Choices:
    """What somebody may choose of an audit: bounds, mappings by file, parameters by rule, which rules."""

    threads: int = THREADS
    memory: str = MEMORY
    room: Path | None = None
    mappings: Mapping[str, FileMapping] = field(default_factory=dict)
    parameters: Mapping[int, Mapping[str, Value]] = field(default_factory=dict)
    rules: Sequence[Recipe] = field(default_factory=recipes)
    look_through: Callable[[Path], None] = lambda _: None  # raises ValueError for what must not be opened


@dataclass(slots=True)
class Opened:
    """Books that were read, ready to be asked."""

    database: Connection
    files: list[TakenFile]
    choices: Choices


@contextmanager
def opened(folder: Path, choices: Choices, make_key: Callable[[str], str], tell: Tell) -> Iterator[Opened]:
    """The books of a folder in DuckDB; its files of work go when the work ends.

    `make_key` gives the name a make is compared by. A file that cannot be read is named in `files`, the rest is taken.
    """
    with (
        tempfile.TemporaryDirectory(prefix="tripoint-books-", dir=choices.room) as room,
        duckdb.connect(":memory:") as database,
    ):
        prepare(database, choices.threads, choices.memory, Path(room))
        files = []
        paths = files_of(folder)
        for number, path in enumerate(paths, 1):
            tell(f"Reading {path.name}", number - 1, len(paths))
            files.append(taken(database, number, path, folder, choices, make_key))
        tell("Reading", len(paths), len(paths))
        finish(database)
        yield Opened(database, files, choices)


def taken(
    database: Connection, number: int, path: Path, folder: Path, choices: Choices, make_key: Callable[[str], str]
) -> TakenFile:
    """One file taken in, or why it was not."""
    name = str(path.relative_to(folder))
    try:
        choices.look_through(path)
        source = source_of(path, folder)
        chosen = choices.mappings.get(name)
        mapping = chosen or guessed(name, source.headings)
        if mapping is None:
            return unread(name, "its columns are not those of any book; name them in a mapping", source)
        return take(database, number, source, mapping, make_key, guessed=chosen is None)
    except (ValueError, OSError, duckdb.Error) as error:
        return unread(name, str(error).splitlines()[0])


def unread(name: str, fault: str, source: Source | None = None) -> TakenFile:
    """A file of which nothing was taken."""
    return TakenFile(name, None, {}, source.headings if source else (), True, Order.ISO, True, fault=fault)


COUNTED_WHOLE = """
insert into inspection by name
select min(row_at) as row_at, dealer, max(day) as day, 'FULL' as scope from stock s
 where day is not null and not exists (select 1 from inspection i where i.dealer = s.dealer) group by dealer
"""
SCOPES = """
update inspection set scope = case when lower(scope) in ('full', 'total', 'completa', 'completo', 'complete', 'all')
                                   then 'full' else 'sample' end
"""


def finish(database: Connection) -> None:
    """What the recipes share, once all rows are in."""
    folder = resources.files("tripoint.engines.books")
    lines = folder.joinpath("serial_formats.csv").read_text(encoding="utf-8").splitlines()
    formats = [(row["make"], row["shape"]) for row in csv.DictReader(lines, delimiter=";")]
    database.executemany("insert into serial_format values (?, ?)", formats)
    # Where only the counted firearms came along, their dealers were counted whole, on the last of these days.
    database.execute(COUNTED_WHOLE)
    database.execute(SCOPES)
    database.execute(FINDING)
    database.execute(folder.joinpath("views.sql").read_text(encoding="utf-8"))


def run(books: Opened, tell: Tell) -> list[Outcome]:
    """Ask every rule. What they find is kept in `finding`; a fault of one stands in its outcome."""
    there = {book for book in Book if number_of(books.database, f"select count(*) from {book.value}")}  # noqa: S608 - names of ours
    outcomes = []
    for done, recipe in enumerate(books.choices.rules):
        tell(f"Rule {recipe.number}: {recipe.name.replace('_', ' ')}", done, len(books.choices.rules))
        outcomes.append(asked(books, recipe, there))
    tell("Rules", len(outcomes), len(outcomes))
    return outcomes


ASK = """
insert into finding
select {number}, dealer, subject, rows, greatest(0, least(1, score)), fact from ({findings}) f
"""


def asked(books: Opened, recipe: Recipe, there: set[Book]) -> Outcome:
    """One rule asked."""
    begun, nothing = time.monotonic(), BaseRate(0, 0, recipe.unit)
    if missing := tuple(book for book in recipe.needs if book not in there):
        return Outcome(recipe, nothing, 0.0, missing)
    values = recipe.values(books.choices.parameters.get(recipe.number, {}))
    try:
        query = ASK.format(number=recipe.number, findings=recipe.findings)
        books.database.execute(query, named(recipe.findings, values))
        of = number_of(books.database, recipe.base, named(recipe.base, values))
        found = number_of(books.database, "select count(*) from finding where rule = $rule", {"rule": recipe.number})
    except duckdb.Error as error:
        return Outcome(recipe, nothing, time.monotonic() - begun, fault=str(error).splitlines()[0])
    return Outcome(recipe, BaseRate(found, of, recipe.unit), time.monotonic() - begun)


def named(query: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """The parameters that a question names."""
    return {name: value for name, value in values.items() if f"${name}" in query}


def number_of(database: Connection, query: str, values: Mapping[str, Value] | None = None) -> int:
    """The one number a question gives."""
    found = database.execute(query, dict(values or {})).fetchone()
    return int((found or (0,))[0] or 0)


NUMBERED = "select row_number() over (order by rule, score desc, dealer, subject) as id, * from finding"
EVIDENCE = """
create or replace temp table place as
  select id, unnest(rows) as row_at, generate_subscripts(rows, 1) as nth from (select id, rows from numbered);
create or replace temp table told as
  select row_at, serial, make, day from acquisition where row_at in (select row_at from place)
  union all select row_at, serial, make, day from disposition where row_at in (select row_at from place)
  union all select row_at, serial, make, day from stock where row_at in (select row_at from place)
  union all select row_at, serial, make, day from manifest where row_at in (select row_at from place)
  union all select row_at, serial, make, reported from theft where row_at in (select row_at from place)
  union all select row_at, serial, make, day from recovery where row_at in (select row_at from place)
  union all select row_at, null, null, day from inspection where row_at in (select row_at from place);
create or replace temp table evidence as
  select p.id, list(f.name order by nth) as files, list(p.row_at % {lines} order by nth) as lines,
         list(f.book order by nth) as books, list(t.serial order by nth) as serials, list(t.make order by nth) as makes,
         list(t.day::varchar order by nth) as days
    from place p join file f on f.number = p.row_at // {lines} left join told t on t.row_at = p.row_at group by p.id
"""
TOLD = """
select n.rule, n.dealer, n.subject, n.fact, n.score, e.files, e.lines, e.books, e.serials, e.makes, e.days
  from numbered n left join evidence e using (id) order by n.id
"""


def findings(books: Opened, outcomes: Sequence[Outcome]) -> Iterator[Finding]:
    """Every finding with its rows, rule by rule, the strongest first."""
    known = {one.recipe.number: one for one in outcomes}
    chosen = {number: one.recipe.values(books.choices.parameters.get(number, {})) for number, one in known.items()}
    books.database.execute(f"create or replace temp table numbered as {NUMBERED}")
    books.database.execute(EVIDENCE.format(lines=LINES))
    cursor = books.database.execute(TOLD)
    while some := cursor.fetchmany(2000):
        for rule, dealer, subject, fact, score, *columns in some:
            rows = tuple(Evidence(*row) for row in zip(*columns, strict=True)) if columns[0] else ()
            one = known[rule]
            yield Finding(one.recipe, chosen[rule], dealer or "", subject or "", fact or "", score, rows, one.base)


MOST = """
select dealer, count(*), count(distinct rule), max(score) from finding where dealer <> '' group by dealer
 order by max(score) * ln(1 + count(*)) desc, dealer limit $most
"""
LOSSES = """
with missing as (select dealer, count(*) as missing from finding where rule = 1 group by dealer)
select w.dealer, w.acquired, w.sold, w.held, m.missing from missing m join whereabouts w using (dealer)
 order by m.missing desc, w.dealer limit $most
"""


def summed(books: Opened, outcomes: Sequence[Outcome], begun: float) -> Audit:
    """The audit in figures."""
    most = {"most": MOST_SHOWN}
    dealers = books.database.execute(MOST, most).fetchall()
    losses = books.database.execute(LOSSES, most).fetchall()
    return Audit(
        tuple(books.files), tuple(outcomes), tuple(dealers), sum(one.rows for one in books.files),
        sum(one.refused for one in books.files), number_of(books.database, "select count(*) from finding"),
        time.monotonic() - begun, tuple(losses),
    )  # fmt: skip


def audit(
    folder: Path, out: Path, choices: Choices, make_key: Callable[[str], str], tell: Tell,
    refuse: Callable[[RefusedRow], None],
) -> Audit:  # fmt: skip
    """The whole audit: read, ask, write a JSON line for every finding; in the order of the rules.

    `refuse` is told every row that was kept out. Raises ValueError for a folder without files of books.
    """
    begun = time.monotonic()
    if not files_of(folder):
        raise ValueError("the folder holds no CSV, XLSX or Parquet file")
    with opened(folder, choices, make_key, tell) as books:
        for row in refused_rows(books.database):
            refuse(row)
        outcomes = run(books, tell)
        with out.open("w", encoding="utf-8") as written:
            for finding in findings(books, outcomes):
                written.write(json.dumps(finding.as_line(), ensure_ascii=False) + "\n")
        return summed(books, outcomes, begun)
