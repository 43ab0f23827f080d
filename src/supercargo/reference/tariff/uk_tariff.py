"""The United Kingdom's Global Tariff beside the European Union's Common External Tariff.

The Department for International Trade published both side by side, by eight digits (ten where a
subheading is split), as they stood on 1 January 2021: `ukgt_duty_rate` and `cet_duty_rate`. One
row gives two lines.
Source: key `uktrade-global-uk-tariff`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from supercargo.kernel.words import Bilingual
from supercargo.reference.tariff.expression import parse
from supercargo.reference.tariff.official import Fault, TariffLine, records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

MARKETS: Final = {"GB": "ukgt_duty_rate", "EU": "cet_duty_rate"}
COLUMNS: Final = ("commodity", "description", *MARKETS.values())
_DIGITS: Final = (8, 10)


def read(path: Path, *, since: date) -> Iterator[TariffLine | Fault]:
    """Two lines for each commodity: the British duty and the European one.

    Args:
        path: the department's CSV, gzipped or not.
        since: first day for which this edition is known to hold.

    Findings: faults `code`, `no_rate` and those of `official.records`.
    """
    for record in records(path, COLUMNS):
        if isinstance(record, Fault):
            yield record
            continue
        number, cells = record
        code = cells["commodity"]
        if not (len(code) in _DIGITS and code.isascii() and code.isdecimal()):
            yield Fault(number, "code", Bilingual(f"{code!r} is not a commodity of 8 or 10 digits",
                                             f"{code!r} 不是 8 位或 10 位商品编码"))  # fmt: skip
            continue
        for market, column in MARKETS.items():
            yield _line(market, cells, column, number, since)


def _line(market: str, cells: dict[str, str], column: str, number: int, since: date) -> TariffLine | Fault:
    expression, code = cells[column], cells["commodity"]
    if not expression:
        return Fault(number, "no_rate", Bilingual(f"{code} states no rate in {column}",
                                             f"{code} 的 {column} 列没有税率"))  # fmt: skip
    return TariffLine(
        market=market,
        code=code,
        description=cells["description"],
        expression=expression,
        rate=parse(expression, market=market),
        since=since,
        row_number=number,
    )
