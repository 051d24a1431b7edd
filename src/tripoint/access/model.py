"""The nouns of access: parties, officers, roles, acts, and one visit at the door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID


class PartyKind(StrEnum):
    """A party is a country, a territory in its own name, or a body."""

    COUNTRY = "country"
    TERRITORY = "territory"
    BODY = "body"


class Role(StrEnum):
    """What an officer is to the party. The last two see no content at all.

    A press officer reads figures and reports that were approved, never a record.
    """

    VIEWER = "viewer"
    FIELD_OFFICER = "field_officer"
    CONTRIBUTOR = "contributor"
    ANALYST = "analyst"
    LIAISON_OFFICER = "liaison_officer"
    COORDINATOR = "coordinator"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    VICTIM_SPECIALIST = "victim_specialist"
    PRESS_OFFICER = "press_officer"
    AUDITOR = "auditor"
    PARTY_ADMINISTRATOR = "party_administrator"
    HUB_OPERATOR = "hub_operator"


class Act(StrEnum):
    """Everything a caller can do; each route declares one, each audit row names one."""

    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    SEE_SESSION = "see_session"
    SEE_HEALTH = "see_health"
    SEE_PARTIES = "see_parties"
    LIST_SIGN_INS = "list_sign_ins"
    MAKE_TOKEN = "make_token"  # noqa: S105 - the name of an act
    END_SIGN_IN = "end_sign_in"
    SEE_OFFICERS = "see_officers"
    ADD_OFFICER = "add_officer"
    CHANGE_OFFICER = "change_officer"
    ADD_AGENCY = "add_agency"
    SEE_OPERATIONS = "see_operations"
    ADD_OPERATION = "add_operation"
    CHANGE_OPERATION = "change_operation"
    ADD_POST = "add_post"
    READ_PLAN = "read_plan"
    CHANGE_DEPLOYMENT = "change_deployment"
    IMPORT_PLAN = "import_plan"
    READ_ROSTER = "read_roster"
    CHANGE_ROSTER = "change_roster"
    LIST_GRANTS = "list_grants"
    GRANT_ROLE = "grant_role"
    END_GRANT = "end_grant"
    READ_READINESS = "read_readiness"
    SEE_REPORTING = "see_reporting"
    SEND_SITUATION = "send_situation"
    READ_SITUATION = "read_situation"
    CORRECT_SITUATION = "correct_situation"
    ASK_CHECK = "ask_check"
    LIST_CHECKS = "list_checks"
    READ_CHECK = "read_check"
    LIST_HITS = "list_hits"
    READ_HIT = "read_hit"
    RAISE_HIT = "raise_hit"
    REFER_HIT = "refer_hit"
    DECIDE_HIT = "decide_hit"
    RECORD_OUTCOME = "record_outcome"
    EXPIRE_HIT = "expire_hit"
    LIST_SETS = "list_sets"
    READ_RECORD = "read_record"
    READ_HISTORY = "read_history"
    ADD_RECORD = "add_record"
    CHANGE_RECORD = "change_record"
    END_RECORD = "end_record"
    LOAD_SET = "load_set"
    READ_ROOM = "read_room"
    FOLLOW_FEED = "follow_feed"
    READ_AUDIT = "read_audit"
    ROTATE_KEY = "rotate_key"
    OPEN_SEALED = "open_sealed"
    FIND_SEALED = "find_sealed"
    LIST_DUE = "list_due"
    RENEW_RECORD = "renew_record"
    ERASE_RECORD = "erase_record"
    LIST_ERASURES = "list_erasures"
    LIST_RECALLS = "list_recalls"
    ACKNOWLEDGE_RECALL = "acknowledge_recall"
    SEE_AUDIT_HEADS = "see_audit_heads"
    REGISTER_WITNESS = "register_witness"
    COUNTERSIGN_HEAD = "countersign_head"
    CHANGE_AUDIT_KEY = "change_audit_key"
    EXPORT_AUDIT = "export_audit"
    RECEIVE_SUBJECT_REQUEST = "receive_subject_request"
    LIST_SUBJECT_REQUESTS = "list_subject_requests"
    READ_SUBJECT_REQUEST = "read_subject_request"
    ADMIT_SUBJECT_REQUEST = "admit_subject_request"
    FIND_SUBJECT_RECORDS = "find_subject_records"
    DECIDE_SUBJECT_REQUEST = "decide_subject_request"
    ANSWER_SUBJECT_REQUEST = "answer_subject_request"
    REMIND_SUBJECT_REQUEST = "remind_subject_request"
    SEE_ACCOUNT = "see_account"
    PROVE = "prove"
    ADD_PASSKEY = "add_passkey"
    REMOVE_PASSKEY = "remove_passkey"
    SET_CODES = "set_codes"
    REMOVE_CODES = "remove_codes"
    CHANGE_PASSWORD = "change_password"  # noqa: S105 - the name of an act
    END_OTHER_SIGN_INS = "end_other_sign_ins"
    RESET_FACTORS = "reset_factors"
    LINK_IDENTITY = "link_identity"
    INVITE_DEVICE = "invite_device"
    ENROL_DEVICE = "enrol_device"
    RENEW_DEVICE = "renew_device"
    CONFIRM_DEVICE = "confirm_device"
    LIST_DEVICES = "list_devices"
    REVOKE_DEVICE = "revoke_device"
    FOUND_HUB = "found_hub"
    LIST_APPROVALS = "list_approvals"
    APPROVE = "approve"
    TURN_DOWN = "turn_down"
    WITHDRAW = "withdraw"
    RELEASE_RECORD = "release_record"
    EXPORT_RECORDS = "export_records"
    FETCH_EXPORT = "fetch_export"
    MERGE_RECORDS = "merge_records"
    BREAK_GLASS = "break_glass"
    READ_THROUGH_GLASS = "read_through_glass"
    LIST_GLASSES = "list_glasses"
    CLOSE_GLASS = "close_glass"
    REVIEW_GLASS = "review_glass"
    SEE_FORMS = "see_forms"
    LIST_OCCURRENCES = "list_occurrences"
    FILE_OCCURRENCE = "file_occurrence"
    READ_OCCURRENCE = "read_occurrence"
    CORRECT_OCCURRENCE = "correct_occurrence"
    DECIDE_OCCURRENCE = "decide_occurrence"
    LINK_OCCURRENCE = "link_occurrence"
    FILE_DETECTION = "file_detection"
    READ_DETECTION = "read_detection"
    CORRECT_DETECTION = "correct_detection"
    READ_FIGURES = "read_figures"
    READ_RESULTS = "read_results"
    DRAFT_RESULTS = "draft_results"
    APPROVE_RESULTS = "approve_results"
    FILE_VICTIM = "file_victim"
    READ_VICTIM = "read_victim"
    CORRECT_VICTIM = "correct_victim"
    FILE_INTERVIEW = "file_interview"
    READ_INTERVIEW = "read_interview"
    CORRECT_INTERVIEW = "correct_interview"
    EXPORT_OCCURRENCES = "export_occurrences"
    ADD_CUSTODY = "add_custody"
    OPEN_IDENTITY = "open_identity"
    LIST_PATHWAYS = "list_pathways"
    READ_PATHWAY = "read_pathway"
    MOVE_PATHWAY = "move_pathway"
    SEE_TARGETS = "see_targets"
    SET_TARGETS = "set_targets"
    COUNT_VICTIMS = "count_victims"
    SEARCH_INTERVIEWS = "search_interviews"
    READ_PRICES = "read_prices"
    RELEASE_INTERVIEW = "release_interview"
    SEE_RATES = "see_rates"
    LOAD_RATES = "load_rates"
    LOAD_BOOK = "load_book"
    READ_LICENSEE = "read_licensee"
    RECORD_INSPECTION = "record_inspection"
    LIST_INDICATORS = "list_indicators"
    DECIDE_INDICATOR = "decide_indicator"
    READ_FIREARM = "read_firearm"
    SAY_STEP = "say_step"
    SEARCH_MARKS = "search_marks"
    LIST_MEETINGS = "list_meetings"
    DECIDE_MEETING = "decide_meeting"
    READ_SEIZURE_TOTALS = "read_seizure_totals"
    VALUE_SEIZURE = "value_seizure"
    DECIDE_DOUBLE = "decide_double"
    ADD_PICTURE = "add_picture"
    READ_PICTURE = "read_picture"
    WRITE_MODUS = "write_modus"
    READ_MODUS = "read_modus"
    DECIDE_MODUS = "decide_modus"
    DRAFT_PURPLE = "draft_purple"
    READ_MODUS_CARDS = "read_modus_cards"
    ASK_TRACE = "ask_trace"
    LIST_TRACES = "list_traces"
    READ_TRACE = "read_trace"
    ANSWER_TRACE = "answer_trace"
    COMMENT_TRACE = "comment_trace"
    EXPORT_TRACES = "export_traces"
    READ_TRACE_TABLES = "read_trace_tables"
    SET_TRACE_CLOCKS = "set_trace_clocks"
    FILE_EXHIBIT = "file_exhibit"
    READ_EXHIBIT = "read_exhibit"
    CORRECT_EXHIBIT = "correct_exhibit"
    SEARCH_EXHIBITS = "search_exhibits"
    COMPARE_EXHIBITS = "compare_exhibits"
    DECIDE_CANDIDATE = "decide_candidate"
    ASK_PHYSICAL = "ask_physical"
    CONFIRM_HIT_LINK = "confirm_hit_link"
    SEE_BALLISTIC_REFERENCE = "see_ballistic_reference"


@dataclass(frozen=True, slots=True)
class Party:
    """A country, territory or body taking part, in its own name; `number` is its bit, 0 to 255, never shown."""

    number: int
    code: str
    name: str
    kind: PartyKind
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Officer:
    """The person who acts."""

    id: UUID
    name: str
    agency: str
    party: Party
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class SignIn:
    """One proven entry: a browser's session or a machine's token. `acts` narrows a token to what it is for."""

    id: UUID
    kind: str
    device: str | None
    csrf: str | None
    acts: frozenset[Act] | None
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Clocks:
    """How long a hit may wait: to be referred, to be answered, and until it expires as a lead."""

    referral: timedelta = timedelta(minutes=15)
    answer: timedelta = timedelta(hours=72)
    urgent_answer: timedelta = timedelta(hours=8)
    expiry: timedelta = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class AuditNote:
    """One line of the trail: ids only, never content."""

    act: Act
    object_kind: str | None = None
    object_id: UUID | None = None
    object_owner: int | None = None
    object_version: int | None = None
    recipients: tuple[int, ...] = ()
    purpose: str | None = None
    reason: str | None = None
    outcome: str = "done"
    owner_only: bool = False  # hidden from the actor's own party: a check that met a record blind


@dataclass(frozen=True, slots=True)
class Agency:
    """A service of a party: its police, its border guard."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Account:
    """An officer as the party's administrator keeps him."""

    id: UUID
    sign_in_name: str
    name: str
    agency: Agency
    roles: frozenset[Role]
    active: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OpenSignIn:
    """A session or token still open, for its officer or his administrator to look through."""

    id: UUID
    kind: str
    officer: UUID
    device: str | None
    begun_at: datetime
    seen_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the trail as an overseer reads it."""

    at: datetime
    act: str
    party: str | None  # code
    officer: UUID | None
    purpose: str | None
    reason: str | None
    object_kind: str | None
    object_version: int | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Post:
    """A place of an operation where checks are made. Latitude and longitude in degrees, WGS 84."""

    id: UUID
    name: str
    kind: str
    party: str  # code
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Operation:
    """Parties acting together from one day to another; audiences and checks may name it."""

    id: UUID
    name: str
    family: str
    edition: str
    starts_at: datetime
    ends_at: datetime
    coordinator: str  # code
    participants: tuple[str, ...]  # codes
    posts: tuple[Post, ...]
