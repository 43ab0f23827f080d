"""``supercargo quote``: the known answers, refusals, slips, both languages, one stable document."""

import pytest


@pytest.fixture(params=["inside", pytest.param("process", marks=pytest.mark.slow)])
def run(request):
    """Every command here is asked twice: inside the process of the tests, and in the slow part as a process of its own."""
    return request.getfixturevalue(request.param)


TO_DE = ("quote", "--from", "CN", "--to", "DE", "--on", "2026-07-15", "--currency", "EUR", "--seller-scheme", "ioss")
ISSUE = (*TO_DE, "--hs", "6109.10", "--goods", "40.00", "--quantity", "2", "--freight", "6.00")


def amounts(run, *arguments):
    done = run(*arguments, "--json")
    assert done.code == 0, done.err
    return {key: amount["amount"] for key, amount in done.document["amounts"].items()}


def test_five_equal_shirts_owe_the_flat_duty_once(run):
    assert amounts(run, *TO_DE, "--hs", "6109.10", "--goods", "50.00", "--quantity", "5")["duty"] == "3.00"


def test_a_shirt_and_a_watch_owe_it_twice(run):
    assert amounts(run, *TO_DE, "--line", "6109.10:20.00", "--line", "9102.11:60.00")["duty"] == "6.00"


def test_two_shirts_and_shoes_to_france_owe_six_and_the_vat_on_it(run):
    found = amounts(run, *TO_DE[:3], "--to", "FR", *TO_DE[5:], "--line", "6109.10:20.00:2", "--line", "6403.99:60.00")
    assert (found["duty"], found["tax_on_flat_duty"]) == ("6.00", "1.20")  # 6.00 x 20 %


def test_gb_takes_vat_at_the_sale_up_to_135_pounds(run):
    found = amounts(
        run,
        "quote",
        "--from",
        "CN",
        "--to",
        "GB",
        "--on",
        "2024-06-01",
        "--hs",
        "6109.10",
        "--goods",
        "135.00",
        "--currency",
        "GBP",
        "--seller-scheme",
        "uk",
    )
    assert (found["duty"], found["tax_at_sale"], found["tax_at_import"]) == ("0.00", "27.00", "0.00")


def test_gb_takes_duty_and_import_vat_above_it(run):
    found = amounts(
        run,
        "quote",
        "--from",
        "CN",
        "--to",
        "GB",
        "--on",
        "2024-06-01",
        "--hs",
        "6109.10",
        "--goods",
        "135.01",
        "--currency",
        "GBP",
        "--seller-scheme",
        "uk",
    )
    # 135.01 x 12 % = 16.20; (135.01 + 16.20) x 20 % = 30.24
    assert (found["duty"], found["tax_at_sale"], found["tax_at_import"]) == ("16.20", "0.00", "30.24")


@pytest.mark.parametrize("market", [("NL",), ("IN", "--business", "commercial")])
def test_given_rates_stand_in_place_of_the_law(run, market):
    rates = ("--duty-rate", "8%", "--tax-rate", "21%")
    goods = ("--hs", "6109.10", "--goods", "70000", "--freight", "6792", "--currency", "INR", "--on", "2026-07-15")
    found = amounts(run, "quote", "--from", "CN", "--to", *market, *goods, *rates)
    # (70,000 + 6,792) x 8 % = 6,143.36; (76,792 + 6,143.36) x 21 % = 17,416.4256
    assert (found["duty"], found["tax"]) == ("6143.36", "17416.43")


def test_the_explanation_prints_each_decided_amount_with_source_and_first_day(run):
    done = run(*ISSUE, "--explain")
    assert done.code == 0
    assert "Landed cost CN → DE on 2026-07-15" in done.out
    assert "per eu.customs.low_value_duty, in force since 2026-07-01" in done.out
    assert "= sale VAT base 46.00 EUR × VAT rate 19 % → 8.74 EUR" in done.out
    assert "Sources\n    [1] " in done.out


def test_the_explanation_is_chinese_when_asked(run):
    done = run(*ISSUE, "--explain", "--lang", "zh")
    assert "到岸成本 CN → DE" in done.out
    assert "定额关税" in done.out
    assert "依据 eu.customs.low_value_duty，自 2026-07-01 起生效" in done.out.replace(", ", "，")


def test_no_english_step_is_left_in_the_chinese_document(run):
    names = [line["name"] for line in run(*ISSUE, "--json", "--lang", "zh").document["lines"]]
    assert names
    assert [name for name in names if name.isascii()] == []


def test_piped_output_is_plain_and_aligned(run):
    done = run(*ISSUE)
    assert "\x1b" not in done.out
    sums = [line for line in done.out.splitlines() if line.endswith(" EUR")]
    assert len(sums) >= 8
    assert len({len(line) for line in sums}) == 1


def shape(value):
    if isinstance(value, dict):
        return {key: shape(part) for key, part in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return type(value).__name__


def test_the_document_keeps_its_shape(run):
    document = run(*ISSUE, "--json").document
    found = shape(document)
    text = {"name": "str", "amount": "str", "unit": "str"}
    assert all(amount == {**text, "currency": "str"} for amount in found["amounts"].values())
    assert set(document["amounts"]) == {
        "customs_value", "duty", "tax_at_sale", "tax_at_import", "tax", "fees", "charges", "landed_cost", "tax_on_flat_duty", "landed_cost_per_item",
    }  # fmt: skip
    assert (found["supercargo"], found["question"], found["answered"]) == ("str", "str", "bool")
    assert found["words"] == {"collector": "str", "market": "str"}
    assert set(document["lines"][0]) >= {*text, "formula", "source", "effective", "confidence", "path"}
    assert found["sources"] == [{"key": "str", "title": "str", "publisher": "str", "url": "str"}]
    assert document["asked"]["hs"] == "6109.10"


def test_every_line_of_the_document_cites(run):
    assert [line for line in run(*ISSUE, "--json").document["lines"] if not line["source"]] == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("--hs", "610999"), "HS-404"),
        (("--to", "ZZ"), "MARKET-404"),
        (("--currency", "ZZZ"), "CURRENCY-404"),
        (("--goods", "40.005"), "QUOTE-005"),
        (("--on", "1990-01-01"), None),
    ],
)
def test_what_is_not_known_is_refused_and_never_a_number(run, change, code):
    done = run(*ISSUE, *change, "--json")
    assert done.code == 1
    assert done.document["amounts"] == {}
    assert not done.document["answered"]
    assert code is None or code in done.codes


def test_a_refusal_without_json_goes_to_standard_error_with_its_remedy(run):
    done = run(*ISSUE, "--hs", "610999")
    assert (done.code, done.out) == (1, "")
    assert "HS-404" in done.err
    assert "; look the code up" in done.err


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        (("--goods", "4e1"), "USAGE-010", "--goods"),
        (("--goods", "1,000.00"), "USAGE-010", "--goods"),
        (("--goods", "４０"), "USAGE-010", "--goods"),
        (("--freight=-5",), "USAGE-011", "--freight"),
        (("--quantity", "0"), "USAGE-012", "--quantity"),
        (("--duty-rate", "8"), "USAGE-013", "--duty-rate"),
        (("--on", "2026/07/15"), "USAGE-014", "--on"),
        (("--on", "2026-02-30"), "USAGE-014", "--on"),
        (("--to", "UK"), "USAGE-015", "--to"),
        (("--currency", "EURO"), "USAGE-016", "--currency"),
        (("--seller-scheme", "iosss"), "USAGE-017", "--seller-scheme"),
        (("--overlay", "nowhere"), "USAGE-018", "--overlay"),
        (("--rate", "USD=32"), "USAGE-020", "--rate"),
        (("--rate", "USD/TWD=0"), "USAGE-021", "--rate"),
        (("--line", "6109.10"), "USAGE-022", "--line"),
    ],
)
def test_a_slip_is_told_with_place_and_remedy(run, change, code, where):
    done = run(*ISSUE, *change, "--json")
    assert done.code == 2
    (finding,) = (finding for finding in done.document["findings"] if finding["code"] == code)
    assert finding["path"] == where
    assert finding["remedy"]


def test_all_slips_are_told_at_once(run):
    done = run("quote", "--goods", "x", "--on", "today", "--currency", "EURO")
    assert done.code == 2
    assert [line.split()[1] for line in done.err.splitlines()].count("USAGE-001") == 3  # from, to, hs
    assert {"USAGE-010", "USAGE-014", "USAGE-016"} <= {line.split()[1] for line in done.err.splitlines()}


def test_a_planning_rate_answers_where_no_rate_is_published(run):
    asked = (
        "quote",
        "--from",
        "CN",
        "--to",
        "DE",
        "--on",
        "2026-07-15",
        "--hs",
        "6109.10",
        "--goods",
        "900.00",
        "--currency",
        "TWD",
        "--seller-scheme",
        "ioss",
    )
    without, given = run(*asked, "--json"), run(*asked, "--rate", "EUR/TWD=35.5", "--json")
    assert (without.code, given.code) == (1, 0)
    assert "FX-404" in without.codes
    assert given.document["amounts"]["duty"]["amount"] == "106.50"  # 3 EUR x 35.5
    assert any(finding["path"] == "company.planning_rates" for finding in given.document["findings"])


def test_an_overlay_wins_and_the_explanation_says_so(run, tmp_path):
    folder = tmp_path / "own" / "de"
    folder.mkdir(parents=True)
    (folder / "vat.toml").write_text(
        '[standard]\nen = "standard rate of VAT"\nzh = "增值税标准税率"\nkind = "percent"\nunit = "%"\n'
        '[[standard.since]]\ndate = 2026-01-01\nvalue = 20\nsource = "unverified"\nconfidence = "medium"\n',
        "utf-8",
    )
    done = run(*ISSUE, "--overlay", tmp_path / "own", "--explain")
    assert "VAT rate  20 %" in done.out
    assert "your own value" in done.out


def test_a_faulty_tariff_of_ones_own_is_told_row_by_row(run, tmp_path):
    folder = tmp_path / "home" / "rulings"
    folder.mkdir(parents=True)
    (folder / "own.csv").write_text("market,code,expression,since,until,source,confidence\nDE,61,12%,2020,,me,high\n", "utf-8")
    done = run(*ISSUE, "--json")
    assert done.code == 1
    assert set(done.codes) == {"TARIFF-422"}
    assert "own.csv row 2" in done.document["findings"][0]["path"]
