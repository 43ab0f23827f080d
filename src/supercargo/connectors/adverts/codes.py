"""The columns of Google Ads, Meta Ads and TikTok Ads, in the languages in which they were seen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CURRENCIES = ("USD", "EUR", "GBP", "CNY", "HKD", "TWD", "SGD", "MYR", "THB", "VND", "IDR", "PHP", "JPY", "KRW", "AUD", "CAD", "CHF", "PLN",
              "SEK", "DKK", "NOK", "CZK", "HUF", "RON", "MXN", "BRL", "CLP", "COP", "PEN", "INR", "AED", "SAR", "ZAR", "NZD",
              "TRY")  # fmt: skip
CURRENCY_OF_HEADING = re.compile(r"\(\s*([A-Z]{3})\s*\)$")


@dataclass(frozen=True, slots=True)
class Layout:
    """One platform's export: its columns, which of them make it this kind, and what its totals rows say."""

    channel: str
    columns: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    marks: tuple[str, ...]
    total: str
    """How the first column or the campaign of a totals row begins."""


def _money(*names: str) -> tuple[str, ...]:
    return (*names, *(f"{name} ({currency})" for name in names for currency in CURRENCIES))


GOOGLE = Layout(
    "google-ads",
    {
        "campaign": ("Campaign", "Kampagne", "Campagne", "Campaña", "广告系列"), "state": ("Campaign state", "Campaign status"),
        "ad_group": ("Ad group", "Anzeigengruppe", "广告组"), "day": ("Day", "Tag", "Jour", "Día", "日期"),
        "money": ("Currency code", "Currency", "Währungscode", "货币代码"), "cost_stated": ("Cost", "Kosten", "Coût", "Coste", "费用"),
        "impressions": ("Impr.", "Impressions", "展示次数", "展示"), "clicks": ("Clicks", "Klicks", "Clics", "点击次数", "点击"),
        "campaign_type": ("Campaign type",), "campaign_id": ("Campaign ID",), "conversions": ("Conversions", "Conv."),
    },
    ("campaign", "cost_stated", "clicks", "impressions"),
    ("money", "day"),
    r"(?i)^(total|gesamt|总计)\s*[:：]",
)  # fmt: skip
META = Layout(
    "meta-ads",
    {
        "campaign": ("Campaign name", "Kampagnenname", "Nom de la campagne", "广告系列名称"),
        "ad_group": ("Ad set name", "Anzeigengruppenname", "Nom de l'ensemble de publicités", "广告组名称"),
        "begins": ("Reporting starts", "Berichtsstart", "Début des rapports", "报告开始日期"),
        "ends": ("Reporting ends", "Berichtsende", "Fin des rapports", "报告结束日期"), "day": ("Day", "Tag", "Jour", "天"),
        "cost_stated": _money("Amount spent", "Ausgegebener Betrag", "Montant dépensé", "花费金额"),
        "impressions": ("Impressions", "Impressionen", "展示次数"),
        "clicks": ("Link clicks", "Link-Klicks", "Clics sur un lien", "链接点击量"),
        "all_clicks": ("Clicks (all)", "Klicks (alle)", "Clics (tous)"), "purchases": ("Purchases", "Käufe", "Achats", "购物次数"),
        "reach": ("Reach", "Reichweite", "Couverture", "覆盖人数"),
    },
    ("campaign", "begins", "ends", "cost_stated", "impressions"),
    ("clicks", "reach"),
    r"^$",
)  # fmt: skip
TIKTOK = Layout(
    "tiktok-ads",
    {
        "campaign": ("Campaign name",), "ad_group": ("Ad group name",), "ad": ("Ad name",),
        "day": ("By Day", "Date", "Day", "Stat time day", "Stat Time Day"), "money": ("Currency",), "cost_stated": ("Cost", "Total cost"),
        "impressions": ("Impressions", "Impression"), "clicks": ("Clicks (destination)", "Clicks (Destination)"),
        "all_clicks": ("Clicks (all)", "Clicks (All)"), "frequency": ("Frequency",),
    },
    ("campaign", "money", "cost_stated", "impressions"),
    ("clicks", "frequency"),
    r"(?i)^total of \d+ results?$",
)  # fmt: skip
