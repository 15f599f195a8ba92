"""Collocation: the words that keep company with a node, and how closely.

The node is a word or a phrase; a hyphen in it is as good as a space. Words are counted in a window of
``SPAN`` words on either side that does not cross the end of the sentence, or in the whole sentence.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

from cuttings import dates
from cuttings.describe import tokens
from cuttings.describe.nodes import places
from cuttings.describe.parts import SAID, Part
from cuttings.describe.words import function_words
from cuttings.inference import FEWEST_ITEMS

SPAN = 5


def collocates(
    out_dir: str | Path,
    node: str,
    part: Part,
    year_from: int,
    year_to: int,
    unit: str = "window",
    least: int = 3,
    left_out: frozenset[str] = function_words(),
) -> pd.DataFrame:
    """The words that stand by ``node`` in ``part`` ``least`` times or more, by ``log_dice``.

    ``unit`` is ``window`` or ``sentence``. Columns: word; together (times beside the node), range
    (items), count (in the part); expected; mi, log_dice with low and high (95 %, by item),
    t_score, log_likelihood, delta_p_node (how much likelier the word is by the node) and
    delta_p_word (the node by the word). ``.attrs``: nodes, items. After Evert (2008), "Corpora and
    collocations": each position in reach of a node counts once, and the node's own words are left out
    of the counts. In ``sentence`` sentences are counted instead of words.
    """
    condition = f"{part.condition} AND {dates.in_scope(year_from, year_to)}"
    by = _per_item(unit).format(places=places(node), said=SAID, condition=condition, span=SPAN)
    values = {"least": least, "left_out": sorted(left_out)}
    found = tokens.query(out_dir, f"{by} {TOTALS}", **values)
    whole = tokens.query(out_dir, f"{by} {WHOLE}").iloc[0]
    near, count = found["together"], found["count"]
    expected = near_expected(whole["reach"], count, whole["size"])
    measures = found[["word", "together", "range", "count"]].assign(
        expected=expected,
        mi=mutual_information(near, expected),
        log_dice=log_dice(near, whole["nodes"], count),
        t_score=t_score(near, expected),
        log_likelihood=contingency_g2(near, whole["reach"], count, whole["size"]),
        delta_p_node=delta_p(near, whole["reach"], count, whole["size"]),
        delta_p_word=delta_p(near, count, whole["reach"], whole["size"]),
    )
    half = _half_width(found, whole)
    measures.insert(7, "low", measures["log_dice"] - half)
    measures.insert(8, "high", measures["log_dice"] + half)
    measures = measures.sort_values(["log_dice", "word"], ascending=[False, True], ignore_index=True)
    measures.attrs = {"nodes": int(whole["nodes"]), "items": int(whole["items"])}
    return measures


def near_expected(reach, count, size):
    """How often a word of ``count`` would stand in ``reach`` places out of ``size`` by chance."""
    return np.asarray(reach) * np.asarray(count) / max(size, 1)


def mutual_information(together, expected):
    """MI, the log2 of observed over expected. Church and Hanks (1990), Computational Linguistics 16(1)."""
    return np.log2(np.asarray(together) / expected)


def log_dice(together, nodes, count):
    """14 + log2 of Dice's coefficient; it does not depend on the size of the corpus.

    Rychly (2008), "A lexicographer-friendly association score".
    """
    return 14 + np.log2(2 * np.asarray(together) / (nodes + np.asarray(count)))


def t_score(together, expected):
    """How many standard errors the observed count is above the expected. Church et al. (1991)."""
    return (np.asarray(together) - expected) / np.sqrt(together)


def contingency_g2(together, reach, count, size):
    """Dunning's (1993) log-likelihood ratio (G2) of the two by two table."""
    a = np.asarray(together, float)
    cells = np.array([a, reach - a, count - a, size - reach - count + a])
    margins = [(reach, count), (reach, size - count), (size - reach, count), (size - reach, size - count)]
    expected = np.array([np.broadcast_to(np.asarray(r, float) * c / size, a.shape) for r, c in margins])
    with np.errstate(divide="ignore", invalid="ignore"):
        return 2 * np.where(cells > 0, cells * np.log(cells / expected), 0.0).sum(axis=0)


def delta_p(together, cue, outcome, size):
    """P(outcome | cue) less P(outcome | no cue), from the counts of each and of both.

    Gries (2013), "50-something years of work on collocations", IJCL 18(1).
    """
    together, cue, outcome = (np.asarray(x, float) for x in (together, cue, outcome))
    with np.errstate(divide="ignore", invalid="ignore"):
        return together / cue - (outcome - together) / (size - cue)


def _per_item(unit: str) -> str:
    """SQL: how often each word stands in each item (``c``), and by the node (``o``).

    The node's own words are left out.
    """
    if unit not in ("window", "sentence"):
        raise ValueError(f"collocates are counted by window or sentence, not by {unit!r}")
    said = """WITH node AS MATERIALIZED ({places}),
      scoped AS MATERIALIZED (SELECT tokens.item_id, sentence, place, word FROM {said} WHERE {condition}),
      hits AS MATERIALIZED (SELECT DISTINCT node.* FROM node SEMI JOIN scoped
        ON node.item_id = scoped.item_id AND node.first = scoped.place),
      others AS MATERIALIZED (SELECT scoped.* FROM scoped ANTI JOIN hits
        ON scoped.item_id = hits.item_id AND scoped.place BETWEEN hits.first AND hits.last),
    """
    if unit == "window":
        return (
            said
            + """near AS (SELECT DISTINCT others.* FROM others JOIN hits
          ON others.item_id = hits.item_id AND others.sentence = hits.sentence
          AND others.place BETWEEN hits.first - {span} AND hits.last + {span}),
        reached AS (SELECT item_id, count(*) AS r FROM near GROUP BY item_id),
        sizes AS (SELECT item_id, count(*) AS s FROM others GROUP BY item_id),
        nodes AS (SELECT item_id, count(*) AS f FROM hits GROUP BY item_id),
        together AS (SELECT item_id, word, count(*) AS o FROM near GROUP BY item_id, word),
        counts AS (SELECT item_id, word, count(*) AS c FROM others GROUP BY item_id, word)"""
        )
    return (
        said
        + """near AS (SELECT DISTINCT item_id, sentence FROM hits),
        reached AS (SELECT item_id, count(*) AS r FROM near GROUP BY item_id),
        sizes AS (SELECT item_id, count(DISTINCT sentence) AS s FROM scoped GROUP BY item_id),
        nodes AS (SELECT item_id, r AS f FROM reached),
        together AS (SELECT item_id, word, count(DISTINCT sentence) AS o
          FROM others JOIN near USING (item_id, sentence) GROUP BY item_id, word),
        counts AS (SELECT item_id, word, count(DISTINCT sentence) AS c FROM others GROUP BY item_id, word)"""
    )


TOTALS = """,
  summed AS (SELECT word, sum(coalesce(o, 0))::BIGINT AS together, count(o) AS range, sum(c)::BIGINT AS count
    FROM counts LEFT JOIN together USING (item_id, word)
    WHERE NOT list_contains($left_out, word) AND len(word) > 1 GROUP BY word HAVING together >= $least),
  whole AS (SELECT coalesce(sum(f), 0) AS all_nodes FROM nodes),
  pulls AS (SELECT word, coalesce(o, 0) / together - (coalesce(f, 0) + c) / (all_nodes + count) AS pull,
      coalesce(f, 0) / (all_nodes + count) AS base
    FROM summed JOIN counts USING (word) LEFT JOIN together USING (item_id, word)
    LEFT JOIN nodes USING (item_id), whole),
  squares AS (SELECT word, sum(pull ** 2 - base ** 2) AS extra FROM pulls GROUP BY word)
SELECT summed.*, extra FROM summed JOIN squares USING (word) ORDER BY word"""
"""Sums by word, and what the word's own items add to the squared pulls of the items that have the node."""

WHOLE = """SELECT (SELECT coalesce(sum(f), 0) FROM nodes)::BIGINT AS nodes, (SELECT count(*) FROM nodes) AS items,
  (SELECT coalesce(sum(f * f), 0) FROM nodes)::DOUBLE AS node_squares,
  (SELECT coalesce(sum(r), 0) FROM reached)::BIGINT AS reach, (SELECT coalesce(sum(s), 0) FROM sizes)::BIGINT AS size,
  (SELECT count(*) FROM sizes) AS all_items"""


def _half_width(found: pd.DataFrame, whole: pd.Series) -> np.ndarray:
    """Half the 95 % interval of log Dice, from the pull of every item on it (the delta method).

    NaN where fewer than ``FEWEST_ITEMS`` items have the node.
    """
    items = whole["all_items"]
    if whole["items"] < FEWEST_ITEMS:
        return np.full(len(found), np.nan)
    squares = found["extra"] + whole["node_squares"] / (whole["nodes"] + found["count"]) ** 2
    t = stats.t.ppf(0.975, whole["items"] - 1)
    return t * np.sqrt(squares.clip(lower=0) * items / (items - 1)) / np.log(2)


def links(
    out_dir: str | Path, node: str, words: list[str], part: Part, year_from: int, year_to: int, least: int = 2
) -> pd.DataFrame:
    """Which of ``words`` share a sentence with the node and each other: word, other, together (sentences)."""
    condition = f"{part.condition} AND {dates.in_scope(year_from, year_to)}"
    return tokens.query(
        out_dir,
        f"""WITH near AS MATERIALIZED (SELECT DISTINCT tokens.item_id, tokens.sentence, word
              FROM {SAID} JOIN ({places(node)}) AS node
              ON tokens.item_id = node.item_id AND tokens.sentence = node.sentence
              WHERE {condition} AND list_contains($words, word))
            SELECT one.word, two.word AS other, count(*) AS together FROM near AS one JOIN near AS two
              ON one.item_id = two.item_id AND one.sentence = two.sentence AND one.word < two.word
            GROUP BY ALL HAVING together >= $least ORDER BY ALL""",
        words=sorted(words),
        least=least,
    )
