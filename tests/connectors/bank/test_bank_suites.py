"""Other people's statements beside their own results: 51 of the library mt-940, 26 messages of genkgo/camt."""

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from supercargo.connectors.bank import camt, mt940
from supercargo.connectors.bank.checks import in_minor
from supercargo.connectors.bank.formats import map_camt, map_mt940
from supercargo.connectors.bank.tags import decode
from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_file
from supercargo.kernel.finding import Refused

SHARED = Path(__file__).parents[4] / "shared" / "formats"
MT940, CAMT = SHARED / "mt940" / "mt940_tests", SHARED / "camt_genkgo" / "test" / "data"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not MT940.is_dir() or not CAMT.is_dir(), reason="the bank files are not beside the repository"),
]
STATEMENTS = sorted(file for file in MT940.glob("*/*.sta") if file.with_suffix(".yml").is_file()) if MT940.is_dir() else []
MESSAGES = sorted(CAMT.glob("*.xml")) if CAMT.is_dir() else []

OTHER_SIGN = {"sepa_mt9401"}
"""The results give a reversed credit (RC) as money in; SWIFT has it as money out."""
OTHER_ACCOUNT = {"sepa_snippet_broken", "multiline"}
"""The results take a second :25: that should be an :86:, and cut an account at 35 signs."""
OTHER_BALANCE = {"raphaelm"}
"""The results take three digits of an amount for the currency that the bank left out."""
OTHER_WORDS = {"rabobank-iban", "ing"}
"""The results keep the details of the Dutch banks as they stand; ours are parted into name, text and reference, without control signs."""


HALF_SHOWN = {"camt053.v2.multi.statement"}
"""The results only name the first of two statements, without its entry."""


class Golden(yaml.SafeLoader):
    """Reads the results without running anything: objects become dictionaries, decimals and dates what they are."""


def plain_object(loader, suffix, node):
    if isinstance(node, yaml.MappingNode):
        return mapping(loader, node)
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    values = loader.construct_sequence(node, deep=True)
    if suffix == "decimal.Decimal":
        return Decimal(values[0])
    if suffix == "mt940.models.Date":
        return date(values[0][0] * 256 + values[0][1], values[0][2], values[0][3])
    return values


def mapping(loader, node):
    found = {}
    yield found
    found.update(loader.construct_mapping(node, deep=True))


for tag in ("tag:yaml.org,2002:python/object/apply:", "tag:yaml.org,2002:python/object:"):
    Golden.add_multi_constructor(tag, plain_object)


def squeezed(text):
    return re.sub(r"\s", "", text or "")


def balances_of(statements):
    names = {"60F": "final_opening_balance", "60M": "intermediate_opening_balance", "60": "opening_balance"}
    names |= {"62F": "final_closing_balance", "62M": "intermediate_closing_balance", "62": "closing_balance"}
    names |= {"64": "available_balance", "65": "forward_available_balance"}
    return {names[each.code]: (each.amount, each.currency, each.day) for statement in statements for each in statement.balances}


@pytest.mark.parametrize("file", STATEMENTS, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_mt940_is_read_as_its_results_say(file):
    statements = mt940.read(decode(file.read_bytes())[0])
    golden = yaml.load(file.with_suffix(".yml").read_text("utf-8"), Golden)  # noqa: S506 - a safe loader of our own
    entries = [entry for statement in statements for entry in statement.entries]
    expected = [each["data"] for each in golden["transactions"]]
    assert len(entries) == len(expected)
    for entry, result in zip(entries, expected, strict=True):
        if not (file.stem in OTHER_SIGN and result["status"] == "RC"):
            assert entry.amount == result["amount"]["amount"]
        assert entry.currency == (result.get("currency") or "")
        assert entry.value_on == result["date"]
        assert entry.booked_on == result.get("guessed_entry_date", result["date"])
        assert entry.is_reversal == (result["status"] in ("RC", "RD"))
        assert entry.bank_ref in (result.get("bank_reference") or "", "")
        if file.stem not in OTHER_WORDS:
            assert squeezed(result.get("purpose") or result.get("transaction_details"))[:200] in squeezed(entry.text)
    if statements and file.stem not in OTHER_ACCOUNT:
        assert statements[-1].account == golden["data"].get("account_identification", "")
    if statements and file.stem not in OTHER_BALANCE:
        expected_balances = {
            name: (value["amount"]["amount"], value["amount"]["currency"], value["date"])
            for name, value in golden["data"].items()
            if name.endswith("_balance") and value["amount"]["currency"]
        }
        ours = balances_of(statements)
        assert {name: ours[name] for name in expected_balances} == expected_balances


def test_all_statements_are_there_and_one_is_of_an_old_code_page():
    assert len(STATEMENTS) == 51
    assert {file.stem for file in STATEMENTS if decode(file.read_bytes())[1] == "cp852"} == {"raiffeisen-cmi"}


@pytest.mark.parametrize("file", STATEMENTS, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_every_mt940_maps_with_nothing_lost_or_is_refused_with_a_reason(file):
    if not mt940.read(decode(file.read_bytes())[0]):
        with pytest.raises(Refused, match="BANK-001"):
            map_mt940(read_file(file), Context(account="suite"))
        return
    result = map_mt940(read_file(file), Context(account="suite"))
    assert all(control.ties for control in result.controls)


def genkgo_entries(value, found):
    """Collect the entries of a result, wherever they hang; what repeats is only named."""
    if isinstance(value, dict):
        if value.get("__CLASS__", "").endswith("DTO\\Entry"):
            found.append(value)
        for each in value.values():
            genkgo_entries(each, found)
    elif isinstance(value, list):
        for each in value:
            genkgo_entries(each, found)
    return found


def genkgo_records(value, found):
    if isinstance(value, dict):
        if value.get("__CLASS__", "").endswith(("DTO\\Statement", "DTO\\Report", "DTO\\Notification")):
            found.append(value)
        for each in value.values():
            genkgo_records(each, found)
    elif isinstance(value, list):
        for each in value:
            genkgo_records(each, found)
    return found


def money_of(value):
    return int(value["getAmount"]), value["getCurrency"]["getCode"]


def day_of(value):
    return date.fromisoformat(value["0"][:10]) if value else None


@pytest.mark.parametrize("file", [file for file in MESSAGES if file.with_suffix(".json").is_file()], ids=lambda file: file.stem)
def test_camt_is_read_as_its_results_say(file):
    statements = camt.read(camt.root_of(file.read_bytes()))
    golden = json.loads(file.with_suffix(".json").read_text("utf-8"))
    expected = {
        (
            money_of(each["getAmount"]),
            day_of(each["getBookingDate"]),
            day_of(each["getValueDate"]),
            each["getReversalIndicator"],
            each["getAccountServicerReference"] or "",
        )
        for each in genkgo_entries(golden, [])
    }
    ours = {
        ((in_minor(each.amount, each.currency), each.currency), each.booked_on, each.value_on, each.is_reversal, each.bank_ref)
        for statement in statements
        for each in statement.entries
    }
    assert ours >= expected if file.stem in HALF_SHOWN else ours == expected
    balances = {
        (*money_of(each["getAmount"]), day_of(each["getDate"]))
        for record in genkgo_records(golden, [])
        for each in record.get("getBalances", ())
        if isinstance(each, dict)
    }
    own = {(in_minor(each.amount, each.currency), each.currency, each.day) for statement in statements for each in statement.balances}
    assert own >= balances if file.stem in HALF_SHOWN else own == balances
    accounts = {
        record["getAccount"]["getIdentification"] for record in genkgo_records(golden, []) if isinstance(record["getAccount"], dict)
    }
    assert {statement.account for statement in statements} == accounts


def test_all_messages_are_there_and_the_wrong_one_is_refused():
    assert len(MESSAGES) == 26
    with pytest.raises(Refused) as refused:
        map_camt(read_file(CAMT / "camt053.v2.wrong.xml"), Context())
    assert [finding.code for finding in refused.value.findings] == ["BANK-001"]


@pytest.mark.parametrize("file", [file for file in MESSAGES if "wrong" not in file.stem], ids=lambda file: file.stem)
def test_every_camt_maps_with_nothing_lost(file):
    result = map_camt(read_file(file), Context())
    assert result.outcome.height == sum(1 + len(each.entries) for each in camt.read(camt.root_of(file.read_bytes())))
    assert all(control.ties for control in result.controls)
