"""The rows of a file on their way to records: each leaves as a record, a named skip or a fault, and its money with it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from decimal import Context as Arithmetic
from hashlib import blake2b
from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.raw.amounts import bare, decide_decimal, read, scaled
from supercargo.connectors.raw.days import days, decide_order, instants
from supercargo.connectors.raw.table import ROW
from supercargo.connectors.records.mapped import FAULT, OUTCOME, RECORD, SKIP, Control, Mapped
from supercargo.connectors.records.tables import table_of
from supercargo.kernel.currency import currencies, minor_digits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Table
    from supercargo.kernel.finding import Finding

DIGITS = {code: minor_digits(code) for code in currencies()}
_TRIM = " \t\r\n\u00a0\u3000\ufeff\u200b"
_REASONS = {
    "unreadable": ("RAW-041", "an amount cannot be read"),
    "finer": ("RAW-042", "an amount is finer than the smallest coin of its currency"),
    "large": ("RAW-043", "an amount is too large"),
}
_KEY_BYTES = 12
_MICRO_DIGITS = 6
_EXACT = Arithmetic(prec=60)


@dataclass(frozen=True, slots=True)
class _Watch:
    """A column of money whose sum must be found again: in a record table, or among the rows that became records."""

    column: str
    out: str
    currency: pl.Expr
    found_in: tuple[str, str] | None


class Sift:
    """Sorts the rows of one table; columns are added as they are read, rows leave as they are skipped or at fault.

    Every cell is stripped of blanks, tabs and marks at its ends. Rows with something beyond the last
    column are faults from the start.
    """

    def __init__(self, table: Table, context: Context, *, decimal: str = "", dates: str = "") -> None:
        names = [name for name in table.rows.columns if name != ROW]
        self.context = context
        self.rows = table.rows.with_columns(pl.col(names).str.strip_chars(_TRIM))
        self._all = self.rows
        self._table = table
        self._exact = table.exact.with_columns(table.rows.get_column(ROW)) if table.exact is not None else None
        self._left = [table.skipped.select("row", pl.lit(SKIP).alias("status"), "code", "reason")]
        self._watched: list[_Watch] = []
        self._own_decimal, self._own_dates = decimal, dates
        self._decimal, self._order = "", ""
        self._keyed = False
        self.leave(
            pl.col(ROW).is_in(table.overflow.to_list()),
            FAULT,
            "RAW-040",
            "the row has more cells than the header; a delimiter stands inside a cell",
        )

    def has(self, column: str) -> bool:
        """Tell whether the file has a column."""
        return column in self.rows.columns

    def text(self, column: str) -> pl.Expr:
        """Take a column as text, null where it is empty or absent."""
        if not self.has(column):
            return pl.lit(None, dtype=pl.String).alias(column)
        return pl.when(pl.col(column) != "").then(pl.col(column)).alias(column)

    def skip(self, where: pl.Expr, code: str, reason: str) -> None:
        """Let rows leave that are no records, and name why; ``reason`` is an English text of the word lists."""
        self.leave(where, SKIP, code, reason)

    def fault(self, where: pl.Expr, code: str, reason: str) -> None:
        """Let rows leave that cannot be trusted, and name why."""
        self.leave(where, FAULT, code, reason)

    def leave(self, where: pl.Expr, status: str, code: str, reason: str) -> None:
        """Let rows leave with an outcome."""
        out = self.rows.select(pl.col(ROW).alias("row"), where.fill_null(value=False).alias("out"))
        gone = out.filter("out").get_column("row")
        if gone.len():
            outcome = pl.DataFrame({"row": gone}).with_columns(status=pl.lit(status), code=pl.lit(code), reason=pl.lit(reason))
            self._left.append(outcome)
            self.rows = self.rows.filter(~out.get_column("out"))

    def settle_decimal(self, columns: Sequence[str], *, default: str = ".", trust: bool = False) -> str:
        """Decide the decimal sign of the file from these columns; the first ``amount`` does so from its own where nobody did.

        Raises:
            Refused: RAW-020 or -021, the cells leave it open or contradict each other.
        """
        given = self.context.decimal or self._own_decimal
        texts = [] if given else [bare(self._not_exact(name).unique()) for name in columns if name in self._all.columns]
        self._decimal = decide_decimal(texts, given, default, trust=trust)
        return self._decimal

    def _not_exact(self, name: str) -> pl.Series:
        cells = self._all.get_column(name)
        return cells if self._exact is None or name not in self._exact.columns else cells.filter(~self._exact.get_column(name))

    def settle_order(self, columns: Sequence[str]) -> str:
        """Decide the order of day and month of the file from these columns.

        Raises:
            Refused: RAW-030 or -031, the cells leave it open or contradict each other.
        """
        given = self.context.dates or self._own_dates
        self._order = decide_order([self._all.get_column(name) for name in columns if name in self._all.columns], given)
        return self._order

    def amount(
        self, out: str, column: str, currency: str | pl.Expr, *, watch: bool = True, found_in: tuple[str, str] | None = None
    ) -> None:
        """Read money into ``out``, an integer in the minor unit; null where the cell is empty or the column absent.

        Rows whose cell is no number, or finer than the currency's minor unit, or whose currency is not
        known, leave as faults.

        Args:
            out: the new column.
            column: the cells.
            currency: a code, or an expression that gives each row's.
            watch: keep a control sum of the column; no if the file repeats an amount on several rows.
            found_in: the record table and its column in which the sum must come back, as ("money_line", "amount_minor"),
                where that table has the column of the same rows and nothing else.
        """
        self._amounts({out: column}, currency, watch=watch, found_in={out: found_in})

    def amounts(self, outs: Mapping[str, str], currency: str | pl.Expr, *, noun: str = "") -> None:
        """Read several columns of money of one currency at once, each as ``amount`` does.

        Args:
            outs: the new columns, each with its cells.
            currency: a code, or an expression that gives each row's.
            noun: the record table in whose columns of the same names the sums must come back.
        """
        self._amounts(outs, currency, watch=True, found_in={out: (noun, out) if noun else None for out in outs})

    def _amounts(
        self, outs: Mapping[str, str], currency: str | pl.Expr, *, watch: bool, found_in: Mapping[str, tuple[str, str] | None]
    ) -> None:
        code = pl.lit(currency) if isinstance(currency, str) else currency
        self._read(outs, self._places(code) if any(map(self.has, outs.values())) else None)
        if watch:
            self._watched.extend(_Watch(column, out, code, found_in[out]) for out, column in outs.items() if self.has(column))

    def _places(self, code: pl.Expr) -> pl.Series | int | None:
        """Give the decimals of the rows' currencies: one number where all rows have one currency."""
        codes = self.rows.select(code.alias("code")).to_series()
        if codes.n_unique() == 1:
            return DIGITS.get(codes[0])
        return codes.replace_strict(DIGITS, default=None, return_dtype=pl.Int64)

    def micros(self, out: str, column: str) -> None:
        """Read money into ``out`` in millionths of the currency: unit prices may be finer than a cent."""
        self._read({out: column}, _MICRO_DIGITS)

    def whole(self, out: str, column: str) -> None:
        """Read a whole number; 3.00 is 3, 3.5 is a fault."""
        self._read({out: column}, 0)

    def ppm(self, out: str, column: str, *, percent: bool = False) -> None:
        """Read a rate into parts per million: 0.19, or 19 % where ``percent`` or the cell says so."""
        if self.has(column):
            cell = pl.col(column)
            self.rows = self.rows.with_columns(
                (cell.str.ends_with("%") | pl.lit(percent)).alias("__percent"), cell.str.strip_chars_end("% ").alias("__rate")
            )
            self._read({"__value": "__rate"}, _MICRO_DIGITS, exact_of=column)
            value = pl.when(pl.col("__percent")).then(pl.col("__value") // 100).otherwise(pl.col("__value"))
            self.rows = self.rows.with_columns(value.alias(out)).drop("__percent", "__rate", "__value")
        else:
            self.rows = self.rows.with_columns(pl.lit(None, dtype=pl.Int64).alias(out))

    def _read(self, outs: Mapping[str, str], places: pl.Series | int | None, exact_of: str = "") -> None:
        """Read columns of numbers; a row leaves for the first of its cells that cannot be read."""
        there = {out: column for out, column in outs.items() if self.has(column)}
        absent = [pl.lit(None, dtype=pl.Int64).alias(out) for out in outs if out not in there]
        if there and not self._decimal:
            self.settle_decimal([exact_of or next(iter(there.values()))])
        read = {out: self._cells_read(column, exact_of or column, places) for out, column in there.items()}
        self.rows = self.rows.with_columns(*(frame.get_column("number").alias(out) for out, frame in read.items()), *absent)
        self._misread([frame.get_column("fault") for frame in read.values()])

    def _cells_read(self, column: str, of: str, places: pl.Series | int | None) -> pl.DataFrame:
        cells = self.rows.get_column(column)
        if self._exact is None or of not in self._exact.columns:
            return scaled(bare(cells), self._decimal, places) if isinstance(places, pl.Series) else read(cells, self._decimal, places)
        exact = self.rows.select(ROW).join(self._exact.select(ROW, of), on=ROW, how="left", maintain_order="left").get_column(of)
        sign = pl.select(pl.when(exact).then(pl.lit(".")).otherwise(pl.lit(self._decimal))).to_series()
        return scaled(bare(cells), sign, places if isinstance(places, pl.Series) else pl.Series([places], dtype=pl.Int64))

    def _misread(self, faults: Sequence[pl.Series]) -> None:
        wrong = [fault for fault in faults if fault.null_count() < fault.len()]
        if not wrong:
            return
        self.rows = self.rows.with_columns(pl.coalesce(*map(pl.lit, wrong)).alias("__fault"))
        for word, (code, reason) in _REASONS.items():
            if bool((self.rows.get_column("__fault") == word).any()):
                self.leave(pl.col("__fault") == word, FAULT, code, reason)
        self.rows = self.rows.drop("__fault")

    def day(self, out: str, column: str, *, required: bool = False) -> None:
        """Read a date into ``out``; a cell that is no date is a fault, an empty one is null (a fault too where required)."""
        self._dated(out, column, required=required, dtype=pl.Date())

    def instant(self, out: str, column: str, *, zone: str = "", required: bool = False) -> None:
        """Read an instant in UTC into ``out``; null where the cell has no time or nobody knows its zone."""
        self._dated(out, column, required=required, dtype=pl.Datetime("us", "UTC"), zone=zone or self.context.zone)

    def _dated(self, out: str, column: str, *, required: bool, dtype: pl.DataType, zone: str = "") -> None:
        if not self.has(column):
            self.rows = self.rows.with_columns(pl.lit(None, dtype=dtype).alias(out))
            return
        if not self._order:
            self.settle_order([column])
        cells = self.rows.get_column(column)
        day = days(cells, self._order) if isinstance(dtype, pl.Date) else instants(cells, self._order, zone)
        is_open = day.is_null() & (cells != "")  # an instant is unknown where the cell has a day and no time
        if bool(is_open.any()) and not isinstance(dtype, pl.Date):
            is_open &= days(cells, self._order).is_null()
        self.rows = self.rows.with_columns(day.alias(out))
        if bool(is_open.any()):
            self.rows = self.rows.with_columns(is_open.alias("__open"))
            self.fault(pl.col("__open"), "RAW-044", "a date cannot be read")
            self.rows = self.rows.drop("__open")
        if required:
            self.fault(pl.col(column) == "", "RAW-045", "a date is missing")

    def keyed(self, columns: Sequence[str], *, occurrence: bool = False, within: Sequence[str] = ()) -> None:
        """Add ``key``: the columns' text joined where they identify, or a hash of them with the number of the repetition.

        Args:
            columns: what makes the row the same one in another file.
            occurrence: identical rows are all meant: the second one is the second everywhere.
            within: columns that stay readable before the hash, such as the settlement.
        """
        text = pl.concat_str([pl.col(name).cast(pl.String).fill_null("") for name in columns], separator="|")
        if not occurrence:
            self.rows = self.rows.with_columns(text.alias("key"))
            return
        content = self.rows.select(text).to_series()
        hashed = _hashed(content)
        repeated = hashed.n_unique() < hashed.len()  # a window over every row costs more than the rest together
        number = pl.int_range(1, pl.len() + 1).over("__hash").cast(pl.String) if repeated else pl.lit("1")
        parts = [*(pl.col(name).cast(pl.String).fill_null("") for name in within), pl.col("__hash"), number]
        self.rows = (
            self.rows.with_columns(hashed.alias("__hash")).with_columns(pl.concat_str(parts, separator="|").alias("key")).drop("__hash")
        )

    def doubled(self, code: str, reason: str) -> None:
        """Let rows leave whose ``key`` already stood in the file: their own number says that they are the same."""
        self.skip(pl.int_range(pl.len()).over("key") > 0, code, reason)

    def record(self, noun: str, **columns: pl.Expr | str) -> pl.DataFrame:
        """Make a record table of the remaining rows: ``row``, ``key`` and what is named; a text names a column."""
        taken = [pl.col(value).alias(name) if isinstance(value, str) else value.alias(name) for name, value in columns.items()]
        key = [] if "key" in columns else [pl.col("key")]
        return table_of(noun, self.rows.select(pl.col(ROW).alias("row"), *key, *taken))

    def mapped(
        self, tables: Mapping[str, pl.DataFrame], findings: Iterable[Finding] = (), facts: Mapping[str, str] | None = None
    ) -> Mapped:
        """Give what became of the file, proved: every row has one outcome and every watched sum is found again."""
        records = self.rows.select(
            pl.col(ROW).alias("row"),
            pl.lit(RECORD).alias("status"),
            pl.lit(None, pl.String).alias("code"),
            pl.lit(None, pl.String).alias("reason"),
        )
        outcome = pl.concat([*self._left, records]).cast(OUTCOME).sort("row")  # type: ignore[arg-type]
        decided = {"decimal": self._decimal, "dates": self._order, **(facts or {})}
        every = pl.concat([self._all.get_column(ROW), self._table.skipped.get_column("row")])
        kept = {noun: frame for noun, frame in tables.items() if frame.height}
        made = Mapped(kept, outcome, tuple(self._controls(kept, outcome)), tuple(findings), {k: v for k, v in decided.items() if v})
        return made.proved(every)

    def _controls(self, tables: Mapping[str, pl.DataFrame], outcome: pl.DataFrame) -> Iterable[Control]:
        """Sum every watched column straight from the file and again from what became of its rows."""
        status, codes, found = self._status(outcome), {}, {}
        for watch in self._watched:
            code = id(watch.currency)
            if code not in codes:
                codes[code] = self._codes(watch.currency)
            place = watch.found_in[0] if watch.found_in else code
            if place not in found:
                found[place] = self._found(place, watch.currency, tables)
            column = watch.found_in[1] if watch.found_in else watch.out
            records = {currency: sums.get(column) or 0 for currency, sums in found[place].items()}
            yield from _controls_of(watch.column, self._cell_sums(watch.column, codes[code], status), records)

    def _status(self, outcome: pl.DataFrame) -> pl.Series:
        """Give each row's status, or one for all where no row has left."""
        if len(self._left) == 1:
            return pl.Series("status", [RECORD])
        status = outcome.select(pl.col("row").alias(ROW), "status")
        return self._all.select(ROW).join(status, on=ROW, how="left", maintain_order="left").get_column("status")

    def _codes(self, currency: pl.Expr) -> pl.Series:
        """Give each row's currency, or one for all: from the remaining rows where it was computed, else from the file's own columns."""
        own = [name for name in currency.meta.root_names() if name not in self._all.columns]
        if not own:
            codes = self._all.select(currency.alias("currency")).to_series()
        else:
            computed = self.rows.select(ROW, currency.alias("currency"))
            codes = self._all.select(ROW).join(computed, on=ROW, how="left", maintain_order="left").get_column("currency")
        return codes.head(1) if codes.n_unique() == 1 else codes

    def _found(self, place: str | int, currency: pl.Expr, tables: Mapping[str, pl.DataFrame]) -> dict[str, dict[str, int | None]]:
        """Sum what was recorded by currency: the watched columns of a record table, or those of the remaining rows."""
        if isinstance(place, str):
            names = {watch.found_in[1] for watch in self._watched if watch.found_in and watch.found_in[0] == place}
            frame = tables[place].select("currency", *names) if place in tables else None
        else:
            names = {watch.out for watch in self._watched if watch.found_in is None and watch.currency is currency}
            frame = self.rows.select(currency.alias("currency"), *(pl.col(name).alias(f" {name}") for name in names))
            frame = frame.rename({f" {name}": name for name in names if name != "currency"})
        if frame is None:
            return {}
        summed = frame.group_by("currency").agg(pl.col(names).sum())
        return {row.pop("currency") or "": row for row in summed.iter_rows(named=True)}

    def _cell_sums(self, column: str, codes: pl.Series, status: pl.Series) -> pl.DataFrame:
        """Sum the cells of a column by currency and status; each different cell is read once, in another way than ``amount`` reads it."""
        of_row = {"cell": self._all.get_column(column), "currency": codes, "status": status}
        if bool((of_row["cell"] == "").all()):
            of_row["cell"] = pl.Series([""])
        if self._exact is not None and column in self._exact.columns:
            of_row["exact"] = self._exact.get_column(column)
        cells = {name: of for name, of in of_row.items() if of.len() != 1}
        same = [pl.lit(of[0], dtype=of.dtype).alias(name) for name, of in of_row.items() if of.len() == 1]
        every = pl.DataFrame(cells) if cells else pl.DataFrame({"row": self._all.get_column(ROW)}).head(1)
        counted = every.group_by(*every.columns).len().with_columns(*same)
        texts = self._raw_texts(counted)
        counted = counted.with_columns(texts.cast(pl.Decimal(38, 8), strict=False).alias("value"), texts.is_not_null().alias("told"))
        return counted.group_by("currency", "status").agg(
            (pl.col("value") * pl.col("len")).sum(), pl.col("len").filter(pl.col("value").is_null() & pl.col("told")).sum().alias("bad")
        )

    def _raw_texts(self, cells: pl.DataFrame) -> pl.Series:
        """Give cells as plain decimals."""
        text = bare(cells.get_column("cell"))
        point = text.str.replace_all(",", "", literal=True)
        comma = text.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
        by_file = comma if self._decimal == "," else point
        if "exact" in cells.columns:
            by_file = by_file.zip_with(~cells.get_column("exact"), point)
        return by_file.str.replace_all("[ ']", "")


def _controls_of(column: str, cells: pl.DataFrame, found: Mapping[str, int]) -> Iterable[Control]:
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    bad: dict[str, int] = defaultdict(int)
    for currency, state, value, wrong in cells.sort("currency", "status").iter_rows():
        sums[currency or ""][state] = _EXACT.add(sums[currency or ""][state], value or Decimal(0))
        bad[currency or ""] += wrong if state == FAULT else 0
    for currency, of in sums.items():
        if not currency and not any(of.values()) and not bad[currency]:
            continue  # rows without a currency and without money
        scale = Decimal(10) ** DIGITS.get(currency, 2)
        total = {state: _whole(_EXACT.multiply(value, scale)) for state, value in of.items()}
        records = found.get(currency, 0) if DIGITS.get(currency) is not None else total.get(RECORD, 0)
        faults = total.get(FAULT, 0)
        yield Control(column, currency, sum(total.values()), records, total.get(SKIP, 0), faults, bad[currency])


def _hashed(lines: pl.Series) -> pl.Series:
    """Hash every text."""
    begin = blake2b(digest_size=_KEY_BYTES).copy
    digests = []
    for line in lines.cast(pl.Binary).to_list():
        of_line = begin()
        of_line.update(line)
        digests.append(of_line.digest())
    return pl.Series(digests, dtype=pl.Binary).bin.encode("hex")


def _whole(value: Decimal) -> int:
    """Give an exact whole number; a fault row finer than a cent is counted without its rest."""
    return int(value.to_integral_value(ROUND_DOWN, _EXACT))
