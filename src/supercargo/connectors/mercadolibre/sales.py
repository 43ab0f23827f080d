"""The sales report: charges negative, the total as it is paid; a package is a summary row with its products under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.market.home import Home, home
from supercargo.connectors.market.parts import Part, differing, lines, with_difference
from supercargo.connectors.mercadolibre.codes import (
    CHARGE_PARTS,
    COLUMNS,
    CURRENCY_OF_HEADING,
    PACKAGE,
    PARTS,
    REFERENCE_ONLY,
    REQUIRED,
    STATES,
    THEIR_NAME,
    YES,
)
from supercargo.connectors.raw.header import locate, plain
from supercargo.connectors.raw.sift import Sift
from supercargo.connectors.raw.table import ROW
from supercargo.connectors.records.tables import table_of
from supercargo.kernel.currency import minor_digits
from supercargo.kernel.finding import Finding, refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw, Table
    from supercargo.connectors.records.mapped import Mapped

_MICRO_DIGITS = 6
_SHOWN = 5


def map_sales(raw: Raw, context: Context) -> Mapped:
    """Map a sales report to order lines and to the money of each sale; the lines of a sale come to its Total.

    The Total is what is paid and is never computed: what the columns do not explain (taxes mostly) is a line of its own.
    """
    table = locate(raw, COLUMNS, REQUIRED)
    here = _home(raw, context)
    sift = Sift(table, context)
    sift.fault(pl.col("sale").str.contains(r"(?i)^\d+([.,]\d+)?e\+?\d+$"), "ML-011", "a number has lost its digits in a spreadsheet")
    sift.fault(~pl.col("sale").str.contains(r"^\d+(\.0+)?$"), "ML-012", "the number of the sale cannot be read")
    strange = _strange(table)
    _read(sift, here, strange)
    _packages(sift)
    parts = [*(Part(name, THEIR_NAME[name], kind) for name, kind in _present(sift)), *strange]
    sift.rows = with_difference(sift.rows, parts, "total_minor")
    counted = sift.rows.filter("counts")
    findings = [
        *differing(counted, "ML-021", "Total", here.currency),
        *_missing(sift.rows),
        *_not_known(counted, strange),
        *_unsaid(sift.rows),
    ]
    tables = {"order_line": _order_lines(sift, here), "money_line": _money_lines(counted, parts, here)}
    return sift.mapped(tables, findings, {"channel": here.channel, "currency": here.currency, "zone": here.zone})


def _home(raw: Raw, context: Context) -> Home:
    found = {match[1] for row in raw.headings for cell in row if (match := CURRENCY_OF_HEADING.search(cell.strip()))}
    if not found:
        remedy = "export the report again; the amounts' columns end in (MXN), (ARS), (CLP) or (BRL)"
        raise refuse("ML-004", "file", "no column names its currency", remedy)
    return home("mercadolibre", "ML", context, currencies=found)


def _strange(table: Table) -> list[Part]:
    """Find columns with a currency in their name, between the sales and the total, that are not known here."""
    begins, ends = table.columns.index("income"), table.columns.index("total")
    unknown = [
        name for name in table.columns[begins:ends]
        if name not in COLUMNS and CURRENCY_OF_HEADING.search(name) and plain(name) not in REFERENCE_ONLY
    ]  # fmt: skip
    return [Part(f"strange {place}", name, "unclassified") for place, name in enumerate(unknown)]


def _read(sift: Sift, here: Home, strange: list[Part]) -> None:
    present = [name for name in PARTS if sift.has(name)]
    sift.settle_decimal(["total", *present, *(part.name for part in strange)], default=".")
    for name in present:
        sift.rows = sift.rows.rename({name: f"{name} cell"})
        sift.amount(name, f"{name} cell", here.currency, watch=False)
    for part in strange:
        sift.amount(part.read, part.name, here.currency, watch=False)
    sift.amount("total_minor", "total", here.currency)
    sift.micros("unit_price_e6", "unit_price")
    sift.whole("quantity", "units")
    sift.settle_order(["sold"])
    sift.day("ordered_on", "sold", required=True)
    sift.instant("ordered_at", "sold", zone=here.zone)
    _choose_charge(sift)


def _choose_charge(sift: Sift) -> None:
    """Take the parts of the charge where they come to it exactly, else the charge itself."""
    finer = [name for name in CHARGE_PARTS if name in sift.rows.columns]
    if not finer:
        return
    whole = pl.sum_horizontal(finer) == pl.col("charge").fill_null(0)
    is_split = whole & pl.any_horizontal(pl.col(name).fill_null(0) != 0 for name in finer)
    sift.rows = sift.rows.with_columns(
        pl.when(is_split).then(None).otherwise("charge").alias("charge"),
        *(pl.when(is_split).then(pl.col(name)).alias(name) for name in finer),
    )


def _present(sift: Sift) -> list[tuple[str, str]]:
    return [(name, kind) for name, kind in PARTS.items() if sift.rows.schema.get(name) == pl.Int64]


def _packages(sift: Sift) -> None:
    """Tell package rows from the products under them, and where the money of each is counted.

    A summary row is one that says "Paquete de N productos"; its products are the N rows below it. Where the summary
    states a total, its money counts and that of its products does not.
    """
    columns = sift.rows.columns
    is_state = "state" in columns and columns.index("state") < columns.index("units")
    sift.rows = sift.rows.with_columns(
        pl.coalesce(sift.text("state") if is_state else pl.lit(None, pl.String), sift.text("state_text")).alias("said"),
        pl.col("sale").str.replace(r"\.0+$", "").alias("sale"), pl.int_range(pl.len()).alias("__at"),
        sift.text("in_package").str.to_lowercase().is_in(YES).fill_null(value=False).alias("__flag"),
    ).with_columns(pl.col("said").str.extract(PACKAGE, 1).cast(pl.Int64).alias("holds"))  # fmt: skip
    bare = (sift.text("sku").is_null() & sift.text("listing").is_null()) & pl.col("__flag")
    sift.rows = sift.rows.with_columns((pl.col("holds").is_not_null() | bare).alias("is_package"))
    sift.rows = sift.rows.with_columns(pl.col("is_package").cum_sum().alias("__group"))
    place = pl.col("__at") - pl.col("__at").min().over("__group")
    flagged = (~pl.col("__flag") & ~pl.col("is_package")).cum_sum().over("__group") == 0
    below = (pl.col("__group") > 0) & (place > 0) & pl.coalesce(place <= pl.col("holds").first().over("__group"), flagged)
    sift.rows = sift.rows.with_columns(below.alias("is_item"))
    first = pl.col("__group")
    sift.rows = sift.rows.with_columns(
        pl.when("is_item").then(pl.col("sale").first().over(first)).otherwise("sale").alias("order_ref"),
        (~pl.col("is_item") | pl.col("total_minor").first().over(first).is_null()).alias("counts"),
    )
    sift.keyed(["sale"])
    again = pl.int_range(1, pl.len() + 1).over("key", "is_package")
    sift.rows = sift.rows.with_columns(pl.when(again > 1).then(pl.concat_str("key", again, separator="|")).otherwise("key").alias("key"))


def _status(text: pl.Expr) -> pl.Expr:
    spoken = text.str.to_lowercase()
    status = pl.lit("unknown")
    for form, meaning in reversed(STATES):
        status = pl.when(spoken.str.contains(form)).then(pl.lit(meaning)).otherwise(status)
    return status


def _order_lines(sift: Sift, here: Home) -> pl.DataFrame:
    scale = 10 ** (_MICRO_DIGITS - minor_digits(here.currency))
    product = pl.col("unit_price_e6") * pl.col("quantity")
    computed = pl.when(product % scale == 0).then(product // scale)
    delivery = sift.text("delivery").str.to_lowercase()
    shipping = pl.col("shipping_income") if "shipping_income" in sift.rows.columns else pl.lit(None, pl.Int64)
    rows = sift.rows.filter(~pl.col("is_package")).select(
        pl.col(ROW).alias("row"), "key", "order_ref", "ordered_at", "ordered_on", "quantity", "unit_price_e6",
        pl.when("is_item").then("sale").alias("line_ref"), _status(pl.col("said")).alias("status"), sift.text("sku").alias("sku"),
        sift.text("title").alias("title"), sift.text("listing").alias("listing_ref"),
        pl.when("is_item").then(pl.coalesce("income", computed)).otherwise("income").alias("goods_minor"),
        pl.when(delivery.str.contains("full")).then(pl.lit("channel")).when(delivery.is_not_null()).then(pl.lit("seller")).alias("fulfilled_by"),
        pl.lit(here.channel).alias("channel"), pl.lit(here.currency).alias("currency"), pl.lit(here.country).alias("ship_country"),
        shipping.alias("shipping_minor"),
    )  # fmt: skip
    return table_of("order_line", rows)


def _money_lines(counted: pl.DataFrame, parts: list[Part], here: Home) -> pl.DataFrame:
    made = lines(
        counted, parts, order_ref=pl.col("order_ref"), transaction_ref=pl.col("sale"), posted_at=pl.col("ordered_at"),
        posted_on=pl.col("ordered_on"), their_type=pl.col("said"), quantity=pl.col("quantity"),
        status=pl.when(pl.col("total_minor").is_null()).then(pl.lit("open")).otherwise(pl.lit("settled")),
        sku=pl.when(pl.col("is_package")).then(None).otherwise(pl.col("sku").replace("", None)),
    )  # fmt: skip
    made = made.with_columns(channel=pl.lit(here.channel), currency=pl.lit(here.currency), country=pl.lit(here.country))
    return table_of("money_line", made)


def _missing(rows: pl.DataFrame) -> list[Finding]:
    """Name packages under which there are fewer products than they say."""
    found = rows.group_by("__group", maintain_order=True).agg(
        pl.col("sale").first(), pl.col("holds").first(), pl.col("is_item").sum().alias("items"), pl.col(ROW).first()
    )
    short = found.filter(pl.col("items") < pl.col("holds"))
    if not short.height:
        return []
    message = said(
        "{count} packages have fewer products under them than they say, such as {sale}", count=short.height, sale=short["sale"][0]
    )
    return [Finding("ML-022", "warning", f"rows[{short[ROW][0]}]", message, "export the report again without filters")]


def _not_known(counted: pl.DataFrame, strange: list[Part]) -> list[Finding]:
    filled = [part.name for part in strange if (counted.get_column(part.read).fill_null(0) != 0).any()]
    if not filled:
        return []
    message = said("{count} columns of money are not known here: {names}", count=len(filled), names=", ".join(filled[:_SHOWN]))
    return [Finding("ML-023", "warning", "file", message, "their money is kept as not classified; tell us what they are")]


def _unsaid(rows: pl.DataFrame) -> list[Finding]:
    odd = rows.filter(~pl.col("is_package") & (_status(pl.col("said")) == "unknown")).get_column("said").drop_nulls().unique().sort()
    if not odd.len():
        return []
    message = said(
        "{count} statuses are not known here: {names}; they are kept as unknown", count=odd.len(), names=", ".join(odd.head(_SHOWN))
    )
    return [Finding("ML-024", "note", "Estado", message, "tell us what they mean, so that they can be read next time")]
