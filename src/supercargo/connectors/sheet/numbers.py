"""Numbers as people write them in sheets -> exact decimals; what can be read in two ways is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from supercargo.kernel.words import Text, said

if TYPE_CHECKING:
    from collections.abc import Iterable

DecimalSign = Literal["point", "comma"]
Fault = Literal["empty", "words", "ambiguous", "date", "error", "exponent", "long"]

LONGEST = 28
"""Digits of the longest number that is read; a longer one is no amount of this trade."""
_MAJORITY = 5  # the other sign may stand in at most one of so many cells, as a slip of the hand

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0xFFE5: "¥",
    0x2212: "-",
    0x00A0: " ",
    0x2009: " ",
    0x202F: " ",
    0x2019: "'",
    0x00B4: "'",
}
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec"
_DATE = re.compile(
    r"(?:19|20)\d{2}[-/.年](?:0?[1-9]|1[0-2])[-/.月](?:0?[1-9]|[12]\d|3[01])日?(?:[ t]\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|\d{1,2}[-/]\d{1,2}[-/](?:\d{4}|\d{2})|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月"
    rf"|\d{{1,2}}[- ](?:{_MONTH})(?:[- ]\d{{2,4}})?|(?:{_MONTH})[- ]\d{{2,4}}",
    re.IGNORECASE | re.ASCII,
)
_EXPONENT = re.compile(r"[+-]?\d+(?:[.,]\d+)?e[+-]?\d+", re.IGNORECASE | re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?", re.ASCII)
_POINT = re.compile(r"\d+(?:\.\d+)?|\.\d+|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?", re.ASCII)
_COMMA = re.compile(r"\d+(?:,\d+)?|,\d+|\d{1,3}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_USUAL = re.compile(r"[0-9]{1,20}(?:\.[0-9]{1,8})?")
_SINGLE = re.compile(r"(\d*)([.,])(\d+)", re.ASCII)

_SIGNS: dict[str, frozenset[str]] = {
    sign: frozenset(codes.split())
    for codes, signs in {
        "EUR": "€ 欧元",
        "GBP EGP FKP GIP SHP": "£",
        "GBP": "英镑",
        "CNY JPY": "¥",
        "CNY": "元 人民币 RMB CN¥",
        "JPY": "円 日元",
        "USD": "US$ 美元 美金",
        "HKD": "HK$ 港币",
        "TWD": "NT$",
        "AUD": "A$ AU$",
        "CAD": "C$ CA$",
        "SGD": "S$",
        "BRL": "R$",
        "KRW": "₩",
        "INR": "₹",
        "VND": "₫",
        "THB": "฿",
        "RUB": "₽",
        "TRY": "₺",
        "ILS": "₪",
        "PHP": "₱",
        "PLN": "zł",
        "CZK": "Kč",
        "HUF": "Ft",
        "USD AUD CAD NZD SGD HKD TWD MXN CLP COP ARS": "$",
    }.items()
    for sign in signs.split()
}
_SIGN_WORDS = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
_MONEY = re.compile(
    rf"(?P<before>{_SIGN_WORDS}|[A-Za-z]{{3}})?\s*(?P<number>[-+(]?[\d.,' ]*\d[\d.,' ]*\)?-?)\s*(?P<after>{_SIGN_WORDS}|[A-Za-z]{{3}})?",
    re.ASCII,
)


class NumberFault(ValueError):  # noqa: N818 - a fault of the file, not an error of the program
    """A text that is no number; ``fault`` says of which kind, ``message`` in a sentence, ``remedy`` what to do."""

    def __init__(self, fault: Fault, message: Text, remedy: Text) -> None:
        super().__init__(str(message))
        self.fault = fault
        self.message = message
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class SignEvidence:
    """How many cells prove a decimal point, how many a decimal comma, how many could be either."""

    point: int = 0
    comma: int = 0
    undecided: int = 0

    def __add__(self, other: SignEvidence) -> SignEvidence:
        return SignEvidence(self.point + other.point, self.comma + other.comma, self.undecided + other.undecided)

    @property
    def sign(self) -> DecimalSign | None:
        """Give the sign that stands, if the other one is a rare slip at most; else ``None``."""
        if self.point > self.comma and self.comma * _MAJORITY <= self.point:
            return "point"
        return "comma" if self.comma > self.point and self.point * _MAJORITY <= self.comma else None

    @property
    def is_mixed(self) -> bool:
        """Tell whether both signs were met."""
        return bool(self.point and self.comma)


def gather(texts: Iterable[str]) -> SignEvidence:
    """Count what the cells of a column prove about their decimal sign."""
    counts = {"point": 0, "comma": 0, None: 0}
    for text in texts:
        bare = _bare(text)
        if bare and ("." in bare or "," in bare) and not _DATE.fullmatch(bare):
            counts[proves(text)] += 1
    return SignEvidence(counts["point"], counts["comma"], counts[None])


def proves(text: str) -> DecimalSign | None:
    """Tell which decimal sign a single number proves; ``1.234`` proves none.

    >>> proves("1.234,56"), proves("1,234,567"), proves("12.5"), proves("1.234")
    ('comma', 'point', 'point', None)
    """
    bare = _bare(text)
    grouped = _GROUPED.fullmatch(bare)
    if grouped:
        return ("point" if "." in bare else "comma") if "." in bare or "," in bare else None
    as_point, as_comma = _POINT.fullmatch(bare), _COMMA.fullmatch(bare)
    if bool(as_point) != bool(as_comma):
        return "point" if as_point else "comma"
    single = _SINGLE.fullmatch(bare)
    if as_point and single and (len(single[3]) != 3 or len(single[1]) > 3 or single[1] in ("", "0")):  # noqa: PLR2004 - thousands have three digits
        return "point" if single[2] == "." else "comma"
    return None


def read_decimal(text: str, sign: DecimalSign | None) -> Decimal:
    """Read a number under a decided decimal sign; without one, only a text that has no sign at all.

    >>> read_decimal("１，２３４．５０", "point")
    Decimal('1234.50')

    Raises:
        NumberFault: the text is empty, words, a date, an error of the spreadsheet, or can be read in two ways.
    """
    if sign == "point" and _USUAL.fullmatch(text):
        return Decimal(text)
    bare = tidy(text)
    negative = bare.startswith("-") or bare.endswith("-") or (bare.startswith("(") and bare.endswith(")"))
    digits = _bare(text)
    _refuse_non_numbers(text, bare, digits)
    if _GROUPED.fullmatch(digits):
        sign = sign or proves(text)
        digits = digits.replace(" ", "").replace("'", "")
    if sign is None and ("." in digits or "," in digits):
        raise _ambiguous(text)
    if not (_COMMA if sign == "comma" else _POINT).fullmatch(digits):
        raise _ambiguous(text) if (_POINT if sign == "comma" else _COMMA).fullmatch(digits) else _words(text)
    value = Decimal(digits.replace(".", "").replace(",", ".") if sign == "comma" else digits.replace(",", ""))
    return -value if negative and value else value


def read_amount(text: str, sign: DecimalSign | None) -> tuple[Decimal, frozenset[str]]:
    """Read an amount with its currency sign, and give the currencies that the sign may mean.

    >>> read_amount("US$ 1,234.50", "point")
    (Decimal('1234.50'), frozenset({'USD'}))
    """
    match = _MONEY.fullmatch(tidy(text))
    if match is None or _EXPONENT.fullmatch(tidy(text)):
        return read_decimal(text, sign), frozenset()
    marks = [mark for mark in (match["before"], match["after"]) if mark]
    meanings = [_SIGNS.get(mark) or _SIGNS.get(mark.upper()) or frozenset({mark.upper()}) for mark in marks]
    return read_decimal(match["number"], sign), frozenset.intersection(*meanings) if meanings else frozenset()


def read_percent(text: str, sign: DecimalSign | None) -> Decimal:
    """Read a rate: ``12 %`` is 0.12, and ``0.12`` is 0.12.

    >>> read_percent("12,5 %", "comma")
    Decimal('0.125')
    """
    bare = tidy(text)
    return read_decimal(bare[:-1], sign).scaleb(-2) if bare.endswith("%") else read_decimal(bare, sign)


def is_date(text: str) -> bool:
    """Tell whether a text is what a spreadsheet makes of a code or size that it takes for a date."""
    return bool(_DATE.fullmatch(tidy(text)))


def tidy(text: str) -> str:
    """Write full-width digits and signs of a Chinese keyboard in their usual form, and take outer space away."""
    return text.strip() if text.isascii() else text.translate(_WIDE).strip()


def _bare(text: str) -> str:
    if _USUAL.fullmatch(text):
        return text
    bare = tidy(text)
    match = _MONEY.fullmatch(bare)
    number = match["number"].strip() if match else bare
    if number.startswith("(") and number.endswith(")"):
        number = number[1:-1]
    return number.removesuffix("-").lstrip("+-").strip() if number[:1] in "+-" or number.endswith("-") else number.strip()


def _refuse_non_numbers(text: str, bare: str, digits: str) -> None:
    if not bare:
        raise NumberFault("empty", "the cell is empty", "give a number; unknown is not zero")
    if bare.startswith("#") or bare == "=":
        raise NumberFault("error", said("{text} is an error of the spreadsheet", text=text), "repair the formula and save again")
    if _DATE.fullmatch(bare):
        raise NumberFault(
            "date",
            said("{text} is a date; the spreadsheet probably turned a number into it", text=text),
            "format the column as text and type the value again",
        )
    if _EXPONENT.fullmatch(bare):
        raise NumberFault(
            "exponent", said("{text} has lost digits in the spreadsheet", text=text), "format the column as number or text and save again"
        )
    if len(digits) > LONGEST + LONGEST // 3 or sum(character.isdigit() for character in digits) > LONGEST:
        raise NumberFault("long", "the number has too many digits", said("give at most {digits} digits", digits=LONGEST))


def _ambiguous(text: str) -> NumberFault:
    message = said("{text}: which of the two is the decimal sign cannot be known", text=text)
    return NumberFault(
        "ambiguous", message, "write all numbers of the column in one way, or say which decimal sign the file uses: point or comma"
    )


def _words(text: str) -> NumberFault:
    return NumberFault("words", said("{text} is not a number", text=text), "give a number without words")
