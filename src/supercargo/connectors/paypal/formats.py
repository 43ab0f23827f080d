"""What PayPal's files are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.connectors.paypal.activity import map_activity
from supercargo.connectors.paypal.codes import COLUMNS, DISTINCTIVE, REQUIRED
from supercargo.connectors.paypal.render import render_activity
from supercargo.connectors.paypal.settlement import is_settlement, map_settlement
from supercargo.connectors.raw import header
from supercargo.connectors.raw.formats import Format

if TYPE_CHECKING:
    from supercargo.connectors.raw.table import Raw


def _is_activity(raw: Raw) -> int:
    return header.certainty(raw, COLUMNS, REQUIRED, DISTINCTIVE)


FORMATS = (
    Format(
        "paypal-activity",
        "paypal",
        "PayPal: account activity",
        _is_activity,
        map_activity,
        render_activity,
        "English and German columns are verified, French ones in part; types of activity are a list that grows",
    ),
    Format(
        "paypal-settlement",
        "paypal",
        "PayPal: settlement report",
        is_settlement,
        map_settlement,
        None,
        "record types, signs and counts are those of PayPal's specification; no real file was at hand, and the scale of yen is asked for",
    ),
)
