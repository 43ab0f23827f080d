"""What a unit costs in a warehouse abroad."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from logistics_offers import HOUSE, parcel

from supercargo.engines.logistics import warehouse_cost
from supercargo.engines.logistics.warehouse_cost import Facts
from supercargo.kernel.column import Batch
from supercargo.kernel.explain import explain
from supercargo.kernel.figure import Figure
from supercargo.kernel.unit import Unit
from supercargo.reference.fx import Rates
from supercargo.reference.law import Law

LAW = Law(date(2026, 11, 22), exchange=Rates(date(2026, 11, 22), {("USD", "CNY"): Decimal(7)}))
UNIT = parcel("0.5", 30, 20, 10)  # 6000 cm3 = 0.006 m3

GOLDEN = [
    # receiving 0.006 x 28 = 0.168
    ("free days cost nothing", 30, "0.168", "0"),
    # 0.006 x 1 x 0.65 = 0.0039
    ("the first day after the free ones is charged", 31, "0.168", "0.0039"),
    # 0.006 x 30 x 0.65 = 0.117
    ("sixty days are thirty charged days", 60, "0.168", "0.117"),
]


@pytest.mark.parametrize(("sentence", "days", "inbound", "storage"), GOLDEN, ids=[case[0] for case in GOLDEN])
def test_cost_of_a_unit(sentence, days, inbound, storage):
    decision = warehouse_cost.decide(Facts(HOUSE, "USD", UNIT, Figure.of(days, "days", "stock days")), LAW)
    assert (decision.inbound.amount, decision.storage.amount) == (Decimal(inbound), Decimal(storage)), sentence
    assert decision.total.amount == Decimal(inbound) + Decimal(storage)
    assert decision.return_fee.amount == Decimal("2.10")
    assert all(line.source not in ("", "arithmetic") for line in explain(decision.total))


def test_in_another_currency():
    decision = warehouse_cost.decide(Facts(HOUSE, "CNY", UNIT, Figure.of(60, "days", "stock days")), LAW)
    assert (decision.inbound.amount, decision.storage.amount, decision.return_fee.amount) == (
        Decimal("1.1760"),
        Decimal("0.8190"),
        Decimal("14.70"),
    )


def test_in_bulk_as_one_by_one():
    days = [0, 1, 29, 30, 31, 45, 365]
    batch = Batch()
    decision = warehouse_cost.decide(Facts(HOUSE, "CNY", UNIT, batch.input("days", Unit.of("days"), 0, 0, 730, "days")), LAW)
    table = batch.run(pl.DataFrame({"days": days}))
    alone = [warehouse_cost.decide(Facts(HOUSE, "CNY", UNIT, Figure.of(count, "days", "d")), LAW).storage.amount for count in days]
    assert [Decimal(value).scaleb(-decision.storage.scale) for value in table["storage per unit"]] == alone
