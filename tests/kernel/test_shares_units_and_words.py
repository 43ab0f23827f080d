"""Shares that sum to the whole, units, currencies, and the examples in the kernel's own documentation."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import supercargo.engines
import supercargo.kernel
import supercargo.reference
from supercargo.kernel.allocate import allocate
from supercargo.kernel.currency import UnknownCurrencyError, currencies, minor_digits
from supercargo.kernel.figure import Figure
from supercargo.kernel.unit import Unit

WEIGHTS = st.lists(st.decimals(min_value=0, max_value=10**6, places=2), min_size=1, max_size=9)


@given(st.sampled_from(["EUR", "JPY", "KWD"]), st.integers(-(10**12), 10**12), WEIGHTS)
def test_shares_sum_to_the_whole_and_each_is_near_its_part(currency, minor, weights):
    digits = minor_digits(currency)
    whole = Figure.money(Decimal(minor).scaleb(-digits), currency, "whole")
    shares = allocate(whole, [Figure.of(weight, "", "weight") for weight in weights], "share", per="term-allocation")
    assert sum(share.amount for share in shares) == whole.amount
    total = sum(weights)
    for share, weight in zip(shares, weights, strict=True):
        part = whole.amount * weight / total if total else whole.amount / len(weights)
        assert abs(share.amount - part) <= Decimal(1).scaleb(-digits) + Decimal("1e-12")


def test_shares_keep_every_digit_of_a_large_whole():
    whole = Figure.money("12345678901234567890123456789.01", "EUR", "whole")
    shares = allocate(whole, [Figure.of(1, ""), Figure.of(2, "")], "share")
    assert (shares[0] + shares[1]).amount == whole.amount


@pytest.mark.parametrize("weights", [[], [Figure.of(-1, "")]])
def test_nothing_is_shared_among_nobody_or_by_negative_weights(weights):
    with pytest.raises(ValueError, match="at least one weight"):
        allocate(Figure.money(1, "EUR"), weights, "share")


@pytest.mark.parametrize("text", ["EUR", "EUR/kg", "EUR/item", "kg", "1/item", "", "cm^3/kg", "EUR/m3/month", "g/lb"])
def test_a_unit_reads_as_it_is_written(text):
    assert str(Unit.of(text)) == text
    assert Unit.of(str(Unit.of(text))) == Unit.of(text)


@given(st.sampled_from(["EUR", "EUR/kg", "1/item", "", "kg"]), st.sampled_from(["USD", "kg", "item", "1/item"]))
def test_dividing_undoes_multiplying(left, right):
    assert Unit.of(left) * Unit.of(right) / Unit.of(right) == Unit.of(left)


def test_currencies_have_zero_two_or_three_minor_digits():
    assert {minor_digits(code) for code in currencies()} == {0, 2, 3}
    assert (minor_digits("JPY"), minor_digits("EUR"), minor_digits("KWD")) == (0, 2, 3)
    with pytest.raises(UnknownCurrencyError, match="ISO 4217"):
        minor_digits("EURO")


def modules():
    for package in (supercargo.kernel, supercargo.reference, supercargo.engines):
        yield from (found.name for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."))


@pytest.mark.parametrize("name", sorted(modules()))
def test_the_examples_in_the_documentation_run(name):
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0
