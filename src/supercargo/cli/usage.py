"""What a person typed, read exactly; everything that is wrong with it is said at once: what, where, what to do."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supercargo.kernel.currency import is_currency
from supercargo.kernel.finding import Finding, refuse
from supercargo.kernel.words import Text, said

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

SCHEMES = {
    "ioss": "IOSS",
    "uk-sale-vat": "UK-SALE-VAT",
    "uk": "UK-SALE-VAT",
    "voec": "VOEC",
    "au-lvg": "AU-LVG",
    "nz-lvg": "NZ-LVG",
    "sg-ovr": "SG-OVR",
    "my-lvg": "MY-LVG",
    "ch-platform": "CH-PLATFORM",
    "cl-vat": "CL-VAT",
    "jp-lvg": "JP-LVG",
    "remessa-conforme": "REMESSA-CONFORME",
}
"""The schemes that a seller may hold, by the word on the command line: the law's own codes."""
_AMOUNT = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?", re.ASCII)
_COUNT = re.compile(r"[0-9]{1,9}", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_COUNTRY = re.compile(r"[A-Za-z]{2}", re.ASCII)
_CURRENCY = re.compile(r"[A-Za-z]{3}", re.ASCII)
_NOT_ISO = {"UK": "GB", "EL": "GR", "EN": "GB"}


class WrongUsage(Exception):  # noqa: N818 - it is the user's slip, not an error of the program
    """The command cannot be carried out as typed; exit code 2."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings


class Given:
    """The options of one command, read one by one; ``settle`` refuses the command with all faults together."""

    def __init__(self, options: Namespace) -> None:
        self._options = options
        self._faults: list[Finding] = []

    def text(self, name: str) -> str:
        """Give an option as it was typed, or an empty text."""
        return str(getattr(self._options, name, None) or "")

    def texts(self, name: str) -> tuple[str, ...]:
        """Give the values of a repeatable option, which may also be set apart by commas."""
        raw = getattr(self._options, name, None)
        values = [raw] if isinstance(raw, str) else (raw or [])
        return tuple(part.strip() for value in values for part in value.split(",") if part.strip())

    def list(self, name: str) -> tuple[str, ...]:
        """Give the values of a repeatable option as they were typed."""
        return tuple(getattr(self._options, name, None) or ())

    def amount(self, name: str) -> Decimal | None:
        """Read a plain decimal number, exactly."""
        raw = self.text(name)
        return self.number(_option(name), raw) if raw else None

    def number(self, where: str, raw: str) -> Decimal | None:
        """Read a number that stands somewhere: digits and at most one point, nothing else."""
        if not _AMOUNT.fullmatch(raw):
            remedy = said("write digits and a point, such as 1234.50: no separators, no exponent, no currency sign")
            self._fault("USAGE-010", where, said("{text} is not a plain number", text=repr(raw)), remedy)
            return None
        if raw.startswith("-"):
            self._fault("USAGE-011", where, said("{text} is negative", text=raw), "give a number from zero upwards")
            return None
        return Decimal(raw)

    def count(self, name: str, least: int = 1) -> int | None:
        """Read a whole number."""
        raw = self.text(name)
        return self.whole(_option(name), raw, least) if raw else None

    def whole(self, where: str, raw: str, least: int = 1) -> int | None:
        """Read a whole number that stands somewhere."""
        if not _COUNT.fullmatch(raw) or int(raw) < least:
            remedy = said("give a whole number from {least}, such as {example}", least=least, example=max(least, 2))
            self._fault("USAGE-012", where, said("{text} is not such a number", text=repr(raw)), remedy)
            return None
        return int(raw)

    def percent(self, name: str) -> Decimal | None:
        """Read a percentage; the sign must be there, so that 0.19 and 19 cannot be confused."""
        raw = self.text(name)
        if not raw:
            return None
        if not raw.endswith("%"):
            remedy = said("write it with its sign, such as {example}%", example=raw if _AMOUNT.fullmatch(raw) else "19")
            self._fault("USAGE-013", _option(name), said("{text} has no percent sign", text=repr(raw)), remedy)
            return None
        return self.number(_option(name), raw.removesuffix("%").rstrip())

    def day(self, name: str, today: date) -> date:
        """Read a day; the command line is the only place that knows what day it is."""
        raw = self.text(name)
        if not raw:
            return today
        try:
            return date.fromisoformat(raw) if _DAY.fullmatch(raw) else self._no_day(name, raw, today)
        except ValueError:
            return self._no_day(name, raw, today)

    def country(self, name: str) -> str:
        """Read a country; whether the book knows it is for the desk to say."""
        raw = self.text(name)
        return self.country_in(_option(name), raw) if raw else ""

    def country_in(self, where: str, raw: str) -> str:
        """Read a country that stands somewhere."""
        code = raw.upper()
        if not _COUNTRY.fullmatch(raw) or code in _NOT_ISO:
            remedy = said("write {code}", code=_NOT_ISO[code]) if code in _NOT_ISO else said("write two letters, such as DE")
            self._fault("USAGE-015", where, said("{text} is not a country code of ISO 3166", text=repr(raw)), remedy)
        return code

    def currency(self, name: str) -> str:
        """Read a currency; whether ISO 4217 lists it is checked later."""
        raw = self.text(name)
        if raw and not _CURRENCY.fullmatch(raw):
            self._fault(
                "USAGE-016", _option(name), said("{text} is not a currency code", text=repr(raw)), "write three letters, such as EUR"
            )
        return raw.upper()

    def schemes(self, name: str) -> frozenset[str]:
        """Read the registrations that the seller holds."""
        return frozenset(SCHEMES[word] for word in self.words(name, SCHEMES))

    def words(self, name: str, known: Iterable[str]) -> tuple[str, ...]:
        """Read words out of a closed list."""
        allowed = tuple(known)
        found = tuple(word.lower() for word in self.texts(name))
        for word in found:
            if word not in allowed:
                message = said("{text} is not known here", text=repr(word))
                self._fault("USAGE-017", _option(name), message, said("use one of: {known}", known=", ".join(allowed)))
        return tuple(word for word in found if word in allowed)

    def folders(self, name: str) -> tuple[Path, ...]:
        """Read folders that must be there."""
        paths = tuple(Path(raw).expanduser() for raw in getattr(self._options, name, None) or ())
        for path in paths:
            if not path.is_dir():
                self._fault("USAGE-018", _option(name), said("there is no folder {path}", path=path), "give a folder that exists")
        return paths

    def folder(self, name: str) -> Path | None:
        """Read a folder that must be there."""
        raw = self.text(name)
        path = Path(raw).expanduser() if raw else None
        if path is not None and not path.is_dir():
            self._fault("USAGE-018", _option(name), said("there is no folder {path}", path=path), "give a folder that exists")
        return path

    def path(self, name: str) -> Path:
        """Read a file that must be there and stands without an option's name."""
        path = Path(self.text(name)).expanduser()
        if not path.is_file():
            self._fault("USAGE-019", name, said("there is no file {path}", path=path), "check its name and folder")
        return path

    def file(self, name: str) -> Path | None:
        """Read a file that must be there."""
        raw = self.text(name)
        path = Path(raw).expanduser() if raw else None
        if path is not None and not path.is_file():
            self._fault("USAGE-019", _option(name), said("there is no file {path}", path=path), "check its name and folder")
        return path

    def rates(self, name: str) -> dict[tuple[str, str], Decimal]:
        """Read planning rates of exchange, such as ``USD/TWD=32.1``: one USD is 32.1 TWD."""
        found: dict[tuple[str, str], Decimal] = {}
        for raw in getattr(self._options, name, None) or ():
            pair, sign, price = raw.partition("=")
            base, slash, quote = pair.partition("/")
            if not (sign and slash and _CURRENCY.fullmatch(base) and _CURRENCY.fullmatch(quote)):
                self._fault(
                    "USAGE-020",
                    _option(name),
                    said("{text} is not a rate of exchange", text=repr(raw)),
                    "write it as USD/TWD=32.1: one USD is 32.1 TWD",
                )
            elif (value := self.number(_option(name), price)) is not None:
                if not value:
                    self._fault(
                        "USAGE-021", _option(name), "a rate of exchange is more than zero", "write it as USD/TWD=32.1: one USD is 32.1 TWD"
                    )
                found[base.upper(), quote.upper()] = value
        return found

    def need(self, name: str, why: Text) -> None:
        """Report an option that is missing."""
        self._fault("USAGE-001", _option(name), "the option is missing", why)

    def fault(self, code: str, where: str, message: Text, remedy: Text) -> None:
        """Report something else that is wrong."""
        self._fault(code, where, message, remedy)

    def settle(self) -> None:
        """Refuse the command if anything in it was wrong.

        Raises:
            WrongUsage: with every fault.
        """
        if self._faults:
            raise WrongUsage(*self._faults)

    def asked(self, *names: str) -> dict[str, str]:
        """Give the options that were typed, for the document of the answer."""
        values = {name: getattr(self._options, name, None) for name in names}
        return {name: _written(value) for name, value in values.items() if value not in (None, [], False)}

    def _no_day(self, name: str, raw: str, today: date) -> date:
        self._fault("USAGE-014", _option(name), said("{text} is not a day", text=repr(raw)), "write it as 2026-07-15: year, month, day")
        return today

    def _fault(self, code: str, where: str, message: Text, remedy: Text) -> None:
        self._faults.append(Finding(code, "error", where, message, remedy))


def known_currencies(codes: Iterable[str]) -> None:
    """Refuse currencies that ISO 4217 does not list.

    Raises:
        Refused: CURRENCY-404.
    """
    for code in codes:
        if not is_currency(code):
            raise refuse(
                "CURRENCY-404",
                "currency",
                said("{code} is not a currency of ISO 4217", code=code),
                "give three capital letters, such as EUR",
            )


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _written(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)
