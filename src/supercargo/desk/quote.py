"""The landed cost of a consignment: one or more lines of goods from one country to another on a day."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from supercargo.desk.answer import Answer
from supercargo.desk.markets_known import require_country
from supercargo.engines.customs.duty import given_terms, terms_of
from supercargo.engines.pricing import landed_cost
from supercargo.kernel.allocate import allocate
from supercargo.kernel.currency import minor_digits
from supercargo.kernel.explain import doubts
from supercargo.kernel.figure import Figure, single
from supercargo.kernel.finding import Finding, Refused, worst_first
from supercargo.kernel.words import said
from supercargo.reference.tariff import HsCodeError, known, normalise

if TYPE_CHECKING:
    from datetime import date

    from supercargo.engines.customs.duty.facts import Business, Terms
    from supercargo.engines.customs.fees.facts import Mode
    from supercargo.engines.tax.import_tax.facts import Channel
    from supercargo.kernel.words import Text
    from supercargo.reference.law import Law

AMOUNTS = ("customs_value", "duty", "tax_at_sale", "tax_at_import", "tax", "fees", "charges", "landed_cost")
NAMES = {
    "customs_value": "customs value", "duty": "customs duty", "tax_at_sale": "tax at sale", "tax_at_import": "tax at import",
    "tax": "tax on the import", "fees": "processing fees", "charges": "charges on the import", "landed_cost": "landed cost",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """Goods of one code in a consignment: the price of all items together, without tax."""

    hs_code: str
    goods: Decimal
    items: int = 1
    weight_kg: Decimal | None = None
    origin: str = ""
    tax_class: str = "standard"


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: from where to where, on which day, which goods, sold and sent how.

    ``schemes`` are the registrations that the seller holds (IOSS, VOEC, ...). ``duty_rate`` and
    ``tax_rate`` are percentages that a person gives in place of the law's.
    """

    dispatched_from: str
    market: str
    on: date
    currency: str
    lines: tuple[GoodsLine, ...]
    freight: Decimal = Decimal(0)
    insurance: Decimal = Decimal(0)
    business: Business = "parcel"
    channel: Channel = "own_site"
    mode: Mode = "express"
    schemes: frozenset[str] = frozenset()
    region: str = ""
    duty_rate: Decimal | None = None
    tax_rate: Decimal | None = None
    asked: dict[str, str] = field(default_factory=dict)


def quote(request: Request, law: Law) -> Answer:
    """Decide the landed cost of a consignment with every line behind it.

    What cannot be answered comes back as an answer without amounts and with the findings that say
    what is missing; nothing is defaulted.
    """
    try:
        faults = _faults(request)
        if faults:
            return Answer("quote", request.asked, findings=faults)
        return _answer(request, law)
    except Refused as refusal:
        return Answer("quote", request.asked, findings=refusal.findings)


def _answer(request: Request, law: Law) -> Answer:
    parts, findings = _decide_lines(request, law)
    standing = [
        objection.finding.at(f"lines[{place}]") for place, part in enumerate(parts) for objection in part.objections if objection.stands
    ]
    if standing:
        return Answer("quote", request.asked, findings=worst_first((*standing, *findings)))
    amounts = {key: _total([single(getattr(part, key)) for part in parts], NAMES[key]) for key in AMOUNTS}
    flat = [single(part.tax_on_flat_duty) for part in parts if part.tax_on_flat_duty is not None]
    if flat:
        amounts["tax_on_flat_duty"] = _total(flat, "VAT on the flat duty at sale")
    if len(parts) == 1:
        amounts["landed_cost_per_item"] = single(parts[0].landed_cost_per_item)
    doubtful = doubts(amounts.values())
    collectors = " / ".join(dict.fromkeys(part.collector.word for part in parts))
    words: dict[str, Text] = {"collector": said(collectors), "market": request.market}
    return Answer("quote", request.asked, amounts, words, findings=worst_first((*findings, *doubtful)), law=law)


def _decide_lines(request: Request, law: Law) -> tuple[list[landed_cost.Decision], list[Finding]]:
    facts, findings = _facts_of_lines(request, law)
    parts = [landed_cost.decide(line, law) for line in facts]
    if len(facts) > 1 and _too_small_to_levy(request, parts, law):
        parts = [landed_cost.decide(replace(line, tax_relieved=True), law) for line in facts]
    return parts, [*findings, *(finding for part in parts for finding in part.findings)]


def _facts_of_lines(request: Request, law: Law) -> tuple[list[landed_cost.Facts], list[Finding]]:
    goods = [Figure.money(line.goods, request.currency, "goods value", path=f"lines[{n}].goods") for n, line in enumerate(request.lines)]
    whole = _whole(request, goods)
    shared = {
        name: _shared(Figure.money(getattr(request, name), request.currency, name, path=name), goods, f"share of the {name}")
        for name in ("freight", "insurance")
    }
    facts: list[landed_cost.Facts] = []
    findings: list[Finding] = []
    seen: set[str] = set()
    for n, line in enumerate(request.lines):
        terms, doubtful = _terms(request, line, law)
        findings.extend(finding.at(f"lines[{n}]") for finding in doubtful)
        facts.append(
            landed_cost.Facts(
                market=request.market, origin=line.origin or request.dispatched_from, business=request.business,
                channel=request.channel, mode=request.mode, schemes=request.schemes, tax_class=line.tax_class,
                currency=request.currency, goods=goods[n], freight=shared["freight"][n], insurance=shared["insurance"][n],
                items=_items(line, n), categories=_categories(line, seen), weight=_weight(line, n), terms=terms,
                tax_rate=_tax_rate(request), region=request.region, dispatched_from=request.dispatched_from, leads=n == 0, **whole,
            )
        )  # fmt: skip
    return facts, findings


def _whole(request: Request, goods: list[Figure]) -> dict[str, Any]:
    """Give the totals of a consignment of several lines; one line alone is its own whole."""
    if len(goods) == 1:
        return {}
    freight = Figure.money(request.freight, request.currency, "freight", path="freight")
    insurance = Figure.money(request.insurance, request.currency, "insurance", path="insurance")
    return {
        "consignment_goods": _total(goods, "goods of the consignment"),
        "consignment_freight": (freight + insurance).named("carriage of the consignment", per="term-carriage-to-border"),
        "consignment_items": _total([_items(line, n) for n, line in enumerate(request.lines)], "items of the consignment"),
        "tax_relieved": False,
    }


def _too_small_to_levy(request: Request, parts: list[landed_cost.Decision], law: Law) -> bool:
    """Tell whether the import tax of all lines together is so small that the market does not levy it."""
    key = law.key_for(request.market, "customs.relief_when_tax_up_to")
    if request.business != "parcel" or not law.knows(key):
        return False
    limit = law.amount(key)
    tax = _total([single(part.tax_at_import) for part in parts], "tax at import")
    here = law.rates.convert(tax, request.currency, limit.unit.currency or request.currency)
    return here.amount <= limit.amount


def _terms(request: Request, line: GoodsLine, law: Law) -> tuple[Terms | None, tuple[Finding, ...]]:
    if request.duty_rate is not None:
        return given_terms(Figure.percent(request.duty_rate, "duty rate", path="duty_rate")), ()
    tariffed = terms_of(law, request.market, normalise(line.hs_code), line.origin or request.dispatched_from, request.currency)
    return tariffed.terms, tariffed.findings


def _tax_rate(request: Request) -> Figure | None:
    return None if request.tax_rate is None else Figure.percent(request.tax_rate, "VAT rate", path="tax_rate")


def _items(line: GoodsLine, number: int) -> Figure:
    return Figure.of(line.items, "item", "items", path=f"lines[{number}].items")


def _weight(line: GoodsLine, number: int) -> Figure | None:
    return None if line.weight_kg is None else Figure.of(line.weight_kg, "kg", "weight", path=f"lines[{number}].weight_kg")


def _categories(line: GoodsLine, seen: set[str]) -> Figure:
    """Count a six-digit subheading once in a consignment: the first line that has it carries it."""
    code = normalise(line.hs_code)[:6] if line.hs_code else ""
    count = 0 if code in seen else 1
    seen.add(code)
    return Figure.of(count, "item", "item categories", path="hs_code")


def _shared(whole: Figure, goods: list[Figure], name: str) -> tuple[Figure, ...]:
    return (whole,) if len(goods) == 1 else allocate(whole, goods, name, per="term-allocation")


def _total(parts: list[Figure], name: str) -> Figure:
    if len(parts) == 1:
        return parts[0]
    whole = parts[0]
    for part in parts[1:]:
        whole = whole + part
    return whole.named(name, per="term-total")


def _faults(request: Request) -> tuple[Finding, ...]:
    faults = [*require_country(request.market, "to"), *require_country(request.dispatched_from, "from")]
    if not request.lines:
        faults.append(Finding("QUOTE-001", "error", "lines", "there are no goods to quote", "give --hs and --goods"))
    for place, line in enumerate(request.lines):
        faults.extend(_line_faults(line, f"lines[{place}]", request.currency))
        faults.extend(_code_faults(line, f"lines[{place}].hs_code") if line.hs_code or request.duty_rate is None else [])
    for name in ("freight", "insurance"):
        faults.extend(_money_faults(getattr(request, name), name, request.currency))
    return tuple(faults)


def _line_faults(line: GoodsLine, path: str, currency: str) -> list[Finding]:
    faults = _money_faults(line.goods, f"{path}.goods", currency)
    if line.items < 1:
        faults.append(
            Finding(
                "QUOTE-003", "error", f"{path}.items", said("{items} items cannot be sent", items=line.items), "give a whole number from 1"
            )
        )
    if line.weight_kg is not None and line.weight_kg <= 0:
        faults.append(Finding("QUOTE-004", "error", f"{path}.weight_kg", "a weight is more than zero", "give the weight in kg"))
    faults.extend(require_country(line.origin, f"{path}.origin") if line.origin else [])
    return faults


def _code_faults(line: GoodsLine, path: str) -> list[Finding]:
    """Report a code that nobody knows; whoever gives the duty rate may leave the code out."""
    try:
        code = normalise(line.hs_code)
    except HsCodeError as error:
        return [Finding("HS-001", "error", path, str(error), "give six to ten digits of the customs code")]
    if known(code[:6]):
        return []
    message = said("{code} is not a subheading of the Harmonized System 2022", code=code[:6])
    remedy = "look the code up in your tariff; the first six digits are the same everywhere"
    return [Finding("HS-404", "error", path, message, remedy)]


def _money_faults(amount: Decimal, path: str, currency: str) -> list[Finding]:
    faults = []
    if amount < 0:
        faults.append(Finding("QUOTE-002", "error", path, said("{amount} is negative", amount=amount), "give an amount from zero upwards"))
    if amount != amount.quantize(Decimal(1).scaleb(-minor_digits(currency))):
        message = said("{amount} has more digits than {currency} has", amount=amount, currency=currency)
        faults.append(Finding("QUOTE-005", "error", path, message, said("round it to {digits} digits", digits=minor_digits(currency))))
    return faults


__all__ = ["GoodsLine", "Request", "quote"]
