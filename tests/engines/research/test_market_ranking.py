"""Scores worked out by hand, unknown values, scales, weights; properties over random markets."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.engines.research.market_ranking import Scale
from supercargo.engines.research.market_ranking.criteria import CRITERIA
from supercargo.kernel.explain import explain
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Refused


def one_each(make, **others):
    """A policy with one criterion in each pillar: population, delivery days, papers."""
    none = Figure.of(0, "")
    left_out = {c.key: none for c in CRITERIA if c.key not in ("population", "delivery_days_p90", "papers")}
    return make.policy(shares=left_out, fulfilment_programme_needed=False, **others)


def three(make, code, people, days, papers):
    def of(number, unit):
        return None if number is None else Figure.of(number, unit)

    return make.good(code, population=of(people, "person"), delivery_days_p90=of(days, "days"), papers=of(papers, "paper"))


GOLDEN = [
    (
        "people 100, 50, 0 score 100, 50, 0; days 4, 2, 6 score 50, 100, 0; papers 3, 1, 5 score 50, 100, 0",
        {"A": (100, 4, 3), "B": (50, 2, 1), "C": (0, 6, 5)},
        # A: 0.4 * 100 + 0.3 * 50 + 0.3 * 50 = 70; B: 0.4 * 50 + 0.3 * 100 + 0.3 * 100 = 80; C: 0
        {"A": ("70", "70", "70"), "B": ("80", "80", "80"), "C": ("0", "0", "0")},
        ["B", "A", "C"],
    ),
    (
        "A's papers are unknown: 0.3 of the weight is unscored, 55 known, at most 85, the middle 70",
        {"A": (100, 4, None), "B": (50, 2, 1), "C": (0, 6, 5)},
        {"A": ("55", "70", "85"), "B": ("80", "80", "80"), "C": ("0", "0", "0")},
        ["B", "A", "C"],
    ),
    (
        "all are alike: nothing tells them apart, each scores 50, in the order of their codes",
        {"B": (10, 3, 2), "A": (10, 3, 2)},
        {"A": ("50", "50", "50"), "B": ("50", "50", "50")},
        ["A", "B"],
    ),
    (
        "papers are known for B alone: it scores 50 there; A's are unscored; the surer of two equals stands first",
        {"A": (10, 3, None), "B": (10, 3, 2)},
        {"A": ("35", "50", "65"), "B": ("50", "50", "50")},
        ["B", "A"],
    ),
    (
        "papers are known nowhere: logistics and economics carry the weight, 3/7 and 4/7",
        {"A": (100, 4, None), "B": (50, 2, None)},
        # 0.4 / 0.7 = 0.571429 takes the rest of 0.428571
        {"A": ("57.1429", "57.1429", "57.1429"), "B": ("42.8571", "42.8571", "42.8571")},
        ["A", "B"],
    ),
]


@pytest.mark.parametrize(("given_values", "scores", "order"), [case[1:] for case in GOLDEN], ids=[case[0] for case in GOLDEN])
def test_scores(make, given_values, scores, order):
    decision = make.rank(*(three(make, code, *values) for code, values in given_values.items()), policy=one_each(make))
    found = {one.market: (one.score_low.amount, one.score.amount, one.score_high.amount) for one in decision.ranking}
    assert found == {code: tuple(Decimal(number) for number in numbers) for code, numbers in scores.items()}
    assert [one.market for one in decision.ranking] == order


def test_unscored_weight_is_shown_and_said(make):
    decision = make.rank(three(make, "A", 100, 4, None), three(make, "B", 50, 2, 1), policy=one_each(make))
    by_code = {one.market: one for one in decision.ranking}
    assert by_code["A"].weight_unscored.shown() == "30 %"
    assert by_code["B"].weight_unscored.amount == 0
    found = {finding.code: finding for finding in decision.findings}
    assert found["MARKET-201"].path == "markets[*].papers"
    assert "30 %" in str(found["MARKET-201"])


def test_the_unknown_leaves_places_open_and_the_lead_says_so(make):
    # A: 40 + 0 + unknown 30 = 40 to 70, middle 55; B: 0 + 30 + 15 (papers alone known: half) = 45.
    decision = make.rank(three(make, "A", 100, 4, None), three(make, "B", 50, 2, 1), policy=one_each(make))
    first, second = decision.ranking
    assert (first.market, first.rank, first.rank_best, first.rank_worst) == ("A", 1, 1, 2)
    assert (second.market, second.rank, second.rank_best, second.rank_worst) == ("B", 2, 1, 2)
    assert "MARKET-204" in {finding.code for finding in decision.findings}


def test_a_pillar_of_which_nothing_is_known_is_a_warning(make):
    decision = make.rank(three(make, "A", 100, 4, None), three(make, "B", 50, 2, None), policy=one_each(make))
    severities = {finding.code: finding.severity for finding in decision.findings}
    assert severities["MARKET-203"] == "warning"
    assert set(decision.pillar_weights) == {"economics", "logistics"}


def test_a_company_scale_does_not_move_with_the_markets_compared(make):
    fixed = {"population": Scale(Figure.of(0, "person", path="p"), Figure.of(200, "person", path="p"))}
    policy = one_each(make, scales=fixed)
    two = make.rank(three(make, "A", 100, 4, 3), three(make, "B", 50, 2, 1), policy=policy)
    more = make.rank(three(make, "A", 100, 4, 3), three(make, "B", 50, 2, 1), three(make, "C", 900, 3, 2), policy=policy)

    def population(decision, code):
        (one,) = [ranked for ranked in decision.ranking if ranked.market == code]
        return next(part.score.amount for part in one.parts if part.criterion.key == "population")

    assert population(two, "A") == population(more, "A") == 50
    assert population(more, "C") == 100, "beyond the end of the scale"


@pytest.mark.parametrize(
    ("worst", "best", "refused"), [(0, 200, False), (200, 0, True), (5, 5, True)], ids=["upwards", "downwards", "nowhere"]
)
def test_a_scale_must_run_the_right_way(make, worst, best, refused):
    policy = one_each(make, scales={"population": Scale(Figure.of(worst, "person", path="p"), Figure.of(best, "person", path="p"))})
    if not refused:
        assert make.rank(three(make, "A", 100, 4, 3), policy=policy).leader == "A"
        return
    with pytest.raises(Refused) as fault:
        make.rank(three(make, "A", 100, 4, 3), policy=policy)
    assert (fault.value.findings[0].code, fault.value.findings[0].path) == ("MARKET-423", "policy.scales[population]")


def test_weights_are_any_positive_numbers(make):
    markets = [three(make, "A", 100, 4, 3), three(make, "B", 50, 2, 1)]
    small, large = (one_each(make, weights=make.policy(*numbers).weights) for numbers in (("0.4", "0.3", "0.3"), ("4000", "3000", "3000")))
    assert [one.score.amount for one in make.rank(*markets, policy=small).ranking] == [
        one.score.amount for one in make.rank(*markets, policy=large).ranking
    ]


@pytest.mark.parametrize("numbers", [("-1", "30", "30"), ("0", "0", "0")], ids=["negative", "all zero"])
def test_weights_that_weigh_nothing_are_refused(make, numbers):
    with pytest.raises(Refused) as fault:
        make.rank(make.good("DE"), policy=make.policy(*numbers))
    assert fault.value.findings[0].code == "MARKET-422"


def test_a_market_is_given_once_and_one_at_least(make):
    for markets in ((), (make.good("DE"), make.good("DE"))):
        with pytest.raises(Refused) as fault:
            make.rank(*markets)
        assert fault.value.findings[0].code == "MARKET-400"


def test_a_market_of_which_nothing_is_known_alone_is_refused(make):
    with pytest.raises(Refused) as fault:
        make.rank(make.market("DE"))
    assert fault.value.findings[0].code == "MARKET-404"


def test_unlike_units_are_refused(make):
    with pytest.raises(Refused) as fault:
        make.rank(make.good("DE", population=Figure.of(1, "person")), make.good("FR", population=Figure.of(1, "household")))
    assert (fault.value.findings[0].code, fault.value.findings[0].path) == ("MARKET-424", "markets[FR].population")


def test_a_market_size_in_another_currency_is_converted_at_the_rate_of_the_day(make):
    (only,) = make.rank(make.good("DE", market_size=Figure.money("8000000000", "EUR"))).ranking
    gate = next(gate for gate in only.gates if gate.key == "market_size")
    assert gate.verdict.left.unit.currency == "USD"
    assert any(line.source.startswith("ecb.rates") for line in explain(gate.verdict.left))


def test_one_market_alone_is_ranked_without_statistics(make):
    decision = make.rank(make.good("DE"))
    assert (decision.leader, decision.stability, decision.second_opinion, decision.shift, decision.flips) == ("DE", None, None, None, ())


values = st.one_of(st.none(), st.integers(0, 1000))


@st.composite
def markets(draw):
    return [
        {
            "code": f"M{number}",
            "population": _maybe(draw(values), "person"),
            "online_share": _maybe(draw(values), ""),
            "delivery_days_p90": _maybe(draw(values), "days"),
            "papers": _maybe(draw(values), "paper"),
            "data_doubts": _maybe(draw(values), "doubt"),
            "fulfilment_programme": draw(st.sampled_from([True, False, None])),
            "registration_needed": draw(st.sampled_from([True, False, None])),
        }
        for number in range(draw(st.integers(1, 6)))
    ]


def _maybe(number, unit):
    return None if number is None else Figure.of(number, unit)


weights_drawn = st.tuples(*[st.integers(1, 1000).map(str)] * 3)


@given(markets(), weights_drawn)
def test_parts_sum_to_the_whole_and_the_score_lies_in_its_interval(make, found, numbers):
    found = [make.good(**one) for one in found]
    decision = make.rank(*found, policy=make.policy(*numbers), draws=20)
    assert sum(weight.amount for weight in decision.weights.values()) == 1
    assert sum(weight.amount for weight in decision.pillar_weights.values()) == 1
    for one in decision.ranking:
        known = sum((part.points.amount for part in one.parts if part.points is not None), Decimal(0))
        assert one.score_low.amount == known
        assert one.score.amount == sum(score.amount for score in one.pillar_scores.values())
        assert 0 <= one.score_low.amount <= one.score.amount <= one.score_high.amount <= 100
        assert one.rank_best <= one.rank <= one.rank_worst
        assert one.weight_unscored.amount == 1 - sum(part.weight.amount for part in one.parts if part.points is not None)


@given(markets())
def test_the_order_does_not_hang_on_the_order_of_the_facts(make, found):
    found = [make.good(**one) for one in found]
    forwards, backwards = make.rank(*found, draws=20), make.rank(*reversed(found), draws=20)
    assert [(one.market, one.rank, one.score.amount) for one in forwards.ranking] == [
        (one.market, one.rank, one.score.amount) for one in backwards.ranking
    ]


@given(markets())
def test_every_line_of_every_score_has_a_source(make, found):
    found = [make.good(**one) for one in found]
    decision = make.rank(*found, draws=20)
    figures = [figure for one in decision.ranking for figure in (one.score_low, one.score, one.score_high, *one.pillar_scores.values())]
    figures += [flip.change for flip in decision.flips] + ([decision.shift.moved] if decision.shift else [])
    for figure in figures:
        for line in explain(figure):
            assert line.source != "arithmetic", line
            assert line.source != "given" or line.path, line


@given(markets(), weights_drawn)
def test_at_the_flip_the_rival_is_level_and_before_it_the_leader_leads(make, found, numbers):
    found = [make.good(**one) for one in found]
    decision = make.rank(*found, policy=make.policy(*numbers), draws=20)
    leader, *rest = decision.ranking
    for flip in decision.flips:
        exact = min((change for rival in rest if (change := _flip_by_hand(decision, leader, rival, flip.pillar)) is not None), key=abs)
        assert abs(Fraction(flip.change.amount) - exact) <= Fraction(1, 2_000_000)


def _flip_by_hand(decision, leader, rival, pillar):
    """Put numbers for the lead at two weights of the pillar on a straight line and find where it crosses zero."""
    now = Fraction(decision.pillar_weights[pillar].amount)
    if now in (0, 1):
        return None

    def lead(at):
        total = Fraction(0)
        for key, weight in decision.pillar_weights.items():
            then = at if key == pillar else Fraction(weight.amount) * (1 - at) / (1 - now)
            gap = Fraction(leader.pillar_scores[key].amount) - Fraction(rival.pillar_scores[key].amount)
            total += gap * then / Fraction(weight.amount)
        return total

    low, high = lead(Fraction(0)), lead(Fraction(1))
    if low == high:
        return None
    crossing = low / (low - high)
    return crossing - now if 0 <= crossing <= 1 else None


@given(markets(), weights_drawn)
def test_the_smallest_shift_brings_the_rival_level_and_no_random_shift_of_its_size_does_better(make, found, numbers):
    found = [make.good(**one) for one in found]
    decision = make.rank(*found, policy=make.policy(*numbers), draws=20)
    if decision.shift is None:
        return
    leader, rival = decision.ranking[0], next(one for one in decision.ranking if one.market == decision.shift.rival)
    gaps = {
        part.criterion.key: (part.score.amount if part.score else 50) - (other.score.amount if other.score else 50)
        for part, other in zip(leader.parts, rival.parts, strict=True)
    }
    lead = leader.score.amount - rival.score.amount
    taken, left = decision.shift.taken_from, decision.shift.moved.amount
    for key in taken:
        weight = min(decision.weights[key].amount, left)
        left -= weight
        lead -= weight * (gaps[key] - gaps[decision.shift.given_to])
    assert left == 0
    assert abs(lead) <= Decimal("0.0002"), "level, but for half a part per million of weight"
    assert gaps[decision.shift.given_to] == min(gaps.values())
    rest = [gap for key, gap in gaps.items() if key not in taken]
    assert all(gaps[key] >= other for key in taken for other in rest), "taken where the leader is furthest ahead"


def test_the_same_facts_give_the_same_answer(make):
    found = [three(make, "A", 100, 4, 3), three(make, "B", 50, 2, 1), three(make, "C", 10, 1, 1)]
    first, again, other = (make.rank(*found, policy=one_each(make), seed=seed) for seed in (7, 7, 8))
    assert first.stability == again.stability
    assert first.stability != other.stability


def test_one_pillar_must_move_so_far(make):
    """B leads A by 80 to 70: economics 20 against 40, logistics and barrier 30 against 15 each.

    Economics at t, the others at (1 - t) / 2: A 100 t + 50 (1 - t) = B 50 t + 100 (1 - t) at t = 50 %.
    Logistics at t, others in proportion 4 to 3: g = 15, h = -5, w = 0.3: -1.5 / (-1.5 - 10.5) = 12.5 %; barrier alike.
    """
    decision = make.rank(
        *(three(make, code, *one) for code, one in {"A": (100, 4, 3), "B": (50, 2, 1), "C": (0, 6, 5)}.items()), policy=one_each(make)
    )
    told = [(flip.pillar, flip.rival, flip.weight_now.shown(), flip.weight_then.shown(), flip.change.shown()) for flip in decision.flips]
    assert told == [
        ("economics", "A", "40 %", "50 %", "10 %"),
        ("logistics", "A", "30 %", "12.5 %", "-17.5 %"),
        ("barrier", "A", "30 %", "12.5 %", "-17.5 %"),
    ]
    assert (decision.shift.rival, decision.shift.moved.shown(), decision.shift.given_to) == ("A", "10 %", "population")
    assert decision.shift.taken_from == ("delivery_days_p90",)


def test_the_smallest_shift_empties_the_widest_gap_first(make):
    """A leads B by 0.6 * 50 + 0.1 * 100 - 0.3 * 50 = 25 points; C is behind everywhere and can never lead.

    All of the days' weight, 10 %, goes to papers: 0.1 * (100 + 50) = 15 off the lead. The other 10 points
    go with people's weight: 10 / (50 + 50) = 10 %. Then people and papers are 50 % each: level.
    """
    found = {"A": (100, 1, 3), "B": (50, 5, 1), "C": (0, 5, 5)}
    decision = make.rank(
        *(three(make, code, *one) for code, one in found.items()), policy=one_each(make, weights=make.policy("60", "10", "30").weights)
    )
    assert decision.leader == "A"
    assert (decision.shift.rival, decision.shift.moved.shown()) == ("B", "20 %")
    assert (decision.shift.taken_from, decision.shift.given_to) == (("delivery_days_p90", "population"), "papers")


def test_a_leader_that_is_ahead_everywhere_cannot_be_passed_by_any_weights(make):
    decision = make.rank(three(make, "A", 100, 1, 1), three(make, "B", 50, 2, 2), policy=one_each(make))
    assert (decision.flips, decision.shift, decision.stability.leader_keeps_share) == ((), None, 1.0)
