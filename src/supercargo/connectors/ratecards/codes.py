"""Their columns and ours: which sheet is which, and the Chinese headings that forwarders write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.connectors.ratecards import cells
from supercargo.connectors.ratecards.cells import Column

if TYPE_CHECKING:
    from supercargo.engines.logistics.ratecard import Kind

BATTERIES = ("none", "contained", "packed", "alone")

_SERVICE = tuple(Column(name, cells.words) for name in ("card", "service", "service_en", "service_zh"))
_END = (
    Column("currency", cells.currency), Column("carbon_legs", cells.carbon_legs, required=False), Column("since", cells.day),
    Column("until", cells.day, required=False), Column("source", cells.words),
)  # fmt: skip
_DAYS = (Column("days_p50", cells.days), Column("days_p90", cells.days))
_STEP_G = (Column("weight_over_g", cells.grams), Column("weight_up_to_g", cells.positive_grams, required=False))
_STEP_KG = (Column("weight_over_kg", cells.number), Column("weight_up_to_kg", cells.positive, required=False))
_DIVISOR = Column("volumetric_divisor", cells.positive, required=False)

SHEETS: dict[Kind, tuple[Column, ...]] = {
    "direct_line": (
        *_SERVICE, Column("battery", cells.some_of(*BATTERIES)), Column("country", cells.country),
        Column("zone", cells.words, required=False),
        *_STEP_G, Column("price_per_kg", cells.number), Column("fee_per_parcel", cells.number),
        Column("minimum_weight_g", cells.positive_grams, required=False), Column("rounding_step_g", cells.positive_grams, required=False),
        _DIVISOR, Column("volumetric_counts_from", cells.at_least_one),
        Column("max_weight_g", cells.positive_grams, required=False), Column("max_longest_cm", cells.positive, required=False),
        Column("max_length_plus_girth_cm", cells.positive, required=False), *_DAYS, Column("tax_inclusive", cells.yes_or_no), *_END,
    ),
    "express": (
        *_SERVICE, Column("zone", cells.words), Column("countries", cells.countries), Column("kind", cells.one_of("step", "per_kg")),
        *_STEP_KG, Column("price", cells.number, required=False), Column("price_per_kg", cells.number, required=False),
        Column("minimum_weight_kg", cells.positive, required=False), Column("rounding_step_kg", cells.positive, required=False),
        _DIVISOR, Column("volumetric_counts_from", cells.at_least_one), Column("fuel_surcharge_percent", cells.number, required=False),
        Column("remote_surcharge_per_kg", cells.number, required=False), Column("remote_surcharge_minimum", cells.number, required=False),
        Column("residential_surcharge", cells.number, required=False), Column("max_weight_kg", cells.positive, required=False),
        Column("max_longest_cm", cells.positive, required=False), *_DAYS, Column("tax_inclusive", cells.yes_or_no), *_END,
    ),
    "first_leg": (
        *_SERVICE, Column("mode", cells.code), Column("origin", cells.country), Column("country", cells.country),
        Column("destination", cells.code), Column("destination_en", cells.words), Column("destination_zh", cells.words),
        Column("charged_by", cells.one_of("kg", "m3")), Column("price_per_unit", cells.number),
        Column("minimum_units", cells.positive, required=False),
        Column("kg_per_m3", cells.positive, required=False), _DIVISOR, Column("customs_fee_per_shipment", cells.number),
        Column("extra_hs_line_fee", cells.number), Column("free_hs_lines", cells.whole), Column("fixed_fee_per_shipment", cells.number),
        *_DAYS, Column("includes_duty", cells.yes_or_no), Column("includes_import_vat", cells.yes_or_no), *_END,
    ),
    "local_delivery": (
        Column("card", cells.words), Column("warehouse", cells.words), Column("country", cells.country),
        Column("warehouse_en", cells.words), Column("warehouse_zh", cells.words), *_STEP_G,
        Column("pick_pack_fee", cells.number), Column("extra_item_fee", cells.number), Column("last_mile_fee", cells.number), _DIVISOR,
        Column("max_weight_g", cells.positive_grams, required=False), Column("max_longest_cm", cells.positive, required=False),
        Column("inbound_fee_per_m3", cells.number), Column("storage_per_m3_day", cells.number), Column("free_storage_days", cells.days),
        Column("return_fee", cells.number), *_DAYS, Column("tax_inclusive", cells.yes_or_no), *_END,
    ),
}  # fmt: skip
"""The columns of each sheet in the order in which it is written."""

SEEN_BY: dict[Kind, frozenset[str]] = {
    "first_leg": frozenset({"charged_by", "destination"}),
    "local_delivery": frozenset({"warehouse", "last_mile_fee"}),
    "express": frozenset({"countries", "kind"}),
    "direct_line": frozenset({"country", "fee_per_parcel"}),
}
"""The columns by which a sheet is recognised, the most telling sheet first."""

SAME_OFFER: dict[Kind, tuple[str, ...]] = {
    "direct_line": ("card", "service", "battery", "country", "since"),
    "express": ("card", "service", "zone", "since"),
    "first_leg": ("card", "service", "origin", "country", "destination", "since"),
    "local_delivery": ("card", "warehouse", "since"),
}
"""Rows that agree in these columns are the weight steps of one offer."""

BY_STEP: dict[Kind, frozenset[str]] = {
    "direct_line": frozenset({"weight_over_g", "weight_up_to_g", "price_per_kg", "fee_per_parcel"}),
    "express": frozenset({"kind", "weight_over_kg", "weight_up_to_kg", "price", "price_per_kg", "rounding_step_kg"}),
    "first_leg": frozenset(),
    "local_delivery": frozenset({"weight_over_g", "weight_up_to_g", "pick_pack_fee", "last_mile_fee"}),
}
"""The columns that may differ from step to step; in all others the rows of an offer agree."""

CHINESE: dict[str, str] = {
    "价表": "card", "渠道代码": "service", "渠道英文名": "service_en", "渠道名称": "service_zh", "带电": "battery",
    "带电属性": "battery", "国家": "country", "目的国": "country", "分区": "zone", "国家列表": "countries",
    "重量大于(克)": "weight_over_g", "重量至(克)": "weight_up_to_g", "重量大于(公斤)": "weight_over_kg",
    "重量至(公斤)": "weight_up_to_kg", "单价(每公斤)": "price_per_kg", "公斤价": "price_per_kg", "挂号费": "fee_per_parcel",
    "操作费": "fee_per_parcel", "起重(克)": "minimum_weight_g", "起重(公斤)": "minimum_weight_kg", "进位(克)": "rounding_step_g",
    "进位(公斤)": "rounding_step_kg", "计泡系数": "volumetric_divisor", "计泡倍数": "volumetric_counts_from",
    "限重(克)": "max_weight_g", "限重(公斤)": "max_weight_kg", "最长边(厘米)": "max_longest_cm",
    "长加围(厘米)": "max_length_plus_girth_cm", "时效(半数)": "days_p50", "时效(九成)": "days_p90", "包税": "tax_inclusive",
    "币种": "currency", "碳排放路段": "carbon_legs", "生效日期": "since", "失效日期": "until", "来源": "source", "计价方式": "kind",
    "价格": "price", "燃油附加费(%)": "fuel_surcharge_percent", "偏远附加费(每公斤)": "remote_surcharge_per_kg",
    "偏远附加费(最低)": "remote_surcharge_minimum", "住宅附加费": "residential_surcharge", "运输方式": "mode", "起运国": "origin",
    "目的仓": "destination", "目的仓英文名": "destination_en", "目的仓名称": "destination_zh", "计费单位": "charged_by",
    "单价": "price_per_unit", "起计数量": "minimum_units", "每方折重": "kg_per_m3", "清关费": "customs_fee_per_shipment",
    "品名附加费": "extra_hs_line_fee", "免费品名数": "free_hs_lines", "固定费用": "fixed_fee_per_shipment", "含关税": "includes_duty",
    "含进口增值税": "includes_import_vat", "仓库": "warehouse", "仓库英文名": "warehouse_en", "仓库名称": "warehouse_zh",
    "拣货打包费": "pick_pack_fee", "每增一件": "extra_item_fee", "尾程派送费": "last_mile_fee", "入库费(每方)": "inbound_fee_per_m3",
    "仓租(每方每天)": "storage_per_m3_day", "免租天数": "free_storage_days", "退货处理费": "return_fee",
}  # fmt: skip
"""Headings of Chinese sheets; brackets are written half-width before they are looked up."""
