"""An explanation as a statement: each decided amount with the steps that lead to it, and the sources at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.kernel.explain import steps
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.cli.screen import Screen
    from supercargo.desk.answer import Answer
    from supercargo.kernel.explain import Line

_INDENT = "    "
_DEFINITION = "term-"


def statement(answer: Answer, screen: Screen) -> None:
    """Write every named step once, under the first amount that needs it, with formula, source and first day."""
    numbers = {source["key"]: number for number, source in enumerate(answer.sources(), 1)}
    lines = dict(zip(map(id, steps(*answer.amounts.values())), answer.lines(screen.language), strict=True))
    for place, figure in enumerate(answer.amounts.values(), 1):
        own = [line for step in steps(figure) if (line := lines.pop(id(step), None)) is not None]
        screen.line()
        screen.heading(f"{place}  {screen.say(figure.name)}  {figure.shown(screen.language)}")
        if not own:
            screen.line(_INDENT + screen.say("as shown above"), "faint")
        for line in own:
            _step(line, numbers, screen)
    _sources(answer, screen)


def _step(line: Line, numbers: dict[str, int], screen: Screen) -> None:
    if line.source == "given" and not line.formula:
        given = screen.say(said("given: {path}", path=line.path)) if line.path else screen.say("given")
        screen.line(f"{_INDENT}{line.name}  {line.shown}  ({given})")
        return
    screen.line(f"{_INDENT}{line.name}  {line.shown}")
    if line.formula:
        screen.line(f"{_INDENT}{_INDENT}= {line.formula}", "faint")
    screen.line(f"{_INDENT}{_INDENT}{_basis(line, numbers, screen)}", "faint")


def _basis(line: Line, numbers: dict[str, int], screen: Screen) -> str:
    if line.source.startswith(_DEFINITION):
        term = screen.say(line.source.removeprefix(_DEFINITION).replace("-", " "))
        return screen.say(said("by definition: {term} (glossary)", term=term))
    parts = [screen.say("by arithmetic") if line.source == "arithmetic" else screen.say(said("per {key}", key=line.source))]
    if line.effective:
        parts.append(screen.say(said("in force since {day}", day=line.effective)))
    if line.confidence and line.confidence != "high":
        parts.append(screen.say(said("confidence {confidence}", confidence=screen.say(line.confidence))))
    if line.layer not in ("", "shipped", "starter"):
        parts.append(screen.say(said("your own value ({layer})", layer=line.layer)))
    cited = ", ".join(str(number) for number in sorted(numbers[key] for key in line.sources if key in numbers))
    return ", ".join(parts) + (f" [{cited}]" if cited else "")


def _sources(answer: Answer, screen: Screen) -> None:
    sources = answer.sources()
    if not sources:
        return
    screen.line()
    screen.heading(screen.say("Sources"))
    for number, source in enumerate(sources, 1):
        what = ", ".join(part for part in (source["title"], source["publisher"]) if part) or _untitled(source["key"], screen)
        screen.line(f"{_INDENT}[{number}] {what}")
        if source["url"]:
            screen.line(f"{_INDENT}{_INDENT}{source['url']}", "faint")


def _untitled(key: str, screen: Screen) -> str:
    return screen.say("not yet looked up in a source") if key == "unverified" else key
