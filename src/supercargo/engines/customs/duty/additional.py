"""Additional duties by origin: which measures bear on a code on a day, and which are not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said
from supercargo.reference.tariff import section_301

if TYPE_CHECKING:
    from supercargo.kernel.figure import Figure
    from supercargo.reference.fact import Fact
    from supercargo.reference.law import Law

ALL_GOODS = "all"
"""The list of a measure that bears on goods of every code."""
_METALS_AND_VEHICLES = frozenset({"72", "73", "74", "76", "87", "94"})


@dataclass(frozen=True, slots=True)
class Added:
    """The rates that come on top, ``None`` when it cannot be said which do."""

    rates: tuple[Figure, ...] | None
    findings: tuple[Finding, ...] = ()


def additional_duties(law: Law, market: str, hs_code: str, origin: str) -> Added:
    """List the additional duties that bear on goods of an origin, each as its own rate.

    A measure whose rate is not known on the day is left out and reported (DUTY-211).
    """
    measures = law.book.subject(f"{market.lower()}.additional_duties")
    concerned = [fact for fact in measures.values() if _origin_concerned(fact, origin) and law.knows(fact.key)]
    if not concerned:
        return Added(())
    lists = set(section_301.lists(hs_code, law.day)) if market == "US" else set()
    if "unknown" in lists and any(str(fact.extra.get("list", "")).startswith("301") for fact in concerned):
        return Added(None, (_membership_unknown(hs_code),))
    rates, findings = _rates(law, concerned, lists)
    return Added(rates, (*findings, *_doubtful(hs_code, law, market), *_metals(hs_code, concerned)))


def bearing(measures: list[Fact], lists: set[str]) -> list[Fact]:
    """Choose the measures that bear on goods which stand on these lists.

    A measure may take the place of lists (``instead_of``) or keep other measures away (``not_with``).
    """
    named = [fact for fact in measures if _list_of(fact) in {ALL_GOODS, *lists}]
    replaced = {name for fact in named for name in fact.extra.get("instead_of", ())}
    kept_away = {name for fact in named for name in fact.extra.get("not_with", ())}
    return [fact for fact in named if _list_of(fact) not in replaced and fact.key.rpartition(".")[2] not in kept_away]


def _rates(law: Law, concerned: list[Fact], lists: set[str]) -> tuple[tuple[Figure, ...], tuple[Finding, ...]]:
    everywhere: list[Figure] = []
    listed: list[Figure] = []
    findings: list[Finding] = []
    for fact in bearing(concerned, lists):
        _, entry = law.entry_or_unknown(fact.key)
        if entry.unknown:
            findings.append(_unknown(fact, entry.doubt))
        elif _list_of(fact) == ALL_GOODS:
            everywhere.append(law.rate(fact.key))
        else:
            listed.append(law.rate(fact.key))
    if len(listed) > 1:
        findings.append(_several(listed))
        listed = [max(listed, key=lambda rate: rate.amount)]
    nonzero = tuple(rate for rate in (*listed, *everywhere) if rate.amount)
    return nonzero, tuple(findings)


def _list_of(fact: Fact) -> str:
    return str(fact.extra.get("list", ALL_GOODS))


def _origin_concerned(fact: Fact, origin: str) -> bool:
    origins = fact.extra.get("origin", "any")
    return fact.kind == "percent" and (origins == "any" or origin in origins)


def _unknown(fact: Fact, why: object) -> Finding:
    message = said("not included, because it is not known on this day: {measure}; {why}", measure=fact.label, why=why)
    return Finding("DUTY-211", "warning", fact.key, message, "ask your customs broker for the rate in force and put it in an overlay")


def _membership_unknown(hs_code: str) -> Finding:
    message = said("it is not known whether {hs_code} stands on a list of Section 301", hs_code=hs_code)
    return Finding("DUTY-405", "warning", "hs_code", message, "look up the eight-digit line and give the whole rate with --duty-rate")


def _doubtful(hs_code: str, law: Law, market: str) -> tuple[Finding, ...]:
    """Say that the list which a line stands on is itself doubtful."""
    if market != "US" or not any(entry.confidence == "low" for entry in section_301.memberships(hs_code, law.day)):
        return ()
    message = said("which list of Section 301 {hs_code} stands on has not been verified", hs_code=hs_code)
    return (Finding("DUTY-214", "warning", "hs_code", message, "look up the eight-digit line and give the whole rate with --duty-rate"),)


def _several(rates: list[Figure]) -> Finding:
    shown = ", ".join(sorted({rate.shown() for rate in rates}))
    message = said("lines below this code stand on several lists of additional duties ({rates}); the highest is taken", rates=shown)
    return Finding("DUTY-212", "warning", "hs_code", message, "give the eight-digit code")


def _metals(hs_code: str, concerned: list[Fact]) -> tuple[Finding, ...]:
    if hs_code[:2] not in _METALS_AND_VEHICLES or not any("232" in fact.key for fact in concerned):
        return ()
    message = "goods of steel, aluminium or copper, vehicles and furniture may bear duties of Section 232, which are not included"
    return (Finding("DUTY-213", "warning", "hs_code", message, "check the line against the lists of Section 232"),)
