"""Key word in context: every place where a word or phrase stands, with what surrounds it."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd

from cuttings import dates, tables
from cuttings.corpus import open_corpus

COLUMNS = ["left", "node", "right", "date", "voice", "item_id"]


def concordance(
    out_dir: str | Path, node: str, year_from: int, year_to: int, width: int = 48, most: int = 25
) -> pd.DataFrame:
    """The places where ``node`` stands as whole words, in any case, by date and place in the text.

    Columns: left and right (``width`` characters of the item round it), node, date (EDTF), voice
    (who speaks the sentence, with the kind) and item_id. Of more than ``most`` places that many are
    kept, evenly spread; ``.attrs["n"]`` and ``.attrs["n_items"]`` count them all.
    """
    pattern = rf"(?:^|[^\p{{L}}\p{{N}}]){_escaped(node)}(?:$|[^\p{{L}}\p{{N}}])"
    items = tables.query(
        out_dir,
        f"""SELECT item_id, text, date FROM items
            WHERE {dates.in_scope(year_from, year_to)} AND regexp_matches(text, $pattern, 'i')
            ORDER BY date_earliest NULLS LAST, item_id""",
        pattern=pattern,
    )
    whole = re.compile(rf"(?<!\w){_escaped(node)}(?!\w)", re.IGNORECASE)
    hits = [(i, hit) for i in items.itertuples() for hit in whole.finditer(i.text)]
    kept = [hits[k] for k in np.linspace(0, len(hits) - 1, min(most, len(hits))).round().astype(int)]
    said = _voices(out_dir, {i.item_id for i, _ in kept})
    rows = [_line(i, hit, said[said["item_id"] == i.item_id], width) for i, hit in kept]
    lines = pd.DataFrame(rows, columns=COLUMNS)
    lines.attrs = {"n": len(hits), "n_items": len({i.item_id for i, _ in hits})}
    return lines


def first_alias(corpus_dir: str | Path, out_dir: str | Path) -> str:
    """The first alias of the corpus's targets that its items use: a node worth a first look."""
    aliases = [alias for target in open_corpus(corpus_dir).targets for alias in target.aliases]
    found = tables.query(
        out_dir,
        """SELECT alias FROM (SELECT unnest($aliases) AS alias, unnest(range(len($aliases))) AS place)
           WHERE EXISTS (FROM items WHERE regexp_matches(text, '(?i)\\b' || regexp_escape(alias) || '\\b'))
           ORDER BY place LIMIT 1""",
        aliases=aliases,
    )
    return found["alias"].iloc[0] if len(found) else aliases[0]


def _line(item, hit: re.Match, said: pd.DataFrame, width: int) -> dict:
    start, end = hit.span()
    speaks = said[(said["start"] <= start) & (said["end"] > start)]
    return {
        "left": " ".join(item.text[max(0, start - width) : start].split()),
        "node": hit[0],
        "right": " ".join(item.text[end : end + width].split()),
        "date": item.date or "no date",
        "voice": speaks["voice"].iloc[0] if len(speaks) else "",
        "item_id": item.item_id,
    }


def _voices(out_dir: str | Path, item_ids: set[str]) -> pd.DataFrame:
    return tables.query(
        out_dir,
        """SELECT item_id, start, "end",
             concat_ws(': ', kind, coalesce(nullif(name, ''), nullif(role, ''), nullif(organisation, '')))
             AS voice
           FROM sentences JOIN voices USING (voice_id, item_id) WHERE list_contains($item_ids, item_id)
           ORDER BY item_id, start""",
        item_ids=sorted(item_ids),
    )


def _escaped(node: str) -> str:
    return r"[\s-]+".join(re.escape(word) for word in node.split())
