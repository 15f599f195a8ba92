"""HTML as the lines of text that a reader sees, with its headings marked."""

from __future__ import annotations

import bisect
import re
from itertools import accumulate

from inscriptis import Inscriptis
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.model.config import ParserConfig
from lxml import html

DROPPED = ("script", "style", "noscript", "template", "svg", "iframe", "form", "button", "select")
HEADING_LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "b": 5, "strong": 5}
DEEPEST = 400
"""Levels of nesting that are rendered; deeper markup is flattened to its text."""


def to_lines(source: str) -> tuple[tuple[str, ...], dict[int, int], dict[str, str]]:
    """A page's lines, the level of each that is a heading (by number from 1), its title and address.

    inscriptis (Weichselbraun 2021, JOSS 6(66), 3557) lays the text out. Raises ``lxml.etree.LxmlError``
    or ``ValueError`` for what is no HTML at all.
    """
    tree = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", source))
    if not tree.text_content().strip() and re.sub(r"<[^>]*>|\s", "", source):
        raise ValueError("its elements are nested too deeply")
    stated = {"html_title": _title(tree), "url": _canonical(tree)}
    for element in list(tree.iter(*DROPPED)):
        element.drop_tree()
    if _depth(tree) > DEEPEST:
        lines = [" ".join(t.split()) for t in tree.itertext() if t.strip()]
        return tuple(lines), {}, stated
    rules = {tag: [tag] for tag in HEADING_LEVELS}
    config = ParserConfig(css=CSS_PROFILES["strict"], annotation_rules=rules, display_links=False)
    rendered = Inscriptis(tree, config)
    text = rendered.get_text()
    headings = _heading_lines(text, rendered.get_annotations())
    return tuple(text.split("\n")), headings, stated


def _heading_lines(text: str, annotations: list) -> dict[int, int]:
    """Lines that a heading element holds, or that are bold from end to end and no whole sentence."""
    lines = text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
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
