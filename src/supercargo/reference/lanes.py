"""How far goods travel: distances from an origin to a market by sea, air, rail and road.

No one publishes one table of these. Sea distances were computed along waypoints between the ports
named in the row, air distances as the great circle between airports plus 95 km (as the GLEC Framework
counts them), rail along the usual stations with a detour; the last mile is an estimate. Each row says
how it came about, and its doubt reaches whoever uses the number.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources

from supercargo.kernel.figure import Citation, Figure
from supercargo.kernel.finding import refuse
from supercargo.kernel.unit import Unit
from supercargo.kernel.words import Bilingual, Text, said

MODES = ("sea", "sea_cape", "air", "rail", "road")
"""``sea_cape`` is the way round the Cape of Good Hope, for ships that avoid the Red Sea."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A way from a country to a market by one mode; ``loaded_at`` and ``landed_at`` are UN/LOCODEs or names."""

    origin: str
    market: str
    mode: str
    loaded_at: str
    landed_at: str
    distance: Figure
    method: str


def lane(origin: str, market: str, mode: str) -> Lane:
    """Find a way, such as ``lane("CN", "DE", "sea")``.

    Raises:
        Refused: LANE-404, no distance is known.
    """
    found = lanes().get((origin, market, mode))
    if found is None:
        message = said("no distance is known from {origin} to {market} by {mode}", origin=origin, market=market, mode=mode)
        raise refuse("LANE-404", "distance", message, "give the kilometres of the leg, or choose another mode")
    return found


def modes(origin: str, market: str) -> tuple[str, ...]:
    """List the modes by which a market can be reached."""
    return tuple(mode for mode in MODES if (origin, market, mode) in lanes())


@cache
def lanes() -> dict[tuple[str, str, str], Lane]:
    """Read the table of distances."""
    path = resources.files("supercargo.reference") / "tables" / "lanes.csv"
    read = [_lane(row) for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())]
    return {(found.origin, found.market, found.mode): found for found in read}


def _lane(row: dict[str, str]) -> Lane:
    key = f"lanes.{row['origin']}.{row['market']}.{row['mode']}"
    doubt: Text = Bilingual(row["doubt_en"], row["doubt_zh"]) if row["doubt_en"] else ""
    citation = Citation(key, None, (row["source"],), row["confidence"], doubt)
    distance = Figure(Decimal(row["km"]), Unit.of("km"), "distance", "fact", citation=citation)
    return Lane(row["origin"], row["market"], row["mode"], row["from"], row["to"], distance, row["method"])
