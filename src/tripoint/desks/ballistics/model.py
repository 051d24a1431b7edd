"""The nouns of the ballistics desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tripoint.desks.ballistics.codes import (
    BreechFaceClass,
    Criterion,
    ExhibitKind,
    Finding,
    FiringPinShape,
    LinkState,
    PrimerMetal,
    Replica,
    RunState,
    Trigger,
    Twist,
    Verdict,
)
from tripoint.records.model import Terms

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Content:
    """What is said of an exhibit. `circumstances` are the owner's alone; the calibre is as it was written."""

    kind: ExhibitKind
    case_reference: str
    operation: UUID | None = None
    of_exhibit: UUID | None = None
    replica: Replica | None = None
    calibre: str | None = None
    firearm: UUID | None = None
    firing_pin_shape: FiringPinShape | None = None
    primer_metal: PrimerMetal | None = None
    breech_face_class: BreechFaceClass | None = None
    lands: int | None = None
    twist: Twist | None = None
    manufacturer: str | None = None
    headstamp: str | None = None
    occurred_on: date | None = None
    recovered_in: str | None = None
    circumstances: Mapping[str, Any] = field(default_factory=dict)
    open: bool = True
    remarks: str = ""
    terms: Terms = field(default_factory=Terms)


@dataclass(frozen=True, slots=True)
class Change:
    """Why an exhibit is written anew, from which version, in which state, and whether its terms change too."""

    reason: str
    version: int
    state: str = "filed"
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Exhibit:
    """An exhibit as one reader finds it; `facts` are its columns by name."""

    id: UUID
    owner: str  # code
    owner_number: int
    own: bool
    read: bool  # the terms let the reader read it; else it was met in a search
    version: int
    state: str
    facts: Json


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan without its bytes. `facts` is what the file told, `quality` what preparing it measured."""

    id: UUID
    exhibit: UUID
    owner: str  # code
    owner_number: int
    own: bool
    read: bool
    region: str
    land: int | None
    grade: str
    facts: Json
    quality: Json
    fit: bool
    step_um: float
    rows: int
    columns: int
    mask_version: int
    sha256: str
    original: str
    size: int
    added_by_name: str
    added_at: datetime
    kind: str  # of its exhibit
    case_reference: str  # of its exhibit


@dataclass(frozen=True, slots=True)
class NewScan:
    """A file as it came, and what is to be known to read it. Raises nothing; `work` reads it."""

    id: UUID
    region: str
    content: bytes
    land: int | None = None
    micrometres_per_pixel: float | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class KeptMask:
    """One version of a mask, on the grid of the whole scan; `bits` row by row, the highest bit first."""

    version: int
    rows: int
    columns: int
    step_um: float
    bits: bytes
    automatic: bool
    reason: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CustodyEntry:
    """What is added: what was done with an exhibit, when, by whom, where, under which seal."""

    id: UUID
    at: datetime
    act: str
    by_officer: str
    place: str
    seal: str | None = None
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class Custody:
    """An entry as it is kept, with its number and the digest of itself and the one before."""

    entry: CustodyEntry
    number: int
    party: str  # code
    digest: str


@dataclass(frozen=True, slots=True)
class Why:
    """One criterion of sharing: met, not met, or not known, and by what."""

    criterion: Criterion
    met: bool | None
    why: str
    number: float | None = None


@dataclass(frozen=True, slots=True)
class ExhibitFile:
    """One exhibit with what hangs on it. What only the owner sees is None, or empty, for others."""

    exhibit: Exhibit
    scans: tuple[Scan, ...]
    custody: tuple[Custody, ...]
    casts: tuple[UUID, ...]
    linked: tuple[Linked, ...]
    circumstances: Json
    suggestion: tuple[Why, ...] | None
    terms: Terms | None
    waiting: frozenset[UUID]  # scans that are not in the collection yet


@dataclass(frozen=True, slots=True)
class Linked:
    """A link as it stands in an exhibit's file."""

    link: UUID
    state: LinkState
    other_party: str
    other_exhibit: UUID | None
    case_reference: str | None  # of the other case, once confirmed


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of exhibits is narrowed to; None asks for all."""

    kind: str | None = None
    calibre_id: str | None = None
    party: str | None = None
    since: date | None = None
    until: date | None = None
    case_reference: str | None = None
    operation: UUID | None = None
    own: bool | None = None
    after: UUID | None = None
    limit: int = 100


@dataclass(frozen=True, slots=True)
class SearchWanted:
    """A search as an examiner asks for it; `filters` as the database reads them."""

    id: UUID
    scan: UUID
    filters: Json
    k: int = 30


@dataclass(frozen=True, slots=True)
class Run:
    """A search. `searched` counts what the asker's party may know of, and nothing else."""

    id: UUID
    exhibit: UUID
    scan: UUID
    region: str
    trigger: Trigger
    asked_by_name: str | None
    asked_at: datetime
    state: RunState
    finished_at: datetime | None
    searched: int | None
    fully_scored: int | None
    settings_version: int | None
    filters: Json
    k: int
    message: str | None
    found: int
    undecided: int


@dataclass(frozen=True, slots=True)
class Side:
    """One exhibit of a candidate."""

    exhibit: UUID
    scan: UUID
    case_reference: str
    kind: str
    calibre_id: str | None
    occurred_on: date | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair as one party knows of it. At pointer: with whom, and how alike, but not what."""

    id: UUID
    run: UUID | None
    rank: int | None
    region: str
    own: Side
    level: str
    other_party: str  # code
    other_contact: str
    other: Side | None
    score: float
    congruent_cells: int
    cells_compared: int
    comparison: Json | None
    lead: bool
    verdict: Verdict | None
    decided_by_name: str | None
    decided_at: datetime | None
    reason: str | None
    made_at: datetime
    link: UUID | None


@dataclass(frozen=True, slots=True)
class Half:
    """One party's exhibit in a link; what the reader may not read is None."""

    party: str
    exhibit: UUID
    scan: UUID
    case_reference: str | None
    readable: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What an examiner found; None where the reader does not learn it yet."""

    round: int
    number: int
    party: str
    by_name: str
    at: datetime
    finding: Finding | None
    remarks: str | None
    mine: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a link: who did it, when, and what was said."""

    step: str
    party: str
    by_name: str
    at: datetime
    remarks: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link of two exhibits as one of its two parties sees it."""

    id: UUID
    state: LinkState
    round: int
    ours: Half
    theirs: Half
    asked_by_name: str
    asked_by_party: str
    asked_at: datetime
    reason: str
    decided_at: datetime | None
    cases: tuple[str, ...]
    first_by_me: bool
    findings: tuple[Found, ...]
    steps: tuple[Step, ...]
    parties: tuple[int, ...]  # the numbers of those whose exhibits they are: each learns of every step


@dataclass(frozen=True, slots=True)
class Note:
    """An annotation at a point of a scan, or of one of a pair; the own party's alone."""

    id: UUID
    one: UUID
    other: UUID | None
    on: str
    x_um: float
    y_um: float
    text: str
    by_name: str
    at: datetime
