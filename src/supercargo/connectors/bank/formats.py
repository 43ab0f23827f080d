"""The bank's files: how they are recognised, mapped and written back."""

from __future__ import annotations

import re
from functools import partial
from importlib import resources
from typing import TYPE_CHECKING

from supercargo.connectors.bank import camt, control, mt940, render_camt, render_mt940
from supercargo.connectors.bank.mapping import mapped
from supercargo.connectors.bank.tags import decode
from supercargo.connectors.raw import header
from supercargo.connectors.raw.formats import Format
from supercargo.connectors.tables import apply, load
from supercargo.kernel.finding import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw
    from supercargo.connectors.records.mapped import Mapped
    from supercargo.connectors.tables import Mapping

_MESSAGE = re.compile(r"BkToCstmr(?:Stmt|AcctRpt|DbtCdtNtfctn)|camt\.05[234]")
_HEAD = 8_192
_TAGS = re.compile(r"^:(?:20|25|28C?|60[FM]|61|62[FM]):", re.MULTILINE)
_SURE = 4
_NAMES = {
    "payoneer": "Payoneer: account activity (unproven)",
    "pingpong": "PingPong: account activity (unproven)",
    "worldfirst": "WorldFirst: account activity (unproven)",
}
_UNSEEN = "no export was seen and none is documented: a first guess to be corrected with your own file"
_PROVEN = {
    "payoneer": "the column names are from memory, no export was seen: compare them with your own file before you trust it",
    "pingpong": _UNSEEN,
    "worldfirst": _UNSEEN,
}
_ASKED_FOR = 5
"""A certainty below that of any format that is proved."""


def map_mt940(raw: Raw, context: Context) -> Mapped:
    """Map an MT940 or MT942 file.

    Raises:
        Refused: BANK-001 no statement in it; BANK-002 no account.
    """
    text, encoding = decode(raw.content)
    statements = mt940.read(text)
    return mapped(statements, context, control.of_mt940(text, statements), {"encoding": encoding, "decimal": ","})


def map_camt(raw: Raw, context: Context) -> Mapped:
    """Map a CAMT.052, .053 or .054 message of any version.

    Raises:
        Refused: BANK-001 no statement in it; BANK-002 no account; BANK-003 no sound XML.
    """
    root = camt.root_of(raw.content)
    statements = camt.read(root)
    return mapped(statements, context, control.of_camt(root, statements), {"message": _version(root.nsmap.get(None) or ""), "decimal": "."})


def _version(namespace: str) -> str:
    return namespace.rpartition(":")[2] if "camt." in namespace else ""


def _is_mt940(raw: Raw) -> int:
    if raw.kind not in ("mt940", "delimited", "unknown"):
        return 0
    kinds = {tag[1:3] for tag in _TAGS.findall(decode(raw.content[: _HEAD * 8])[0])}
    return 100 if len(kinds) >= _SURE else 70 if {"20", "61"} <= kinds else 0


def _is_camt(raw: Raw) -> int:
    if raw.content.lstrip()[:1] != b"<" and raw.kind != "xml":
        return 0
    if not _MESSAGE.search(raw.text[:_HEAD] or raw.content[:_HEAD].decode("utf-8", "replace")):
        return 0
    try:
        return 100 if camt.read(camt.root_of(raw.content)) else 60
    except Refused:
        return 60


def _profiles() -> Iterator[Format]:
    """Offer the saved mappings of payment houses whose exports nobody has proved; they are never taken unasked."""
    for file in sorted((resources.files("supercargo.connectors.bank") / "profiles").iterdir(), key=lambda entry: entry.name):
        profile = load(file.read_text(encoding="utf-8"), file.name)
        house = file.name.removesuffix(".toml")
        yield Format(f"bank-csv-{house}", "bank", _NAMES[house], partial(_may_be, profile), partial(apply, profile), proven=_PROVEN[house])


def _may_be(profile: Mapping, raw: Raw) -> int:
    found = header.certainty(raw, {theirs: (theirs,) for theirs in profile.headers}, profile.headers) if raw.grids else 0
    return _ASKED_FOR if found else 0


FORMATS: tuple[Format, ...] = (
    Format(
        "bank-mt940", "bank", "Bank statement MT940", _is_mt940, map_mt940, render_mt940.render,
        "51 statements of the library mt-940 are read as it reads them; reversed credits go out, as SWIFT has it",
    ),
    Format(
        "bank-camt", "bank", "Bank statement CAMT.052, 053, 054", _is_camt, map_camt, render_camt.render,
        "25 messages of versions 1 to 8 of genkgo/camt are read as it reads them",
    ),
    *_profiles(),
)  # fmt: skip
