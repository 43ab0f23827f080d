"""The other commands: plan, price, markets, bench, demo, serve, words; help and slips of all."""

from pathlib import Path

import pytest

from supercargo.cli.main import COMMANDS

pytestmark = pytest.mark.slow  # whole commands, each in a process of its own

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_the_help_names_every_command_in_both_languages(run):
    for language, title in (("en", "usage: "), ("zh", "用法：")):
        done = run("--help", "--lang", language)
        assert done.code == 0
        assert done.out.startswith(title)
        assert all(f"\n    {command} " in done.out for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_chinese(run, command):
    done = run(command, "--help", "--lang", "zh")
    assert done.code == 0
    assert "显示此帮助" in done.out
    options = [line for line in done.out.splitlines() if line.strip().startswith("--")]
    assert options
    assert "show this help" not in done.out


def test_without_a_command_the_help_is_shown_and_usage_is_wrong(run):
    done = run()
    assert done.code == 2
    assert done.out.startswith("usage: ")


def test_the_version_is_told(run):
    assert run("--version").out.startswith("supercargo 0.")


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("quote", "--colour", "red"),
        ("quote", "--lang", "fr"),
        ("plan",),
        ("plan", "nowhere.csv"),
        ("plan", EXAMPLES / "catalogue.csv", "--out", "decisions.doc"),
        ("plan", EXAMPLES / "catalogue.csv", "--via", "teleport"),
        ("price", "HL-TEE-001"),
        ("price", "HL-TEE-001", "--to", "GB,DE", "--via", "fba", "--channel", "amazon"),
        ("price", "HL-TEE-001", "--to", "GB", "--via", "fba", "--channel", "amazon", "--margin", "0.3"),
        ("markets", "--weights", "economics=40"),
        ("markets", "--weights", "luck=100"),
        ("markets", "--weights", "economics=a,logistics=30,barrier=30"),
        ("bench", "prices"),
        ("bench", "quotes", "--rows", "0"),
        ("bench", "quotes", "--rows", "many"),
        ("demo", "--port", "99999"),
        ("demo", "--on", "yesterday"),
        ("demo", "now"),
        ("serve", "--port", "http"),
        ("serve", "--catalogue", "nowhere.csv"),
        ("serve", "--cards", "nowhere"),
        ("words",),
        ("words", "count"),
        ("words", "check", "twice"),
    ],
)
def test_a_slip_is_wrong_usage(run, arguments):
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "USAGE-" in done.err


def test_a_market_that_is_not_known_is_refused(run):
    done = run("plan", EXAMPLES / "catalogue.csv", "--to", "DE,ZZ", "--json")
    assert (done.code, done.codes) == (1, ["MARKET-404"])


def test_a_product_that_is_not_in_the_catalogue_is_refused(run):
    done = run("price", "NOTHING", "--to", "GB", "--via", "fba", "--channel", "amazon", "--json")
    assert (done.code, done.codes) == (1, ["PRICE-410"])


def test_a_price_shows_its_waterfall_and_its_proof(run):
    asked = (
        "price",
        "HL-TEE-001",
        "--catalogue",
        EXAMPLES / "catalogue.csv",
        "--to",
        "GB",
        "--via",
        "direct",
        "--channel",
        "shopify",
        "--margin",
        "30%",
        "--on",
        "2026-12-01",
    )
    done = run(*asked, "--json")
    assert done.code == 0, done.err
    assert done.document["rows"]["waterfall"][0]["unit"] == "GBP"
    meets = [row["meets"] for row in done.document["rows"]["neighbours"]]
    assert meets[-1]
    assert not meets[0]
    shown = run(*asked, "--lang", "zh").out
    assert "从含税售价到利润" in shown


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "parquet"])
def test_a_plan_is_summed_up_and_written(run, tmp_path, suffix):
    pytest.importorskip("supercargo.desk.plan_sheet")
    sheet = tmp_path / f"decisions.{suffix}"
    done = run(
        "plan",
        EXAMPLES / "catalogue-zh.csv",
        "--company",
        EXAMPLES / "company.toml",
        "--to",
        "DE,GB",
        "--via",
        "direct",
        "--channel",
        "shopify",
        "--on",
        "2026-12-01",
        "--out",
        sheet,
    )
    assert done.code == 0, done.err
    assert sheet.stat().st_size > 500
    assert f"written to {sheet}" in done.out
    assert any(line.startswith("DE ") for line in done.out.splitlines())


def test_faulty_rows_are_told_and_good_ones_planned(run):
    done = run(
        "plan",
        EXAMPLES / "catalogue-faulty.csv",
        "--company",
        EXAMPLES / "company.toml",
        "--to",
        "DE",
        "--via",
        "direct",
        "--channel",
        "shopify",
        "--on",
        "2026-12-01",
        "--json",
    )
    assert done.code == 1
    assert {row["sku"] for row in done.document["rows"]} >= {"HX-GOOD-01", "HX-GOOD-02", "HX-GOOD-03"}
    assert any(finding["severity"] == "error" for finding in done.document["findings"])


def test_markets_are_ranked(run):
    pytest.importorskip("supercargo.desk.ranking")
    weights = "economics=40,logistics=30,barrier=30"
    done = run(
        "markets",
        "--catalogue",
        EXAMPLES / "catalogue-zh.csv",
        "--to",
        "DE,GB,US",
        "--via",
        "direct",
        "--channel",
        "shopify",
        "--weights",
        weights,
        "--on",
        "2026-12-01",
        "--json",
    )
    assert done.code == 0, done.err
    assert {row["market"] for row in done.document["rows"]["ranking"]} == {"DE", "GB", "US"}


def test_the_bench_gives_its_figures(run):
    done = run("bench", "quotes", "--rows", "2000", "--json")
    assert done.code == 0, done.err
    keys = {"rows", "seconds", "rows_per_second", "peak_mib", "differences", "times_decimal_loop", "times_float_expression"}
    assert keys <= set(done.document)
    assert done.document["differences"] == 0


@pytest.mark.slow
def test_the_demonstration_ends_after_the_sheet(run, tmp_path):
    pytest.importorskip("supercargo.desk.plan_sheet")
    done = run("demo", "--no-serve", "--folder", tmp_path / "shown", "--on", "2026-12-01")
    assert done.code == 0, done.err
    assert (tmp_path / "shown" / "decisions.xlsx").stat().st_size > 10_000
    assert "Decision sheet on 2026-12-01: 40 products" in done.out


def test_ways_to_fulfil_are_compared_with_their_break_even(run):
    done = run("modes", "HL-TEE-001", "--to", "GB", "--on", "2026-11-20", "--units", "420", "--json")
    assert done.code == 0
    assert [way["way"] for way in done.document["rows"]["ways"]] == ["direct_mail", "overseas_warehouse", "fba"]
    assert "HL-TEE-001" in run("modes", "HL-TEE-001", "--to", "GB", "--on", "2026-11-20", "--lang", "zh").out


def test_the_best_price_tier_is_named(run):
    done = run("tiers", "HL-TEE-001", "--on", "2026-11-20", "--json")
    assert done.code == 0
    assert [tier["quantity"] for tier in done.document["rows"]["tiers"]] == ["300", "1000", "3000"]
    assert done.document["words"]["best_tier"] == "3"


def test_a_product_that_nobody_has_is_refused_by_both(run):
    assert run("modes", "NOPE", "--to", "GB").code == 1
    assert run("tiers", "NOPE").code == 1
    assert run("modes", "HL-TEE-001").code == 2
