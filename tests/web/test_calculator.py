"""The landed-cost calculator: known answers, faults, lines, languages."""

from __future__ import annotations

import html
import re
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FORM = {
    "from": "CN", "to": "DE", "on": "2026-07-15", "currency": "EUR", "hs": "6109.10", "goods": "40.00", "quantity": "2", "freight": "6.00",
    "channel": "own_site", "business": "parcel", "mode": "express", "tax_class": "standard",
}  # fmt: skip
SHIRTS = FORM | {"goods": "40.00", "quantity": "5", "scheme": "IOSS", "on": "2026-07-15"}


def ask(client, cells, **more):
    return client.get("/", cells, **more)


def text_of(response):
    return html.unescape(response.content.decode())


def test_five_equal_shirts_under_ioss_bear_three_euros_of_duty(client):
    page = text_of(ask(client, SHIRTS))
    assert 'class="headline-amount"' in page
    part = re.search(r'class="part-duty".*?</tr>', page, re.DOTALL)[0]
    assert "3.00 EUR" in part


def test_every_step_shows_its_source_as_a_link_with_the_day(client):
    page = text_of(ask(client, SHIRTS))
    assert '/law/de.vat.standard/?on=2026-07-15"' in page
    assert "in force since 2021-01-01" in page
    assert "goods value 40.00 EUR" in page


def test_the_first_visit_shows_a_worked_example(client):
    page = text_of(ask(client, {}))
    assert "A worked example" in page
    assert "headline-amount" in page


def test_the_address_carries_every_cell(client):
    cells = SHIRTS | {
        "insurance": "1.50",
        "weight": "1.2",
        "duty_rate": "12",
        "tax_rate": "19",
        "region": "",
        "hs2": "910211",
        "goods2": "10",
    }
    page = text_of(ask(client, cells))
    link = re.search(r'href="/(\?[^"]+)"', page)[1]
    again = text_of(client.get("/" + link))
    assert re.search(r'headline-amount"[^>]*>([^<]+)', page)[1] == re.search(r'headline-amount"[^>]*>([^<]+)', again)[1]
    for value in ("hs2=910211", "insurance=1.50", "duty_rate=12", "scheme=IOSS"):
        assert value in link


def test_htmx_gets_the_answer_alone(client):
    page = text_of(ask(client, SHIRTS, headers={"HX-Request": "true", "HX-Target": "answer"}))
    assert "<form" not in page
    assert "headline-amount" in page
    assert 'hx-swap-oob="innerHTML"' in page


def test_lines_are_added_and_removed_without_javascript(client):
    added = text_of(ask(client, SHIRTS | {"add": "1"}))
    assert 'name="hs2"' in added
    removed = text_of(ask(client, SHIRTS | {"hs2": "910211", "goods2": "10", "remove": "1"}))
    assert 'name="hs2"' not in removed
    assert 'value="910211"' in removed


def test_at_most_twenty_lines_are_read(client):
    cells = SHIRTS | {f"hs{number}": "610910" for number in range(2, 60)}
    page = text_of(ask(client, cells))
    assert 'name="hs20"' in page
    assert 'name="hs21"' not in page


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("goods", "", "ASK-001"),
        ("hs", "", "ASK-001"),
        ("on", "", "ASK-001"),
        ("to", "", "ASK-001"),
        ("from", "CHINA", "ASK-001"),
        ("goods", "forty", "ASK-002"),
        ("goods", "1" * 13, "ASK-002"),
        ("goods", "9" * 400, "ASK-002"),
        ("goods", "1e50", "ASK-002"),
        ("goods", "NaN", "ASK-002"),
        ("goods", "Infinity", "ASK-002"),
        ("goods", "١٢", "ASK-002"),
        ("freight", "1,2,3", "ASK-002"),
        ("quantity", "1.5", "ASK-003"),
        ("quantity", "0", "QUOTE-003"),
        ("quantity", "-3", "QUOTE-003"),
        ("duty_rate", "1001", "ASK-004"),
        ("tax_rate", "-1", "ASK-004"),
        ("on", "2026-02-30", "ASK-005"),
        ("on", "tomorrow", "ASK-005"),
        ("on", "0000-00-00", "ASK-005"),
        ("currency", "XXX", "ASK-006"),
        ("currency", "", "ASK-006"),
        ("channel", "bazaar", "ASK-007"),
        ("business", "<b>", "ASK-007"),
        ("tax_class", "luxury", "ASK-007"),
        ("to", "QQ", "MARKET-404"),
        ("hs", "99", "HS-001"),
        ("hs", "610908", "HS-404"),
        ("goods", "-5", "QUOTE-002"),
        ("goods", "1.234", "QUOTE-005"),
    ],
)
def test_a_wrong_cell_is_a_finding_with_its_field_never_a_number(client, chinese, cell, value, code):
    for asker in (client, chinese):
        response = ask(asker, SHIRTS | {cell: value})
        page = text_of(response)
        assert response.status_code == 200
        assert f"<code>{code}</code>" in page
        assert 'class="headline-amount none"' in page


@pytest.mark.parametrize("day", ["0001-01-01", "1900-01-01", "9999-12-31"])
def test_a_day_outside_the_records_is_no_error_of_the_program(client, day):
    assert ask(client, SHIRTS | {"on": day}).status_code == 200


@pytest.mark.parametrize(
    "hostile",
    ['"><script>alert(1)</script>', "<img src=x onerror=alert(1)>", "{{ 7|add:7 }}{% now %}", "{from}{0}{}", "\x00\x01", "💥" * 50],
)
@pytest.mark.parametrize(
    "cell",
    [
        "from",
        "to",
        "on",
        "currency",
        "hs",
        "goods",
        "quantity",
        "weight",
        "origin",
        "tax_class",
        "freight",
        "scheme",
        "region",
        "duty_rate",
    ],
)
def test_hostile_cells_come_back_escaped(client, cell, hostile):
    response = ask(client, SHIRTS | {cell: hostile})
    page = response.content.decode()
    assert response.status_code == 200
    assert "<script>alert" not in page
    assert "<img src=x" not in page


cells = st.dictionaries(
    st.sampled_from(
        [*FORM, "hs2", "goods2", "quantity3", "weight", "insurance", "scheme", "region", "duty_rate", "tax_rate", "add", "remove"]
    ),
    st.text(max_size=30),
)
likely = st.fixed_dictionaries({
    "to": st.sampled_from(["DE", "US", "GB", "AU", "JP", "BR", "ZA", "KW", "CN", "IN"]),
    "currency": st.sampled_from(["EUR", "USD", "JPY", "KWD", "TWD", "CNY", "KPW"]),
    "goods": st.decimals(0, 10**12 - 1, places=2).map(str),
    "quantity": st.integers(0, 10**12 - 1).map(str),
    "weight": st.decimals(0, 10**11, places=3).map(str),
    "on": st.dates().map(lambda day: day.isoformat()),
})  # fmt: skip


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells, likely)
def test_nothing_that_can_be_typed_breaks_the_page(client, odd, usual):
    assert client.get("/?" + urlencode(SHIRTS | usual)).status_code == 200
    assert client.get("/?" + urlencode({**SHIRTS, **usual, **odd}, errors="replace")).status_code == 200


def test_thousands_are_set_apart_in_money_and_nowhere_else(client):
    page = text_of(ask(client, SHIRTS | {"goods": "70000.00", "business": "commercial", "duty_rate": "8"}))
    assert "70,000.00 EUR" in page
    assert "2,026" not in page


def test_chinese_page_is_chinese(chinese):
    page = text_of(ask(chinese, SHIRTS))
    assert '<html lang="zh-Hans"' in page
    assert "到岸成本" in page
    assert "您已办理的税务登记" in page
