"""The whole way on a real book: files in, lake written, profit shown, one cell walked down to the row of its file."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from supercargo.bench.import_files import samples

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    folder = tmp_path_factory.mktemp("company")
    for sample in samples(60):
        (folder / sample.name).write_bytes(sample.content)
    book = folder / "book"
    run("init", str(book), "--home", "CN", "--base-currency", "CNY", cwd=folder)
    run("import", "settlement.txt", "orders.txt", cwd=folder, book=book)
    run("import", "orders_export.csv", "--channel", "shopify", cwd=folder, book=book)
    return book


def run(*words, cwd, book=None):
    environment = {**os.environ, **({"SUPERCARGO_BOOK": str(book)} if book else {})}
    done = subprocess.run(
        [sys.executable, "-m", "supercargo", *words], check=False, capture_output=True, text=True, cwd=cwd, env=environment
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def answered(company, *words):
    return json.loads(run(*words, "--json", cwd=company, book=company))


def test_files_become_profit_and_a_cell_goes_back_to_its_row(company):
    written = answered(company, "lake", "write")
    assert written["written"] == ["amazon-de", "shopify"]
    assert answered(company, "lake", "write")["written"] == []
    shown = answered(company, "lake", "show")
    assert shown["lines"] == written["lines"] > 60
    table = answered(company, "profit", "--by", "channel,month", "--currency", "EUR")
    assert [(cell["channel"], cell["month"]) for cell in table["cells"]] == [("amazon-de", "2026-03"), ("shopify", "2026-03")]
    told = answered(company, "profit", "--by", "channel,month", "--currency", "EUR", "--explain", "channel=amazon-de,month=2026-03")
    cell = table["cells"][0]
    assert {name: told["amounts"][name]["amount"] for name in ("gross_sales", "net_revenue", "margin_1", "margin_2", "margin_3")} == {
        name: cell[name] for name in ("gross_sales", "net_revenue", "margin_1", "margin_2", "margin_3")
    }
    line = next(row for row in told["rows"]["lines"] if row["noun"] == "money_line" and row["kind"] == "sale_goods")
    assert line["document"] == "settlement.txt"
    assert line["cells"][14] == line["amount"].replace(".", ",")


def test_the_table_is_for_people_too(company):
    run("lake", "write", cwd=company, book=company)
    for language in ("en", "zh"):
        text = run("profit", "--by", "country,product", "--lang", language, "--rows", "3", cwd=company, book=company)
        assert "CNY" in text
        assert run("profit", "--explain", "1", "--lang", language, cwd=company, book=company)
