"""Fact pages: history, the entry in force on a day, sources, search."""

from __future__ import annotations

import html
import re
from urllib.parse import quote

import pytest


def page_of(client, address):
    return html.unescape(client.get(address).content.decode())


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/law/de.vat.standard/?on=2020-08-01", "16 %"),
        ("/law/de.vat.standard/?on=2021-01-01", "19 %"),
        ("/law/ro.vat.standard/?on=2025-08-01", "21 %"),
        ("/law/sg.vat.standard/?on=2023-12-31", "8 %"),
        ("/law/sg.vat.standard/?on=2024-01-01", "9 %"),
        ("/law/fi.vat.standard/?on=2024-09-01", "25.5 %"),
    ],
)
def test_the_value_in_force_on_a_day_is_shown(client, address, shown):
    page = page_of(client, address)
    now = re.search(r'class="big-value">(.*?)</div>', page, re.DOTALL)[1]
    assert shown in now


def test_the_history_stands_newest_first_and_marks_the_entry_of_the_day(client):
    page = page_of(client, "/law/de.vat.standard/?on=2020-08-01")
    days = re.findall(r'<time datetime="([^"]+)"', page)
    assert days == sorted(days, reverse=True)
    current = re.search(r'<li class="current".*?<time datetime="([^"]+)"', page, re.DOTALL)[1]
    assert current == "2020-07-01"


def test_a_ladder_shows_its_bands_in_both_languages(client, chinese):
    assert "a flat amount" in page_of(client, "/law/eu.customs.parcel_duty/?on=2026-07-15")
    assert "定额" in page_of(chinese, "/law/eu.customs.parcel_duty/?on=2026-07-15")


def test_before_the_records_there_is_no_value_and_a_way_on(client):
    page = page_of(client, "/law/de.vat.standard/?on=1900-01-01")
    assert "no record" in page
    assert "The records begin on" in page


def test_a_wrong_day_is_said_and_today_is_shown(client):
    page = page_of(client, "/law/de.vat.standard/?on=yesterday")
    assert "ASK-005" in page
    assert "In force on" in page


def test_sources_open_without_telling_where_one_came_from(client):
    page = page_of(client, "/law/de.vat.standard/")
    assert re.search(r'<a href="https?://[^"]+" rel="noreferrer noopener" target="_blank">', page)
    for link in re.findall(r'<a href="https?://[^>]+>', page):
        assert "noreferrer" in link


def test_the_key_stands_there_to_be_copied(client):
    assert '<code id="fact-key">de.vat.standard</code>' in page_of(client, "/law/de.vat.standard/")


@pytest.mark.parametrize(
    "key",
    [
        "de.vat.nothing",
        "xx.yy.zz",
        "..",
        "../../etc/passwd",
        "de",
        "de.vat.standard.extra",
        "<script>",
        "%00",
        "a" * 3000,
        "de.vat.",
        "...",
        "tariff.de.610910",
    ],
)
def test_any_key_is_answered_or_refused_with_a_remedy(client, key):
    response = client.get(f"/law/{quote(key, safe='')}/")
    assert response.status_code in {200, 404}
    page = response.content.decode()
    assert "<script>" not in page
    if response.status_code == 404 and "LAW-404" in page:
        assert "What to do:" in page


def test_search_finds_by_key_by_english_and_by_chinese(client, chinese):
    assert "de.vat.standard" in page_of(client, "/law/?q=de.vat")
    assert "de.vat.standard" in page_of(client, "/law/?q=standard rate VAT")
    assert "de.vat.standard" in page_of(chinese, "/law/?q=增值税标准税率")
    assert "Nothing found" in page_of(client, "/law/?q=zzzz")
    part = client.get("/law/?q=ioss", headers={"HX-Request": "true", "HX-Target": "found"}).content.decode()
    assert "<html" not in part


def test_an_overlay_of_the_user_is_shown_as_their_own(client, tmp_path):
    folder = tmp_path / "overlay" / "de"
    folder.mkdir(parents=True)
    (folder / "vat.toml").write_text(
        '[standard]\nen = "my rate"\nzh = "我的税率"\nkind = "percent"\nunit = "%"\n\n[[standard.since]]\ndate = 2026-01-01\nvalue = 18\nsource = "own"\nconfidence = "high"\n',
        encoding="utf-8",
    )
    page = page_of(client, "/law/de.vat.standard/?on=2026-07-15")
    assert "my rate" in page
    assert "18 %" in page
    assert "your own value" in page


def test_a_source_lists_the_facts_that_rest_on_it(client):
    page = page_of(client, "/sources/gobl-tax-regimes/")
    assert "de.vat.standard" in page
    assert client.get("/sources/no-such-source/").status_code == 404


def test_words_of_the_trade_have_their_anchors(client, chinese):
    assert 'id="term-landed-cost"' in page_of(client, "/words/")
    assert "到岸成本" in page_of(chinese, "/words/")
