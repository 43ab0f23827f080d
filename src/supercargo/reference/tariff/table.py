"""The tariff in memory: what duty a market charges on a code on a day, and how sure we are.

A code of six digits often covers several national lines. If they differ, the answer is the highest
ad valorem rate, because a price calculated on too much duty loses a sale and one on too little
loses money; and the answer says how far the lines lie apart. Nothing is ever taken as zero
because it is not known.
"""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Final

from supercargo.kernel.words import Bilingual
from supercargo.reference.tariff.answers import (
    LAYERS,
    Ambiguity,
    Found,
    Layer,
    NotFound,
    Preference,
    Reach,
    TariffRow,
)
from supercargo.reference.tariff.doubts import Standing, shipped_standings, stand
from supercargo.reference.tariff.expression import DutyRate, parse
from supercargo.reference.tariff.layers import read_layer
from supercargo.reference.tariff.nomenclature import HsCodeError, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

__all__ = ["Ambiguity", "Found", "NotFound", "Preference", "Tariff", "TariffRow"]

_SUBHEADING: Final = 6


class Tariff:
    """Duty rates by market and code, in layers: user over loaded over starter.

    A row hides the rows of weaker layers whose code is the same or longer; a loaded official file
    also hides the starter's lines of any subheading that it covers. Only rows in force on the day
    hide anything, so that an edition loaded today does not blot out last year.
    """

    def __init__(self, rows: Iterable[TariffRow], standings: Mapping[str, Standing]) -> None:
        """Index the rows by market and subheading; `standings` qualify the starter's sources."""
        self._rows = tuple(rows)
        self._standings = standings
        self._index: dict[tuple[str, str], list[TariffRow]] = {}
        for row in self._rows:
            self._index.setdefault((row.market, row.code[:_SUBHEADING]), []).append(row)
        self._markets = frozenset(row.market for row in self._rows)

    @classmethod
    def shipped(cls) -> Tariff:
        """The starter table that comes with Supercargo: six markets, codes that sell online."""
        with resources.as_file(resources.files("supercargo.reference.tariff") / "starter.csv") as path:
            return cls(read_layer(path, "starter"), shipped_standings())

    def with_layer(self, path: Path, layer: Layer = "loaded") -> Tariff:
        """A new tariff in which the rows of this CSV lie over those of weaker layers.

        Args:
            path: a file of `layers.COLUMNS`; gzip is read too.
            layer: "user" for rulings and own values, "loaded" for an official file.

        Raises:
            TariffFileError: with every faulty row and its line number; nothing is taken over.
        """
        return Tariff((*self._rows, *read_layer(path, layer)), self._standings)

    @property
    def markets(self) -> tuple[str, ...]:
        """The markets of which at least one line is known."""
        return tuple(sorted(self._markets))

    def rows(self, market: str) -> tuple[TariffRow, ...]:
        """Every row of a market, of all layers and days, in the order of their codes."""
        return tuple(sorted((r for r in self._rows if r.market == market), key=lambda r: r.code))

    def lookup(self, market: str, hs_code: str, day: date) -> Found | NotFound:
        """The duty that this market charges on this code on this day.

        Args:
            market: "EU", or an ISO 3166 code in capitals; members of the EU are asked as "EU".
            hs_code: 6, 8, 9 or 10 digits; dots and spaces do not matter.
            day: the day on which the goods are declared.

        Returns:
            Found with its doubts, or NotFound with what to supply.
        """
        if market not in self._markets:
            return _not_found(market, hs_code, "market_unknown")
        try:
            code = normalise(hs_code)
        except HsCodeError as error:
            reason = Bilingual(str(error), f"HS 编码 {hs_code!r} 应为 6、8、9 或 10 位数字")
            return NotFound(market, hs_code, "code_invalid", reason)
        known = self._index.get((market, code[:_SUBHEADING]), [])
        lines, reach = _reached(_uppermost([row for row in known if row.holds_on(day)]), code)
        if not lines:
            return _silence(market, code, known, day)
        return self._found(market, code, lines, reach, day)

    def _found(self, market: str, code: str, lines: tuple[TariffRow, ...], reach: Reach, day: date) -> Found:
        line = _cautious(lines)
        standing = self._standings.get(market) if line.layer == "starter" else None
        confidence, doubts = stand(line, lines, reach, standing, day)
        return Found(
            market=market,
            hs_code=code,
            line=line,
            lines=lines,
            rate=line.rate,
            since=line.since,
            source=line.source,
            confidence=confidence,
            layer=line.layer,
            reach=reach,
            ambiguous=_ambiguity(lines),
            doubts=doubts,
            preference_cn=_preference(lines),
        )


def _uppermost(rows: list[TariffRow]) -> list[TariffRow]:
    """The rows that no row of a stronger layer, or a later one of the same code, hides."""
    latest: dict[tuple[Layer, str], TariffRow] = {}
    for row in sorted(rows, key=lambda row: row.since):
        latest[row.layer, row.code] = row
    shown = list(latest.values())
    if any(row.layer == "loaded" for row in shown):
        shown = [row for row in shown if row.layer != "starter"]
    return [row for row in shown if not any(_hides(other, row) for other in shown)]


def _hides(over: TariffRow, under: TariffRow) -> bool:
    stronger = LAYERS.index(over.layer) < LAYERS.index(under.layer)
    return stronger and under.code.startswith(over.code)


def _reached(rows: list[TariffRow], code: str) -> tuple[tuple[TariffRow, ...], Reach]:
    """The lines that a code names, and how it came to them."""
    below = [row for row in rows if row.code.startswith(code)]
    if below:
        exact = len(below) == 1 and below[0].code == code
        return _ordered(below), "line" if exact else "below"
    above = [row for row in rows if code.startswith(row.code)]
    if above:
        nearest = max(len(row.code) for row in above)
        found = [row for row in above if len(row.code) == nearest]
        return _ordered(found), "line" if nearest > _SUBHEADING else "six_digits"
    return _ordered(rows), "six_digits"


def _ordered(rows: list[TariffRow]) -> tuple[TariffRow, ...]:
    return tuple(sorted(rows, key=lambda row: row.code))


def _plain(row: TariffRow) -> DutyRate | None:
    rate = row.rate
    return rate if isinstance(rate, DutyRate) and rate.is_ad_valorem else None


def _cautious(lines: tuple[TariffRow, ...]) -> TariffRow:
    """The line with the highest ad valorem rate; the first line if none is plain ad valorem."""
    rated = [(rate.ad_valorem, line) for line in lines if (rate := _plain(line)) is not None]
    return max(rated, key=lambda pair: pair[0])[1] if rated else lines[0]


def _ambiguity(lines: tuple[TariffRow, ...]) -> Ambiguity | None:
    if len({line.rate for line in lines}) <= 1:
        return None
    plain = [rate for line in lines if (rate := _plain(line)) is not None]
    other = tuple(line for line in lines if _plain(line) is None)
    lowest = min(plain, key=lambda rate: rate.ad_valorem, default=None)
    highest = max(plain, key=lambda rate: rate.ad_valorem, default=None)
    return Ambiguity(lowest, highest, lines, other)


def _preference(lines: tuple[TariffRow, ...]) -> Preference | None:
    """The dearest preference; none unless every line under the code has a computable one."""
    known: list[tuple[TariffRow, DutyRate]] = []
    for line in lines:
        rate = parse(line.preference_cn, market=line.market)
        if not (isinstance(rate, DutyRate) and rate.is_ad_valorem):
            return None
        known.append((line, rate))
    line, rate = max(known, key=lambda pair: pair[1].ad_valorem)
    return Preference(rate, line.preference_source, line.preference_confidence)


def _silence(market: str, code: str, known: list[TariffRow], day: date) -> NotFound:
    """Why no line holds on the day: unknown code, too early, or ended."""
    if not known:
        return _not_found(market, code, "code_unknown")
    first = min(row.since for row in known)
    if day < first:
        return NotFound(market, code, "before_our_records", Bilingual(
            f"{day} is before our records of {code} in {market}, which begin on {first}; load the "
            "tariff of that year or give the rate yourself",
            f"{day} 早于我们对 {market} 税则 {code} 的记录(始于 {first}); "
            "请导入当年税则或自行填写税率",
        ), first)  # fmt: skip
    return NotFound(market, code, "ended", Bilingual(
        f"the known rates of {code} in {market} had ended by {day}; load the present tariff",
        f"截至 {day}, {market} 税则 {code} 的已知税率均已失效; 请导入现行税则",
    ), first)  # fmt: skip


def _not_found(market: str, code: str, why: str) -> NotFound:
    if why == "market_unknown":
        return NotFound(market, code, "market_unknown", Bilingual(
            f"no tariff of {market} is known; load an official file or give the rate yourself",
            f"没有 {market} 的税则; 请导入官方税则文件或自行填写税率",
        ))  # fmt: skip
    return NotFound(market, code, "code_unknown", Bilingual(
        f"no line of {market}'s tariff is known under {code}; load the official file or give the "
        "rate yourself",
        f"{market} 税则中没有 {code} 的已知税目; 请导入官方税则文件或自行填写税率",
    ))  # fmt: skip
