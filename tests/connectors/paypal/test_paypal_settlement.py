"""PayPal's settlement report: amounts without sign or separator, and footers that count."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from supercargo.connectors.paypal.formats import FORMATS
from supercargo.connectors.paypal.settlement import map_settlement
from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content
from supercargo.kernel.finding import Refused

TEXT = (Path(__file__).parent / "golden" / "settlement.csv").read_text("utf-8-sig")


def of(text=TEXT, **options):
    return map_settlement(
        read_content(text.encode("utf-8-sig"), "STL.csv"), Context(options={k.replace("_", "-"): v for k, v in options.items()})
    )


def refusal(text, **options):
    with pytest.raises(Refused) as caught:
        of(text, **options)
    return [finding.code for finding in caught.value.findings]


def test_the_sign_comes_from_debit_and_credit_and_the_point_from_the_currency():
    assert of().tables["money_line"].select("key", "kind", "currency", "amount_minor").rows() == [
        ("1AB", "customer_payment", "USD", 110000),  # 110000 is 1,100.00 dollars
        ("1AB/fee", "fee_payment", "USD", -3220),
        ("6AB", "customer_repayment", "USD", -1000),
        ("6AB/fee", "fee_payment", "USD", 30),  # a fee given back is a credit
        ("7AB", "customer_payment", "JPY", 1050),  # 1050 yen: no multiple of 100, so it cannot be 10.50
        ("7AB/fee", "fee_payment", "JPY", -41),
        ("9AB", "payout", "USD", -50000),
    ]
    assert of().tables["payout"].select("payout_ref", "amount_minor").rows() == [("9AB", 50000)]


def test_the_lines_come_to_what_the_footer_says():
    # dollars: 1,100.00 - 510.00 + 0.30 - 32.20 = 558.10; yen: 1050 - 41 = 1009
    lines = of().tables["money_line"]
    sums = {code: lines.filter(currency=code)["amount_minor"].sum() for code in ("USD", "JPY")}
    assert sums == {"USD": 55810, "JPY": 1009}
    assert of().findings == ()


def test_every_header_and_footer_is_a_named_skip():
    outcome = of().outcome
    assert outcome["row"].to_list() == list(range(1, 16))
    assert set(outcome.filter(outcome["status"] == "skip")["code"]) == {"PAY-020"}


def test_times_carry_their_offset():
    assert of().tables["money_line"]["posted_at"][0] == datetime(2026, 10, 2, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("old", "new"),
    [('"SC",4', '"SC",5'), ('"RC",4', '"RC",3'), ('"SC",4\n', ""), ('"SC",4', '"SC","four"')],
    ids=["the section counts five", "the report counts three", "the section has no count", "the count is a word"],
)
def test_a_report_that_does_not_count_its_records_is_refused(old, new):
    assert refusal(TEXT.replace(old, new)) == ["PAY-021"]


def test_a_report_that_broke_off_in_a_section_is_refused():
    assert refusal(TEXT[: TEXT.index('"SF"')]) == ["PAY-021"]


def test_a_footer_that_does_not_add_up_is_named_with_the_difference():
    found = of(TEXT.replace('"SF","USD",110000', '"SF","USD",110001')).findings
    assert [(one.code, str(one.message)) for one in found] == [("PAY-022", "the footer and the records differ by 0.01 USD")]


def test_yen_that_could_be_hundredths_are_asked_for_and_the_answer_is_believed():
    whole = TEXT.replace("1050", "10000").replace("41", "100")
    assert refusal(whole) == ["PAY-023"]
    amounts = {
        answer: of(whole, paypal_scale=answer).tables["money_line"].filter(currency="JPY")["amount_minor"].to_list()
        for answer in ("minor", "hundredths")
    }
    assert amounts == {"minor": [10000, -100], "hundredths": [100, -1]}


def test_a_record_without_debit_or_credit_is_a_fault():
    mapped = of(TEXT.replace('"DR",1000,"USD","CR",30', '"",1000,"USD","CR",30'))
    assert mapped.outcome.filter(mapped.outcome["status"] == "fault").rows() == [
        (6, "fault", "PAY-024", "the record does not say whether it is a debit or a credit")
    ]


def test_a_report_without_a_header_of_columns_is_refused():
    assert refusal("\n".join(line for line in TEXT.splitlines() if not line.startswith('"CH"'))) == ["PAY-025"]


def test_it_is_recognised_and_nothing_else_is():
    assert FORMATS[1].certainty(read_content(TEXT.encode("utf-8-sig"), "x")) == 100
    assert FORMATS[1].certainty(read_content(b"RH,b\n1,2\n", "x")) == 0
