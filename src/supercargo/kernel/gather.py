"""Many single cases into tables: facts of one shape become one set of facts whose amounts are columns.

The facts of a question are a tree of plain values and Figures. Trees that differ only in the amounts
of their Figures have the same shape and can be decided together, by the same rules, in columns.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, cast

import polars as pl

from supercargo.kernel.currency import minor_digits
from supercargo.kernel.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from supercargo.kernel.column import Batch, Column


@dataclass(frozen=True, slots=True)
class Gathered:
    """Cases of one shape: their places in the list that was given, and a table of their amounts."""

    places: tuple[int, ...]
    first: Any
    frame: pl.DataFrame
    scales: dict[str, int]

    def columns(self, batch: Batch) -> Any:
        """Give the facts with columns of a batch in the place of their figures."""

        def column(figure: Figure, path: str) -> Column:
            values = self.frame[path]
            low, high = (cast("int", bound) for bound in (values.min(), values.max()))
            batch.cite(figure)
            return batch.input(path, figure.unit, self.scales[path], low, high, name=figure.name)

        return _rebuilt(self.first, "", column)


def gather(cases: Sequence[Any], together: Callable[[Any], Any] = lambda case: case) -> tuple[Gathered, ...]:
    """Put cases of one shape together; ``together`` may blur plain values that the rules do not look at."""
    shapes: dict[Any, list[int]] = {}
    blurred = [together(case) for case in cases]
    amounts: list[dict[str, Figure]] = []
    for place, case in enumerate(blurred):
        figures: dict[str, Figure] = {}
        shapes.setdefault(_shape(case, "", figures), []).append(place)
        amounts.append(figures)
    return tuple(_table(places, blurred[places[0]], [amounts[place] for place in places]) for places in shapes.values())


def _table(places: list[int], first: Any, amounts: list[dict[str, Figure]]) -> Gathered:
    scales = {path: max(_digits(figures[path]) for figures in amounts) for path in amounts[0]}
    table = {path: [int(figures[path].amount.scaleb(scale)) for figures in amounts] for path, scale in scales.items()}
    frame = pl.DataFrame(table, schema=dict.fromkeys(table, pl.Int64)).with_columns(pl.Series("place", places, dtype=pl.Int64))
    return Gathered(tuple(places), first, frame, scales)


def _digits(figure: Figure) -> int:
    exponent = figure.amount.normalize().as_tuple().exponent
    currency = figure.unit.currency
    return max(minor_digits(currency) if currency else 0, -exponent if isinstance(exponent, int) else 0)


def _shape(value: Any, path: str, figures: dict[str, Figure]) -> Any:
    if isinstance(value, Figure):
        figures[path] = value
        return ("figure", value.unit.powers)
    if is_dataclass(value) and not isinstance(value, type):
        return (type(value), *(_shape(getattr(value, entry.name), f"{path}.{entry.name}", figures) for entry in fields(value)))
    if isinstance(value, tuple):
        return ("tuple", *(_shape(part, f"{path}[{number}]", figures) for number, part in enumerate(value)))
    return value


def _rebuilt(value: Any, path: str, column: Callable[[Figure, str], Column]) -> Any:
    if isinstance(value, Figure):
        return column(value, path)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{name: _rebuilt(part, f"{path}.{name}", column) for name, part in _parts(value)})
    if isinstance(value, tuple):
        return tuple(_rebuilt(part, f"{path}[{number}]", column) for number, part in enumerate(value))
    return value


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    return ((entry.name, getattr(value, entry.name)) for entry in fields(value))
