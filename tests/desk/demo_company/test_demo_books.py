"""The demonstration from files to profit: imported, tied out, every planted fault named with its money."""

import pytest

from supercargo.desk.demo import books

pytestmark = pytest.mark.slow  # 55 files into a book of their own


@pytest.fixture(scope="module")
def shown(tmp_path_factory, django_db_blocker):
    with django_db_blocker.unblock():  # the guard is for the settings' own database; this is the demonstration's
        yield books(tmp_path_factory.mktemp("demonstration"), "en")


def test_every_file_is_imported_whole(shown):
    receipts = shown.opened.receipts
    assert not [receipt.name for receipt in receipts if receipt.refused or receipt.faults or not receipt.ties]
    assert len({receipt.format for receipt in receipts}) >= 9


def test_every_planted_fault_is_found_with_its_money(shown):
    assert shown.found == dict.fromkeys(("short_settlement", "fba_overcharge", "doubled_row", "missing_payout", "wrong_currency"), True)


def test_nothing_else_of_settlements_and_payouts_is_wrong(shown):
    wrong = shown.tied.document("en")["rows"]["statement"]
    assert (
        sum(row["verdict"] not in ("tied", "other") for row in wrong) == 5
    )  # the bank's line in the wrong currency stands beside its payout


def test_the_profit_is_cut_by_country_and_sums_to_its_total(shown):
    frame = shown.profit.frame
    assert set(frame.get_column("country")) >= {"DE", "GB", "US", "FR"}
    assert frame.get_column("margin_3").sum() == shown.profit.total.get_column("margin_3").sum()
    assert not [finding for finding in shown.profit.findings if finding.severity == "error"]
    assert [finding.path for finding in shown.profit.findings if finding.code == "PROF-018"] == ["amazon-de", "amazon-gb"]


def test_a_second_demonstration_takes_the_place_of_the_first(shown):
    again = books(shown.opened.files.parent, "en")
    assert again.found == shown.found
    assert again.profit.total.equals(shown.profit.total)
