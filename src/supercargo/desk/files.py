"""A company's own files: catalogue, company, rate cards; where they are looked for, and what they say."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from supercargo.desk.setting import home
from supercargo.kernel.finding import Finding, refuse

if TYPE_CHECKING:
    from supercargo.connectors.catalogue import Catalogue
    from supercargo.connectors.company import Company
    from supercargo.desk.routes import Cards

CATALOGUES = ("catalogue.csv", "catalogue.xlsx")


@dataclass(frozen=True, slots=True)
class Files:
    """Where the files lie. ``company`` and ``cards`` are absent when the house's defaults are meant."""

    catalogue: Path
    company: Path | None
    cards: Path | None
    sample: bool = False

    def state(self) -> tuple[tuple[str, int], ...]:
        """Tell the state of the files, so that a changed file makes a new answer."""
        cards = sorted(self.cards.glob("*")) if self.cards is not None and self.cards.is_dir() else []
        files = (self.catalogue, *([self.company] if self.company else []), *cards)
        return tuple((str(path), path.stat().st_mtime_ns) for path in files if path.is_file())


@dataclass(frozen=True, slots=True)
class Papers:
    """What the files say, with everything that is wrong with them."""

    catalogue: Catalogue
    company: Company
    cards: Cards
    findings: tuple[Finding, ...]


def examples() -> Path:
    """Find the demonstration company: in the package, or in the repository that the package runs from.

    Raises:
        Refused: DEMO-404, it is in neither.
    """
    package = Path(str(resources.files("supercargo")))
    for place in (package / "examples", package.parent.parent / "examples"):
        if (place / "catalogue.csv").is_file():
            return place
    remedy = "run it from the repository, or give your own catalogue with --catalogue"
    raise refuse("DEMO-404", "examples", "the demonstration company did not come with this installation", remedy)


def find(catalogue: Path | None = None, company: Path | None = None, cards: Path | None = None) -> Files:
    """Find the files: those given, else those in the environment, beside the catalogue, in the user's folder, else the examples.

    Raises:
        Refused: DEMO-404, there is no catalogue anywhere.
    """
    chosen = catalogue or _named("SUPERCARGO_CATALOGUE") or _lying_about()
    sample = chosen is None
    chosen = chosen or examples() / "catalogue.csv"
    beside = (chosen.parent, home())
    return Files(
        chosen,
        company
        or _named("SUPERCARGO_COMPANY")
        or next((folder / "company.toml" for folder in beside if (folder / "company.toml").is_file()), None),
        cards or _named("SUPERCARGO_CARDS") or next((folder / "ratecards" for folder in beside if (folder / "ratecards").is_dir()), None),
        sample,
    )


def read(files: Files) -> Papers:
    """Read the files; faulty rows become findings, a file that cannot be read is refused.

    Without rate cards of the company's own, the sample cards of the demonstration company are taken, and a finding says so.
    """
    from supercargo.connectors import catalogue as catalogues  # noqa: PLC0415 - help and slips need no readers
    from supercargo.connectors import company as companies  # noqa: PLC0415
    from supercargo.connectors import ratecards  # noqa: PLC0415
    from supercargo.desk.routes import Cards  # noqa: PLC0415

    found: list[Finding] = []
    folder = files.cards
    if folder is None:
        folder = examples() / "ratecards"
        found.append(
            Finding(
                "FILES-201",
                "warning",
                "cards",
                "no rate cards of your own are given; the sample cards are taken",
                "give their folder with --cards",
            )
        )
    if files.sample:
        found.append(
            Finding(
                "FILES-202",
                "note",
                "catalogue",
                "no catalogue is given; that of the demonstration company is taken",
                "give yours with --catalogue",
            )
        )
    readings = [ratecards.read(path) for path in sorted(folder.iterdir()) if path.suffix.lower() in (".csv", ".xlsx")]
    company = companies.read(files.company) if files.company else companies.Company.default()
    catalogue = catalogues.read(files.catalogue)
    cards = Cards(tuple(card for reading in readings for card in reading.cards))
    found.extend(finding for reading in readings for finding in reading.findings)
    return Papers(catalogue, company, cards, tuple(found))


def _named(variable: str) -> Path | None:
    value = os.environ.get(variable)
    return Path(value) if value else None


def _lying_about() -> Path | None:
    places = [folder / name for folder in (Path.cwd(), home()) for name in CATALOGUES]
    return next((place for place in places if place.is_file()), None)
