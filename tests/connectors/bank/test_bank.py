"""MT940 and CAMT as the company's banks send them: every trap with its figures in words."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.connectors.bank.formats import FORMATS
from supercargo.connectors.bank.tags import decode
from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content
from supercargo.kernel.finding import Refused

GOLDEN = Path(__file__).parent / "golden"
BY_KEY = {one.key: one for one in FORMATS}
MT940, CAMT = BY_KEY["bank-mt940"], BY_KEY["bank-camt"]
DE, WISE = "DE89370400440532013000", "BE68539007547034"


def mapped(kind, content, **context):
    return kind.map(read_content(content, "bank"), Context(**context))


def codes(result):
    return result.outcome.filter(pl.col("status") != "record").select("row", "code").rows()


def found(result, code):
    return [str(finding) for finding in result.findings if finding.code == code]


@pytest.fixture(scope="module")
def mt940():
    return mapped(MT940, (GOLDEN / "company.sta").read_bytes())


@pytest.fixture(scope="module")
def camt():
    return mapped(CAMT, (GOLDEN / "company.xml").read_bytes())


def test_mt940_lines_with_their_signs_dates_and_words(mt940):
    """4512.37 in; 19.90 out; the reversal of a credit goes out (RC), that of a charge comes in (RD)."""
    lines = mt940.tables["bank_line"]
    assert lines.select("row", "amount_minor", "booked_on", "value_on", "is_reversal").rows() == [
        (5, 451237, date(2025, 12, 31), date(2025, 12, 31), False),
        (9, -1990, date(2026, 1, 2), date(2025, 12, 31), False),  # booked in the new year, value in the old one
        (12, -10000, date(2026, 1, 2), date(2026, 1, 1), True),
        (14, 1990, date(2026, 1, 2), date(2026, 1, 2), True),
    ]
    assert lines.select("counterparty", "text", "bank_ref", "end_to_end_ref").rows()[:2] == [
        ("AMAZON PAYMENTS EUROPE S.C.A.", "GUTSCHRIFT AMAZON PAYMENTS EUROPE SETTLEMENT 17731234567", "2025123100017", "AMZN-PO-778"),
        ("PAKKET BV", "SEPA OVERBOEKING Factuur 2025-118", "2025123100018", "PK-118"),
    ]


def test_mt940_statement_that_ties_and_one_that_does_not(mt940):
    """10000.00 + 4512.37 - 19.90 - 100.00 + 19.90 = 14412.37; the second lacks 12.37, and both of its entries are faults."""
    assert mt940.tables["bank_statement"].select("account", "statement_ref", "opening_minor", "closing_minor").rows() == [
        (DE, "00251/00001", 1000000, 1441237),
        (DE, "00001/00001", 1441237, 1440000),
    ]
    [broken] = found(mt940, "BANK-101")
    assert "-12.37 EUR differ" in broken
    assert mt940.facts["statements_not_tying"] == "row[18]"
    assert codes(mt940) == [(22, "BANK-201"), (24, "BANK-203")]


def test_mt940_control_sums_come_from_the_text_itself(mt940):
    [control] = mt940.controls
    assert (control.of_file, control.of_records, control.of_faults, control.unreadable) == (441237, 441237, 0, 2)


def test_camt_lines_with_batch_charges_reversal_and_dates(camt):
    """298.50 booked = 100.00 + 200.00 less 1.50 charges, so the batch is whole; a reversed credit goes out."""
    lines = camt.tables["bank_line"]
    assert lines.select("amount_minor", "booked_on", "value_on", "is_reversal").rows() == [
        (29850, date(2026, 1, 1), date(2025, 12, 31), False),
        (-6445, date(2026, 1, 2), date(2026, 1, 2), True),
    ]
    assert lines.select("counterparty", "text", "bank_ref", "end_to_end_ref").rows() == [
        ("STRIPE TECHNOLOGY EUROPE", "po_1 po_2 /CHRG/1.5 EUR", "REF-1", None),
        ("A Buyer", None, None, None),
    ]
    assert not found(camt, "BANK-103")
    assert not found(camt, "BANK-101")  # 1000.00 + 298.50 - 64.45 = 1234.05; what is pending or finer than a cent is not booked money


def test_camt_pending_is_a_skip_and_a_third_decimal_a_fault(camt):
    assert [code for _, code in codes(camt)] == ["BANK-301", "BANK-201"]
    [control] = camt.controls
    assert (control.of_file, control.of_records, control.of_skips, control.unreadable) == (31105, 23405, 7700, 1)


def test_a_batch_whose_payments_do_not_come_to_the_entry_is_said():
    content = (GOLDEN / "company.xml").read_text().replace(">200.00<", ">210.00<")
    assert "298.50 EUR, its single payments come to 310.00" in found(mapped(CAMT, content.encode()), "BANK-103")[0]


def test_a_message_on_one_line_numbers_its_entries_in_their_order():
    content = "".join(line.strip() for line in (GOLDEN / "company.xml").read_text().splitlines()).encode()
    result = mapped(CAMT, content)
    assert result.outcome.get_column("row").to_list() == [1, 2, 3, 4, 5]
    assert result.tables["bank_line"].get_column("row").to_list() == [2, 3]


def test_an_interim_report_of_two_pages_ties_by_its_interim_balances():
    content = (GOLDEN / "company.xml").read_text().replace("PRCD", "ITBD").replace("CLBD", "ITBD")
    assert not found(mapped(CAMT, content.encode()), "BANK-101")


def test_the_same_statement_twice_in_a_file_counts_once(mt940):
    content = (GOLDEN / "company.sta").read_bytes()
    twice = mapped(MT940, content + content)
    assert twice.tables["bank_line"].drop("row").equals(mt940.tables["bank_line"].drop("row"))
    assert len(found(twice, "BANK-104")) == 2
    assert twice.count("skip") == 8


def test_an_overlapping_file_gives_the_same_keys():
    """The bank's export of two days and that of the second day name the same line alike; two equal lines stay two."""

    def day(number, *lines):
        entries = "".join(f":61:26010{number}D5,00NCHGNONREF\n:86:{text}\n" for text in lines)
        return f":20:A{number}\n:25:{DE}\n:28C:{number}\n:60F:C260101EUR50,00\n{entries}-\n"

    both = mapped(MT940, (day(1, "fee") + day(2, "fee", "fee")).encode()).tables["bank_line"]
    later = mapped(MT940, day(2, "fee", "fee").encode()).tables["bank_line"]
    assert both.get_column("key").n_unique() == 3
    assert both.get_column("key").to_list()[1:] == later.get_column("key").to_list()


def test_a_file_without_an_account_asks_for_it():
    content = b":20:A\n:28C:1\n:60F:C260101EUR0,00\n:61:260101C5,00NTRFNONREF\n:62F:C260101EUR5,00\n-\n"
    with pytest.raises(Refused) as refused:
        mapped(MT940, content)
    assert [finding.code for finding in refused.value.findings] == ["BANK-002"]
    assert mapped(MT940, content, account=WISE).tables["bank_line"].get_column("account").to_list() == [WISE]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<Document><BkToCstmrStmt/></Document>", "BANK-001"),
        (b"<Document><BkToCstmrStmt>", "BANK-003"),
        (b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]><Document>&e;</Document>', "BANK-003"),
        (b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><Document>&b;</Document>', "BANK-003"),
    ],
)
def test_a_message_without_statement_or_with_entities_is_refused(content, code):
    with pytest.raises(Refused) as refused:
        mapped(CAMT, content)
    assert [finding.code for finding in refused.value.findings] == [code]


def test_an_old_currency_and_a_huge_amount_are_faults_and_nothing_is_rounded():
    content = f":20:A\n:25:{DE}\n:28C:1\n:60F:C020101DEM0,00\n:61:020101C5,00NTRFNONREF\n:62F:C020101DEM5,00\n-\n".encode()
    assert [code for _, code in codes(mapped(MT940, content))] == ["BANK-205", "BANK-202"]
    huge = (GOLDEN / "company.xml").read_text().replace(">298.50<", ">999999999999999999.00<").encode()
    assert "BANK-201" in {code for _, code in codes(mapped(CAMT, huge))}


def test_yen_have_no_decimals_and_dinar_three():
    def line(currency, amount):
        content = f":20:A\n:25:X1\n:28C:1\n:60F:C260101{currency}0,\n:61:260101C{amount}NTRFNONREF\n:62F:C260101{currency}{amount}\n-\n"
        return mapped(MT940, content.encode())

    assert line("JPY", "1234,").tables["bank_line"].get_column("amount_minor").to_list() == [1234]
    assert line("KWD", "1,234").tables["bank_line"].get_column("amount_minor").to_list() == [1234]
    assert [code for _, code in codes(line("JPY", "1,5"))] == ["BANK-205", "BANK-201"]


@pytest.mark.parametrize(
    ("movement", "minor"),
    [
        ("260105D000000000000000012,34NTRFNONREF", -1234),  # padded beyond the 15 signs of the standard
        ("2601050105DR12,NTRFNONREF", -1200),
        ("260105    CD0,5NTRFNONREF", 50),
        ("260105D1234567890123456,78NTRFNONREF", None),  # too long to be an amount
        ("260105D1,2,3NTRFNONREF", None),
        ("260105DNTRFNONREF", None),
        ("269905D1,00NTRFNONREF", None),
    ],
)
def test_amounts_as_banks_write_them(movement, minor):
    result = mapped(MT940, f":20:A\n:25:X1\n:28C:1\n:60F:C260101EUR0,\n:61:{movement}\n:62F:C260101EUR0,\n-\n".encode())
    assert result.tables["bank_line"].get_column("amount_minor").to_list() == ([] if minor is None else [minor])


@pytest.mark.parametrize(("text", "encoding"), [("Müller Größe", "cp1252"), ("Żółć ąęś kłódź", "cp852"), ("Müller", "utf-8")])
def test_the_old_code_pages_are_told_apart(text, encoding):
    assert decode(text.encode(encoding)) == (text, encoding)


PIECES = [
    ":20:A", ":25:X1", ":28C:1/1", ":60F:C260101EUR10,00", ":60M:D999999EUR1,", ":62F:C260229EUR5,00", ":62M:C260101XXX5,00", ":61:", ":61",
    "260105", "0230", "0105", "    ", "C", "D", "RC", "RD", "E", "12,34", "1,2,3", "000000000000000000001,00", "NTRF", "NONREF", "//REF", "\n", "\r\n",
    ":86:", "?20EREF+", "?32", "/NAME/", "/REMI/", "-", "-}", "{4:", "\ufeff", "\x0b", "٣", ":NS:", ":34F:EURD0,", ":26:", "x" * 70,
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_whatever_stands_in_a_file_is_counted_or_refused(pieces):
    content = ":20:A\n:25:X1\n:60F:C260101EUR10,00\n:61:" + "".join(f"\n{piece}" if piece[:1] == ":" else piece for piece in pieces)
    result = mapped(MT940, content.encode(), account="X2")
    assert all(control.ties for control in result.controls)


def test_each_format_knows_its_own_files():
    for kind, name in ((MT940, "company.sta"), (CAMT, "company.xml")):
        raw = read_content((GOLDEN / name).read_bytes(), name)
        assert {one.key: one.certainty(raw) for one in FORMATS if one.certainty(raw)} == {kind.key: 100}


def test_a_profile_that_nobody_has_proved_is_offered_but_never_taken_unasked():
    raw = read_content(
        b'Date,Description,Amount,Currency,Status,Transaction ID\n2026-01-15,Payment from Amazon,"1,250.00",USD,Completed,77\n'
        b"2026-01-16,Payment from Amazon,10.00,USD,Pending,78\n",
        "x.csv",
    )
    payoneer = BY_KEY["bank-csv-payoneer"]
    assert payoneer.certainty(raw) == 5
    assert "no export was seen" in payoneer.proven
    result = payoneer.map(raw, Context())
    assert result.tables["bank_line"].select("account", "amount_minor", "bank_ref").rows() == [("payoneer", 125000, "77")]
    assert codes(result) == [(1, "RAW-012"), (3, "MAP-206")]
