"""What the connectors of shops and payment houses share: shares that sum exactly, and texts that are there in both languages."""

import ast
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.connectors.ebay import codes as ebay
from supercargo.connectors.ebay.formats import FORMATS as EBAY
from supercargo.connectors.paypal import codes as paypal
from supercargo.connectors.paypal.formats import FORMATS as PAYPAL
from supercargo.connectors.shopify import codes as shopify
from supercargo.connectors.shopify.formats import FORMATS as SHOPIFY
from supercargo.connectors.shops.objects import minor
from supercargo.connectors.shops.shares import share, with_shares
from supercargo.connectors.stripe import codes as stripe
from supercargo.connectors.stripe.formats import FORMATS as STRIPE
from supercargo.connectors.woocommerce.formats import FORMATS as WOOCOMMERCE
from supercargo.engines.accounting.kinds import KINDS
from supercargo.kernel.words import catalogue, patterns

SOURCE = Path(__file__).parents[3] / "src" / "supercargo" / "connectors"
PLACES = ("shops", "shopify", "ebay", "woocommerce", "stripe", "paypal")
FORMATS = (*SHOPIFY, *EBAY, *WOOCOMMERCE, *STRIPE, *PAYPAL)
TEXTS = {"said": (0, 1), "Finding": (3, 5), "refuse": (2, 4), "fault": (2, 3), "skip": (2, 3), "check_sum": (4, 5), "_gaps": (3, 4)}


def test_every_name_and_every_word_on_what_is_proven_is_there_in_chinese():
    words = catalogue()
    assert [one.key for one in FORMATS if one.name not in words or one.proven not in words] == []


@pytest.mark.parametrize("place", PLACES)
def test_every_reason_of_a_row_is_there_in_chinese(place):
    known = catalogue() | patterns()
    missing = []
    for file in sorted((SOURCE / place).glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                first, last = TEXTS.get(name, (0, 0))
                texts = [each.value for each in node.args[first:last] if isinstance(each, ast.Constant) and isinstance(each.value, str)]
                missing += [text for text in texts if text and text not in known]
    assert missing == []


def test_every_kind_that_a_source_is_brought_to_is_a_kind_of_money():
    used = {*ebay.KINDS.values(), *(kind for part in ebay.PARTS for kind in part[2:]), *(kind for _, kind in ebay.FEE_WORDS)}
    used |= {*shopify.KINDS.values(), *stripe.KINDS.values(), *(kind for pair in stripe.BY_SIGN.values() for kind in pair)}
    used |= {*paypal.TYPES.values(), *paypal.EVENTS.values()} - {"conversion", "reserve"}
    assert used <= set(KINDS)


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10**10), min_size=1, max_size=8))
def test_shares_sum_to_the_whole_and_in_bulk_as_singly(whole, weights):
    parts = share(whole, weights)
    assert sum(parts) == whole
    table = pl.DataFrame({"group": [1] * len(weights), "whole": [whole, *[None] * (len(weights) - 1)], "weight": weights})
    assert with_shares(table, {"part": ("whole", pl.col("weight"))}, "group")["part"].to_list() == parts


def test_a_share_without_any_weight_is_equal_and_one_without_an_amount_unknown():
    table = pl.DataFrame({"group": [1, 1, 2], "whole": [3, None, None], "weight": [0, 0, 5]}, schema_overrides={"whole": pl.Int64})
    assert with_shares(table, {"part": ("whole", pl.col("weight"))}, "group")["part"].to_list() == [2, 1, None]


@pytest.mark.parametrize("value", [True, 12.5, "12.505", "1e30", "NaN", "twelve", [], {}])
def test_what_is_no_amount_in_the_minor_unit_is_refused(value):
    with pytest.raises(ValueError):  # noqa: PT011 - the kind of error is the contract
        minor(value, "EUR")
