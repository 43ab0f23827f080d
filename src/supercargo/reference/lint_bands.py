"""What can be wrong with a ladder of bands and with a processing fee."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from supercargo.kernel.currency import is_currency
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supercargo.kernel.finding import Finding
    from supercargo.reference.lint import Place


def names(text: str) -> frozenset[str]:
    """Read words apart by spaces as a set."""
    return frozenset(text.split())


TREATMENTS = frozenset({"free", "tariff", "flat", "rate", "refuse", "at_import", "at_sale", "in_duty", "sales_tax"})
FIELDS = names("treatment up_to scheme optional when_unregistered registration rate min min_per less all_in tax tax_base why fact")
PER = frozenset({"consignment", "item", "kg", "line"})
BUSINESS = frozenset({"parcel", "commercial"})


def band_faults(place: Place, path: str, table: dict[str, Any], entry: dict[str, Any]) -> Iterator[Finding]:
    """Check that a ladder covers every value once: limits rise, and only the last band has none."""
    extra = table | entry
    if extra.get("measure") not in ("goods", "cif") or extra.get("per") not in PER or not isinstance(extra.get("inclusive", True), bool):
        yield place.fault(
            "LINT-140",
            path,
            "what is measured, per what, or whether the limit is included is not stated",
            'write measure = "goods", per = "consignment", inclusive = true',
        )
    bands = entry["bands"]
    place.counts["bands"] += len(bands)
    limits = [band.get("up_to") for band in bands]
    if limits[-1] is not None:
        yield place.fault(
            "LINT-141", path, "the last band has an upper limit, so greater values have no answer", "add a band without up_to"
        )
    inner = limits[:-1]
    if any(limit is None for limit in inner) or any(not low < high for low, high in itertools.pairwise(inner) if None not in (low, high)):
        yield place.fault(
            "LINT-142", path, "the limits of the bands do not rise", "give every band but the last a limit above the one before"
        )
    for number, band in enumerate(bands):
        yield from _band_faults(place, f"{path}.bands[{number}]", band)


def _band_faults(place: Place, path: str, band: dict[str, Any]) -> Iterator[Finding]:
    for name in sorted(set(band) - FIELDS):
        yield place.fault(
            "LINT-103",
            f"{path}.{name}",
            said("the field {name} is not known; it would be ignored", name=name),
            "correct its name or remove it",
        )
    treatment = band.get("treatment")
    if treatment not in TREATMENTS:
        known = ", ".join(sorted(TREATMENTS))
        yield place.fault(
            "LINT-143",
            f"{path}.treatment",
            said("the treatment {treatment} is not known", treatment=treatment),
            said("use one of {known}", known=known),
        )
    needs = {"flat": "fact", "rate": "rate", "refuse": "why"}.get(str(treatment))
    if needs is not None and needs not in band:
        yield place.fault("LINT-144", path, said("a band that is {treatment} needs {field}", treatment=treatment, field=needs), "add it")
    for name in ("fact", "registration", "tax"):
        if name in band and not place.knows(band[name]):
            yield place.fault("LINT-116", f"{path}.{name}", said("there is no fact {key}", key=band[name]), "correct the key")
    if band.get("when_unregistered", "free") not in ("free", "at_import"):
        yield place.fault(
            "LINT-145", f"{path}.when_unregistered", "what holds for an unregistered seller is not known", "write free or at_import"
        )
    why = band.get("why")
    if why is not None and not (isinstance(why, dict) and why.get("en") and why.get("zh")):
        yield place.fault("LINT-111", f"{path}.why", "the text is not there in both languages", 'write it as {en = "...", zh = "..."}')


def fee_faults(place: Place, path: str, table: dict[str, Any], entry: dict[str, Any]) -> Iterator[Finding]:
    """Check that a fee says per what, for which business, and within limits that can hold."""
    extra = table | entry
    if extra.get("per") not in PER:
        yield place.fault(
            "LINT-150", path, "the fee does not say per what it is charged", 'write per = "consignment", "line", "item" or "kg"'
        )
    if not set(extra.get("applies_to", BUSINESS)) <= BUSINESS:
        yield place.fault("LINT-151", path, "the fee applies to a business that is not known", "use parcel and commercial")
    limits = {name: extra[name] for name in ("over", "up_to", "min", "max", "rate", "amount") if name in extra}
    if any(isinstance(value, bool) or not isinstance(value, int | Decimal) or value < 0 for value in limits.values()):
        yield place.fault("LINT-152", path, "an amount of the fee is not a number from zero upwards", "write it bare, as 2.50")
        return
    for low, high in (("over", "up_to"), ("min", "max")):
        if low in limits and high in limits and limits[low] > limits[high]:
            yield place.fault("LINT-153", path, said("{low} is above {high}", low=low, high=high), "exchange or correct them")
    if ("over" in limits or "up_to" in limits) and not is_currency(str(extra.get("limit_unit", extra.get("unit", "")))):
        yield place.fault("LINT-154", f"{path}.limit_unit", "the limit has no currency", 'write limit_unit = "EUR"')
