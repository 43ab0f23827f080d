"""Did the channel charge what its tariff says?"""

from __future__ import annotations

from datetime import date

import pytest

from supercargo.engines.accounting.fee_check import Facts, decide
from supercargo.reference.law import Law

LAW = Law(date(2026, 8, 31))
PARCEL = {"sku": "A", "category": "home_kitchen", "weight_g": 1000, "length_mm": 400, "width_mm": 300, "height_mm": 200}
"""A standard parcel in Germany: 40 x 30 x 20 cm are 24,000 cm3, by 5,000 that is 4,800 g: the step from 3,900 to 5,900 g, 5.22."""
ENVELOPE = {**PARCEL, "weight_g": 80, "length_mm": 330, "width_mm": 230, "height_mm": 25}
"""A light envelope of 80 g: 2.06 up to 20.00, 2.52 above."""


@pytest.fixture
def decided(records):
    def run(lines, products=(PARCEL,), law=LAW):
        return decide(
            Facts(records("money_line", lines, channel="amazon-de", currency="EUR", settlement_ref="S1"), records("product", products)), law
        )

    return run


def line(amount, kind, order="O-1", day=date(2026, 8, 3), **more):
    return {"order_ref": order, "sku": "A", "kind": kind, "amount_minor": amount, "posted_on": day, **more}


def sale(price=2500, fee=-530, order="O-1", quantity=1, **more):
    """Sell one for 25.00: by the tariff 5.22, with 1.5 % fuel surcharge (0.0783) 5.30."""
    return [line(price, "sale_goods", order, quantity=quantity, **more), line(fee, "fee_fulfilment", order, **more)]


def told(answer, *codes):
    wanted = codes or ("TIE-501", "TIE-502")
    return [(one.finding.code, one.amount_minor, one.currency) for one in answer.discrepancies if one.finding.code in wanted]


@pytest.mark.parametrize("fee", [-522, -530])
def test_the_tariff_holds_without_or_with_the_fuel_surcharge(decided, fee):
    """5.22 x 1.015 = 5.2983, so 5.30."""
    answer = decided(sale(fee=fee))
    assert answer.items["state"].to_list() == ["tied"]
    assert told(answer) == []


@pytest.mark.parametrize(("fee", "state", "over"), [(-529, "below", -1), (-531, "above", 1)])
def test_a_cent_beside_the_tariff_is_seen(decided, fee, state, over):
    assert decided(sale(fee=fee)).items.select("state", "over_minor").rows() == [(state, over)]


def test_an_overcharge_is_summed_since_its_first_day_with_its_tariff_row(decided):
    """6.03 for 5.22 (the channel bills the surcharge apart, as the order of 2 August shows): 0.81 x (2 + 1) = 2.43."""
    lines = [
        *sale(fee=-522, order="O-1", day=date(2026, 8, 2)), *sale(5000, -1206, "O-2", 2, day=date(2026, 8, 5)),
        *sale(fee=-603, order="O-3", day=date(2026, 8, 9)),
    ]  # fmt: skip
    answer = decided(lines)
    (found,) = [one for one in answer.discrepancies if one.finding.code == "TIE-501"]
    assert (found.amount_minor, found.currency, found.on, found.records) == (243, "EUR", date(2026, 8, 5), (4, 6))
    text = str(found.finding)
    assert "3 units billed at 6.03 EUR since 2026-08-05" in text
    assert "the tariff is 5.22 EUR (fees.fulfilment_fees.amazon.DE." in text
    assert found.finding.source == "amazon-eu-fba-rate-card-2026-07"
    (figure,) = answer.figures.values()
    assert figure.shown() == "2.43 EUR"


def test_an_overcharge_over_two_tariffs_is_one_finding_with_both_rows(decided):
    """6.03 for 5.22 in August, 6.37 for 5.56 at the peak; without the surcharge, as two other orders show: 0.81 + 0.81."""
    peak = date(2026, 10, 20)
    lines = [*sale(fee=-522), *sale(fee=-603, order="O-2"), *sale(fee=-556, order="O-3", day=peak), *sale(fee=-637, order="O-4", day=peak)]
    answer = decided(lines)
    assert told(answer, "TIE-501") == [("TIE-501", 162, "EUR")]
    assert answer.above["over_minor"].to_list() == [81, 81]
    assert "billed at 6.03 EUR - 6.37 EUR" in str(answer.findings[0])


def test_where_nothing_agrees_the_surcharge_is_granted(decided):
    """6.03 for 5.30: 0.73 too much."""
    assert told(decided(sale(fee=-603))) == [("TIE-501", 73, "EUR")]


@pytest.mark.parametrize(("price", "tariff"), [(2000, 206), (2000, 209), (2001, 252), (2001, 256)])
def test_the_band_of_the_price_ends_at_20_euro_including(decided, price, tariff):
    """2.06 x 1.015 = 2.0909; 2.52 x 1.015 = 2.5578."""
    assert decided(sale(price, -tariff), [ENVELOPE]).items.select("tariff_minor", "state").rows() == [(tariff, "tied")]


@pytest.mark.parametrize(("price", "quantity"), [(4000, 2), (4001, 2)])
def test_the_band_is_of_the_unit_not_of_the_order(decided, price, quantity):
    """Two for 40.00 are 20.00 each: 2 x 2.06; for 40.01 each is above 20.00: 2 x 2.52."""
    fee = -412 if price == 4000 else -504
    assert decided(sale(price, fee, quantity=quantity), [ENVELOPE]).items["state"].to_list() == ["tied"]


@pytest.mark.parametrize(("grams", "fee"), [(80, 252), (81, 254)])
def test_both_sides_of_a_step_of_weight(decided, grams, fee):
    assert decided(sale(fee=-fee), [{**ENVELOPE, "weight_g": grams}]).items["state"].to_list() == ["tied"]


@pytest.mark.parametrize(("height", "fee"), [(25, 252), (26, 304)])
def test_both_sides_of_a_size_tier(decided, height, fee):
    """2.5 cm thick it is a light envelope, 2.6 cm a large one."""
    assert decided(sale(fee=-fee), [{**ENVELOPE, "height_mm": height}]).items["state"].to_list() == ["tied"]


@pytest.mark.parametrize(("day", "fee"), [(date(2026, 10, 14), 522), (date(2026, 10, 15), 556)])
def test_the_tariff_of_the_day_holds(decided, day, fee):
    """Peak fees begin on 15 October 2026: 5.22 becomes 5.56."""
    assert decided(sale(fee=-fee, day=day)).items["state"].to_list() == ["tied"]


@pytest.mark.parametrize(
    ("lines", "products", "reason"),
    [
        (sale(), (), "product"),
        (sale(), ({**PARCEL, "weight_g": None},), "measures"),
        (sale(), ({**PARCEL, "height_mm": 0},), "measures"),
        (sale(quantity=None), (PARCEL,), "units"),
        (sale(day=date(2026, 6, 30)), (PARCEL,), "tariff"),
        (sale(day=None), (PARCEL,), "day"),
        (sale(1500), ({**ENVELOPE, "category": None},), "category"),
    ],
)
def test_what_cannot_be_compared_is_counted_with_its_reason(decided, lines, products, reason):
    answer = decided(lines, products)
    assert answer.unchecked.select("fee", "reason", "items", "charged_minor").rows() == [("fulfilment", reason, 1, 530)]
    assert told(answer, "TIE-503") == [("TIE-503", 530, "EUR")]


def test_a_product_without_a_category_is_compared_where_all_categories_cost_the_same(decided):
    assert decided(sale(), [{**PARCEL, "category": None}]).items["state"].to_list() == ["tied"]


def commission(price, fee, **more):
    return [line(price, "sale_goods", quantity=1, **more), line(fee, "fee_referral", **more)]


@pytest.mark.parametrize(
    ("price", "fee", "state"),
    [
        (2000, -160, "tied"),
        (2001, -300, "tied"),
        (2500, -375, "tied"),
        (2500, -376, "above"),
        (2500, -374, "below"),
        (200, -30, "tied"),
        (2510, -377, "tied"),
    ],
)
def test_commission_by_the_rate_of_the_band(decided, price, fee, state):
    """home and kitchen in Germany: 8 % to 20.00 (1.60), else 15 %: of 20.01 is 3.0015, of 25.10 is 3.765, up; at least 0.30."""
    assert decided(commission(price, fee)).items["state"].to_list() == [state]


@pytest.mark.parametrize(("fee", "state"), [(-1131, "tied"), (-1130, "tied"), (-1132, "above"), (-1129, "below")])
def test_a_line_of_three_may_be_rounded_once_or_unit_by_unit(decided, fee, state):
    """3 x 25.10 = 75.30; 15 % is 11.295, so 11.30; of each 3.765, so 3.77, three times 11.31."""
    lines = [line(7530, "sale_goods", quantity=3), line(fee, "fee_referral")]
    assert decided(lines).items["state"].to_list() == [state]


def test_commission_above_the_tariff_is_named(decided):
    """15 % of 25.00 is 3.75; 5.00 was charged."""
    answer = decided(commission(2500, -500))
    assert told(answer) == [("TIE-502", 125, "EUR")]


def test_commission_of_an_unknown_category_is_counted(decided):
    answer = decided(commission(2500, -500), [{**PARCEL, "category": None}])
    assert answer.unchecked.select("fee", "reason").rows() == [("referral", "category")]
    own_words = decided(commission(2500, -500), [{**PARCEL, "category": "厨具"}])
    assert own_words.unchecked.select("fee", "reason").rows() == [("referral", "tariff")]


def test_tax_and_shipping_are_in_the_base_in_europe(decided):
    """84.03 + 15.97 + 4.99 = 104.99; 15 % is 15.7485, so 15.75."""
    lines = [line(8403, "sale_goods", quantity=1), line(1597, "sale_tax"), line(499, "sale_shipping"), line(-1575, "fee_referral")]
    assert decided(lines).items["state"].to_list() == ["tied"]


def test_a_refunded_commission_does_not_lower_what_was_charged(decided):
    assert decided([*commission(2500, -375), line(375, "fee_referral")]).items["state"].to_list() == ["tied"]
