"""What an HTML page's head and marks state of it: the day it was published, its outlet, who wrote it.

Open Graph (ogp.me), Dublin Core (DCMI), schema.org's Article as microdata and as JSON-LD, HTML's ``time``
with ``pubdate``, and the names that publishing systems of the 2000s wrote.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

from lxml import html

PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "originalpublicationdate", "dc.date.issued",
    "dcterms.issued", "dcterms.date", "dc.date", "dc.date.created", "dcterms.created", "pubdate", "publishdate", "publish-date",
    "publication_date", "publicationdate", "citation_publication_date", "parsely-pub-date", "sailthru.date", "date",
)  # fmt: skip
"""Names of ``meta`` elements that state the day of publication, the surest first."""
OUTLETS = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_journal_title")
AUTHORS = ("author", "dc.creator", "dcterms.creator", "article:author", "parsely-author", "citation_author")
ARTICLES = re.compile(r"(?:News|Blog|Opinion|Scholarly)?Article|BlogPosting|Report|DiscussionForumPosting")
DAY = re.compile(r"(\d{4})[-/.]?(\d\d)[-/.]?(\d\d)(?!\d)")
MOST = 200_000
"""Characters of JSON-LD beyond which it is left unread."""
LONGEST = 120


def stated(tree: html.HtmlElement) -> dict[str, str]:
    """``published`` (a day), ``outlet`` and ``author`` as far as the page's marks state them."""
    metas = _metas(tree)
    linked = list(_linked(tree))
    days = [
        *(metas[n] for n in PUBLISHED if n in metas),
        *(x.get("datePublished") for x in linked),
        *_times(tree),
    ]
    outlets = [*(metas[n] for n in OUTLETS if n in metas), *(_name(x.get("publisher")) for x in linked)]
    authors = [*(_name(x.get("author")) for x in linked), *(metas[n] for n in AUTHORS if n in metas)]
    found = {
        "published": next((d for text in days if (d := _day(text))), ""),
        "outlet": next((t for t in outlets if _plain(t)), ""),
        "author": next((t for t in authors if _plain(t)), ""),
    }
    return {key: " ".join(text.split()) for key, text in found.items() if text}


def _metas(tree: html.HtmlElement) -> dict[str, str]:
    out: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for key in ("property", "name", "itemprop"):
            if content and element.get(key):
                out.setdefault(element.get(key).strip().lower(), content)
    return out


def _linked(tree: html.HtmlElement) -> Iterator[dict]:
    """The articles that JSON-LD describes."""
    for element in tree.iter("script"):
        if (element.get("type") or "").lower() != "application/ld+json":
            continue
        text = element.text or ""
        try:
            held = json.loads(text, strict=False) if len(text) <= MOST else None
        except (ValueError, RecursionError):
            continue
        for entry in held if isinstance(held, list) else [held]:
            graph = entry.get("@graph", [entry]) if isinstance(entry, dict) else []
            yield from (
                x for x in (graph if isinstance(graph, list) else []) if isinstance(x, dict) and _article(x)
            )


def _article(entry: dict) -> bool:
    kind = entry.get("@type")
    return any(
        isinstance(k, str) and ARTICLES.fullmatch(k) for k in (kind if isinstance(kind, list) else [kind])
    )


def _times(tree: html.HtmlElement) -> list[str]:
    """The days of ``time`` elements that say they are the page's, or of the only one there is."""
    times = list(tree.iter("time"))
    own = [t for t in times if t.get("pubdate") is not None or (t.get("itemprop") or "") == "datePublished"]
    return [t.get("datetime") or t.text_content() for t in own or (times if len(times) == 1 else [])]


def _name(held) -> str:
    """A name where schema.org has one: a text, a thing with a name, or a list of these."""
    if isinstance(held, list):
        return " and ".join(n for n in map(_name, held) if n)
    if isinstance(held, dict):
        held = held.get("name")
    return held if isinstance(held, str) else ""


def _day(text) -> str:
    match = DAY.match(text.strip()) if isinstance(text, str) else None
    if not match:
        return ""
    try:
        return date(*map(int, match.groups())).isoformat()
    except ValueError:
        return ""


def _plain(text: str) -> bool:
    """Whether it may be a name: no address, and not a paragraph."""
    return bool(text.strip()) and len(text) <= LONGEST and "://" not in text and "@" not in text
