"""The shapes of exhibits, scans and custody over HTTP."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from tripoint.access.http import Body, Line
from tripoint.base.errors import BadInput
from tripoint.desks.ballistics import rules, surfaces
from tripoint.desks.ballistics.codes import BreechFaceClass, ExhibitKind, FiringPinShape, PrimerMetal, Replica, Twist
from tripoint.desks.ballistics.model import Change, Content, CustodyEntry, Exhibit, ExhibitFile, KeptMask, NewScan, Scan
from tripoint.records.codec_terms import audience_to_json
from tripoint.records.shapes import Day, TermsBody

NO_CONTROLS = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000, pattern=NO_CONTROLS)]
Region = Literal["breech-face", "firing-pin", "aperture-shear", "ejector", "land"]
Version = Annotated[int, Field(ge=1, le=2_000_000_000)]
FACTS = ("simulated", "instrument", "creator", "measured_on", "warnings")
BINARY = {"schema": {"type": "string", "format": "binary"}}


class CircumstancesBody(Body):
    """What the six criteria for sharing abroad are asked by; nothing said is not known."""

    border_km: Annotated[float, Field(ge=0, le=20_000)] | None = None
    border_staff: bool | None = None
    trafficker: bool | None = None
    terrorism: bool | None = None
    guns_together: Annotated[int, Field(ge=1, le=10_000)] | None = None
    resident_abroad: bool | None = None


class ContentBody(Body):
    """What is said of an exhibit."""

    kind: ExhibitKind
    case_reference: Line
    operation: UUID | None = None
    of_exhibit: UUID | None = None
    replica: Replica | None = None
    calibre: Line | None = None
    firearm: UUID | None = None
    firing_pin_shape: FiringPinShape | None = None
    primer_metal: PrimerMetal | None = None
    breech_face_class: BreechFaceClass | None = None
    lands: Annotated[int, Field(ge=1, le=64)] | None = None
    twist: Twist | None = None
    manufacturer: Line | None = None
    headstamp: Line | None = None
    occurred_on: Day | None = None
    recovered_in: Line | None = None
    circumstances: CircumstancesBody = CircumstancesBody()
    open: Annotated[bool, Field(description="new exhibits are compared with it")] = True
    remarks: Words = ""
    terms: TermsBody | None = None

    def content(self) -> Content:
        """The desk's own form; nothing said of its terms means the own party alone."""
        other = ("circumstances", "terms")
        plain = {name: getattr(self, name) for name in Content.__dataclass_fields__ if name not in other}
        circumstances = self.circumstances.model_dump(exclude_none=True)
        return Content(**plain, circumstances=circumstances, terms=(self.terms or TermsBody()).terms())


class ExhibitBody(ContentBody):
    """A new exhibit. The id is made by whoever sends it and stays the same at every attempt."""

    model_config = ConfigDict(json_schema_extra={"examples": [{
        "id": "01919c5e-0000-7000-8000-000000000001", "kind": "cartridge_case", "case_reference": "17/2026",
        "calibre": "9x19",
    }]})  # fmt: skip
    id: UUID


class CorrectedBody(ContentBody):
    """All of it anew, and why; the terms stay where nothing is said of them."""

    version: Version
    reason: Line
    state: Literal["filed", "withdrawn"] = "filed"

    def change(self) -> Change:
        """What is asked of the exhibit as a whole."""
        return Change(self.reason, self.version, self.state, anew=self.terms is not None)


class ScanBody(Body):
    """A scan in base64: X3P, PNG or TIFF. A picture needs its scale; `unit` is said where the hub asks for it."""

    id: UUID
    region: Region
    file: Annotated[str, Field(min_length=4, max_length=surfaces.MOST_BYTES * 4 // 3 + 4)]
    land: Annotated[int, Field(ge=1, le=64)] | None = None
    micrometres_per_pixel: Annotated[float, Field(gt=0, le=1_000)] | None = None
    unit: Literal["m", "mm", "um", "nm"] | None = None

    def scan(self) -> NewScan:
        """The desk's own form. Raises BadInput for what is no base64."""
        return NewScan(
            self.id, self.region, decoded(self.file, "file"), self.land, self.micrometres_per_pixel, self.unit
        )


class MaskBody(Body):
    """A mask drawn on version `version`: bits row by row, the highest first, in base64."""

    version: Version
    rows: Annotated[int, Field(ge=1, le=surfaces.WIDEST)]
    columns: Annotated[int, Field(ge=1, le=surfaces.WIDEST)]
    bits: Annotated[str, Field(min_length=4, max_length=surfaces.WIDEST**2 // 6 + 4)]
    reason: Line

    def mask(self) -> KeptMask:
        """The desk's own form. Raises BadInput for what is no base64."""
        bits = decoded(self.bits, "bits")
        return KeptMask(self.version, self.rows, self.columns, 0, bits, False, self.reason, "", datetime.now(UTC))


class CustodyBody(Body):
    """An entry of custody. The id is made by whoever sends it."""

    id: UUID
    at: datetime
    act: Line
    by_officer: Line
    place: Line
    seal: Line | None = None
    remarks: Words = ""

    def entry(self) -> CustodyEntry:
        """The desk's own form."""
        return CustodyEntry(self.id, self.at, self.act, self.by_officer, self.place, self.seal, self.remarks)


def decoded(text: str, field: str) -> bytes:
    """Bytes in base64. Raises BadInput."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadInput("This is not base64.", field=field, remedy="Send its bytes in base64.") from error


class ExhibitAnswer(BaseModel):
    id: UUID
    owner: str
    own: bool
    version: int
    state: str
    kind: ExhibitKind
    case_reference: str
    operation: UUID | None
    of_exhibit: UUID | None
    replica: str | None
    calibre_text: str | None
    calibre_id: str | None
    bore_family: str | None
    firearm: UUID | None
    firing_pin_shape: str | None
    primer_metal: str | None
    breech_face_class: str | None
    lands: int | None
    twist: str | None
    manufacturer: str | None
    headstamp: str | None
    occurred_on: date | None
    recovered_in: str | None
    open: bool
    remarks: str
    filed_by_name: str
    filed_at: datetime
    changed_at: datetime
    retain_until: date
    regions: list[str]
    grading: dict[str, str]


class ExhibitsAnswer(BaseModel):
    exhibits: list[ExhibitAnswer]
    next: UUID | None


class QualityAnswer(BaseModel):
    """`score` from 0 to 1; a scan that is not `fit` is never ranked. `reasons` are codes."""

    score: float
    fit: bool
    reasons: list[str]
    area_mm2: float
    roughness_um: float
    dropout_share: float


class ScanAnswer(BaseModel):
    """`rows`, `columns` and `step_um` are of the prepared region."""

    id: UUID
    exhibit: UUID
    owner: str
    region: str
    land: int | None
    grade: str
    simulated: bool
    instrument: str
    creator: str
    measured_on: datetime | None
    step_um: float
    rows: int
    columns: int
    quality: QualityAnswer
    warnings: list[str]
    mask_version: int
    sha256: str
    original_sha256: str
    size: int
    added_by_name: str
    added_at: datetime
    in_collection: bool


class CustodyAnswer(BaseModel):
    id: UUID
    number: int
    party: str
    at: datetime
    act: str
    by_officer: str
    place: str
    seal: str | None
    remarks: str
    digest: str


class WhyAnswer(BaseModel):
    """`met` is null where it is not known. `why` is a code; `number` are kilometres or firearms."""

    criterion: str
    met: bool | None
    why: str
    number: float | None


class SuggestionAnswer(BaseModel):
    share: bool
    reasons: list[WhyAnswer]


class LinkedAnswer(BaseModel):
    link: UUID
    state: str
    other_party: str
    other_exhibit: UUID | None
    case_reference: str | None


class ToldTermsAnswer(BaseModel):
    readers: dict[str, Any]
    meeting: dict[str, Any]
    level: str


class ExhibitFileAnswer(BaseModel):
    """What only the owner sees is null, or empty, for others."""

    exhibit: ExhibitAnswer
    circumstances: dict[str, Any]
    scans: list[ScanAnswer]
    custody: list[CustodyAnswer]
    custody_whole: bool
    casts: list[UUID]
    linked: list[LinkedAnswer]
    suggestion: SuggestionAnswer | None
    terms: ToldTermsAnswer | None


class MaskAnswer(BaseModel):
    version: int
    rows: int
    columns: int
    step_um: float
    bits: str
    automatic: bool
    by_name: str
    at: datetime
    reason: str


class VocabularyAnswer(BaseModel):
    """The codes of each list; the pages have words for them."""

    lists: dict[str, list[str]]


def exhibit_answer(exhibit: Exhibit) -> ExhibitAnswer:
    """An exhibit as it goes out."""
    head = {name: getattr(exhibit, name) for name in ("id", "owner", "own", "version", "state")}
    return ExhibitAnswer(**head, **exhibit.facts)


def scan_answer(scan: Scan, *, in_collection: bool = False) -> ScanAnswer:
    """A scan as it goes out."""
    names = (
        "id", "exhibit", "owner", "region", "land", "grade", "step_um", "rows", "columns", "mask_version", "sha256",
        "size", "added_by_name", "added_at",
    )  # fmt: skip
    told: dict[str, Any] = {name: scan.facts.get(name) for name in FACTS}
    return ScanAnswer(
        **{name: getattr(scan, name) for name in names}, **told, quality=QualityAnswer(**scan.quality),
        original_sha256=scan.original, in_collection=in_collection,
    )  # fmt: skip


def mask_answer(mask: KeptMask) -> MaskAnswer:
    """A mask as it goes out."""
    fields = {name: getattr(mask, name) for name in MaskAnswer.model_fields if name != "bits"}
    return MaskAnswer(**fields, bits=base64.b64encode(mask.bits).decode())


def file_answer(found: ExhibitFile) -> ExhibitFileAnswer:
    """An exhibit with what hangs on it."""
    terms = found.terms and ToldTermsAnswer(
        readers=audience_to_json(found.terms.readers), meeting=audience_to_json(found.terms.meeting),
        level=found.terms.level.value,
    )  # fmt: skip
    suggestion = found.suggestion and SuggestionAnswer(
        share=rules.to_share(found.suggestion),
        reasons=[WhyAnswer.model_validate(why, from_attributes=True) for why in found.suggestion],
    )
    return ExhibitFileAnswer(
        exhibit=exhibit_answer(found.exhibit), circumstances=found.circumstances, casts=list(found.casts),
        scans=[scan_answer(one, in_collection=one.fit and one.id not in found.waiting) for one in found.scans],
        custody=[CustodyAnswer(
            **{name: getattr(one.entry, name) for name in CustodyEntry.__dataclass_fields__}, number=one.number,
            party=one.party, digest=one.digest,
        ) for one in found.custody],
        custody_whole=rules.whole(found.exhibit.id, found.custody), terms=terms or None, suggestion=suggestion or None,
        linked=[LinkedAnswer.model_validate(one, from_attributes=True) for one in found.linked],
    )  # fmt: skip
