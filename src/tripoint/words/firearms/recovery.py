"""What is asked when a firearm is recovered: how it came, why it is illicit, its marks, the nine steps."""

from __future__ import annotations

from enum import StrEnum


class AcquisitionMode(StrEnum):
    """How the State came by a firearm (SDG indicator 16.4.2 counts the three together)."""

    SEIZED = "seized"
    FOUND = "found"
    SURRENDERED = "surrendered"


class IllicitGround(StrEnum):
    """Why a firearm is illicit: any one suffices (International Tracing Instrument, para 6; five grounds)."""

    ILLICIT_WHERE_FOUND = "illicit_where_found"
    EMBARGO_BREACH = "embargo_breach"
    NOT_MARKED = "not_marked"
    MADE_WITHOUT_LICENCE = "made_without_licence"
    TRANSFERRED_WITHOUT_LICENCE = "transferred_without_licence"


class MarkedStatus(StrEnum):
    """What became of the marks of a firearm."""

    FULL = "full"
    PARTIAL = "partial"
    OBLITERATED = "obliterated"
    UNMARKED = "unmarked"
    PRIVATELY_MADE = "privately_made"


class MarkPlace(StrEnum):
    """Where on a firearm a mark stands."""

    FRAME = "frame"
    RECEIVER = "receiver"
    SLIDE = "slide"
    BARREL = "barrel"
    CYLINDER = "cylinder"
    BOLT = "bolt"
    MAGAZINE = "magazine"
    SILENCER = "silencer"
    GRIP = "grip"
    OTHER = "other"


class MarkKind(StrEnum):
    """What a mark says."""

    SERIAL = "serial"
    IMPORT = "import"
    PROOF = "proof"
    MAKER = "maker"
    CALIBRE = "calibre"
    PRIVATELY_MADE = "privately_made"
    INVENTORY = "inventory"
    REMARK = "remark"  # put on later, over or beside another


class ReadingMethod(StrEnum):
    """How a mark was read."""

    VISUAL = "visual"
    CAMERA = "camera"
    ETCHING = "etching"
    MAGNETIC = "magnetic"


class Step(StrEnum):
    """The nine steps of the firearms recovery protocol, in their order."""

    NATIONAL_REGISTRY = "national_registry"
    INTERNATIONAL_RECORDS = "international_records"
    EVIDENCE_AND_INTERVIEW = "evidence_and_interview"
    LATENT_PRINTS = "latent_prints"
    DNA = "dna"
    BALLISTICS = "ballistics"
    LEADS = "leads"
    INVESTIGATORS_TOLD = "investigators_told"
    TRAFFICKING_INDICATORS = "trafficking_indicators"


class StepState(StrEnum):
    """How far a step is."""

    OPEN = "open"
    UNDER_WAY = "under_way"
    DONE = "done"
    NOT_POSSIBLE = "not_possible"  # with the reason


STEPS = tuple(Step)
MARKS_AS_SERIALS = frozenset({MarkKind.SERIAL, MarkKind.PRIVATELY_MADE, MarkKind.INVENTORY, MarkKind.REMARK})


def needs_trace(marked: MarkedStatus, *, context_known: bool) -> str:
    """Whether a trace is called for: `required`, `context_known` or `impossible` (SDG 16.4.2, metadata).

    A firearm without readable marks cannot be traced; one whose origin is already established need not be.
    """
    if context_known:
        return "context_known"
    return "required" if marked in (MarkedStatus.FULL, MarkedStatus.PARTIAL) else "impossible"
