"""What the page's own script searches: sentences with item, voice and scores, and the rows of each finding.

The words of a sentence are in it only where the rights of its page allow that (see ``rights``).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from cuttings import findings, tables
from cuttings.errors import CuttingsError
from cuttings.rights import allowed

MOST = 3_000_000
"""Bytes of text that a report holds; of a larger corpus, whole items are drawn until they fill it."""
KEYS = {
    "sentence_id": "sentences",
    "voice_id": "voices",
    "item_id": "items",
    "cluster": "items",
    "page_id": "pages",
}
"""Columns by which a row of a finding is followed to sentences, the nearest to a sentence first."""
EMPTY = ["sentence_id", "item_id", "voice_id", "text", "begins"]


def index(run_dir: str | Path, labels: Mapping[str, str]) -> dict:
    """Everything that the evidence browser shows, as plain lists for JSON.

    ``labels`` are the targets' by name. ``items``, ``voices``, ``pages`` and ``sentences`` are columns of
    equal length; ids are places in them, and a sentence that may not be shown has the text ``null``.
    """
    pages = _table(run_dir, "SELECT page_id, sha256, outlet, url, title, rights FROM pages ORDER BY page_id")
    items = _table(
        run_dir,
        """SELECT item_id, page_id, genre, title, date, date_basis, n_words, length(text) AS size,
                  year(date_earliest) AS first, year(date_latest) AS last FROM items ORDER BY page_id, position""",
    )
    n_items = len(items)
    items = _drawn(items)
    voices = _kept(_table(run_dir, "SELECT * FROM voices ORDER BY voice_id"), items, "item_id")
    sentences = _sentences(run_dir, items)
    pages["open"] = pages["rights"].map(allowed)
    closed = items["page_id"].isin(pages.loc[~pages["open"].astype(bool), "page_id"])
    sentences.loc[sentences["item_id"].isin(items.loc[closed, "item_id"]), "text"] = None
    statements = _kept(_statements(run_dir), sentences, "sentence_id")
    scores = _kept(
        _table(run_dir, "SELECT sentence_id, instrument, polarity FROM sentiment"), sentences, "sentence_id"
    )
    place = {
        "pages": _places(pages["page_id"]),
        "items": _places(items["item_id"]),
        "voices": _places(voices["voice_id"]),
        "sentences": _places(sentences["sentence_id"]),
    }
    targets = sorted(set(statements["target"]))
    scorers = _by_use(run_dir, set(statements["scorer"]))
    return {
        "n_items": n_items,
        "targets": [[t, labels.get(t) or t.replace("_", " ").capitalize()] for t in targets],
        "scorers": scorers,
        "pages": _columns(pages, ["page_id", "sha256", "outlet", "url", "rights", "open"]),
        "items": {
            **_columns(items, ["item_id", "genre", "title", "date", "date_basis"]),
            "page": [place["pages"][p] for p in items["page_id"]],
            "first": _years(items["first"]),
            "last": _years(items["last"]),
        },
        "voices": _columns(voices, ["kind", "name", "role", "organisation"]),
        "sentences": {
            "id": [
                _suffix(s, i) for s, i in zip(sentences["sentence_id"], sentences["item_id"], strict=True)
            ],
            "item": [place["items"][i] for i in sentences["item_id"]],
            "voice": [place["voices"].get(v, -1) for v in sentences["voice_id"]],
            "text": [t if isinstance(t, str) and t else None for t in sentences["text"]],
            "begins": [int(b) for b in sentences["begins"]],
        },
        "polarity": _polarity(scores, place["sentences"]),
        "statements": _stances(statements, place["sentences"], targets, scorers),
        "findings": _followed(run_dir, sentences, items),
    }


def as_json(data: dict) -> str:
    """``data`` as JSON that is inert inside a ``script`` element of HTML: no ``<``, ``>``, ``&`` or line separator."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return re.sub(r"[<>&\u2028\u2029]", lambda m: f"\\u{ord(m[0]):04x}", text)


def _table(run_dir: str | Path, sql: str) -> pd.DataFrame:
    """A question's answer; no rows of its first columns where a table has not been made."""
    try:
        return tables.query(run_dir, sql)
    except CuttingsError:
        name = re.search(r"FROM (\w+)", sql)[1]
        return tables.frame(name, [])


def _drawn(items: pd.DataFrame) -> pd.DataFrame:
    """``items``, or as many of them as fit: drawn by the checksum of their ids, in their old order."""
    if items["size"].sum() <= MOST:
        return items
    order = items["item_id"].map(lambda i: hashlib.sha256(i.encode()).hexdigest()).sort_values().index
    return items[items.loc[order, "size"].cumsum().reindex(items.index) <= MOST].reset_index(drop=True)


def _kept(rows: pd.DataFrame, of: pd.DataFrame, key: str) -> pd.DataFrame:
    return rows[rows[key].isin(set(of[key]))].reset_index(drop=True)


def _sentences(run_dir: str | Path, items: pd.DataFrame) -> pd.DataFrame:
    """The sentences of ``items`` in order; ``begins`` says whether one begins a paragraph."""
    if not tables.table_path(run_dir, "sentences").exists():
        return pd.DataFrame(columns=EMPTY)
    found = tables.query(
        run_dir,
        """SELECT sentence_id, item_id, voice_id, text,
                  coalesce(contains(whole[previous + 1:"start"], chr(10) || chr(10)), true) AS begins
           FROM (SELECT sentences.*, items.text AS whole, page_id, items.position AS item_position,
                        lag("end") OVER (PARTITION BY item_id ORDER BY sentences.position) AS previous
                 FROM sentences JOIN items USING (item_id))
           ORDER BY page_id, item_position, position""",
    )
    return _kept(found, items, "item_id").astype({"text": object})


def _statements(run_dir: str | Path) -> pd.DataFrame:
    return _table(
        run_dir,
        "SELECT sentence_id, target, scorer, stance FROM statements ORDER BY sentence_id, target, scorer",
    )


def _by_use(run_dir: str | Path, scorers: Iterable[str]) -> list[str]:
    """``scorers``, the one that most findings rest on first."""
    asked = [f["rows"] for f in findings.load(run_dir)]
    return sorted(scorers, key=lambda s: (-sum(f"scorer = '{s}'" in sql for sql in asked), s))


def _places(ids: Iterable[str]) -> dict[str, int]:
    return {id_: place for place, id_ in enumerate(ids)}


def _columns(rows: pd.DataFrame, names: list[str]) -> dict[str, list]:
    return {name: [v if isinstance(v, str) else int(v) for v in rows[name]] for name in names}


def _years(values: pd.Series) -> list[int | None]:
    return [None if pd.isna(v) else int(v) for v in values]


def _suffix(sentence: str, item: str) -> str:
    """A sentence id without its item's, which the script puts before it again."""
    return sentence.removeprefix(item) if sentence.startswith(item) else f"\0{sentence}"


def _polarity(scores: pd.DataFrame, place: Mapping[str, int]) -> dict[str, list[float | None]]:
    """By instrument, the polarity of each sentence in thousandths, or nothing where it has none."""
    found = {}
    for instrument, rows in scores.groupby("instrument"):
        values: list[float | None] = [None] * len(place)
        for sentence, polarity in zip(rows["sentence_id"], rows["polarity"], strict=True):
            values[place[sentence]] = round(1000 * polarity)
        found[instrument] = values
    return found


def _stances(
    statements: pd.DataFrame, place: Mapping[str, int], targets: list[str], scorers: list[str]
) -> list[list]:
    """A row for each sentence and target: their places, and a letter for each scorer (a, n, f, or - for none)."""
    rows: dict[tuple[int, int], list[str]] = {}
    for s in statements.itertuples():
        letters = rows.setdefault((place[s.sentence_id], targets.index(s.target)), ["-"] * len(scorers))
        letters[scorers.index(s.scorer)] = s.stance[0]
    return [[sentence, target, "".join(letters)] for (sentence, target), letters in sorted(rows.items())]


def _followed(run_dir: str | Path, sentences: pd.DataFrame, items: pd.DataFrame) -> dict[str, dict]:
    """For each finding the sentences behind its rows, as runs ``[first, how many]`` of places."""
    of = {
        "sentences": _places(sentences["sentence_id"]),
        "voices": sentences.groupby("voice_id").indices,
        "items": sentences.groupby("item_id").indices,
    }
    on_page = items.groupby("page_id")["item_id"].agg(list).to_dict()
    coders, found = _coders(run_dir), {}
    asked = cache(lambda sql: tables.query(run_dir, sql))
    for finding in findings.load(run_dir):
        rows = asked(finding["rows"])
        if key := _key(rows, coders):
            ids = rows[key].astype(str).unique()
            if KEYS[key] in ("items", "pages"):
                ids = [i for id_ in ids for i in on_page.get(id_, [id_])]
            places = sorted(
                {int(p) for i in ids for p in np.atleast_1d(of.get(KEYS[key], of["items"]).get(i, []))}
            )
            if places:
                name = f"{finding['notebook']}/{finding['name']}"
                found[name] = {"rows": len(rows), "by": KEYS[key], "at": _ranges(places)}
    return found


def _coders(run_dir: str | Path) -> set[str]:
    names = [
        n for n in ("agreements_polarity", "agreements_stance") if tables.table_path(run_dir, n).exists()
    ]
    return {c for n in names for c in tables.query(run_dir, f"SELECT DISTINCT coder FROM {n}")["coder"]}


def _key(rows: pd.DataFrame, coders: set[str]) -> str:
    """The column by which ``rows`` are followed: between two coders the item, as their sentences are their own."""
    of_coders = "scored_by" in rows.columns and rows["scored_by"].isin(coders).any()
    return next((c for c in KEYS if c in rows.columns and not (of_coders and c == "sentence_id")), "")


def _ranges(places: list[int]) -> list[list[int]]:
    ranges: list[list[int]] = []
    for place in places:
        if ranges and sum(ranges[-1]) == place:
            ranges[-1][1] += 1
        else:
            ranges.append([place, 1])
    return ranges
