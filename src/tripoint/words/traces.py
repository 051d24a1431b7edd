"""Tracing a firearm: who held it, what proves it, how a request is answered, and how an answer may be used.

The words follow the International Tracing Instrument (2005), paragraphs 16 to 23.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class HolderRole(StrEnum):
    """What somebody was to the firearm while he held it, in the order in which a lawful firearm passes them."""

    MAKER = "maker"
    EXPORTER = "exporter"
    IMPORTER = "importer"
    WHOLESALER = "wholesaler"
    DEALER = "dealer"
    BUYER = "buyer"
    OWNER = "owner"
    STATE = "state"
    UNKNOWN = "unknown"


class Evidence(StrEnum):
    """What an interval of custody rests on, the strongest first."""

    DOCUMENTED = "documented"  # a paper of the time: invoice, licence, end-user certificate
    RECORDED = "recorded"  # a register or a dealer's bound book
    DECLARED = "declared"  # what somebody says
    INFERRED = "inferred"  # concluded from other facts
    NONE = "none"


PROVES = frozenset({Evidence.DOCUMENTED, Evidence.RECORDED})


class AnswerClass(StrEnum):
    """How far the asked party could follow the firearm."""

    LAST_LAWFUL_OWNER = "traced_to_last_lawful_owner"
    LICENSEE = "traced_to_licensee"
    LAST_LAWFUL_STATE = "last_lawful_state_only"
    NO_RECORD = "no_record"
    UNIDENTIFIABLE = "unidentifiable"
    REFUSED = "refused"


TRACED = frozenset({AnswerClass.LAST_LAWFUL_OWNER, AnswerClass.LICENSEE, AnswerClass.LAST_LAWFUL_STATE})


class WhyNot(StrEnum):
    """Why a firearm could not be traced, or will not be."""

    NOT_IN_RECORDS = "not_in_records"
    RECORD_DESTROYED = "record_destroyed"
    BEFORE_RECORDS = "before_records"
    MAKER_RECORD_MISSING = "maker_or_importer_record_missing"
    DEALER_RECORD_MISSING = "dealer_record_missing"
    DEALER_CLOSED = "dealer_out_of_business"
    FOREIGN_ORIGIN = "foreign_origin"  # another country is to be asked
    INSUFFICIENT = "insufficient_description"
    OBLITERATED = "serial_obliterated"
    INVALID_SERIAL = "serial_impossible_for_make"
    UNMARKED = "unmarked_or_privately_made"
    SECURITY = "security"
    CONFIDENTIALITY = "confidentiality"
    PENDING = "pending_proceedings"
    NOT_CRIMINAL = "no_criminal_matter"


# Which reasons go with which class: what is traced needs none (International Tracing Instrument, paragraphs 22 and 23).
REASONS: Mapping[AnswerClass, frozenset[WhyNot]] = {
    AnswerClass.NO_RECORD: frozenset({
        WhyNot.NOT_IN_RECORDS, WhyNot.RECORD_DESTROYED, WhyNot.BEFORE_RECORDS, WhyNot.MAKER_RECORD_MISSING,
        WhyNot.DEALER_RECORD_MISSING, WhyNot.DEALER_CLOSED, WhyNot.FOREIGN_ORIGIN,
    }),
    AnswerClass.UNIDENTIFIABLE: frozenset({
        WhyNot.INSUFFICIENT, WhyNot.OBLITERATED, WhyNot.INVALID_SERIAL, WhyNot.UNMARKED,
    }),
    AnswerClass.REFUSED: frozenset({
        WhyNot.SECURITY, WhyNot.CONFIDENTIALITY, WhyNot.PENDING, WhyNot.NOT_CRIMINAL,
    }),
}  # fmt: skip


class Restriction(StrEnum):
    """A limit that a party sets on the use of what it tells; it binds the receiver."""

    NOT_PASSED_ON = "not_passed_on"  # the receiver forwards nothing of it to a third party
    THIS_CASE_ONLY = "this_case_only"
    INTELLIGENCE_ONLY = "intelligence_only"  # no evidence before a court without consent
    ASK_FIRST = "ask_first"  # the sender is asked before any measure is built on it


class TraceNeed(StrEnum):
    """Whether a recovered firearm has to be traced (metadata of SDG indicator 16.4.2)."""

    REQUIRED = "required"
    ESTABLISHED = "established"  # a competent authority has established the illicit origin or context already
    IMPOSSIBLE = "impossible"  # no marks by which anybody could trace it
