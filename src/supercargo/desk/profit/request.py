"""What is asked of the profit cube, and how a cell of the answer is named."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from supercargo.engines.accounting.profit.cube import KEYS, Cut, View
from supercargo.engines.accounting.profit.exchange import Exchange
from supercargo.kernel.currency import is_currency
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

ORIGINAL = "original"
SYNONYMS = {"product": "sku"}
"""Other words for what a cube may be cut by."""
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])", re.ASCII)
_NOTHING = ("", "-")


@dataclass(frozen=True, slots=True)
class ProfitRequest:
    """The question: cut by what, over which days (``until`` is exclusive), in which currency, on which day of a line.

    ``currency`` ``None`` keeps every currency apart.
    """

    by: tuple[str, ...] = ("country",)
    since: date | None = None
    until: date | None = None
    currency: str | None = None
    view: View = "order"
    where: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)
    planning: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)

    @property
    def cut(self) -> Cut:
        """Give the cut of the cube; currencies that stay apart are a key of it."""
        apart = ("currency",) if self.currency is None and "currency" not in self.by else ()
        return Cut((*self.by, *apart), self.view, self.since, self.until, self.where)

    @property
    def exchange(self) -> Exchange:
        """Give the way into the currency of the view."""
        return Exchange(self.currency, tuple(sorted(self.planning.items())))

    def asked(self) -> dict[str, str]:
        """Give the question as plain words for a document."""
        days = {"from": str(self.since or ""), "until": str(self.until or "")}
        where = {name: ", ".join(value or "-" for value in values) for name, values in self.where.items()}
        return {"by": ",".join(self.by), **days, "currency": self.currency or ORIGINAL, "view": self.view, **where}


def keys_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """Read what to cut by.

    Raises:
        Refused: PROF-020, a word is no key, or stands twice.
    """
    keys = tuple(SYNONYMS.get(word, word) for word in words)
    wrong = [word for word, key in zip(words, keys, strict=True) if key not in KEYS or keys.count(key) > 1]
    if wrong or not keys:
        known = "country, channel, product, brand, month, day, currency"
        message = said("profit is not cut by {words}", words=", ".join(wrong) or "-")
        raise refuse("PROF-020", "by", message, said("use some of {known}, each once", known=known))
    return keys


def currency_of(word: str, home: str) -> str | None:
    """Read the currency of the view; empty is the home currency, ``original`` keeps each apart.

    Raises:
        Refused: PROF-021, it is no currency.
    """
    if word.lower() == ORIGINAL:
        return None
    code = (word or home).upper()
    if not is_currency(code):
        message = said("{code} is not a currency of ISO 4217", code=code)
        raise refuse("PROF-021", "currency", message, said("give three capital letters, such as EUR, or {word}", word=ORIGINAL))
    return code


def month_of(text: str) -> tuple[date, date]:
    """Read a month as its first day and the day after its last.

    >>> month_of("2011-12")
    (datetime.date(2011, 12, 1), datetime.date(2012, 1, 1))

    Raises:
        Refused: PROF-022, it is no month.
    """
    found = _MONTH.fullmatch(text)
    if found is None or found[1] in ("0000", "9999"):
        raise refuse("PROF-022", "month", said("{text} is not a month", text=repr(text)), "write it as 2011-11: year, month")
    first = date(int(found[1]), int(found[2]), 1)
    return first, (first + timedelta(days=31)).replace(day=1)


def within(request: ProfitRequest, cell: Mapping[str, str | None]) -> ProfitRequest:
    """Narrow a question to one cell: the same view and currency, only its lines, nothing cut."""
    since, until = request.since, request.until
    where = dict(request.where)
    for key, value in cell.items():
        if key in ("month", "day"):
            first, after = month_of(value or "") if key == "month" else _day_of(value or "")
            since, until = max(first, since or first), min(after, until or after)
        else:
            where[key] = (value,)
    return replace(request, by=(), since=since, until=until, where=where)


def cell_of(text: str, by: tuple[str, ...]) -> dict[str, str | None]:
    """Read a cell as ``country=DE,month=2011-11``; a dash is "none", as charges that belong to no product.

    Raises:
        Refused: PROF-023, it does not name each key of the cut once.
    """
    pairs = [part.partition("=") for part in text.split(",")]
    cell = {SYNONYMS.get(key.strip(), key.strip()): value.strip() for key, _, value in pairs}
    if set(cell) != set(by) or len(pairs) != len(by):
        message = said("{text} does not name one cell", text=repr(text))
        raise refuse(
            "PROF-023", "explain", message, said("give the number of the row, or {keys}", keys=",".join(f"{key}=..." for key in by))
        )
    return {key: None if value in _NOTHING else value for key, value in cell.items()}


def _day_of(text: str) -> tuple[date, date]:
    day = date.fromisoformat(text)
    return day, day + timedelta(days=1)
