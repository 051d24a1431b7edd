"""Currencies by their codes: ISO 4217, and the coins of wallets that seizures and freezes name."""

from __future__ import annotations

CODES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR
ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD
SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND
VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
ISO_4217 = frozenset(CODES.split())
COINS = frozenset({"BTC", "ETH", "USDT", "USDC", "XMR", "LTC", "TRX", "BCH"})  # no code of ISO 4217; as exchanges write


def read_currency(text: str) -> str:
    """The code of a currency or coin, whatever its case. Raises ValueError with a sentence that names the remedy."""
    code = text.strip().upper()
    if code in ISO_4217 or code in COINS:
        return code
    raise ValueError("that is no currency we know; give its three-letter code (ISO 4217), such as USD")
