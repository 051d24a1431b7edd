"""Answers from the policy in policy.cedar: the second, independent statement of who may do what."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import cedarpy

from tripoint.access.model import Role

POLICY = Path(__file__).with_name("policy.cedar")
HUB = 'Hub::"hub"'
# Acts that go together; a new act that only looks or asks stands in one of these and needs no line of the policy.
GROUPS: dict[str, tuple[str, ...]] = {
    "looking": (
        "list_checks", "read_check", "list_hits", "read_hit", "list_sets", "read_record", "read_history", "read_room",
        "follow_feed", "read_figures", "read_results", "read_plan", "read_roster", "read_readiness", "see_reporting",
        "read_situation", "see_forms", "list_occurrences", "read_occurrence", "read_detection", "read_victim",
        "read_interview", "see_rates", "read_licensee", "read_seizure_totals", "read_picture", "read_modus_cards",
        "read_firearm", "list_meetings",
    ),
    "reporting": (
        "file_occurrence", "correct_occurrence", "add_custody", "file_detection", "correct_detection",
        "decide_occurrence", "link_occurrence", "export_occurrences",
        "say_step",
    ),
    "looking at traces": ("list_traces", "read_trace", "read_trace_tables"),
    "tracing": ("ask_trace", "answer_trace", "comment_trace", "export_traces"),
    "walking with victims": ("list_pathways", "read_pathway", "move_pathway", "see_targets"),
    "asking": ("ask_check", "refer_hit", "record_outcome", "make_token", "record_inspection", "search_marks"),
    "deciding": ("decide_hit", "list_indicators", "decide_indicator", "decide_meeting"),
    "deploying": ("change_deployment", "import_plan", "change_roster"),
    "declaring": ("send_situation", "correct_situation"),
    "emergency": ("break_glass", "read_through_glass", "list_glasses", "close_glass"),
    "own device": ("invite_device", "confirm_device", "list_devices", "revoke_device"),
    "keeping": (
        "open_sealed", "find_sealed", "list_due", "renew_record", "erase_record", "list_recalls", "acknowledge_recall",
    ),
    "holding": ("add_record", "change_record", "end_record", "make_token", "load_book", "load_set"),
}  # fmt: skip
SEE_NO_CONTENT = {"auditor", "party_administrator", "hub_operator", "press_officer"}


@dataclass(frozen=True, slots=True)
class Asked:
    """May an officer of this party with these roles do this to that?"""

    roles: frozenset[str]
    party: int
    action: str
    resource: str = HUB

    @property
    def principal(self) -> str:
        return f'Officer::"{self.party} {" ".join(sorted(self.roles))}"'


@cache
def policies() -> cedarpy.PolicySet:
    return cedarpy.PolicySet.from_str(POLICY.read_text(encoding="utf-8"))


def acts_known() -> set[str]:
    """The acts that the policy speaks of."""
    named = set(re.findall(r'Action::"(\w+)"', POLICY.read_text(encoding="utf-8")))
    return (named - set(GROUPS)) | {act for group in GROUPS.values() for act in group}


def reference(kind: str, name: str) -> dict[str, str]:
    return {"type": kind, "id": name}


def standing_entities() -> list[dict[str, Any]]:
    """Roles, actions and the hub."""
    parents: dict[str, list[dict[str, str]]] = {act: [] for act in acts_known()}
    for group, acts in GROUPS.items():
        for act in acts:
            parents[act].append(reference("Action", group))
    names = [*(role.value for role in Role), "anybody signed in", "reader of content"]
    return [
        *({"uid": reference("Role", name), "attrs": {}, "parents": []} for name in names),
        *({"uid": reference("Action", name), "attrs": {}, "parents": []} for name in GROUPS),
        *({"uid": reference("Action", act), "attrs": {}, "parents": found} for act, found in parents.items()),
        {"uid": reference("Hub", "hub"), "attrs": {}, "parents": []},
    ]


def officer_entity(asked: Asked) -> dict[str, Any]:
    roles = [*asked.roles, "anybody signed in", *(["reader of content"] if asked.roles - SEE_NO_CONTENT else [])]
    name = asked.principal.removeprefix('Officer::"').removesuffix('"')
    return {
        "uid": reference("Officer", name), "attrs": {"party": asked.party},
        "parents": [reference("Role", role) for role in roles],
    }  # fmt: skip


def decide(questions: Iterable[Asked], things: Mapping[str, Mapping[str, Any]]) -> dict[Asked, bool]:
    """The policy's answer to each question. `things` are the attributes of resources by their full names."""
    every = list(dict.fromkeys(questions))
    officers = {asked.principal: officer_entity(asked) for asked in every}
    resources = [
        {"uid": reference(*name.removesuffix('"').split('::"')), "attrs": dict(attributes), "parents": []}
        for name, attributes in things.items()
    ]
    entities = cedarpy.Entities.from_json_str(json.dumps([*standing_entities(), *officers.values(), *resources]))
    requests = [
        {"principal": asked.principal, "action": f'Action::"{asked.action}"', "resource": asked.resource, "context": {}}
        for asked in every
    ]
    answers = cedarpy.is_authorized_batch(requests, policies(), entities)
    for asked, answer in zip(every, answers, strict=True):
        assert not answer.diagnostics.errors, (asked, answer.diagnostics.errors)
    return {asked: bool(answer.allowed) for asked, answer in zip(every, answers, strict=True)}
