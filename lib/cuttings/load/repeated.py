"""Furniture learnt from a corpus itself: lines that stand on many pages of one outlet.

Lin & Ho (2002), "Discovering informative content blocks from web documents": what a site's pages share
is the site's and not the page's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from cuttings.corpus import Entry
from cuttings.load.formats import RawPage
from cuttings.load.furniture import plain

FEWEST_PAGES = 4
"""Pages of an outlet from which anything is learnt."""
FEWEST = 3
SHARE = 0.3
"""A line is furniture on so many pages of its outlet, and on so large a share of them."""
MOST_LINES = 200_000
"""Lines of an outlet that are counted at once; beyond, those seen on one page alone are forgotten."""

Counts = dict[str, Counter]
"""For each outlet on how many of its pages a line stands; the pages themselves under ``PAGES``."""
PAGES = ""


def learn(counts: Mapping[str, Counter]) -> dict[str, frozenset[str]]:
    """For each outlet with enough pages, the lines (see ``furniture.plain``) that it repeats."""
    return {
        outlet: frozenset(
            line for line, n in lines.items() if line and n >= max(FEWEST, SHARE * lines[PAGES])
        )
        for outlet, lines in counts.items()
        if lines[PAGES] >= FEWEST_PAGES
    }


def count(pages: Iterable[tuple[str, Iterable[str]]]) -> Counts:
    """The lines of ``pages``, each a page's outlet and lines, counted once a page.

    Pages of the same lines count once, so that a page saved ten times teaches nothing.
    """
    out: Counts = {}
    seen: set[int] = set()
    for outlet, lines in pages:
        own = {words for line in lines if (words := plain(line))}
        mark = hash((outlet, frozenset(own)))
        if not own or mark in seen:
            continue
        seen.add(mark)
        counter = out.setdefault(outlet, Counter())
        counter[PAGES] += 1
        counter.update(own)
        if len(counter) > MOST_LINES:
            out[outlet] = Counter({line: n for line, n in counter.items() if n > 1 or line == PAGES})
    return out


def outlet_of(entry: Entry, raw: RawPage) -> str:
    """What a page's outlet is known by: the name stated, else the host of its address, else nothing."""
    return entry.outlet or raw.stated.get("outlet", "") or urlsplit(_address(entry, raw)).netloc.lower()


def _address(entry: Entry, raw: RawPage) -> str:
    address = entry.url or raw.stated.get("url", "")
    try:
        urlsplit(address)
    except ValueError:
        return ""
    return address
