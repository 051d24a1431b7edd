"""Several statements in one exchange with the server, spoken to libpq without a cursor for each.

psycopg's cursors take some 0.15 ms of Python a statement, most of it for possibilities that these never use. Here a
statement is translated once a process, prepared once a connection, and the answers are read as they come; parameters
and columns go through psycopg's own adapters, so that values are the same either way (PostgreSQL manual, 32.5).
"""

from __future__ import annotations

import re
import select
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import psycopg
from psycopg import errors, pq
from psycopg.abc import PQGen, Transformer as Adapter
from psycopg.adapt import PyFormat, Transformer

PLACE = re.compile(r"%\((\w+)\)s|%%")
GOOD = frozenset({pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK})

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Translated:
    """A statement as the server wants it: `$1` for `%(name)s`, and the names in their order."""

    text: bytes
    names: tuple[str, ...]


class Connection(psycopg.Connection[Any]):
    """psycopg's connection that counts how often all prepared statements were forgotten, ours among them.

    It forgets its own after a rollback, and the server knows no others' from its own (psycopg manual, prepared
    statements). There is no open way to hear of that; test_exchange.py notices should this one close.
    """

    forgotten = 0

    def _deallocate(self, name: bytes | None) -> PQGen[None]:
        self.forgotten += name is None
        return super()._deallocate(name)


@dataclass(slots=True)
class Line:
    """What is kept of one connection between exchanges."""

    adapter: Adapter
    poll: select.poll
    prepared: dict[tuple[bytes, tuple[int, ...]], bytes] = field(default_factory=dict)
    named: int = 0  # no name is given twice: the server may know it although preparing failed
    forgotten: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One command of an exchange: what is asked, or, with `name` alone, a statement to be prepared under it."""

    text: bytes
    values: Sequence[Any] | None = None
    types: tuple[int, ...] = ()
    formats: Sequence[Any] | None = None
    name: bytes | None = None
    prepares: bool = False
    gives_rows: bool = True


BEGIN, COMMIT = Step(b"begin", gives_rows=False), Step(b"commit", gives_rows=False)


@lru_cache(1024)
def translate(text: str) -> Translated:
    """The statement with numbered places; `%%` is a per cent sign."""
    names: dict[str, int] = {}

    def numbered(found: re.Match[str]) -> str:
        name = found[1]
        return "%" if name is None else f"${names.setdefault(name, len(names) + 1)}"

    return Translated(PLACE.sub(numbered, text).encode(), tuple(names))


def exchange(
    connection: psycopg.Connection[Any], kept: dict[Any, Any], statements: Sequence[tuple[str, Mapping[str, Any]]],
    *, commit: bool = False,
) -> list[Rows]:  # fmt: skip
    """Run the statements in order in the connection's transaction, begun where none is open; gives the rows of each.

    `kept` is a place that lives and dies with the connection, which is a Connection of this module where others use it
    too. With `commit` the transaction ends with them. Raises
    psycopg.Error of the first that fails; those after it were not run, and nothing was committed.
    """
    line = kept.get(exchange)
    if line is None:
        line = kept[exchange] = Line(Transformer(connection), select.poll())
        line.poll.register(connection.pgconn.socket, select.POLLIN)
    if line.forgotten != (forgotten := getattr(connection, "forgotten", 0)):
        line.prepared.clear()
        line.forgotten = forgotten
    server = connection.pgconn
    idle = server.transaction_status == pq.TransactionStatus.IDLE
    steps = [BEGIN] if idle and not connection.autocommit else []
    for text, parameters in statements:
        steps += steps_of(line, translate(text), parameters)
    if commit:
        steps.append(COMMIT)
    server.enter_pipeline_mode()
    for step in steps:
        send(server, step)
    server.pipeline_sync()
    answers, failed = received(server, line, steps)
    if server.status == pq.ConnStatus.OK:
        server.exit_pipeline_mode()
    if failed is not None:
        raise failed
    return answers


def steps_of(line: Line, statement: Translated, values: Mapping[str, Any]) -> list[Step]:
    """The statement with its values, and before it, where this connection has not seen it yet, what prepares it."""
    wanted = [values[name] for name in statement.names]
    given = line.adapter.dump_sequence(wanted, [PyFormat.AUTO] * len(wanted)) if wanted else None
    types = tuple(line.adapter.types or ()) if wanted else ()
    formats = line.adapter.formats if wanted else None
    key = (statement.text, types)
    name = line.prepared.get(key)
    if name is not None:
        return [Step(statement.text, given, types, formats, name)]
    name = line.prepared[key] = b"tripoint_%d" % line.named
    line.named += 1
    return [
        Step(statement.text, None, types, None, name, prepares=True, gives_rows=False),
        Step(statement.text, given, types, formats, name),
    ]


def send(server: pq.abc.PGconn, step: Step) -> None:
    """Put one step into the exchange."""
    if step.prepares and step.name:
        server.send_prepare(step.name, step.text, step.types)
    elif step.name:
        server.send_query_prepared(step.name, step.values, step.formats)
    else:
        server.send_query_params(step.text, None)


def received(server: pq.abc.PGconn, line: Line, steps: Sequence[Step]) -> tuple[list[Rows], psycopg.Error | None]:
    """The rows of each statement in order, and the first error; everything is read either way."""
    answers: list[Rows] = []
    failed: psycopg.Error | None = None
    for step in steps:
        result = next_result(server, line)
        if result is not None and result.status in GOOD:
            if step.gives_rows:
                answers.append(rows_of(line, result))
        else:
            line.prepared.pop((step.text, step.types), None)
            failed = failed or fault_of(result)
        while result is not None:
            result = next_result(server, line)  # None ends what belongs to this step
    next_result(server, line)  # the end of the exchange
    return answers, failed


def fault_of(result: pq.abc.PGresult | None) -> psycopg.Error:
    """What went wrong, as psycopg names it."""
    if result is None:
        return psycopg.OperationalError("the connection to the server is lost")
    return errors.error_from_result(result)


def next_result(server: pq.abc.PGconn, line: Line) -> pq.abc.PGresult | None:
    """Wait for the next answer; None at the end of a step's answers, and where the connection is lost."""
    try:
        while server.flush():
            line.poll.poll(1)
            server.consume_input()
        while server.is_busy():
            line.poll.poll()
            server.consume_input()
    except psycopg.OperationalError:
        return None
    return server.get_result()


def rows_of(line: Line, result: pq.abc.PGresult) -> Rows:
    """The rows of an answer by their columns' names."""
    if not result.nfields:
        return []
    line.adapter.set_pgresult(result)
    names = [(result.fname(at) or b"").decode() for at in range(result.nfields)]
    return line.adapter.load_rows(0, result.ntuples, lambda row: dict(zip(names, row, strict=True)))
