"""Bytes of a text file -> text: by its mark, else strict UTF-8, else GB18030, else Windows-1252."""

from __future__ import annotations

from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SAMPLE = 4096
_COMMON_LEAD = range(0xA1, 0xD8)  # punctuation, full-width forms and the 3,755 usual characters of GB 2312
_FIRST_TRAIL = 0xA1


def decode(content: bytes) -> tuple[str, str]:
    """Give the text and the encoding that it was read in.

    GB18030 accepts nearly every byte sequence, so a text in it must also look like one: most of its
    characters are the usual ones of GB 2312. Otherwise it is a Western file of an old spreadsheet.

    Raises:
        Refused: SHEET-003, the bytes are no text; SHEET-004, the text breaks the rules of its own mark.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content[len(mark) :], encoding), encoding
    wide = _unmarked_utf16(content[:_SAMPLE])
    if wide:
        return _strict(content, wide), wide
    for encoding in ("utf-8", "gb18030"):
        text = _attempt(content, encoding)
        if text is not None and (encoding == "utf-8" or _looks_chinese(content)):
            return _no_nul(text), encoding
    return _no_nul(content.decode("cp1252", "replace")), "cp1252"


def _attempt(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _strict(content: bytes, encoding: str) -> str:
    text = _attempt(content, encoding)
    if text is None:
        message = said("the file says that it is {encoding}, but it is not", encoding=encoding)
        raise refuse("SHEET-004", "file", message, "open it in your spreadsheet program and save it as CSV UTF-8")
    return _no_nul(text)


def _no_nul(text: str) -> str:
    if "\0" in text:
        raise refuse(
            "SHEET-003", "file", "the file holds NUL bytes, so it is no text", "save the sheet as CSV UTF-8 or XLSX and give that file"
        )
    return text


def _unmarked_utf16(sample: bytes) -> str:
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if len(sample) % 2 or not sample or max(even, odd) * 5 < len(sample):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _looks_chinese(content: bytes) -> bool:
    """Count two-byte characters whose bytes lie where usual Chinese text has them."""
    usual = total = place = 0
    end = len(content) - 1
    while place < end:
        lead = content[place]
        if lead < 0x80:  # noqa: PLR2004 - the end of ASCII
            place += 1
            continue
        total += 1
        usual += lead in _COMMON_LEAD and content[place + 1] >= _FIRST_TRAIL
        place += 2
        if total >= _SAMPLE:
            break
    return usual * 2 > total
