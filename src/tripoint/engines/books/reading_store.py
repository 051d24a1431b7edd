"""Books into DuckDB: each file staged as text, then taken row by row into the tables that recipes read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from tripoint.engines.books.mapping import Column, FileMapping, columns
from tripoint.engines.books.model import Book, Order, RefusedRow, TakenFile
from tripoint.engines.books.sources import Source, Unread, careful_rows, even_rows, lines_in

Connection = duckdb.DuckDBPyConnection
TYPES = {"date": "date", "number": "bigint", "flag": "boolean"}  # all others are text
GUNS = frozenset({Book.ACQUISITION, Book.DISPOSITION, Book.STOCK, Book.MANIFEST, Book.THEFT, Book.RECOVERY})
FORMATS = {
    Order.DAY_FIRST: ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y"),
    Order.MONTH_FIRST: ("%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y", "%m/%d/%y"),
    Order.ISO: ("%Y/%m/%d", "%Y%m%d", "%Y.%m.%d"),
}
LINES = 1 << 40  # a row's place is the number of its file times this, and its line
AT_ONCE = 50_000
YES = "('yes', 'y', 'true', '1', 'si', 'sí', 'sim', 'oui', 'x')"
# Enough for the names of five languages in Latin letters; taking every accent off takes four times as long.
ACCENTED, PLAIN = "ÁÀÂÃÄÅÇÉÈÊËÍÌÎÏÑÓÒÔÕÖÚÙÛÜÝ", "AAAAAACEEEEIIIINOOOOOUUUUY"
HANDGUN = "(pistol|revolver|handgun|pistola|revólver|derringer)"


def prepare(database: Connection, threads: int, memory: str, room: Path) -> None:
    """Bounds of the work, and the empty tables."""
    database.execute(f"set threads = {int(threads)}")
    database.execute("set memory_limit = $memory", {"memory": memory})
    database.execute("set temp_directory = $room", {"room": str(room)})
    database.execute("set preserve_insertion_order = true")
    for book in Book:
        database.execute(f"create table {book.value} ({', '.join(shape(book))})")
    database.execute("create table file (number integer, name varchar, book varchar)")
    database.execute("create table refused (number integer, line bigint, col varchar, value varchar, why varchar)")
    database.execute("create table serial_format (make varchar, shape varchar)")


def shape(book: Book) -> list[str]:
    """The columns of a table: ours, the place of the row, and what is reckoned of it."""
    found = ["row_at bigint", *(f"{column.name} {TYPES.get(column.type, 'varchar')}" for column in columns(book))]
    found += ["gun ubigint"] if book in GUNS else []
    found += ["handgun boolean"] if book in (Book.ACQUISITION, Book.DISPOSITION) else []
    return found + (["buyer ubigint"] if book is Book.DISPOSITION else [])


def take(
    database: Connection, number: int, source: Source, mapping: FileMapping, make_key: Callable[[str], str], *,
    guessed: bool,
) -> TakenFile:  # fmt: skip
    """Take a file in; what its rows lack is kept in `refused`. Raises duckdb.Error, ValueError for files unreadable."""
    stage(database, number, source, mapping)
    database.execute("insert into file values (?, ?, ?)", [number, source.name, mapping.book.value])
    order, sure = order_of(database, mapping)
    own = [column for column in columns(mapping.book) if column.name in mapping.columns]
    name_makes(database, own, make_key)
    database.execute(f"create or replace temp table read as {read(number, mapping.book, own, order)}")
    kept = database.execute(
        f"insert into {mapping.book.value} select * exclude (bad, line) from read where bad is null"  # noqa: S608 - names of ours
    ).fetchone()
    wrong = {column.name: f"the {column.name} is missing or cannot be read" for column in own}
    database.execute(REFUSE.format(values=cells(own)), {"number": number})
    rows, refused = int((kept or (0,))[0]), count_refused(database, number)
    database.execute("drop table read")
    database.execute("drop table staged")
    assert wrong  # every book has required columns
    left = tuple(one for one in source.headings if one not in mapping.columns.values())
    return TakenFile(source.name, mapping.book, mapping.columns, left, guessed, order, sure, rows, refused)


REFUSE = """
insert into refused
select $number, r.line, r.bad, left({values}, 100), case when coalesce({values}, '') = '' then 'is missing' else 'cannot be read' end
  from read r join staged s using (line) where r.bad is not null
"""


def cells(own: list[Column]) -> str:
    """The cell that a refused row was refused for."""
    cases = " ".join(f"when '{column.name}' then s.{column.name}" for column in own)
    return f"case r.bad {cases} end"


def count_refused(database: Connection, number: int) -> int:
    """How many rows of a file were kept out."""
    found = database.execute("select count(*) from refused where number = ?", [number]).fetchone()
    return int((found or (0,))[0])


def refused_rows(database: Connection) -> Iterator[RefusedRow]:
    """The rows that were kept out, file by file."""
    asked = "select f.name, r.line, r.col, coalesce(r.value, ''), r.why from refused r join file f using (number) order by 1, 2"
    found = database.execute(asked)
    while some := found.fetchmany(1000):
        yield from (RefusedRow(*row) for row in some)


def quoted(name: str) -> str:
    """A column of a file as SQL names it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def stage(database: Connection, number: int, source: Source, mapping: FileMapping) -> None:
    """The columns that are read as text in `staged`, each row with its line."""
    kind = source.path.suffix.lower()
    if kind == ".parquet":
        shown = wanted(mapping, "cast({} as varchar)")
        database.execute(f"create or replace temp table staged as select row_number() over () + 1 as line, {shown} from read_parquet({literal(str(source.path))})")  # noqa: S608 - names of ours
    elif kind == ".xlsx" or not staged_plainly(database, number, source, mapping):
        stage_rows(database, number, source, mapping, even_rows(source) if kind == ".xlsx" else careful_rows(source))


def wanted(mapping: FileMapping, form: str = "{}") -> str:
    """The mapped columns under our names."""
    return ", ".join(f"{form.format(quoted(theirs))} as {ours}" for ours, theirs in mapping.columns.items())


def staged_plainly(database: Connection, number: int, source: Source, mapping: FileMapping) -> bool:
    """Read a text in one go. False where its lines are not its rows, so that lines could not be told.

    Lines are rows when there are as many of them, without blank lines and without breaks within cells.
    """
    if source.encoding != "utf-8":
        return False
    names = "{" + ", ".join(f"{literal(name)}: 'varchar'" for name in source.headings) + "}"
    table = f"read_csv({literal(str(source.path))}, header = true, delim = {literal(source.delimiter)}, quote = '\"', escape = '\"', auto_detect = false, columns = {names}, store_rejects = true, rejects_limit = 0)"
    for name in ("reject_errors", "reject_scans"):
        database.execute(f"drop table if exists {name}")
    try:
        database.execute(f"create or replace temp table staged as select row_number() over () + 1 as line, {wanted(mapping)} from {table}")  # noqa: S608 - names of ours
    except duckdb.Error:
        return False  # not plain: the careful reader says which rows are at fault
    bad = database.execute("select distinct line, first(csv_line), first(error_message) from reject_errors group by line order by line").fetchall()
    rows = database.execute("select count(*) from staged").fetchone()
    if int((rows or (0,))[0]) + len(bad) + 1 != lines_in(source.path):
        return False
    for before, (line, text, why) in enumerate(bad):
        database.execute("insert into refused values (?, ?, '', ?, ?)", [number, line, str(text)[:200], told(str(why))])
        database.execute("update staged set line = line + 1 where line >= ?", [line])
        assert before < line
    return True


def told(why: str) -> str:
    """The first line of a reason."""
    return why.splitlines()[0].rstrip(".").replace("Expected Number of Columns: ", "has other than the heading's cells: ")


def stage_rows(
    database: Connection, number: int, source: Source, mapping: FileMapping, rows: Iterator[tuple[int, list[str]] | Unread]
) -> None:  # fmt: skip
    """Stage rows one by one, in portions."""
    names = ", ".join(f"{ours} varchar" for ours in mapping.columns)
    database.execute(f"create or replace temp table staged (line bigint, {names})")
    places = [source.headings.index(theirs) for theirs in mapping.columns.values()]
    waiting: list[tuple[object, ...]] = []
    for row in rows:
        if isinstance(row, Unread):
            database.execute("insert into refused values (?, ?, '', ?, ?)", [number, row.line, row.text, row.why])
            continue
        waiting.append((row[0], *(row[1][place] for place in places)))
        if len(waiting) >= AT_ONCE:
            put(database, mapping, waiting)
    put(database, mapping, waiting)


def put(database: Connection, mapping: FileMapping, waiting: list[tuple[object, ...]]) -> None:
    """Write the waiting rows to `staged`."""
    if not waiting:
        return
    names = ["line", *mapping.columns]
    portion = pa.table({name: list(column) for name, column in zip(names, zip(*waiting, strict=True), strict=True)})
    database.register("portion", portion)
    database.execute("insert into staged select * from portion")
    database.unregister("portion")
    waiting.clear()


def order_of(database: Connection, mapping: FileMapping) -> tuple[Order, bool]:
    """How dates are written in the file, and whether that is sure: of both ways round the one that reads more."""
    if mapping.order is not None:
        return mapping.order, True
    dates = [column.name for column in columns(mapping.book) if column.type == "date" and column.name in mapping.columns]
    if not dates:
        return Order.ISO, True
    first, *rest = dates
    every = " union all ".join(f"(select {name} as cell from staged where {name} <> '' limit 20000)" for name in (first, *rest))  # noqa: S608 - names of ours
    counts = ", ".join(f"count({parsed('cell', order)})" for order in Order)
    found = database.execute(f"select {counts} from ({every})").fetchone()  # noqa: S608 - names of ours
    iso, day, month = (int(one) for one in found or (0, 0, 0))
    if iso >= max(day, month):
        return Order.ISO, True
    return (Order.DAY_FIRST if day >= month else Order.MONTH_FIRST), day != month


def parsed(cell: str, order: Order) -> str:
    """A cell as a date, null where it is none; year-month-day is always understood."""
    forms = ", ".join(literal(form) for form in FORMATS[order])
    return f"coalesce(try_cast(left({cell}, 10) as date), try_strptime({cell}, [{forms}])::date)"


def name_makes(database: Connection, own: list[Column], make_key: Callable[[str], str]) -> None:
    """Every spelling of a make in the file with the name it is compared by."""
    database.execute("create or replace temp table make_name (spelt varchar primary key, name varchar)")
    if any(column.name == "make" for column in own):
        spelt = database.execute("select distinct make from staged where make <> ''").fetchall()
        if spelt:
            database.executemany("insert into make_name values (?, ?)", [(one, make_key(one) or one) for (one,) in spelt])


def read(number: int, book: Book, own: list[Column], order: Order) -> str:
    """The staged rows with every cell read, and `bad`: the first column that keeps a row out.

    An optional date or number that cannot be read keeps a row out as well: nobody would miss it otherwise.
    """
    there = {column.name for column in own}
    shown = ", ".join(
        f"{cell(column, order) if column.name in there else 'null::' + TYPES.get(column.type, 'varchar')} as {column.name}"
        for column in columns(book)
    )
    optional = [column.name for column in own if column.type in ("date", "number") and not column.required]
    raw = "".join(f", s.{name} as raw_{name}" for name in optional)
    left = "".join(f", raw_{name}" for name in optional)
    missing = "".join(f" when c.{column.name} is null then '{column.name}'" for column in own if column.required)
    wrong = "".join(f" when c.{name} is null and trim(raw_{name}) <> '' then '{name}'" for name in optional)
    joined = " left join make_name m on m.spelt = s.make" if "make" in there else ""
    return (
        f"select {number} * {LINES} + c.line as row_at, c.* exclude (line{left}){reckoned(book)}, "  # noqa: S608 - names of ours
        f"case{missing}{wrong} end as bad, c.line from (select s.line, {shown}{raw} from staged s{joined}) c"
    )


def cell(column: Column, order: Order) -> str:
    """How a cell of this type is read; what cannot be read or is empty is null."""
    name = f"s.{column.name}"
    match column.type:
        case "date":
            return parsed(f"trim({name})", order)
        case "number":
            return f"try_cast(trim({name}) as bigint)"
        case "flag":
            return f"lower(trim({name})) in {YES}"
        case "serial":
            return f"nullif(translate(upper({name}), ' -./_', ''), '')"
        case "make":
            return "m.name"
        case "name":
            return f"nullif(trim(translate(upper({name}), '{ACCENTED}.,-''', '{PLAIN}    ')), '')"
        case "key":
            return f"nullif(translate(upper({name}), ' .', ''), '')"
        case _:
            return f"nullif(upper(trim({name})), '')"


GUN = ", case when c.serial is not null then hash(c.serial || '|' || coalesce(c.make, '')) end as gun"
BUYER = """, case when coalesce(c.buyer_document, c.buyer_name) is not null
  then hash(coalesce(c.buyer_document, c.buyer_name || coalesce('|' || c.buyer_born, ''))) end as buyer"""


def reckoned(book: Book) -> str:
    """What is reckoned of a row: which firearm, whether a handgun, which buyer."""
    found = GUN if book in GUNS else ""
    if book in (Book.ACQUISITION, Book.DISPOSITION):
        found += f", case when c.type is not null then regexp_matches(lower(c.type), '{HANDGUN}') end as handgun"
    return found + (BUYER if book is Book.DISPOSITION else "")
