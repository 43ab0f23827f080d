"""TOPSIS against an implementation written out by hand, and against figures that others published."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.engines.research.market_ranking import opinion


def by_hand(rows, weights, more):
    """Hwang and Yoon (1981), step by step, in plain Python: no arrays, no shared code."""
    count = len(weights)
    lengths = [math.sqrt(sum(row[j] ** 2 for row in rows)) for j in range(count)]
    weighted = [[weights[j] * (row[j] / lengths[j] if lengths[j] else 0.0) for j in range(count)] for row in rows]
    columns = [[row[j] for row in weighted] for j in range(count)]
    best = [max(column) if more[j] else min(column) for j, column in enumerate(columns)]
    worst = [min(column) if more[j] else max(column) for j, column in enumerate(columns)]
    closeness = []
    for row in weighted:
        from_best = math.sqrt(sum((row[j] - best[j]) ** 2 for j in range(count)))
        from_worst = math.sqrt(sum((row[j] - worst[j]) ** 2 for j in range(count)))
        closeness.append(from_worst / (from_best + from_worst) if from_best + from_worst else 0.5)
    return closeness


def ours(rows, weights, more):
    return opinion.topsis(np.array(rows, dtype=float), np.array(weights), np.array(more)).tolist()


PUBLISHED = [
    # Tzeng and Huang (2011), Multiple Attribute Decision Making, CRC Press; as retold in scikit-criteria's tests.
    pytest.param(
        [[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]],
        [0.3, 0.4, 0.3],
        [True, True, True],
        [0.5037, 0.6581, 0.7482, 0.3340],
        1e-4,
        id="Tzeng and Huang",
    ),
    # Roszkowska (2011), TOPSIS for crisp and interval data, example 1; as retold in gscoppino/topsis. The second criterion is a cost.
    pytest.param(
        [[7, 21, 4, 7], [7, 24, 6, 4], [14, 25, 3, 8], [14, 26, 9, 3], [21, 35, 4, 4]],
        [0.175, 0.425, 0.175, 0.225],
        [True, False, True, True],
        [0.535497, 0.434945, 0.557491, 0.516961, 0.370633],
        1e-6,
        id="Roszkowska, one cost",
    ),
]


@pytest.mark.parametrize(("rows", "weights", "more", "expected", "digits"), PUBLISHED)
def test_published_figures_are_met(rows, weights, more, expected, digits):
    assert ours(rows, weights, more) == pytest.approx(expected, abs=digits)


@pytest.mark.parametrize(("rows", "weights", "more", "expected", "digits"), PUBLISHED)
def test_the_implementation_by_hand_meets_the_published_figures_too(rows, weights, more, expected, digits):
    assert by_hand(rows, weights, more) == pytest.approx(expected, abs=digits)


@st.composite
def problems(draw):
    rows, columns = draw(st.integers(2, 6)), draw(st.integers(1, 6))
    cell = st.integers(-1000, 1000)
    matrix = draw(st.lists(st.lists(cell, min_size=columns, max_size=columns), min_size=rows, max_size=rows))
    raw = draw(st.lists(st.integers(1, 100), min_size=columns, max_size=columns))
    return matrix, [one / sum(raw) for one in raw], draw(st.lists(st.booleans(), min_size=columns, max_size=columns))


@given(problems())
def test_it_equals_the_implementation_by_hand(problem):
    assert ours(*problem) == pytest.approx(by_hand(*problem), abs=1e-12)


def test_a_market_that_is_best_everywhere_is_the_ideal_and_one_that_is_worst_everywhere_is_not():
    assert ours([[3, 1], [1, 9], [2, 5]], [0.5, 0.5], [True, False]) == pytest.approx([1.0, 0.0, 0.5], abs=0.03)


def test_alike_markets_get_one_half():
    assert ours([[2, 5], [2, 5]], [0.5, 0.5], [True, False]) == [0.5, 0.5]


def test_a_column_of_zeros_tells_nothing_and_breaks_nothing():
    assert ours([[0, 1], [0, 2]], [0.5, 0.5], [True, True]) == [0.0, 1.0]
