"""The rows of a file on their way to records: each leaves as a record, a named skip or a fault, and its money with it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from decimal import Context as Arithmetic
from hashlib import blake2b
from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.raw.amounts import bare, decide_decimal, scaled
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
    "unreadable": "an amount cannot be read",
    "finer": "an amount is finer than the smallest coin of its currency",
    "large": "an amount is too large",
}
_KEY_BYTES = 12
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
        frame = self._all.select(ROW, *(bare(self._all.get_column(name)) for name in columns if name in self._all.columns))
        texts = [self._not_exact(frame, name) for name in frame.columns if name != ROW]
        self._decimal = decide_decimal(texts, given, default, trust=trust)
        return self._decimal

    def _not_exact(self, frame: pl.DataFrame, name: str) -> pl.Series:
        cells = frame.get_column(name)
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
        code = pl.lit(currency) if isinstance(currency, str) else currency
        places = code.replace_strict(DIGITS, default=None, return_dtype=pl.Int64)
        self._read(out, column, places)
        if watch and self._column_exists(column):
            self._watched.append(_Watch(column, out, code, found_in))

    def micros(self, out: str, column: str) -> None:
        """Read money into ``out`` in millionths of the currency: unit prices may be finer than a cent."""
        self._read(out, column, pl.lit(6, dtype=pl.Int64))

    def whole(self, out: str, column: str) -> None:
        """Read a whole number; 3.00 is 3, 3.5 is a fault."""
        self._read(out, column, pl.lit(0, dtype=pl.Int64))

    def ppm(self, out: str, column: str, *, percent: bool = False) -> None:
        """Read a rate into parts per million: 0.19, or 19 % where ``percent`` or the cell says so."""
        if self._column_exists(column):
            cell = pl.col(column)
            self.rows = self.rows.with_columns(
                (cell.str.ends_with("%") | pl.lit(percent)).alias("__percent"), cell.str.strip_chars_end("% ").alias("__rate")
            )
            self._read("__value", "__rate", pl.lit(6, dtype=pl.Int64), exact_of=column)
            value = pl.when(pl.col("__percent")).then(pl.col("__value") // 100).otherwise(pl.col("__value"))
            self.rows = self.rows.with_columns(value.alias(out)).drop("__percent", "__rate", "__value")
        else:
            self.rows = self.rows.with_columns(pl.lit(None, dtype=pl.Int64).alias(out))

    def _column_exists(self, column: str) -> bool:
        return column in self.rows.columns

    def _read(self, out: str, column: str, places: pl.Expr, exact_of: str = "") -> None:
        if not self._column_exists(column):
            self.rows = self.rows.with_columns(pl.lit(None, dtype=pl.Int64).alias(out))
            return
        if not self._decimal:
            self.settle_decimal([exact_of or column])
        sign: pl.Series | str = self._decimal
        of = exact_of or column
        if self._exact is not None and of in self._exact.columns:
            exact = self.rows.select(ROW).join(self._exact.select(ROW, of), on=ROW, how="left", maintain_order="left").get_column(of)
            sign = pl.select(pl.when(exact).then(pl.lit(".")).otherwise(pl.lit(self._decimal))).to_series()
        lengths = self.rows.select(places.alias("places")).to_series()
        lengths = (
            lengths if lengths.len() == self.rows.height else lengths.new_from_index(0, self.rows.height) if lengths.len() else lengths
        )
        read = scaled(bare(self.rows.get_column(column)), sign, lengths)
        self.rows = self.rows.with_columns(read.get_column("number").alias(out), read.get_column("fault").alias("__fault"))
        for word, reason in _REASONS.items():
            if bool((self.rows.get_column("__fault") == word).any()):
                self.leave(
                    pl.col("__fault") == word, FAULT, {"unreadable": "RAW-041", "finer": "RAW-042", "large": "RAW-043"}[word], reason
                )
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
        known = day if isinstance(dtype, pl.Date) else pl.Series(day.is_not_null()) | days(cells, self._order).is_not_null()
        is_day = known.is_not_null() if isinstance(dtype, pl.Date) else known
        self.rows = self.rows.with_columns(day.alias(out), is_day.alias("__day"))
        self.fault(~pl.col("__day") & (pl.col(column) != ""), "RAW-044", "a date cannot be read")
        if required:
            self.fault(pl.col(column) == "", "RAW-045", "a date is missing")
        self.rows = self.rows.drop("__day")

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
        hashed = pl.Series([blake2b(line.encode(), digest_size=_KEY_BYTES).hexdigest() for line in content], dtype=pl.String)
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
        status = outcome.select(pl.col("row").alias(ROW), "status")
        for watch in self._watched:
            yield from _controls_of(watch, self._all, self._raw_sum_texts(watch.column), status, self.rows, tables, self._codes(watch))

    def _codes(self, watch: _Watch) -> pl.DataFrame:
        """Give each row's currency: from the remaining rows where it was computed, else from the file's own columns."""
        own = [name for name in watch.currency.meta.root_names() if name not in self._all.columns]
        if not own:
            return self._all.select(ROW, watch.currency.alias("currency"))
        computed = self.rows.select(ROW, watch.currency.alias("currency"))
        return self._all.select(ROW).join(computed, on=ROW, how="left", maintain_order="left")

    def _raw_sum_texts(self, column: str) -> pl.Series:
        """Give the cells of a column as plain decimals, read in another way than ``amount`` reads them."""
        text = bare(self._all.get_column(column))
        point = text.str.replace_all(",", "", literal=True)
        comma = text.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
        by_file = comma if self._decimal == "," else point
        if self._exact is not None and column in self._exact.columns:
            by_file = by_file.zip_with(~self._exact.get_column(column), point)
        return by_file.str.replace_all("[ ']", "")


def _controls_of(
    watch: _Watch,
    every: pl.DataFrame,
    texts: pl.Series,
    status: pl.DataFrame,
    rows: pl.DataFrame,
    tables: Mapping[str, pl.DataFrame],
    codes: pl.DataFrame,
) -> Iterable[Control]:
    raw = pl.DataFrame({ROW: every.get_column(ROW), "value": texts.cast(pl.Decimal(38, 8), strict=False), "text": texts})
    raw = raw.join(codes, on=ROW, how="left").join(status, on=ROW, how="left")
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    grouped = raw.group_by("currency", "status").agg(
        pl.col("value").sum(), (pl.col("value").is_null() & pl.col("text").is_not_null()).sum().alias("bad")
    )
    bad: dict[str, int] = defaultdict(int)
    for currency, state, value, wrong in grouped.iter_rows():
        sums[currency or ""][state] = _EXACT.add(sums[currency or ""][state], value or Decimal(0))
        bad[currency or ""] += wrong if state == FAULT else 0
    found = _found(watch, rows, tables)
    for currency, of in sums.items():
        if not currency and not any(of.values()) and not bad[currency]:
            continue  # rows without a currency and without money
        scale = Decimal(10) ** DIGITS.get(currency, 2)
        total = {state: _whole(_EXACT.multiply(value, scale)) for state, value in of.items()}
        records = found.get(currency, 0) if DIGITS.get(currency) is not None else total.get(RECORD, 0)
        faults = total.get(FAULT, 0)
        yield Control(watch.column, currency, sum(total.values()), records, total.get(SKIP, 0), faults, bad[currency])


def _found(watch: _Watch, rows: pl.DataFrame, tables: Mapping[str, pl.DataFrame]) -> dict[str, int]:
    if watch.found_in is not None:
        noun, column = watch.found_in
        if noun not in tables:
            return {}
        frame = tables[noun].select(pl.col("currency"), pl.col(column).alias("value"))
    else:
        frame = rows.select(watch.currency.alias("currency"), pl.col(watch.out).alias("value"))
    return {currency or "": value or 0 for currency, value in frame.group_by("currency").agg(pl.col("value").sum()).iter_rows()}


def _whole(value: Decimal) -> int:
    """Give an exact whole number; a fault row finer than a cent is counted without its rest."""
    return int(value.to_integral_value(ROUND_DOWN, _EXACT))
