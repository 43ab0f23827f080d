"""National tariffs: what duty a market charges on a code, and how sure we are of it."""

from supercargo.reference.tariff.answers import Ambiguity, Found, NotFound, Preference, TariffRow
from supercargo.reference.tariff.expression import (
    DutyRate,
    NotComputable,
    SpecificTerm,
    Terms,
    parse,
    render,
)
from supercargo.reference.tariff.layers import TariffFileError
from supercargo.reference.tariff.nomenclature import HsCodeError, chapter, known, normalise
from supercargo.reference.tariff.table import Tariff

__all__ = [
    "Ambiguity",
    "DutyRate",
    "Found",
    "HsCodeError",
    "NotComputable",
    "NotFound",
    "Preference",
    "SpecificTerm",
    "Tariff",
    "TariffFileError",
    "TariffRow",
    "Terms",
    "chapter",
    "known",
    "normalise",
    "parse",
    "render",
]
