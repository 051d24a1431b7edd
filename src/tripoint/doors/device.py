"""Commands about devices: which a party has, and that one is lost."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from tripoint.access import founding
from tripoint.access.devices import store
from tripoint.access.model import Act
from tripoint.base.errors import NotFound
from tripoint.doors.admin import PartyOption, as_owner, show

app = typer.Typer(no_args_is_help=True, help="Devices of a party's officers.")


@app.command("list")
def list_devices(party: PartyOption) -> None:
    """Show a party's devices, lost ones of the last month too."""
    with as_owner() as connection, founding.standing_under(connection, founding.party_named(connection, party)):
        found = store.devices(connection)
    rows = [
        [str(d.id), d.name, d.officer_name, "lost" if d.revoked_at else "in use" if d.confirmed_at else "asleep",
         d.seen_at.isoformat(timespec="minutes") if d.seen_at else "never"]
        for d in found
    ]  # fmt: skip
    show(["id", "name", "officer", "state", "seen"], rows)


@app.command("lose")
def lose_device(which: Annotated[UUID, typer.Argument(help="The device's id.")], party: PartyOption) -> None:
    """A device is lost: whatever it has open ends at once. For when nobody of the party can sign in."""
    with as_owner() as connection:
        named = founding.party_named(connection, party)
        with founding.standing_under(connection, named) as session:
            if not store.revoke(session, which):
                raise NotFound(f"{party} has no such device in use.", field="which")
            founding.write_entry(session, Act.REVOKE_DEVICE, named, "device", which)
    typer.echo("The device is out.")
