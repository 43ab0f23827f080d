"""The detailed inventory ledger -> every movement of stock: received, sold, returned, moved, lost, found, damaged, disposed of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.amazon.codes import CODES, translated
from supercargo.connectors.amazon.marketplaces import POOL_OF_COUNTRY, country_of
from supercargo.connectors.raw import header
from supercargo.connectors.raw.days import decide_order
from supercargo.connectors.raw.sift import Sift
from supercargo.kernel.finding import Finding, Refused
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw
    from supercargo.connectors.records.mapped import Mapped

COLUMNS: dict[str, tuple[str, ...]] = {
    "Date": (),
    "FNSKU": (),
    "ASIN": (),
    "MSKU": (),
    "Title": (),
    "EventType": ("Event Type",),
    "ReferenceID": ("Reference ID",),
    "Quantity": (),
    "FulfillmentCenter": ("Fulfillment Center",),
    "Disposition": (),
    "Reason": (),
    "Country": (),
    "ReconciledQuantity": ("Reconciled Quantity",),
    "UnreconciledQuantity": ("Unreconciled Quantity",),
    "Date and Time": ("DateAndTime",),
}
OFFICIAL = tuple(COLUMNS)[:-1]
REQUIRED = ("Date", "MSKU", "EventType", "Quantity", "Disposition", "Country")
_IDENTITY = ("Date", "FNSKU", "MSKU", "EventType", "ReferenceID", "Quantity", "FulfillmentCenter", "Disposition", "Reason", "Country")


def certainty(raw: Raw) -> int:
    """Tell how sure the file is a detailed inventory ledger."""
    return header.certainty(raw, COLUMNS, REQUIRED, ("ReferenceID", "FulfillmentCenter", "ReconciledQuantity"))


def map_ledger(raw: Raw, context: Context) -> Mapped:
    """Map the movements; damage is a pair of rows, out of one disposition and into the other.

    Raises:
        Refused: what the reader raises.

    Findings:
        AMZ-107 kinds of event or reasons that are not known; they are kept as adjustments.
    """
    table = header.locate(raw, COLUMNS, REQUIRED)
    sift = Sift(table, context, decimal=".", dates=_order(table.rows.get_column("Date"), context))
    sift.whole("moved", "Quantity")
    sift.fault(pl.col("moved").is_null(), "AMZ-118", "the movement has no quantity")
    sift.day("moved_on", "Date", required=True)
    countries = {code: country_of(code) for code in sift.rows.get_column("Country").unique() if code}
    sift.rows = sift.rows.with_columns(translated(pl.col("Country"), countries).alias("__country"))
    pools = translated(pl.col("__country"), dict(POOL_OF_COUNTRY))
    sift.fault(pools.is_null(), "AMZ-119", "the country has no warehouse of Amazon that is known")
    sift.rows = sift.rows.with_columns(pools.alias("__pool"), _kind(sift).alias("__kind"))
    sift.keyed([name for name in _IDENTITY if sift.has(name)], occurrence=True)
    moves = sift.record(
        "stock_move",
        channel=pl.concat_str([pl.lit("amazon-"), pl.col("__pool")]),
        warehouse=pl.concat_str([pl.lit("fba-"), pl.col("__pool")]),
        country="__country",
        moved_on="moved_on",
        sku=sift.text("MSKU"),
        kind="__kind",
        quantity="moved",
        reference=sift.text("ReferenceID"),
        reason=sift.text("Reason"),
        disposition=sift.text("Disposition"),
    )
    return sift.mapped({"stock_move": moves}, _strange(sift))


def _order(dates: pl.Series, context: Context) -> str:
    """The report writes the month first; days above twelve in the first place say otherwise."""
    try:
        return decide_order([dates], context.dates)
    except Refused as refusal:
        if refusal.findings[0].code == "RAW-030":
            return "mdy"
        raise


_REASONS: dict[str, str] = CODES["ledger_reasons"]
_EVENTS: dict[str, str] = CODES["ledger_events"]
_PLAIN_REASONS = ("P", "Q", "O", "G", "J", "I", "1", "2", "3", "4", "V", "W")


def _kind(sift: Sift) -> pl.Expr:
    reason = sift.text("Reason")
    adjusted = translated(reason, _REASONS, pl.lit("adjustment")).fill_null("adjustment")
    return translated(pl.col("EventType").str.replace_all(" ", ""), _EVENTS, adjusted)


def _strange(sift: Sift) -> list[Finding]:
    event = pl.col("EventType").str.replace_all(" ", "")
    unknown_event = ~event.is_in([*_EVENTS, "Adjustments"])
    unknown_reason = (event == "Adjustments") & ~sift.text("Reason").is_in([*_REASONS, *_PLAIN_REASONS]).fill_null(value=True)
    rows = sift.rows.filter(unknown_event | unknown_reason)
    if not rows.height:
        return []
    names = rows.select(pl.concat_str([event, pl.col("Reason") if sift.has("Reason") else pl.lit("")], separator=" ")).to_series()
    listed = ", ".join(sorted({name.strip() for name in names})[:5])
    message = said("{count} movements are of a kind that is not known: {names}", count=rows.height, names=listed)
    return [Finding("AMZ-107", "warning", "file", message, "they are kept as adjustments; report the names so that they are added")]
