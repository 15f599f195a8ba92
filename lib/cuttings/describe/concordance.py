"""Key word in context: every place where a word or phrase stands, with what surrounds it."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pandas as pd

from cuttings import dates, figures, tables
from cuttings.corpus import open_corpus
from cuttings.describe.lemmas import forms
from cuttings.errors import CuttingsError

COLUMNS = ["left", "node", "right", "date", "voice", "item_id"]
SORTS = {
    "date": lambda hit: (hit["day"] is None, hit["day"] or "", hit["item_id"], hit["start"]),
    "left": lambda hit: [word.lower() for word in reversed(hit["left"].split())],
    "right": lambda hit: hit["right"].lower().split(),
}


def concordance(
    out_dir: str | Path,
    node: str,
    year_from: int,
    year_to: int,
    by: str = "phrase",
    sort: str = "date",
    width: int = 48,
    most: int = 25,
    seed: int = 2010,
) -> pd.DataFrame:
    """The places where ``node`` stands, in any case.

    ``by`` says what the node is: a ``phrase`` (one or more whole words, a space as good as a hyphen,
    the last with or without a plural s, as the aliases of targets are found), a ``lemma`` (one word in all its forms) or a ``regex`` (of Python's ``re``). ``sort`` is by
    ``date``, or by the words to the ``left`` (from the node outwards) or the ``right``. Columns: left
    and right (``width`` characters of the item round it), node, date (EDTF), voice (who speaks the
    sentence, with the kind) and item_id. Of more than ``most`` places that many are drawn at random
    with ``seed``; ``.attrs["n"]`` and ``.attrs["n_items"]`` count them all. Raises ``CuttingsError``
    for an expression that is none.
    """
    if sort not in SORTS:
        raise ValueError(f"a concordance is sorted by {', '.join(SORTS)}, not by {sort!r}")
    pattern = _pattern(node, by)
    kept, n, n_items, rng = [], 0, 0, random.Random(seed)
    for item in _items(out_dir, node, by, year_from, year_to):
        before = n
        for hit in pattern.finditer(item["text"]):
            n += 1
            place = n - 1 if len(kept) < most else rng.randrange(n)
            if place < most:
                kept[place : place + 1] = [_line(item, hit, width)]
        n_items += n > before
    lines = pd.DataFrame(
        _spoken(out_dir, sorted(kept, key=SORTS["date"])), columns=[*COLUMNS, "day", "start"]
    )
    order = sorted(lines.index, key=lambda k: SORTS[sort](lines.loc[k])) if sort != "date" else lines.index
    lines = lines.loc[order, COLUMNS].reset_index(drop=True)
    lines.attrs = {"n": n, "n_items": n_items}
    return lines


def save_lines(lines: pd.DataFrame, name: str, out_dir: str | Path) -> Path:
    """Write a concordance to ``OUT/tables/NAME.csv``, safe to open in a spreadsheet."""
    path = Path(out_dir) / "tables" / f"{name}.csv"
    path.write_text(figures.to_csv(lines), "utf-8")
    return path


def first_alias(corpus_dir: str | Path, out_dir: str | Path) -> str:
    """The first alias of the corpus's targets that its items use: a node worth a first look."""
    return _aliases(corpus_dir, out_dir, "used = 0, place")


def commonest_alias(corpus_dir: str | Path, out_dir: str | Path) -> str:
    """The alias of the corpus's targets that the most items use: a node with much company."""
    return _aliases(corpus_dir, out_dir, "used DESC, place")


def _aliases(corpus_dir: str | Path, out_dir: str | Path, order: str) -> str:
    aliases = [alias for target in open_corpus(corpus_dir).targets for alias in target.aliases]
    found = tables.query(
        out_dir,
        f"""SELECT alias, count(item_id) AS used
           FROM (SELECT unnest($aliases) AS alias, unnest(range(len($aliases))) AS place)
           LEFT JOIN items ON regexp_matches(text, '(?i)\\b' || regexp_escape(alias) || 's?\\b')
           GROUP BY alias, place ORDER BY {order} LIMIT 1""",
        aliases=aliases,
    )
    return found["alias"].iloc[0]


def _pattern(node: str, by: str) -> re.Pattern:
    if by not in ("phrase", "lemma", "regex"):
        raise ValueError(f"a node is a phrase, a lemma or a regex, not a {by!r}")
    expression = node if by == "regex" else rf"(?<!\w)(?:{_plain(node, by)})(?!\w)"
    try:
        return re.compile(expression, re.IGNORECASE)
    except re.error as error:
        raise CuttingsError(f"{node!r} is no regular expression: {error}") from error


def _plain(node: str, by: str) -> str:
    """What Python and DuckDB both match: a phrase, or the forms of a lemma."""
    if by == "lemma":
        return "|".join(sorted(map(re.escape, forms(node))))
    words = (re.escape(word) for word in re.split(r"[\s-]+", node.strip()))
    return re.sub("['’]", "['’]", r"[\s-]+".join(words)) + ("" if node.endswith("s") else "s?")


def _items(out_dir: str | Path, node: str, by: str, year_from: int, year_to: int):
    """The items that may have the node, one by one, so that no corpus is too large."""
    filtered = "" if by == "regex" else "AND regexp_matches(text, $pattern, 'i')"
    values = {} if by == "regex" else {"pattern": _plain(node, by)}
    sql = f"""SELECT item_id, text, date, strftime(date_earliest, '%Y-%m-%d') AS day FROM items
      WHERE {dates.in_scope(year_from, year_to)} {filtered}"""
    return tables.stream(out_dir, sql, **values)


def _line(item: dict, hit: re.Match, width: int) -> dict:
    start, end = hit.span()
    return {
        "left": " ".join(item["text"][max(0, start - width) : start].split()),
        "node": hit[0],
        "right": " ".join(item["text"][end : end + width].split()),
        "date": item["date"] or "no date",
        "item_id": item["item_id"],
        "day": item["day"],
        "start": start,
    }


def _spoken(out_dir: str | Path, lines: list[dict]) -> list[dict]:
    """The lines with the voice that speaks each."""
    said = tables.query(
        out_dir,
        """SELECT item_id, start, "end",
             concat_ws(': ', kind, coalesce(nullif(name, ''), nullif(role, ''), nullif(organisation, '')))
             AS voice
           FROM sentences JOIN voices USING (voice_id, item_id) WHERE list_contains($item_ids, item_id)
           ORDER BY item_id, start""",
        item_ids=sorted({line["item_id"] for line in lines}),
    )
    for line in lines:
        here = said[(said["item_id"] == line["item_id"]) & (said["start"] <= line["start"])]
        speaks = here.loc[here["end"] > line["start"], "voice"]
        line["voice"] = speaks.iloc[0] if len(speaks) else ""
    return lines
