"""Parts of a corpus to set against each other: genres, outlets, years, kinds of voice.

A part is a condition in SQL on one word of the corpus, over the tables that ``SAID`` joins.
"""

from __future__ import annotations

from dataclasses import dataclass

from cuttings import dates

SAID = "tokens JOIN items USING (item_id) JOIN pages USING (page_id)"
"""Every word with its item and page."""

PLURALS = {
    "leader": "leaders",
    "letter": "letters",
    "blog": "blogs",
    "comment": "comments",
    "other": "other items",
}
PLURALS |= {"writer": "writers", "speaker": "speakers", "document": "documents"}


@dataclass(frozen=True)
class Part:
    """``label`` names the part in figures, ``condition`` says in SQL which words are in it."""

    label: str
    condition: str


def genres(*names: str) -> Part:
    """The items of these genres (``news``, ``letter`` ...)."""
    return _among("items.genre", names)


def outlets(*names: str) -> Part:
    """The items of these outlets."""
    return _among("pages.outlet", names)


def spoken_by(*kinds: str) -> Part:
    """What voices of these kinds say: ``writer``, ``speaker``, ``document``."""
    return _among("tokens.kind", kinds)


def years(first: int, last: int) -> Part:
    """The items that are known to be of these years, both included."""
    low, high = f"DATE '{int(first):04d}-01-01'", f"DATE '{int(last):04d}-12-31'"
    label = str(first) if first == last else f"{first} to {last}"
    return Part(label, f"(items.date_earliest >= {low} AND items.date_latest <= {high})")


def halves(year_from: int, year_to: int) -> tuple[Part, Part]:
    """The earlier and the later half of the years; of an odd number the middle one is in the earlier."""
    middle = (year_from + year_to) // 2
    return years(year_from, middle), years(middle + 1, year_to)


def everything(year_from: int, year_to: int) -> Part:
    """The items not known to fall outside the years."""
    return Part("all items", dates.in_scope(year_from, year_to))


def _among(column: str, values: tuple[str, ...]) -> Part:
    quoted = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
    label = " and ".join(PLURALS.get(value, value) for value in values)
    return Part(label, f"{column} IN ({quoted})")
