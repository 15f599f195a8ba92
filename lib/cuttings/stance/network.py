"""The discourse network: which voices share which sides on which targets.

A voice here is someone named: a person, or else the body that speaks. Writers and speakers without a
name belong to no one and are left out. Leifeld (2017), "Discourse network analysis: policy debates as
dynamic networks", in *The Oxford Handbook of Political Networks*.
"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from cuttings import dates, tables
from cuttings.stance.compare import BALANCE, decided, statements
from cuttings.stance.scorers import FAVOURED

DNA = [
    "statement ID",
    "time",
    "document ID",
    "document title",
    "author",
    "source",
    "section",
    "type",
    "text",
    "person",
    "organization",
    "concept",
    "agreement",
]
"""The header of the event list that Discourse Network Analyzer 3 writes and its users exchange."""


def affiliations(
    corpus_dir: str | Path, out_dir: str | Path, year_from: int, year_to: int, scorer: str = FAVOURED
) -> pd.DataFrame:
    """Who took which side on what: a row for each named voice and target on which it is not left open.

    Columns: who, target, label, n (statements), n_for, n_against, balance (-1 to 1), in order of who
    and target. A person is the same throughout a corpus where the name is.
    """
    data = decided(statements(corpus_dir, out_dir, year_from, year_to, scorer))
    named = tables.query(
        out_dir,
        """SELECT sentence_id, coalesce(nullif(name, ''), nullif(organisation, '')) AS who
           FROM sentences JOIN voices USING (voice_id, item_id)
           WHERE coalesce(nullif(name, ''), nullif(organisation, '')) IS NOT NULL""",
    )
    both = data.assign(balance=data["verdict"].map(BALANCE).astype(float)).merge(named, on="sentence_id")
    groups = both.groupby(["who", "target", "label"], sort=True)
    found = groups.agg(
        n=("balance", "size"),
        n_for=("balance", lambda b: int((b > 0).sum())),
        n_against=("balance", lambda b: int((b < 0).sum())),
        balance=("balance", "mean"),
    )
    return found.reset_index()


def congruence(edges: pd.DataFrame) -> pd.DataFrame:
    """How far each two voices stand on the same sides: a row a pair that shares a target.

    ``edges`` is as ``affiliations`` gives it. Columns: one, other, agree and disagree (targets on which
    both take a side, the same or not), and ``congruence``: agree less disagree, over the mean number of
    targets on which the two take a side (Leifeld's subtract network, normalised by average
    activity), from -1 to 1. The most congruent come first.
    """
    sided = edges[edges["balance"] != 0]
    sides = {
        who: dict(zip(p["target"], np.sign(p["balance"]), strict=True)) for who, p in sided.groupby("who")
    }
    rows = []
    for one, other in combinations(sorted(sides), 2):
        shared = sides[one].keys() & sides[other].keys()
        if shared:
            agree = sum(sides[one][t] == sides[other][t] for t in shared)
            disagree = len(shared) - agree
            activity = (len(sides[one]) + len(sides[other])) / 2
            rows.append((one, other, agree, disagree, (agree - disagree) / activity))
    found = pd.DataFrame(rows, columns=["one", "other", "agree", "disagree", "congruence"])
    return found.sort_values(["congruence", "one", "other"], ascending=[False, True, True], ignore_index=True)


def dna(
    corpus_dir: str | Path, out_dir: str | Path, year_from: int, year_to: int, scorer: str = FAVOURED
) -> pd.DataFrame:
    """The statements that take a side, as the event list of Discourse Network Analyzer (``DNA``).

    A row is a statement of a named voice on a dated item; ``agreement`` is 1 for and 0 against. The
    time is the first day of the item's interval, as the format knows no intervals.
    """
    rows = tables.query(
        out_dir,
        f"""SELECT statement_id AS "statement ID", strftime(date_earliest, '%Y-%m-%d 00:00:00') AS time,
              items.item_id AS "document ID", items.title AS "document title",
              coalesce(nullif((SELECT min(name) FROM voices w WHERE w.item_id = items.item_id AND w.kind = 'writer'), ''), '') AS author,
              outlet AS source, '' AS section, genre AS type, sentences.text AS text, name AS person,
              organisation AS organization, target AS concept, stance
            FROM statements JOIN sentences USING (sentence_id, item_id, voice_id)
            JOIN voices USING (voice_id, item_id) JOIN items USING (item_id) JOIN pages USING (page_id)
            WHERE scorer = $scorer AND stance <> 'neutral' AND date <> '' AND name || organisation <> ''
              AND {dates.in_scope(year_from, year_to)} ORDER BY date_earliest, statement_id""",
        scorer=scorer,
    )
    clear = decided(statements(corpus_dir, out_dir, year_from, year_to, scorer))["statement_id"]
    rows = rows[rows["statement ID"].isin(set(clear))].reset_index(drop=True)
    rows["agreement"] = (rows["stance"].map(BALANCE) > 0).astype(int)
    return rows[DNA]


def write_dna(events: pd.DataFrame, path: str | Path) -> Path:
    """Write ``dna`` as the file that Discourse Network Analyzer and rDNA read.

    Fields are parted by semicolons and texts stand between double quotes, neither of which the format
    allows inside a text: they become commas and single quotes, as they do in the program itself.
    """
    plain = events.copy()
    for column in plain.columns.drop("agreement"):
        plain[column] = (
            plain[column].str.replace(";", ",").str.replace('"', "'").str.replace(r"\s+", " ", regex=True)
        )
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    plain.to_csv(target, sep=";", index=False, quoting=2, lineterminator="\n")
    return target
