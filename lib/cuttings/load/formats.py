"""From a file to its pages: text, HTML, Word, RTF, web archives, exports and tables with a page a row.

A file may be gzipped. Everything is read within ``bounds``, so that a compressed bomb or a file of the
wrong kind ends as a problem of that page and not of the run.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from cuttings import edtf
from cuttings.corpus import page_format
from cuttings.load import archives, bounds, columns, datewords, documents, factiva, nexis
from cuttings.load.bounds import Unreadable
from cuttings.load.decode import NotText, decode, mend
from cuttings.load.dumps import undo
from cuttings.load.fields import header
from cuttings.load.gutters import one_after_another
from cuttings.load.htmltext import to_lines

STATED_FIELDS = ("outlet", "genre", "date", "url", "title", "rights")
LOOKS_HTML = re.compile(r"\s*<(?:!doctype|html|body|div)\b|[^<]{0,2000}</?(?:p|br)\b", re.IGNORECASE)
TIMESTAMP = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d")
LONGEST_DATE = 100
COLUMNS = "columns that stood side by side read one after another; lines are counted as they were read"
HEADED = 10
"""Lines of a record's text among which its headline may stand already."""
FIGURES = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.]\d+")


@dataclass(frozen=True)
class RawPage:
    """A page as found: its lines of text, what its file states of it, what was mended or is wrong.

    ``stated`` holds what a record states in ``STATED_FIELDS``, and as ``html_title`` a page's title element.
    """

    page_id: str
    sha256: str
    format: str
    lines: tuple[str, ...] = ()
    headings: dict[int, int] = field(default_factory=dict)
    stated: dict[str, str] = field(default_factory=dict)
    mended: str = ""
    problem: str = ""


def read_file(
    path: Path, page_id: str, stated_columns: Mapping[str, Mapping] | None = None
) -> Iterator[RawPage]:
    """The pages of one file, ``page_id#n`` each where the file holds records. Never raises.

    ``stated_columns`` are the columns that ``columns.toml`` states, by page (``Corpus.columns``).
    """
    kind = page_format(path)
    found = False
    try:
        for page in _pages(path, page_id, kind, stated_columns or {}):
            found = True
            yield page
        if not found:
            yield RawPage(page_id, _checksum(path), kind)
    except Exception as error:  # the parsers of nine formats raise what they like at a broken file
        yield RawPage(page_id, _checksum(path), kind, problem=_one_line(error))


def _pages(path: Path, page_id: str, kind: str, stated_columns: Mapping[str, Mapping]) -> Iterator[RawPage]:
    if kind == "txt":
        yield _page(page_id, kind, False, bounds.whole(path))
    elif kind == "html":
        yield from _html(page_id, bounds.whole(path))
    elif kind in ("docx", "rtf"):
        yield from _document(page_id, kind, bounds.whole(path, bounds.LARGEST_FILE))
    elif kind == "warc":
        for number, found in enumerate(archives.pages(path), 1):
            yield _web_page(f"{page_id}#{number}", found)
    else:
        stated = {**stated_columns.get("", {}), **stated_columns.get(page_id, {})}
        yield from _records(page_id, kind, columns.rows(path, kind, stated))


def _html(page_id: str, data: bytes) -> Iterator[RawPage]:
    """A page of HTML, or the articles of an export."""
    is_export = _is_parsed(data) and factiva.IS_EXPORT.search(data)
    articles = factiva.in_html(decode(data).text) if is_export else []
    yield from _records(page_id, "html", articles) if articles else [_page(page_id, "html", True, data)]


def _document(page_id: str, kind: str, data: bytes) -> Iterator[RawPage]:
    """A Word or RTF file as one page, or the articles of an export."""
    lines, headings = documents.word(data) if kind == "docx" else (documents.rtf(data), {})
    if articles := nexis.articles(lines) or factiva.articles(lines):
        yield from _records(page_id, kind, articles)
        return
    page = _page(page_id, kind, False, "\n".join(lines))
    yield replace(page, sha256=hashlib.sha256(data).hexdigest(), headings=headings if page.lines else {})


def _page(page_id: str, kind: str, is_html: bool, content: bytes | str) -> RawPage:
    """A page from bytes of unknown encoding, or from text."""
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    page = RawPage(page_id, hashlib.sha256(data).hexdigest(), kind)
    try:
        if not is_html:
            _refuse_long(len(data.decode("utf-8", "ignore")))
        elif not _is_parsed(data):
            raise Unreadable(f"more than {bounds.MOST_TAGS:,} tags in one page")
        decoded = decode(content) if isinstance(content, bytes) else mend(content)
        note = ""
        if is_html:
            lines, headings, stated = to_lines(decoded.text)
        else:
            lines, headings, stated, note = _of_text(decoded.text)
        _refuse_long(sum(map(len, lines)))
    except (NotText, Unreadable) as error:
        return replace(page, problem=str(error))
    except (etree.LxmlError, ValueError, RecursionError) as error:
        return replace(page, problem=f"HTML that cannot be parsed: {_one_line(error)}")
    mended = "; ".join(filter(None, [decoded.mended, note]))
    return replace(page, lines=tuple(lines), headings=headings, stated=stated, mended=mended)


def _of_text(text: str) -> tuple[list[str], dict[int, int], dict[str, str], str]:
    lines, headings = undo(text)
    lines, stated = header(lines)
    if not (headings or stated) and (parted := one_after_another(lines)):
        return parted, {}, {}, COLUMNS
    return lines, headings, stated, ""


def _is_parsed(data: bytes) -> bool:
    return data.count(b"<") <= bounds.MOST_TAGS


def _refuse_long(characters: int) -> None:
    if characters > bounds.LONGEST_TEXT:
        raise Unreadable(f"more than {bounds.LONGEST_TEXT:,} characters of text in one page")


def _web_page(page_id: str, found: archives.WebPage) -> RawPage:
    if found.problem:
        return RawPage(page_id, "", "warc", stated={"url": found.url}, problem=found.problem)
    page = _page(page_id, "warc", found.is_html, found.content)
    return replace(page, stated={**page.stated, "url": found.url})


def _records(page_id: str, kind: str, found: Iterable[dict[str, str] | str]) -> Iterator[RawPage]:
    """A page from each row of a table or article of an export, or from what is wrong with it."""
    for number, row in enumerate(found, 1):
        name = f"{page_id}#{number}"
        yield RawPage(name, "", kind, problem=row) if isinstance(row, str) else _record(name, kind, row)


def _record(page_id: str, kind: str, row: Mapping[str, str]) -> RawPage:
    text = row.get("text", "")
    if len(text) > bounds.LARGEST:
        return RawPage(page_id, "", kind, problem=bounds.too_large())
    page = _page(page_id, kind, bool(LOOKS_HTML.match(text)), text)
    stated = {key: mend(row[key]).text.strip() for key in STATED_FIELDS if row.get(key)}
    stated["date"], note = _day(stated.get("date", ""))
    page = _headed(page, stated.get("title", ""), mend(row.get("byline", "")).text)
    mended = "; ".join(filter(None, [page.mended, note]))
    return replace(page, stated={**page.stated, **{k: v for k, v in stated.items() if v}}, mended=mended)


def _headed(page: RawPage, title: str, byline: str) -> RawPage:
    """The page with what its record states as headline and byline above its text, where it is not there."""
    if not any(line.strip() for line in page.lines):
        return page
    there = {_plain(line) for line in page.lines[:HEADED]}
    heading = [" ".join(title.split()), ""] if title and _plain(title) not in there else []
    by = [_by(byline), ""] if byline and _plain(_by(byline)) not in there else []
    moved = len(heading) + len(by)
    headings = {number + moved: level for number, level in page.headings.items()}
    if heading:
        headings[1] = 1
    return replace(page, lines=(*heading, *by, *page.lines), headings=headings)


def _plain(line: str) -> str:
    return " ".join(line.lower().split())


def _by(byline: str) -> str:
    """A byline as pages write it: ``By`` and the name, not in capitals."""
    name = re.sub(r"^by\b:?\s*", "", " ".join(byline.split()), flags=re.IGNORECASE)
    return f"By {name.title() if name.isupper() else name}"


def _day(text: str) -> tuple[str, str]:
    """A stated date as EDTF, if it is one that pages write, and a note where it could mean two days."""
    if match := TIMESTAMP.match(text):
        return match[1], ""
    if not text or len(text) > LONGEST_DATE:
        return text[:LONGEST_DATE], ""
    try:
        return edtf.parse(text).edtf, ""
    except edtf.EdtfError:
        found = datewords.find(text)
    if not found:
        return text, ""
    figures = FIGURES.search(text)
    doubtful = figures and int(figures[1]) <= 12 and int(figures[2]) <= 12 and figures[1] != figures[2]
    note = f"date {figures[0]} read day first, as {found[0].dated.edtf}" if doubtful else ""
    return found[0].dated.edtf, note


def _checksum(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
