"""``init``, ``import`` and ``audit`` as a person types them."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # whole commands, each in a process of its own

SETTLEMENT = Path(__file__).parents[1] / "connectors" / "amazon" / "golden" / "settlement_eur.txt"


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A book as ``init`` makes it, once; every test has a copy."""
    folder = tmp_path_factory.mktemp("begun")
    told = ["init", "book", "--home", "CN", "--base-currency", "CNY", "--json"]
    environment = {**os.environ, "SUPERCARGO_HOME": str(folder / "home"), "LANG": "C.UTF-8", "PYTHONIOENCODING": "utf-8"}
    environment.pop("SUPERCARGO_BOOK", None)
    done = subprocess.run([sys.executable, "-m", "supercargo", *told], capture_output=True, cwd=folder, env=environment, check=False)
    assert (done.returncode, json.loads(done.stdout)["database"]) == (0, "book.sqlite3"), done.stderr
    return folder / "book"


@pytest.fixture
def book(begun, tmp_path):
    return shutil.copytree(begun, tmp_path / "book")


def test_a_file_is_imported_proved_and_altered_data_is_found(run, book):
    first = run("import", SETTLEMENT, "--book", book)
    assert first.code == 0, first.err
    assert "amazon-settlement (100 %)" in first.out
    assert "0 held already" in first.out
    again = run("import", SETTLEMENT, "--book", book, "--json")
    assert (again.code, again.document["files"][0]["records"], again.codes) == (0, 0, ["BOOK-101"])
    assert run("audit", "verify", "--book", book).code == 0
    with sqlite3.connect(book / "book.sqlite3") as database:
        database.execute("UPDATE book_settlement_line SET amount_minor = amount_minor + 1 WHERE id = 3")
    found = run("audit", "verify", "--book", book, "--json")
    assert (found.code, found.codes) == (1, ["BOOK-202"])
    assert found.document["findings"][0]["path"].startswith("settlement_eur.txt row ")


@pytest.mark.usefixtures("book")
def test_init_refuses_to_overwrite_and_says_what_is_missing(run):
    second = run("init", "book", "--home", "DE", "--base-currency", "EUR", "--json")
    assert (second.code, second.codes) == (1, ["BOOK-004"])
    assert run("init", "other", "--json").codes == ["USAGE-001", "USAGE-001"]


def test_a_dry_run_needs_no_book(run, tmp_path):
    done = run("import", SETTLEMENT, "--dry-run", "--json")
    assert (done.code, done.document["files"][0]["ties"]) == (0, True), done.err
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == []
    assert run("import", SETTLEMENT, "--json").codes == ["BOOK-404"]


def test_one_refused_file_makes_the_exit_code(run, book, tmp_path):
    (tmp_path / "x.csv").write_bytes(b"name,colour\nx,red\n")
    done = run("import", "x.csv", SETTLEMENT, "--book", book)
    assert done.code == 1
    assert "1 files imported, 1 refused" in done.out


def test_slips_are_told_together(run, book):
    done = run(
        "import",
        SETTLEMENT,
        "--decimal",
        "dot",
        "--option",
        "x",
        "--map",
        SETTLEMENT.with_name("none.toml"),
        "--as",
        "x",
        "--book",
        book,
        "--json",
    )
    assert (done.code, sorted(done.codes)) == (2, ["USAGE-017", "USAGE-019", "USAGE-032", "USAGE-033"])


def test_it_speaks_chinese(run, book):
    done = run("import", SETTLEMENT, "--book", book, "--lang", "zh")
    assert "新增" in done.out
    assert "账簿完整无误" in run("audit", "verify", "--book", book, "--lang", "zh").out
