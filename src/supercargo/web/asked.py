"""What a person typed, as a request to the desk: every cell is kept as typed, every fault is a finding with its field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, get_args

from supercargo.desk.quote import GoodsLine, Request
from supercargo.engines.customs.duty.facts import Business
from supercargo.engines.customs.fees.facts import Mode
from supercargo.engines.tax.import_tax.facts import Channel
from supercargo.engines.tax.rates import TAX_CLASSES
from supercargo.kernel.currency import is_currency
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from typing import Any

    from django.http import QueryDict

LINES_MAX = 20
LINE_CELLS = ("hs", "goods", "quantity", "weight", "origin", "tax_class")
CELLS = ("from", "to", "on", "currency", "freight", "insurance", "channel", "business", "mode", "region", "duty_rate", "tax_rate")
EXAMPLE = {"from": "CN", "to": "DE", "currency": "EUR", "freight": "6.00", "channel": "own_site", "business": "parcel", "mode": "express"}
EXAMPLE_LINE = {"hs": "6109.10", "goods": "40.00", "quantity": "2", "tax_class": "standard"}
_NUMBER = re.compile(r"[+-]?(\d{1,12})(\.\d{1,6})?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_CODE = re.compile(r"[A-Za-z]{2}", re.ASCII)
_RATE_MAX = 1000


@dataclass(slots=True)
class Cells:
    """The cells of the form as typed, and what is wrong with them."""

    values: dict[str, str]
    lines: list[dict[str, str]]
    schemes: list[str]
    faults: list[Finding] = field(default_factory=list)
    example: bool = False

    def request(self) -> Request | None:
        """Give the request, or nothing when a cell cannot be read; ``faults`` then says which."""
        lines = tuple(self._line(number, cells) for number, cells in enumerate(self.lines))
        asked = Request(
            dispatched_from=self._country("from"), market=self._country("to"), on=self._day("on"), currency=self._currency(), lines=lines,
            freight=self._amount(self.values["freight"], "freight") or Decimal(0),
            insurance=self._amount(self.values["insurance"], "insurance") or Decimal(0),
            business=self._one_of("business", get_args(Business)), channel=self._one_of("channel", get_args(Channel)),
            mode=self._one_of("mode", get_args(Mode)), schemes=frozenset(self.schemes), region=self.values["region"].strip().upper()[:8],
            duty_rate=self._rate("duty_rate"), tax_rate=self._rate("tax_rate"), asked=self.asked(),
        )  # fmt: skip
        return None if self.faults else asked

    def asked(self) -> dict[str, str]:
        """Give every filled cell under its name, as the address carries it."""
        cells = {name: self.values[name] for name in CELLS if self.values[name]}
        for number, line in enumerate(self.lines):
            cells |= {cell_name(name, number): line[name] for name in LINE_CELLS if line[name]}
        return cells | ({"scheme": ",".join(self.schemes)} if self.schemes else {})

    @property
    def day_shown(self) -> str:
        """Give the day as the field can show it; one that is no day leaves the field empty."""
        try:
            return date.fromisoformat(self.values["on"]).isoformat()
        except ValueError:
            return ""

    def _line(self, number: int, cells: dict[str, str]) -> GoodsLine:
        path = f"lines[{number}]"
        return GoodsLine(
            hs_code=self._filled(cells["hs"], f"{path}.hs_code", "the HS code"),
            goods=self._amount(self._filled(cells["goods"], f"{path}.goods", "the value of the goods"), f"{path}.goods") or Decimal(0),
            items=self._whole(cells["quantity"], f"{path}.items"),
            weight_kg=self._amount(cells["weight"], f"{path}.weight_kg"),
            origin=cells["origin"].strip().upper(),
            tax_class=self._known(cells["tax_class"] or "standard", f"{path}.tax_class", TAX_CLASSES),
        )

    def _filled(self, text: str, path: str, what: str) -> str:
        if not text.strip():
            self._fault("ASK-001", path, said("{what} is missing", what=said(what)), "fill in the field")
        return text.strip()

    def _amount(self, text: str, path: str) -> Decimal | None:
        text = text.strip()
        plain = text.replace(",", "") if _GROUPED.fullmatch(text) else text
        if not plain:
            return None
        if _NUMBER.fullmatch(plain):
            return Decimal(plain)
        message = said("“{text}” is not an amount", text=text[:40])
        self._fault("ASK-002", path, message, "write digits with a point, such as 1234.50; up to 12 digits")
        return None

    def _whole(self, text: str, path: str) -> int:
        amount = self._amount(text, path)
        if amount is None:
            return 1
        if amount != amount.to_integral_value():
            self._fault("ASK-003", path, said("{text} is not a whole number", text=text[:40]), "give the number of pieces")
        return int(amount)

    def _rate(self, name: str) -> Decimal | None:
        rate = self._amount(self.values[name].replace("%", ""), name)
        if rate is not None and not 0 <= rate <= _RATE_MAX:
            message = said("{text} % is no rate that a law could have", text=rate)
            self._fault("ASK-004", name, message, "give the percentage, such as 12 or 4.5")
        return rate

    def _day(self, name: str) -> date:
        text = self._filled(self.values[name], name, "the day")
        try:
            return date.fromisoformat(text) if text else date.max
        except ValueError:
            self._fault("ASK-005", name, said("“{text}” is not a day", text=text[:40]), "write the day as 2026-07-15")
            return date.max

    def _country(self, name: str) -> str:
        code = self.values[name].strip().upper()
        if not _CODE.fullmatch(code):
            what = said("the country of dispatch") if name == "from" else said("the market")
            self._fault("ASK-001", name, said("{what} is missing", what=what), "choose a country from the list")
        return code

    def _currency(self) -> str:
        code = self.values["currency"].strip().upper()
        if not is_currency(code):
            message = said("“{text}” is not a currency of ISO 4217", text=code[:40])
            self._fault("ASK-006", "currency", message, "choose a currency from the list")
        return code

    def _one_of(self, name: str, allowed: Iterable[Any]) -> Any:
        return self._known(self.values[name] or EXAMPLE[name], name, tuple(allowed))

    def _known(self, text: str, path: str, allowed: Collection[str]) -> str:
        if text not in allowed:
            self._fault("ASK-007", path, said("“{text}” is not one of the choices", text=text[:40]), "choose from the list")
        return text

    def _fault(self, code: str, path: str, message: Any, remedy: str) -> None:
        self.faults.append(Finding(code, "error", path, message, remedy))


def read(query: QueryDict, today: date) -> Cells:
    """Read the cells of an address; an address without any shows a worked example of today."""
    lines = [_line_cells(query, number) for number in _line_numbers(query)]
    if not any(name in query for name in (*CELLS, "scheme")) and not lines:
        values = dict.fromkeys(CELLS, "") | EXAMPLE | {"on": today.isoformat()}
        return Cells(values, [dict.fromkeys(LINE_CELLS, "") | EXAMPLE_LINE], [], example=True)
    cells = Cells({name: query.get(name, "") for name in CELLS}, lines or [dict.fromkeys(LINE_CELLS, "")], query.getlist("scheme")[:50])
    if str(query.get("remove", "")).isdecimal():
        gone = int(str(query["remove"])[:4])
        cells.lines = [line for number, line in enumerate(cells.lines, 1) if number != gone] or [dict.fromkeys(LINE_CELLS, "")]
    if "add" in query and len(cells.lines) < LINES_MAX:
        cells.lines.append(dict.fromkeys(LINE_CELLS, "") | {"tax_class": "standard"})
    return cells


def cell_name(name: str, number: int) -> str:
    """Name a cell of a goods line in the address: ``hs``, then ``hs2``, ``hs3``."""
    return name if number == 0 else f"{name}{number + 1}"


_FIELDS = {"hs_code": "hs", "items": "quantity", "weight_kg": "weight", "goods": "goods", "origin": "origin", "tax_class": "tax_class"}
_WHOLE = {"market": "to", "schemes": "scheme", "lines": "hs", "hs_code": "hs", "weight_kg": "weight", "items": "quantity", "goods": "goods"}
_PLACED = re.compile(r"lines\[(\d{1,2})\]\.(.+)")


def field_of(path: str) -> str:
    """Find the field of the form that a finding or a step speaks about; empty when there is none."""
    placed = _PLACED.fullmatch(path)
    if placed:
        inner = placed[2].rpartition(".")[2]
        return cell_name(_FIELDS[inner], int(placed[1])) if inner in _FIELDS else field_of(placed[2])
    return _WHOLE.get(path, path if path in CELLS or path in LINE_CELLS else "")


LABELS = {
    "from": "From", "to": "To", "on": "Day", "currency": "Currency", "freight": "Freight", "insurance": "Insurance",
    "channel": "Sold through", "business": "Imported as", "mode": "Sent by", "region": "State or province (US, CA)",
    "duty_rate": "Duty rate, %", "tax_rate": "Tax rate, %", "hs": "HS code", "goods": "Goods value, without tax",
    "quantity": "Quantity", "weight": "Weight, kg", "origin": "Country of origin", "tax_class": "Tax class",
    "scheme": "Registrations that you hold",
}  # fmt: skip


def label_of(name: str) -> tuple[str, str]:
    """Give the label of a field, and the number of its goods line when that is not the first."""
    word = name.rstrip("0123456789")
    return LABELS.get(word, word), name[len(word) :]


def _line_numbers(query: QueryDict) -> range:
    used = [number for number in range(LINES_MAX) if any(cell_name(name, number) in query for name in LINE_CELLS)]
    return range(used[-1] + 1) if used else range(0)


def _line_cells(query: QueryDict, number: int) -> dict[str, str]:
    return {name: query.get(cell_name(name, number), "") for name in LINE_CELLS}
