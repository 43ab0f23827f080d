"""The formats of the advertising platforms."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from supercargo.connectors.adverts.codes import GOOGLE, META, TIKTOK, Layout
from supercargo.connectors.adverts.days import map_google, map_meta, map_tiktok
from supercargo.connectors.adverts.render import render_google, render_meta, render_tiktok
from supercargo.connectors.raw.formats import Format
from supercargo.connectors.raw.header import certainty

if TYPE_CHECKING:
    from supercargo.connectors.raw.table import Raw

_PROVEN = "the columns of such a report are chosen by the user; conversions are fractions and are not taken as orders"


def _certainty(layout: Layout, raw: Raw) -> int:
    return certainty(raw, layout.columns, layout.required, layout.marks)


FORMATS: tuple[Format, ...] = (
    Format("google-ads", "adverts", "Google Ads: campaigns by day", partial(_certainty, GOOGLE), map_google, render_google, _PROVEN),
    Format("meta-ads", "adverts", "Meta Ads: campaigns by day", partial(_certainty, META), map_meta, render_meta, _PROVEN),
    Format("tiktok-ads", "adverts", "TikTok Ads: campaigns by day", partial(_certainty, TIKTOK), map_tiktok, render_tiktok, _PROVEN),
)
