"""What the tariff answers: the rows it knows, a rate found, or why none was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from supercargo.kernel.words import Bilingual
from supercargo.reference.tariff.expression import DutyRate, NotComputable, parse

if TYPE_CHECKING:
    from datetime import date


Layer = Literal["user", "loaded", "starter"]
Confidence = Literal["high", "medium", "low"]
Reach = Literal["line", "below", "six_digits"]

LAYERS: Final[tuple[Layer, ...]] = ("user", "loaded", "starter")
"""Strongest first: a seller's own ruling, then a loaded official file, then what ships with us."""

CONFIDENCES: Final[tuple[Confidence, ...]] = ("low", "medium", "high")
"""Weakest first, so that the weakest of several is the smallest index."""


@dataclass(frozen=True, slots=True)
class TariffRow:
    """One line of a national tariff, as one of our layers holds it.

    Attributes:
        market: "EU", or an ISO 3166 code in capitals.
        code: digits only; 8 or 10 for a national line, 6 where only the subheading is held.
        expression: the duty as the source writes it, or in our own notation.
        since: the first day on which we know the rate to hold.
        until: the first day on which it holds no longer; None while no end is known.
        source: key in reference/sources/tariff.toml, "unverified", or the user's own words.
        preference_cn: the duty for goods that prove Chinese origin; "" where none is known.
        preference_source, preference_confidence: of that duty.
        row_number: the line in the layer's file, the header being line 1.
    """

    market: str
    code: str
    expression: str
    since: date
    until: date | None
    source: str
    confidence: Confidence
    note: str = ""
    preference_cn: str = ""
    preference_source: str = ""
    preference_confidence: Confidence = "low"
    layer: Layer = "starter"
    row_number: int = field(default=0, compare=False)

    @property
    def rate(self) -> DutyRate | NotComputable:
        """The expression as a value; dollars and cents are those of the market."""
        return parse(self.expression, market=self.market)

    def holds_on(self, day: date) -> bool:
        """Whether the line is in force on that day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """Several national lines lie under the code that was given, and they differ.

    Attributes:
        lowest, highest: the ad valorem extremes (equal when only the shape differs).
        lines: every line under the code, by code.
        other_shapes: those of them that are not plain ad valorem (a duty per kg or per item,
            or not computable); the extremes say nothing about these.
    """

    lowest: DutyRate | None
    highest: DutyRate | None
    lines: tuple[TariffRow, ...]
    other_shapes: tuple[TariffRow, ...] = ()

    def __str__(self) -> str:
        """Say in a line how far the rates under the code lie apart."""
        apart = f"{self.lowest} to {self.highest}" if self.lowest else "no ad valorem rate"
        other = f", {len(self.other_shapes)} of another kind" if self.other_shapes else ""
        return f"{len(self.lines)} national lines, {apart}{other}"


@dataclass(frozen=True, slots=True)
class Preference:
    """The duty for goods with proof of Chinese origin (ChAFTA in AU, RCEP in JP)."""

    rate: DutyRate | NotComputable
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Found:
    """The duty of a market for a code on a day, with everything that qualifies it.

    Attributes:
        hs_code: what was asked, digits only.
        line: the national line whose rate is given; the highest ad valorem one if several differ.
        rate: that line's duty; NotComputable where the tariff's words are beyond one value.
        since, source, layer: those of the line.
        confidence: the line's, lowered where the day lies beyond the state of the source.
        reach: "line" when the code named one line, "below" when lines below it were read,
            "six_digits" when the last digits are no line of this market and were left out.
        ambiguous: what else lies under the code; None when every line there says the same.
        doubts: sentences that the seller must see beside the number.
        preference_cn: needs proof of origin; None where none is known.
    """

    market: str
    hs_code: str
    line: TariffRow
    lines: tuple[TariffRow, ...]
    rate: DutyRate | NotComputable
    since: date
    source: str
    confidence: Confidence
    layer: Layer
    reach: Reach
    ambiguous: Ambiguity | None = None
    doubts: tuple[Bilingual, ...] = ()
    preference_cn: Preference | None = None

    @property
    def doubt(self) -> Bilingual | None:
        """All doubts as one text; None where there is none."""
        if not self.doubts:
            return None
        return Bilingual(" ".join(d.en for d in self.doubts), "".join(d.zh for d in self.doubts))


NotFoundCode = Literal["market_unknown", "code_invalid", "code_unknown", "before_our_records", "ended"]


@dataclass(frozen=True, slots=True)
class NotFound:
    """No duty is known; the reason says what to supply. Never a zero."""

    market: str
    hs_code: str
    code: NotFoundCode
    reason: Bilingual
    first_day: date | None = None
