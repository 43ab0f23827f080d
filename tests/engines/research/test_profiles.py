"""Market profiles: what the table says, with year and source; a user's own cells above it; old figures doubted."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from supercargo.kernel.explain import doubts, explain
from supercargo.kernel.finding import Refused
from supercargo.reference.book import sources
from supercargo.reference.profiles import TABLE, market_size, profile, profiles

DAY = date(2026, 11, 22)


def rows():
    with TABLE.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["country"])
def test_every_cell_is_read_as_it_stands_and_an_empty_one_is_unknown(row):
    market = profile(row["country"], DAY)
    for column, figure in (("population", market.population), ("gdp_usd", market.gdp), ("gdp_per_head_usd", market.gdp_per_head)):
        assert (figure is None) == (row[column] == "")
        if figure is not None:
            assert f"{figure.amount:f}" == row[column]
            assert figure.citation.sources
    if market.online_share is not None:
        assert f"{market.online_share.amount.scaleb(2):f}" == row["internet_users_percent"]
        assert 0 <= market.online_share.amount <= 1
    assert all(0 <= share.amount <= 1 for share in market.payment_shares.values())


def test_every_source_key_stands_in_the_list_of_sources():
    known = sources()
    for market in profiles(DAY):
        figures = [market.population, market.gdp, market.gdp_per_head, market.online_share, *market.payment_shares.values()]
        for figure in figures:
            assert figure is None or all(key in known or key == "unverified" for key in figure.citation.sources), (market.country, figure)


def test_a_line_of_the_explanation_names_table_market_and_column():
    (line,) = explain(profile("de", DAY).population)
    assert (line.source, line.sources) == ("market_profiles.de.population", ("world-bank-population",))


def test_an_old_figure_carries_its_year_as_a_doubt_and_a_new_one_does_not():
    in_2024, in_2026 = (profile("DE", date(year, 1, 1)).online_share for year in (2024, 2026))
    year = in_2026.citation.since.year
    assert in_2024.citation.doubt == ""
    assert str(year) in str(in_2026.citation.doubt)
    assert [finding.code for finding in doubts([in_2026])] == ["LAW-201"]


def test_an_unknown_market_is_refused():
    with pytest.raises(Refused) as refused:
        profile("XX", DAY)
    assert refused.value.findings[0].code == "PROFILE-404"


def test_a_cell_of_ones_own_takes_the_place_of_the_shipped_one_with_its_own_source(tmp_path):
    own = tmp_path / "own.csv"
    own.write_text(
        "country,population,population_year,market_size_usd,market_size_source\nDE,84000000,2026,99000000000,our-study\n", encoding="utf-8"
    )
    shipped, ours = profile("DE", DAY), profile("DE", DAY, own)
    assert (ours.population.amount, ours.population.citation.sources, ours.population.citation.layer) == (84000000, (str(own),), str(own))
    assert ours.market_size.citation.sources == ("our-study",)
    assert ours.gdp.amount == shipped.gdp.amount
    assert ours.gdp.citation == shipped.gdp.citation
    assert ours.name == shipped.name


def test_a_market_size_by_category_holds_from_its_first_day_until_the_day_before_its_end(tmp_path):
    own = tmp_path / "gates.csv"
    heading = "country,category,market_size_usd,market_size_year,since,until,source,confidence\n"
    own.write_text(heading + "DE,toys,12000000000,2025,2026-01-01,2026-07-01,our-study,medium\n", encoding="utf-8")
    sizes = [market_size("de", "toys", day, own) for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1))]
    assert [size is not None for size in sizes] == [False, True, True, False]
    assert sizes[1].shown() == "12000000000.00 USD"
    assert sizes[1].citation.key == "gates.toys.de.market_size_usd"
    assert market_size("de", "toys", date(2026, 1, 1)) is None, "nothing is shipped"
