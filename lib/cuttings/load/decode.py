"""From the bytes of a page to its text, saying what had to be mended on the way."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import ftfy

KEEP_AS_WRITTEN = ftfy.TextFixerConfig(
    unescape_html=False,
    uncurl_quotes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    normalization="NFC",
)
"""Curly quotes mark speech, so ftfy must not straighten them."""

BOMS = [(codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")]
ODD_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u2009\u200a\u3000"), " ")
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))

OLD_LETTERS = {0x17F: "s", 0x131: "i"}
"""The long s and the dotless i, which patterns that ignore case take for s and i."""


class NotText(ValueError):
    """The bytes are no text; the message says why."""


@dataclass(frozen=True)
class Decoded:
    """``mended`` says what was done beyond plain UTF-8, empty when nothing was."""

    text: str
    mended: str = ""


def decode(data: bytes) -> Decoded:
    """Text of a page in UTF-8, UTF-16 with a mark, or Windows-1252; mojibake is undone.

    Line ends become ``\\n``, unusual spaces plain ones. Raises ``NotText`` for binary data.
    """
    text, notes = _to_text(data)
    mended = mend(text)
    return Decoded(mended.text, "; ".join([*notes, *filter(None, [mended.mended])]))


def mend(text: str) -> Decoded:
    """Text with mojibake undone, plain spaces and ``\\n`` line ends; half characters are replaced."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    fixed = ftfy.fix_text(text, config=KEEP_AS_WRITTEN)
    note = "mojibake undone" if fixed != text and ftfy.fix_encoding(text) != text else ""
    fixed = fixed.translate(ODD_SPACES | INVISIBLE | OLD_LETTERS)
    return Decoded(re.sub(r"\r\n?|\u2028|\u2029|\x0b|\x0c", "\n", fixed), note)


def _to_text(data: bytes) -> tuple[str, list[str]]:
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), []
    head = data[:65536]
    controls = sum(b < 32 and b not in b"\t\n\r\x0b\x0c\x1a\x1b" for b in head)
    if b"\0" in head or controls > len(head) * 0.02:
        raise NotText("binary data, not text")
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    lossy = data.decode("utf-8", "replace")
    good = len(re.findall(rb"[\xc2-\xf4][\x80-\xbf]+", data))
    broken = lossy.count("\ufffd")
    if good > broken:
        return lossy, [f"{broken} broken UTF-8 sequence{'s' * (broken > 1)} replaced"]
    return data.decode("sloppy-windows-1252"), ["read as Windows-1252"]
