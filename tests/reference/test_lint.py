"""``law check`` finds what would make a fact unusable or misleading; one fault each, and nothing in a good book."""

from unittest.mock import patch

import pytest

from supercargo.reference import lint as law
from supercargo.reference.lint import lint

ABOUT = '[about]\njurisdiction = "DE"\nsubject = "vat"\nen = "VAT"\nzh = "增值税"\n'
FACT = '[standard]\nen = "a rate"\nzh = "税率"\nkind = "percent"\nunit = "%"\nchecked_on = 2026-07-01\n'
ENTRY = '[[standard.since]]\ndate = 2021-01-01\nvalue = 19\nsource = "gobl-tax-regimes"\nconfidence = "medium"\n'
GOOD = ABOUT + FACT + ENTRY
LADDER = FACT.replace('"percent"', '"bands"').replace('"%"', '"EUR"') + 'measure = "goods"\nper = "consignment"\ninclusive = true\n'
RUNG = '[[standard.since]]\ndate = 2021-01-01\nsource = "gobl-tax-regimes"\nconfidence = "medium"\nbands = {bands}\n'
FEE = FACT.replace('"percent"', '"fee"').replace('"%"', '"EUR"')
PAID = '[[standard.since]]\ndate = 2021-01-01\nsource = "gobl-tax-regimes"\nconfidence = "medium"\namount = 2\n'


def no_faults(*_):
    return []


def faults(folder, text):
    (folder / "de").mkdir(exist_ok=True)
    (folder / "de" / "vat.toml").write_text(text, "utf-8")
    with patch.multiple(
        law, table_faults=no_faults, tariff_faults=no_faults
    ):  # the long tables stand elsewhere: `shipped` has looked at them
        return sorted({finding.code for finding in lint(shipped=folder).errors})


@pytest.fixture(scope="module")
def shipped():
    return lint()


def test_the_shipped_book_has_no_errors(shipped):
    assert [str(finding) for finding in shipped.errors] == []


def test_everything_shipped_was_looked_at(shipped):
    least = {"facts": 1300, "entries": 1700, "files": 470, "bands": 240, "sources": 330, "fee rows": 3400, "tariff rows": 8000}
    assert {name: shipped.counts[name] for name in least if shipped.counts[name] < least[name]} == {}


def test_a_good_file_has_no_fault(tmp_path):
    assert faults(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[standard\n", "LINT-100"),
        (GOOD.replace('"DE"', '"FR"'), "LINT-101"),
        (GOOD + "stray = 1\n[Bad-Name]\n", "LINT-102"),
        (GOOD.replace("confidence", "confidance"), "LINT-103"),
        (GOOD.replace('"percent"', '"per cent"'), "LINT-110"),
        (ABOUT + FACT.replace("税率", "") + ENTRY, "LINT-111"),
        (GOOD.replace('unit = "%"', 'unit = "EUR"'), "LINT-112"),
        (ABOUT + FACT.replace('"percent"', '"amount"').replace('"%"', '"EUR/parsec"') + ENTRY, "LINT-112"),
        (GOOD.replace("checked_on = 2026-07-01\n", ""), "LINT-113"),
        (ABOUT + FACT, "LINT-114"),
        (GOOD + ENTRY, "LINT-115"),
        (GOOD + ENTRY.replace("2021", "2022"), "LINT-115"),
        (ABOUT + FACT + ENTRY.replace("date = 2021-01-01\n", "") + ENTRY, "LINT-115"),
        (ABOUT + FACT + 'in_place_of = "de.vat.nothing"\n' + ENTRY, "LINT-116"),
        (GOOD.replace("2021-01-01", '"2021-01-01"'), "LINT-120"),
        (GOOD.replace("value = 19", "unknown = true"), "LINT-121"),
        (GOOD.replace("value = 19", 'value = "19"'), "LINT-122"),
        (GOOD.replace("value = 19\n", ""), "LINT-122"),
        (GOOD.replace('"medium"', '"low"'), "LINT-124"),
        (GOOD.replace('source = "gobl-tax-regimes"\n', ""), "LINT-130"),
        (GOOD.replace("gobl-tax-regimes", "hearsay"), "LINT-131"),
        (GOOD.replace('"medium"', '"sure"'), "LINT-132"),
        (GOOD.replace("gobl-tax-regimes", "unverified").replace('"medium"', '"high"'), "LINT-133"),
        (GOOD + 'doubt = {en = "perhaps"}\n', "LINT-111"),
    ],
)
def test_a_fault_of_a_fact_is_found(tmp_path, text, code):
    assert code in faults(tmp_path, text)


@pytest.mark.parametrize(
    ("bands", "code"),
    [
        ('[{treatment = "free", up_to = 22}]', "LINT-141"),
        ('[{treatment = "free", up_to = 150}, {treatment = "free", up_to = 22}, {treatment = "tariff"}]', "LINT-142"),
        ('[{treatment = "free"}, {treatment = "tariff"}]', "LINT-142"),
        ('[{treatment = "gratis"}]', "LINT-143"),
        ('[{treatment = "rate"}]', "LINT-144"),
        ('[{treatment = "flat"}]', "LINT-144"),
        ('[{treatment = "flat", fact = "de.vat.nothing"}]', "LINT-116"),
        ('[{treatment = "at_sale", scheme = "X", registration = "de.vat.nothing"}]', "LINT-116"),
        ('[{treatment = "at_sale", when_unregistered = "never"}]', "LINT-145"),
        ('[{treatment = "refuse", why = {en = "no"}}]', "LINT-111"),
        ('[{treatment = "free", upto = 2}]', "LINT-103"),
    ],
)
def test_a_fault_of_a_ladder_is_found(tmp_path, bands, code):
    assert code in faults(tmp_path, ABOUT + LADDER + RUNG.format(bands=bands))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (FEE + PAID, "LINT-150"),
        (FEE + 'per = "item"\napplies_to = ["gift"]\n' + PAID, "LINT-151"),
        (FEE + 'per = "item"\n' + PAID.replace("= 2\n", "= -2\n"), "LINT-152"),
        (FEE + 'per = "item"\nover = 9\nup_to = 3\n' + PAID, "LINT-153"),
        (FEE + 'per = "item"\nup_to = 3\nlimit_unit = "kg"\n' + PAID, "LINT-154"),
        (FEE + 'per = "item"\n' + PAID.replace("amount = 2\n", ""), "LINT-122"),
    ],
)
def test_a_fault_of_a_fee_is_found(tmp_path, text, code):
    assert code in faults(tmp_path, ABOUT + text)


def test_an_overlay_need_not_say_when_it_was_checked_nor_what_it_is_about(tmp_path):
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "vat.toml").write_text(FACT.replace("checked_on = 2026-07-01\n", "") + ENTRY, "utf-8")
    report = lint((tmp_path,))
    assert report.errors == ()
    assert report.counts["overlay facts"] == 1


def test_the_check_tells_how_far_it_is():
    seen = []
    lint(progress=lambda done, total, what: seen.append((done, total, what)))
    assert seen[-1][0] == seen[-1][1] == len(seen)
