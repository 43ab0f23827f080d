"""What is written is read back, and no row is ever lost."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.connectors.catalogue import Product, parse, render
from supercargo.connectors.catalogue.codes import FIELDS, TAX_CLASSES

PLAIN = (
    st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=12)
    .map(str.strip)
    .filter(lambda text: text == "".join(text.split()))
)
TITLES = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), max_size=20).filter(lambda text: not text.startswith("'"))
AMOUNTS = st.decimals(min_value=Decimal("0.01"), max_value=10**5, places=3, allow_nan=False, allow_infinity=False)
MAYBE_COUNTS = st.none() | st.integers(1, 10**6)


@st.composite
def products(draw):
    price = draw(st.none() | AMOUNTS)
    return Product(
        draw(PLAIN), draw(PLAIN), draw(TITLES), draw(st.sampled_from(["610910", "61091000", "6109100090", "090121"])), draw(st.sampled_from(["CN", "VN", "DE"])),
        draw(AMOUNTS), draw(st.sampled_from(["CNY", "JPY", "KWD"])), draw(AMOUNTS), draw(AMOUNTS), draw(AMOUNTS), draw(AMOUNTS), draw(st.sampled_from(["clothing", "everything_else"])),
        draw(st.sampled_from(sorted(TAX_CLASSES))), draw(st.sampled_from(["none", "contained", "packed", "alone"])), draw(MAYBE_COUNTS), price, None if price is None else "EUR",
        draw(MAYBE_COUNTS), draw(MAYBE_COUNTS), draw(st.none() | AMOUNTS), draw(st.none() | AMOUNTS), draw(st.none() | AMOUNTS), draw(st.none() | AMOUNTS),
    )  # fmt: skip


def _numbered(found):
    return tuple(replace(product, row=row) for row, product in enumerate(found, start=2))


@pytest.mark.slow
@given(st.lists(products(), min_size=1, max_size=4, unique_by=lambda product: product.sku))
def test_what_render_writes_parse_reads_back(found):
    expected = _numbered(found)
    catalogue = parse(render(expected))
    assert [finding for finding in catalogue.findings if finding.severity == "error"] == []
    assert catalogue.products == expected


@given(
    st.lists(
        st.lists(
            st.text(max_size=6) | st.sampled_from(["610910", "CN", "CNY", "12.5", "1,5", "clothing", "none", "=1+1", "2026-01-01"]),
            max_size=24,
        ),
        max_size=8,
    )
)
def test_every_row_is_a_product_or_is_rejected_with_a_finding(rows):
    catalogue = parse([FIELDS, *rows])
    assert len(catalogue.products) + len(catalogue.rejected) == catalogue.rows_read
    assert catalogue.rows_read == sum(1 for row in rows if any(cell.strip() for cell in row))
    for row in catalogue.rejected:
        assert any(finding.severity == "error" and finding.path.startswith((f"rows[{row}]", "header")) for finding in catalogue.findings)
