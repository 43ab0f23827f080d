"""What a line of a tariff says, as a value that can be computed, or why it cannot be.

Tariffs write their duties in words: `68¢/kg + 6.4%` (United States), `4.50% MIN 0.30 EUR / item
MAX 0.80 EUR / item` (European Union), `0.20 GBP/ item` (United Kingdom), `2.8% or 20 yen/kg,
whichever is the greater` (Japan), `256 % but not less than $36.67/hl` (Canada). All of them
become one value, `DutyRate`, and one notation, that of `render`. What is not understood to the
last character becomes `NotComputable` with the original words; nothing is guessed.

    >>> parse("68¢/kg + 6.4%")
    DutyRate('6.4% + 0.68 USD/kg')
    >>> parse("51¢ each + 6.25% on the case and strap").reason.en
    'the duty is charged on parts of the product, each with its own value'
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from supercargo.kernel.words import Bilingual
from supercargo.reference.tariff.units import canonical_unit

ZERO: Final = Decimal(0)
_LONGEST: Final = 500

_DOLLARS: Final = {
    "US": "USD", "AU": "AUD", "CA": "CAD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "TW": "TWD",
}  # fmt: skip
_CURRENCIES: Final = frozenset({
    "AED", "AUD", "BRL", "CAD", "CHF", "CLP", "CNY", "DKK", "EUR", "GBP", "HKD", "IDR", "ILS",
    "INR", "JPY", "KRW", "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "SAR", "SEK", "SGD", "THB",
    "TRY", "TWD", "USD", "VND", "ZAR",
})  # fmt: skip
_NUMBER: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_PERCENT: Final = re.compile(rf"({_NUMBER}) ?%", re.ASCII)
_MONEY: Final = re.compile(
    rf"(?:(?P<dollar>\$) ?(?P<a>{_NUMBER})|(?P<b>{_NUMBER}) ?(?P<sign>¢|€|£|yen|[A-Z]{{3}}))"
    rf"(?: ?/ ?(?:(?P<quantity>{_NUMBER}) ?)?(?P<unit>.*)| (?P<each>each))",
    re.ASCII,
)
_SIGNS: Final = {"€": "EUR", "£": "GBP", "yen": "JPY"}
_GREATER: Final = re.compile(r"^(.+?) or (.+?),? whichever is the greater$")
_LESS: Final = re.compile(r"^(.+?) or (.+?),? whichever is the less$")


REASONS: Final = {
    "empty": Bilingual("the source states no rate for this line", "来源文件中该税目没有列出税率"),
    "refers_elsewhere": Bilingual(
        "the duty is that of another line of the tariff", "税率按税则中另一税目的规定执行"
    ),
    "parts_of_value": Bilingual(
        "the duty is charged on parts of the product, each with its own value",
        "税款按产品各组成部分的价值分别计征",
    ),
    "other_base": Bilingual(
        "the duty is charged on another amount than the customs value",
        "计税基础不是完税价格, 而是其他金额",
    ),
    "seasonal": Bilingual(
        "the rate depends on the day of the year on which the goods enter",
        "税率按进口日期所在季节而不同",
    ),
    "agricultural_component": Bilingual(
        "part of the duty is an agricultural component, which depends on the recipe",
        "税款含农产品附加税, 须按产品配方(糖、乳脂、淀粉含量)确定",
    ),
    "entry_price": Bilingual(
        "the duty depends on the day's entry price", "税款按当日入境价格制度确定"
    ),
    "sliding_scale": Bilingual(
        "the rate slides with a measured quality of the goods", "税率随货物的检测指标浮动"
    ),
    "conditional": Bilingual(
        "the rate holds only under a condition that the tariff names",
        "该税率须满足税则所列条件方可适用",
    ),
    "unit_missing": Bilingual(
        "a number stands without % or currency, so its meaning is not certain",
        "数字后没有百分号或币种, 含义不能确定",
    ),
    "not_understood": Bilingual(
        "the words of the tariff are not understood", "税则中的税率表述无法识别"
    ),
}  # fmt: skip

_REFUSALS: Final = tuple(
    (code, re.compile(pattern, re.IGNORECASE))
    for code, pattern in (
        ("seasonal", r"\d{1,2} ?(jan|feb|mar|apr|may|ju[nl]|aug|sep|oct|nov|dec)|\(\d\d-\d"),
        ("entry_price", r"^entry price$"),
        ("agricultural_component", r"\b(EA|ADSZ|ADFM)\b"),
        ("sliding_scale", r"for each degree"),
        ("conditional", r"under bond|for such temporary periods"),
        ("other_base", r"percent of the|value of (the repairs|such processing)|full value|cost of"),
        ("refers_elsewhere", r"subheading|applicable to|^see |no change|like articles"),
        ("refers_elsewhere", r"in the absence"),
        ("parts_of_value", r"\bon (the )?(case|movement|battery|apparatus|strap|value of)"),
        ("parts_of_value", r"on the entire set"),
        ("parts_of_value", r"jewel over|other piece or part|ethyl alcohol content"),
        ("unit_missing", rf"^({_NUMBER}) (\+|MIN|MAX) "),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SpecificTerm:
    """So much money for so much of the goods: 30.40 EUR for every 100 kg.

    Attributes:
        amount: in major units of the currency, exact.
        currency: ISO 4217.
        unit: one of `units.UNITS`: "kg", "item", "pair", "dozen", "l", "m2" ...
        quantity: how many of the unit the amount buys (100 in "per 100 kg").
    """

    amount: Decimal
    currency: str
    unit: str
    quantity: Decimal = Decimal(1)

    def __str__(self) -> str:
        """Write the term in our notation."""
        count = "" if self.quantity == 1 else f"{_plain(self.quantity)} "
        return f"{_plain(self.amount)} {self.currency}/{count}{self.unit}"


@dataclass(frozen=True, slots=True)
class Terms:
    """A percentage of the customs value and specific amounts, to be added up."""

    ad_valorem: Decimal = ZERO
    specific: tuple[SpecificTerm, ...] = ()

    def __str__(self) -> str:
        """Write the sum in our notation."""
        percent = [f"{_plain(self.ad_valorem)}%"] if self.ad_valorem or not self.specific else []
        return " + ".join(percent + [str(term) for term in self.specific])


@dataclass(frozen=True, slots=True, repr=False)
class DutyRate:
    """The duty on a line: a sum, never under the minimum, never over the maximum.

    Attributes:
        ad_valorem: percent of the customs value; 0 where there is none.
        specific: amounts by weight, count or volume, added to it.
        minimum, maximum: other sums that bound it; None where the line names none.
    """

    ad_valorem: Decimal = ZERO
    specific: tuple[SpecificTerm, ...] = ()
    minimum: Terms | None = None
    maximum: Terms | None = None

    @property
    def free(self) -> bool:
        """Whether nothing is due, whatever the value and the weight."""
        return not (self.ad_valorem or self.specific or self.minimum)

    @property
    def is_ad_valorem(self) -> bool:
        """Whether the customs value alone decides the duty (a free line included)."""
        return not (self.specific or self.minimum or self.maximum)

    @property
    def units(self) -> tuple[str, ...]:
        """The units that must be known to compute the duty, in the order of the terms."""
        bounds = (self.minimum or Terms(), self.maximum or Terms())
        terms = (*self.specific, *bounds[0].specific, *bounds[1].specific)
        return tuple(dict.fromkeys(term.unit for term in terms))

    def __str__(self) -> str:
        """Write the duty in our notation, which `parse` reads back to an equal value."""
        if self.free and self.maximum is None:
            return "Free"
        low = f" MIN {self.minimum}" if self.minimum else ""
        high = f" MAX {self.maximum}" if self.maximum else ""
        return f"{Terms(self.ad_valorem, self.specific)}{low}{high}"

    def __repr__(self) -> str:
        """Show the notation, which is easier on the eye than the fields."""
        return f"DutyRate({str(self)!r})"


@dataclass(frozen=True, slots=True)
class NotComputable:
    """A duty that cannot be had from one line and one value; the tariff's words are kept.

    Attributes:
        text: the words of the source, unchanged.
        code: a key of `REASONS`.
    """

    text: str
    code: str

    @property
    def reason(self) -> Bilingual:
        """Why not, in words for the seller."""
        return REASONS[self.code]

    def __str__(self) -> str:
        """Give the words of the source."""
        return self.text


FREE: Final = DutyRate()


@lru_cache(maxsize=1 << 15)
def parse(text: str, *, market: str = "US") -> DutyRate | NotComputable:
    """What duty these words of a tariff mean.

    Args:
        text: a duty expression as an official file or our own notation writes it.
        market: whose dollars and cents `$` and `¢` are; "EU" has none, so they are refused there.

    Returns:
        The rate, or `NotComputable` with the original words and the reason.
    """
    words = _clean(text)
    if not words:
        return NotComputable(text, "empty")
    if len(words) > _LONGEST:
        return NotComputable(text, "not_understood")
    if words.casefold() == "free":
        return FREE
    rate = _bounded(words, market)
    return rate or NotComputable(text, _why_not(words))


def render(rate: DutyRate | NotComputable) -> str:
    """The duty in our own notation; `parse(render(x)) == x` for every x."""
    return str(rate)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _clean(text: str) -> str:
    """One line of plain characters: no markup, no hard spaces, bounds in one spelling."""
    words = unicodedata.normalize("NFKC", re.sub(r"</?\w+>", "", text))
    words = re.sub(r"\s+", " ", words).strip()
    words = re.sub(r",? but not (less|more) than ", _as_bound, words)
    words = _GREATER.sub(r"\1 MIN \2", words)
    return _LESS.sub(r"\1 MAX \2", words)


def _as_bound(match: re.Match[str]) -> str:
    return " MIN " if match[1] == "less" else " MAX "


def _bounded(words: str, market: str) -> DutyRate | None:
    """A sum with at most one minimum and one maximum; None if any part is not understood."""
    head, *rest = re.split(r" (MIN|MAX) ", words)
    bounds = dict(zip(rest[::2], rest[1::2], strict=True))
    sums = [_sum(part, market) for part in (head, *bounds.values())]
    if len(bounds) * 2 != len(rest) or None in sums:
        return None
    known = dict(zip(("", *bounds), sums, strict=True))
    base = known[""] or Terms()
    return DutyRate(base.ad_valorem, base.specific, known.get("MIN"), known.get("MAX"))


def _sum(words: str, market: str) -> Terms | None:
    percents: list[Decimal] = []
    specific: list[SpecificTerm] = []
    for part in re.split(r" ?\+ ?| plus ", words):
        if match := _PERCENT.fullmatch(part.strip()):
            percents.append(_number(match[1]))
        elif term := _specific(part.strip(), market):
            specific.append(term)
        else:
            return None
    if len(percents) > 1:
        return None
    return Terms(percents[0] if percents else ZERO, tuple(specific))


def _specific(words: str, market: str) -> SpecificTerm | None:
    match = _MONEY.fullmatch(words)
    if match is None:
        return None
    sign = match["dollar"] or match["sign"]
    currency = _DOLLARS.get(market) if sign in {"$", "¢"} else _SIGNS.get(sign, sign)
    measure = canonical_unit(match["each"] or match["unit"], match["quantity"])
    if currency not in _CURRENCIES or currency is None or measure is None:
        return None
    amount = _number(match["a"] or match["b"])
    unit, count = measure
    return SpecificTerm(amount.scaleb(-2) if sign == "¢" else amount, currency, unit, count)


def _number(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _why_not(words: str) -> str:
    for code, pattern in _REFUSALS:
        if pattern.search(words):
            return code
    return "not_understood"
