"""Vouchers -> XLSX for Kingdee Cloud (voucher import) and Yonyou U8 (voucher list), in their own columns."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import xlsxwriter

from supercargo.desk.export.files import whole_file
from supercargo.desk.export.values import is_dangerous
from supercargo.engines.accounting.posting import name_of
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from supercargo.desk.vouchers.mapping import Mapping
    from supercargo.desk.vouchers.voucher import Side, Voucher

KINGDEE = {
    "FBillHead(GL_VOUCHER)": "*单据头(序号)",
    "FAccountBookID": "*(单据头)账簿#编码",
    "FAccountBookID#Name": "(单据头)账簿#名称",
    "FDate": "*(单据头)日期",
    "FBUSDATE": "(单据头)业务日期",
    "FYEAR": "(单据头)会计年度",
    "FPERIOD": "(单据头)期间",
    "FVOUCHERGROUPID": "*(单据头)凭证字#编码",
    "FVOUCHERGROUPID#Name": "(单据头)凭证字#名称",
    "FVOUCHERGROUPNO": "*(单据头)凭证号",
    "FATTACHMENTS": "(单据头)附件数",
    "FISADJUSTVOUCHER": "(单据头)是否调整期凭证",
    "FACCBOOKORGID": "(单据头)核算组织#编码",
    "FACCBOOKORGID#Name": "(单据头)核算组织#名称",
    "FSourceBillKey": "(单据头)业务类型#编码",
    "FSourceBillKey#Name": "(单据头)业务类型#名称",
    "FIMPORTVERSION": "(单据头)引入版本号",
    "*Split*1": "间隔列",
    "FEntity": "*单据体(序号)",
    "FEXPLANATION": "(单据体)摘要",
    "FACCOUNTID": "*(单据体)科目编码#编码",
    "FACCOUNTID#Name": "(单据体)科目编码#名称",
    "FCURRENCYID": "*(单据体)币别#编码",
    "FCURRENCYID#Name": "(单据体)币别#名称",
    "FEXCHANGERATETYPE": "*(单据体)汇率类型#编码",
    "FEXCHANGERATETYPE#Name": "(单据体)汇率类型#名称",
    "FEXCHANGERATE": "(单据体)汇率",
    "FAMOUNTFOR": "(单据体)原币金额",
    "FDEBIT": "(单据体)借方金额",
    "FCREDIT": "(单据体)贷方金额",
}
"""Field keys of the import template (first row) and what they are called (second row)."""
YONYOU = (
    "会计期间",
    "凭证类别字",
    "凭证类别排序号",
    "凭证编号",
    "行号",
    "制单日期",
    "附单据数",
    "制单人",
    "审核人",
    "记账人",
    "记账标志",
    "出纳人",
    "凭证标志",
    "凭证头自定义项1",
    "凭证头自定义项2",
    "摘要",
    "科目编码",
    "币种",
    "借方金额",
    "贷方金额",
    "外币借方金额",
    "外币贷方金额",
    "汇率",
    "数量借方",
    "数量贷方",
    "结算方式编码",
    "票号",
    "票号发生日期",
    "部门编码",
    "职员编码",
    "客户编码",
    "供应商编码",
    "项目编码",
    "项目大类编码",
    "业务员",
    "对方科目编码",
    "银行帐两清标志",
    "往来帐两清标志",
    "是否核销",
    "外部凭证帐套号",
    "外部凭证会计年度",
    "外部凭证系统名称",
    "外部凭证系统版本号",
    "外部凭证制单日期",
    "外部凭证会计期间",
    "外部凭证业务类型",
    "外部凭证业务号",
    "日期",
    "标志",
    "外部凭证单据号",
    "凭证是否可修改",
    "凭证分录是否可增删",
    "凭证合计金额是否保值",
    "分录数值是否可修改",
    "分录科目是否可修改",
    "分录受控科目可用状态",
    "分录往来项是否可修改",
    "分录部门是否可修改",
    "分录项目是否可修改",
    "分录往来项是否必输",
    "自定义字段1",
    "自定义字段2",
    "自定义字段3",
    "自定义字段4",
    "自定义字段5",
    "自定义字段6",
    "自定义字段7",
    "自定义字段8",
    "自定义字段9",
    "自定义字段10",
    "现金项目编号",
    "现金借方",
    "现金贷方",
)
_LONGEST = {"kingdee": 255, "yonyou": 60}
Cell = str | int | Decimal


def kingdee(path: Path, vouchers: Sequence[Voucher], mapping: Mapping, home: str) -> None:
    """Write the import template of Kingdee Cloud: the head stands on the first line of each voucher.

    Raises:
        Refused: EXP-005, a currency has no number; EXPORT-001, the file cannot be written.
    """
    rows: list[dict[str, Cell]] = []
    for voucher in vouchers:
        for place, side in enumerate(voucher.sides):
            rows.append(
                (_kingdee_head(voucher, mapping) if place == 0 else {}) | _kingdee_side(voucher, side, mapping, home, len(rows) + 1)
            )
    _write(
        path, "凭证#单据头(GL_VOUCHER)", [list(KINGDEE), list(KINGDEE.values())], [[row.get(key, "") for key in KINGDEE] for row in rows]
    )


def yonyou(path: Path, vouchers: Sequence[Voucher], mapping: Mapping, home: str) -> None:
    """Write the voucher list of Yonyou U8. Raises as ``kingdee`` does, EXP-005 apart."""
    rows = [_yonyou_side(voucher, side, mapping, home, place) for voucher in vouchers for place, side in enumerate(voucher.sides, start=1)]
    _write(path, "凭证", [list(YONYOU)], [[row.get(title, "") for title in YONYOU] for row in rows])


def _kingdee_head(voucher: Voucher, mapping: Mapping) -> dict[str, Cell]:
    day = voucher.day.isoformat()
    return {
        "FBillHead(GL_VOUCHER)": voucher.number,
        "FAccountBookID": mapping.options["account_book"],
        "FDate": day,
        "FBUSDATE": day,
        "FYEAR": voucher.day.year,
        "FPERIOD": voucher.day.month,
        "FVOUCHERGROUPID": mapping.options["voucher_group"],
        "FVOUCHERGROUPNO": voucher.number,
        "FACCBOOKORGID": mapping.options["organisation"],
    }


def _kingdee_side(voucher: Voucher, side: Side, mapping: Mapping, home: str, number: int) -> dict[str, Cell]:
    currency = home if side.only_home else side.currency
    if currency not in mapping.currencies:
        message = said("Kingdee numbers the currency {currency} in each company by itself", currency=currency)
        raise refuse(
            "EXP-005",
            "kingdee.currencies",
            message,
            said(
                'add {currency} with its number to accounts.toml in the folder of the book; "supercargo export accounts" writes that file',
                currency=currency,
            ),
        )
    return {
        "FEntity": number,
        "FEXPLANATION": voucher.text.into("zh")[: _LONGEST["kingdee"]],
        "FACCOUNTID": mapping.account(side.account),
        "FACCOUNTID#Name": name_of(side.account).zh,
        "FCURRENCYID": mapping.currencies[currency],
        "FCURRENCYID#Name": currency,
        "FEXCHANGERATETYPE": mapping.options["rate_type"],
        "FEXCHANGERATE": Decimal(1) if side.only_home else side.rate,
        "FAMOUNTFOR": abs(side.home if side.only_home else side.amount),
        **_debit_or_credit(side.home, side.amount, "FDEBIT", "FCREDIT"),
    }


def _yonyou_side(voucher: Voucher, side: Side, mapping: Mapping, home: str, place: int) -> dict[str, Cell]:
    foreign = not side.only_home and side.currency != home
    return {
        "会计期间": voucher.day.month,
        "凭证类别字": mapping.options["voucher_word"],
        "凭证类别排序号": 1,
        "凭证编号": voucher.number,
        "行号": place,
        "制单日期": voucher.day.isoformat(),
        "附单据数": 0,
        "制单人": mapping.options["made_by"],
        "摘要": voucher.text.into("zh")[: _LONGEST["yonyou"]],
        "科目编码": mapping.account(side.account),
        "币种": side.currency if foreign else "",
        "汇率": side.rate if foreign else 0,
        "数量借方": 0,
        "数量贷方": 0,
        **_debit_or_credit(side.home, side.amount, "借方金额", "贷方金额"),
        **(
            _debit_or_credit(side.amount, side.amount, "外币借方金额", "外币贷方金额")
            if foreign
            else {"外币借方金额": 0, "外币贷方金额": 0}
        ),
        "外部凭证业务号": voucher.key[-30:],
    }


def _debit_or_credit(value: Decimal, sign: Decimal, debit: str, credit: str) -> dict[str, Cell]:
    """Put a value on its side; a value at home that turned nothing stays on the side of its amount."""
    on_debit = value > 0 or (not value and sign > 0)
    return {debit: abs(value) if on_debit else Decimal(0), credit: Decimal(0) if on_debit else abs(value)}


def _write(path: Path, sheet: str, headings: Sequence[Sequence[str]], rows: Sequence[Sequence[Cell]]) -> None:
    with whole_file(path) as unfinished:
        book = xlsxwriter.Workbook(str(unfinished), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
        quoted = book.add_format({"quote_prefix": True})
        page = book.add_worksheet(sheet[:31])
        for line, cells in enumerate([*headings, *rows]):
            for place, cell in enumerate(cells):
                _cell(page, line, place, cell, quoted)
        book.close()


def _cell(page: Any, line: int, place: int, cell: Cell, quoted: Any) -> None:
    if isinstance(cell, str):
        if cell:
            page.write_string(line, place, cell, *([quoted] if is_dangerous(cell) else []))
    else:
        page.write_number(line, place, float(cell))  # the sheet's own number; fifteen digits are exact
