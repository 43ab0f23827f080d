"""A product as its seller describes it, and what reading a catalogue gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from decimal import Decimal

    from supercargo.connectors.sheet import DecimalSign
    from supercargo.kernel.finding import Finding

Battery = Literal["none", "contained", "packed", "alone"]
LengthUnit = Literal["mm", "cm", "m", "in"]
WeightUnit = Literal["g", "kg", "oz", "lb"]


@dataclass(frozen=True, slots=True)
class Product:
    """One article, packed for the parcel; amounts are exact, what is absent is ``None`` and not zero.

    ``hs_code`` has 6, 8, 9 or 10 digits and no points. ``unit_cost`` is at the factory gate without
    home VAT. ``target_price`` is the shop price with tax. ``row`` counts as a spreadsheet does.
    """

    sku: str
    title_en: str
    title_zh: str
    hs_code: str
    origin: str
    unit_cost: Decimal
    currency: str
    weight_g: Decimal
    length_cm: Decimal
    width_cm: Decimal
    height_cm: Decimal
    category: str = "everything_else"
    tax_class: str = "standard"
    battery: Battery = "none"
    monthly_units: int | None = None
    target_price: Decimal | None = None
    target_price_currency: str | None = None
    moq: int | None = None
    units_per_carton: int | None = None
    carton_l_cm: Decimal | None = None
    carton_w_cm: Decimal | None = None
    carton_h_cm: Decimal | None = None
    carton_weight_kg: Decimal | None = None
    row: int = 0
    file: str = ""

    @property
    def title(self) -> str:
        """Give the English title, or the Chinese one where there is no other."""
        return self.title_en or self.title_zh

    @property
    def hs6(self) -> str:
        """Give the six digits of the code that all countries share."""
        return self.hs_code[:6]

    @property
    def volume_cm3(self) -> Decimal:
        """Give the volume of the packed unit, exactly."""
        return self.length_cm * self.width_cm * self.height_cm


@dataclass(frozen=True, slots=True)
class ColumnTaken:
    """Which header was taken for which column; ``field`` is empty for a header that nobody knows."""

    header: str
    position: int
    field: str
    unit: str = ""
    decimal: DecimalSign | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person settles where a file is ambiguous; every answer outranks the file's own evidence.

    ``columns`` maps a header to a field (or to ``""``: ignore it); ``currency`` is that of a file
    without a column of currencies; the units are those of headers that state none.
    """

    decimal: DecimalSign | None = None
    weight_unit: WeightUnit | None = None
    length_unit: LengthUnit | None = None
    currency: str | None = None
    origin: str | None = None
    sheet: str | None = None
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All products that could be read, and a line for every row that could not.

    ``len(products) + len(rejected) == rows_read``; empty rows are not counted.
    """

    products: tuple[Product, ...]
    findings: tuple[Finding, ...]
    rows_read: int
    rejected: tuple[int, ...] = ()
    columns: tuple[ColumnTaken, ...] = ()
    file: str = ""
    sha256: str = ""
    sheet: str = ""
    encoding: str = ""

    def find(self, sku: str) -> Product | None:
        """Look a product up by its article number."""
        return next((product for product in self.products if product.sku == sku), None)
