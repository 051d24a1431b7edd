"""The tables within data-protection.md and the inventories, made from the code itself: `python -m tests.papers`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tests.papers import inventory
from tests.papers.items import ROOT
from tripoint.access.model import Act, Role
from tripoint.access.rules import OPEN, WHO_MAY
from tripoint.desks.subjects.rules import MONTHS, REMINDERS
from tripoint.records.occurrences.keeping import KEPT_YEARS
from tripoint.records.rules import RETENTION_YEARS, UNMASKED
from tripoint.words.people import MASKED, SEALED_IN_CHILDREN, TO_PROTECT, PersonStatus
from tripoint.words.purposes import Purpose

PAGES = tuple(ROOT / "docs" / name for name in ("data-protection.md", "security/keys.md", "security/logs.md"))
MARKED = re.compile(r"(<!-- made: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
SHORT = {
    Role.VIEWER: "view", Role.FIELD_OFFICER: "field", Role.CONTRIBUTOR: "contrib", Role.ANALYST: "analyst",
    Role.LIAISON_OFFICER: "liaison", Role.COORDINATOR: "coord", Role.DATA_PROTECTION_OFFICER: "dpo",
    Role.AUDITOR: "audit", Role.PARTY_ADMINISTRATOR: "admin", Role.HUB_OPERATOR: "hub",
    Role.VICTIM_SPECIALIST: "victim", Role.PRESS_OFFICER: "press",
}  # fmt: skip
# The operations of Directive (EU) 2016/680, Art. 25, that an act upon data about persons may be.
COLLECTION, ALTERATION, CONSULTATION = "collection", "alteration", "consultation"
DISCLOSURE, COMBINATION, ERASURE = "disclosure", "combination", "erasure"
OPERATIONS: dict[str, str] = {
    "add_record": COLLECTION, "load_set": COLLECTION, "receive_subject_request": COLLECTION,
    "change_record": ALTERATION, "renew_record": ALTERATION, "record_outcome": ALTERATION, "expire_hit": ALTERATION,
    "decide_subject_request": ALTERATION, "review_glass": ALTERATION,
    "read_record": CONSULTATION, "read_history": CONSULTATION, "list_checks": CONSULTATION, "read_check": CONSULTATION,
    "list_hits": CONSULTATION, "read_hit": CONSULTATION, "open_sealed": CONSULTATION, "find_sealed": CONSULTATION,
    "list_due": CONSULTATION, "break_glass": CONSULTATION, "read_through_glass": CONSULTATION,
    "list_subject_requests": CONSULTATION, "read_subject_request": CONSULTATION, "find_subject_records": CONSULTATION,
    "ask_check": f"{CONSULTATION}, {COMBINATION}", "raise_hit": f"{COMBINATION}, {DISCLOSURE}",
    "merge_records": f"{COMBINATION}, {ALTERATION}",
    "refer_hit": DISCLOSURE, "decide_hit": DISCLOSURE, "release_record": DISCLOSURE, "export_records": DISCLOSURE,
    "fetch_export": DISCLOSURE, "admit_subject_request": DISCLOSURE, "answer_subject_request": DISCLOSURE,
    "file_occurrence": COLLECTION, "file_detection": COLLECTION, "file_victim": COLLECTION,
    "file_interview": COLLECTION, "correct_occurrence": ALTERATION, "correct_detection": ALTERATION,
    "correct_victim": ALTERATION, "correct_interview": ALTERATION, "decide_occurrence": ALTERATION,
    "link_occurrence": f"{COMBINATION}, {ALTERATION}", "add_custody": ALTERATION, "list_occurrences": CONSULTATION,
    "read_occurrence": CONSULTATION, "read_detection": CONSULTATION, "read_victim": CONSULTATION,
    "read_interview": CONSULTATION, "open_identity": CONSULTATION, "export_occurrences": DISCLOSURE,
    "list_pathways": CONSULTATION, "read_pathway": CONSULTATION, "move_pathway": ALTERATION,
    "count_victims": CONSULTATION, "search_interviews": CONSULTATION, "read_prices": CONSULTATION,
    "release_interview": DISCLOSURE, "read_figures": CONSULTATION, "read_roster": CONSULTATION,
    "ask_trace": f"{COLLECTION}, {DISCLOSURE}", "list_traces": CONSULTATION, "read_trace": CONSULTATION,
    "answer_trace": DISCLOSURE, "comment_trace": DISCLOSURE, "export_traces": DISCLOSURE,
    "read_trace_tables": CONSULTATION,
    "read_firearm": CONSULTATION, "list_meetings": CONSULTATION, "search_marks": CONSULTATION, "say_step": ALTERATION,
    "decide_meeting": f"{COMBINATION}, {DISCLOSURE}",
    "add_picture": COLLECTION, "read_picture": CONSULTATION, "write_modus": COLLECTION,
    "read_modus": CONSULTATION, "decide_modus": ALTERATION, "draft_purple": DISCLOSURE,
    "read_modus_cards": CONSULTATION,
    "read_seizure_totals": CONSULTATION,
    "file_exhibit": COLLECTION, "read_exhibit": CONSULTATION, "correct_exhibit": ALTERATION,
    "search_exhibits": COMBINATION, "compare_exhibits": CONSULTATION, "decide_candidate": ALTERATION,
    "ask_physical": DISCLOSURE, "confirm_hit_link": f"{COMBINATION}, {DISCLOSURE}",
    "load_book": COLLECTION, "record_inspection": COLLECTION, "read_licensee": CONSULTATION,
    "list_indicators": f"{CONSULTATION}, {COMBINATION}", "decide_indicator": f"{COMBINATION}, {ALTERATION}",
    "end_record": ERASURE, "erase_record": ERASURE, "acknowledge_recall": ERASURE,
}  # fmt: skip
# Acts upon no data about persons held: entrances, accounts, devices, operations, the trail itself, lists of lists.
NO_PERSON = frozenset({
    "sign_in", "sign_out", "see_session", "see_health", "see_parties", "list_sign_ins", "make_token", "end_sign_in",
    "see_officers", "add_officer", "change_officer", "add_agency", "see_operations", "add_operation",
    "change_operation", "add_post", "list_sets", "read_room", "follow_feed", "read_audit", "list_erasures",
    "list_recalls", "see_audit_heads", "register_witness", "countersign_head", "change_audit_key", "export_audit",
    "remind_subject_request", "see_account", "prove", "add_passkey", "remove_passkey", "set_codes", "remove_codes",
    "change_password", "end_other_sign_ins", "reset_factors", "link_identity", "invite_device", "enrol_device",
    "renew_device", "confirm_device", "list_devices", "revoke_device", "found_hub", "list_approvals", "approve",
    "turn_down", "withdraw", "list_glasses", "close_glass", "rotate_key", "see_forms",
    "read_plan", "change_deployment", "import_plan", "change_roster", "list_grants", "grant_role", "end_grant",
    "read_readiness", "see_reporting", "send_situation", "read_situation", "correct_situation", "read_results",
    "draft_results", "approve_results", "see_targets", "set_targets", "see_rates", "load_rates",
    "value_seizure", "decide_double", "see_ballistic_reference",
    "set_trace_clocks",
})  # fmt: skip


def retention() -> Iterator[str]:
    """How long a record of each kind may stand."""
    yield "| kind of record | years at most |"
    yield "| --- | ---: |"
    for kind, years in RETENTION_YEARS.items():
        yield f"| {kind.value} | {years} |"


def report_retention() -> Iterator[str]:
    """How long a report of each kind may stand."""
    yield "| kind of report | years at most |"
    yield "| --- | ---: |"
    for kind, years in sorted(KEPT_YEARS.items(), key=lambda one: (one[1], one[0].value)):
        yield f"| {kind.value.replace('_', ' ')} | {years} |"


def statuses() -> Iterator[str]:
    """What a person is to the case, and what follows, for grown-ups and for children."""
    keepers = " and ".join(sorted(role.value.replace("_", " ") + "s" for role in UNMASKED))
    sealed, masked = "sealed", f"masked, but for the owner's and readers' {keepers}"
    yield "| status | to protect | of age | a child, or maybe one |"
    yield "| --- | --- | --- | --- |"
    for status in PersonStatus:
        grown = sealed if status in MASKED else "as the terms say"
        child = sealed if status in MASKED | SEALED_IN_CHILDREN else masked
        yield f"| {status.value} | {'yes' if status in TO_PROTECT else ''} | {grown} | {child} |"


def purposes() -> Iterator[str]:
    """The closed list of purposes."""
    yield ", ".join(f"`{purpose.value}`" for purpose in Purpose) + "."


def acts() -> Iterator[str]:
    """Every act, what it is to data about persons, and the roles that may do it."""
    yield f"| act | logged as | {' | '.join(SHORT[role] for role in Role)} |"
    yield "| --- | --- |" + " :-: |" * len(Role)
    for act in Act:
        may = frozenset(Role) if act in OPEN else WHO_MAY.get(act, frozenset())
        marks = " | ".join("●" if role in may else "" for role in Role)
        yield f"| `{act.value}` | {OPERATIONS.get(act.value, '')} | {marks} |"


def clocks() -> Iterator[str]:
    """The clocks of data subjects' requests."""
    yield "| request | months from admission | reminders at |"
    yield "| --- | ---: | --- |"
    for kind, months in MONTHS.items():
        yield f"| {kind.value} | {months} | {', '.join(f'{step} %' for step in REMINDERS)} |"


TABLES: dict[str, Callable[[], Iterator[str]]] = {
    "retention": retention, "report_retention": report_retention, "statuses": statuses, "purposes": purposes,
    "acts": acts, "clocks": clocks,
    "cryptography": inventory.cryptography, "log_fields": inventory.log_fields,
}  # fmt: skip


def page(text: str) -> str:
    """The page with its tables made anew."""
    return MARKED.sub(lambda found: found[1] + "\n" + "\n".join(TABLES[found[2]]()) + "\n\n" + found[3], text)
