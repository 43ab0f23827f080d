"""The company's folder and its own values: made once, read into the book whenever the file says something new."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP
from typing import TYPE_CHECKING

from supercargo.book.place import MARK, SECRET, Place
from supercargo.connectors.countries import country_code
from supercargo.kernel.currency import is_currency
from supercargo.kernel.finding import Finding, Refused, refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from pathlib import Path

    from supercargo.connectors.company import Company as CompanyFile
    from supercargo.kernel.words import Language

_E6 = 1_000_000
_FILE = """\
# The company's own values. What is left out is a default of the house, and every answer that uses one says so.
# Rates are parts of one ("0.30" is 30 %); amounts are text with their currency beside them.

[company]
country = "{home}"               # where goods are dispatched from and profit comes back to
base_currency = "{base_currency}"
language = "{language}"
"""


def create(folder: Path, home: str, base_currency: str, database: str = "", language: Language = "zh", values: Path | None = None) -> Place:
    """Begin a book: its folder, its key, its tables, the company in it; a folder that holds one already is left as it is.

    Args:
        folder: where; it is made.
        home: country of the company.
        base_currency: currency in which profit is told.
        database: address of a server; a file in the folder if empty.
        language: of the company.
        values: a ``company.toml`` to begin with.

    Raises:
        Refused: BOOK-004, -005, -007 there is a book already or no room for one; BOOK-001, -002, -010 the database;
            BOOK-008, -009 no country, no currency; COMPANY-... the file of values.
    """
    _check(home, base_currency)
    text = values.read_text(encoding="utf-8-sig") if values is not None else ""
    text = text or _FILE.format(home=home, base_currency=base_currency, language=language)
    fresh = not folder.exists()
    place = Place.create(folder, home=home, base_currency=base_currency, database=database)
    try:
        place.company_file.write_text(text, encoding="utf-8")
        place.company_file.chmod(0o600)
        place.open()
        _begin(place)
    except Refused:
        _take_back(place, whole=fresh)
        raise
    return place


def read_company(place: Place) -> tuple[Finding, ...]:
    """Bring the company's own values into the book; what its file leaves out comes back as notes.

    Raises:
        Refused: COMPANY-..., with every fault of the file.
    """
    from django.db import transaction  # noqa: PLC0415 - Django is set up by then

    from supercargo.connectors.company import read  # noqa: PLC0415

    company = read(place.company_file)
    with transaction.atomic():
        _keep(place, company)
    return company.findings


def _check(home: str, base_currency: str) -> None:
    faults = []
    if country_code(home) != home:
        message = said("{text} is not a country code of ISO 3166", text=repr(home))
        faults.append(Finding("BOOK-008", "error", "home", message, "write two letters, such as DE"))
    if not is_currency(base_currency):
        message = said("{code} is not a currency of ISO 4217", code=base_currency)
        faults.append(Finding("BOOK-009", "error", "base-currency", message, "give three capital letters, such as EUR"))
    if faults:
        raise Refused(*faults)


def _begin(place: Place) -> None:
    from django.db import transaction  # noqa: PLC0415 - Django is set up by then

    from supercargo.book import audit  # noqa: PLC0415
    from supercargo.book.models import Company  # noqa: PLC0415

    if Company.objects.exists():
        message = said("the database {name} holds a book already", name=place.name)
        raise refuse("BOOK-007", "database", message, "give another database")
    with transaction.atomic():
        audit.record("init", {"home": place.home, "base_currency": place.base_currency, "database": place.name})
        read_company(place)


def _keep(place: Place, company: CompanyFile) -> None:
    from supercargo.book.models import Company, PriceTier, Registration  # noqa: PLC0415 - Django is set up by then

    about = {
        "name_en": company.name_en or None,
        "name_zh": company.name_zh or None,
        "city": company.city or None,
        "language": company.language,
        "home": place.home,
        "base_currency": place.base_currency,
    }
    Company.objects.update_or_create(id=1, defaults=about, create_defaults={**about, "begun_at": datetime.now(UTC)})
    Registration.objects.all().delete()
    Registration.objects.bulk_create(
        Registration(
            jurisdiction=entry.jurisdiction, scheme=entry.scheme, code=entry.code, is_held=entry.held, since=entry.since, until=entry.until,
            number=entry.number or None, through=entry.through or None, postponed_accounting=entry.postponed_accounting,
        )
        for entry in company.registrations
    )  # fmt: skip
    PriceTier.objects.filter(supplier=None).delete()
    PriceTier.objects.bulk_create(
        PriceTier(
            sku=known.sku,
            quantity_from=tier.quantity_from,
            currency=known.currency,
            unit_price_e6=int((tier.unit_cost * _E6).to_integral_value(ROUND_HALF_UP)),
        )
        for known in company.purchase_tiers.values()
        for tier in known.tiers
    )


def _take_back(place: Place, *, whole: bool) -> None:
    """Leave no half-made folder."""
    if whole:
        shutil.rmtree(place.folder, ignore_errors=True)
        return
    for name in (MARK, SECRET, place.company_file.name, place.database if not place.is_server else MARK):
        (place.folder / name).unlink(missing_ok=True)
