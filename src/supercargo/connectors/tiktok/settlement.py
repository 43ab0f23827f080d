"""The settlement statement: one row per order or adjustment, its fees side by side in up to a hundred columns that change their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.market.codes import ours
from supercargo.connectors.market.home import Home, home
from supercargo.connectors.market.parts import Part, differing, lines, with_difference
from supercargo.connectors.raw.amounts import bare
from supercargo.connectors.raw.header import locate, plain
from supercargo.connectors.raw.sift import Sift
from supercargo.connectors.raw.table import ROW
from supercargo.connectors.records.tables import table_of
from supercargo.connectors.tiktok.codes import (
    ADJUSTMENTS,
    COMMA_DECIMALS,
    KIND_OF,
    ORDER_ROWS,
    PARTS_OF,
    REFERENCE_ONLY,
    SETTLEMENT_COLUMNS,
    SETTLEMENT_REQUIRED,
)
from supercargo.connectors.tiktok.orders import order_of_dates
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw, Table
    from supercargo.connectors.records.mapped import Mapped

_NUMBER = r"^-?[\d.,' ]*\d[\d.,' ]*$"
_SHOWN = 5
_SUMS = frozenset({"total fees", "fees"})


def map_settlement(raw: Raw, context: Context) -> Mapped:
    """Map a statement to money lines, one per amount, with their settlements (by statement, else by day) and payouts.

    Every row's lines come to its Total settlement amount: what the columns leave open is a line of its own.
    """
    table = locate(raw, SETTLEMENT_COLUMNS, SETTLEMENT_REQUIRED)
    here = _home(table, context)
    sift = Sift(table, context, dates=order_of_dates(table, here, ("settled",)))
    sift.fault(sift.text("total").is_null(), "TT-031", "the settlement amount is missing")
    known, unknown = _parts(table)
    parts = _read(sift, here, [*known, *unknown])
    sift.rows = with_difference(sift.rows, parts, "total_minor")
    nothing = pl.all_horizontal(pl.col(part.read).fill_null(0) == 0 for part in parts) & (pl.col("total_minor") == 0)
    sift.skip(nothing, "TT-032", "settles nothing")
    findings = [
        *differing(sift.rows, "TT-033", "Total settlement amount", here.currency),
        *_not_known(sift.rows, unknown),
        *_strange_types(sift.rows),
    ]
    tables = {
        "money_line": _lines(sift.rows, parts, here),
        "settlement": _settlements(sift.rows, here),
        "payout": _payouts(sift.rows, here),
    }
    return sift.mapped(tables, findings, {"channel": here.channel, "parts": str(len(parts))})


def _home(table: Table, context: Context) -> Home:
    money = table.rows.get_column("money").str.strip_chars().str.to_uppercase()
    return home("tiktok", "TT", context, currencies=money.filter(money.str.contains(r"^[A-Z]{3}$")).unique().to_list())


def _parts(table: Table) -> tuple[list[Part], list[Part]]:
    """Find the columns of which the total consists: known ones that no finer one explains, and unknown ones that hold money."""
    ours_too = SETTLEMENT_COLUMNS.keys()
    begins = table.columns.index("total")
    ends = min((place for place, name in enumerate(table.columns) if _is_beyond(name) and place > begins), default=len(table.columns))
    names = {name: plain(name) for name in table.columns if name not in ours_too}
    present = frozenset(names.values())
    known = [
        Part(f"part {place}", name, KIND_OF[plain_name])
        for place, (name, plain_name) in enumerate(names.items())
        if plain_name in KIND_OF and plain_name not in _SUMS and not PARTS_OF.get(plain_name, frozenset()) & present
    ]
    between = [name for name in table.columns[begins:ends] if name in names and names[name] not in KIND_OF | dict.fromkeys(REFERENCE_ONLY)]
    unknown = [Part(f"strange {place}", name, "unclassified") for place, name in enumerate(between) if _holds_money(table.rows[name])]
    if "adjustment" in table.columns:
        known.append(Part("adjusted", "Adjustment amount", "unclassified"))
    return known, unknown


def _is_beyond(name: str) -> bool:
    return name == "related" or plain(name) in REFERENCE_ONLY


def _holds_money(cells: pl.Series) -> bool:
    texts = bare(cells).drop_nulls()
    return texts.len() > 0 and bool(texts.str.contains(_NUMBER).all())


def _read(sift: Sift, here: Home, parts: list[Part]) -> list[Part]:
    columns = [part.name if part.read != "adjusted" else "adjustment" for part in parts]
    comma = here.country in COMMA_DECIMALS
    sift.settle_decimal(["total", *columns], default="," if comma else ".", trust=comma)
    sift.amount("total_minor", "total", here.currency, found_in=("money_line", "amount_minor"))
    for part, column in zip(parts, columns, strict=True):
        sift.amount(part.read, column, here.currency, watch=False)
    sift.settle_order(["settled"])
    sift.day("settled_on", "settled", required=True)
    sift.whole("units", "quantity")
    by_day = pl.concat_str(pl.col("settled_on").cast(pl.String), pl.lit(" " + here.currency))
    reference = pl.col("reference").str.replace(r"\.0+$", "")
    is_order = pl.col("kind_of_row").str.to_lowercase().is_in(list(ORDER_ROWS))
    related = pl.when(sift.text("related").str.contains(r"^\d{6,}$")).then(sift.text("related"))
    sift.rows = sift.rows.with_columns(
        pl.coalesce(sift.text("statement"), by_day).alias("settlement_ref"), reference.alias("reference"),
        pl.when(is_order).then(reference).otherwise(related).alias("order_ref"), is_order.alias("is_order"),
        pl.when(sift.text("payment").str.contains(r"\d")).then(sift.text("payment")).alias("payment_ref"),
        ours(sift.rows.get_column("kind_of_row"), ADJUSTMENTS, "unclassified").alias("adjusted_kind"), sift.text("sku_id").alias("sku_ref"),
    )  # fmt: skip
    sift.keyed(["settlement_ref", "reference", "kind_of_row", "sku_ref", "total_minor"], occurrence=True, within=["settlement_ref"])
    return parts


def _lines(rows: pl.DataFrame, parts: list[Part], here: Home) -> pl.DataFrame:
    made = lines(
        rows, parts, settlement_ref=pl.col("settlement_ref"), order_ref=pl.col("order_ref"), transaction_ref=pl.col("reference"),
        their_type=pl.col("kind_of_row"), quantity=pl.col("units"), posted_on=pl.col("settled_on"), adjusted_kind=pl.col("adjusted_kind"),
        line_ref=pl.col("sku_ref"),
    )  # fmt: skip
    adjusted = (pl.col("their_name") == "Adjustment amount") & (pl.col("kind") == "unclassified")
    made = made.with_columns(
        pl.when(adjusted).then("adjusted_kind").otherwise("kind").alias("kind"), channel=pl.lit(here.channel), country=pl.lit(here.country),
        currency=pl.lit(here.currency), status=pl.lit("settled"),
    )  # fmt: skip
    return table_of("money_line", made.drop("adjusted_kind"))


def _settlements(rows: pl.DataFrame, here: Home) -> pl.DataFrame:
    made = rows.group_by("settlement_ref", maintain_order=True).agg(
        pl.col(ROW).min().alias("row"), pl.col("settled_on").min().alias("begins_on"), pl.col("settled_on").max().alias("ends_on"),
        pl.col("settled_on").max().alias("deposit_on"), pl.col("total_minor").sum(),
    )  # fmt: skip
    made = made.with_columns(key=pl.col("settlement_ref"), channel=pl.lit(here.channel), currency=pl.lit(here.currency))
    return table_of("settlement", made)


def _payouts(rows: pl.DataFrame, here: Home) -> pl.DataFrame:
    """Give what was paid: by the payment that the file names, else one open payout per settlement with money in it."""
    made = (
        rows.group_by(pl.coalesce("payment_ref", "settlement_ref").alias("payout_ref"), maintain_order=True)
        .agg(
            pl.col(ROW).min().alias("row"), pl.col("settlement_ref").unique().alias("refs"),
            pl.col("total_minor").sum().alias("amount_minor"),
            pl.col("settled_on").max().alias("sent_on"), pl.col("payment_ref").is_not_null().all().alias("is_paid"),
        )
        .filter(pl.col("amount_minor") > 0)
        .with_columns(
            pl.when(pl.col("refs").list.len() == 1).then(pl.col("refs").list.first()).alias("settlement_ref"), key=pl.col("payout_ref"),
            channel=pl.lit(here.channel), currency=pl.lit(here.currency),
            status=pl.when("is_paid").then(pl.lit("sent")).otherwise(pl.lit("open")),
        )
    )  # fmt: skip
    return table_of("payout", made.drop("refs", "is_paid"))


def _not_known(rows: pl.DataFrame, unknown: list[Part]) -> list[Finding]:
    filled = [part.name for part in unknown if (rows.get_column(part.read).fill_null(0) != 0).any()]
    if not filled:
        return []
    message = said("{count} columns of money are not known here: {names}", count=len(filled), names=", ".join(filled[:_SHOWN]))
    return [Finding("TT-034", "warning", "file", message, "their money is kept as not classified; tell us what they are")]


def _strange_types(rows: pl.DataFrame) -> list[Finding]:
    if "adjusted" not in rows.columns:
        return []
    odd = rows.filter((pl.col("adjusted").fill_null(0) != 0) & (pl.col("adjusted_kind") == "unclassified"))
    names = odd.get_column("kind_of_row").unique(maintain_order=True).to_list()
    if not names:
        return []
    message = said("{count} adjustments are of a type that is not known here: {names}", count=odd.height, names=", ".join(names[:_SHOWN]))
    return [Finding("TT-035", "note", "kind_of_row", message, "their money is kept as not classified; tell us what they are")]
