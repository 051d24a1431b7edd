"""The sealer by hand, for proofs that ask for heads: one is published."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.promises.cast import Side
from tests.promises.knocking import Knock
from tripoint.access.sealing.keys import KeyFolder
from tripoint.access.sealing.lines import head_from_json
from tripoint.access.sealing.sealer import Sealer
from tripoint.base.database import SEALER_ROLE, make_engine
from tripoint.base.embedded_postgres import Servers
from tripoint.engines.merkle.fillers import LEAST
from tripoint.engines.merkle.heads import public_bytes, witness_statement

HOUR = datetime(2026, 11, 22, 18, tzinfo=UTC)


def seal(database: Servers) -> None:
    """Publish the first head of a log, with a key beside the test's server; one that has a head gets no other.

    The next hour's head is of the clock, and nobody's doing.
    """
    name = database.sealer.partition("?")[0].rpartition("/")[2]
    folder = KeyFolder(Path(os.environ["PYTEST_TRIPOINT_FOLDER"]) / "sealing" / name)
    engine = make_engine(database.sealer, role=SEALER_ROLE, pool=1)
    sealer = Sealer(engine, folder, clock=lambda: HOUR)
    sealer.look()
    sealer.stop()
    engine.dispose()


def after_sealing(side: Side, who: Knock) -> dict[str, Any]:
    """No values of its own: the request is made once there is a head."""
    seal(side.world.database)
    return {}


def sizes(side: Side, who: Knock) -> dict[str, Any]:
    """The one size that was published: twice, since no other is anybody's to ask for."""
    seal(side.world.database)
    return {"first": LEAST, "second": LEAST}


def some_key(side: Side) -> Ed25519PrivateKey:
    """A key of this side's that no other has; the same in each world of a proof."""
    return Ed25519PrivateKey.from_private_bytes(sha256(f"{side.code} {side.world.number()}".encode()).digest())


def new_key(side: Side, who: Knock) -> dict[str, Any]:
    """A witness key nobody has registered."""
    return {"public_key": public_bytes(some_key(side)).hex()}


def countersigned(side: Side, who: Knock) -> dict[str, Any]:
    """The newest head countersigned with a key the party has just registered."""
    seal(side.world.database)
    key, protector = some_key(side), side.protector()
    protector.done("POST", "/api/audit/witnesses", {"public_key": public_bytes(key).hex()})
    signed = head_from_json(protector.done("GET", "/api/audit/head"))
    return {"size": signed.head.size, "signature": key.sign(witness_statement(signed.head, side.code)).hex()}
