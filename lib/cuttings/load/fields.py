"""What a typed header states above a text: ``DATE  21 January 2010``, ``Headline: ...``, Factiva's ``HD``, ``BY``, ``PD``.

Databases of the press give an article as text below lines of a field's name and its value, as do those who
paste cuttings into a file. Lines keep their numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cuttings.load import datewords, names

WITHIN = 30
"""Lines from the top in which a header stands."""
FEWEST = 3
NAMES = {
    "title": {"title", "headline", "hd"},
    "author": {"author", "byline", "by"},
    "published": {"date", "pd", "publication date"},
    "outlet": {"source", "sn", "publication", "journal", "newspaper"},
}
OTHERS = set(
    "section length wc pg page pages sc ed edition la language cy copyright lp td issue volume record-no database doctype subjects "
    "standfirst se et vol load-date dateline type keywords".split()
)
FIELD = re.compile(r"(?P<name>[A-Z][A-Za-z-]{1,15}(?: [Dd]ate)?)\.?(?P<parted>:\s+|\s{2,}|$)(?P<value>.*)")


def header(lines: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """The lines without the fields of a header, but its title, and what the fields state by ``title``, ``author``,
    ``published`` (EDTF) and ``outlet``; nothing is stated where fewer than ``FEWEST`` known fields stand above the text.
    """
    found: dict[str, str] = {}
    out = list(lines)
    for i, line in enumerate(lines[:WITHIN]):
        match = FIELD.fullmatch(line.strip())
        name = match["name"].lower() if match else ""
        key = next((k for k, known in NAMES.items() if name in known), "")
        if not key and name not in OTHERS:
            continue
        if key and match["value"].strip():
            found.setdefault(key, match["value"].strip())
        out[i] = match["value"].strip() if key == "title" else ""
        below = i + 1
        while (
            match["value"]
            and below < len(lines)
            and lines[below][:1] in " \t"
            and lines[below].strip()
            and key != "title"
        ):
            out[below], below = "", below + 1
    if len(found) < FEWEST:
        return list(lines), {}
    return out, _stated(found)


def _stated(found: dict[str, str]) -> dict[str, str]:
    out = {k: found[k] for k in ("title", "outlet") if found.get(k)}
    if found.get("published"):
        days = [f.dated.edtf for f in datewords.find(found["published"])]
        out |= {"published": days[0]} if days else {}
    if found.get("author"):
        person = names.byline(found["author"]) or names.byline(f"By {found['author']}")
        out |= {"author": person.name} if person else {}
    return out
