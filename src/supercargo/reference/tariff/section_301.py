"""On which of the United States' Section 301 lists a product of China stands.

The lists decide the additional duty of `us.additional_duties`; the rates are there, the membership
is here. A line may stand on two lists (8517.62.00: routers on List 3, Bluetooth headsets on List
4A), since the lists cut finer than eight digits. Exclusions granted to single products are not
held.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final, cast

from supercargo.reference.tariff.nomenclature import normalise

if TYPE_CHECKING:
    from supercargo.reference.tariff.answers import Confidence

_LIST: Final = re.compile(r"301-(1|2|3|4A|4B)|4yr-[a-z-]+|none|unknown")
"""`none`: on no list. `unknown`: we cannot say, so no duty may be computed. `4yr-*`: what the
four-year review put in the place of the earlier list, named as in `us.additional_duties`."""

_LINE: Final = 8


@dataclass(frozen=True, slots=True)
class Membership:
    """One line's place in the Section 301 lists.

    Attributes:
        code: 8 digits of the HTS.
        list: "301-1", "301-2", "301-3", "301-4A", "301-4B", "4yr-...", "none" or "unknown".
        source: key in reference/sources/tariff.toml, or "unverified".
        since, until: the first day on the list and the first day off it; None where not limited.
    """

    code: str
    list: str
    source: str
    confidence: Confidence
    note: str = ""
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the line stands on the list on that day."""
        return not ((self.since and day < self.since) or (self.until and day >= self.until))


def memberships(hs_code: str, day: date | None = None) -> tuple[Membership, ...]:
    """Every list that bears on this code, by line; a single "unknown" where we know none.

    Args:
        hs_code: 6, 8 or 10 digits. With six, the lines below may stand on different lists.
        day: leaves out what does not hold on that day; None gives the whole history.

    Raises:
        HsCodeError: when the text is no code.
    """
    code = normalise(hs_code)
    found = tuple(
        line for line in _by_subheading().get(code[:6], ()) if line.code.startswith(code[:_LINE]) and (day is None or line.holds_on(day))
    )
    return found or (Membership(code[:_LINE], "unknown", "unverified", "low"),)


def lists(hs_code: str, day: date | None = None) -> tuple[str, ...]:
    """The distinct lists that bear on this code; more than one means that the line decides.

    Raises:
        HsCodeError: when the text is no code.
    """
    return tuple(dict.fromkeys(line.list for line in memberships(hs_code, day)))


@cache
def _by_subheading() -> dict[str, tuple[Membership, ...]]:
    source = resources.files("supercargo.reference.tariff") / "us_section_301.csv"
    grouped: dict[str, list[Membership]] = {}
    for cells in csv.DictReader(source.read_text(encoding="utf-8").splitlines()):
        grouped.setdefault(cells["hs"][:6], []).append(_membership(cells))
    return {code: tuple(lines) for code, lines in grouped.items()}


def _membership(cells: dict[str, str]) -> Membership:
    if not _LIST.fullmatch(cells["list"]):
        message = f"us_section_301.csv {cells['hs']}: {cells['list']!r} is no known list"
        raise ValueError(message)
    return Membership(
        code=cells["hs"],
        list=cells["list"],
        source=cells["source"],
        confidence=cast("Confidence", cells["confidence"]),
        note=cells["note"],
        since=date.fromisoformat(cells["since"]) if cells["since"] else None,
        until=date.fromisoformat(cells["until"]) if cells["until"] else None,
    )
