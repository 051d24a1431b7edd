"""Pure decisions of access: which role may do which act, and who may see what."""

from __future__ import annotations

import hmac
import re
from datetime import timedelta
from enum import StrEnum

from tripoint.access.model import Act, AuditNote, Officer, Party, PartyKind, Role, SignIn
from tripoint.base.errors import BadInput, NotAllowed

EVERYONE = frozenset(Role)
CONTENT = frozenset(
    {Role.VIEWER, Role.FIELD_OFFICER, Role.CONTRIBUTOR, Role.ANALYST, Role.LIAISON_OFFICER, Role.COORDINATOR,
     Role.DATA_PROTECTION_OFFICER, Role.VICTIM_SPECIALIST}
)
ASKERS = frozenset({Role.FIELD_OFFICER, Role.ANALYST, Role.LIAISON_OFFICER, Role.COORDINATOR})
DECIDERS = frozenset({Role.ANALYST, Role.LIAISON_OFFICER})
WRITERS = frozenset({Role.CONTRIBUTOR, Role.LIAISON_OFFICER})
ADMINISTRATORS = frozenset({Role.PARTY_ADMINISTRATOR})
PRESS = frozenset({Role.PRESS_OFFICER})  # stands under his party, and reads what was approved only
OFFICE = ADMINISTRATORS | {Role.HUB_OPERATOR}  # they keep accounts and the machine, and read nothing of either
OVERSEERS = frozenset({Role.AUDITOR, Role.DATA_PROTECTION_OFFICER})
# Who opens what is sealed, and decides how long a record is kept.
KEEPERS = frozenset({Role.LIAISON_OFFICER, Role.DATA_PROTECTION_OFFICER})
RELEASERS = frozenset({Role.LIAISON_OFFICER, Role.DATA_PROTECTION_OFFICER})  # the second pair of eyes; reviewers
MERGERS = WRITERS | {Role.ANALYST}
EXPORTERS = RELEASERS | {Role.ANALYST}
PROTECTORS = frozenset({Role.DATA_PROTECTION_OFFICER})
DEPLOYERS = frozenset({Role.COORDINATOR, Role.LIAISON_OFFICER})  # who says where posts, services and people stand
DECLARERS = WRITERS | {Role.ANALYST, Role.COORDINATOR}  # who sends the day's report in the party's name
# Who reports from the field: of migrants, victims and interviews those too who are there for them.
REPORTERS = ASKERS
WITH_MIGRANTS = ASKERS | {Role.VICTIM_SPECIALIST}
WITH_VICTIMS = frozenset({Role.FIELD_OFFICER, Role.LIAISON_OFFICER, Role.VICTIM_SPECIALIST})
INTERVIEWERS = WITH_VICTIMS | {Role.ANALYST}
# Who opens the identity of a victim, a migrant or somebody interviewed.
CARERS = frozenset({Role.VICTIM_SPECIALIST, Role.DATA_PROTECTION_OFFICER})

# Acts that need no sign-in stand in OPEN; every other act stands here or nobody may do it.
OPEN = frozenset({Act.SIGN_IN, Act.SEE_HEALTH, Act.ENROL_DEVICE, Act.RENEW_DEVICE, Act.FOUND_HUB})
WHO_MAY: dict[Act, frozenset[Role]] = {
    Act.SIGN_OUT: EVERYONE,
    Act.SEE_SESSION: EVERYONE,
    Act.SEE_PARTIES: EVERYONE,
    Act.SEE_OPERATIONS: EVERYONE,
    Act.LIST_SIGN_INS: EVERYONE,
    Act.END_SIGN_IN: EVERYONE,
    Act.MAKE_TOKEN: ASKERS | WRITERS,
    Act.SEE_OFFICERS: ADMINISTRATORS,
    Act.ADD_OFFICER: ADMINISTRATORS,
    Act.CHANGE_OFFICER: ADMINISTRATORS,
    Act.ADD_AGENCY: ADMINISTRATORS,
    Act.ADD_OPERATION: frozenset({Role.COORDINATOR}),
    Act.CHANGE_OPERATION: frozenset({Role.COORDINATOR}),
    Act.ADD_POST: DEPLOYERS,
    Act.READ_PLAN: CONTENT,
    Act.CHANGE_DEPLOYMENT: DEPLOYERS,
    Act.IMPORT_PLAN: DEPLOYERS,
    Act.READ_ROSTER: CONTENT,
    Act.CHANGE_ROSTER: DEPLOYERS,
    Act.LIST_GRANTS: ADMINISTRATORS,
    Act.GRANT_ROLE: ADMINISTRATORS,
    Act.END_GRANT: ADMINISTRATORS,
    Act.READ_READINESS: CONTENT,
    Act.SEE_REPORTING: CONTENT,
    Act.SEND_SITUATION: DECLARERS,
    Act.READ_SITUATION: CONTENT,
    Act.CORRECT_SITUATION: DECLARERS,
    Act.ASK_CHECK: ASKERS,
    Act.LIST_CHECKS: CONTENT,
    Act.READ_CHECK: CONTENT,
    Act.LIST_HITS: CONTENT,
    Act.READ_HIT: CONTENT,
    Act.REFER_HIT: ASKERS,
    Act.DECIDE_HIT: DECIDERS,
    Act.RECORD_OUTCOME: ASKERS,
    Act.LIST_SETS: CONTENT,
    Act.READ_RECORD: CONTENT,
    Act.READ_HISTORY: CONTENT,
    Act.ADD_RECORD: WRITERS,
    Act.CHANGE_RECORD: WRITERS,
    Act.END_RECORD: WRITERS,
    Act.LOAD_SET: WRITERS,
    Act.READ_ROOM: CONTENT,
    Act.FOLLOW_FEED: CONTENT,
    Act.READ_AUDIT: OVERSEERS,
    Act.OPEN_SEALED: KEEPERS,
    Act.FIND_SEALED: KEEPERS,
    Act.LIST_DUE: WRITERS | KEEPERS,
    Act.RENEW_RECORD: KEEPERS,
    Act.ERASE_RECORD: KEEPERS,
    Act.LIST_ERASURES: OVERSEERS,
    Act.LIST_RECALLS: KEEPERS,
    Act.ACKNOWLEDGE_RECALL: KEEPERS,
    Act.SEE_AUDIT_HEADS: OVERSEERS | {Role.LIAISON_OFFICER},
    Act.REGISTER_WITNESS: OVERSEERS,
    Act.COUNTERSIGN_HEAD: OVERSEERS | {Role.LIAISON_OFFICER},
    Act.RECEIVE_SUBJECT_REQUEST: PROTECTORS,
    Act.LIST_SUBJECT_REQUESTS: PROTECTORS,
    Act.READ_SUBJECT_REQUEST: PROTECTORS,
    Act.ADMIT_SUBJECT_REQUEST: PROTECTORS,
    Act.FIND_SUBJECT_RECORDS: PROTECTORS,
    Act.DECIDE_SUBJECT_REQUEST: PROTECTORS,
    Act.ANSWER_SUBJECT_REQUEST: PROTECTORS,
    Act.SEE_ACCOUNT: EVERYONE,
    Act.PROVE: EVERYONE,
    Act.ADD_PASSKEY: EVERYONE,
    Act.REMOVE_PASSKEY: EVERYONE,
    Act.SET_CODES: EVERYONE,
    Act.REMOVE_CODES: EVERYONE,
    Act.CHANGE_PASSWORD: EVERYONE,
    Act.END_OTHER_SIGN_INS: EVERYONE,
    Act.RESET_FACTORS: ADMINISTRATORS,
    Act.LINK_IDENTITY: ADMINISTRATORS,
    Act.INVITE_DEVICE: ADMINISTRATORS | ASKERS,
    Act.CONFIRM_DEVICE: ASKERS,
    Act.LIST_DEVICES: ADMINISTRATORS | ASKERS,
    Act.REVOKE_DEVICE: ADMINISTRATORS | ASKERS,
    Act.LIST_APPROVALS: WRITERS | EXPORTERS,
    Act.APPROVE: EXPORTERS,  # each act narrows it further: four_eyes/rules.py
    Act.TURN_DOWN: EXPORTERS,
    Act.WITHDRAW: WRITERS | EXPORTERS,
    Act.RELEASE_RECORD: WRITERS,
    Act.EXPORT_RECORDS: EXPORTERS,
    Act.FETCH_EXPORT: EXPORTERS,
    Act.MERGE_RECORDS: MERGERS,
    Act.BREAK_GLASS: ASKERS,
    Act.READ_THROUGH_GLASS: ASKERS,
    Act.LIST_GLASSES: ASKERS | RELEASERS,
    Act.CLOSE_GLASS: ASKERS | RELEASERS,
    Act.REVIEW_GLASS: RELEASERS,
    Act.READ_FIGURES: CONTENT,
    Act.READ_RESULTS: CONTENT | PRESS,  # of drafts the database lets content roles of the owner see more
    Act.DRAFT_RESULTS: frozenset({Role.ANALYST, Role.COORDINATOR}),
    Act.APPROVE_RESULTS: frozenset({Role.ANALYST, Role.COORDINATOR, Role.DATA_PROTECTION_OFFICER}),
    Act.SEE_FORMS: CONTENT,
    Act.LIST_OCCURRENCES: CONTENT,
    Act.FILE_OCCURRENCE: REPORTERS,
    Act.READ_OCCURRENCE: CONTENT,  # the body goes by class besides: records/occurrences
    Act.CORRECT_OCCURRENCE: REPORTERS,
    Act.DECIDE_OCCURRENCE: WITH_MIGRANTS,
    Act.LINK_OCCURRENCE: WITH_MIGRANTS,
    Act.FILE_DETECTION: WITH_MIGRANTS,
    Act.READ_DETECTION: CONTENT,
    Act.CORRECT_DETECTION: WITH_MIGRANTS,
    Act.FILE_VICTIM: WITH_VICTIMS,
    Act.READ_VICTIM: CONTENT,
    Act.CORRECT_VICTIM: WITH_VICTIMS,
    Act.FILE_INTERVIEW: INTERVIEWERS,
    Act.READ_INTERVIEW: CONTENT,
    Act.CORRECT_INTERVIEW: INTERVIEWERS,
    Act.EXPORT_OCCURRENCES: WITH_MIGRANTS,
    Act.ADD_CUSTODY: REPORTERS,
    Act.OPEN_IDENTITY: CARERS,
    Act.LIST_PATHWAYS: WITH_VICTIMS | PROTECTORS,
    Act.READ_PATHWAY: WITH_VICTIMS | PROTECTORS,
    Act.MOVE_PATHWAY: WITH_VICTIMS,
    Act.SEE_TARGETS: WITH_VICTIMS | PROTECTORS,
    Act.SET_TARGETS: CARERS,
    Act.COUNT_VICTIMS: CARERS,
    Act.SEARCH_INTERVIEWS: CARERS | {Role.ANALYST},
    Act.READ_PRICES: CARERS | {Role.ANALYST},
    Act.RELEASE_INTERVIEW: CARERS,
    Act.SEE_RATES: CONTENT | {Role.HUB_OPERATOR},
    Act.LOAD_RATES: frozenset({Role.HUB_OPERATOR}),
    Act.LOAD_BOOK: WRITERS,
    Act.READ_LICENSEE: CONTENT,
    Act.RECORD_INSPECTION: ASKERS,
    Act.LIST_INDICATORS: DECIDERS,
    Act.DECIDE_INDICATOR: DECIDERS,
    Act.READ_FIREARM: CONTENT,
    Act.SAY_STEP: REPORTERS,
    Act.SEARCH_MARKS: ASKERS,
    Act.LIST_MEETINGS: CONTENT,
    Act.DECIDE_MEETING: DECIDERS,
    Act.READ_SEIZURE_TOTALS: CONTENT,
    Act.VALUE_SEIZURE: DECIDERS | {Role.COORDINATOR},
    Act.DECIDE_DOUBLE: DECIDERS | {Role.COORDINATOR},
    Act.ADD_PICTURE: REPORTERS | WRITERS,
    Act.READ_PICTURE: CONTENT,
    Act.WRITE_MODUS: WRITERS | {Role.ANALYST},
    Act.READ_MODUS: CONTENT - {Role.FIELD_OFFICER, Role.VICTIM_SPECIALIST},
    Act.DECIDE_MODUS: frozenset({Role.ANALYST}),
    Act.DRAFT_PURPLE: DECIDERS,
    Act.READ_MODUS_CARDS: CONTENT,
    Act.ASK_TRACE: DECIDERS,
    Act.LIST_TRACES: ASKERS | PROTECTORS,
    Act.READ_TRACE: ASKERS | PROTECTORS,
    Act.ANSWER_TRACE: DECIDERS,
    Act.COMMENT_TRACE: DECIDERS,
    Act.EXPORT_TRACES: DECIDERS,
    Act.READ_TRACE_TABLES: ASKERS | PROTECTORS,
    Act.SET_TRACE_CLOCKS: frozenset({Role.LIAISON_OFFICER}),
    Act.FILE_EXHIBIT: WRITERS | {Role.ANALYST},
    Act.READ_EXHIBIT: CONTENT - {Role.FIELD_OFFICER, Role.VICTIM_SPECIALIST},
    Act.CORRECT_EXHIBIT: WRITERS | {Role.ANALYST},
    Act.SEARCH_EXHIBITS: DECIDERS,
    Act.COMPARE_EXHIBITS: CONTENT - {Role.FIELD_OFFICER, Role.VICTIM_SPECIALIST},
    Act.DECIDE_CANDIDATE: DECIDERS,
    Act.ASK_PHYSICAL: DECIDERS,
    Act.CONFIRM_HIT_LINK: DECIDERS,
    Act.SEE_BALLISTIC_REFERENCE: CONTENT - {Role.FIELD_OFFICER, Role.VICTIM_SPECIALIST},
}

# Acts that want a proof of the person not older than PROOF_HOLDS; the door asks for it (OWASP ASVS 5.0 7.5.1 to 7.5.3).
# A machine's token cannot give one, so no token does these.
PROOF_HOLDS = timedelta(minutes=5)
STEP_UP_ACTS = frozenset(
    {
        Act.MAKE_TOKEN,
        Act.END_SIGN_IN,
        Act.END_OTHER_SIGN_INS,
        Act.ADD_OFFICER,
        Act.CHANGE_OFFICER,
        Act.GRANT_ROLE,
        Act.END_GRANT,
        Act.RESET_FACTORS,
        Act.LINK_IDENTITY,
        Act.ADD_PASSKEY,
        Act.REMOVE_PASSKEY,
        Act.SET_CODES,
        Act.REMOVE_CODES,
        Act.CHANGE_PASSWORD,
        Act.OPEN_SEALED,
        Act.ERASE_RECORD,
        Act.INVITE_DEVICE,
        Act.CONFIRM_DEVICE,
        Act.RELEASE_RECORD,
        Act.EXPORT_RECORDS,
        Act.MERGE_RECORDS,
        Act.APPROVE,
        Act.BREAK_GLASS,
        Act.OPEN_IDENTITY,
    }
)
# What a session may do until its officer has chosen his own password, and until he has a second factor where the hub
# requires one.
CHOOSING = frozenset({Act.SEE_SESSION, Act.SIGN_OUT, Act.SEE_ACCOUNT, Act.PROVE, Act.CHANGE_PASSWORD})
ENROLLING = frozenset({Act.SEE_SESSION, Act.SIGN_OUT, Act.SEE_ACCOUNT, Act.PROVE, Act.ADD_PASSKEY, Act.SET_CODES})


# By these acts content of a party's records comes to whoever does them.
RECEIVING = frozenset({
    Act.READ_RECORD, Act.READ_HISTORY, Act.READ_HIT, Act.BREAK_GLASS, Act.READ_THROUGH_GLASS, Act.READ_OCCURRENCE,
    Act.READ_DETECTION, Act.READ_VICTIM, Act.READ_INTERVIEW, Act.SEARCH_INTERVIEWS, Act.EXPORT_OCCURRENCES,
    Act.READ_SEIZURE_TOTALS, Act.READ_PICTURE, Act.READ_MODUS,
    Act.READ_TRACE, Act.EXPORT_TRACES, Act.READ_FIREARM, Act.READ_EXHIBIT, Act.COMPARE_EXHIBITS,
})  # fmt: skip


def recipients_of(note: AuditNote, reader: int) -> tuple[int, ...]:
    """The numbers of the parties that receive what is another's by this act (Directive (EU) 2016/680, Art. 25)."""
    if note.recipients or note.act not in RECEIVING or note.outcome == "refused":
        return note.recipients
    return () if note.object_owner in (None, reader) else (reader,)


def may(officer: Officer, act: Act, sign_in: SignIn | None = None) -> bool:
    """Whether the officer, entering so, may do `act`. An act nobody declared is refused."""
    if sign_in is not None and sign_in.acts is not None and act not in sign_in.acts:
        return False
    return bool(officer.roles & WHO_MAY.get(act, frozenset()))


def acts_of(officer: Officer, sign_in: SignIn | None = None) -> tuple[Act, ...]:
    """Everything the officer may do, for the buttons of a page."""
    return tuple(act for act in Act if may(officer, act, sign_in))


def reads_content(roles: frozenset[Role]) -> bool:
    """Whether any of the roles may see records at all; the function sign_on in the database decides the same."""
    return bool(roles & CONTENT)


class AccessClass(StrEnum):
    """What content may be opened by, besides the party: an officer's roles say which classes are his."""

    GENERAL = "general"
    MIGRANTS = "migrants"
    VICTIMS = "victims"
    INTERVIEWS = "interviews"
    FACILITATORS = "facilitators"


OF_CLASS = {
    AccessClass.GENERAL: CONTENT,
    AccessClass.MIGRANTS: WITH_MIGRANTS | PROTECTORS,
    AccessClass.VICTIMS: CARERS,
    AccessClass.INTERVIEWS: CARERS | {Role.ANALYST},
    AccessClass.FACILITATORS: frozenset({Role.ANALYST}),
}


def classes_of(roles: frozenset[Role]) -> frozenset[AccessClass]:
    """The classes that these roles open; the function classes_of in the database decides the same."""
    return frozenset(each for each, who in OF_CLASS.items() if roles & who)


def sees_record(reader: int, *, owner: int, readers: frozenset[int], valid: bool) -> bool:
    """Whether party number `reader` may read a record: the predicate that row-level security enforces.

    `readers` are the party numbers of the record's terms; `valid` says that the terms hold now. -1 is nobody.
    """
    return reader >= 0 and (reader == owner or (valid and reader in readers))


HUB = "HUB"  # the body that runs the machine; only its officers can be hub operators
LOCAL_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def grantable(roles: frozenset[Role], party: Party) -> frozenset[Role]:
    """The roles, when an administrator of the party may give them all.

    Raises BadInput for none at all, NotAllowed for a hub operator outside the hub, or for one who would keep accounts
    and read content at once.
    """
    if not roles:
        raise BadInput("An officer needs a role.", field="roles", remedy="Name one role or more.")
    if Role.HUB_OPERATOR in roles and not (party.kind is PartyKind.BODY and party.code == HUB):
        raise NotAllowed("Only the hub itself has hub operators.", field="roles", remedy="Leave out hub_operator.")
    if roles & OFFICE and roles & (CONTENT | PRESS):
        raise NotAllowed(
            "Whoever keeps accounts or the hub sees no content: the two do not go together.",
            field="roles",
            remedy="Give the roles to two people.",
        )
    return roles


def check_may_act_on(actor: frozenset[Role], account: frozenset[Role]) -> None:
    """Raises NotAllowed for an account with more rights over the hub than one's own (CVE-2026-44380 is such a fault).

    Roles of content are not compared: an administrator gives them, and holds none himself.
    """
    if not account & OFFICE <= actor:
        raise NotAllowed(
            "That account may do more in the hub than yours.", field="roles", remedy="Ask a hub operator to change it."
        )


def full_sign_in_name(written: str, party_code: str) -> str:
    """The sign-in name with its party: `maria` of BRA is `maria@bra`, so that no party can probe another's names.

    Takes the name with or without its ending. Raises BadInput for other endings and characters.
    """
    local, _, ending = written.strip().lower().partition("@")
    if ending not in ("", party_code.lower()) or not LOCAL_NAME.fullmatch(local):
        raise BadInput(
            f"{written!r} cannot be a sign-in name of {party_code}.",
            field="sign_in_name",
            remedy=f"Use letters a-z, digits, dot, hyphen or underscore; it then reads name@{party_code.lower()}.",
        )
    return f"{local}@{party_code.lower()}"


class Standing(StrEnum):
    """How a request stands to what was kept under the same id or key."""

    NEW = "new"
    REPEATED = "repeated"  # the same again: answered as before
    REUSED = "reused"  # another request under the id of an earlier one: refused


def standing(kept: bytes | None, asked: bytes) -> Standing:
    """How a request with the digest `asked` stands to the digest that was kept under its id; None where nothing was."""
    if kept is None:
        return Standing.NEW
    return Standing.REPEATED if hmac.compare_digest(kept, asked) else Standing.REUSED
