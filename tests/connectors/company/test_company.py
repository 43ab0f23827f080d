"""A company's file: what it holds, what it leaves out, and every fault in it at once."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.connectors.company import Company, Policy, parse, read
from supercargo.connectors.company.codes import SCHEMES, scheme_code
from supercargo.kernel.finding import Refused
from supercargo.reference.fx import Rates

EXAMPLE = Path(__file__).parents[3] / "examples" / "company.toml"
DAY = date(2026, 7, 15)


def faults(text):
    with pytest.raises(Refused) as caught:
        parse(text)
    return [(finding.code, finding.path) for finding in caught.value.findings]


def test_the_example_company_is_read_and_leaves_nothing_out():
    company = read(EXAMPLE)
    assert (company.name_zh, company.country, company.base_currency, company.sample) == ("灯港贸易有限公司", "CN", "CNY", True)
    assert (company.policy.margin_rate_target, company.policy.payout_days_max) == (Decimal("0.30"), 14)
    assert (company.findings, company.defaults) == ((), frozenset())
    assert company.routes == ("direct", "warehouse", "fba")
    assert len(company.sha256) == 64


def test_registrations_open_schemes_from_their_first_day():
    company = read(EXAMPLE)
    assert company.schemes_on(DAY) == {"IOSS", "UK-SALE-VAT", "AU-LVG"}
    assert company.schemes_on(date(2024, 2, 29)) == {"UK-SALE-VAT"}
    assert company.schemes_on(date(2024, 3, 1)) == {"UK-SALE-VAT", "IOSS"}
    assert company.registered_in(DAY) == {"DE", "GB", "AU"}
    assert company.postpones_import_vat("GB", DAY)
    assert not company.postpones_import_vat("DE", DAY)


def test_a_registration_ends_on_its_last_day_which_no_longer_counts():
    company = parse('[[registrations]]\njurisdiction = "NO"\nscheme = "voec"\nheld = true\nuntil = 2026-07-15\n')
    assert company.schemes_on(date(2026, 7, 14)) == {"VOEC"}
    assert company.schemes_on(DAY) == frozenset()


def test_every_scheme_of_the_law_can_be_held():
    law = Path(__file__).parents[3] / "src" / "supercargo" / "reference" / "law"
    stated = {
        line.split('scheme = "')[1].split('"')[0]
        for file in law.glob("*/*.toml")
        for line in file.read_text("utf-8").splitlines()
        if 'scheme = "' in line
    }
    assert stated
    assert stated <= set(SCHEMES.values())


@pytest.mark.parametrize(("place", "code"), SCHEMES.items())
def test_a_scheme_may_be_named_by_our_word_or_by_the_code_of_the_law(place, code):
    jurisdiction, word = place
    assert scheme_code(jurisdiction, word) == scheme_code(jurisdiction, code) == code
    assert scheme_code("US", code) is None


def test_the_factory_price_is_that_of_the_tier_that_is_reached():
    company = read(EXAMPLE)
    assert company.unit_cost_at("HL-TEE-001", 299) is None
    assert company.unit_cost_at("HL-TEE-001", 300) == (Decimal("21.80"), "CNY")
    assert company.unit_cost_at("HL-TEE-001", 2999) == (Decimal("20.10"), "CNY")
    assert company.unit_cost_at("HL-TEE-001", 3000) == (Decimal("18.60"), "CNY")
    assert company.unit_cost_at("HL-NONE", 300) is None


def test_planning_rates_have_the_form_that_the_rates_of_exchange_take():
    rates = Rates(DAY, dict(read(EXAMPLE).planning_rates))
    assert rates.rate("USD", "TWD").amount == Decimal("32.10")
    for currency in ("TWD", "VND", "CLP", "COP", "AED", "SAR", "RUB"):
        assert rates.knows("CNY", currency)


def test_a_policy_figure_knows_where_it_comes_from():
    figure = read(EXAMPLE).rate("margin_rate_target", "target margin")
    assert (str(figure), figure.path, figure.per) == ("target margin 30 %", "company.policy.margin_rate_target", "term-company-policy")
    assert Company.default().rate("margin_rate_target").per == "term-house-default"
    assert read(EXAMPLE).returns_rate("clothing").amount == Decimal("0.22")
    assert read(EXAMPLE).returns_rate("mattresses").path == "company.policy.returns_rate.everything_else"


def test_what_a_file_leaves_out_is_a_default_that_says_so():
    company = parse('[company]\ncountry = "VN"\nbase_currency = "VND"\n[policy]\nmargin_rate_target = "0.40"\n')
    assert (company.country, company.policy.margin_rate_target, company.policy.advert_share) == ("VN", Decimal("0.40"), Decimal("0.10"))
    assert "policy.advert_share" in company.defaults
    assert "policy.margin_rate_target" not in company.defaults
    assert {finding.path for finding in company.findings} == company.defaults
    assert {finding.severity for finding in company.findings} == {"note"}


def test_the_default_company_is_the_empty_file():
    default, empty = Company.default(), parse("")
    assert default.policy == empty.policy == Policy()
    assert default.defaults == empty.defaults
    assert (default.policy.margin_rate_target, default.policy.payout_days_max, default.policy.market_size_usd_min) == (
        Decimal("0.30"),
        7,
        10_000_000_000,
    )
    assert default.schemes_on(DAY) == frozenset()


FAULTS = [
    ('[company]\ncountry = "XX"', "COMPANY-004", "company.country"),
    ('[company]\ncountry = "China"', "COMPANY-004", "company.country"),
    ('[company]\nbase_currency = "RMB"', "COMPANY-005", "company.base_currency"),
    ('[company]\nlanguage = "fr"', "COMPANY-003", "company.language"),
    ('[company]\nbase_curency = "CNY"', "COMPANY-002", "company.base_curency"),
    ("companies = 1", "COMPANY-002", "companies"),
    ("company = 1", "COMPANY-003", "company"),
    ('[policy]\nmargin_rate_target = "30"', "COMPANY-006", "policy.margin_rate_target"),
    ('[policy]\nmargin_rate_target = "thirty"', "COMPANY-003", "policy.margin_rate_target"),
    ('[policy]\nadvert_share = "NaN"', "COMPANY-003", "policy.advert_share"),
    ("[policy]\nadvert_share = true", "COMPANY-003", "policy.advert_share"),
    ('[policy]\nadvert_share = "1e-5000"', "COMPANY-003", "policy.advert_share"),
    ("[policy]\npayout_days_max = 7.5", "COMPANY-003", "policy.payout_days_max"),
    ('[policy]\nmargin_rate_floor = "0.31"', "COMPANY-008", "policy.margin_rate_floor"),
    ('[policy.returns_rate]\nclothes = "0.2"', "COMPANY-002", "policy.returns_rate.clothes"),
    ('[policy.returns]\nhandling_amount = "12"', "COMPANY-009", "policy.returns.handling_currency"),
    ('[[registrations]]\njurisdiction = "EU"\nscheme = "vat"\nheld = true', "COMPANY-007", "registrations[0].scheme"),
    ('[[registrations]]\njurisdiction = "DE"\nscheme = "vat"', "COMPANY-009", "registrations[0].held"),
    ('[[registrations]]\njurisdiction = "DE"\nscheme = "vat"\nheld = "yes"', "COMPANY-003", "registrations[0].held"),
    ('[[registrations]]\njurisdiction = "DE"\nscheme = "vat"\nheld = true\nsince = "2026-01-01"', "COMPANY-003", "registrations[0].since"),
    (
        '[[registrations]]\njurisdiction = "DE"\nscheme = "vat"\nheld = true\nsince = 2026-01-02\nuntil = 2026-01-02',
        "COMPANY-008",
        "registrations[0].until",
    ),
    (
        '[[registrations]]\njurisdiction = "NO"\nscheme = "voec"\nheld = true\n[[registrations]]\njurisdiction = "NO"\nscheme = "VOEC"\nheld = false',
        "COMPANY-008",
        "registrations[1]",
    ),
    ('[channels]\nopen = ["amazone"]', "COMPANY-003", "channels.open[0]"),
    ('[routes]\nopen = "fba"', "COMPANY-003", "routes.open"),
    ('[planning_rates]\nUSDTWD = "32"', "COMPANY-005", "planning_rates.USDTWD"),
    ('[planning_rates]\nUSD_XYZ = "32"', "COMPANY-005", "planning_rates.USD_XYZ"),
    ('[planning_rates]\nUSD_TWD = "0"', "COMPANY-006", "planning_rates.USD_TWD"),
    ('[planning_rates]\nUSD_TWD = "32"\nTWD_USD = "0.03"', "COMPANY-008", "planning_rates.TWD_USD"),
    ('[[purchase_tiers]]\nsku = "A"\ncurrency = "CNY"\ntiers = []', "COMPANY-009", "purchase_tiers[0].tiers"),
    (
        '[[purchase_tiers]]\nsku = "A"\ncurrency = "CNY"\ntiers = [{quantity_from = 5, unit_cost = "2"}, {quantity_from = 5, unit_cost = "1"}]',
        "COMPANY-008",
        "purchase_tiers[0].tiers",
    ),
    (
        '[[purchase_tiers]]\nsku = "A"\ncurrency = "CNY"\ntiers = [{quantity_from = 5}]',
        "COMPANY-009",
        "purchase_tiers[0].tiers[0].unit_cost",
    ),
    ("not toml", "COMPANY-001", "file"),
]


@pytest.mark.parametrize(("text", "code", "path"), FAULTS)
def test_a_fault_is_reported_with_its_path_and_remedy(text, code, path):
    assert (code, path) in faults(text)
    with pytest.raises(Refused) as caught:
        parse(text)
    assert all(finding.remedy for finding in caught.value.findings)


def test_all_faults_are_reported_at_once():
    text = (
        "\n".join(fault for fault, *_ in FAULTS if fault.startswith("[company]") and "country" in fault)[:24]
        + '\nbase_currency = "RMB"\n[policy]\nadvert_share = "2"\nx = 1\n'
    )
    assert {code for code, _ in faults(text)} == {"COMPANY-004", "COMPANY-005", "COMPANY-006", "COMPANY-002"}


def test_a_percentage_that_was_meant_is_shown_as_a_part_of_one():
    with pytest.raises(Refused) as caught:
        parse('[policy]\nmargin_rate_target = "30"')
    assert '"0.30"' in str(caught.value)


def test_binary_floats_never_enter():
    assert parse("[policy]\nadvert_share = 0.1\n").policy.advert_share == Decimal("0.1")


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    (tmp_path / "company.toml").write_bytes(b"\xff\xfe")
    for name in ("none.toml", "company.toml"):
        with pytest.raises(Refused) as caught:
            read(tmp_path / name)
        assert caught.value.findings[0].code == "COMPANY-010"


@given(st.text(max_size=80))
def test_any_text_is_a_company_or_is_refused(text):
    findings: tuple = ()
    try:
        findings = parse(text).findings
    except Refused as refused:
        findings = refused.findings
    assert findings
