"""Showing what stands in the long tables: a fee, a line of a tariff, a rate of exchange, by the key that an answer cites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.desk.answer import Answer
from supercargo.kernel.currency import is_currency
from supercargo.kernel.explain import doubts_of
from supercargo.kernel.figure import Citation
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import Bilingual, Text, said

if TYPE_CHECKING:
    from supercargo.reference.law import Law

PREFIXES = ("fees.", "tariff.", "ecb.rates.")
FEE_TABLES = ("referral_fees", "fulfilment_fees", "payment_fees", "storage_fees")
_HIDDEN = frozenset({"since", "until", "source", "confidence", "doubt_en", "doubt_zh"})


def show_row(law: Law, key: str) -> Answer:
    """Show a row of a long table: its cells, first day, source and doubt.

    Raises:
        Refused: LAW-404, there is no such row; FX-404, there is no such rate.
    """
    if key.startswith("fees."):
        return _fee(law, key)
    return _duty(law, key) if key.startswith("tariff.") else _rate(law, key)


def _fee(law: Law, key: str) -> Answer:
    from supercargo.reference.fees import fee_rows  # noqa: PLC0415 - the tables are long, and other keys need none

    table = key.split(".")[1]
    row = next((row for row in fee_rows(table) if row.citation.key == key), None) if table in FEE_TABLES else None
    if row is None:
        raise _no_row(key)
    cells = [{"column": column, "value": cell} for column, cell in row.cells.items() if cell and column not in _HIDDEN]
    until = row.until.isoformat() if row.until else ""
    value = said("row {number} of {table}", number=row.number, table=f"{table}.csv")
    return _answer(law, row.citation, Bilingual(table.replace("_", " "), table), value, {"cells": cells}, {"until": until} if until else {})


def _duty(law: Law, key: str) -> Answer:
    from supercargo.reference.tariff import Found  # noqa: PLC0415

    _, area, code = (*key.split("."), "", "")[:3]
    found = law.tariff.lookup(area.upper(), code, law.day)
    if not isinstance(found, Found):
        raise _no_row(key)
    citation = Citation(key, found.since, (found.source,), found.confidence, found.doubt or "", found.layer)
    label = said("duty on {code} in {market}", code=found.line.code, market=found.line.market)
    return _answer(law, citation, label, found.line.expression, {}, {"note": found.line.note} if found.line.note else {})


def _rate(law: Law, key: str) -> Answer:
    quote, _, base = key.removeprefix("ecb.rates.").partition("_")
    if not (is_currency(quote) and is_currency(base)):
        raise _no_row(key)
    figure = law.rates.rate(base, quote)
    if figure.citation is None:
        raise _no_row(key)
    answer = _answer(law, figure.citation, figure.name, figure.shown(), {}, {})
    return Answer(answer.question, answer.asked, {"value": figure}, answer.words, answer.rows, answer.findings)


def _answer(
    law: Law, citation: Citation, label: Text, value: Text, rows: dict[str, list[dict[str, str]]], extra: dict[str, Text]
) -> Answer:
    from supercargo.desk.lawbook import source_rows  # noqa: PLC0415 - the two modules know each other

    words: dict[str, Text] = {
        "label": label, "value": value, **extra, **({"doubt": citation.doubt} if citation.doubt else {}),
        "since": citation.since.isoformat() if citation.since else "", "confidence": said(citation.confidence),
        "layer": citation.layer, "kind": "row",
    }  # fmt: skip
    asked = {"key": citation.key, "on": law.day.isoformat()}
    return Answer("law show", asked, {}, words, {**rows, "sources": source_rows(citation.sources)}, doubts_of((citation,)))


def _no_row(key: str) -> Exception:
    return refuse(
        "LAW-404",
        key,
        said("no table has a row {key} on this day", key=key),
        "take the key from an explanation; rows are counted in the table's file",
    )
