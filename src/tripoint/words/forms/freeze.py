"""The form of a freeze of assets: an account, wallet, property or object, how much, on whose order, until when."""

from __future__ import annotations

from decimal import Decimal

from tripoint.words.forms.asking import FUNDS_AND_MORE, V, field, line, when
from tripoint.words.forms.model import Form, Json, Part


def line_of(kept: Json, values: Json) -> Json:
    """The line with the amount in dollars, where somebody has reckoned it."""
    return {**kept, "amount_usd": values.get("amount_usd")}


FREEZE = Form(
    "freeze", "freezes", line=line_of, derived={"amount_usd": ()},
    fields=(
        line("account_kind", V.CHOICE, "account", ("bank_account", "wallet", "property", "object"), required=True),
        field("institution", V.TEXT, "account", when=when("account_kind", "bank_account", "wallet")),
        field("institution_country", V.COUNTRY, "account"),
        line("currency", V.CURRENCY, "amount", required=True),
        line("amount", V.DECIMAL, "amount", required=True, least=Decimal(0), most=FUNDS_AND_MORE),
        field("amount_as_of", V.DATE, "amount"),
        field("order_by", V.TEXT, "order"),
        field("order_reference", V.TEXT, "order"),
        field("ordered_on", V.DATE, "order"),
        line("expires", V.DATE, "order"),
        field("remarks", V.LONG_TEXT, "remarks"),
        field("account", V.TEXT, "identity", part=Part.SEALED),
        field("holder", V.TEXT, "identity", part=Part.SEALED),
    ),
)  # fmt: skip
