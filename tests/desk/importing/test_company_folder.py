"""A book is begun once, with the company in it, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connections

from supercargo.book.models import AuditEntry, Company, PriceTier, Registration
from supercargo.book.place import Place
from supercargo.desk.company_folder import create, read_company
from supercargo.kernel.finding import Refused

EXAMPLE = Path(__file__).parents[3] / "examples" / "company.toml"


@pytest.fixture(autouse=True)
def unblocked(django_db_blocker):
    with django_db_blocker.unblock():
        yield
        connections["default"].close()


def code(call, *arguments, **options):
    with pytest.raises(Refused) as refusal:
        call(*arguments, **options)
    return [finding.code for finding in refusal.value.findings]


def test_a_book_begins_with_the_company_and_its_first_audit_entry(tmp_path):
    place = create(tmp_path / "book", "CN", "CNY", values=EXAMPLE)
    company = Company.objects.get()
    assert (company.home, company.base_currency, company.name_en) == ("CN", "CNY", "Harbour & Lantern Trading Co., Ltd.")
    assert Registration.objects.filter(is_held=True, jurisdiction="EU").count() == 1
    assert list(PriceTier.objects.filter(sku="HL-TEE-001").order_by("quantity_from").values_list("quantity_from", "unit_price_e6")) == [
        (300, 21_800_000), (1000, 20_100_000), (3000, 18_600_000),
    ]  # fmt: skip
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["init"]
    read_company(place)
    assert (Company.objects.count(), PriceTier.objects.filter(sku="HL-TEE-001").count()) == (1, 3)


def test_without_a_file_of_values_one_is_written_to_begin_with(tmp_path):
    place = create(tmp_path / "book", "DE", "EUR", language="en")
    assert 'base_currency = "EUR"' in place.company_file.read_text(encoding="utf-8")
    assert Company.objects.get().language == "en"


def test_a_book_is_not_begun_over_another(tmp_path):
    create(tmp_path / "book", "CN", "CNY")
    assert code(create, tmp_path / "book", "CN", "CNY") == ["BOOK-004"]
    assert Place.find(tmp_path / "book").home == "CN"


def test_what_cannot_be_begun_leaves_no_folder(tmp_path):
    assert code(create, tmp_path / "book", "UK", "EURO") == ["BOOK-008", "BOOK-009"]
    assert code(create, tmp_path / "book", "CN", "CNY", "postgresql://nobody@127.0.0.1:9/none") == ["BOOK-010"]
    broken = tmp_path / "company.toml"
    broken.write_text("[company]\ncountry = 7\n")
    assert code(create, tmp_path / "book", "CN", "CNY", values=broken)
    assert not (tmp_path / "book").exists()


def test_a_database_that_holds_a_book_takes_no_second_one(server, tmp_path):
    server.sql("CREATE DATABASE taken")
    create(tmp_path / "one", "CN", "CNY", server.url("taken"))
    assert code(create, tmp_path / "two", "CN", "CNY", server.url("taken")) == ["BOOK-007"]
    assert not (tmp_path / "two").exists()
    assert "hush-hush" not in AuditEntry.objects.get().content
