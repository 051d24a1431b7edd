"""`tripoint check`: ask from the command line, through the same door and work as over HTTP."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from rich.progress import track
from rich.table import Table

from tripoint.access import work as access
from tripoint.access.door import Caller, Door
from tripoint.access.entry import EntryRules
from tripoint.access.model import Act
from tripoint.base.errors import BadInput, SecondFactorNeeded, SetUp
from tripoint.base.ids import uuid7
from tripoint.base.settings import load_settings
from tripoint.desks.checks import work
from tripoint.desks.checks.http import answer_shown, body_as_asked, question_from
from tripoint.desks.checks.shapes import AnswerShown, CheckAsked, HitTold
from tripoint.doors.batch import answer_line
from tripoint.doors.entrance import entry_rules
from tripoint.doors.errors import field_of
from tripoint.doors.following import kept_up
from tripoint.doors.http import make_door
from tripoint.doors.serve import database
from tripoint.words.purposes import Purpose

Text = Annotated[str | None, typer.Option()]
PASSWORD = "TRIPOINT_PASSWORD"  # noqa: S105 - the variable's name
FOUND = {"strong": "bold red", "possible": "yellow", "weak": "cyan", "nothing_found": "green"}


def check(
    officer: Annotated[str, typer.Option("--as", help=f"sign-in name; the password is asked for or is in {PASSWORD}")],
    person: Annotated[str | None, typer.Option(help="full name")] = None,
    birth: Annotated[str | None, typer.Option(help="YYYY, YYYY-MM or YYYY-MM-DD")] = None,
    nationality: Text = None, sex: Text = None,
    document: Annotated[str | None, typer.Option(help="number of a travel document")] = None,
    issuer: Text = None, document_type: Annotated[str | None, typer.Option("--type")] = None,
    mrz: Annotated[str | None, typer.Option(help="machine-readable zone, its lines one after the other")] = None,
    near: Annotated[bool, typer.Option("--near", help="meet document numbers one slip away too")] = False,
    plate: Text = None, vin: Text = None, country: Text = None,
    serial: Annotated[str | None, typer.Option(help="serial of a firearm")] = None,
    make: Text = None, model: Text = None, calibre: Text = None,
    purpose: Purpose = Purpose.SECURITY_CHECK,
    as_json: Annotated[bool, typer.Option("--json", help="print the answer as JSON")] = False,
    batch: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="a check a line, as JSON")] = None,
    out: Annotated[Path | None, typer.Option(help="where the answers of a batch go, one a line")] = None,
    data: Path | None = None,
) -> None:  # fmt: skip
    """Check a person, a travel document, a vehicle or a firearm against all lists you may meet."""
    parts = {
        "person": {"name": person, "birth": birth, "nationality": nationality, "sex": sex} if person else None,
        "document": {"number": document, "mrz": mrz, "issuer": issuer, "type": document_type, "near": near or None}
        if document or mrz else None,
        "vehicle": {"plate": plate, "vin": vin, "country": country, "make": make} if plate or vin else None,
        "firearm": {"serial": serial, "make": make, "model": model, "calibre": calibre} if serial else None,
    }  # fmt: skip
    settings = load_settings(**({"data": data} if data else {}))
    with (
        database(settings) as addresses,
        kept_up(settings, addresses.index),
        opened(make_door(settings, addresses.app)) as door,
    ):
        caller = sign_in(door, officer, entry_rules(settings))
        if batch:
            ask_file(door, caller, batch, out)
            return
        answer = ask(door, caller, {"id": str(uuid7()), "purpose": purpose.value, **parts})
    typer.echo(answer.model_dump_json(indent=2)) if as_json else show(answer)


@contextmanager
def opened(door: Door) -> Generator[Door]:
    """The door; its connections are closed when the command ends."""
    try:
        yield door
    finally:
        door.engine.dispose()


def sign_in(door: Door, name: str, rules: EntryRules) -> Caller:
    """Prove who asks, by password and, where he has a second factor, a one-time code.

    The session ends with the command's own time.
    """
    given = {"name": name, "password": os.environ.get(PASSWORD) or typer.prompt("Password", hide_input=True, err=True)}
    try:
        with access.signing_in(door, uuid7(), **given, device="command line", rules=rules) as (_, secret):
            pass
    except SecondFactorNeeded:
        code = typer.prompt("One-time code", err=True)
        with access.signing_in(door, uuid7(), **given, code=code, device="command line", rules=rules) as (_, secret):
            pass
    return Caller(secret, False, None, "POST", uuid7())


def ask(door: Door, caller: Caller, body: dict[str, Any]) -> AnswerShown:
    """Ask one check. Raises BadInput naming the field."""
    try:
        asked = CheckAsked.model_validate(body)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        raise BadInput(first["msg"].removeprefix("Value error, "), field=field_of(first["loc"])) from error
    question = question_from(asked)
    with door.visit(caller, Act.ASK_CHECK) as visit:
        answer = work.ask(visit, question, body_as_asked(asked))
    return answer_shown(answer)


def ask_file(door: Door, caller: Caller, file: Path, out: Path | None) -> None:
    """Ask every line of a file; a bad line is answered by its error and the rest goes on."""
    if out is None:
        raise SetUp("A batch needs a place for its answers.", field="--out", remedy="Give --out FILE.jsonl.")
    failed = 0
    with file.open("rb") as lines, out.open("w", encoding="utf-8") as answers:
        for answer in track(answered(door, caller, lines), description="checks", console=Console(stderr=True)):
            failed += answer.startswith('{"line"')
            answers.write(answer)
    typer.echo(f"Answers stand in {out}; {failed} lines could not be answered and say why.")


def answered(door: Door, caller: Caller, lines: IO[bytes]) -> Iterator[str]:
    """The answers, line by line."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield answer_line(door, caller, number, line)


def show(answer: AnswerShown) -> None:
    """The answer for a person to read."""
    console = Console()
    words = {"nothing_found": "Nothing found. This proves nothing."}
    console.print(
        words.get(answer.grade, f"{answer.grade.capitalize()} hit: a lead until its owner confirms."),
        style=FOUND[answer.grade],
    )
    if answer.read and answer.read.failing:
        console.print(f"Check digits that do not hold: {', '.join(answer.read.failing)}", style="yellow")
    for failure in answer.failed:
        console.print(failure.sentence, style="bold red", markup=False)
    if answer.hits:
        console.print(hits_table(answer))
    for one in answer.sets:
        console.print(
            f"{'searched' if one.searched else 'NOT searched'}: {one.name} ({one.owner}), as of {one.as_of}",
            style="dim",
            markup=False,
        )


def hits_table(answer: AnswerShown) -> Table:
    """The possible hits, surest first."""
    table = Table("grade", "score", "who or what", "owner", "to do", "why")
    for hit in answer.hits:
        score = "" if hit.score is None else f"{hit.score:.2f}"
        reasons = "\n".join(reason.words for reason in hit.reasons)
        owner = f"{hit.owner.code}\n{hit.owner.contact}"
        cells = (hit.grade, score, what_is_held(hit), owner, hit.action.replace("_", " "), reasons)
        table.add_row(*map(escape, cells))  # a name in brackets is a name, no markup
    return table


def what_is_held(hit: HitTold) -> str:
    """The record in a word or two, as far as it is told."""
    held = hit.held or {}
    names = ", ".join(name["full"] for name in held.get("names", [])[:2])
    mark = held.get("number") or held.get("plate") or held.get("vin") or held.get("serial")
    return f"{names or mark or hit.kind}\n{hit.nature or hit.level}"
