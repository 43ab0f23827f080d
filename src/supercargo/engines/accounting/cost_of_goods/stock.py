"""Stock while the days are walked: layers, the units that were taken from them, and who still waits for stock."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from supercargo.engines.accounting.cost_of_goods.rules import remaining, up_to

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from supercargo.engines.accounting.cost_of_goods.facts import Method

Totals = tuple[int, ...]


class Book:
    """All layers and all segments: event, its units from and to, the layer, its units from, and the day."""

    def __init__(self) -> None:
        self.origin: list[str] = []
        self.sku: list[str] = []
        self.pool: list[str] = []
        self.arrived_on: list[date] = []
        self.units: list[int] = []
        self.totals: list[Totals] = []
        self.segments: list[tuple[int, int, int, int, int, date]] = []
        self.kept: dict[int, list[tuple[int, int, int, int]]] = {}

    def layer(self, origin: str, sku: str, pool: str, day: date, units: int, totals: Totals) -> int:
        """Add a layer and give its number."""
        self.origin.append(origin)
        self.sku.append(sku)
        self.pool.append(pool)
        self.arrived_on.append(day)
        self.units.append(units)
        self.totals.append(totals)
        return len(self.units) - 1

    def note(self, event: int, begins: int, ends: int, layer: int, layer_from: int, day: date) -> None:
        """Note which units of a layer an event took."""
        self.segments.append((event, begins, ends, layer, layer_from, day))
        if event in self.kept:
            self.kept[event].append((begins, ends, layer, layer_from))

    def cost(self, event: int, begins: int, ends: int) -> tuple[int, Totals]:
        """Give how many of an event's units have a cost, and that cost."""
        units, sums = 0, [0, 0, 0]
        for start, stop, layer, layer_from in self.kept.get(event, ()):
            low, high = max(start, begins), min(stop, ends)
            if low >= high:
                continue
            units += high - low
            for place, total in enumerate(self.totals[layer]):
                first, last = layer_from + low - start, layer_from + high - start
                sums[place] += up_to(total, last, self.units[layer]) - up_to(total, first, self.units[layer])
        return units, tuple(sums)


class Pool:
    """The stock of one product in one pool: layers with what is used of each, and sales that wait."""

    def __init__(self, book: Book, sku: str, name: str, method: Method) -> None:
        self.book, self.sku, self.name, self.method = book, sku, name, method
        self.open: deque[list[int]] = deque()
        self.waiting: deque[list[int]] = deque()

    def arrive(self, origin: str, day: date, units: int, totals: Totals) -> None:
        """Take stock in; sales that waited for stock are served first."""
        if self.method == "moving_average" and self.open:
            layer, used = self.open.pop()
            left = remaining(self.book.totals[layer], used, self.book.units[layer])
            units += self.book.units[layer] - used
            totals = tuple(here + there for here, there in zip(left, totals, strict=True))
            origin = "average"
        self.open.append([self.book.layer(origin, self.sku, self.name, day, units, totals), 0])
        while self.waiting and self.open:
            event, begins, ends = self.waiting.popleft()
            self.leave(event, begins, ends, day, first=True)

    def leave(self, event: int, begins: int, ends: int, day: date, *, first: bool = False) -> None:
        """Let units leave; those that find no stock wait."""
        while begins < ends and self.open:
            layer, used = self.open[0]
            taken = min(ends - begins, self.book.units[layer] - used)
            self.book.note(event, begins, begins + taken, layer, used, day)
            begins += taken
            self.open[0][1] += taken
            if self.open[0][1] == self.book.units[layer]:
                self.open.popleft()
        if begins < ends:
            (self.waiting.appendleft if first else self.waiting.append)([event, begins, ends])

    def left(self) -> Iterator[tuple[int, Totals]]:
        """Give units and money that are left, layer by layer."""
        for layer, used in self.open:
            units = self.book.units[layer]
            yield units - used, remaining(self.book.totals[layer], used, units)
