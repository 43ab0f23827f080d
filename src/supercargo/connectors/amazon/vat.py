"""The VAT transactions report -> one line of tax per activity, and the movements of stock between countries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.amazon.codes import CODES, translated
from supercargo.connectors.amazon.marketplaces import ACCOUNT_EU, POOL_OF_COUNTRY, country_of, with_channels
from supercargo.connectors.amazon.repeats import NUMBER, with_numbers
from supercargo.connectors.amazon.vat_columns import COLUMNS, REQUIRED
from supercargo.connectors.raw import header
from supercargo.connectors.raw.sift import Sift
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw
    from supercargo.connectors.records.mapped import Mapped

MONEY = {
    "net_minor": "TOTAL_ACTIVITY_VALUE_AMT_VAT_EXCL",
    "tax_minor": "TOTAL_ACTIVITY_VALUE_VAT_AMT",
    "gross_minor": "TOTAL_ACTIVITY_VALUE_AMT_VAT_INCL",
}
_ORDER = r"^(?:\d{3}|S\d{2})-\d{7}-\d{7}$"
_DAMAGED_CODE = r"^\d+\.0$|^\d(?:\.\d+)?E\+\d+$"
_MOJIBAKE = "Ã[\u0080-\u00bf]|Ã[¼¶¤©¨±]|Å[‚„]|â‚¬|\ufffd"
_MOVES = {"FC_TRANSFER": "transfer", "INBOUND": "receipt", "RETURN": "return"}
_TAXED = ("sale", "refund")
_WHOLE = 1_000_000
"""A rate over this many parts per million was written in percent."""
_PLACES = ("DEPARTURE_COUNTRY", "ARRIVAL_COUNTRY", "SALE_DEPART_COUNTRY", "SALE_ARRIVAL_COUNTRY", "VAT_CALCULATION_IMPUTATION_COUNTRY")


def certainty(raw: Raw) -> int:
    """Tell how sure the file is a VAT transactions report."""
    return header.certainty(raw, COLUMNS, REQUIRED, ("DEPATURE_CITY", "TAXABLE_JURISDICTION", "PRICE_OF_ITEMS_VAT_RATE_PERCENT"))


def map_vat(raw: Raw, context: Context) -> Mapped:
    """Map the report; transfers and returns have no amounts, and an empty amount is unknown, not zero.

    Raises:
        Refused: what the reader raises.

    Findings:
        AMZ-105 a marketplace that is not known, AMZ-108 net and tax do not make gross, AMZ-140 postcodes that a
        spreadsheet damaged, AMZ-141 letters that were read in the wrong encoding, AMZ-142 costs without a currency.
    """
    sift = Sift(header.locate(raw, COLUMNS, REQUIRED), context, dates="dmy")
    sift.fault(pl.col("TRANSACTION_TYPE") == "", "AMZ-143", "the row does not say what kind of transaction it is")
    currency = pl.when(pl.col("TRANSACTION_CURRENCY_CODE") != "").then(pl.col("TRANSACTION_CURRENCY_CODE").str.to_uppercase())
    no_money = pl.all_horizontal(pl.col(name) == "" for name in MONEY.values() if sift.has(name))
    sift.fault(currency.is_null() & ~no_money, "AMZ-115", "the row has amounts and no currency")
    findings = [*_damaged(sift), *_without_currency(sift)]
    sift.settle_decimal([*MONEY.values(), "COST_PRICE_OF_ITEMS"], default=".", trust=True)
    for out, column in MONEY.items():
        sift.amount(out, column, currency, found_in=("tax_line", out))
    sift.amount("cost_minor", column="COST_PRICE_OF_ITEMS", currency=currency)
    sift.whole("quantity", "QTY")
    sift.ppm("rate", "PRICE_OF_ITEMS_VAT_RATE_PERCENT")
    _read_days(sift)
    findings += _settle_places(sift, context)
    _key(sift)
    lines = _lines(sift, currency)
    return sift.mapped({"tax_line": lines, "stock_move": _moves(sift)}, [*findings, *_unequal(lines)])


def _read_days(sift: Sift) -> None:
    for name in ("TAX_CALCULATION_DATE", "TRANSACTION_COMPLETE_DATE", "TRANSACTION_ARRIVAL_DATE", "TRANSACTION_DEPART_DATE"):
        sift.day(f"{name}_on", name)


def _settle_places(sift: Sift, context: Context) -> list[Finding]:
    """Write countries as ISO does, and give every row its channel; what names no marketplace is the European account's."""
    if not sift.has("MARKETPLACE"):
        sift.rows = sift.rows.with_columns(pl.lit("").alias("MARKETPLACE"))
    sift.rows = with_channels(sift.rows, "MARKETPLACE")
    codes = {code for name in _PLACES if sift.has(name) for code in sift.rows.get_column(name).unique() if code}
    iso = {code: country_of(code) for code in codes}
    sift.rows = sift.rows.with_columns(translated(sift.text(name), iso).alias(f"{name}_iso") for name in _PLACES)
    sift.rows = sift.rows.with_columns(pl.coalesce("named_channel", pl.lit(context.channel or ACCOUNT_EU)).alias("channel"))
    strange = sift.rows.filter((pl.col("MARKETPLACE") != "") & pl.col("named_channel").is_null()).get_column("MARKETPLACE").unique().sort()
    message = said("the marketplace {name} is not known", name=", ".join(strange))
    remedy = "its lines are booked to the account; report the name so that it is added"
    return [Finding("AMZ-105", "warning", "file", message, remedy)] if strange.len() else []


def _key(sift: Sift) -> None:
    identity = ["TRANSACTION_TYPE", "TRANSACTION_EVENT_ID", "ACTIVITY_TRANSACTION_ID", "SELLER_SKU"]
    sift.rows = with_numbers(sift.rows, identity)
    sift.keyed([*identity, NUMBER])


def _lines(sift: Sift, currency: pl.Expr) -> pl.DataFrame:
    kind = translated(pl.col("TRANSACTION_TYPE").str.to_uppercase(), CODES["tax_types"], pl.col("TRANSACTION_TYPE").str.to_lowercase())
    scheme = sift.text("TAX_REPORTING_SCHEME")
    has_number = sift.text("BUYER_VAT_NUMBER").is_not_null()
    event = sift.text("TRANSACTION_EVENT_ID")
    return sift.record(
        "tax_line",
        channel="channel",
        transaction_type=kind,
        transaction_ref=event,
        activity_ref=sift.text("ACTIVITY_TRANSACTION_ID"),
        order_ref=pl.when(event.str.contains(_ORDER)).then(event),
        sku=sift.text("SELLER_SKU"),
        quantity="quantity",
        currency=currency,
        **{out: pl.col(out) for out in MONEY},
        rate_ppm=pl.when(pl.col("rate") > _WHOLE).then(pl.col("rate") // 100).otherwise(pl.col("rate")),
        tax_point_on=pl.coalesce("TAX_CALCULATION_DATE_on", "TRANSACTION_COMPLETE_DATE_on"),
        dispatched_from=pl.coalesce("SALE_DEPART_COUNTRY_iso", "DEPARTURE_COUNTRY_iso"),
        arrives_in=pl.coalesce("SALE_ARRIVAL_COUNTRY_iso", "ARRIVAL_COUNTRY_iso"),
        taxed_in="VAT_CALCULATION_IMPUTATION_COUNTRY_iso",
        scheme=translated(scheme.str.to_uppercase(), CODES["tax_schemes"], scheme.str.to_lowercase()),
        collected_by=sift.text("TAX_COLLECTION_RESPONSIBILITY").str.to_lowercase(),
        is_business=pl.when(kind.is_in(_TAXED) | has_number).then(has_number),
        cost_minor="cost_minor",
    )


def _moves(sift: Sift) -> pl.DataFrame:
    """Movements of stock that stands with Amazon; the merchant's own parcels move nothing there."""
    every = sift.rows
    pools = dict(POOL_OF_COUNTRY)
    sift.rows = every.with_columns(
        translated(pl.col("ARRIVAL_COUNTRY_iso"), pools).alias("__to"),
        translated(pl.col("DEPARTURE_COUNTRY_iso"), pools).alias("__from"),
        translated(pl.col("TRANSACTION_TYPE").str.to_uppercase(), _MOVES).alias("__move"),
    ).filter(pl.col("__move").is_not_null() & pl.col("__to").is_not_null() & sift.text("SALES_CHANNEL").ne_missing("MFN"))
    transfer = pl.col("__move") == "transfer"
    stands_in = pl.when(transfer).then(pl.coalesce("__from", "__to")).otherwise(pl.col("__to"))
    moves = sift.record(
        "stock_move",
        channel=pl.concat_str([pl.lit("amazon-"), stands_in]),
        warehouse=pl.concat_str([pl.lit("fba-"), stands_in]),
        to_warehouse=pl.when(transfer).then(pl.concat_str([pl.lit("fba-"), pl.col("__to")])),
        country=pl.when(transfer).then(pl.col("DEPARTURE_COUNTRY_iso")).otherwise(pl.col("ARRIVAL_COUNTRY_iso")),
        to_country=pl.when(transfer).then(pl.col("ARRIVAL_COUNTRY_iso")),
        moved_on=pl.coalesce("TRANSACTION_ARRIVAL_DATE_on", "TRANSACTION_COMPLETE_DATE_on", "TRANSACTION_DEPART_DATE_on"),
        sku=sift.text("SELLER_SKU"),
        kind="__move",
        quantity="quantity",
        reference=sift.text("TRANSACTION_EVENT_ID"),
        reason=pl.col("TRANSACTION_TYPE"),
    )
    sift.rows = every
    return moves


def _damaged(sift: Sift) -> Iterable[Finding]:
    codes = [name for name in ("DEPARTURE_POST_CODE", "ARRIVAL_POST_CODE") if sift.has(name)]
    texts = [name for name in ("ITEM_DESCRIPTION", "DEPATURE_CITY", "ARRIVAL_CITY") if sift.has(name)]
    broken = _count(sift, codes, _DAMAGED_CODE)
    if broken:
        message = said("{count} rows have a postcode that a spreadsheet turned into a number", count=broken)
        yield Finding(
            "AMZ-140", "warning", "file", message, "import the file as Amazon gives it, before any program has opened and saved it"
        )
    garbled = _count(sift, texts, _MOJIBAKE)
    if garbled:
        message = said("{count} rows have letters that were once read in the wrong encoding", count=garbled)
        yield Finding("AMZ-141", "note", "file", message, "amounts are not touched by it; download the file again if you need the texts")


def _count(sift: Sift, columns: list[str], pattern: str) -> int:
    if not columns:
        return 0
    found = pl.any_horizontal(pl.col(name).str.contains(pattern) for name in columns)
    return int(sift.rows.select(found.sum()).item())


def _without_currency(sift: Sift) -> Iterable[Finding]:
    """A cost whose currency nobody names is unknown; the movement that carries it is not."""
    if not sift.has("COST_PRICE_OF_ITEMS"):
        return
    loose = (pl.col("TRANSACTION_CURRENCY_CODE") == "") & (pl.col("COST_PRICE_OF_ITEMS") != "")
    count = int(sift.rows.select(loose.sum()).item())
    if count:
        cost = pl.when(loose).then(pl.lit("")).otherwise(pl.col("COST_PRICE_OF_ITEMS"))
        sift.rows = sift.rows.with_columns(cost.alias("COST_PRICE_OF_ITEMS"))
        message = said("{count} rows have a cost price without a currency", count=count)
        yield Finding("AMZ-142", "note", "file", message, "the cost of these rows is left unknown")


def _unequal(lines: pl.DataFrame) -> Iterable[Finding]:
    wrong = lines.filter(pl.col("net_minor") + pl.col("tax_minor") != pl.col("gross_minor"))
    if wrong.height:
        rows = ", ".join(map(str, wrong.get_column("row").head(5)))
        message = said("in {count} rows net and tax do not make gross: rows {rows}", count=wrong.height, rows=rows)
        yield Finding("AMZ-108", "warning", "file", message, "compare these rows with Amazon's invoices")
