"""The rows of one offer -> its noun, if they fit together."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from supercargo.connectors.ratecards.codes import BY_STEP
from supercargo.engines.logistics.ratecard import Charge, FirstLeg, Limits, ParcelService, Step, Surcharges, Terms, Warehouse
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import Bilingual, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supercargo.engines.logistics.ratecard import Kind, Offer

    Line = tuple[int, dict[str, Any]]
    """A row's number and its values."""

DIFFERS = "RATE-102"
ROW_TWICE = "RATE-103"
GAP = "RATE-104"
BETWEEN_STEPS = "RATE-105"
NO_PRICE = "RATE-106"
WRONG_DAYS = "RATE-107"
WRONG_DATES = "RATE-108"
EMPTY_STEP = "RATE-109"
ONE = Decimal(1)
"""Warehouses bill the greater of actual and volumetric weight."""


class Faulty(ValueError):  # noqa: N818 - a fault of the file, not an error of the program
    """Rows that make no offer together."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings


def build(kind: Kind, lines: Sequence[Line], file: str) -> Offer:
    """Make an offer of its rows.

    Raises:
        Faulty: RATE-102 to RATE-109, every row that does not fit.
    """
    findings = [*_disagreements(kind, lines), *_impossible(lines)]
    if kind == "first_leg":
        findings += [_twice(row) for row, _ in lines[1:]]
    if findings:
        raise Faulty(*findings)
    if kind == "first_leg":
        return _first_leg(lines[0], file)
    steps = _steps(kind, lines, file)
    return _warehouse(lines[0], steps, file) if kind == "local_delivery" else _service(kind, lines[0], steps, file)


def _disagreements(kind: Kind, lines: Sequence[Line]) -> list[Finding]:
    first_row, first = lines[0]
    if not BY_STEP[kind]:
        return []
    return [
        _differs(name, row, first_row)
        for row, values in lines[1:]
        for name, value in values.items()
        if name not in BY_STEP[kind] and value != first[name]
    ]


def _differs(column: str, row: int, first_row: int) -> Finding:
    message = said("{column} differs from row {row} of the same offer", column=column, row=first_row)
    remedy = "in one offer only weights and prices differ from row to row; correct the cell"
    return Finding(DIFFERS, "error", f"rows[{row}].{column}", message, remedy)


def _impossible(lines: Sequence[Line]) -> list[Finding]:
    findings = []
    for row, values in lines:
        if values["days_p50"] > values["days_p90"]:
            message = "half of the parcels cannot take longer than nine in ten"
            findings.append(Finding(WRONG_DAYS, "error", f"rows[{row}].days_p90", message, "exchange the two numbers of days"))
        if values["until"] is not None and values["until"] <= values["since"]:
            message = "the offer ends before it begins"
            findings.append(Finding(WRONG_DATES, "error", f"rows[{row}].until", message, "until is the first day without the offer"))
    return findings


def _steps(kind: Kind, lines: Sequence[Line], file: str) -> tuple[Step, ...]:
    made = [(row, _step(kind, row, values, file)) for row, values in lines]
    made.sort(key=lambda pair: pair[1].over_kg)
    findings = [finding for row, step in made for finding in _misfits(row, step)]
    reached: Any = 0
    for position, (row, step) in enumerate(made):
        if step.over_kg != reached:
            findings.append(_gap(row, position))
        reached = step.up_to_kg
    if findings:
        raise Faulty(*findings)
    return tuple(step for _, step in made)


def _gap(row: int, position: int) -> Finding:
    message = "the weight step does not begin where the one before it ends" if position else "the lightest weight step does not begin at 0"
    return Finding(
        GAP, "error", f"rows[{row}]", message, "every weight stands in exactly one step; add the missing one or correct its ends"
    )


def _misfits(row: int, step: Step) -> list[Finding]:
    if step.up_to_kg is None:
        return []
    if step.up_to_kg <= step.over_kg:
        return [Finding(EMPTY_STEP, "error", f"rows[{row}]", "the weight step ends before it begins", "correct its ends")]
    if step.rounding_kg is not None and step.up_to_kg % step.rounding_kg:
        message = "the weight step does not end on a whole billing step"
        return [Finding(BETWEEN_STEPS, "error", f"rows[{row}]", message, "let it end on a multiple of the rounding step")]
    return []


def _twice(row: int) -> Finding:
    return Finding(ROW_TWICE, "error", f"rows[{row}]", "this offer already stands above, with the same first day", "remove one of the rows")


def _step(kind: Kind, row: int, values: dict[str, Any], file: str) -> Step:
    unit = "kg" if kind == "express" else "g"
    rounding = values.get(f"rounding_step_{unit}")
    return Step(values[f"weight_over_{unit}"], values[f"weight_up_to_{unit}"], rounding, _charges(kind, row, values), _place(file, row))


def _charges(kind: Kind, row: int, values: dict[str, Any]) -> tuple[Charge, ...]:
    if kind == "direct_line":
        return Charge("price_per_kg", values["price_per_kg"], "kg"), Charge("fee_per_parcel", values["fee_per_parcel"], "parcel")
    if kind == "local_delivery":
        return Charge("pick_pack_fee", values["pick_pack_fee"], "parcel"), Charge("last_mile_fee", values["last_mile_fee"], "parcel")
    column, other = ("price", "price_per_kg") if values["kind"] == "step" else ("price_per_kg", "price")
    if values[column] is None or values[other] is not None:
        message = said(
            "a row of the kind {kind} has a price in {column} and none in {other}", kind=values["kind"], column=column, other=other
        )
        raise Faulty(Finding(NO_PRICE, "error", f"rows[{row}].{column}", message, "give the one price and leave the other cell empty"))
    return (Charge(column, values[column], "parcel" if column == "price" else "kg"),)


def _terms(values: dict[str, Any], service: str = "service") -> Terms:
    name = Bilingual(values[f"{service}_en"], values[f"{service}_zh"])
    return Terms(
        values["card"], values[service], name, values["currency"], values["days_p50"], values["days_p90"],
        values["carbon_legs"] or (), values["since"], values["until"], values["source"],
    )  # fmt: skip


def _service(kind: Kind, line: Line, steps: tuple[Step, ...], file: str) -> ParcelService:
    row, values = line
    unit, express = ("kg", True) if kind == "express" else ("g", False)
    return ParcelService(
        terms=_terms(values),
        countries=values["countries"] if express else (values["country"],),
        zone=values["zone"] or "",
        batteries=values.get("battery") or (),
        volumetric_divisor=values["volumetric_divisor"],
        volumetric_counts_from=values["volumetric_counts_from"],
        minimum_kg=values[f"minimum_weight_{unit}"],
        steps=steps,
        limits=Limits(values[f"max_weight_{unit}"], values["max_longest_cm"], values.get("max_length_plus_girth_cm")),
        surcharges=Surcharges(
            values.get("fuel_surcharge_percent"), values.get("remote_surcharge_per_kg"),
            values.get("remote_surcharge_minimum"), values.get("residential_surcharge"),
        ),
        tax_inclusive=values["tax_inclusive"],
        place=_place(file, row),
    )  # fmt: skip


def _warehouse(line: Line, steps: tuple[Step, ...], file: str) -> Warehouse:
    row, values = line
    delivery = ParcelService(
        terms=_terms(values, "warehouse"), countries=(values["country"],), zone="", batteries=(),
        volumetric_divisor=values["volumetric_divisor"], volumetric_counts_from=ONE, minimum_kg=None, steps=steps,
        limits=Limits(values["max_weight_g"], values["max_longest_cm"]), surcharges=Surcharges(),
        tax_inclusive=values["tax_inclusive"], place=_place(file, row),
    )  # fmt: skip
    return Warehouse(
        delivery, values["extra_item_fee"], values["inbound_fee_per_m3"], values["storage_per_m3_day"],
        values["free_storage_days"], values["return_fee"],
    )  # fmt: skip


def _first_leg(line: Line, file: str) -> FirstLeg:
    row, values = line
    return FirstLeg(
        terms=_terms(values), mode=values["mode"], origin=values["origin"], country=values["country"], destination=values["destination"],
        destination_name=Bilingual(values["destination_en"], values["destination_zh"]), charged_by=values["charged_by"],
        price_per_unit=values["price_per_unit"], minimum_units=values["minimum_units"], kg_per_m3=values["kg_per_m3"],
        volumetric_divisor=values["volumetric_divisor"], customs_fee=values["customs_fee_per_shipment"],
        extra_hs_line_fee=values["extra_hs_line_fee"], free_hs_lines=values["free_hs_lines"], fixed_fee=values["fixed_fee_per_shipment"],
        includes_duty=values["includes_duty"], includes_import_vat=values["includes_import_vat"], place=_place(file, row),
    )  # fmt: skip


def _place(file: str, row: int) -> str:
    return f"{file}:{row}" if file else f"rows[{row}]"
