"""Rows on their way to records: each leaves once, and its money with it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.connectors.raw import header
from supercargo.connectors.raw.amounts import bare, decide_decimal, read, scaled
from supercargo.connectors.raw.days import days, decide_order, instants
from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.privacy import keyed_hash
from supercargo.connectors.raw.reading import read_content
from supercargo.connectors.raw.sift import Sift
from supercargo.kernel.finding import Refused

COLUMNS = {"posted": ["Datum", "日期"], "amount": ["Betrag"], "currency": ["Währung"], "ref": ["Referenz"]}


def sift(text, **told):
    table = header.locate(read_content(text.encode(), "x.csv"), COLUMNS, ["posted", "amount"])
    return Sift(table, Context(**told))


def whole(text, decimal=".", places=2):
    frame = scaled(bare(pl.Series([text])), decimal, places)
    return frame.row(0)


@pytest.mark.parametrize(
    ("text", "decimal", "places", "minor"),
    [
        ("12.50", ".", 2, 1250), ("-12,5", ",", 2, -1250), ("1.234,56", ",", 2, 123456), ("1,234.56", ".", 2, 123456),
        ("€ 90,00", ",", 2, 9000), ("EUR 90,00", ",", 2, 9000), ("AU $3,000.00", ".", 2, 300000), ("-$21.83", ".", 2, -2183), ("$-21.83", ".", 2, -2183),
        ("(12.00)", ".", 2, -1200), ("12.00-", ".", 2, -1200), ("+5", ".", 2, 500), ("'7.10", ".", 2, 710), ("1 234,50", ",", 2, 123450),
        ("12.500", ".", 2, 1250), ("1.234", ",", 0, 1234), ("1200", ".", 0, 1200), ("1.205", ".", 3, 1205), (".5", ".", 2, 50), ("12,34,567.00", ".", 2, 123456700),
        ("−3,00", ",", 2, -300), ("0,00", ",", 2, 0), ("90,00 €", ",", 2, 9000), ("１２．５０", ".", 2, 1250),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_people_write_it(text, decimal, places, minor):
    assert whole(text, decimal, places)[0] == minor


@pytest.mark.parametrize("text", ["", "--", " -- ", "-", "N/A", "null"])
def test_what_says_nothing_is_unknown_and_not_zero(text):
    assert whole(text) == (None, None)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("12.505", "finer"),
        ("x", "unreadable"),
        ("1.2.3", "unreadable"),
        ("1E+17", "unreadable"),
        ("12,3456", "unreadable"),
        ("9" * 19, "large"),
    ],
)
def test_what_is_no_amount_is_a_fault(text, fault):
    assert whole(text) == (None, fault)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2), st.sampled_from([",", "."]))
def test_a_written_amount_comes_back(amount, decimal):
    text = f"{amount:,.2f}"
    if decimal == ",":
        text = text.translate(str.maketrans(",.", ".,"))
    assert whole(text, decimal)[0] == int(amount * 100)


@pytest.mark.parametrize(
    ("cells", "sign"),
    [
        (["12,50", "1.234"], ","),
        (["12.50", "1,234"], "."),
        (["1.234,50"], ","),
        (["1.234.567"], ","),
        (["5"], "."),
        (["0,123"], ","),
        (["1,2"], ","),
    ],
)
def test_the_decimal_sign_is_decided_for_the_file(cells, sign):
    assert decide_decimal([pl.Series(cells)]) == sign


def test_a_file_that_leaves_the_sign_open_is_asked_about():
    with pytest.raises(Refused, match="RAW-020"):
        decide_decimal([pl.Series(["1.234", "5"])])
    assert decide_decimal([pl.Series(["1.234"])], given=",") == ","
    with pytest.raises(Refused, match="RAW-021"):
        decide_decimal([pl.Series(["1,50", "1.50"])])


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2026-03-04", "dmy", date(2026, 3, 4)), ("03.04.2026", "dmy", date(2026, 4, 3)), ("03/04/2026", "mdy", date(2026, 3, 4)), ("3/4/26", "mdy", date(2026, 3, 4)),
        ("Oct 1, 2026", "dmy", date(2026, 10, 1)), ("Oct-05-26", "dmy", date(2026, 10, 5)), ("26-May-26", "dmy", date(2026, 5, 26)), ("05 Jan 2026 10:11", "dmy", date(2026, 1, 5)),
        ("4 de junio de 2025 10:12 hs.", "dmy", date(2025, 6, 4)), ("20260102", "dmy", date(2026, 1, 2)), ("2026年3月5日", "dmy", date(2026, 3, 5)), ("2026/6/12", "dmy", date(2026, 6, 12)),
        ("1. März 2026", "dmy", date(2026, 3, 1)), ("31.02.2026", "dmy", None), ("tomorrow", "dmy", None), ("", "dmy", None),
    ],
)  # fmt: skip
def test_a_day_is_read_as_exports_write_it(text, order, day):
    assert days(pl.Series([text]), order)[0] == day


def test_months_of_several_names_stand_in_one_column():
    texts = pl.Series(["Oct 1, 2026", "26-May-26", "2026-01-02", "", "1 août 2026"])
    assert days(texts, "dmy").to_list() == [date(2026, 10, 1), date(2026, 5, 26), date(2026, 1, 2), None, date(2026, 8, 1)]


@pytest.mark.parametrize(
    ("text", "zone", "instant"),
    [
        ("2026-03-04 10:11:12 UTC", "", datetime(2026, 3, 4, 10, 11, 12, tzinfo=UTC)),
        ("2026-03-04T10:11:12+02:00", "", datetime(2026, 3, 4, 8, 11, 12, tzinfo=UTC)),
        ("04.03.2026 10:11:12 UTC", "", datetime(2026, 3, 4, 10, 11, 12, tzinfo=UTC)),
        ("2026-03-04 10:11:12 PDT", "", datetime(2026, 3, 4, 17, 11, 12, tzinfo=UTC)),
        ("2026-03-04 10:11 -0500", "", datetime(2026, 3, 4, 15, 11, tzinfo=UTC)),
        ("04/03/2026 01:02:03 PM", "UTC", datetime(2026, 3, 4, 13, 2, 3, tzinfo=UTC)),
        ("2026-07-01 12:00", "Europe/Berlin", datetime(2026, 7, 1, 10, tzinfo=UTC)),
        ("2026-07-01 12:00", "", None),
        ("2026-07-01", "Europe/Berlin", None),
    ],
)
def test_an_instant_needs_a_time_and_a_zone(text, zone, instant):
    assert instants(pl.Series([text]), "dmy", zone)[0] == instant


def test_the_order_of_a_date_is_decided_by_the_whole_file_and_asked_where_it_is_open():
    assert decide_order([pl.Series(["03/04/2026", "13/04/2026"])]) == "dmy"
    assert decide_order([pl.Series(["03/04/2026", "03/14/2026"])]) == "mdy"
    assert decide_order([pl.Series(["03.04.2026"])]) == "dmy"
    with pytest.raises(Refused, match="RAW-030"):
        decide_order([pl.Series(["03/04/2026"])])
    with pytest.raises(Refused, match="RAW-031"):
        decide_order([pl.Series(["13/04/2026", "04/13/2026"])])


def test_every_row_leaves_once_and_its_money_with_it():
    text = "Report\n\nDatum;Betrag;Währung;Referenz\n01.02.2026;1.234,56;EUR;a\n13.03.2026;-12,5;EUR;b\n14.03.2026;x;EUR;c\n14.03.2026;--;EUR;d\n15.03.2026;7,00;EUR;b\n"
    rows = sift(text)
    rows.skip(pl.col("ref") == "a", "T-1", "is the header")
    rows.day("day", "posted")
    rows.amount("amount_minor", "amount", pl.col("currency"), found_in=("money_line", "amount_minor"))
    rows.keyed(["ref"])
    rows.doubled("T-2", "stands above the header")
    made = rows.mapped({"money_line": rows.record("money_line", currency="currency", amount_minor="amount_minor", posted_on="day")})
    assert [tuple(row[:3]) for row in made.outcome.rows()] == [
        (1, "skip", "RAW-011"), (3, "skip", "RAW-012"), (4, "skip", "T-1"), (5, "record", None), (6, "fault", "RAW-041"), (7, "record", None), (8, "skip", "T-2")
    ]  # fmt: skip
    control = made.controls[0]
    # 1,234.56 - 12.50 + 7.00 = 1,229.06 in the file; - 12.50 recorded; 1,234.56 + 7.00 skipped
    assert (control.of_file, control.of_records, control.of_skips, control.of_faults, control.unreadable) == (122906, -1250, 124156, 0, 1)


def test_a_mapping_that_loses_money_is_stopped():
    rows = sift("Datum;Betrag;Währung\n01.02.2026;1,50;EUR\n13.02.2026;2,50;EUR\n")
    rows.amount("amount_minor", "amount", pl.col("currency"), found_in=("money_line", "amount_minor"))
    rows.keyed(["posted"])
    wrong = rows.record("money_line", currency="currency", amount_minor=pl.col("amount_minor") + 1)
    with pytest.raises(AssertionError, match="amount"):
        rows.mapped({"money_line": wrong})
    rows = sift("Datum;Betrag;Währung\n01.02.2026;1,50;EUR\n13.02.2026;2,50;EUR\n")
    with pytest.raises(AssertionError, match="rows came in"):
        rows.mapped({}).proved(pl.Series([2]))


def test_a_tab_inside_a_title_makes_the_row_a_fault():
    raw = read_content(b"posted\tamount\n2026-01-01\t1.00\n2026-01-01\t1.00\toops\n", "x.txt")
    rows = Sift(header.locate(raw, COLUMNS, ["posted"]), Context())
    assert rows.rows.height == 1
    assert rows.mapped({}).count("fault") == 1


def test_headers_are_found_by_alias_and_repetitions_skipped():
    text = "日期,Betrag ,Währung,Estado,Estado\n2026-01-01,1.00,EUR,a,b\n日期,Betrag ,Währung,Estado,Estado\n2026-01-02,2.00,EUR,c,d\n"
    raw = read_content(text.encode(), "x.csv")
    table = header.locate(raw, COLUMNS, ["posted", "amount"])
    assert table.columns == ("posted", "amount", "currency", "Estado", "Estado (2)")
    assert table.rows.height == 2
    assert header.certainty(raw, COLUMNS, ["posted", "amount"], ["currency", "ref"]) == 80
    with pytest.raises(Refused, match=r"RAW-010.*Referenz"):
        header.locate(raw, COLUMNS, ["ref"])


def test_identical_rows_are_told_apart_by_their_number_and_are_the_same_in_another_file():
    text = "Datum;Betrag;Währung\n01.02.2026;1,50;EUR\n01.02.2026;1,50;EUR\n"
    first, second = sift(text), sift(text + "02.02.2026;1,50;EUR\n")
    for rows in (first, second):
        rows.keyed(["posted", "amount"], occurrence=True)
    assert first.rows.get_column("key").n_unique() == 2
    assert second.rows.get_column("key").to_list()[:2] == first.rows.get_column("key").to_list()


def test_a_rate_is_read_with_and_without_its_percent_sign():
    rows = sift("Datum;Betrag;Referenz\n01.02.2026;19 %;x\n13.02.2026;0,07;x\n")
    rows.ppm("rate_ppm", "amount")
    assert rows.rows.get_column("rate_ppm").to_list() == [190_000, 70_000]


def test_a_person_is_a_keyed_hash():
    assert keyed_hash(b"a", "Anna") == keyed_hash(b"a", " anna ")
    assert keyed_hash(b"a", "Anna") != keyed_hash(b"b", "Anna")
    assert keyed_hash(b"a", "") is None


def test_amounts_are_exact_where_decimal_is():
    assert whole("0.1", ".", 6)[0] == int(Decimal("0.1") * 10**6)


def test_a_cell_of_thirty_digits_is_a_fault_and_breaks_nothing():
    rows = sift("Datum;Betrag;Währung\n01.02.2026;" + "9" * 30 + ";EUR\n13.02.2026;2,50;EUR\n")
    rows.amount("amount_minor", "amount", pl.col("currency"))
    rows.keyed(["posted"])
    made = rows.mapped({})
    assert made.count("fault") == 1
    assert all(control.ties for control in made.controls)


@pytest.mark.parametrize("cells", [["1.50", "-0.05", "", "7"], ["1.50", "n/a", "0.001", "\uff13"], ["", ""], ["9" * 20, "1", "1"]])
def test_reading_each_cell_once_gives_what_reading_every_cell_gives(cells):
    column = pl.Series(cells)
    assert read(column, ".", 2).equals(scaled(bare(column), ".", 2))


def test_a_row_leaves_for_the_first_of_several_cells_that_cannot_be_read():
    raw = read_content(b"id\ta\tb\n1\t1.00\t2.00\n2\tx\t0.001\n3\t1.00\t0.001\n", "some.txt")
    sift = Sift(header.locate(raw, {"id": (), "a": (), "b": ()}, ["id"]), Context())
    sift.settle_decimal(["a"], default=".", trust=True)
    sift.amounts({"a_minor": "a", "b_minor": "b"}, "EUR")
    mapped = sift.mapped({})
    assert mapped.outcome.filter(pl.col("status") == "fault").select("row", "code").rows() == [(3, "RAW-041"), (4, "RAW-042")]
    assert [(one.column, one.of_file, one.of_records, one.of_faults) for one in mapped.controls] == [
        ("a", 200, 100, 100),
        ("b", 200, 200, 0),
    ]
