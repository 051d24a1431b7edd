"""Commands of whoever sets the hub up: parties, officers, operations."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from tripoint.access import founding
from tripoint.access.model import PartyKind, Role
from tripoint.base.database import Session, owner_engine, transaction
from tripoint.base.errors import BadInput
from tripoint.base.settings import load_settings
from tripoint.desks.operations import work as operations
from tripoint.desks.operations.model import Plan
from tripoint.doors.serve import database

party_app = typer.Typer(no_args_is_help=True, help="Countries, territories and bodies that take part.")
officer_app = typer.Typer(no_args_is_help=True, help="The people of a party.")
operation_app = typer.Typer(no_args_is_help=True, help="Operations that parties make together.")

PartyOption = Annotated[str, typer.Option("--party", help="Code of the party: BRA.")]
PasswordFile = Annotated[
    Path | None, typer.Option(help="File whose first line is the password; asked for at the keyboard without it.")
]
Moment = Annotated[datetime, typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"], help="In UTC.")]


def add_to(app: typer.Typer) -> None:
    """Hang these commands into the hub's own."""
    app.add_typer(party_app, name="party")
    app.add_typer(officer_app, name="officer")
    app.add_typer(operation_app, name="operation")


@contextmanager
def as_owner() -> Generator[Session]:
    """One transaction of the tables' owner, committed when the command ends well."""
    with (
        database(load_settings()) as addresses,
        owner_engine(addresses.admin) as engine,
        transaction(engine) as connection,
    ):
        yield connection


@party_app.command("add")
def add_party(
    code: Annotated[str, typer.Argument(help="2 to 12 capitals and digits; a country's three-letter code: BRA.")],
    name: str,
    kind: PartyKind = PartyKind.COUNTRY,
    contact: Annotated[str, typer.Option(help="Whom an asker is told to call on a hit.")] = "",
) -> None:
    """Let a party take part in its own name."""
    with as_owner() as connection:
        party = founding.found_party(connection, code, name, kind, contact)
    typer.echo(f"{party.code} takes part.")


@party_app.command("list")
def list_parties() -> None:
    """Show the parties."""
    with as_owner() as connection:
        found = founding.list_parties(connection)
    show(["code", "name", "kind", "contact"], [[p.code, p.name, p.kind.value, p.contact] for p in found])


@officer_app.command("add")
def add_officer(
    sign_in_name: Annotated[str, typer.Argument(help="What he signs in by; the party's ending is added: ana@bra.")],
    party: PartyOption,
    name: Annotated[str, typer.Option(help="The officer's own name.")],
    agency: Annotated[str, typer.Option(help="His service; added where the party has none of this name.")],
    role: Annotated[list[Role], typer.Option(help="May be given several times.")],
    password_file: PasswordFile = None,
) -> None:
    """Add an officer, such as a party's first administrator."""
    password = read_password(password_file)
    with as_owner() as connection:
        account = founding.found_officer(
            connection, founding.party_named(connection, party), sign_in_name=sign_in_name, name=name, agency=agency,
            roles=role, password=password,
        )  # fmt: skip
    typer.echo(f"{account.name} signs in as {account.sign_in_name}.")


@officer_app.command("list")
def list_officers(party: PartyOption) -> None:
    """Show a party's officers."""
    with as_owner() as connection:
        found = founding.list_officers(connection, founding.party_named(connection, party))
    rows = [
        [o.sign_in_name, o.name, o.agency.name, ", ".join(sorted(o.roles)), "yes" if o.active else "no"] for o in found
    ]
    show(["signs in as", "name", "agency", "roles", "active"], rows)


@officer_app.command("password")
def set_password(sign_in_name: str, party: PartyOption, password_file: PasswordFile = None) -> None:
    """Give an officer a new password; whatever he had open ends."""
    password = read_password(password_file)
    with as_owner() as connection:
        founding.renew_password(connection, founding.party_named(connection, party), sign_in_name, password)
    typer.echo("The new password holds; earlier sign-ins are ended.")


@operation_app.command("add")
def add_operation(
    name: str,
    coordinator: Annotated[str, typer.Option(help="Code of the coordinating party.")],
    starts: Moment,
    ends: Moment,
    party: Annotated[list[str], typer.Option(help="A party that takes part; may be given several times.")],
    family: Annotated[str, typer.Option(help="The series it belongs to.")] = "",
    edition: Annotated[str, typer.Option(help="Which of the series it is.")] = "",
) -> None:
    """Plan an operation."""
    plan = Plan(name, starts.replace(tzinfo=UTC), ends.replace(tzinfo=UTC), tuple(party), family, edition)
    with as_owner() as connection:
        operation = operations.found_operation(connection, founding.party_named(connection, coordinator), plan)
    typer.echo(f"{operation.name} is planned: {operation.id}")


@operation_app.command("list")
def list_operations(party: PartyOption) -> None:
    """Show the operations a party takes part in or coordinates."""
    with as_owner() as connection:
        found = founding.list_operations(connection, founding.party_named(connection, party))
    rows = [
        [str(o.id), o.name, o.starts_at.date().isoformat(), o.ends_at.date().isoformat(), o.coordinator,
         ", ".join(o.participants)]
        for o in found
    ]  # fmt: skip
    show(["id", "name", "starts", "ends", "coordinator", "parties"], rows)


def read_password(file: Path | None) -> str:
    """The password from a file's first line, or from the keyboard, twice. Never from the command line itself."""
    if file is None:
        answer: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
        return answer
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{file} cannot be read: {error}.", field="--password-file") from error
    if not lines:
        raise BadInput(f"{file} is empty.", field="--password-file", remedy="Write the password as its first line.")
    return lines[0]


def show(headings: list[str], rows: list[list[str]]) -> None:
    """A table for people; empty tables too, so that nothing found is seen."""
    table = Table(*headings)
    for row in rows:
        table.add_row(*row)
    Console().print(table)
