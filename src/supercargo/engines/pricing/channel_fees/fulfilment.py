"""Which size tier and weight step a unit falls into, and what Amazon charges to fulfil and store it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from supercargo.engines.pricing.channel_fees import rules
from supercargo.engines.pricing.unit_economics.facts import FeeByPrice
from supercargo.kernel.figure import Figure, single
from supercargo.kernel.finding import Finding, refuse
from supercargo.kernel.unit import Unit
from supercargo.kernel.words import said
from supercargo.reference.fees import FeeRow, in_force

if TYPE_CHECKING:
    from supercargo.engines.pricing.channel_fees.facts import Facts
    from supercargo.reference.law import Law


@dataclass(frozen=True, slots=True)
class Charged:
    """The fee by price band for the tier and step that a unit falls into."""

    fee: FeeByPrice
    tier: str
    size_class: str
    findings: tuple[Finding, ...] = ()


def fulfilment(facts: Facts, law: Law) -> Charged:
    """Find the fulfilment fee of a unit: the first size tier that it fits, the first step that holds its weight.

    Raises:
        Refused: FEE-404 no table for the market; FEE-410 the unit fits no tier.
    """
    rows = [
        row
        for row in in_force("fulfilment_fees", law.day, channel=facts.channel, market=facts.market, programme=facts.programme)
        if _concerns(facts, row)
    ]
    if not rows:
        message = said("fulfilment fees of {channel} in {market} are not in the reference book", channel=facts.channel, market=facts.market)
        raise refuse("FEE-404", "route", message, "choose another route or add the fees to your overlay")
    for order in sorted({int(row.text("tier_order")) for row in rows}):
        tier = [row for row in rows if row.text("tier_order") == str(order)]
        if _fits(facts, tier[0]):
            return _charged(facts, tier, law)
    message = said(
        "a unit of {size} and {weight} fits no size tier of {market}",
        size=_sides(facts),
        weight=facts.weight_g.shown(),
        market=facts.market,
    )
    raise refuse("FEE-410", "size", message, "use an own warehouse, or check size and weight")


def storage(facts: Facts, size_class: str, law: Law) -> Figure:
    """Find what storing a unit costs for its days in store.

    Raises:
        Refused: FEE-404, storage fees of the market are not in the reference book.
    """
    rows = in_force("storage_fees", law.day, channel=facts.channel, market=facts.market)
    months = [row for row in rows if int(row.text("month_from")) <= law.day.month <= int(row.text("month_to"))]
    wanted = ("clothing", size_class) if facts.category in ("clothing", "footwear", "luggage") else (size_class,)
    row = next((row for name in wanted for row in months if row.text("size_class") == name), None)
    if row is None:
        message = said("storage fees of {channel} in {market} are not in the reference book", channel=facts.channel, market=facts.market)
        raise refuse("FEE-404", "route", message, "choose another route or add the fees to your overlay")
    size = rules.volume(facts.longest_cm, facts.median_cm, facts.shortest_cm)
    unit = row.text("volume_unit")
    days = facts.stock_days or Figure.of(0, "days", "days in store")
    months_stored = days.over(rules.DAYS_PER_MONTH, 4).named("months in store", per="term-storage-fee")
    fee = row.money("fee", f"{row.text('currency')}/{unit}/month", "storage fee")
    if fee is None:
        raise refuse("FEE-411", row.citation.key, "the storage fee of this month is not known", "add it to your overlay")
    volume = size.over(rules.CM3_PER_FT3, 8) if unit == "ft3" else size * rules.CUBIC_CM[unit]
    stored = single(rules.storage_per_unit(volume.named(f"volume in {unit}", per="term-volume"), fee, months_stored))
    return _here(stored, row.text("currency"), facts, law)


def _concerns(facts: Facts, row: FeeRow) -> bool:
    goods = "dangerous" if facts.dangerous else "standard"
    only, never = row.text("categories"), row.text("categories_except")
    return (
        row.text("goods") in ("any", goods, "")
        and (not only or facts.category in only.split("|"))
        and (not never or facts.category not in never.split("|"))
    )


def _fits(facts: Facts, row: FeeRow) -> bool:
    sides = (facts.longest_cm.amount, facts.median_cm.amount, facts.shortest_cm.amount)
    girth = sides[0] + 2 * (sides[1] + sides[2])
    measured = (
        ("max_longest_cm", sides[0]), ("max_median_cm", sides[1]), ("max_shortest_cm", sides[2]),
        ("max_length_plus_girth_cm", girth), ("max_sides_sum_cm", sum(sides, Decimal(0))), ("max_unit_weight_g", facts.weight_g.amount),
    )  # fmt: skip
    within = all((limit := row.number_in(column)) is None or size <= limit for column, size in measured)
    most, over = row.number_in("max_dimensional_weight_g"), row.number_in("unit_weight_over_g")
    return within and (over is None or facts.weight_g.amount > over) and (most is None or _dimensional(facts, row).amount <= most)


def _charged(facts: Facts, tier: list[FeeRow], law: Law) -> Charged:
    """Find the step of each price band by itself: one band may weigh the unit, another its dimensions."""
    bands = sorted({row.number_in("price_over") or Decimal(0) for row in tier})
    steps = tuple(_band(facts, [row for row in tier if (row.number_in("price_over") or Decimal(0)) == band], law) for band in bands)
    last = (None, steps[-1][1])
    return Charged(FeeByPrice((*steps[:-1], last)), tier[0].text("tier"), tier[0].text("size_class"))


def _band(facts: Facts, rows: list[FeeRow], law: Law) -> tuple[Figure | None, Figure]:
    weight = _weight(facts, rows[0])
    heavier = [row for row in rows if (most := row.number_in("max_weight_g")) is None or weight.amount <= most]
    step = [row for row in heavier if row.text("max_weight_g") == _lowest(heavier)] if heavier else _last_step(rows)
    return _price(step[0], facts, law), _fee(step[0], weight, facts, law)


def _lowest(rows: list[FeeRow]) -> str:
    return min(rows, key=lambda row: row.number_in("max_weight_g") or Decimal("Infinity")).text("max_weight_g")


def _last_step(tier: list[FeeRow]) -> list[FeeRow]:
    highest = max(tier, key=lambda row: row.number_in("max_weight_g") or Decimal(0)).text("max_weight_g")
    return [row for row in tier if row.text("max_weight_g") == highest]


def _fee(row: FeeRow, weight: Figure, facts: Facts, law: Law) -> Figure:
    fee = row.money("fee", row.text("currency"), "fulfilment fee")
    if fee is None:
        raise refuse("FEE-411", row.citation.key, "the fulfilment fee of this step is not known", "add it to your overlay")
    extra, per = row.money("fee_per_extra", row.text("currency"), "fee for each further step"), row.number_in("per_extra_unit_g")
    covered = row.number_in("weight_over_g") or Decimal(0)
    if extra is not None and per is not None and weight.amount > covered:
        step, base = _grams(row, per, "further step"), _grams(row, covered, "weight in the base fee")
        fee = single(rules.fee_with_steps(fee, extra, weight, base, step, row.citation.key))
    return _here(fee, row.text("currency"), facts, law)


def _grams(row: FeeRow, grams: Decimal, name: str) -> Figure:
    return Figure(grams, Unit.of("g"), name, "fact", citation=row.citation)


def _price(row: FeeRow, facts: Facts, law: Law) -> Figure | None:
    limit = row.money("price_up_to", row.text("currency"), "end of the price band")
    return None if limit is None else _here(limit, row.text("currency"), facts, law)


def _weight(facts: Facts, row: FeeRow) -> Figure:
    if row.text("weight_basis") != "greater_of_unit_and_dimensional":
        return facts.weight_g
    return single(rules.shipping_weight(facts.weight_g, _dimensional(facts, row)))


def _dimensional(facts: Facts, row: FeeRow) -> Figure:
    least = row.number_in("dimensional_minimum_side_cm") or Decimal(0)
    sides = [
        Figure.of(max(side.amount, least), "cm", side.name, path=side.path)
        for side in (facts.longest_cm, facts.median_cm, facts.shortest_cm)
    ]
    divisor = row.number_in("dimensional_divisor")
    if divisor is None:
        return facts.weight_g
    per_pound = row.text("dimensional_divisor_unit") == "in3/lb"
    known = Figure(divisor, Unit.of("in3/lb" if per_pound else "cm^3/kg"), "dimensional divisor", "fact", citation=row.citation)
    return single(rules.dimensional_weight(rules.volume(*sides), known, imperial=per_pound))


def _here(amount: Figure, base: str, facts: Facts, law: Law) -> Figure:
    if base == facts.currency:
        return amount
    return law.rates.convert(amount, base, facts.currency).rounded().named(amount.name, per="term-rate-of-exchange")


def _sides(facts: Facts) -> str:
    return " × ".join(side.shown() for side in (facts.longest_cm, facts.median_cm, facts.shortest_cm))
