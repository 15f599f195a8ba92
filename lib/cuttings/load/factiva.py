"""Exports of Factiva: many articles in one HTML or RTF file, each closed by ``Document`` and its number.

Where the export has indexing, each field stands behind its code (``HD`` headline, ``BY`` byline,
``PD`` date, ``SN`` outlet, ``LP`` and ``TD`` text ...); else the header is lines in a fixed order:
section, headline, byline, ``877 words``, date, time, outlet, its code, edition, page, language,
copyright. The structure was learnt from open parsers of these exports (tm.plugin.factiva,
Bouchet-Valat; newspapers, Watanabe).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree, html

from cuttings.load import datewords, names
from cuttings.load.nexis import genre_of

CLOSED = re.compile(r"Document (?=\w*\d)[A-Za-z]\w{9,}$")
COUNTED = re.compile(r"\d[\d,]* words$")
CODES = (
    "SE HD CR BY WC PD ET SN SC ED PG VOL LA CY LP TD CT RF CO IN NS RE IPC IPD PUB AN ART CLM DLN".split()
)
FIELD = re.compile(rf"(?P<code>{'|'.join(CODES)})\s*\|\s*(?P<value>.*)")
TIME = re.compile(r"\d{1,2}[:.]\d\d\b")
RIGHTS = re.compile(r"(?:copyright\b|\(c\)|©)", re.IGNORECASE)
ARTICLE = "//div[contains(concat(' ', normalize-space(@class)), ' article ') and contains(@class, 'Article')]"
IS_EXPORT = re.compile(rb"""class=["']article \w\wArticle\b""")
LANGUAGE = "English"
BYLINE = re.compile(rf"(?:[Bb]y\b|BY\b|{names.NAME}$)")


def in_html(source: str) -> list[dict[str, str]]:
    """What an export in HTML states of each article, by the keys of ``columns.NAMES``; none for any other page."""
    try:
        tree = html.document_fromstring(source)
    except (etree.LxmlError, ValueError):
        return []
    divs = tree.xpath(ARTICLE)
    found = (_fields(_coded(d)) or _plain(_lines(d), _paragraphs(d), _headline(d)) for d in divs)
    return [article for article in found if article.get("text")]


def articles(lines: Sequence[str]) -> list[dict[str, str]]:
    """The same of an export in RTF, from its lines; a table's cells are separated by ``|``."""
    filled = [line.strip() for line in lines if line.strip()]
    out = []
    for part in _parts(filled):
        article = _fields(_coded_lines(part)) or _plain(part)
        if article.get("text"):
            out.append(article)
    return out


def _parts(lines: Sequence[str]) -> Iterator[list[str]]:
    """The lines of each article; what follows the last ``Document`` is a summary of the search."""
    part: list[str] = []
    for line in lines:
        bare = line.strip("| ")
        if CLOSED.match(bare.removeprefix("AN").strip("| ")):
            yield part
            part = []
        else:
            part.append(line)


def _coded(div: html.HtmlElement) -> dict[str, list[str]]:
    """Paragraphs by field of an article that is a table of codes."""
    out: dict[str, list[str]] = {}
    for row in div.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        code = cells[0].text_content().strip() if cells else ""
        if len(cells) > 1 and code in CODES:
            out[code] = _lines(cells[1])
    return out


def _coded_lines(lines: Iterable[str]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        if match := FIELD.match(line):
            code, line = match["code"], match["value"]
        if code and (text := line.strip("| ")):
            out.setdefault(code, []).append(text)
    return out


def _fields(coded: dict[str, list[str]]) -> dict[str, str]:
    """An article from its fields; empty where it has no headline, date or text among them."""
    if not {"HD", "PD"} <= coded.keys() or not {"LP", "TD"} & coded.keys():
        return {}
    one = {code: " ".join(found) for code, found in coded.items()}
    found = {
        "title": one["HD"],
        "byline": one.get("BY", ""),
        "date": _date(one["PD"]),
        "outlet": one.get("SN", ""),
        "rights": one.get("CY", ""),
        "genre": genre_of(one.get("SE", "")),
        "text": "\n\n".join([*coded.get("LP", []), *coded.get("TD", [])]),
    }
    return {key: value for key, value in found.items() if value}


def _plain(
    lines: Sequence[str], paragraphs: Sequence[str] | None = None, headline: str = ""
) -> dict[str, str]:
    """An article from the lines of its header; its text is ``paragraphs``, or the lines below the header."""
    counted = next((i for i, line in enumerate(lines) if COUNTED.match(line)), None)
    if counted is None or not counted:
        return {}
    dated = next((i for i in range(counted + 1, min(counted + 4, len(lines))) if _date(lines[i])), None)
    if dated is None:
        return {}
    after = [i for i in range(dated + 1, len(lines)) if not TIME.match(lines[i])]
    end = _header_end(lines, after)
    title, byline, section = _heading(lines[:counted], headline)
    found = {
        "title": title,
        "byline": byline,
        "date": _date(lines[dated]),
        "outlet": lines[after[0]] if after else "",
        "rights": lines[end] if end < len(lines) and RIGHTS.match(lines[end]) else "",
        "genre": genre_of(section),
        "text": "\n\n".join(paragraphs if paragraphs is not None else _without_publisher(lines[end + 1 :])),
    }
    return {key: value for key, value in found.items() if value}


def _header_end(lines: Sequence[str], after: Sequence[int]) -> int:
    """The header's last line: the copyright, else the language, else the outlet's code."""
    near = after[:8]
    rights = next((i for i in near if RIGHTS.match(lines[i])), None)
    language = next((i for i in near if lines[i] == LANGUAGE), None)
    return next((i for i in (rights, language) if i is not None), near[1] if len(near) > 1 else len(lines))


def _heading(lines: Sequence[str], headline: str) -> tuple[str, str, str]:
    """Headline, byline and section from the lines above the count of words.

    Without a ``headline`` marked as such it is the line above the byline, else the last.
    """
    written = next((i for i, line in enumerate(lines) if i and BYLINE.match(line)), len(lines))
    place = lines.index(headline) if headline in lines else written - 1
    byline = lines[place + 1] if place + 1 < len(lines) else ""
    return lines[place], byline, lines[place - 1] if place else ""


def _without_publisher(lines: Sequence[str]) -> list[str]:
    """Without the name of the publisher that stands below the text, a short line that is no sentence."""
    if len(lines) > 1 and len(lines[-1].split()) <= 8 and not re.search(r"[.!?:]\W*$", lines[-1]):
        return list(lines[:-1])
    return list(lines)


def _date(text: str) -> str:
    found = datewords.find(text[:200])
    return found[0].dated.edtf if found and found[0].start <= 12 and len(text.split()) <= 8 else ""


def _lines(element: html.HtmlElement) -> list[str]:
    """The text of each block that holds no other block."""
    blocks = [
        e
        for e in element.iter("div", "p")
        if e is not element and next(e.iterdescendants("div", "p"), None) is None
    ]
    found = [" ".join(e.text_content().split()) for e in blocks or [element]]
    return [line for line in found if line]


def _headline(div: html.HtmlElement) -> str:
    marked = div.xpath(".//*[@id='hd'] | .//span[contains(@class, 'Headline')]")
    return " ".join(marked[0].text_content().split()) if marked else ""


def _paragraphs(div: html.HtmlElement) -> list[str]:
    found = (
        " ".join(p.text_content().split())
        for p in div.iter("p")
        if "articleParagraph" in (p.get("class") or "")
    )
    return [text for text in found if text]
