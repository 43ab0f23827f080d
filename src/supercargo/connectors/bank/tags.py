"""The text of an MT940 file -> its tags with the rows where they stand, statement by statement."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TAG = re.compile(r":(13|20|21|25|28|34|60|61|62|64|65|86|90|NS)([A-Z])?:(.*)", re.DOTALL)
_EPILOGUE = re.compile(r"-(?:\}.*)?")
_MONEY = frozenset({"60", "61", "62"})
_WESTERN_LETTERS = range(0xC0, 0x100)
_OLD_LETTERS = range(0x80, 0xA0)
_OLD_MORE = frozenset({0xA0, 0xA2, 0xA3, 0xA4, 0xA5, 0xA8, 0xA9, 0xAB, 0xBD, 0xBE})  # á ó ú Ą ą Ę ę ź Ż ż
_EIGHT_BITS = 0x80


@dataclass(slots=True)
class Tag:
    """One field of the message: ``61`` with its value, which may go over several lines."""

    row: int
    name: str
    letter: str
    lines: list[str] = field(default_factory=list)

    @property
    def value(self) -> str:
        """The value with its line breaks."""
        return "\n".join(self.lines)


def decode(content: bytes) -> tuple[str, str]:
    """Give the text of a bank file and its encoding: UTF-8, else the DOS page of Central Europe or Windows-1252.

    Neither of the two old pages can be proved; the bytes under which cp852 keeps letters hold only signs in cp1252.
    """
    for encoding in ("utf-8-sig", "utf-16"):
        if encoding != "utf-16" or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            try:
                return content.decode(encoding), encoding.removesuffix("-sig")
            except UnicodeDecodeError:
                continue
    high = [byte for byte in content if byte >= _EIGHT_BITS]
    old = sum(byte in _OLD_LETTERS or byte in _OLD_MORE for byte in high)
    encoding = "cp852" if old > sum(byte in _WESTERN_LETTERS for byte in high) else "cp1252"
    return content.decode(encoding, "replace"), encoding


def blocks(text: str) -> list[list[Tag]]:
    """Split a file into statements: each begins with its reference ``:20:``; tags before the first one count if they hold money."""
    statements: list[list[Tag]] = [[]]
    for tag in _tags(text):
        if tag.name == "20":
            statements.append([])
        statements[-1].append(tag)
    return [tags for tags in statements if any(tag.name in _MONEY for tag in tags)]


def _tags(text: str) -> list[Tag]:
    tags: list[Tag] = []
    is_inside = False
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        line = raw.rstrip().removeprefix("\ufeff")
        found = _TAG.match(line)
        if found:
            tags.append(Tag(number, found[1], found[2] or "", [found[3].strip()]))
            is_inside = True
        elif _EPILOGUE.fullmatch(line):
            is_inside = False
        elif is_inside and line:
            tags[-1].lines.append(line)
    return tags
