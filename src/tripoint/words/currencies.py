"""Currencies by their codes: ISO 4217 with its withdrawn codes, units people reckon in, and the coins of wallets."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

CODES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR
ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD
SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND
VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
# Codes that ISO 4217 withdrew (its list of historic denominations), by what came in their place: money found and prices
# told of years ago are in them. Their rates are those of their own days, never those of what replaced them.
FORMER: Mapping[str, str] = MappingProxyType({
    "VEB": "VEF", "VEF": "VES", "MRO": "MRU", "CUC": "CUP", "STD": "STN", "SLL": "SLE", "ZWL": "ZWG", "HRK": "EUR",
    "BYR": "BYN", "ZMK": "ZMW", "GHC": "GHS",
})  # fmt: skip
# Units people reckon and name prices in that are no currency: by the currency and how much of it one is. Five gourdes
# are a Haitian dollar, in no note or coin.
UNITS: Mapping[str, tuple[str, int]] = MappingProxyType({"HTD": ("HTG", 5)})
ISO_4217 = frozenset(CODES.split())
COINS = frozenset({"BTC", "ETH", "USDT", "USDC", "XMR", "LTC", "TRX", "BCH"})  # no code of ISO 4217; as exchanges write


def read_currency(text: str) -> str:
    """The code of a currency or coin, whatever its case. Raises ValueError with a sentence that names the remedy."""
    code = text.strip().upper()
    if code in ISO_4217 or code in COINS or code in FORMER or code in UNITS:
        return code
    raise ValueError("that is no currency we know; give its three-letter code (ISO 4217), such as USD")
