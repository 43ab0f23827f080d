"""The demonstration company's files: every one is read back whole, and only the planted faults are wrong."""

from collections import Counter
from datetime import date

import pytest

from supercargo.connectors import registry
from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_file
from supercargo.desk.demo_company.company import trade
from supercargo.desk.demo_company.files import write


@pytest.fixture(scope="module")
def company():
    return trade()


@pytest.fixture(scope="module")
def written(company, tmp_path_factory):
    return write(tmp_path_factory.mktemp("files"), company)


@pytest.fixture(scope="module")
def mapped(written):
    return read(written)


def read(written):
    files = {}
    for one in written:
        raw = read_file(one.path)
        best, certainty = registry.recognise(raw)[0]
        context = Context(channel=one.channel, zone=one.zone, day=date(2026, 10, 31))
        files[str(one.path)] = (best.key, certainty, best.map(raw, context))
    return files


def test_files_of_each_kind_are_recognised_and_no_money_is_lost(written):
    some = read(
        one for one in written if one.path.name in ("orders.csv", "orders.json", "income.xlsx", "activity.csv", "supplier-invoices.xlsx")
    )
    assert len(some) >= 5
    assert {certainty for _, certainty, _ in some.values()} == {100}
    assert {name: made.count("fault") for name, (_, _, made) in some.items() if made.count("fault")} == {}
    assert all(control.ties for _, _, made in some.values() for control in made.controls)


@pytest.mark.slow
def test_every_file_is_recognised_without_a_doubt_and_in_at_least_nine_formats(mapped):
    assert {certainty for _, certainty, _ in mapped.values()} == {100}
    assert len({key for key, _, _ in mapped.values()}) >= 18


@pytest.mark.slow
def test_no_row_is_at_fault_and_no_money_is_lost(mapped):
    assert {name: made.count("fault") for name, (_, _, made) in mapped.items() if made.count("fault")} == {}
    assert all(control.ties for _, _, made in mapped.values() for control in made.controls)


@pytest.mark.slow
def test_what_is_read_is_what_was_sold(company, mapped):
    read = Counter()
    for _, _, made in mapped.values():
        if "order_line" in made.tables:
            read.update(dict(made.tables["order_line"].group_by("channel").len().iter_rows()))
    assert read == Counter(sale.channel for sale in company.sales)


@pytest.mark.slow
def test_only_two_settlements_do_not_come_to_their_totals_and_those_are_planted(company, mapped):
    wrong = {finding.path for _, _, made in mapped.values() for finding in made.findings if finding.code == "AMZ-101"}
    planted = {fault.place for fault in company.faults if fault.kind in ("short_settlement", "doubled_row")}
    assert wrong == {f"settlement[{place}]" for place in planted}


def test_the_company_trades_the_same_on_every_machine(company):
    assert trade().sales == company.sales
    assert {fault.kind for fault in company.faults} == {
        "short_settlement",
        "fba_overcharge",
        "doubled_row",
        "missing_payout",
        "wrong_currency",
    }
