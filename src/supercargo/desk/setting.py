"""The setting of a question: the law of a day with a user's own values laid over the shipped ones."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path

from supercargo.reference.book import Book, shipped
from supercargo.reference.fx import Rates
from supercargo.reference.law import Law, shipped_tariff

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from supercargo.reference.tariff import Tariff


def home() -> Path:
    """Give the folder of a user's own values; ``SUPERCARGO_HOME`` moves it."""
    moved = os.environ.get("SUPERCARGO_HOME")
    return Path(moved) if moved else user_data_path("supercargo", appauthor=False)


def law_on(day: date, overlays: tuple[Path, ...] = (), planning: Mapping[tuple[str, str], Decimal] | None = None) -> Law:
    """Give the law of a day with a user's overlays, loaded tariffs and planning rates.

    Overlays are folders in the form of the shipped facts (``de/vat.toml``); later ones win over
    earlier ones, and all win over the user's own ``overlay`` folder. Tariffs are the CSV files in
    ``tariffs`` (loaded official files) and ``rulings`` (the user's own rates).
    """
    folders = tuple(folder for folder in (home() / "overlay", *overlays) if folder.is_dir())
    book = Book(folders) if folders else shipped()
    return Law(day, book, Rates(day, dict(planning or {})), duties())


def duties() -> Tariff:
    """Give the tariff with the layers that the user has loaded over the starter table."""
    tariff = shipped_tariff()
    for path in sorted((home() / "tariffs").glob("*.csv")):
        tariff = tariff.with_layer(path, "loaded")
    for path in sorted((home() / "rulings").glob("*.csv")):
        tariff = tariff.with_layer(path, "user")
    return tariff
