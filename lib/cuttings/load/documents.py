"""Word and RTF files as lines of text: a paragraph a line with a blank one below it.

A Word file is a zip of XML; both are refused where they could unpack to more than the bounds of
``bounds``. No entity is ever resolved.
"""

from __future__ import annotations

import io
import re
import zipfile

import docx
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from striprtf.striprtf import rtf_to_text

from cuttings.load import bounds
from cuttings.load.bounds import Unreadable

MOST_XML_TAGS = 1_500_000
"""Tags in the parts of a Word file: an export of 500 articles has half as many."""
MOST_PARTS = 10_000
HEADING = re.compile(r"(?:heading (?P<level>[1-6])|title)$", re.IGNORECASE)
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""What Word keeps for older programs: the same words again."""
LONG_HEX = re.compile(r"[0-9a-f]{64}[0-9a-f\r\n]*", re.IGNORECASE)


def word(data: bytes) -> tuple[list[str], dict[int, int]]:
    """The lines of a ``.docx`` file and the level of each that is a heading, by number from 1.

    Tables and text boxes give their paragraphs in order. Raises ``Unreadable`` for a zip bomb, and
    what ``python-docx`` raises for a file that is no Word document.
    """
    _refuse_bomb(data)
    document = docx.Document(io.BytesIO(data))
    levels = {s.style_id: m for s in document.styles if (m := HEADING.match(s.name or ""))}
    lines: list[str] = []
    headings: dict[int, int] = {}
    for element in document.element.body.iter(qn("w:p")):
        if next(element.iterancestors(FALLBACK), None) is not None:
            continue
        text = Paragraph(element, document).text.strip()
        style = element.pPr.style if element.pPr is not None else None
        if text and style in levels:
            headings[len(lines) + 1] = int(levels[style]["level"] or 1)
        lines += [*text.split("\n"), ""] if text else []
    return lines, headings


def _refuse_bomb(data: bytes) -> None:
    """Raises ``Unreadable`` for a zip whose parts are too many or too large, before any is parsed."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        listed = parts.infolist()
        if len(listed) > MOST_PARTS or sum(p.file_size for p in listed) > bounds.LARGEST_FILE:
            raise Unreadable(f"a zip that unpacks to more than {bounds.LARGEST_FILE / 1_000_000:g} MB")
        tags = 0
        for part in listed:
            if part.filename.endswith((".xml", ".rels")):
                tags += parts.read(part).count(b"<")
                if tags > MOST_XML_TAGS:
                    raise Unreadable(f"more than {MOST_XML_TAGS:,} tags in a Word file")


def rtf(data: bytes) -> list[str]:
    """The lines of an RTF file. Raises ``Unreadable`` where it does not begin as one.

    Fonts are left out (their character sets are rare in English exports, and patterns over a font
    table can be made to run for hours), and so are pictures and the addresses behind links.
    """
    if not data.lstrip()[:5] == b"{\\rtf":
        raise Unreadable("not RTF: it does not begin with {\\rtf")
    source = data.decode("sloppy-windows-1252")
    source = LONG_HEX.sub("", source).replace("\\fonttbl", "\\stylesheet").replace("{\\field{", "{\\field {")
    text = rtf_to_text(re.sub(r"\\bin-?\d*", "", source), errors="replace")
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return [part for line in lines if line.strip("| ") for part in (line, "")]
