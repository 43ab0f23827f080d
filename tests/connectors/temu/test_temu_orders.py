"""The orders export of Temu: items without amounts, because none are proven."""

from datetime import date

import polars as pl

from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content
from supercargo.connectors.records.tables import table_of
from supercargo.connectors.temu.formats import FORMATS
from supercargo.connectors.temu.orders import map_orders
from supercargo.connectors.temu.render import render_orders

LINES = table_of(
    "order_line",
    pl.DataFrame(
        {
            "row": [2, 3], "key": ["PO-211-01|211-1", "PO-211-02|211-2"], "channel": "temu", "order_ref": ["PO-211-01", "PO-211-02"],
            "line_ref": ["211-1", "211-2"], "ordered_on": [date(2026, 1, 15), date(2026, 1, 16)], "status": ["shipped", "cancelled"],
            "sku": ["MUG", "CUP"], "title": "Mug", "listing_ref": ["17", "18"], "quantity": [2, 1], "ship_country": ["DE", "US"],
            "fulfilled_by": "seller",
        }
    ),
)  # fmt: skip


def test_what_is_written_is_read_again_and_no_amount_is_invented():
    raw = read_content(render_orders(LINES), "o.xlsx")
    again = map_orders(raw, Context()).tables["order_line"]
    assert again.rows(named=True) == LINES.rows(named=True)
    assert again["goods_minor"].null_count() == 2
    assert FORMATS[0].certainty(raw) == 100


def test_an_order_number_of_another_form_is_a_fault():
    lines = LINES.with_columns(order_ref=pl.Series(["PO-211-01", "4711"]))
    outcome = map_orders(read_content(render_orders(lines), "o.xlsx"), Context()).outcome
    assert outcome.filter(pl.col("status") == "fault").select("row", "code").rows() == [(3, "TMU-012")]
