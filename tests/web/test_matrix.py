"""The decision matrix: its grid, its loading state, the explanation of a cell."""

from __future__ import annotations

import html
import re
import threading
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

import polars as pl
import pytest

from supercargo.desk.answer import Answer
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Finding, refuse
from supercargo.web import plans
from supercargo.web.days import day_of

ROWS = [
    ("HL-1", "Shirt <b>", "衬衫", "DE", "amazon", "fba", "EUR", "go", "fine", "很好", 1990, 314_159),
    ("HL-1", "Shirt <b>", "衬衫", "DE", "shopify", "direct", "EUR", "fix", "nearly", "接近", 1890, 210_000),
    ("HL-1", "Shirt <b>", "衬衫", "JP", "amazon", "fba", "JPY", "no-go", "loss", "亏损", 2990, -52_000),
    ("HL-2", "Watch", "手表", "DE", "amazon", "fba", "EUR", "no answer", "no rate", "无税率", None, None),
]
COLUMNS = ["sku", "title_en", "title_zh", "market", "channel", "route", "currency", "status", "reason", "reason_zh", "price", "margin_ppm"]


@dataclass
class FakePlan:
    frame: pl.DataFrame
    request: SimpleNamespace
    findings: tuple = ()

    def best(self):
        return self.frame.unique(["sku", "market"], keep="first", maintain_order=True)

    def explain(self, sku, *_way):
        if sku != "HL-1":
            return Answer(
                "price", {"sku": sku}, findings=(Finding("PLAN-404", "error", "row", "the plan has no such row", "choose another"),)
            )
        price = Figure.money("1990.00", "EUR", "shop price")
        return Answer("price", {"sku": sku}, {"price": price, "profit": price.named("profit", per="term-profit")}, rows={
            "waterfall": [{"key": "shop price", "amount": "1990.00", "unit": "EUR"}, {"key": "duty", "amount": "120.00", "unit": "EUR"}, {"key": "profit", "amount": "-5.00", "unit": "EUR"}]
        })  # fmt: skip


@pytest.fixture(autouse=True)
def fresh():
    plans._works.clear()
    yield
    plans._works.clear()


def fake_plan(*_args):
    company = SimpleNamespace(name_en="Acme", name_zh="示例", sample=True)
    request = SimpleNamespace(
        company=company,
        routes=("direct", "fba"),
        channels=("amazon", "shopify"),
        markets=("DE", "JP"),
        catalogue=SimpleNamespace(products=()),
    )
    return FakePlan(frame=pl.DataFrame(ROWS, schema=COLUMNS, orient="row"), request=request)


@pytest.fixture
def planned(monkeypatch):
    monkeypatch.setattr(plans, "make", fake_plan)


def page_of(client, address):
    day, _ = day_of("2026-07-15")
    plans.ask(day).ended.wait(10)
    return html.unescape(client.get(address).content.decode())


DAY = "/matrix/?on=2026-07-15"


@pytest.mark.usefixtures("planned")
def test_a_cell_says_status_margin_and_price_in_words(client, chinese):
    page = page_of(client, DAY)
    cell = re.search(r'<td class="go">.*?</td>', page, re.DOTALL)[0]
    assert all(part in cell for part in ("✓", "Go", "31.4 %", "19.90 EUR"))
    assert "可售" in page_of(chinese, DAY)
    assert "2,990 JPY" in page
    assert "-5.2 %" in page


@pytest.mark.usefixtures("planned")
def test_a_cell_without_an_answer_has_no_number(client):
    cell = re.search(r'<td class="none">.*?</td>', page_of(client, DAY), re.DOTALL)[0]
    assert "No answer" in cell
    assert "%" not in re.sub(r"<[^>]+>", "", cell)


@pytest.mark.usefixtures("planned")
def test_titles_from_files_are_escaped(client):
    page_of(client, DAY)
    assert b"Shirt <b>" not in client.get(DAY).content


@pytest.mark.usefixtures("planned")
def test_the_totals_count_the_cells_that_are_shown(client):
    totals = re.findall(r'<strong class="amount">(\d+)</strong>', page_of(client, DAY))
    assert totals == ["1", "0", "1", "1"]
    direct = re.findall(r'<strong class="amount">(\d+)</strong>', page_of(client, DAY + "&route=direct&channel=shopify"))
    assert direct == ["0", "1", "0", "0"]


@pytest.mark.usefixtures("planned")
def test_unknown_choices_fall_back_to_all(client):
    assert "31.4 %" in page_of(client, DAY + "&route=rocket&channel=%3Cscript%3E&region=mars&order=x")


@pytest.mark.usefixtures("planned")
def test_markets_with_most_to_sell_come_first_or_by_code(client):
    assert re.findall(r'<abbr title="[^"]*">(\w\w)<', page_of(client, DAY)) == ["DE", "JP"]
    assert re.findall(r'<abbr title="[^"]*">(\w\w)<', page_of(client, DAY + "&order=code")) == ["DE", "JP"]


@pytest.mark.usefixtures("planned")
def test_a_cell_opens_its_waterfall_and_its_steps(client):
    page_of(client, DAY)
    page = html.unescape(client.get("/matrix/cell/?sku=HL-1&market=DE&channel=amazon&route=fba&on=2026-07-15").content.decode())
    assert "1,990.00 EUR" in page
    assert 'class="end negative"' in page
    assert 'class="statement"' in page
    sheet = client.get(
        "/matrix/cell/?sku=HL-1&market=DE&channel=amazon&route=fba&on=2026-07-15", headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in sheet


@pytest.mark.usefixtures("planned")
@pytest.mark.parametrize("query", ["", "sku=<script>alert(1)</script>&market=DE", "sku=HL-9&market=QQ&channel=x&route=y"])
def test_a_cell_that_is_not_there_says_so(client, query):
    page_of(client, DAY)
    response = client.get(f"/matrix/cell/?on=2026-07-15&{query}")
    assert response.status_code == 200
    assert b"PLAN-404" in response.content
    assert b"<script>alert" not in response.content


def test_while_the_plan_is_computed_its_progress_is_shown(monkeypatch, client):
    go_on = threading.Event()

    def slow(_files, _day, work):
        work.tell(3, 40, "HL-TEE-001")
        go_on.wait(10)
        return fake_plan()

    monkeypatch.setattr(plans, "make", slow)
    client.get(DAY)
    for _ in range(100):
        page = client.get(DAY).content.decode()
        if "3 / 40" in page:
            break
    assert 'value="3" max="40"' in page
    assert "load delay:400ms" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    go_on.set()
    assert "31.4 %" in page_of(client, DAY)


def test_a_plan_is_computed_once_for_a_day(monkeypatch, client):
    made = []
    monkeypatch.setattr(plans, "make", lambda *args: made.append(args) or fake_plan())
    for _ in range(3):
        page_of(client, DAY)
    assert len(made) == 1


def test_a_refused_plan_says_what_to_do(monkeypatch, client):
    def refused(*_args):
        raise refuse("COMPANY-010", "file", "the file cannot be read", "check the name of the file")

    monkeypatch.setattr(plans, "make", refused)
    page = page_of(client, DAY)
    assert "COMPANY-010" in page
    assert "check the name of the file" in page


def test_a_plan_that_fails_ends_in_a_sentence_not_in_waiting(monkeypatch, client):
    monkeypatch.setattr(plans, "make", lambda *_args: 1 / 0)
    assert "PLAN-500" in page_of(client, DAY)


def test_a_day_without_a_way_says_what_to_supply(monkeypatch, client):
    empty = fake_plan()
    empty.frame = empty.frame.clear()
    monkeypatch.setattr(plans, "make", lambda *_args: empty)
    page = page_of(client, DAY)
    assert "No product can be sold on this day" in page
    assert "table" not in re.sub(r"<[^>]*>", "", page)


def test_without_a_catalogue_the_page_says_what_to_give(monkeypatch, client, tmp_path):
    monkeypatch.setenv("SUPERCARGO_CATALOGUE", str(tmp_path / "none.csv"))
    response = client.get(DAY)
    assert response.status_code == 422
    assert b"PLAN-405" in response.content


@pytest.mark.slow
def test_the_demonstration_company_gets_its_real_matrix(client):
    found = plans.files()
    day = date(2026, 11, 1)
    made = plans.make(found, day, plans.Work())
    work = plans._works[(day, found.state())] = plans.Work(plan=made)
    work.ended.set()
    page = html.unescape(client.get("/matrix/?on=2026-11-01").content.decode())
    assert "HL-TEE-001" in page
    assert page.count("<td class=") == made.best().height
    link = re.search(r'href="(/matrix/cell/\?[^"]*)"', page)[1]
    assert client.get(link).status_code == 200
