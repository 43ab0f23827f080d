"""What the rules are measured against: the same quotes written by hand, in floats and in a Decimal loop.

Both know the law only as a table of bare parameters and explain nothing; the float version is also
wrong by a cent here and there, which the benchmark counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.bench.cases import CURRENCY, HS_CODES, MARKETS, SCHEMES
from supercargo.engines.customs.duty import terms_of
from supercargo.engines.tax.rates import tax_rate
from supercargo.kernel.figure import Figure

if TYPE_CHECKING:
    from supercargo.reference.law import Ladder, Law

CENT = Decimal("0.01")
COLUMNS = ("customs value", "customs duty", "tax at sale", "tax at import", "processing fees", "landed cost", "landed cost per item")


@dataclass(frozen=True, slots=True)
class Parameters:
    """The law of a market as a hand-written program would hard-code it; limits already in the quote's currency."""

    market: str
    hs_code: str
    cif: bool
    duty_rate: Decimal
    additional: tuple[Decimal, ...]
    duty_limit: Decimal
    on_cif: bool
    flat: Decimal
    per_item: bool
    tax_limit: Decimal
    tax_below: str
    vat: Decimal
    base: str
    fee: Decimal
    fee_limit: Decimal


def parameters(law: Law) -> list[Parameters]:
    """Boil the law of the benchmark's markets down to parameters; cases that it cannot hold are left out."""
    found = (_parameters(law, market, hs_code) for market in MARKETS for hs_code in HS_CODES)
    return [entry for entry in found if entry is not None]


def _parameters(law: Law, market: str, hs_code: str) -> Parameters | None:
    terms = terms_of(law, market, hs_code, "CN", CURRENCY).terms
    if (
        terms is None
        or set(terms.shape) - {"ad_valorem"} - {rate.name for rate in terms.additional}
        or not isinstance(terms.ad_valorem, Figure)
    ):
        return None
    duty = law.ladder(law.key_for(market, "customs.parcel_duty"))
    tax = law.ladder(law.key_for(market, "customs.parcel_tax"))
    if len(duty.bands) > 2 or len(tax.bands) > 2:  # noqa: PLR2004 - one limit is what it can hold
        return None
    fee, fee_limit = _fee(law, market)
    return Parameters(
        market=market,
        hs_code=hs_code,
        cif=law.choice(law.key_for(market, "customs.valuation_basis")) == "CIF",
        duty_rate=terms.ad_valorem.amount,
        additional=tuple(rate.amount for rate in terms.additional if isinstance(rate, Figure)),
        duty_limit=Decimal(-1) if duty.bands[0].scheme and duty.bands[0].scheme not in SCHEMES else _limit(law, duty),
        on_cif=duty.measure == "cif",
        flat=duty.bands[0].flat.amount if duty.bands[0].flat is not None else Decimal(0),
        per_item=tax.per == "item",
        tax_limit=_limit(law, tax),
        tax_below=_below(law, tax),
        vat=tax_rate(law, market, "standard")[0].amount,
        base=law.choice(law.key_for(market, "customs.vat_base")),
        fee=fee,
        fee_limit=fee_limit,
    )


def _limit(law: Law, ladder: Ladder) -> Decimal:
    top = ladder.bands[0].up_to
    return Decimal(-1) if top is None else top.amount / law.rates.rate(CURRENCY, ladder.currency).amount


def _below(law: Law, ladder: Ladder) -> str:
    band = ladder.bands[0]
    if band.treatment != "at_sale":
        return band.treatment
    registration = band.registration
    if band.scheme in SCHEMES:
        return "at_sale"
    if band.when_unregistered == "free" and registration and law.amount(registration).amount > 0:
        return "free"
    return "at_import" if band.optional or band.when_unregistered == "at_import" else "at_sale"


def _fee(law: Law, market: str) -> tuple[Decimal, Decimal]:
    """Sum the flat fees of a market; a hand-written program would write them down as one number."""
    for fact in law.fees(market):
        if "parcel" in fact.extra.get("applies_to", ()) and "express" in (fact.extra.get("modes") or ("express",)):
            fee = law.fee(fact.key)
            if fee.amount is not None and fee.over is None:
                currency = next(base for base, power in fee.amount.unit.powers if power == 1)
                here = fee.amount.amount / law.rates.rate(CURRENCY, currency).amount
                limit = (
                    Decimal(10**9)
                    if fee.up_to is None
                    else fee.up_to.amount / law.rates.rate(CURRENCY, fee.up_to.unit.currency or currency).amount
                )
                return here.quantize(CENT, ROUND_HALF_UP), limit
    return Decimal(0), Decimal(0)


def float_table(entries: list[Parameters]) -> pl.DataFrame:
    """Put the parameters into a table of floats to join with."""
    return pl.DataFrame(
        {
            "market": [entry.market for entry in entries],
            "hs_code": [entry.hs_code for entry in entries],
            "cif": [entry.cif for entry in entries],
            "duty_rate": [float(entry.duty_rate) for entry in entries],
            "more_rate": [float(sum(entry.additional, Decimal(0))) for entry in entries],
            "duty_limit": [float(entry.duty_limit) for entry in entries],
            "on_cif": [entry.on_cif for entry in entries],
            "flat": [float(entry.flat) for entry in entries],
            "tax_limit": [float(entry.tax_limit) for entry in entries],
            "per_item": [entry.per_item for entry in entries],
            "at_sale": [entry.tax_below == "at_sale" for entry in entries],
            "vat": [float(entry.vat) for entry in entries],
            "fob_base": [entry.base == "fob+duty" for entry in entries],
            "taxed": [entry.base != "none" for entry in entries],
            "below_taxed": [entry.tax_below == "at_import" for entry in entries],
            "fee": [float(entry.fee) for entry in entries],
            "fee_limit": [float(entry.fee_limit) for entry in entries],
        }
    ).with_columns(pl.col("market").cast(pl.Enum(MARKETS)), pl.col("hs_code").cast(pl.Enum(HS_CODES)))


def float_expression(frame: pl.LazyFrame, table: pl.DataFrame) -> pl.LazyFrame:
    """Compute the quotes as a careful person would by hand in Polars: floats, one join, a few expressions."""
    goods, carriage = pl.col("goods") / 100, (pl.col("freight") + pl.col("insurance")) / 100
    joined = frame.join(table.lazy(), on=["market", "hs_code"], how="inner", maintain_order="left")
    first = joined.with_columns(goods.alias("g"), (goods + carriage).alias("cif_value"))
    second = first.with_columns(
        pl.when("cif").then("cif_value").otherwise("g").alias("customs value"),
        pl.when("on_cif").then("cif_value").otherwise("g").alias("measured"),
    ).with_columns(
        (pl.col("measured") <= pl.col("duty_limit")).alias("low"),
        (pl.col("measured") <= pl.col("tax_limit") * pl.when("per_item").then(pl.col("items")).otherwise(1)).alias("small"),
    )
    by_tariff = (pl.col("customs value") * pl.col("duty_rate")).round(2) + (pl.col("customs value") * pl.col("more_rate")).round(2)
    third = second.with_columns(
        pl.when("low").then("flat").otherwise(by_tariff).alias("customs duty"),
        pl.when(pl.col("g") <= pl.col("fee_limit")).then("fee").otherwise(0.0).alias("processing fees"),
    )
    base = pl.when("fob_base").then(pl.col("g")).otherwise(pl.col("cif_value")) + pl.col("customs duty")
    at_border = pl.col("taxed") & (~pl.col("small") | pl.col("below_taxed"))
    at_sale = (pl.col("cif_value") * pl.col("vat")).round(2) + (pl.when("low").then("flat").otherwise(0.0) * pl.col("vat")).round(2)
    fourth = third.with_columns(
        pl.when(pl.col("small") & pl.col("at_sale")).then(at_sale).otherwise(0.0).alias("tax at sale"),
        pl.when(at_border).then((base * pl.col("vat")).round(2)).otherwise(0.0).alias("tax at import"),
    )
    landed = pl.col("cif_value") + pl.col("customs duty") + pl.col("tax at sale") + pl.col("tax at import") + pl.col("processing fees")
    fifth = fourth.with_columns(landed.alias("landed cost"))
    return fifth.with_columns((pl.col("landed cost") / pl.col("items")).round(2).alias("landed cost per item")).select(*COLUMNS)


def decimal_loop(rows: list[dict[str, Any]], entries: dict[tuple[str, str], Parameters]) -> list[dict[str, Any]]:
    """Compute the quotes one by one in plain Decimals, keeping every named step, as the columns do."""
    return [decimal_quote(row, entries[row["market"], row["hs_code"]]) for row in rows if (row["market"], row["hs_code"]) in entries]


def decimal_quote(row: dict[str, Any], law: Parameters) -> dict[str, Any]:
    """Compute one quote in plain Decimals: the named steps of the rules, each kept under its name."""
    step: dict[str, Any] = {"goods value": Decimal(row["goods"]).scaleb(-2)}
    step["freight"], step["insurance"] = Decimal(row["freight"]).scaleb(-2), Decimal(row["insurance"]).scaleb(-2)
    step["items"], step["weight"] = Decimal(row["items"]), Decimal(row["weight_g"]).scaleb(-3)
    step["carriage and insurance"] = step["freight"] + step["insurance"]
    step["CIF value"] = step["goods value"] + step["carriage and insurance"]
    step["customs value"] = step["CIF value"] if law.cif else step["goods value"]
    _decimal_duty(step, law)
    _decimal_tax(step, law)
    step["processing fees"] = law.fee if step["goods value"] <= law.fee_limit else Decimal(0)
    step["charges on the import"] = step["customs duty"] + step["tax on the import"] + step["processing fees"]
    step["landed cost"] = step["CIF value"] + step["charges on the import"]
    step["landed cost per item"] = _cents(step["landed cost"] / step["items"])
    return step


def _decimal_duty(step: dict[str, Any], law: Parameters) -> None:
    value = step["customs value"]
    step["measured value"] = step["CIF value"] if law.on_cif else step["goods value"]
    step["within the duty limit"] = step["measured value"] <= law.duty_limit
    step["ad valorem duty"] = _cents(value * law.duty_rate)
    step["additional duties"] = sum((_cents(value * rate) for rate in law.additional), Decimal(0))
    step["duty by the tariff"] = step["ad valorem duty"] + step["additional duties"]
    step["customs duty"] = law.flat if step["within the duty limit"] else step["duty by the tariff"]
    step["flat duty owed"] = law.flat if step["within the duty limit"] else Decimal(0)


def _decimal_tax(step: dict[str, Any], law: Parameters) -> None:
    limit = law.tax_limit * (step["items"] if law.per_item else 1)
    step["within the tax limit"] = step["measured value"] <= limit
    step["sale VAT base"] = step["goods value"] + step["carriage and insurance"]
    step["sale VAT"] = _cents(step["sale VAT base"] * law.vat)
    step["VAT on the flat duty"] = _cents(step["flat duty owed"] * law.vat)
    step["import VAT base"] = (step["goods value"] if law.base == "fob+duty" else step["CIF value"]) + step["customs duty"]
    step["import VAT"] = _cents(step["import VAT base"] * law.vat)
    sold = step["within the tax limit"] and law.tax_below == "at_sale"
    step["tax at sale"] = step["sale VAT"] + step["VAT on the flat duty"] if sold else Decimal(0)
    at_border = law.base != "none" and (not step["within the tax limit"] or law.tax_below == "at_import")
    step["tax at import"] = step["import VAT"] if at_border else Decimal(0)
    step["tax on the import"] = step["tax at sale"] + step["tax at import"]


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)
