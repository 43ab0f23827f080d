"""Shares of groups whose rows stand together, and of groups that are scattered."""

import polars as pl

from supercargo.connectors.shops.shares import share, with_shares

ROWS = {"group": [1, 1, 1, 2, 2, 3], "whole": [100, None, None, -5, None, 7], "weight": [1, 1, 1, 0, -3, None]}


def test_shares_do_not_depend_on_whether_the_rows_of_a_group_stand_together():
    together = pl.DataFrame(ROWS)
    scattered = together[[0, 3, 5, 1, 4, 2]]
    wanted = [*share(100, [1, 1, 1]), *share(-5, [0, 0]), 7]
    for rows in (together, scattered):
        shared = with_shares(rows, {"part": ("whole", pl.col("weight"))}, "group").sort("group", maintain_order=True)
        assert shared.get_column("part").to_list() == wanted


def test_an_amount_that_no_group_has_stays_unknown():
    rows = pl.DataFrame(ROWS).with_columns(pl.lit(None, dtype=pl.Int64).alias("whole"))
    assert with_shares(rows, {"part": ("whole", pl.col("weight"))}, "group").get_column("part").null_count() == 6
