"""The interview with somebody on the way: voluntary, under a reference number, with route, prices and recruitment.

Modules as in IOM's flow monitoring survey, the Mixed Migration Centre's 4Mi and UNODC's Observatory on Smuggling.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from tripoint.words.forms.model import Condition, Field, Form, Part, Problem, ValueKind
from tripoint.words.htcds import CONSENT_QUESTIONS, codes

Json = dict[str, Any]
HELD = ("held", "partial")
REFUSED = "refused"
# The platforms of HTCDS, and what came after it.
PLATFORMS = (
    *codes("vic_RecruitmentWebsitesAndApps")[:-1], "Douyin", "Signal", "X", "dating_app", "job_board", "game", "Other",
    "none", "unknown",
)  # fmt: skip
CHANNELS = (
    "none", "acquaintance", "family", "social_network", "messages", "advertisement", "agency", "approached_in_person",
    "other", "unknown",
)  # fmt: skip
MODES = ("land", "sea", "air", "river", "foot", "unknown")
PAPERS = ("none", "genuine", "forged", "lost", "withheld", "unknown")
# The practices asked for in the trafficking module of the flow monitoring survey.
ABUSES = (
    "robbery", "violence", "sexual_violence", "extortion", "held", "documents_taken", "work_without_pay",
    "forced_crime", "lost_companions", "no_food_or_water",
)  # fmt: skip
ROLES = ("recruiter", "transporter", "guide", "host", "document_supplier", "money_handler", "official", "other")
NEEDS = ("health", "shelter", "legal", "family_tracing", "protection", "return", "other")
TALKED = (Condition("outcome", HELD),)
# What is kept of an interview that was refused: that it was, where, and nothing of the person.
KEPT_OF_REFUSAL = frozenset({"outcome", "reference", "language", "voluntary"})
MOST_LEGS, MOST_ROWS, MOST_PEOPLE = Decimal(40), Decimal(20), Decimal(1000)


def asked(name: str, kind: ValueKind, section: str, **more: Any) -> Field:
    """A question that is asked once the interview is held."""
    return Field(name, kind, section=section, when=(*TALKED, *more.pop("when", ())), **more)


def choice(name: str, choices: tuple[str, ...], section: str, **more: Any) -> Field:
    """A question with one answer of several; its list bears its name unless it shares one."""
    return asked(name, ValueKind.CHOICE, section, choices=choices, **{"list": name, **more})


def choices(name: str, of: tuple[str, ...], section: str, **more: Any) -> Field:
    """A question with any of several answers."""
    return asked(name, ValueKind.CHOICES, section, choices=of, **{"list": name, **more})


def column(name: str, kind: ValueKind, **more: Any) -> Field:
    """A column of rows."""
    return Field(name, kind, **more)


def picked(name: str, of: tuple[str, ...], **more: Any) -> Field:
    """A column of rows with one answer of several."""
    return Field(name, ValueKind.CHOICE, choices=of, **{"list": name, **more})


LEG = (
    column("from_country", ValueKind.COUNTRY), column("from_place", ValueKind.TEXT),
    column("to_country", ValueKind.COUNTRY), column("to_place", ValueKind.TEXT), picked("mode", MODES),
    column("on", ValueKind.PARTIAL_DATE), column("days", ValueKind.INTEGER, least=Decimal(0), most=Decimal(3650)),
    picked("documents", PAPERS), column("facilitated", ValueKind.YES_NO_UNKNOWN),
    column("order_certain", ValueKind.YES_NO),
)  # fmt: skip
PRICE = (
    column("amount", ValueKind.DECIMAL, least=Decimal(0)), column("low", ValueKind.DECIMAL, least=Decimal(0)),
    column("high", ValueKind.DECIMAL, least=Decimal(0)), column("currency", ValueKind.CURRENCY, required=True),
    column("on", ValueKind.PARTIAL_DATE), picked("scope", ("leg", "whole"), list="price_scope", required=True),
    column("leg", ValueKind.INTEGER, least=Decimal(1), most=MOST_LEGS),
    picked("kind", ("agreed", "paid", "owed", "heard"), list="price_kind", required=True),
    picked("certainty", ("certain", "likely", "unsure")), picked("per", ("person", "group")),
    column("people", ValueKind.INTEGER, least=Decimal(1), most=MOST_PEOPLE),
    picked("payer", ("self", "family", "employer", "facilitator", "other")),
    picked("method", ("cash", "hawala", "bank", "crypto", "labour", "other"), list="payment_method"),
)  # fmt: skip
FACILITATOR = (
    picked("role", ROLES, list="facilitator_role", required=True), column("nationality", ValueKind.COUNTRY),
    column("alias", ValueKind.TEXT), column("phone", ValueKind.TEXT), column("handle", ValueKind.TEXT),
    column("vehicle", ValueKind.TEXT), column("remarks", ValueKind.LONG_TEXT),
)  # fmt: skip
CONSENT = (
    Field("reference", ValueKind.TEXT, section="consent", required=True),
    Field("outcome", ValueKind.CHOICE, section="consent", required=True, list="interview_outcome",
          choices=("held", "partial", REFUSED)),
    Field("voluntary", ValueKind.YES_NO, section="consent", required=True),
    *(asked(question, ValueKind.YES_NO, "consent") for question in CONSENT_QUESTIONS),
    Field("language", ValueKind.LANGUAGE, Part.LINE, "consent", required=True),
    choice("manner", ("in_person", "phone", "online", "written"), "consent"),
    asked("interpreter", ValueKind.YES_NO_UNKNOWN, "consent"),
    choice("credibility", ("A", "B", "C", "D", "X"), "consent", part=Part.LINE),
)  # fmt: skip
PROFILE = (
    choice("sex", ("female", "male", "other", "unknown"), "person"),
    choice("age_group", ("child", "adult", "unknown"), "person"),
    asked("age", ValueKind.INTEGER, "person", least=Decimal(0), most=Decimal(120), unit="years"),
    asked("guardian_present", ValueKind.YES_NO, "person", when=(Condition("age_group", ("child", "unknown")),)),
    asked("trained_interviewer", ValueKind.YES_NO, "person", when=(Condition("age_group", ("child", "unknown")),)),
    asked("nationality", ValueKind.COUNTRY, "person", part=Part.LINE),
    asked("birth_country", ValueKind.COUNTRY, "person"),
    asked("residence_country", ValueKind.COUNTRY, "person"),
    choice("education", codes("prs_HighestLevelOfEducation"), "person"),
    asked("work_before", ValueKind.TEXT, "person"),
    choice("travelling", ("alone", "family", "group", "unknown"), "person"),
    choices("reasons", ("work", "violence", "family", "study", "persecution", "disaster", "other"), "decision"),
    choice("decided_by", ("self", "family", "other", "unknown"), "decision"),
    choices("informed_by", ("family_abroad", "social_media", "facilitator", "news", "other"), "decision"),
)  # fmt: skip
JOURNEY = (
    choice("recruitment", CHANNELS, "recruitment", part=Part.LINE, list="recruitment_channel"),
    choice("platform", PLATFORMS, "recruitment", part=Part.LINE),
    choice("approached_by", ("person", "facilitator", "unknown"), "recruitment"),
    asked("promised", ValueKind.LONG_TEXT, "recruitment"),
    asked("advertisement_kept", ValueKind.YES_NO_UNKNOWN, "recruitment"),
    asked("route", ValueKind.ROWS, "route", fields=LEG, most=MOST_LEGS),
    asked("prices", ValueKind.ROWS, "price", fields=PRICE, most=MOST_ROWS),
    asked("debt", ValueKind.YES_NO_UNKNOWN, "price"),
    choice("debt_to", ("facilitator", "family", "lender", "employer", "other"), "price"),
    choices("abuses", ABUSES, "abuses"),
    asked("facilitators", ValueKind.ROWS, "facilitators", part=Part.FACILITATOR, fields=FACILITATOR, most=MOST_ROWS),
    asked("destination", ValueKind.COUNTRY, "needs"),
    choices("referral_wanted", NEEDS, "needs"),
    asked("account", ValueKind.LONG_TEXT, "account"),
    asked("translation", ValueKind.LONG_TEXT, "account"),
    asked("translation_language", ValueKind.LANGUAGE, "account"),
    asked("remarks", ValueKind.LONG_TEXT, "account"),
)  # fmt: skip


def line(counted: Json, values: Json) -> Json:
    """What may be counted: the legs as pairs of countries, and the price that the desk has put into US dollars."""
    legs = [[leg.get("from_country"), leg.get("to_country")] for leg in values.get("route") or ()]
    return counted | {
        "outcome": values["outcome"], "legs": [pair for pair in legs if all(pair)],
        "price_usd": values.get("price_usd"), "language_seems": values.get("language_seems"),
    }


def check(values: Json) -> tuple[Problem, ...]:
    """What stands against keeping the interview so."""
    if values.get("outcome") == REFUSED:
        return tuple(refusal(values))
    return tuple(found for look in (consent, child, prices) for found in look(values))


def refusal(values: Json) -> Iterator[Problem]:
    """A refusal is an outcome, and nothing else is kept of it."""
    for name, value in values.items():
        if name not in KEPT_OF_REFUSAL and value not in (None, [], False, ""):
            yield Problem(name, "The interview was refused; nothing else is kept of it.", "Leave this out.")


def consent(values: Json) -> Iterator[Problem]:
    """Held only with somebody who came freely, was told all seven things and agreed; research alone may be declined."""
    if values.get("voluntary") is not True:
        yield Problem("voluntary", "An interview is voluntary, or it is not held.", "Record it as refused.")
    for question in CONSENT_QUESTIONS:
        answer = values.get(question)
        if answer is not True and not (question == "consent_research" and answer is False):
            yield Problem(question, "This was not agreed to, or not told.", "Ask it, or record a refusal.")


def child(values: Json) -> Iterator[Problem]:
    """No child, nor anybody who may be one, is interviewed without a guardian or a trained person."""
    grown = values.get("age_group") == "adult"
    if not grown and not (values.get("guardian_present") or values.get("trained_interviewer")):
        yield Problem(
            "age_group" if values.get("age_group") is None else "guardian_present",
            "A child is not interviewed without a guardian or a trained person, nor is one who may be a child.",
            "Say who was there, or that the person is grown up.",
        )  # fmt: skip


def prices(values: Json) -> Iterator[Problem]:
    """A price has an amount or bounds, in order; a leg's price names the leg; a group's price its people."""
    legs = len(values.get("route") or ())
    for at, price in enumerate(values.get("prices") or ()):
        amounts = [Decimal(price[name]) for name in ("low", "amount", "high") if price.get(name) is not None]
        if not amounts:
            yield Problem(f"prices.{at}.amount", "The price has no amount.", "Give the amount, or low and high.")
        if amounts != sorted(amounts):
            yield Problem(f"prices.{at}.amount", "The price is not between its bounds.", "Put them in order.")
        if price["scope"] == "leg" and not 1 <= (price.get("leg") or 0) <= legs:
            yield Problem(f"prices.{at}.leg", "The price is for a leg that is not there.", "Number the leg, from 1.")


FORM = Form(
    "interview", "interviews", (*CONSENT, *PROFILE, *JOURNEY), "interviews", line,
    {"outcome": ("held", "partial", REFUSED), "legs": (), "price_usd": (), "language_seems": ()}, check,
)  # fmt: skip
