"""A sale in one currency that is paid out in another: does the stated rate lead from the one to the other?"""

from __future__ import annotations

import polars as pl

from supercargo.connectors.raw.sift import DIGITS

_PLACES = 10
_WIDE = pl.Int128()


def rate_gap(*, sold: pl.Expr, sold_in: pl.Expr, net: pl.Expr, paid_in: pl.Expr, rate: pl.Expr, parts: pl.Expr) -> pl.Expr:
    """Tell whether net and what was sold are further apart than rounding explains: true, false, or null without a rate.

    eBay rounds each amount by itself and prints the rate shortened. So the two may differ by half a minor unit per
    part and one for the net, and by half a unit of the rate's last digit. The rate may be given either way round.

    Args:
        sold: sum of the parts in minor units of the currency of sale.
        sold_in: that currency.
        net: minor units of the payout.
        paid_in: its currency.
        rate: text with a decimal point.
        parts: how many amounts the sum has.
    """
    scale = pl.lit(10**_PLACES, dtype=_WIDE)
    value = (rate.cast(pl.Decimal(38, _PLACES), strict=False) * 10**_PLACES).cast(_WIDE, strict=False)
    last = _PLACES - rate.str.extract(r"\.(\d+)", 1).str.len_bytes().fill_null(0).cast(pl.Int64).clip(0, _PLACES)
    half_digit = (pl.lit(10).pow(last).cast(_WIDE)) // 2 + 1
    up, down = _power(sold_in), _power(paid_in)
    from_sale = sold.cast(_WIDE) * down
    from_net = net.cast(_WIDE) * up
    coins = (parts.cast(_WIDE) + 1) // 2 + 1
    forward = (from_net * scale - from_sale * value).abs() > coins * up * scale + from_sale.abs() * half_digit
    backward = (from_sale * scale - from_net * value).abs() > coins * down * scale + from_net.abs() * half_digit + coins * up * value
    apart: pl.Expr = forward & backward
    return apart


def _power(code: pl.Expr) -> pl.Expr:
    return pl.lit(10).pow(code.replace_strict(DIGITS, default=2, return_dtype=pl.Int64)).cast(_WIDE)
