"""HTML as the lines of text that a reader sees, with its headings marked."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable
from functools import cache
from itertools import accumulate

from inscriptis import Inscriptis
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.model.config import ParserConfig
from lxml import etree, html

from cuttings.load import metadata
from cuttings.load.blocks import ASIDE

DROPPED = ("script", "style", "noscript", "template", "svg", "iframe", "button", "select", "textarea")
LONGEST_FORM = 100
"""Words of a form that asks for something; a longer one is the page itself, as ASP.NET wraps it."""
HEADING_LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "b": 5, "strong": 5}
APART = ("nav", "footer", "aside", "menu")
"""Elements that hold no text of the page; so does a header outside an article."""
APART_BY_NAME = re.compile(
    r"(?:^|[-_ ])(?:nav|navigation|navbar|menu|sidebar|breadcrumbs?|cookies?|consent|masthead|footer|share|sharing|"
    r"social|related|promo|adverts?|advertisement|newsletter|pagination|login|searchbox|blogroll|tagcloud)(?:$|[-_ ])",
    re.IGNORECASE,
)
APART_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary"}
MOST_OF_PAGE = 0.4
"""An element with a larger share of the page's text is its text, whatever its name."""
MARK, FLOATING = "data-cuttings", "data-cuttings-floats"
LINK_RUN = 3
"""So many short lines of nothing but links, one after the other, are a menu."""
LONGEST_LINK = 8
NESTED_BULLET = re.compile(r"^\+(?= )")
"""What inscriptis puts before an entry of a list in a list."""
FLOAT = re.compile(r"\bfloat\s*:\s*(?:left|right)", re.IGNORECASE)
BOXES = ("div", "blockquote", "span")
LONGEST_BOX = 100
"""Words of a box that floats beside the text."""
PARTS = ("thead", "tbody", "tfoot", "tr", "td", "th", "caption")
CELL = 12
"""Words in a row of a table cell that its columns lay out rather than list."""
DEEPEST = 400
"""Levels of nesting that are rendered; deeper markup is flattened to its text."""


@cache
def _config() -> ParserConfig:
    """Built once: inscriptis adds the rules to its shared profile each time."""
    rules = {tag: [tag] for tag in (*HEADING_LEVELS, "a")} | {f"#{MARK}=apart": ["apart"]}
    return ParserConfig(css=dict(CSS_PROFILES["strict"]), annotation_rules=rules, display_links=False)


def to_lines(source: str) -> tuple[tuple[str, ...], dict[int, int], dict[str, str]]:
    """A page's lines, the level of each that is a heading (by number from 1), and what it states of itself.

    Lines that the markup sets apart from the text (menus, asides, footers, runs of links) have the level
    ``blocks.ASIDE``. inscriptis (Weichselbraun 2021, JOSS 6(66), 3557) lays the text out. Raises ``lxml.etree.LxmlError``
    or ``ValueError`` for what is no HTML at all.
    """
    tree = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", source))
    if not tree.text_content().strip() and re.sub(r"<[^>]*>|\s", "", source):
        raise ValueError("its elements are nested too deeply")
    stated = {"html_title": _title(tree), "url": _canonical(tree), **metadata.stated(tree)}
    for element in list(tree.iter(*DROPPED)):
        element.drop_tree()
    for form in [f for f in tree.iter("form") if len(f.text_content().split()) <= LONGEST_FORM]:
        form.drop_tree()
    if _depth(tree) > DEEPEST:
        lines = [" ".join(t.split()) for t in tree.itertext() if t.strip()]
        return tuple(lines), {}, stated
    _untable(tree)
    _mark_apart(tree)
    rendered = Inscriptis(tree, _config())
    text, found = rendered.get_text(), rendered.get_annotations()
    lines = text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    marks = _heading_lines(text, lines, starts, [a for a in found if a.metadata in HEADING_LEVELS])
    apart = _apart_lines(lines, starts, [a for a in found if a.metadata == "apart"])
    links = _link_lines(lines, starts, [a for a in found if a.metadata == "a"])
    apart |= {n for n in links if marks.get(n, 5) > 2}
    lines = [NESTED_BULLET.sub("*", line.strip()) for line in lines]
    return tuple(lines), marks | dict.fromkeys(sorted(apart), ASIDE), stated


def _untable(tree: html.HtmlElement) -> None:
    """Put the cells of tables that lay a page out below one another, as the decade's pages mean them.

    Side by side, a menu, a story and an advertisement would share their lines. A table lays out if it holds
    another table, a list, a heading or a cell of several lines or of more than ``CELL`` words in a row; any
    other is one of data.
    """
    for table in tree.iter("table"):
        if table.get("align", "").lower() in ("left", "right"):
            table.set(FLOATING, "yes")
    laid_out = {table for table in tree.iter("table") if _lays_out(table)}
    for part in [p for p in tree.iter(*PARTS) if next(p.iterancestors("table"), None) in laid_out] + list(
        laid_out
    ):
        part.tag = "div"
    for entry in [*tree.iter("dt", "dd"), *tree.iterfind(".//blockquote//cite")]:
        entry.tag = "div"
    for rule in tree.iter("hr"):
        rule.tag = "p"


def _lays_out(table: html.HtmlElement) -> bool:
    if next(table.iterdescendants("table", "ul", "ol", "h1", "h2", "h3"), None) is not None:
        return True
    if any(
        len(cell.findall(".//br")) > 1 or len(cell.findall(".//p")) > 1 for cell in table.iter("td", "th")
    ):
        return True
    return any(len(words.split()) > CELL for words in table.itertext())


def _mark_apart(tree: html.HtmlElement) -> None:
    """Mark the outermost elements that are not the page's text by their tag, role, class or id, and boxes beside it.

    Where boxes would hold ``MOST_OF_PAGE`` together, they are how the page is laid out.
    """
    most = MOST_OF_PAGE * max(len(tree.text_content()), 1)
    apart = _outermost(tree, lambda e: _is_apart(e) or _floats(e), most)
    if sum(len(e.text_content()) for e in apart if not _is_apart(e)) > most:
        apart = _outermost(tree, _is_apart, most)
    for element in apart:
        element.set(MARK, "apart")


def _outermost(
    tree: html.HtmlElement, is_apart: Callable[[html.HtmlElement], bool], most: float
) -> list[html.HtmlElement]:
    """The elements of that kind, of at most ``most`` characters, that are in no other."""
    within: set[html.HtmlElement] = set()
    out = []
    for element in tree.iter(etree.Element):
        if element.getparent() in within:
            within.add(element)
        elif is_apart(element) and len(element.text_content()) <= most:
            within.add(element)
            out.append(element)
    return out


def _is_apart(element: html.HtmlElement) -> bool:
    if element.tag in ("body", "main", "article", "html", *HEADING_LEVELS):
        return False
    names = f"{element.get('class', '')} {element.get('id', '')}"[:500]
    apart = element.tag in APART or element.get("role") in APART_ROLES or APART_BY_NAME.search(names)
    if (
        element.tag in ("header", "footer")
        and next(element.iterancestors("article", "main"), None) is not None
    ):
        return False
    return bool(apart or element.tag == "header") and element.find(".//h1") is None


def _floats(element: html.HtmlElement) -> bool:
    """Whether an element is a box beside the text: a picture's caption, facts, words pulled from the story."""
    beside = FLOAT.search(element.get("style", "")) and element.tag in BOXES
    return (
        bool(beside or element.get(FLOATING))
        and len(element.text_content().split()) <= LONGEST_BOX
        and element.find(".//h1") is None
    )


def _apart_lines(lines: list[str], starts: list[int], annotations: list) -> set[int]:
    """Lines that begin and end within one of the annotations."""
    out = set()
    for a in annotations:
        first, last = (
            bisect.bisect_right(starts, a.start),
            bisect.bisect_right(starts, max(a.end - 1, a.start)),
        )
        out |= {n for n in range(first, last + 1) if _within(lines[n - 1], starts[n - 1], a)}
    return out


def _within(line: str, start: int, annotation) -> bool:
    begins = start + len(line) - len(line.lstrip())
    return bool(line.strip()) and annotation.start <= begins and start + len(line.rstrip()) <= annotation.end


def _link_lines(lines: list[str], starts: list[int], annotations: list) -> set[int]:
    """Short lines of nothing but links, where ``LINK_RUN`` or more of them follow one another."""
    linked = [0] * len(lines)
    for a in annotations:
        number = bisect.bisect_right(starts, a.start)
        linked[number - 1] += sum(
            c.isalnum() for c in lines[number - 1][a.start - starts[number - 1] :][: a.end - a.start]
        )
    alone = [
        n
        for n, line in enumerate(lines, 1)
        if line.strip() and linked[n - 1] >= sum(c.isalnum() for c in line) > 0
    ]
    alone = [n for n in alone if len(lines[n - 1].split()) <= LONGEST_LINK]
    filled = [n for n, line in enumerate(lines, 1) if line.strip()]
    order = {n: i for i, n in enumerate(filled)}
    runs: list[list[int]] = []
    for n in alone:
        if runs and order[n] == order[runs[-1][-1]] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return {n for run in runs if len(run) >= LINK_RUN for n in run}


def _heading_lines(text: str, lines: list[str], starts: list[int], annotations: list) -> dict[int, int]:
    """Lines that a heading element holds, or that are bold from end to end and no whole sentence."""
    out: dict[int, int] = {}
    for a in annotations:
        words = text[a.start : a.end]
        start = a.start + len(words) - len(words.lstrip())
        number = bisect.bisect_right(starts, start)
        line = lines[number - 1].strip() if words.strip() else ""
        level = HEADING_LEVELS[a.metadata]
        bold_heading = line == words.strip() and not line.endswith((".", ":", ","))
        if line and (level < 5 or bold_heading):
            out[number] = min(level, out.get(number, level))
    return out


def _title(tree: html.HtmlElement) -> str:
    return " ".join((tree.findtext(".//title") or "").split())


def _canonical(tree: html.HtmlElement) -> str:
    found = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    return str(found[0]).strip() if found else ""


def _depth(tree: html.HtmlElement) -> int:
    deepest, stack = 0, [(tree, 1)]
    while stack:
        element, level = stack.pop()
        deepest = max(deepest, level)
        stack += [(child, level + 1) for child in element]
    return deepest
