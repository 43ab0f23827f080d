"""A layer of the tariff as a CSV file: the starter's, a loaded one's and a user's are all alike.

Columns: `market`, `code` (6 digits, or 8 to 10 for a national line), `expression` (duty),
`since` (ISO date), `until` (ISO date, the first day on which the line holds no longer; empty while
no end is known), `source`, `confidence` (high, medium, low), `note`, `preference_cn` (duty with
proof of Chinese origin), `preference_source`, `preference_confidence`. The last four may be
missing. An official file as loaded takes up to some twelve thousand lines.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, NoReturn

from supercargo.kernel.words import Bilingual
from supercargo.reference.tariff.answers import CONFIDENCES, Confidence, Layer, TariffRow
from supercargo.reference.tariff.expression import NotComputable, parse
from supercargo.reference.tariff.nomenclature import HsCodeError, normalise
from supercargo.reference.tariff.official import Fault, records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

REQUIRED: Final = ("market", "code", "expression", "since", "until", "source", "confidence")
OPTIONAL: Final = ("note", "preference_cn", "preference_source", "preference_confidence")
COLUMNS: Final = REQUIRED + OPTIONAL


class TariffFileError(ValueError):
    """A layer's file has faulty rows; none of it is used until they are put right.

    Attributes:
        path: the file, as given.
        faults: every faulty row with its line number.
    """

    def __init__(self, path: Path, faults: tuple[Fault, ...]) -> None:
        """Keep all faults; the message shows the first three."""
        self.path = path
        self.faults = faults
        shown = "; ".join(str(fault) for fault in faults[:3])
        more = f"; and {len(faults) - 3} more" if len(faults) > 3 else ""  # noqa: PLR2004
        super().__init__(f"{path.name}: {shown}{more}")


@dataclass(frozen=True, slots=True)
class _Faulty(Exception):  # noqa: N818 - internal signal from a cell to its row
    """A cell that cannot be read."""

    code: str
    message: Bilingual


def read_layer(path: Path, layer: Layer) -> tuple[TariffRow, ...]:
    """All rows of a layer's file.

    Raises:
        TariffFileError: when the file or any row of it is faulty; all faults are listed.
    """
    rows: list[TariffRow] = []
    faults: list[Fault] = []
    for line in rows_of(path, layer):
        if isinstance(line, Fault):
            faults.append(line)
        else:
            rows.append(line)
    if faults:
        raise TariffFileError(path, tuple(faults))
    return tuple(rows)


def rows_of(path: Path, layer: Layer) -> Iterator[TariffRow | Fault]:
    """Each row of a layer's file, or what is wrong with it and where."""
    for record in records(path, REQUIRED):
        if isinstance(record, Fault):
            yield record
            continue
        number, cells = record
        try:
            yield _row(cells, layer, number)
        except _Faulty as fault:
            yield Fault(number, fault.code, fault.message)


def write_layer(path: Path, rows: Iterable[TariffRow]) -> int:
    """Write rows as a layer's file, ordered by market, code and date; returns how many."""
    ordered = sorted(rows, key=lambda row: (row.market, row.code, row.since))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_cells(row) for row in ordered)
    return len(ordered)


def _cells(row: TariffRow) -> tuple[str, ...]:
    until = row.until.isoformat() if row.until else ""
    return (
        row.market, row.code, row.expression, row.since.isoformat(), until, row.source,
        row.confidence, row.note, row.preference_cn, row.preference_source,
        row.preference_confidence,
    )  # fmt: skip


def _row(cells: dict[str, str], layer: Layer, number: int) -> TariffRow:
    market, since = _market(cells["market"]), _date(cells["since"], "since")
    until = _date(cells["until"], "until") if cells["until"] else None
    if until is not None and until <= since:
        _refuse("until", "until is not after since", "until 不晚于 since")
    if not cells["source"]:
        _refuse("source", "the row names no source", "该行没有写明来源")
    return TariffRow(
        market=market,
        code=_code(cells["code"]),
        expression=_expression(cells["expression"], market, required=True, official=layer == "loaded"),
        since=since,
        until=until,
        source=cells["source"],
        confidence=_confidence(cells["confidence"]),
        note=cells.get("note", ""),
        preference_cn=_expression(cells.get("preference_cn", ""), market, required=False, official=layer == "loaded"),
        preference_source=cells.get("preference_source", ""),
        preference_confidence=_confidence(cells.get("preference_confidence", "") or "low"),
        layer=layer,
        row_number=number,
    )


def _market(text: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}", text):
        _refuse("market", f"market {text!r} is not two capitals", f"市场 {text!r} 不是两位大写代码")
    return text


def _code(text: str) -> str:
    try:
        return normalise(text)
    except HsCodeError as error:
        zh = f"HS 编码 {text!r} 应为 6、8、9 或 10 位数字"
        _refuse("code", str(error), zh)


def _date(text: str, column: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        _refuse(
            column,
            f"{column} {text!r} is not a date like 2026-01-31",
            f"{column} {text!r} 不是 2026-01-31 这样的日期",
        )


def _confidence(text: str) -> Confidence:
    if text not in CONFIDENCES:
        _refuse(
            "confidence",
            f"confidence {text!r} is not high, medium or low",
            f"置信度 {text!r} 不是 high、medium 或 low",
        )
    return text


def _expression(text: str, market: str, *, required: bool, official: bool) -> str:
    """The duty's words. An official line may be beyond computing, and then refuses where it is used; a person's own may not."""
    if not text and not required:
        return text
    rate = parse(text, market=market)
    if isinstance(rate, NotComputable) and rate.code in ({"empty"} if official else {"empty", "unit_missing"}):
        _refuse("expression", f"duty {text!r}: {rate.reason.en}", f"税率 {text!r}: {rate.reason.zh}")
    return text


def _refuse(code: str, en: str, zh: str) -> NoReturn:
    raise _Faulty(code, Bilingual(en, zh))
