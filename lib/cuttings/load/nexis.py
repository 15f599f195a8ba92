"""Exports of Nexis Uni: many articles in one Word or RTF file.

Each article is its headline, its outlet, its date, lines with labels (``Section:``, ``Length:``,
``Byline:`` ...), the word ``Body``, its text, ``Classification`` and ``Load-Date:``, and ``End of
Document``. A cover with a list of the articles comes before the first. The structure was learnt from
open parsers of these exports (LexisNexisTools, Gruber 2018; newspapers, Watanabe).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cuttings.load import datewords

END = re.compile(r"End of Document$")
LOADED = re.compile(r"Load-Date:")
BODY = re.compile(r"Body$")
LABEL = re.compile(
    r"(?P<label>Copyright|Section|Length|Byline|Dateline|Highlight|Edition|Series|Language|Distribution"
    r"|Publication-Type|Journal Code|Correction-Date)\b:?\s*(?P<value>.*)"
)
AFTER_TEXT = re.compile(r"(?:Classification$|Load-Date:|Correction-Date:)")
APPENDED = re.compile(r"(?:Graphic|Notes|Correction|Links?)$")
LONGEST_APPENDED = 150
"""Words that a caption or correction below the text has at most."""
ADDRESS = re.compile(r"https?://\S+$")
HEADER = 40
"""Lines within which an article's header ends."""
LETTERS = re.compile(r"\bletters?\b", re.IGNORECASE)
LEADERS = re.compile(r"\b(?:leaders?|leading articles?|editorials?)\b(?! desk)", re.IGNORECASE)


def articles(lines: Sequence[str]) -> list[dict[str, str]]:
    """What an export states of each of its articles, by the keys of ``columns.NAMES``; none for any other file."""
    filled = [line.strip() for line in lines if line.strip()]
    if not any(map(END.match, filled)) or not any(map(LOADED.match, filled)):
        return []
    return [found for part in _parts(filled) if (found := _article(part))]


def _parts(lines: Sequence[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for line in lines:
        if END.match(line):
            yield part
            part = []
        else:
            part.append(line)
    yield part


def _article(lines: list[str]) -> dict[str, str]:
    """One article from its lines, the first one with the cover before it; empty for what is none."""
    body = next((i for i, line in enumerate(lines) if BODY.match(line) and _dated_before(lines, i)), None)
    labels = [i for i, line in enumerate(lines[: _header_end(lines, body)]) if LABEL.match(line)]
    dated = _dated_before(lines, body if body is not None else (labels[-1] if labels else 0))
    if dated is None:
        return {}
    labels = [i for i in labels if i > dated]
    start = body + 1 if body is not None else max(labels, default=dated) + 1
    stated = {m["label"]: m["value"] or lines[i] for i in labels if (m := LABEL.match(lines[i]))}
    found = {
        "title": lines[dated - 2] if dated > 1 else lines[0],
        "outlet": lines[dated - 1] if dated > 0 else "",
        "date": datewords.find(lines[dated])[0].dated.edtf,
        "byline": stated.get("Byline", ""),
        "rights": next((lines[i] for i in labels if lines[i].startswith("Copyright")), ""),
        "genre": genre_of(stated.get("Section", "")),
        "text": "\n\n".join(_text(lines[start:])),
    }
    return {key: value for key, value in found.items() if value}


def _header_end(lines: Sequence[str], body: int | None) -> int:
    return body if body is not None else min(len(lines), HEADER)


def _dated_before(lines: Sequence[str], end: int) -> int | None:
    """The last line before ``end`` that is a date and nothing else but a day of the week or an edition."""
    return next((i for i in range(end - 1, max(-1, end - HEADER), -1) if _is_date(lines[i])), None)


def _is_date(line: str) -> bool:
    found = datewords.find(line[:200])
    return bool(found) and found[0].start <= 12 and len(line.split()) <= 12 and not LABEL.match(line)


def genre_of(section: str) -> str:
    """The genre of a page by the section of the paper that it stood in, empty where that tells nothing."""
    return "letters" if LETTERS.search(section) else "leader" if LEADERS.search(section) else ""


def _text(lines: Sequence[str]) -> list[str]:
    """The paragraphs of the text, without what the database appends to it."""
    end = next((i for i, line in enumerate(lines) if AFTER_TEXT.match(line)), len(lines))
    for i in range(end):
        if APPENDED.match(lines[i]) and sum(len(x.split()) for x in lines[i:end]) <= LONGEST_APPENDED:
            end = i
            break
    return [line for line in lines[:end] if not ADDRESS.match(line)]
