"""Every source of the registry stands complete: what it reads, how sure it is, that rubbish is refused, that its own files come back."""

from __future__ import annotations

import json
import random
import zipfile
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest

from supercargo.connectors import registry
from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content
from supercargo.connectors.records.tables import table_of
from supercargo.desk.demo_company.company import trade
from supercargo.desk.demo_company.files import write
from supercargo.kernel.finding import Refused
from supercargo.kernel.words import catalogue

pytestmark = pytest.mark.slow  # every format against the files of every other

HERE = Path(__file__).parent
SOURCE = HERE.parents[1] / "src" / "supercargo" / "connectors"
KEYS = tuple(registry.formats())
GUESSED = ("bank-csv-payoneer", "bank-csv-pingpong", "bank-csv-worldfirst")
"""Profiles that nobody has proved: they are offered, and never taken unasked."""
LEAST, APART = 60, 10
DAY = date(2026, 3, 4)


def order(**other):
    base = {
        "row": 2, "key": "1", "channel": "own", "order_ref": "1001", "line_ref": "1", "ordered_on": DAY, "status": "shipped", "sku": "MUG",
        "title": "Mug", "quantity": 2, "currency": "USD", "goods_minor": 2000,
    }  # fmt: skip
    return table_of("order_line", pl.DataFrame([base | other]))


def advert(channel):
    row = {"row": 2, "key": "1", "channel": channel, "day": DAY, "campaign": "Mugs", "ad_group": "A", "currency": "EUR", "cost_minor": 100,
           "impressions": 7, "clicks": 1}  # fmt: skip
    return table_of("advert_day", pl.DataFrame([row]))


def rendered(key, *tables, **named):
    return registry.formats()[key].render(*tables, **named)


def old_settlement():
    row = {
        "settlement-id": "9", "settlement-start-date": "2015-01-01T00:00:00+00:00", "settlement-end-date": "2015-01-14T00:00:00+00:00",
        "deposit-date": "2015-01-15T00:00:00+00:00", "total-amount": "9.00", "currency": "USD",
    }  # fmt: skip
    line = {"settlement-id": "9", "transaction-type": "Order", "order-id": "1", "price-type": "Principal", "price-amount": "9.00",
            "posted-date": "2015-01-02T00:00:00+00:00", "sku": "MUG", "marketplace-name": "Amazon.com"}  # fmt: skip
    from supercargo.connectors.amazon.settlement_old import COLUMNS  # noqa: PLC0415

    return "\r\n".join(
        "\t".join(names) for names in (COLUMNS, [row.get(c, "") for c in COLUMNS], [line.get(c, "") for c in COLUMNS])
    ).encode()


def wallet(house):
    names = {
        "payoneer": ("Date", "Description", "Amount", "Currency", "Transaction ID", "Status"),
    }  # fmt: skip
    if house in names:
        return ",".join(names[house]).encode() + b"\r\n2026-03-04,Payment,12.00,USD,77,Completed\r\n"
    from supercargo.connectors.tables import load  # noqa: PLC0415

    profile = load((SOURCE / "bank" / "profiles" / f"{house}.toml").read_text("utf-8"), house)
    head = list(profile.headers)
    return (",".join(head) + "\r\n" + ",".join("1" for _ in head) + "\r\n").encode()


def made():
    """Write a small file of every format of which there is no golden one and none of the demonstration's."""
    money = table_of("money_line", pl.DataFrame([{"row": 2, "key": "1", "channel": "mercadolibre-mx", "order_ref": "1001", "kind": "sale_goods", "currency": "MXN",
                                                  "amount_minor": 2000, "posted_on": DAY, "their_name": "Ingresos por productos"}]))  # fmt: skip
    traffic = table_of("traffic_day", pl.DataFrame([{"row": 1, "key": "1", "channel": "amazon-de", "day": DAY, "currency": "EUR", "sales_minor": 100, "units": 1,
                                                     "sessions": 9, "page_views": 10}]))  # fmt: skip
    return {
        "shopee.xlsx": rendered("shopee-orders", order(channel="shopee-sg", currency="SGD")),
        "lazada.xlsx": rendered("lazada-orders", order(channel="lazada-sg", currency="SGD", ship_country="SG")),
        "mercadolibre.xlsx": rendered("mercadolibre-sales", order(channel="mercadolibre-mx", currency="MXN"), money),
        "aliexpress.xlsx": rendered("aliexpress-orders", order(channel="aliexpress")),
        "temu.xlsx": rendered("temu-orders", order(channel="temu", order_ref="PO-211-01", line_ref="211-1")),
        "google.csv": rendered("google-ads", advert("google-ads")),
        "meta.csv": rendered("meta-ads", advert("meta-ads")),
        "tiktok.xlsx": rendered("tiktok-ads", advert("tiktok-ads")),
        "traffic.json": rendered("amazon-sales-and-traffic", traffic_day=traffic),
        "old.txt": old_settlement(),
        "counts.csv": rendered("own-stock-counts"),
        **{f"{key.rpartition('-')[2]}.csv": wallet(key.rpartition("-")[2]) for key in GUESSED},
    }


OF_MADE = {
    "shopee.xlsx": "shopee-orders", "lazada.xlsx": "lazada-orders", "mercadolibre.xlsx": "mercadolibre-sales", "aliexpress.xlsx": "aliexpress-orders",
    "temu.xlsx": "temu-orders", "google.csv": "google-ads", "meta.csv": "meta-ads", "tiktok.xlsx": "tiktok-ads", "traffic.json": "amazon-sales-and-traffic",
    "old.txt": "amazon-settlement-old", "counts.csv": "own-stock-counts",
    "payoneer.csv": "bank-csv-payoneer", "pingpong.csv": "bank-csv-pingpong", "worldfirst.csv": "bank-csv-worldfirst",
}  # fmt: skip
NOT_READ = ("woocommerce/products.csv",)
"""Golden files of what is refused with a word."""


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory):
    return write(tmp_path_factory.mktemp("demonstration"), trade())


@pytest.fixture(scope="module")
def files(demonstration):
    """Every file at hand: name -> content."""
    golden = {
        f"{path.parents[1].name}/{path.name}": path.read_bytes()
        for path in sorted(HERE.glob("*/golden/*"))
        if path.parents[1].name in registry.SOURCES and f"{path.parents[1].name}/{path.name}" not in NOT_READ
    }
    shown = {f"demonstration/{place}/{one.path.name}": one.path.read_bytes() for place, one in enumerate(demonstration)}
    return golden | shown | {f"made/{name}": content for name, content in made().items()}


@pytest.fixture(scope="module")
def seen(files):
    """What every format says of every file: file -> [(key, percent)], the surest first."""
    return {
        name: [(form.key, sure) for form, sure in registry.recognise(read_content(content, Path(name).name))]
        for name, content in files.items()
    }


# ---- each source is whole


@pytest.mark.parametrize("source", registry.SOURCES)
def test_a_source_says_what_it_reads_and_has_codes_and_tests(source):
    folder, tests = SOURCE / source, HERE / source
    assert (folder / "README.md").stat().st_size > 200
    assert (folder / "formats.py").is_file()
    assert (
        [path.name for path in folder.glob("codes*.*")] or [path.name for path in folder.glob("*.toml")] or (folder / "profiles").is_dir()
    )
    assert sorted(tests.glob("test_*.py"))
    written = "".join(path.read_text("utf-8") for path in tests.glob("test_*.py"))
    assert (tests / "golden").is_dir() or "render" in written, "neither golden files nor files that are written by the tests"


def test_every_folder_with_formats_is_registered():
    assert {path.parent.name for path in SOURCE.glob("*/formats.py")} - {"raw"} == set(registry.SOURCES)


@pytest.mark.parametrize("key", KEYS)
def test_a_format_is_named_in_both_languages_and_says_what_is_not_proven(key):
    form, words = registry.formats()[key], catalogue()
    assert form.source in registry.SOURCES
    assert any("\u4e00" <= sign <= "\u9fff" for sign in words[form.name])
    assert not form.proven or any("\u4e00" <= sign <= "\u9fff" for sign in words[form.proven])
    if "unproven" in form.name or key in GUESSED:
        assert form.proven


# ---- and knows its own files


def test_every_format_is_the_surest_of_some_file(seen):
    first = {key for found in seen.values() for key, percent in found if percent == found[0][1]}
    assert set(KEYS) - first == set()


def test_no_file_is_claimed_by_two_formats(seen):
    close = {name: found for name, found in seen.items() if len(found) > 1 and found[0][1] >= LEAST and found[0][1] - found[1][1] < APART}
    assert close == {}


def test_a_files_own_format_is_certain_and_every_other_one_is_not(seen):
    for name, found in seen.items():
        key, percent = found[0]
        assert percent >= LEAST or key in GUESSED, name
        others = {other: sure for other, sure in found[1:] if other not in GUESSED}
        assert others == {}, name


def test_what_was_written_for_a_format_is_recognised_as_it(seen):
    assert {name: key for name, key in OF_MADE.items() if dict(seen[f"made/{name}"]).get(key, 0) < seen[f"made/{name}"][0][1]} == {}


def test_a_golden_file_lies_with_its_source(seen):
    wrong = {
        name: found[0][0]
        for name, found in seen.items()
        if name.split("/")[0] in registry.SOURCES and registry.formats()[found[0][0]].source != name.split("/")[0]
    }
    assert wrong == {}


# ---- rubbish is refused, and nothing else happens


def zipped(names):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@cache
def rubbish():
    """Give what people drop on an importer by mistake."""
    draw = random.Random(20261123)  # noqa: S311 - the same rubbish every time
    noise = bytes(draw.randrange(256) for _ in range(4000))
    return {
        "nothing": b"", "blank lines": b"\n\n \n", "a mark only": b"\xef\xbb\xbf", "a word": b"hello", "a sentence": b"no table, just a sentence; or two\n",
        "noise": noise, "noise without nulls": noise.replace(b"\x00", b"."), "a wrong header": b"alpha,beta,gamma\n1,2,3\n4,5,6\n",
        "a page": b"<!DOCTYPE html><html><body><p>Please sign in</p></body></html>", "a message": b"<?xml version='1.0'?><Document><A/></Document>",
        "an object": b'{"error": "not authorised"}', "a list": b"[1, 2, 3]", "null": b"null", "deep": b"[" * 3000 + b"]" * 3000,
        "half an object": b'{"reportSpecification": {', "a picture": b"\x89PNG\r\n\x1a\n" + noise[:500], "half an archive": b"PK\x03\x04" + noise[:500],
        "an empty archive": zipped({}), "an archive of text": zipped({"a.txt": b"1"}), "a broken workbook": zipped({"xl/workbook.xml": b"<x"}),
        "tags": b":20:X\n:25:Y\n", "one tag": b":61:2603040304D1,00NTRF\n", "a column": b"Amount\n1\n2\n",
    }  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
def test_rubbish_is_refused_by_every_format(key):
    form = registry.formats()[key]
    for name, content in rubbish().items():
        try:
            raw = read_content(content, "file.csv")
        except Refused:
            continue
        assert form.certainty(raw) < LEAST, name
        if (key, name) == ("woocommerce-orders", "null"):  # an answer of the interface without an order: nothing came, nothing is kept
            assert form.map(raw, Context()).outcome.height == 0
            continue
        with pytest.raises(Refused) as refused:
            form.map(raw, Context())
        assert all(finding.code and str(finding.message) for finding in refused.value.findings), name


@pytest.mark.parametrize("every", [12, pytest.param(1, marks=pytest.mark.slow)], ids=["some", "all"])
@pytest.mark.parametrize("key", KEYS)
def test_a_file_of_another_format_is_refused_or_sorted_and_nothing_else_happens(key, files, every):
    """``--as`` with the wrong format: a named refusal, or every row with its outcome."""
    form, strange = registry.formats()[key], set()
    for name, content in list(files.items())[KEYS.index(key) % every :: every]:
        try:
            mapped = form.map(read_content(content, Path(name).name), Context(channel="amazon-de", day=DAY, dates="dmy", decimal="."))
        except Refused:
            continue
        except Exception as fault:  # noqa: BLE001 - that is what is looked for
            strange.add((name, f"{type(fault).__name__}: {str(fault)[:80]}"))
            continue
        assert all(control.ties for control in mapped.controls), name
        assert mapped.outcome["row"].is_duplicated().sum() == 0, name
    assert strange == set()


# ---- what was written comes back


OF_OBJECTS = {
    "own-catalogue": "is written from products and not from records: tests/connectors/catalogue and own_sheets write it and read it again"
}


def back(form, tables, context, others):
    """Write records in their format in the way that it takes them, and read them again."""
    nouns = {noun: table for noun, table in tables.items() if table.height or noun == "payout"}
    for call in (
        lambda: form.render(**nouns),
        lambda: form.render(tables),
        lambda: form.render(*nouns.values()),
        lambda: form.render(tables[next(iter(tables))]),
    ):
        try:
            content = call()
        except (TypeError, AttributeError):
            continue  # called in another format's way
        return form.map(read_content(content, "again" + others), context)
    message = f"{form.key} cannot be called"
    raise AssertionError(message)


@pytest.mark.slow  # the property tests of each source ask the same of small tables in the fast part
def test_every_file_of_the_demonstration_comes_back_from_its_records(demonstration):
    """Nouns, number of records and every sum of money are the same; a second time the records are the same to the letter."""
    for one in demonstration:
        raw = read_content(one.path.read_bytes(), one.path.name)
        form = registry.recognise(raw)[0][0]
        if form.key in OF_OBJECTS:
            continue
        context = Context(channel=one.channel, zone=one.zone, day=date(2026, 10, 31))
        first = form.map(raw, context)
        once = back(form, first.tables, context, one.path.suffix)
        twice = back(form, once.tables, context, one.path.suffix)
        for noun, table in first.tables.items():
            assert once.tables[noun].height == table.height, (one.path.name, noun)
            money = [name for name in table.columns if name.endswith("_minor")]
            assert once.tables[noun].select(pl.col(money).sum()).rows() == table.select(pl.col(money).sum()).rows(), (one.path.name, noun)
            drop = [name for name in ("row", "key") if name in table.columns]
            assert twice.tables[noun].drop(drop).rows() == once.tables[noun].drop(drop).rows(), (one.path.name, noun)


def test_the_registry_is_read_as_json_by_nobody():
    """Keys are what people type after --as: small letters, digits and hyphens."""
    assert json.dumps(KEYS).isascii()
    assert all(key == key.lower() and key.replace("-", "").isalnum() for key in KEYS)
