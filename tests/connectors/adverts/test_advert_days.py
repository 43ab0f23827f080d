"""Reports of Google, Meta and TikTok Ads: days with their cost, totals named and left out."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.connectors.adverts.days import map_google, map_meta, map_tiktok
from supercargo.connectors.adverts.formats import FORMATS
from supercargo.connectors.adverts.render import render_google, render_meta, render_tiktok
from supercargo.connectors.market.writing import workbook
from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content
from supercargo.connectors.records.tables import table_of
from supercargo.kernel.finding import Refused

GOOGLE = (
    'Campaign report\n"January 5, 2026 - January 6, 2026"\n'
    "Campaign state,Campaign,Currency code,Budget,Campaign status,Campaign type,Day,Campaign ID,Impr.,Cost,Clicks,Conversions\n"
    'Enabled,Mugs,EUR,10.00,Eligible,Search,2026-01-05,777,"1,204",1234.56,31,2.50\n'
    "Enabled,Mugs,EUR,10.00,Eligible,Search,2026-01-06,777, --,0.44,3,0.00\n"
    'Total: All campaigns, --, --, --, --, --, --, --,"1,300","1,235.00",34,2.50\n'
)  # fmt: skip
META = (
    "Reporting starts,Reporting ends,Campaign name,Campaign delivery,Results,Reach,Amount spent (USD),Impressions,Link clicks,Clicks (all)\r\n"
    "2026-01-05,2026-01-06,,,,900,30.50,1000,20,30\r\n2026-01-05,2026-01-05,Mugs,active,2,500,20.25,600,15,20\r\n"
    "2026-01-06,2026-01-06,Mugs,active,,400,10.25,400,,10\r\n"
)  # fmt: skip
TIKTOK = [
    ["Campaign name", "Ad group name", "Ad name", "Website URL (Ad level）", "By Day", "Currency", "Cost", "Impressions", "Clicks (Destination)", "Clicks (all)"],
    ["Mugs", "A", "one", "", "2026-01-05", "GBP", 5.5, 100, "<5", 6], ["Mugs", "A", "two", "", "2026-01-05", "GBP", 4.5, 200, 7, 9],
    ["Total of 2 results", "-", "-", "", "-", "GBP", 10, 300, 7, 15],
]  # fmt: skip


def test_google_two_lines_above_thousands_and_totals_at_the_end():
    mapped = map_google(read_content(GOOGLE.encode(), "g.csv"), Context())
    assert mapped.tables["advert_day"].select("row", "day", "campaign", "currency", "cost_minor", "impressions", "clicks").rows() == [
        (4, date(2026, 1, 5), "Mugs", "EUR", 123_456, 1204, 31), (5, date(2026, 1, 6), "Mugs", "EUR", 44, None, 3)
    ]  # fmt: skip
    assert mapped.outcome.filter(pl.col("status") == "skip").select("row", "code").rows() == [
        (1, "RAW-011"), (2, "RAW-011"), (3, "RAW-012"), (6, "ADV-010")
    ]  # fmt: skip


def test_googles_excel_csv_is_utf_16_with_tabs():
    text = "\n".join(
        line.replace('"1,204"', "1204").replace('"1,300","1,235.00"', "1300,1235.00").replace(",", "\t") for line in GOOGLE.splitlines()
    )
    raw = read_content(b"\xff\xfe" + text.encode("utf-16-le"), "g.csv")
    assert map_google(raw, Context()).tables["advert_day"]["cost_minor"].to_list() == [123_456, 44]


def test_meta_has_the_currency_in_the_heading_and_the_total_first():
    mapped = map_meta(read_content(b"\xef\xbb\xbf" + META.encode(), "m.csv"), Context())
    # link clicks where they stand, else all clicks
    assert mapped.tables["advert_day"].select("day", "currency", "cost_minor", "impressions", "clicks").rows() == [
        (date(2026, 1, 5), "USD", 2025, 600, 15), (date(2026, 1, 6), "USD", 1025, 400, 10)
    ]  # fmt: skip
    assert mapped.outcome.filter(pl.col("code") == "ADV-010")["row"].to_list() == [2]


def test_a_report_of_a_period_is_refused():
    with pytest.raises(Refused) as refused:
        map_meta(read_content(META.replace("2026-01-06,2026-01-06", "2026-01-01,2026-01-06").encode(), "m.csv"), Context())
    assert [f.code for f in refused.value.findings] == ["ADV-002"]
    undated = workbook([("Sheet1", [[cell for place, cell in enumerate(row) if place != 4] for row in TIKTOK])])
    with pytest.raises(Refused) as refused:
        map_tiktok(read_content(undated, "t.xlsx"), Context())
    assert [f.code for f in refused.value.findings] == ["ADV-002"]


def test_tiktok_adverts_of_a_group_are_added_up_and_a_masked_count_makes_the_sum_unknown():
    mapped = map_tiktok(read_content(workbook([("Sheet1", TIKTOK)]), "t.xlsx"), Context())
    # 5.50 + 4.50; all clicks stand for the masked one: 6 + 7
    assert mapped.tables["advert_day"].select("ad_group", "cost_minor", "impressions", "clicks").rows() == [("A", 1000, 300, 13)]
    assert mapped.count("record") == 2


def test_an_amount_without_a_currency_is_asked_for():
    with pytest.raises(Refused) as refused:
        map_meta(read_content(META.replace(" (USD)", "").encode(), "m.csv"), Context())
    assert [f.code for f in refused.value.findings] == ["ADV-001"]


def test_each_platform_is_told_from_the_others():
    contents = (GOOGLE.encode(), META.encode(), workbook([("Sheet1", TIKTOK)]))
    found = [[f.certainty(read_content(content, "x")) for f in FORMATS] for content in contents]
    assert [max(range(3), key=row.__getitem__) for row in found] == [0, 1, 2]


DAY = st.tuples(st.integers(0, 10**9), st.integers(0, 10**6), st.integers(0, 10**5))


@pytest.mark.parametrize(("write", "read"), [(render_google, map_google), (render_meta, map_meta), (render_tiktok, map_tiktok)])
@given(days=st.lists(DAY, min_size=1, max_size=4))
def test_what_is_written_is_read_again(write, read, days):
    first = {render_google: 4, render_meta: 3, render_tiktok: 2}[write]
    channel = {render_google: "google-ads", render_meta: "meta-ads", render_tiktok: "tiktok-ads"}[write]
    rows = [
        {
            "row": place + first, "key": f"2026-01-{place + 1:02d}|Mugs, red|A", "channel": channel, "day": date(2026, 1, place + 1), "campaign": "Mugs, red",
            "ad_group": "A", "currency": "EUR", "cost_minor": cost, "impressions": impressions, "clicks": clicks,
        }
        for place, (cost, impressions, clicks) in enumerate(days)
    ]  # fmt: skip
    written = table_of("advert_day", pl.DataFrame(rows))
    again = read(read_content(write(written), "a.csv"), Context()).tables["advert_day"]
    assert again.rows(named=True) == written.rows(named=True)
