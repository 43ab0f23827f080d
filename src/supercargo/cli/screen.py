"""Showing an answer: tables by Rich on a terminal, plain aligned text when piped, one document as JSON."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from supercargo.cli.terminal import harmless, is_terminal, padded, shows, width
from supercargo.kernel.finding import worst_first
from supercargo.kernel.words import Language, Text, into, translate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rich.console import Console

    from supercargo.desk.answer import Answer
    from supercargo.kernel.finding import Finding

SEVERITIES = {"error": "error", "warning": "warning", "note": "note"}
_STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan", "head": "bold", "faint": "dim"}
_GAP = "  "


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: its title, and whether it is set to the right as numbers are."""

    title: str
    align: Literal["left", "right"] = "left"


class Screen:
    """Where one command shows its answer, in one language."""

    def __init__(self, language: Language, *, as_json: bool = False) -> None:
        self.language = language
        self.as_json = as_json
        self.rich = is_terminal()

    def say(self, text: Text) -> str:
        """Say a text in the user's language."""
        return into(text, self.language)

    def line(self, text: str = "", style: str = "") -> None:
        """Write one line."""
        if self.rich and style:
            from rich.text import Text as Styled  # noqa: PLC0415 - Rich is loaded only where it shows

            self._console.print(Styled(harmless(text), style=_STYLES[style]), soft_wrap=True)
        else:
            print(harmless(text))

    def heading(self, text: str) -> None:
        """Write a heading; a blank line stands above every one but the first."""
        self.line(text, "head")

    def table(self, columns: Sequence[Head], rows: Sequence[Sequence[str]]) -> None:
        """Write a table."""
        cells = [[harmless(cell) for cell in row] for row in rows]
        titles = [translate(column.title, self.language) for column in columns]
        if self.rich:
            self._rich_table(columns, titles, cells)
        else:
            self._plain_table(columns, titles, cells)

    def findings(self, findings: Iterable[Finding], *, aside: bool = False) -> None:
        """Write findings, the gravest first; ``aside`` sends them to standard error."""
        ordered = worst_first(findings)
        if not ordered:
            return
        for finding in ordered:
            text = harmless(f"{translate(SEVERITIES[finding.severity], self.language)} {finding.into(self.language)}")
            if aside:
                print(text, file=sys.stderr)
            else:
                self.line(text, finding.severity)

    def document(self, document: dict[str, Any]) -> None:
        """Write a document; a terminal that lacks Chinese gets it escaped, which is the same document."""
        print(json.dumps(document, ensure_ascii=not shows("大班×"), indent=2, default=_value))

    def answer(self, answer: Answer, show: Callable[[Answer], None]) -> int:
        """Show an answer in the way asked for and give its exit code."""
        if self.as_json:
            self.document(answer.document(self.language))
        elif answer.amounts or answer.words or answer.rows:
            show(answer)
        else:
            self.findings(answer.findings, aside=True)
        return answer.exit_code

    @contextmanager
    def progress(self) -> Iterator[Callable[[int, int, str], None]]:
        """Give a function that long work reports to; a bar on standard error where a person looks on."""
        if not sys.stderr.isatty():
            yield lambda _done, _total, _what: None
            return
        from rich.console import Console  # noqa: PLC0415 - Rich is loaded only where it shows
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=None)

            def report(done: int, total: int, what: str) -> None:
                bar.update(task, completed=done, total=total, description=harmless(translate(what, self.language)))

            yield report

    @cached_property
    def _console(self) -> Console:
        from rich.console import Console  # noqa: PLC0415 - Rich is loaded only where it shows

        return Console(highlight=False)

    def _rich_table(self, columns: Sequence[Head], titles: list[str], rows: list[list[str]]) -> None:
        from rich import box  # noqa: PLC0415 - Rich is loaded only where it shows
        from rich.table import Table  # noqa: PLC0415
        from rich.text import Text as Styled  # noqa: PLC0415

        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for column, title in zip(columns, titles, strict=True):
            table.add_column(Styled(title), justify=column.align, overflow="fold")
        for row in rows:
            table.add_row(*(Styled(cell) for cell in row))
        self._console.print(table)

    @staticmethod
    def _plain_table(columns: Sequence[Head], titles: list[str], rows: list[list[str]]) -> None:
        widths = [max(map(width, cells)) for cells in zip(titles, *rows, strict=True)]
        for row in (titles, *rows):
            cells = [padded(cell, size, right=column.align == "right") for cell, size, column in zip(row, widths, columns, strict=True)]
            print(_GAP.join(cells).rstrip())


def _value(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    msg = f"{type(value).__name__} has no place in a document"
    raise TypeError(msg)
