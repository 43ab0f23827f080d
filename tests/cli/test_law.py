"""``supercargo law``: what the book says, how it changed, what is wrong with it, official files."""

import gzip

import pytest


@pytest.fixture(params=["inside", pytest.param("process", marks=pytest.mark.slow)])
def run(request):
    """Every command here is asked twice: inside the process of the tests, and in the slow part as a process of its own."""
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize(
    ("key", "day", "value"),
    [
        ("de.vat.standard", "2020-06-30", "19 %"),
        ("de.vat.standard", "2020-08-01", "16 %"),
        ("de.vat.standard", "2021-01-01", "19 %"),
        ("ro.vat.standard", "2025-07-31", "19 %"),
        ("ro.vat.standard", "2025-08-01", "21 %"),
        ("sg.vat.standard", "2023-12-31", "8 %"),
        ("sg.vat.standard", "2024-01-01", "9 %"),
        ("fi.vat.standard", "2024-08-31", "24 %"),
        ("fi.vat.standard", "2024-09-01", "25.5 %"),
        ("eu.customs.low_value_duty", "2026-07-15", "3 EUR/item"),
    ],
)
def test_a_fact_is_shown_as_it_stood_on_its_day(run, key, day, value):
    done = run("law", "show", key, "--on", day)
    assert done.code == 0
    assert f"on {day}: {value}\n" in done.out


def test_a_fact_is_shown_with_first_day_and_sources(run):
    document = run("law", "show", "eu.customs.low_value_duty", "--on", "2026-07-15", "--json").document
    assert document["amounts"]["value"] == {
        "name": "flat customs duty on a low-value item in a distance sale",
        "amount": "3",
        "unit": "EUR/item",
    }
    assert document["words"]["since"] == "2026-07-01"
    assert all(source["url"].startswith("https://") for source in document["rows"]["sources"])


def test_a_ladder_is_shown_band_by_band(run):
    done = run("law", "show", "eu.customs.parcel_duty", "--on", "2026-07-15")
    assert "150 EUR" in done.out
    assert "eu.customs.low_value_duty" in done.out


def test_the_history_names_the_days_on_which_each_value_held(run):
    rows = run("law", "history", "de.vat.standard", "--json").document["rows"]["history"]
    assert [(row["since"], row["last_day"], row["value_en"]) for row in rows[:3]] == [
        ("2021-01-01", "", "19 %"), ("2020-07-01", "2020-12-31", "16 %"), ("2007-01-01", "2020-06-30", "19 %"),
    ]  # fmt: skip


def test_what_an_explanation_cites_can_be_shown_even_from_the_long_tables(run):
    assert "Source" in run("law", "show", "tariff.us.61091000").out
    assert "USD/CNY" in run("law", "show", "ecb.rates.USD_CNY", "--on", "2026-07-15").out
    fee = run("law", "show", "fees.referral_fees.amazon.US.2", "--json").document
    assert {row["column"]: row["value"] for row in fee["rows"]["cells"]}["channel"] == "amazon"


def test_facts_are_listed_in_the_readers_language(run):
    assert "增值税标准税率" in run("law", "list", "DE", "--lang", "zh").out
    assert "standard rate of VAT" in run("law", "list", "de.vat", "--lang", "en").out
    assert "AMAZON" in run("law", "list").out


def test_the_shipped_book_has_no_errors(run):
    done = run("law", "check", "--json")
    assert (done.code, [f for f in done.document["findings"] if f["severity"] == "error"]) == (0, [])
    assert {row["checked"]: row["count"] for row in done.document["rows"]["counts"]}["facts"] > 1300


def test_a_faulty_overlay_is_told(run, tmp_path):
    (tmp_path / "own" / "de").mkdir(parents=True)
    (tmp_path / "own" / "de" / "vat.toml").write_text('[standard]\nen = "rate"\nkind = "percent"\nunit = "EUR"\n', "utf-8")
    done = run("law", "check", "--overlay", tmp_path / "own")
    assert done.code == 1
    assert {"LINT-111", "LINT-112", "LINT-114"} <= set(done.out.split())


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("show", "de.vat.nothing"), "LAW-404"),
        (("show", "../../etc/passwd"), "LAW-404"),
        (("show", "de.vat.standard", "--on", "1990-01-01"), "LAW-410"),
        (("show", "fees.nothing.at.all"), "LAW-404"),
        (("show", "fees.referral_fees.amazon.US.999999"), "LAW-404"),
        (("show", "tariff.us"), "LAW-404"),
        (("show", "ecb.rates.USD"), "LAW-404"),
        (("history", "de.vat.nothing"), "LAW-404"),
        (("list", "ZZ"), "LAW-404"),
        (("load", "hts", "nowhere.csv", "--since", "2024-01-01"), "LOAD-404"),
    ],
)
def test_what_the_book_does_not_know_is_refused(run, arguments, code):
    done = run("law", *arguments, "--json")
    assert (done.code, done.codes) == (1, [code])


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nonsense",),
        ("list", "DE", "--on", "soon"),
        ("list", "DE", "--overlay", "nowhere"),
        ("list", "DE", "FR"),
        ("show",),
        ("show", "de.vat.standard", "--on", "2026-13-01"),
        ("show", "de.vat.standard", "--overlay", "nowhere"),
        ("history",),
        ("history", "de.vat.standard", "--on", "2026-01-01"),
        ("history", "de.vat.standard", "--overlay", "nowhere"),
        ("check", "now"),
        ("check", "--overlay", "nowhere"),
        ("check", "--overlay"),
        ("load", "hts"),
        ("load", "taric", "file.csv", "--since", "2024-01-01"),
    ],
)
def test_a_slip_is_wrong_usage(run, arguments):
    done = run("law", *arguments)
    assert (done.code, done.out) == (2, "")
    assert "USAGE-" in done.err


HTS = (
    "HTS Number,Indent,Description,Unit of Quantity,General Rate of Duty,Special Rate of Duty,Column 2 Rate of Duty,Quota Quantity,Additional Duties\n"
    '6109.10.00,0,"T-shirts, of cotton",,16.5%,,90%,,\n'
    '6109.90.10,0,"broken line",,,,,,\n'
)


def test_an_official_file_is_taken_over_and_used_at_once(run, tmp_path):
    (tmp_path / "hts.csv.gz").write_bytes(gzip.compress(HTS.encode()))
    done = run("law", "load", "hts", tmp_path / "hts.csv.gz", "--since", "2026-01-01", "--source", "HTS 2026", "--json")
    assert done.code == 0
    assert {row["what"]: row["count"] for row in done.document["rows"]["counts"]}["rows kept"] == 1
    assert [finding["severity"] for finding in done.document["findings"]] == ["warning"]
    asked = (
        "quote",
        "--from",
        "VN",
        "--to",
        "US",
        "--on",
        "2026-02-01",
        "--business",
        "commercial",
        "--mode",
        "sea",
        "--hs",
        "6109.10.00",
        "--goods",
        "1000",
        "--currency",
        "USD",
    )
    assert "HTS 2026" in run(*asked, "--explain").out


def test_a_file_that_is_no_tariff_is_refused(run, tmp_path):
    (tmp_path / "letter.csv").write_text("dear customs,\nplease\n", "utf-8")
    done = run("law", "load", "hts", tmp_path / "letter.csv", "--since", "2026-01-01", "--json")
    assert done.code == 1
    assert "LOAD-422" in done.codes


def test_a_file_without_its_first_day_is_taken_from_today_and_says_so(run, tmp_path):
    (tmp_path / "hts.csv").write_text(HTS, encoding="utf-8")
    done = run("law", "load", "hts", tmp_path / "hts.csv", "--json")
    assert done.code == 0
    assert "LOAD-201" in [finding["code"] for finding in done.document["findings"]]
