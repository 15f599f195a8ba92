"""The findings of step 02."""

from __future__ import annotations

from pathlib import Path

from cuttings import dates, inference, shared, tables
from cuttings.describe import tokens
from cuttings.findings import Finding, count, measured

ITEMS = "SELECT items.* FROM items WHERE {scope}"
SENTENCES = "SELECT sentences.* FROM sentences JOIN items USING (item_id) WHERE {scope}"
VOICES = "SELECT voices.* FROM voices JOIN items USING (item_id) WHERE {scope}"
QUOTED = (
    "SELECT sentences.* FROM sentences JOIN items USING (item_id) "
    "JOIN voices USING (voice_id, item_id) WHERE voices.kind <> 'writer' AND {scope}"
)
WORDS = "SELECT tokens.* FROM tokens JOIN items USING (item_id) WHERE {scope}"
LENGTHS = "SELECT item_id, count(*) AS n_words FROM tokens JOIN items USING (item_id) WHERE {scope} GROUP BY item_id"
COUNTED = [
    ("items", "Items described", "items", ITEMS),
    ("sentences", "Sentences in them", "sentences", SENTENCES),
    ("words", "Words in them", "words", WORDS),
    ("types", "Different words in them", "words", f"SELECT DISTINCT word FROM ({WORDS})"),
    ("voices", "Voices in them", "voices", VOICES),
    ("quoted-sentences", "Sentences of people and documents quoted", "sentences", QUOTED),
    ("items-in-years", "Items dated within the years", "items", ITEMS + " AND items.date <> ''"),
    ("items-to-the-day", "Items dated to the day", "items", ITEMS + " AND date_earliest = date_latest"),
    ("items-undated", "Items without a date", "items", ITEMS + " AND items.date = ''"),
]
"""Name, wording, unit and rows of every count."""


def conclude(out_dir: str | Path, year_from: int, year_to: int) -> list[Finding]:
    """What notebook 02 found: how much there is, and how well it is dated.

    Of a corpus without its texts no words are counted.
    """
    texts = shared.has_texts(out_dir)
    scope = dates.in_scope(year_from, year_to)
    found = []
    for name, says, unit, sql in COUNTED:
        rows = sql.format(scope=scope)
        if "tokens" in rows and not texts:
            continue
        n = tokens.query(out_dir, f"SELECT count(*) AS n FROM ({rows})")["n"].iloc[0]
        found.append(count(name, says, n, rows, unit))
    if not texts:
        return found
    rows = LENGTHS.format(scope=scope)
    lengths = tables.query(out_dir, f"SELECT * FROM ({rows}) ORDER BY item_id")
    length = inference.mean(lengths["n_words"], lengths["item_id"])
    return [*found, measured("item-length", "Words in an item, on average", length, rows, "words")]
