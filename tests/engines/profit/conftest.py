"""Random lines of a company: currencies of zero, two and three decimals, negatives, ties of rounding, unknown amounts."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
from hypothesis import strategies as st

from supercargo.engines.accounting.kinds import KINDS
from supercargo.engines.accounting.profit.lines import profit_lines

FIRST = date(2024, 2, 27)
PLANNING = {
    ("EUR", "USD"): Decimal("1.25"),
    ("EUR", "JPY"): Decimal(160),
    ("EUR", "KWD"): Decimal("0.335"),
    ("EUR", "GBP"): Decimal("0.84"),
}
"""One euro is 1.25 dollars: 5 cents are exactly 4 euro cents, 0.02 USD is a tie."""
CURRENCIES = ("EUR", "USD", "JPY", "KWD", "GBP")
amounts = st.one_of(
    st.none(),
    st.integers(-10, 10),
    st.sampled_from((125, -125, 2, -2, 1, -1, 335, -335, 8_000, -8_000)),
    st.integers(-(10**9), 10**9),
)


@st.composite
def tables(draw):
    rows = draw(st.lists(line(), min_size=1, max_size=25))
    return profit_lines(
        pl.DataFrame(
            rows,
            schema_overrides={"posted_on": pl.Date, "sku": pl.String, "amount_minor": pl.Int64, "quantity": pl.Int64},
            infer_schema_length=None,
        )
    )


@st.composite
def line(draw):
    ordered = FIRST + timedelta(days=draw(st.integers(0, 5)))
    kind = draw(st.sampled_from(tuple(KINDS)))
    return {
        "order_on": ordered,
        "posted_on": draw(st.one_of(st.none(), st.just(ordered + timedelta(days=2)))),
        "channel": draw(st.sampled_from(("amazon-de", "shopify"))),
        "country": draw(st.sampled_from(("DE", "JP"))),
        "sku": draw(st.sampled_from(("TEE", None))),
        "kind": kind,
        "currency": draw(st.sampled_from(CURRENCIES)),
        "amount_minor": draw(amounts),
        "quantity": draw(st.integers(-3, 3)) if kind in ("sale_goods", "refund_goods") else None,
        "estimated": draw(st.booleans()),
        "noun": "money_line",
        "record_id": 1,
        "document_id": 1,
        "row": 2,
    }
