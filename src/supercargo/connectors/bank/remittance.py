"""The words of a payment (``:86:``) in the dialects of the banks -> who, for what, under which reference."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEYS = "TRTP|TRCD|IBAN|BIC|NAME|REMI|EREF|ORDP|BENM|CSID|MARF|RTRN|PREF|NRTX|PURP|ISDT|ADDR|ULTC|ULTD|CNTP|OCMT|CHGS\\d?|SVCL"
_SLASHES = re.compile(rf"/({_KEYS})/")
_MEANINGLESS = frozenset({"", "NONREF", "NOTPROVIDED", "NOT PROVIDED", "UNKNOWN"})


@dataclass(frozen=True, slots=True)
class Words:
    """What the details of an entry say."""

    counterparty: str = ""
    text: str = ""
    end_to_end_ref: str = ""


def read(parsed: Mapping[str, Any]) -> Words:
    """Take the words out of what the MT940 library gives for one entry: German subfields, Dutch slashes, or free text."""
    free = str(parsed.get("transaction_details") or "")
    if _SLASHES.search(free.replace("\n", "")):
        return _slashed(free.replace("\n", ""), parsed)
    text = _joined(parsed, "posting_text", "purpose", "additional_purpose", "non_swift_text", "extra_details")
    name = _joined(parsed, "applicant_name", "recipient_name")
    return Words(name, " ".join(part for part in (free, text) if part), reference(parsed, "end_to_end_reference", "customer_reference"))


def reference(parsed: Mapping[str, Any], *names: str) -> str:
    """Give the first of several references that says anything."""
    values = (str(parsed.get(name) or "").strip() for name in names)
    return next((value for value in values if value.upper() not in _MEANINGLESS), "")


def _slashed(text: str, parsed: Mapping[str, Any]) -> Words:
    _, *parts = _SLASHES.split(text)
    values: dict[str, str] = {}
    for key, value in zip(parts[::2], parts[1::2], strict=True):
        values.setdefault(key, value.strip("/").strip())
    name = values.get("NAME") or values.get("CNTP", "").rpartition("/")[2]
    words = " ".join(value for value in (values.get("TRTP"), values.get("REMI"), values.get("RTRN")) if value)
    own = reference(parsed, "end_to_end_reference", "customer_reference")
    return Words(name, words, reference(values, "EREF") or ("" if own == "EREF" else own))


def _joined(parsed: Mapping[str, Any], *names: str) -> str:
    values = (str(parsed.get(name) or "").strip() for name in names)
    return " ".join(dict.fromkeys(value for value in values if value))
