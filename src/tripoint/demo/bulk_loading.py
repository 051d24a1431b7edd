"""Load invented lists of millions of records, through the loader that real lists go through."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from tripoint.access.rules import HUB
from tripoint.base.database import Engine, make_engine, owner_engine, transaction
from tripoint.base.errors import BadInput, SetUp
from tripoint.base.keyring import NAME as KEYS, KeyRing
from tripoint.demo import bulk, store
from tripoint.demo.bulk import Share
from tripoint.demo.lists import Sharing
from tripoint.demo.settle import found_officers, found_operation, found_parties
from tripoint.demo.world import World
from tripoint.records.loading.model import Edition, Listeners
from tripoint.records.loading.work import load_edition
from tripoint.records.model import Level, RecordKind
from tripoint.records.sources.outcomes import Row

NAME = "bench.json"
Tell = Callable[[str, int], None]  # of what, how many rows so far


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a folder holds and how long it took to load. Seconds include indexes and statistics."""

    documents: int
    persons: int
    seed: int
    password: str
    documents_seconds: float = 0.0
    persons_seconds: float = 0.0
    tidy_seconds: float = 0.0


def read(folder: Path) -> Loaded | None:
    """What was loaded into the folder, or None where no load ended."""
    file = folder / NAME
    return Loaded(**json.loads(file.read_text(encoding="utf-8"))) if file.exists() else None


def keep(folder: Path, loaded: Loaded) -> None:
    """Remember it for the next time."""
    (folder / NAME).write_text(json.dumps(asdict(loaded)), encoding="utf-8")
    (folder / NAME).chmod(0o600)


def check_numbers(documents: int, persons: int) -> None:
    """Raises BadInput for more documents than there are numbers."""
    if documents > bulk.MOST:
        raise BadInput(f"At most {bulk.MOST:,} documents can be invented.", field="--documents")
    if documents < 0 or persons < 0:
        raise BadInput("A list cannot be shorter than empty.", field="--documents")


def load(folder: Path, admin: str, app: str, world: World, wanted: Loaded, tell: Tell) -> Loaded:
    """Load what is wanted and not there yet: a folder that holds the documents only gets the persons beside them.

    Raises SetUp where the folder holds something else.
    """
    held = read(folder)
    kinds = missing(folder, held, wanted)
    if held is not None and not kinds:
        return held
    now = datetime.now(UTC)
    wanted = Loaded(**{**asdict(held or wanted), "persons": wanted.persons})
    with owner_engine(admin) as engine:
        with transaction(engine) as connection:
            parties = found_parties(connection, world)
            operation = found_operation(connection, parties[HUB], world, now)
        found_officers(engine, parties, [world.at_post(world.places[0].post.name)], wanted.password)
        took = load_parts(app, operation.id, wanted, kinds, now, tell, KeyRing(folder / KEYS))
        began = time.perf_counter()
        store.tidy(engine)
    loaded = Loaded(**{**asdict(wanted), **took, "tidy_seconds": round(time.perf_counter() - began, 2)})
    keep(folder, loaded)
    return loaded


def missing(folder: Path, held: Loaded | None, wanted: Loaded) -> tuple[RecordKind, ...]:
    """The kinds that are still to be loaded. Raises SetUp where the folder holds other lists than those wanted."""
    if held is None:
        return RecordKind.DOCUMENT, RecordKind.PERSON
    same = (held.documents, held.seed) == (wanted.documents, wanted.seed)
    if same and held.persons == wanted.persons:
        return ()
    if same and not held.persons:
        return (RecordKind.PERSON,)
    raise SetUp(
        f"{folder} holds {held.documents:,} documents and {held.persons:,} persons.",
        field="--data", remedy="Give another folder, or the same numbers.",
    )  # fmt: skip


def load_parts(
    app: str, operation: UUID, wanted: Loaded, kinds: tuple[RecordKind, ...], now: datetime, tell: Tell, keys: KeyRing
) -> dict[str, float]:
    """Every issuer's documents, every owner's people; how many seconds each kind took, by its field of `Loaded`."""
    parts = bulk.shares(wanted.documents, wanted.persons)
    engine = make_engine(app, pool=2)
    took = {}
    for kind in kinds:
        source = document_rows if kind is RecordKind.DOCUMENT else person_rows
        began, before = time.perf_counter(), 0
        for part in parts:
            rows = part.documents if kind is RecordKind.DOCUMENT else part.persons
            if rows:
                told = telling(tell, kind, before)
                load_part(engine, part, kind, operation, source(wanted.seed, part), now, told, keys)
            before += rows
        took[f"{kind.value}s_seconds"] = round(time.perf_counter() - began, 2)
    engine.dispose()
    return took


def document_rows(_: int, part: Share) -> Iterator[Row]:
    """The issuer's documents."""
    return bulk.documents(part.issuer, part.documents)


def person_rows(seed: int, part: Share) -> Iterator[Row]:
    """The owner's people."""
    return bulk.persons(seed, part.issuer, part.persons)


def telling(tell: Tell, kind: RecordKind, before: int) -> Listeners:
    """Tells how many rows of the kind are read, those of earlier parts among them."""
    return Listeners(progress=lambda rows: tell(kind.value, before + rows))


def load_part(
    engine: Engine, part: Share, kind: RecordKind, operation: UUID, rows: Iterator[Row], now: datetime, told: Listeners,
    keys: KeyRing,
) -> None:  # fmt: skip
    """One owner's list as the first edition of its set."""
    name = f"{kind.value.capitalize()}s of the bench"
    digest = sha256(f"{part} {kind}".encode()).digest()
    terms = Sharing(Level.FULL).terms(operation)
    edition = Edition(part.issuer, name, kind, "bench", terms, digest, now)
    report = load_edition(engine, edition, rows, date.today(), told, keys)
    if report.bad:
        raise SetUp(f"{part.issuer}: {report.bad} invented records were refused.")
