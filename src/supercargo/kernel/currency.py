"""Currencies and their minor units: the smallest coin in which an amount is stated."""

from __future__ import annotations

# ISO 4217, list one: the currencies of the markets, with their number of minor digits.
_DIGITS: dict[str, int] = dict.fromkeys(
    [
        "AED",
        "AFN",
        "ALL",
        "AMD",
        "AOA",
        "ARS",
        "AUD",
        "AWG",
        "AZN",
        "BAM",
        "BBD",
        "BDT",
        "BGN",
        "BMD",
        "BND",
        "BOB",
        "BRL",
        "BSD",
        "BTN",
        "BWP",
        "BYN",
        "BZD",
        "CAD",
        "CDF",
        "CHF",
        "CNY",
        "COP",
        "CRC",
        "CUP",
        "CVE",
        "CZK",
        "DKK",
        "DOP",
        "DZD",
        "EGP",
        "ERN",
        "ETB",
        "EUR",
        "FJD",
        "FKP",
        "GBP",
        "GEL",
        "GHS",
        "GIP",
        "GMD",
        "GTQ",
        "GYD",
        "HKD",
        "HNL",
        "HTG",
        "HUF",
        "IDR",
        "ILS",
        "INR",
        "IRR",
        "JMD",
        "KES",
        "KGS",
        "KHR",
        "KPW",
        "KYD",
        "KZT",
        "LAK",
        "LBP",
        "LKR",
        "LRD",
        "LSL",
        "MAD",
        "MDL",
        "MGA",
        "MKD",
        "MMK",
        "MNT",
        "MOP",
        "MRU",
        "MUR",
        "MVR",
        "MWK",
        "MXN",
        "MYR",
        "MZN",
        "NAD",
        "NGN",
        "NIO",
        "NOK",
        "NPR",
        "NZD",
        "PAB",
        "PEN",
        "PGK",
        "PHP",
        "PKR",
        "PLN",
        "QAR",
        "RON",
        "RSD",
        "RUB",
        "SAR",
        "SBD",
        "SCR",
        "SDG",
        "SEK",
        "SGD",
        "SHP",
        "SLE",
        "SOS",
        "SRD",
        "SSP",
        "STN",
        "SVC",
        "SYP",
        "SZL",
        "THB",
        "TJS",
        "TMT",
        "TOP",
        "TRY",
        "TTD",
        "TWD",
        "TZS",
        "UAH",
        "USD",
        "UYU",
        "UZS",
        "VES",
        "WST",
        "XCD",
        "YER",
        "ZAR",
        "ZMW",
        "ZWG",
    ],
    2,
)
_DIGITS |= dict.fromkeys(
    ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"], 0
)
_DIGITS |= dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3)


class UnknownCurrencyError(ValueError):
    """A currency code that ISO 4217 does not list."""


def is_currency(code: str) -> bool:
    """Tell whether a code is a currency of ISO 4217, in capital letters."""
    return code in _DIGITS


def minor_digits(code: str) -> int:
    """Give the digits after the point: 2 for EUR, 0 for JPY, 3 for KWD.

    >>> minor_digits("JPY")
    0

    Raises:
        UnknownCurrencyError: the code is not in ISO 4217.
    """
    try:
        return _DIGITS[code]
    except KeyError:
        msg = f"{code!r} is not a currency of ISO 4217; write it as three capital letters, such as EUR"
        raise UnknownCurrencyError(msg) from None


def currencies() -> tuple[str, ...]:
    """List all known currency codes in alphabetical order."""
    return tuple(sorted(_DIGITS))
