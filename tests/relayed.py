"""The relay by hand: in a served hub it looks five times a second, in tests whoever waits for it calls it."""

from __future__ import annotations

from tripoint.base.database import RELAY_ROLE, make_engine
from tripoint.base.embedded_postgres import Servers
from tripoint.base.relay import Relay
from tripoint.wiring import WIRING


def relay_all(database: Servers) -> None:
    """Hand on everything that waits, and what comes of it: figures, hits met blind, the feeds."""
    engine = make_engine(database.relay, role=RELAY_ROLE, pool=2)
    try:
        for _ in range(2):  # what is raised in the first look is told in the second
            while Relay(engine, WIRING).look():
                pass
    finally:
        engine.dispose()
