"""Records -> the reports of the advertising platforms, as they write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.connectors.market.writing import Cell, amount, delimited, number, workbook

if TYPE_CHECKING:
    import polars as pl


def render_google(advert_day: pl.DataFrame) -> bytes:
    """Write the campaign report: two lines above the header, thousands grouped, totals at the end."""
    rows: list[list[Cell]] = [
        ["Campaign report"],
        [" - ".join((str(advert_day["day"].min()), str(advert_day["day"].max())))],
        ["Campaign state", "Campaign", "Ad group", "Currency code", "Day", "Impr.", "Cost", "Clicks", "Conversions"],
    ]
    for line in advert_day.iter_rows(named=True):
        counts = [" --" if line[name] is None else f"{line[name]:,}" for name in ("impressions", "clicks")]
        cost = amount(line["cost_minor"], line["currency"])
        day, group = str(line["day"]), line["ad_group"] or ""
        rows.append(["Enabled", line["campaign"], group, line["currency"], day, counts[0], cost, counts[1], " --"])
    money = amount(int(advert_day["cost_minor"].sum()), advert_day["currency"][0])
    rows.append(["Total: All campaigns", " --", " --", advert_day["currency"][0], " --", " --", money, " --", " --"])
    return delimited(rows, mark=False, line_end="\n")


def render_meta(advert_day: pl.DataFrame) -> bytes:
    """Write the report by day: the currency in the heading, the totals first and without a name."""
    currency = advert_day["currency"][0]
    heading: list[Cell] = [
        "Reporting starts", "Reporting ends", "Campaign name", "Ad set name", "Reach", f"Amount spent ({currency})", "Impressions",
        "Link clicks",
        "Purchases",
    ]  # fmt: skip
    first, last = str(advert_day["day"].min()), str(advert_day["day"].max())
    rows: list[list[Cell]] = [heading, [first, last, "", "", "", amount(int(advert_day["cost_minor"].sum()), currency), "", "", ""]]
    for line in advert_day.iter_rows(named=True):
        counts = ["" if line[name] is None else str(line[name]) for name in ("impressions", "clicks", "orders")]
        day, cost = str(line["day"]), amount(line["cost_minor"], currency)
        rows.append([day, day, line["campaign"], line["ad_group"] or "", "", cost, *counts])
    return delimited(rows)


def render_tiktok(advert_day: pl.DataFrame) -> bytes:
    """Write the report by day as XLSX: one heading closes with a full-width bracket, the last row says how many results."""
    heading: list[Cell] = [
        "Campaign name", "Ad group name", "Website URL (Ad level）", "By Day", "Currency", "Cost", "Impressions",
        "Clicks (destination)", "Frequency",
    ]  # fmt: skip
    rows: list[list[Cell]] = [heading]
    for line in advert_day.iter_rows(named=True):
        counts = ["<5" if line[name] is None else line[name] for name in ("impressions", "clicks")]
        cost = number(line["cost_minor"], line["currency"])
        rows.append([line["campaign"], line["ad_group"] or "", "", str(line["day"]), line["currency"], cost, *counts, ""])
    total = number(int(advert_day["cost_minor"].sum()), advert_day["currency"][0])
    rows.append([f"Total of {advert_day.height} results", "-", "", "-", advert_day["currency"][0], total, "", "", ""])
    return workbook([("Sheet1", rows)])
