"""How far an answer of the tariff can be trusted, and what the seller must be told beside it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from supercargo.kernel.words import Bilingual
from supercargo.reference.tariff.answers import (
    CONFIDENCES,
    Confidence,
    Reach,
    TariffRow,
)
from supercargo.reference.tariff.expression import DutyRate, NotComputable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True)
class Standing:
    """Up to which day the starter's rows of a market were compared with their source.

    Attributes:
        good_until: from this day on later changes are not known to us.
        confidence_after: the most that an answer may claim from then on.
        doubt: the sentence for the seller.
    """

    good_until: date
    confidence_after: Confidence
    doubt: Bilingual


@cache
def shipped_standings() -> Mapping[str, Standing]:
    """The standing of each market of the starter table, from `starter.toml`."""
    source = resources.files("supercargo.reference.tariff") / "starter.toml"
    return {
        market: Standing(table["good_until"], table["confidence_after"], Bilingual(**table["doubt"]))
        for market, table in tomllib.loads(source.read_text("utf-8")).items()
    }


def stand(
    line: TariffRow,
    lines: tuple[TariffRow, ...],
    reach: Reach,
    standing: Standing | None,
    day: date,
) -> tuple[Confidence, tuple[Bilingual, ...]]:
    """The confidence of an answer, never above its line's, and its doubts in order of weight."""
    confidence, doubts = line.confidence, list(_of_lines(line, lines, reach))
    if line.source == "unverified":
        doubts.append(Bilingual(
            "This rate is a practitioner's knowledge that nobody has looked up.",
            "该税率为从业经验, 尚未核对官方税则。",
        ))  # fmt: skip
    if standing is not None and day >= standing.good_until:
        confidence = weakest(confidence, standing.confidence_after)
        doubts.append(standing.doubt)
    return confidence, tuple(doubts)


def weakest(*levels: Confidence) -> Confidence:
    """The lowest of several confidences."""
    return min(levels, key=CONFIDENCES.index)


def _of_lines(line: TariffRow, lines: tuple[TariffRow, ...], reach: Reach) -> tuple[Bilingual, ...]:
    return tuple(doubt for doubt in (_reach(line, reach), _shape(line, lines), _computable(line)) if doubt is not None)


def _reach(line: TariffRow, reach: Reach) -> Bilingual | None:
    if reach != "six_digits":
        return None
    return Bilingual(
        f"The last digits of the code name no line that we know in {line.market}; its first six digits were used.",
        f"编码末几位在{line.market}税则中没有已知税目, 按前六位查询。",
    )


def _shape(line: TariffRow, lines: tuple[TariffRow, ...]) -> Bilingual | None:
    """Lines beside the one answered that are charged by weight or count, or not computable."""
    other = [row for row in lines if row is not line and not _ad_valorem(row)]
    if not other:
        return None
    codes = ", ".join(row.code for row in other[:3])
    return Bilingual(
        f"{len(other)} of {len(lines)} lines under the code are charged by weight or count or are "
        f"not computable from a value ({codes}); give the full code to be sure.",
        f"该编码下 {len(lines)} 个税目中有 {len(other)} 个为从量、复合税或无法按价值计算({codes}); 请提供完整编码。",
    )


def _computable(line: TariffRow) -> Bilingual | None:
    rate = line.rate
    if not isinstance(rate, NotComputable):
        return None
    return Bilingual(f"Not computable: {rate.reason.en}.", f"无法计算: {rate.reason.zh}。")


def _ad_valorem(row: TariffRow) -> bool:
    rate = row.rate
    return isinstance(rate, DutyRate) and rate.is_ad_valorem
