"""Codings of a corpus, found again among the sentences that were read.

A corpus folder may hold ``codings/sentences.csv`` (the sentences as the coders saw them) with
``codings/polarity-*.csv`` and ``codings/stance-*.csv`` (their labels). The reader cuts sentences on
its own, so a coded sentence is found by its page and its words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import combinations
from pathlib import Path

import pandas as pd
from IPython.display import HTML

from cuttings import show, tables
from cuttings.corpus import Problem
from cuttings.errors import CuttingsError, nearest
from cuttings.text import straighten

COLUMNS = {
    "sentences": ["sentence_id", "item_id", "text"],
    "polarity": ["sentence_id", "coder", "polarity"],
    "stance": ["sentence_id", "target", "coder", "stance"],
    "coders": ["coder", "who"],
}
ALLOWED = {"polarity": ["-2", "-1", "0", "1", "2"], "stance": tables.STANCES}


def read(corpus_dir: str | Path, label: str) -> pd.DataFrame:
    """All codings of ``label`` (polarity or stance), a row each, with the coded sentence's page and text.

    Columns: those of the coding files, the coders' own ``item_id``, ``page_id`` and ``text``; no row
    where nothing is coded.
    Raises ``CuttingsError`` for a missing file or column, a label that is not allowed and a sentence
    that ``sentences.csv`` does not have.
    """
    folder = Path(corpus_dir) / "codings"
    files = sorted(folder.glob(f"{label}-*.csv"))
    if not files:
        return pd.DataFrame(columns=[*COLUMNS[label], "item_id", "page_id", "text"])
    sentences = _rows(folder / "sentences.csv", COLUMNS["sentences"])
    sentences = sentences[[c for c in [*COLUMNS["sentences"], "read_id"] if c in sentences.columns]]
    sentences["page_id"] = sentences["item_id"].str.rpartition("/")[0]
    coded = pd.concat(
        [_checked(path, label, set(sentences["sentence_id"])) for path in files], ignore_index=True
    )
    return coded.merge(sentences, on="sentence_id").astype({"polarity": int} if label == "polarity" else {})


def faults(corpus_dir: str | Path, targets: Collection[str]) -> list[Problem]:
    """Everything that is wrong with the codings of a corpus whose ``targets`` are known by these names."""
    folder, found = Path(corpus_dir) / "codings", []
    for label in ALLOWED:
        for path in sorted(folder.glob(f"{label}-*.csv")):
            try:
                known = set(_rows(folder / "sentences.csv", COLUMNS["sentences"])["sentence_id"])
                rows = _rows(path, COLUMNS[label])
            except CuttingsError as error:
                found.append(Problem(f"codings ({label})", 1, str(error)))
                continue
            found += _faults(path, rows, label, known)
            if label == "stance":
                found += [
                    Problem(path.name, n, f"unknown target {t!r}{nearest(t, targets)}")
                    for n, t in enumerate(rows["target"], 2)
                    if t not in targets
                ]
    return sorted(set(found), key=lambda p: (p.file, p.line, p.says))


def match(coded: pd.DataFrame, out_dir: str | Path) -> pd.DataFrame:
    """``coded`` (as ``read`` gives it) with ``read_id``, the sentence that was read; empty if not found.

    Sentences are the same when page and words are: quote marks, spacing and punctuation are not
    looked at. A sentence that a page has twice is found in order. The codings of a share, which has
    no words, name what was read themselves.
    """
    if "read_id" in coded.columns:
        return coded
    sentences = tables.query(
        out_dir,
        "SELECT sentence_id, page_id, sentences.text FROM sentences JOIN items USING (item_id) "
        "ORDER BY page_id, items.position, sentences.position",
    )
    read_keys = _keys(sentences).rename(columns={"sentence_id": "read_id"})
    keys = _keys(coded.drop_duplicates("sentence_id"))
    found = keys.merge(read_keys, on=["page", "words", "nth"], how="left")[["sentence_id", "read_id"]]
    return coded.merge(found, on="sentence_id", how="left").fillna({"read_id": ""})


def between_coders(coded: pd.DataFrame, label: str) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Each two coders with what both coded: a frame with item_id and the labels ``first`` and ``second``."""
    what = [c for c in ("sentence_id", "target", "item_id") if c in coded.columns]
    for one, other in combinations(sorted(coded["coder"].unique()), 2):
        sides = [coded.loc[coded["coder"] == coder, [*what, label]] for coder in (one, other)]
        both = (
            sides[0]
            .rename(columns={label: "first"})
            .merge(sides[1].rename(columns={label: "second"}), on=what)
        )
        if len(both):
            yield one, other, both


def devices(corpus_dir: str | Path) -> pd.DataFrame:
    """The rhetorical devices of the coded sentences: columns ``sentence_id`` and ``devices``.

    Devices of one sentence are separated by spaces; no row where the corpus has no such column.
    """
    path = Path(corpus_dir) / "codings" / "sentences.csv"
    columns = ["sentence_id", "devices"]
    rows = _rows(path, COLUMNS["sentences"]) if path.exists() else pd.DataFrame()
    return rows[columns] if "devices" in rows.columns else pd.DataFrame(columns=columns, dtype=object)


def coders(corpus_dir: str | Path) -> pd.DataFrame:
    """Who coded, from the optional ``codings/coders.csv``: columns ``coder`` and ``who``.

    Raises ``CuttingsError`` for a file without these columns.
    """
    path = Path(corpus_dir) / "codings" / "coders.csv"
    return (
        _rows(path, COLUMNS["coders"])[COLUMNS["coders"]]
        if path.exists()
        else pd.DataFrame(columns=COLUMNS["coders"])
    )


def who_coded(corpus_dir: str | Path) -> HTML | None:
    """``coders`` as a table to show; nothing where the corpus does not say who coded."""
    known = coders(corpus_dir)
    return show.table(known, "Who coded") if len(known) else None


def names(corpus_dir: str | Path, label: str) -> set[str]:
    """The coders of ``label`` (polarity or stance)."""
    return set(read(corpus_dir, label)["coder"])


def coverage(matched: pd.DataFrame, unit: str, unknown: str) -> str:
    """One sentence on ``matched`` (as ``match`` gives it): how many codings reading found again."""
    if matched.empty:
        return f"No {unit} of this corpus have been coded, so {unknown} on it is not known."
    found = int((matched["read_id"] != "").sum())
    coders = matched["coder"].nunique()
    return (
        f"{found:,} of {len(matched):,} coded {unit} ({found / len(matched):.0%}), "
        f"by {coders} coder{'s' if coders != 1 else ''}, were found again among the sentences as read."
    )


def words_of(text: str) -> str:
    """The words of a text in lower case with one space between, for comparing."""
    return " ".join(re.findall(r"[^\W_]+", straighten(text).casefold()))


def _keys(sentences: pd.DataFrame) -> pd.DataFrame:
    keys = pd.DataFrame(
        {
            "sentence_id": sentences["sentence_id"],
            "page": sentences["page_id"].str.removeprefix("pages/"),
            "words": sentences["text"].map(words_of),
        }
    ).astype(object)
    keys["nth"] = keys.groupby(["page", "words"]).cumcount()
    return keys


def _rows(path: Path, columns: list[str]) -> pd.DataFrame:
    if not path.exists():
        raise CuttingsError(f"{path} is missing; the codings beside it name their sentences by it")
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    if missing := [c for c in columns if c not in rows.columns]:
        raise CuttingsError(
            f"{path.name}:1: column {missing[0]!r} is missing; needed are {', '.join(columns)}"
        )
    return rows


def _checked(path: Path, label: str, known: set[str]) -> pd.DataFrame:
    rows = _rows(path, COLUMNS[label])[COLUMNS[label]]
    for problem in _faults(path, rows, label, known):
        raise CuttingsError(str(problem))
    return rows


def _faults(path: Path, rows: pd.DataFrame, label: str, known: set[str]) -> Iterator[Problem]:
    for number, row in enumerate(rows.to_dict("records"), 2):
        if row[label] not in ALLOWED[label]:
            yield Problem(
                path.name, number, f"{label} {row[label]!r} is not one of {', '.join(ALLOWED[label])}"
            )
        if row["sentence_id"] not in known:
            yield Problem(path.name, number, f"sentence {row['sentence_id']!r} is not in sentences.csv")
