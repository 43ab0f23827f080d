"""Bytes -> text: what the download says, the mark, strict UTF-8, then the code pages of the marketplaces."""

from __future__ import annotations

import re
import unicodedata

from supercargo.connectors.sheet.decode import decode as decode_sheet

_DECLARED = {
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "windows-31j": "cp932",
    "ms932": "cp932",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "windows-1252": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
"""What a server calls an encoding, and the wider one that its files are really in."""
_SAMPLE = 65_536
_LEAST_JAPANESE = 0.3


def decode(content: bytes, content_type: str = "") -> tuple[str, str]:
    """Give the text and the encoding that it was read in.

    A declared encoding is believed after a mark and after strict UTF-8: servers call UTF-8 Latin-1.

    Raises:
        Refused: SHEET-003 and -004, the bytes are no text or break their own mark.
    """
    declared = _charset(content_type)
    if declared and not content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        for encoding in ("utf-8", declared):
            text = attempt(content, encoding)
            if text is not None and "\0" not in text:
                return text, encoding
    if attempt(content[:_SAMPLE].rsplit(b"\n", 1)[0], "utf-8") is None and _looks_japanese(content[:_SAMPLE]):
        text = attempt(content, "cp932")
        if text is not None:
            return text, "cp932"
    return decode_sheet(content)


def attempt(content: bytes, encoding: str) -> str | None:
    """Decode strictly, or not at all."""
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _charset(content_type: str) -> str:
    named = re.search(r"charset\s*=\s*\"?([\w.-]+)", content_type, re.IGNORECASE)
    name = (named[1] if named else "").lower()
    return _DECLARED.get(name, name)


def _looks_japanese(sample: bytes) -> bool:
    """Tell Shift JIS from GB18030 and from Western text: kana are there, and most pairs are high in both bytes."""
    text = attempt(sample.rsplit(b"\n", 1)[0], "cp932")
    if text is None:
        return False
    wide = [character for character in text if ord(character) > 0x7F]  # noqa: PLR2004 - the end of ASCII
    if not wide:
        return False
    halfwidth = sum("\uff61" <= character <= "\uff9f" for character in wide)
    usual = sum(unicodedata.name(character, "").startswith(("HIRAGANA", "KATAKANA", "CJK UNIFIED")) for character in wide)
    kana = sum(unicodedata.name(character, "").startswith(("HIRAGANA", "KATAKANA")) for character in wide) - halfwidth
    high = len(re.findall(rb"[\x81-\x9f\xe0-\xfc][\x80-\xfc]", sample))
    pairs = len(re.findall(rb"[\x81-\x9f\xe0-\xfc][\x40-\x7e\x80-\xfc]", sample))
    return (
        usual >= len(wide) * _LEAST_JAPANESE
        and halfwidth < usual
        and high >= pairs * _LEAST_JAPANESE
        and (kana > 0 or _leads_of_shift_jis(sample))
    )


def _leads_of_shift_jis(sample: bytes) -> bool:
    """Kanji alone: their first bytes lie below those of usual Chinese text."""
    leads = re.findall(rb"([\x81-\x9f\xe0-\xfc])[\x40-\x7e\x80-\xfc]", sample)
    low = sum(1 for lead in leads if bytes(lead) < b"\xa0")
    return low * 2 > len(leads)
