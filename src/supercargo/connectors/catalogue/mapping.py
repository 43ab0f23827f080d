"""Rows of a sheet -> products and findings, and products -> rows; pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from supercargo.connectors.catalogue.cells import SHOWN_DIGITS, Cells, tidied
from supercargo.connectors.catalogue.codes import (
    FIELDS,
    SIZES,
    TAX_CLASSES,
    battery_code,
    category_code,
    currency_code,
    has_chinese,
    tax_class_code,
)  # fmt: skip
from supercargo.connectors.catalogue.columns import find_heading
from supercargo.connectors.catalogue.product import Answers, Battery, Catalogue, ColumnTaken, Product
from supercargo.connectors.countries import country_code
from supercargo.connectors.sheet import Row, Sheet, is_date, tidy
from supercargo.kernel.currency import is_currency
from supercargo.kernel.figure import plain
from supercargo.kernel.finding import Finding, Severity
from supercargo.kernel.words import said
from supercargo.reference.tariff import nomenclature

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

_NO_ANSWERS = Answers()
_POINTED = re.compile(r"\d{4}\.\d{2}\.\d{2}")
_CODE_AND_PLACE = re.compile(r"[^0-9.]")


def parse(rows: Sheet | Sequence[Sequence[str]], file: str = "", answers: Answers = _NO_ANSWERS) -> Catalogue:
    """Read the rows of a sheet; a row with an error makes no product, and the finding says why.

    Findings: CAT-0nn on the header and the file, CAT-1nn on a row that is refused, CAT-2nn on a row
    that is used with a doubt.
    """
    sheet = rows if isinstance(rows, Sheet) else Sheet("", tuple(Row(number, tuple(cells)) for number, cells in enumerate(rows, start=1)))
    heading = find_heading(sheet, answers)
    findings = list(heading.findings)
    if not heading.rows:
        findings.append(Finding("CAT-009", "warning", "rows", "the file has no products", "put one product into each row below the header"))
    if not heading.is_usable:
        refused = tuple(row.number for row in heading.rows)
        return Catalogue((), tuple(findings), len(refused), refused, heading.columns, file, sheet=sheet.name)
    products, rejected = [], []
    first_rows: dict[str, int] = {}
    for row in heading.rows:
        cells = Cells(row, heading.taken(), answers)
        product = _product(cells, heading.columns, first_rows, file)
        findings += cells.findings
        if product is None:
            rejected.append(row.number)
        else:
            products.append(product)
    return Catalogue(tuple(products), tuple(findings), len(heading.rows), tuple(rejected), heading.columns, file, sheet=sheet.name)


def render(products: Iterable[Product]) -> tuple[tuple[str, ...], ...]:
    """Write products as rows under the documented header; ``parse(render(x)).products == x``.

    A number with exactly three decimals gets a fourth, so that it cannot be taken for thousands.
    """
    return (FIELDS, *(tuple(_written(getattr(product, field)) for field in FIELDS) for product in products))


def _written(value: Decimal | int | str | None) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    text = str(value) if isinstance(value, int) else plain(value)
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text  # noqa: PLR2004 - thousands have three digits


def _product(cells: Cells, columns: tuple[ColumnTaken, ...], first_rows: dict[str, int], file: str) -> Product | None:
    _check_width(cells, columns)
    sku = _sku(cells, first_rows)
    title_en, title_zh = _titles(cells)
    hs_code, origin = _hs_code(cells), _origin(cells)
    unit_cost, currency = _cost(cells)
    weight = cells.grams("weight_g") if cells.required("weight_g") else None
    sides = _sides(cells, "size", required=True)
    target_price, target_currency = _target(cells)
    carton = _sides(cells, "carton_size", required=False)
    carton_weight = cells.grams("carton_weight_kg") if cells.has("carton_weight_kg") else None
    counts = {name: cells.count(name) if cells.has(name) else None for name in ("monthly_units", "moq", "units_per_carton")}
    category, tax_class, battery = _category(cells), _tax_class(cells), _battery(cells)
    length, width, height = sides
    if cells.is_refused or unit_cost is None or weight is None or length is None or width is None or height is None:
        return None
    return Product(
        sku, title_en, title_zh, hs_code, origin, unit_cost, currency, weight, length, width, height, category, tax_class, battery,
        monthly_units=counts["monthly_units"], target_price=target_price, target_price_currency=target_currency, moq=counts["moq"],
        units_per_carton=counts["units_per_carton"], carton_l_cm=carton[0], carton_w_cm=carton[1], carton_h_cm=carton[2],
        carton_weight_kg=None if carton_weight is None else tidied(carton_weight.scaleb(-3)), row=cells.row.number, file=file,
    )  # fmt: skip


def _check_width(cells: Cells, columns: tuple[ColumnTaken, ...]) -> None:
    if any(cell.strip() for cell in cells.row.cells[len(columns) :]):
        message = said("the row has {found} cells, the header {expected}", found=len(cells.row.cells), expected=len(columns))
        cells.error("CAT-109", "", message, "look for a delimiter or a quotation mark too many in this row")


def _sku(cells: Cells, first_rows: dict[str, int]) -> str:
    sku = cells.text("sku")
    position = cells.columns["sku"].position
    if not sku:
        cells.error("CAT-101", "sku", said("{field} is empty", field="sku"), "give a value; unknown is not zero")
        return ""
    if cells.row.kind(position) == "date":
        message = said("{text} is a date; the spreadsheet probably turned a code into it", text=sku)
        cells.error("CAT-105", "sku", message, "format the column as text and type the value again")
    elif cells.row.kind(position) == "number" and len(sku) > SHOWN_DIGITS:
        cells.error(
            "CAT-107",
            "sku",
            said("{text} has lost digits in the spreadsheet", text=sku),
            "format the column as text and type the value again",
        )
    elif is_date(sku):
        message = said("{text} looks like a date; the spreadsheet may have turned a code into it", text=sku)
        cells.warn("CAT-205", "sku", message, "compare it with your article list; format the column as text")
    if sku in first_rows:
        message = said("the sku {sku} stands in row {row} already", sku=sku, row=first_rows[sku])
        cells.error("CAT-110", "sku", message, "give every article its own number")
    first_rows.setdefault(sku, cells.row.number)
    return sku


def _titles(cells: Cells) -> tuple[str, str]:
    title_en = cells.text("title_en") if cells.has("title_en") else ""
    title_zh = cells.text("title_zh") if cells.has("title_zh") else ""
    if cells.has("title"):
        title = cells.text("title")
        title_en, title_zh = (title_en, title_zh or title) if has_chinese(title) else (title_en or title, title_zh)
    if not title_en and not title_zh:
        name = next(name for name in ("title_en", "title_zh", "title") if cells.has(name))
        cells.error("CAT-101", name, said("{field} is empty", field=name), "give the product a title in one language at least")
    return title_en, title_zh


def _hs_code(cells: Cells) -> str:
    if not cells.required("hs_code"):
        return ""
    raw = tidy(cells.raw("hs_code"))
    if cells.row.kind(cells.columns["hs_code"].position) == "date" or (is_date(raw) and not _POINTED.fullmatch(raw)):
        message = said("{text} is a date; the spreadsheet probably turned a code into it", text=raw)
        cells.error("CAT-105", "hs_code", message, "format the column as text and type the value again")
        return ""
    try:
        code = nomenclature.normalise(raw)
    except nomenclature.HsCodeError:
        _malformed_code(cells, raw)
        return ""
    if not nomenclature.known(code[:6]):
        message = said("the code {hs_code} is not in the Harmonized System 2022", hs_code=code[:6])
        cells.error("CAT-112", "hs_code", message, "look the code up in your tariff; the first six digits are the same everywhere")
    return code


def _malformed_code(cells: Cells, raw: str) -> None:
    digits = _CODE_AND_PLACE.sub("", raw).replace(".", "")
    wrong = sorted({character for character in raw if not character.isdigit() and character not in " .-\u3000\u00a0"})
    if wrong:
        message = said("{text} is no HS code: {signs} are no digits", text=raw, signs=" ".join(wrong))
    else:
        message = said("the HS code {text} has {found} digits", text=raw, found=len(digits))
    likely = next(
        (
            guess
            for guess in (f"0{digits}", f"{digits}0", f"{digits}00")
            if len(guess) in nomenclature.CODE_LENGTHS and nomenclature.known(guess)
        ),
        None,
    )
    if likely and not wrong:
        cells.error(
            "CAT-111", "hs_code", message, said("give 6, 8, 9 or 10 digits; a spreadsheet drops zeros: perhaps {likely}", likely=likely)
        )
    else:
        cells.error("CAT-111", "hs_code", message, "give 6, 8, 9 or 10 digits")


def _origin(cells: Cells) -> str:
    if not cells.has("origin") or (cells.is_blank("origin") and cells.answers.origin):
        return cells.answers.origin or ""
    if not cells.required("origin"):
        return ""
    code = country_code(cells.raw("origin"))
    if code is None:
        cells.error(
            "CAT-113", "origin", said("{text} is no country", text=cells.raw("origin")), "give the two letters of ISO 3166, such as CN"
        )
    return code or ""


def _currency(cells: Cells, name: str, price: str, signs: frozenset[str], fallback: str) -> str:
    """Find the currency of a price from its column, its header or its sign, all of which must agree."""
    stated = ""
    if cells.has(name) and not cells.is_blank(name):
        stated = currency_code(cells.raw(name)) or ""
        if not stated:
            cells.error(
                "CAT-114", name, said("{text} is no currency", text=cells.raw(name)), "give the three letters of ISO 4217, such as CNY"
            )
            return ""
    unit = cells.columns[price].unit
    known = [stated, unit if is_currency(unit) else "", next(iter(signs)) if len(signs) == 1 else ""]
    found = next((code for code in known if code), fallback)
    if any(code not in ("", found) for code in known) or (signs and found and found not in signs):
        message = said("{text} does not agree with the currency {currency}", text=cells.raw(price), currency=found)
        cells.error("CAT-115", price, message, "take the sign away or correct the currency")
    if not found:
        cells.error("CAT-101", name, said("{field} is empty", field=name), "give the three letters of ISO 4217, such as CNY")
    return found


def _cost(cells: Cells) -> tuple[Decimal | None, str]:
    cost, signs = cells.amount("unit_cost") if cells.required("unit_cost") else (None, frozenset[str]())
    return cost, _currency(cells, "currency", "unit_cost", signs, cells.answers.currency or "")


def _target(cells: Cells) -> tuple[Decimal | None, str | None]:
    if not cells.has("target_price") or cells.is_blank("target_price"):
        return None, None
    price, signs = cells.amount("target_price")
    if price is None:
        return None, None
    unit = cells.columns["target_price"].unit
    has_own = (cells.has("target_price_currency") and not cells.is_blank("target_price_currency")) or is_currency(unit) or len(signs) == 1
    if not has_own:
        message = "the target price has no currency"
        cells.error(
            "CAT-120", "target_price_currency", message, "give the currency in target_price_currency; it need not be that of the cost"
        )
        return None, None
    return price, _currency(cells, "target_price_currency", "target_price", signs, "")


def _sides(cells: Cells, size: str, *, required: bool) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    if cells.has(size):
        return cells.size(size) if not required or cells.required(size) else (None, None, None)
    first, second, third = (
        cells.centimetres(side) if cells.has(side) and (not required or cells.required(side)) else None for side in SIZES[size]
    )
    return first, second, third


def _category(cells: Cells) -> str:
    if not cells.has("category") or cells.is_blank("category"):
        return "everything_else" if not cells.has("category") else _assumed(cells, "category", "everything_else")
    code = category_code(cells.raw("category"))
    if code is None:
        message = said("the category {text} is not known: everything_else assumed", text=cells.raw("category"))
        cells.warn("CAT-204", "category", message, 'see the known categories with "supercargo law list"')
    return code or "everything_else"


def _tax_class(cells: Cells) -> str:
    if not cells.has("tax_class") or cells.is_blank("tax_class"):
        return "standard" if not cells.has("tax_class") else _assumed(cells, "tax_class", "standard")
    code = tax_class_code(cells.raw("tax_class"))
    if code is None:
        message = said("the tax class {text} is not known", text=cells.raw("tax_class"))
        cells.error("CAT-116", "tax_class", message, said("give one of {known}", known=", ".join(sorted(TAX_CLASSES))))
    return code or ""


def _battery(cells: Cells) -> Battery:
    word = tidy(cells.raw("battery"))
    if not cells.has("battery") or not word:
        return "none" if not cells.has("battery") else cast("Battery", _assumed(cells, "battery", "none"))
    code = battery_code(word)
    if code is None:
        message = said("{text} does not say how the battery travels", text=word)
        cells.error("CAT-117", "battery", message, "give none, contained (in the device), packed (beside it) or alone (a power bank)")
    return cast("Battery", code or "none")


def _assumed(cells: Cells, name: str, value: str) -> str:
    message = said("{field} is empty: {assumed} assumed", field=name, assumed=value)
    severity: Severity = "warning" if name == "battery" else "note"
    cells.findings.append(
        Finding("CAT-206", severity, f"rows[{cells.row.number}].{name}", message, said("give a value for {field}", field=name))
    )
    return value
