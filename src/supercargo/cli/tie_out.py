"""``supercargo tie-out``: every settlement, payout and bank line: does it tie, by how much does it differ, what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from supercargo.cli.parser import setting
from supercargo.cli.screen import Head
from supercargo.cli.usage import Given
from supercargo.kernel.words import said

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from supercargo.cli.parser import Parser
    from supercargo.cli.screen import Screen
    from supercargo.desk.tie_out import TieOut
    from supercargo.desk.tie_out.result import Weighed

SUFFIXES = (".xlsx", ".csv", ".parquet")
ROWS = 40


def options(parser: argparse.ArgumentParser, _common: Parser, say: Callable[[str], str]) -> None:
    """Add the options of the command."""
    parser.add_argument("--source", metavar="NAME", help=say("only this house or channel, such as amazon or amazon-de"))
    parser.add_argument("--month", metavar="MONTH", help=say("only this month, as 2011-11"))
    parser.add_argument("--out", metavar="FILE", help=say("table to write: .xlsx, .csv or .parquet"))
    parser.add_argument("--rows", metavar="N", help=say("rows to show; 40 if absent"))
    parser.add_argument("--all", action="store_true", help=say("list what ties too, not only what does not"))
    parser.add_argument("--book", metavar="DIR", help=say("the company's folder; else the one in which you are"))
    setting(parser, say)


def run(options: argparse.Namespace, screen: Screen) -> int:
    """Tie the book out, show it, and say by the exit code whether anything differs or is missing."""
    from datetime import date  # noqa: PLC0415 - help and slips need no clock

    given = Given(options)
    day, overlays, planning = given.day("on", date.today()), given.folders("overlay"), given.rates("rate")  # noqa: DTZ011 - the user's own day
    folder, rows, out = given.folder("book"), given.count("rows") or ROWS, _out(given)
    given.settle()
    from supercargo.book.place import Place  # noqa: PLC0415
    from supercargo.desk.setting import law_on  # noqa: PLC0415 - help and slips need no desk
    from supercargo.desk.tie_out import tie_out  # noqa: PLC0415

    place = Place.find(folder)
    law = law_on(day, overlays, planning)
    answer = tie_out(place, given.text("source") or None, given.text("month") or None, day=day, law=law)
    if screen.as_json:
        screen.document(answer.document(screen.language))
    else:
        show(answer, screen, rows, everything=bool(options.all))
    if out is not None:
        from supercargo.desk.tie_out.sheet import write  # noqa: PLC0415 - the writer is loaded when there is something to write

        told = write(answer, out, screen.language)
        if not screen.as_json:
            screen.findings(told)
            screen.line(screen.say(said("written to {file}", file=out)))
    return answer.exit_code


def show(answer: TieOut, screen: Screen, rows: int, *, everything: bool) -> None:
    """Show how much ties, what does not, and what it costs."""
    document = answer.document(screen.language)
    screen.heading(screen.say(said("Tied out as of {day}", day=answer.day)))
    _counts(document["counts"], screen)
    wanted = [row for row in document["rows"]["statement"] if everything or row["verdict"] != "tied"]
    if wanted:
        screen.line()
        _list(wanted[:rows], screen)
        _more(len(wanted), rows, screen)
    if answer.weighed:
        screen.line()
        screen.heading(screen.say("What does not tie, the most money first"))
        _findings(answer.weighed[:rows], answer, screen)
        _more(len(answer.weighed), rows, screen)
        screen.line(
            screen.say(said("amounts in {home} only order the list: rate of the day, no entry in any account", home=answer.home)), "faint"
        )
    screen.findings(answer.notes)
    screen.line()
    if not document["rows"]["statement"] and not answer.weighed:
        screen.line(screen.say("there was nothing to compare: import settlements, payouts and bank statements"), "warning")
        return
    screen.line(screen.say("everything ties" if answer.ties else "not everything ties"), "head")


def _counts(counts: list[dict[str, Any]], screen: Screen) -> None:
    from supercargo.desk.tie_out.statement import TITLES  # noqa: PLC0415 - loaded with the answer

    heads = (Head("what"), Head("verdict"), Head("currency"), Head("how many", "right"), Head("stated", "right"), Head("came to", "right"))
    cells = [
        [screen.say(TITLES[row["noun"]]), row["said"], row["currency"] or "", str(row["count"]), row["expected"] or "", row["found"] or ""]
        for row in counts
    ]
    screen.table(heads, cells)


def _list(listed: list[dict[str, Any]], screen: Screen) -> None:
    from supercargo.desk.tie_out.statement import TITLES  # noqa: PLC0415 - loaded with the answer

    heads = [Head(name) for name in ("what", "channel", "their number", "day")]
    heads += [Head(name, "right") for name in ("stated", "came to", "difference")]
    heads += [Head(name) for name in ("verdict", "code", "file and row")]
    names = ("expected", "found", "difference", "said", "code")
    cells = [
        [screen.say(TITLES[row["noun"]]), row["channel"] or "", row["reference"] or "", row["on"] or "",
         *(row[name] or "" for name in names), f"{row['file'] or ''} {row['row'] or ''}".strip()]
        for row in listed
    ]  # fmt: skip
    screen.table(heads, cells)


def _findings(weighed: tuple[Weighed, ...], answer: TieOut, screen: Screen) -> None:
    from supercargo.desk.tie_out.records import together  # noqa: PLC0415 - loaded with the answer
    from supercargo.engines.accounting.discrepancy import shown  # noqa: PLC0415

    for one in weighed:
        home = "" if one.home_minor is None or one.discrepancy.currency == answer.home else f" ({shown(one.home_minor, answer.home)})"
        stake = f"{one.amount}{home}: " if one.amount else ""
        screen.line(f"{screen.say(one.finding.severity)} {stake}{one.finding.into(screen.language)}", one.finding.severity)
        if one.rows:
            more = screen.say(said("and {count} more rows", count=one.more_rows)) if one.more_rows else ""
            screen.line("    " + "; ".join(part for part in (*together(one.rows), more) if part), "faint")


def _more(count: int, shown: int, screen: Screen) -> None:
    if count > shown:
        screen.line(screen.say(said("{count} more; --rows shows them, --out writes them all", count=count - shown)), "faint")


def _out(given: Given) -> Path | None:
    out = Path(given.text("out")).expanduser() if given.text("out") else None
    if out is not None and out.suffix.lower() not in SUFFIXES:
        message = said("{file} is no kind of sheet that can be written", file=out.name)
        given.fault("USAGE-023", "--out", message, said("let it end in {known}", known=", ".join(SUFFIXES)))
    if out is not None and not out.parent.is_dir():
        given.fault("USAGE-018", "--out", said("there is no folder {path}", path=out.parent), "give a folder that exists")
    return out
