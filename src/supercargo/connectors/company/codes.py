"""The words of a company's file and those of the law: registrations and the schemes that they open."""

from __future__ import annotations

SCHEMES = {
    ("EU", "ioss"): "IOSS",
    ("GB", "vat"): "UK-SALE-VAT",
    ("NO", "voec"): "VOEC",
    ("AU", "gst"): "AU-LVG",
    ("NZ", "gst"): "NZ-LVG",
    ("SG", "ovr"): "SG-OVR",
    ("MY", "lvg"): "MY-LVG",
    ("CH", "vat"): "CH-PLATFORM",
    ("CL", "vat"): "CL-VAT",
    ("JP", "consumption_tax"): "JP-LVG",
    ("BR", "remessa_conforme"): "REMESSA-CONFORME",
}
"""Jurisdiction and word of the file -> code of the scheme in the law's ladders of low-value imports."""

CODES = frozenset(SCHEMES.values())
EU_SCHEMES = frozenset({"ioss", "oss_union", "oss_non_union"})
LOCAL_TAXES = frozenset({"vat", "gst", "sales_tax", "consumption_tax", "ovr", "lvg", "voec"})
CHANNELS = frozenset(
    {
        "amazon",
        "ebay",
        "aliexpress",
        "tiktok",
        "shopee",
        "mercado_libre",
        "shopify",
        "own_site",
        "lazada",
        "etsy",
        "walmart",
        "temu",
        "shein",
    }
)
ROUTES = frozenset({"direct", "warehouse", "fba"})


def scheme_code(jurisdiction: str, scheme: str) -> str | None:
    """Find the scheme of the law that a registration opens; empty for a local tax, ``None`` for an unknown word.

    >>> scheme_code("EU", "ioss"), scheme_code("DE", "vat"), scheme_code("EU", "vat")
    ('IOSS', '', None)
    """
    word = scheme.casefold().replace("-", "_")
    if scheme.upper() in CODES:
        return next((code for (place, _), code in SCHEMES.items() if code == scheme.upper() and place == jurisdiction), None)
    if (jurisdiction, word) in SCHEMES:
        return SCHEMES[jurisdiction, word]
    known = word in EU_SCHEMES if jurisdiction == "EU" else word in LOCAL_TAXES
    return "" if known else None
