"""Price sheets: the samples, the round trip, every fault at its row and column, hostile files."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from supercargo.connectors.ratecards import parse, read, read_content, render
from supercargo.connectors.ratecards.codes import CHINESE, SHEETS
from supercargo.connectors.sheet import Row
from supercargo.engines.logistics.ratecard import KINDS
from supercargo.kernel.finding import Refused

SAMPLES = Path(__file__).parents[3] / "examples" / "ratecards"
FILES = ("direct-line.csv", "express.csv", "first-leg.csv", "local-delivery.csv")
LINE_HEAD = tuple(column.name for column in SHEETS["direct_line"])
EXPRESS_HEAD = tuple(column.name for column in SHEETS["express"])


def line(**cells):
    usual = {
        "card": "c", "service": "S", "service_en": "Line", "service_zh": "专线", "battery": "none", "country": "US", "zone": "C",
        "weight_over_g": "0", "weight_up_to_g": "200", "price_per_kg": "85.12", "fee_per_parcel": "15.98", "minimum_weight_g": "30",
        "rounding_step_g": "1", "volumetric_divisor": "8000", "volumetric_counts_from": "2", "max_weight_g": "20000", "max_longest_cm": "60",
        "max_length_plus_girth_cm": "", "days_p50": "8", "days_p90": "12", "tax_inclusive": "no", "currency": "CNY",
        "carbon_legs": "road_van:30|air_belly_long_haul:12890", "since": "2026-11-01", "until": "", "source": "sample",
    }  # fmt: skip
    return tuple((usual | cells).get(name, "") for name in LINE_HEAD)


def second(**cells):
    return line(**({"weight_over_g": "200", "weight_up_to_g": "450", "price_per_kg": "80.56"} | cells))


def express(**cells):
    usual = dict(zip(LINE_HEAD, line(), strict=True)) | {
        "countries": "US|CA", "kind": "step", "weight_over_kg": "0", "weight_up_to_kg": "0.5", "price": "95.00", "price_per_kg": "", "minimum_weight_kg": "0.5",
        "rounding_step_kg": "0.5", "fuel_surcharge_percent": "28.50", "max_weight_kg": "70",
    }  # fmt: skip
    return tuple((usual | cells).get(name, "") for name in EXPRESS_HEAD)


def sheet(*rows, head=LINE_HEAD):
    return [Row(number, cells) for number, cells in enumerate((head, *rows), start=1)]


def faults(reading):
    return [(finding.code, finding.path) for finding in reading.findings]


@pytest.mark.parametrize("file", FILES)
def test_the_samples_are_read_without_a_fault_and_written_back(file):
    reading = read(SAMPLES / file)
    assert reading.is_complete
    assert reading.findings == ()
    rows = sum(
        max(1, len(getattr(offer, "steps", getattr(getattr(offer, "delivery", None), "steps", ()))))
        for card in reading.cards
        for offer in card.offers
    )
    assert rows == reading.rows_read == len((SAMPLES / file).read_text(encoding="utf-8").splitlines()) - 1
    for card in reading.cards:
        assert parse(render(card)).cards == (card,)


def test_the_samples_are_of_all_kinds():
    assert tuple(read(SAMPLES / file).cards[0].kind for file in FILES) == KINDS


def test_a_price_remembers_its_row():
    service = read(SAMPLES / "direct-line.csv").cards[0].parcel_services("US", date(2026, 11, 22))[0]
    assert [step.place for step in service.steps][:2] == ["direct-line.csv:2", "direct-line.csv:3"]
    assert service.steps[1].charges[0].amount == Decimal("80.56")
    assert service.minimum_kg == Decimal("0.030")


FAULTS = [
    # sentence, rows, code, path, rejected rows
    ("a word for a price", [line(price_per_kg="cheap")], "RATE-101", "rows[2].price_per_kg", (2,)),
    ("an empty price is not zero", [line(fee_per_parcel="")], "RATE-101", "rows[2].fee_per_parcel", (2,)),
    ("a negative price", [line(price_per_kg="-1")], "RATE-101", "rows[2].price_per_kg", (2,)),
    ("a price out of all proportion", [line(price_per_kg="1" + "0" * 9)], "RATE-101", "rows[2].price_per_kg", (2,)),
    ("not a number", [line(price_per_kg="NaN")], "RATE-101", "rows[2].price_per_kg", (2,)),
    ("an infinite number", [line(weight_up_to_g="Infinity")], "RATE-101", "rows[2].weight_up_to_g", (2,)),
    ("an exponent", [line(price_per_kg="1E+5")], "RATE-101", "rows[2].price_per_kg", (2,)),
    ("a spreadsheet's error", [line(price_per_kg="#REF!")], "RATE-101", "rows[2].price_per_kg", (2,)),
    ("a divisor of zero", [line(volumetric_divisor="0")], "RATE-101", "rows[2].volumetric_divisor", (2,)),
    ("volume that counts from half the weight", [line(volumetric_counts_from="0.5")], "RATE-101", "rows[2].volumetric_counts_from", (2,)),
    ("a country in words", [line(country="USA")], "RATE-101", "rows[2].country", (2,)),
    ("a currency that is none", [line(currency="RMB")], "RATE-101", "rows[2].currency", (2,)),
    ("a day that is none", [line(since="2026-02-30")], "RATE-101", "rows[2].since", (2,)),
    ("a day the other way round", [line(since="01/11/2026")], "RATE-101", "rows[2].since", (2,)),
    ("half a day", [line(days_p50="2.5")], "RATE-101", "rows[2].days_p50", (2,)),
    ("neither yes nor no", [line(tax_inclusive="maybe")], "RATE-101", "rows[2].tax_inclusive", (2,)),
    ("an unknown kind of battery", [line(battery="none|wet")], "RATE-101", "rows[2].battery", (2,)),
    ("a leg without kilometres", [line(carbon_legs="road_van")], "RATE-101", "rows[2].carbon_legs", (2,)),
    ("a control character", [line(service_en="a\x00b")], "RATE-101", "rows[2].service_en", (2,)),
    ("nine in ten sooner than half", [line(days_p50="9", days_p90="8")], "RATE-107", "rows[2].days_p90", (2,)),
    ("an end before the beginning", [line(until="2026-11-01")], "RATE-108", "rows[2].until", (2,)),
    ("a step that ends before it begins", [line(), second(weight_up_to_g="200")], "RATE-109", "rows[3]", (2, 3)),
    ("a hole between steps", [line(), second(weight_over_g="250")], "RATE-104", "rows[3]", (2, 3)),
    ("steps that overlap", [line(), second(weight_over_g="100")], "RATE-104", "rows[3]", (2, 3)),
    ("a step twice", [line(), line()], "RATE-104", "rows[3]", (2, 3)),
    ("no step from zero", [second()], "RATE-104", "rows[2]", (2,)),
    ("a step that ends between billing steps", [line(rounding_step_g="150")], "RATE-105", "rows[2]", (2,)),
    ("two currencies in one offer", [line(), second(currency="USD")], "RATE-102", "rows[3].currency", (2, 3)),
    ("two divisors in one offer", [line(), second(volumetric_divisor="6000")], "RATE-102", "rows[3].volumetric_divisor", (2, 3)),
]


@pytest.mark.parametrize(("sentence", "rows", "code", "path", "rejected"), FAULTS, ids=[case[0] for case in FAULTS])
def test_a_fault_is_reported_at_its_place(sentence, rows, code, path, rejected):
    reading = parse(sheet(*rows))
    assert (code, path) in faults(reading), sentence
    assert reading.rejected == rejected
    assert reading.cards == ()
    assert all(finding.remedy for finding in reading.findings)


def test_a_faulty_step_withholds_its_offer_and_no_other():
    reading = parse(sheet(line(), second(price_per_kg="?"), line(country="CA")))
    assert faults(reading) == [("RATE-101", "rows[3].price_per_kg"), ("RATE-110", "rows[2]")]
    assert reading.rejected == (2, 3)
    assert [offer.countries for card in reading.cards for offer in card.offers] == [("CA",)]


EXPRESS_FAULTS = [
    ("a step without a price", [express(price="")], "rows[2].price"),
    ("a step with two prices", [express(price_per_kg="17")], "rows[2].price"),
    ("a kilogram price in the wrong cell", [express(kind="per_kg")], "rows[2].price_per_kg"),
]


@pytest.mark.parametrize(("sentence", "rows", "path"), EXPRESS_FAULTS, ids=[case[0] for case in EXPRESS_FAULTS])
def test_an_express_row_has_one_price(sentence, rows, path):
    reading = parse(sheet(*rows, head=EXPRESS_HEAD))
    assert faults(reading) == [("RATE-106", path)], sentence


def test_a_country_twice_in_a_zone_and_an_unknown_kind():
    reading = parse(sheet(express(countries="US|US", kind="free"), head=EXPRESS_HEAD))
    assert faults(reading) == [("RATE-101", "rows[2].countries"), ("RATE-101", "rows[2].kind")]


def test_a_first_leg_stands_only_once():
    rows = render(read(SAMPLES / "first-leg.csv").cards[0])
    reading = parse([*rows, Row(len(rows) + 1, rows[1].cells)])
    assert faults(reading) == [("RATE-103", f"rows[{len(rows) + 1}]")]
    assert reading.rejected == (2, len(rows) + 1)


def test_a_missing_column_an_unknown_one_and_one_twice():
    assert faults(parse(sheet(line()[1:], head=LINE_HEAD[1:]))) == [("RATE-002", "rows[1].card")]
    assert faults(parse(sheet((*line(), "x"), head=(*LINE_HEAD, "remark")))) == [("RATE-003", "rows[1].remark")]
    assert ("RATE-004", "rows[1].card") in faults(parse(sheet((*line(), "x"), head=(*LINE_HEAD, "card"))))


@pytest.mark.parametrize("rows", [[], sheet(("a", "b"), head=("name", "colour"))], ids=["nothing", "another sheet"])
def test_what_is_no_rate_card_is_said(rows):
    assert [code for code, _ in faults(parse(rows))] == ["RATE-001"]


def test_a_sheet_without_rows_is_said():
    assert faults(parse(sheet())) == [("RATE-005", "rows")]


def test_two_editions_of_one_service_are_two_offers():
    reading = parse(sheet(line(until="2026-12-01"), line(since="2026-12-01", price_per_kg="90")))
    assert [offer.terms.since for offer in reading.cards[0].offers] == [date(2026, 11, 1), date(2026, 12, 1)]
    assert len(reading.cards[0].parcel_services("US", date(2026, 11, 30))) == 1
    assert reading.cards[0].parcel_services("US", date(2026, 12, 1))[0].steps[0].charges[0].amount == 90


def test_a_decimal_comma_is_understood_where_the_sheet_proves_it():
    reading = parse(sheet(line(price_per_kg="85,12", fee_per_parcel="15,98"), second(price_per_kg="80,56", fee_per_parcel="16,5")))
    assert reading.is_complete
    assert reading.cards[0].offers[0].steps[0].charges[0].amount == Decimal("85.12")


CHINESE_HEAD = {name: heading for heading, name in CHINESE.items()}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-8"])
def test_a_chinese_sheet_in_every_encoding(encoding):
    head = ",".join(CHINESE_HEAD[name] for name in LINE_HEAD)
    text = "\r\n".join([head, ",".join(line()), ",".join(second())])
    reading = read_content(text.encode(encoding), "报价.csv")
    assert reading.is_complete
    assert reading.cards == parse(sheet(line(), second())).cards


def test_every_chinese_heading_names_a_column():
    assert set(CHINESE.values()) <= {column.name for columns in SHEETS.values() for column in columns}


def workbook(*sheets):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"strings_to_formulas": False}) as book:
        for name, rows in sheets:
            page = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                for position, cell in enumerate(cells):
                    is_number = cell.replace(".", "", 1).isdigit()
                    page.write_number(number, position, float(cell)) if is_number else page.write_string(number, position, cell)
    return content.getvalue()


def test_a_workbook_gives_the_same_card_as_the_text():
    card = read(SAMPLES / "express.csv").cards[0]
    reading = read_content(workbook(("价格", [row.cells for row in render(card)]), ("notes", [("valid", "2026")])), "express.xlsx")
    assert reading.cards == (card,)
    assert [(finding.code, finding.severity, finding.path) for finding in reading.findings] == [("RATE-001", "warning", "notes.rows[1]")]


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0old", b"%PDF-1.7", b"PK\x03\x04broken"], ids=["old excel", "pdf", "broken zip"])
def test_a_file_that_is_no_sheet_is_refused(content):
    with pytest.raises(Refused):
        read_content(content, "card.xlsx")


def test_bytes_without_meaning_are_no_rate_card():
    assert "RATE-001" in [code for code, _ in faults(read_content(b"\x00\x01\x02\x03" * 100, "card.csv"))]


def test_a_wide_and_a_long_file_are_refused():
    with pytest.raises(Refused):
        read_content(("a," * 500 + "\n").encode(), "wide.csv")
    with pytest.raises(Refused):
        read_content(b"a,b\n" * 200_001, "long.csv")


MONEY = st.integers(0, 10**7).map(lambda cents: str(Decimal(cents).scaleb(-2)))
TEXT = (
    st.text(st.characters(min_codepoint=32, exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1, max_size=20)
    .map(str.strip)
    .filter(bool)
)


@st.composite
def lines(draw):
    ends = sorted(draw(st.sets(st.integers(1, 30_000), min_size=1, max_size=6)))
    shared = {
        "service_en": draw(TEXT),
        "volumetric_divisor": draw(st.sampled_from(["", "5000", "8000"])),
        "max_weight_g": draw(st.sampled_from(["", "20000"])),
        "until": draw(st.sampled_from(["", "2027-01-01"])),
        "carbon_legs": draw(st.sampled_from(["", "road_van:30.5"])),
    }
    steps = zip([0, *ends], [*map(str, ends[:-1]), draw(st.sampled_from([str(ends[-1]), ""]))], strict=False)
    return [
        line(**shared, weight_over_g=str(over), weight_up_to_g=up_to, price_per_kg=draw(MONEY), fee_per_parcel=draw(MONEY))
        for over, up_to in steps
    ]


@given(lines())
def test_what_is_written_is_read_again(rows):
    reading = parse(sheet(*rows))
    assert reading.is_complete, [str(finding) for finding in reading.findings]
    assert parse(render(reading.cards[0])).cards == reading.cards


@given(st.lists(st.lists(st.text(max_size=12), min_size=0, max_size=30).map(tuple), max_size=6))
def test_no_sheet_breaks_the_reader_and_no_row_gets_lost(rows):
    reading = parse(sheet(*rows))
    kept = sum(len(offer.steps) for card in reading.cards for offer in card.offers)
    assert kept + len(reading.rejected) == reading.rows_read
