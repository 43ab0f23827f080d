"""The law of one day: the only way to read a fact, so that no rule forgets the date or the source."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from supercargo.kernel.figure import Citation, Figure
from supercargo.kernel.finding import refuse
from supercargo.kernel.unit import RATIO, Unit
from supercargo.kernel.words import Text, said
from supercargo.reference.book import Book, shipped
from supercargo.reference.fact import Entry, Fact, bilingual
from supercargo.reference.fx import Rates
from supercargo.reference.tariff import Tariff

_FEE = {"min": "least fee", "max": "most fee", "over": "lower limit", "up_to": "upper limit"}
_BAND = {"up_to": "upper limit", "less": "fixed deduction"}
EU = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)


@dataclass(frozen=True, slots=True)
class Band:
    """One rung of a ladder by value: up to which value, and what is done there."""

    treatment: str
    up_to: Figure | None = None
    rate: Figure | None = None
    less: Figure | None = None
    least_per_kg: Figure | None = None
    flat: Figure | None = None
    all_in: bool = False
    scheme: str = ""
    optional: bool = False
    when_unregistered: str = ""
    registration: str = ""
    tax: Figure | None = None
    tax_base: str = ""
    why: Text = ""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The bands of a ladder, lowest first, and how the value is measured against them."""

    key: str
    bands: tuple[Band, ...]
    currency: str
    measure: str
    per: str
    inclusive: bool
    citation: Citation


@dataclass(frozen=True, slots=True)
class Fee:
    """A processing or handling fee: rate and/or amount, per what, within which limits."""

    key: str
    label: Text
    rate: Figure | None
    amount: Figure | None
    per: str
    least: Figure | None
    most: Figure | None
    over: Figure | None
    up_to: Figure | None
    applies_to: tuple[str, ...]
    modes: tuple[str, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class Law:
    """All facts as they stood on one day.

    >>> print(Law(date(2020, 8, 1)).rate("de.vat.standard").shown())
    16 %
    """

    day: date
    book: Book = field(default_factory=shipped)
    exchange: Rates | None = None
    duties: Tariff | None = None

    @property
    def rates(self) -> Rates:
        """Give the rates of exchange of the day."""
        return self.exchange or Rates(self.day)

    @property
    def tariff(self) -> Tariff:
        """Give the tariff: the shipped starter table, or the layers that were put over it."""
        return self.duties or shipped_tariff()

    def rate(self, key: str, name: str = "") -> Figure:
        """Read a percentage as a ratio.

        Raises:
            Refused: there is no such fact, no record for the day, or its value is not known.
        """
        return self._figure(key, name, RATIO, percent=True)

    def amount(self, key: str, name: str = "") -> Figure:
        """Read an amount or a number in its unit. Raises as ``rate`` does."""
        return self._figure(key, name, Unit.of(self.book.fact(key).unit), percent=False)

    def choice(self, key: str) -> str:
        """Read a word such as ``CIF``. Raises as ``rate`` does."""
        return str(self._in_force(key)[1].value)

    def says(self, key: str) -> Text:
        """Read a text of the book in both languages. Raises as ``rate`` does."""
        return bilingual(self._in_force(key)[1].content.get("text"))

    def knows(self, key: str) -> bool:
        """Tell whether a fact is in force on the day (an unknown value is in force, and refuses)."""
        fact = self.book.find(key)
        entry = fact.on(self.day) if fact else None
        return entry is not None and not entry.repealed

    def key_for(self, market: str, rest: str) -> str:
        """Find where a country's fact stands: its own folder, or the EU's for a member state."""
        own = f"{market.lower()}.{rest}"
        union = f"eu.{rest}"
        if market not in EU or self.knows(own):
            return own
        return union if self.knows(union) or self.book.find(own) is None else own

    def cite(self, key: str) -> Citation:
        """Give key, first day, sources and doubt of a fact in force."""
        return _citation(*self._in_force(key))

    def cite_or_nothing(self, key: str) -> Citation | None:
        """Give the citation of a fact in force, or nothing where there is none to read."""
        fact = self.book.find(key)
        entry = fact.on(self.day) if fact else None
        return None if fact is None or entry is None or entry.repealed or entry.unknown else _citation(fact, entry)

    def entry(self, key: str) -> tuple[Fact, Entry]:
        """Give a fact and its entry in force, as the file states it."""
        return self._in_force(key)

    def entry_or_unknown(self, key: str) -> tuple[Fact, Entry]:
        """Give a fact and its entry of the day even where the value is not known; for lists of measures."""
        fact = self.book.fact(key)
        entry = fact.on(self.day)
        return (fact, entry) if entry is not None and entry.unknown else self._in_force(key)

    def ladder(self, key: str) -> Ladder:
        """Read a ladder of bands by value. Raises as ``rate`` does."""
        fact, entry = self._in_force(key)
        citation = _citation(fact, entry)
        bands = tuple(self._band(fact, band, citation) for band in entry.content.get("bands", ()))
        extra = fact.extra | entry.content
        return Ladder(
            key, bands, fact.unit, str(extra.get("measure", "goods")), str(extra.get("per", "consignment")),
            bool(extra.get("inclusive", True)), citation,
        )  # fmt: skip

    def fees(self, jurisdiction: str) -> tuple[Fact, ...]:
        """List the processing fees of a country that are in force on the day, known or not."""
        facts = self.book.subject(f"{jurisdiction.lower()}.fees").values()
        return tuple(fact for fact in facts if fact.kind == "fee" and self.knows(fact.key))

    def fee(self, key: str) -> Fee:
        """Read a processing fee. Raises as ``rate`` does."""
        fact, entry = self._in_force(key)
        citation, extra = _citation(fact, entry), fact.extra | entry.content
        limit = str(extra.get("limit_unit", fact.unit))

        def money(field_name: str, unit: str) -> Figure | None:
            value = extra.get(field_name)
            return (
                None
                if value is None
                else Figure(Decimal(value), Unit.of(unit), _FEE.get(field_name, fact.label.en), "fact", citation=citation)
            )

        rate = extra.get("rate")
        per = str(extra.get("per", "consignment"))
        return Fee(
            key=fact.key,
            label=fact.label,
            rate=None if rate is None else _percent(rate, fact.label.en, citation),
            amount=money("amount", fact.unit),
            per=per,
            least=money("min", fact.unit),
            most=money("max", fact.unit),
            over=money("over", limit),
            up_to=money("up_to", limit),
            applies_to=tuple(extra.get("applies_to", ("parcel", "commercial"))),
            modes=tuple(extra.get("modes", ())),
            citation=citation,
        )

    def _band(self, fact: Fact, band: dict[str, Any], citation: Citation) -> Band:
        unit = Unit.of(fact.unit)

        def money(name: str) -> Figure | None:
            value = band.get(name)
            return None if value is None else Figure(Decimal(value), unit, _BAND[name], "fact", citation=citation)

        rate = band.get("rate")
        return Band(
            treatment=str(band["treatment"]),
            up_to=money("up_to"),
            rate=None if rate is None else _percent(rate, fact.label.en, citation),
            less=money("less"),
            least_per_kg=self._least(fact, band, citation),
            flat=self.amount(str(band["fact"])) if "fact" in band else None,
            all_in=bool(band.get("all_in")),
            scheme=str(band.get("scheme", "")),
            optional=bool(band.get("optional")),
            when_unregistered=str(band.get("when_unregistered", "")),
            registration=str(band.get("registration", "")),
            tax=self.rate(str(band["tax"]), "VAT rate") if "tax" in band else None,
            tax_base=str(band.get("tax_base", "")),
            why=bilingual(band.get("why")),
        )

    def _least(self, fact: Fact, band: dict[str, Any], citation: Citation) -> Figure | None:
        """Read the least duty of a band, an amount for each kilogram."""
        value = band.get("min")
        return (
            None
            if value is None
            else Figure(Decimal(value), Unit.of(f"{fact.unit}/kg"), "least duty for each kg", "fact", citation=citation)
        )

    def _figure(self, key: str, name: str, unit: Unit, *, percent: bool) -> Figure:
        fact, entry = self._in_force(key)
        value = entry.value
        if not isinstance(value, Decimal):
            message = said("{key} is not a number but {kind}", key=key, kind=fact.kind)
            raise refuse("LAW-422", key, message, said('read it with "supercargo law show {key}"', key=key))
        citation, label = _citation(fact, entry), name or fact.label.en
        if percent:
            return _percent(value, label, citation)
        return Figure(value, unit, label, "fact", citation=citation)

    def _in_force(self, key: str) -> tuple[Fact, Entry]:
        fact = self.book.fact(key)
        entry = fact.on(self.day)
        supply = said('give your own value in an overlay, or see "supercargo law history {key}"', key=key)
        if entry is None:
            first = fact.history[-1].first_day if fact.history else None
            message = said("no record of {label} on {day}; the records begin on {first}", label=fact.label, day=self.day, first=first)
            raise refuse("LAW-410", key, message, supply)
        if entry.repealed:
            message = said("{label} is no longer in force on {day} (ended {last})", label=fact.label, day=self.day, last=_day_before(entry))
            raise refuse("LAW-412", key, message, supply)
        if entry.unknown:
            message = said("{label} on {day} is not known: {why}", label=fact.label, day=self.day, why=entry.doubt or fact.doubt)
            raise refuse("LAW-411", key, message, supply, ", ".join(entry.sources))
        return fact, entry


@cache
def shipped_tariff() -> Tariff:
    """Give the starter tariff, read once."""
    return Tariff.shipped()


def _percent(value: Decimal | int, name: str, citation: Citation) -> Figure:
    return Figure(Decimal(value).scaleb(-2), RATIO, name, "fact", citation=citation, as_percent=True)


def _citation(fact: Fact, entry: Entry) -> Citation:
    return Citation(fact.key, entry.since, entry.sources, entry.confidence, entry.doubt or fact.doubt, fact.layer)


def _day_before(entry: Entry) -> date | None:
    return entry.since - timedelta(days=1) if entry.since else None
