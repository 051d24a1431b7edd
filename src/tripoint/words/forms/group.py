"""The form of a criminal group: by which criteria it is one, and whether it was disrupted."""

from __future__ import annotations

from decimal import Decimal

from tripoint.words.forms.asking import UNKNOWN, V, field, line, when
from tripoint.words.forms.model import Form

# United Nations Convention against Transnational Organized Crime, Art. 2 (a) and 3 (2), and Europol's further signs.
CRITERIA = (
    "three_or_more", "period_of_time", "serious_crimes", "material_benefit", "division_of_tasks", "discipline",
    "violence", "business_structures", "money_laundering", "influence", "across_borders",
)  # fmt: skip
DISRUPTION = (
    "leaders_arrested", "members_arrested", "assets_frozen", "route_closed", "safe_house_closed", "other",
)  # fmt: skip
ACTIVITIES = (
    "smuggling", "trafficking", "documents", "drugs", "weapons", "fraud", "money_laundering", "other", UNKNOWN,
)  # fmt: skip

GROUP = Form(
    "group", "groups",
    fields=(
        field("name", V.TEXT, "group", required=True),
        line("criteria", V.CHOICES, "group", CRITERIA, required=True),
        line("disrupted", V.YES_NO, "group", required=True),
        field("disruption", V.CHOICES, "group", DISRUPTION, when=when("disrupted", True)),
        line("transnational", V.YES_NO, "group"),
        field("members", V.INTEGER, "group", least=Decimal(2), most=Decimal(10_000)),
        field("activities", V.CHOICES, "group", ACTIVITIES),
        field("countries", V.COUNTRIES, "group"),
        field("remarks", V.LONG_TEXT, "remarks"),
    ),
)  # fmt: skip
