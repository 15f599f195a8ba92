"""What the reader found, set against the codings of a corpus whose truth is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from cuttings import codings, inference, shared, tables
from cuttings.corpus import Event, open_corpus
from cuttings.inference import Interval, share
from cuttings.load.coded import Coded, match_items
from cuttings.load.dates import infer
from cuttings.load.names import Person

COLUMNS = ["measure", *Interval.__dataclass_fields__, "meaning"]
BOTH = "items, F1"
OTHERS = "of others' sentences"
SAME_EXTENT = 0.95
"""Token F1 from which an item that was read has the extent of the coded one."""


@dataclass(frozen=True)
class Measure:
    """What was checked: an id, a cluster to resample and a value (1 for right) for each unit."""

    name: str
    meaning: str
    ids: Sequence[str]
    clusters: Sequence[str]
    values: Sequence[float]
    median: bool = False


def compare(corpus_dir: str | Path, out_dir: str | Path) -> pd.DataFrame:
    """How well the reader did, a row each: measure, interval, what counts as right.

    Columns: measure, those of ``inference.Interval``, meaning. What was checked, unit by unit, goes to
    the table ``reader_checks``. Both are empty where the corpus has no codings. Pages that the codings
    call duplicates are left out, but for the row on duplicates.
    """
    of_share = shared.stands(out_dir, "reader_checks")
    measures = (_shared if of_share else _measures)(Path(corpus_dir), out_dir)
    if not of_share:
        tables.write(out_dir, "reader_checks", [tables.frame("reader_checks", _checked(m)) for m in measures])
    rows = [{"measure": m.name, **vars(_interval(m)), "meaning": m.meaning} for m in measures]
    if measures:
        rows.insert(2, _f1(measures[0], measures[1]))
    return pd.DataFrame(rows, columns=COLUMNS)


def voices_read(corpus_dir: str | Path, out_dir: str | Path) -> str:
    """One sentence: how often a sentence of somebody else than the writer is given to its voice."""
    measured = compare(corpus_dir, out_dir).set_index("measure")
    if OTHERS not in measured.index or not measured.loc[OTHERS, "n"]:
        return "How often a sentence of a speaker or a document is given to the right voice is not known on this corpus."
    found = measured.loc[OTHERS]
    return (
        f"Of the coded sentences of speakers and documents, the reader gives {found['estimate']:.0%} to "
        f"the right voice (n = {found['n']:,}); see the comparison with codings in 01-load."
    )


def rows_of(measure: str) -> str:
    """The SQL that gives the units behind a measure."""
    names = ("items found", "items right") if measure == BOTH else (measure,)
    quoted = ", ".join("'" + n.replace("'", "''") + "'" for n in names)
    return f"SELECT * FROM reader_checks WHERE measure IN ({quoted})"


def _checked(measure: Measure) -> Iterator[dict]:
    for unit, cluster, value in zip(measure.ids, measure.clusters, measure.values, strict=True):
        yield {"measure": measure.name, "unit": str(unit), "cluster": str(cluster), "value": float(value)}


def _interval(measure: Measure) -> Interval:
    clusters, values = (
        pd.Series(list(measure.clusters), dtype=object),
        pd.Series(list(measure.values), dtype=float),
    )
    return inference.of(np.median, clusters, values) if measure.median else share(values, clusters)


def _f1(found: Measure, right: Measure) -> dict:
    """The harmonic mean of the share of coded items found and of read items that are right, over pages."""
    counts = pd.DataFrame(
        {"page": [*found.clusters, *right.clusters], "coded": [1] * len(found.ids) + [0] * len(right.ids)}
    )
    counts["right"] = [*found.values, *right.values]
    by_page = counts.assign(all=1).groupby("page")[["right", "all"]].sum()
    interval = inference.of(
        lambda r, n: float(r.sum() / n.sum()), by_page.index, by_page["right"], by_page["all"]
    )
    meaning = "harmonic mean of coded items found and read items that are right"
    return {"measure": BOTH, **vars(replace(interval, n=len(counts))), "meaning": meaning}


def _shared(corpus_dir: Path, out_dir: str | Path) -> list[Measure]:
    """The checks that came with a share, whose codings have no words to compare."""
    path = corpus_dir / "codings" / "reader.csv"
    if not path.exists():
        return []
    meanings = pd.read_csv(path).set_index("measure")["meaning"]
    checks = tables.query(out_dir, "SELECT * FROM reader_checks")
    return [
        Measure(n, meanings[n], part["unit"], part["cluster"], part["value"], median=n.endswith(", days"))
        for n, part in checks.groupby("measure", sort=False)
    ]


def _measures(corpus_dir: Path, out_dir: str | Path) -> list[Measure]:
    if not (corpus_dir / "codings" / "items.csv").exists():
        return []
    coded = Coded(corpus_dir / "codings")
    read = tables.query(out_dir, "SELECT * FROM items")
    pairs = match_items(coded.items, read)
    return [
        *_items(coded, pairs, read),
        *_lines(coded, out_dir),
        *_speech(coded, out_dir),
        *_voices(coded, pairs, out_dir),
        *_dates(pairs),
        *_implied(coded, read, open_corpus(corpus_dir).events),
        _duplicates(coded, out_dir),
    ]


def _items(coded: Coded, pairs: pd.DataFrame, read: pd.DataFrame) -> list[Measure]:
    right = pairs["f1"] >= SAME_EXTENT
    read = read[read["page_id"].isin(coded.items["page_id"])]
    ids, pages = pairs["item_id"], pairs["page_id"]
    is_right = (
        read["item_id"].isin(pairs.loc[right, "read_item_id"]) if right.any() else read["item_id"] == ""
    )
    same_genre = pairs["genre"] == pairs.get("read_genre", "")
    return [
        Measure("items found", "coded items read with the right extent", ids, pages, right),
        Measure(
            "items right",
            "items read that are coded, with the right extent",
            read["item_id"],
            read["page_id"],
            is_right,
        ),
        Measure("genre", "coded items given their genre", ids, pages, same_genre),
    ]


def _lines(coded: Coded, out_dir: str | Path) -> list[Measure]:
    """Lines removed and lines kept as they should be, on text pages (HTML has no lines of its own)."""
    removed = _line_set(tables.query(out_dir, "SELECT page_id, line_from, line_to FROM removed"))
    off, text = sorted(_line_set(coded.furniture)), sorted(_line_set(coded.items))
    off, text = ([x for x in part if x[0].endswith(".txt")] for part in (off, text))
    named = lambda part: ([f"{page}:{n}" for page, n in part], [page for page, _ in part])  # noqa: E731
    says = "coded lines of furniture, headline or signature taken off"
    return [
        Measure("furniture removed", says, *named(off), [x in removed for x in off]),
        Measure("text kept", "coded lines of items kept", *named(text), [x not in removed for x in text]),
    ]


def _line_set(spans: pd.DataFrame) -> set[tuple[str, int]]:
    return {(r.page_id, n) for r in spans.itertuples() for n in range(int(r.line_from), int(r.line_to) + 1)}


def _speech(coded: Coded, out_dir: str | Path) -> list[Measure]:
    """Sentences with the right voice, over all sentences and over those that are not the writer's."""
    truth = coded.sentences.assign(page_id=coded.sentences["item_id"].str.rpartition("/")[0])
    matched = codings.match(truth[["sentence_id", "item_id", "voice_id", "text", "page_id"]], out_dir)
    read = tables.query(
        out_dir,
        "SELECT sentence_id AS read_id, kind, name, role, organisation, item_id AS read_item "
        "FROM sentences JOIN voices USING (item_id, voice_id)",
    )
    both = matched.merge(read, on="read_id", how="left")
    known = coded.voices.loc[both["voice_id"]].reset_index(drop=True)
    right = pd.Series([same_voice(t, r) for t, r in zip(known.itertuples(), both.itertuples(), strict=True)])
    other = (known["kind"] != "writer").to_numpy()
    ids, items = both["sentence_id"], both["item_id"]
    says = "coded sentences of speakers and documents given to the right voice"
    return [
        Measure("sentence boundaries", "coded sentences cut alike", ids, items, both["read_id"] != ""),
        Measure("sentence to voice", "coded sentences given to the right voice", ids, items, right),
        Measure(OTHERS, says, ids[other], items[other], right[other]),
    ]


def same_voice(truth, read) -> bool:
    """Whether a voice that was read (a row of ``voices``) is the coded one: kind, and surname or words of the role."""
    if pd.isna(read.kind):
        return False
    coded, found = (Person(v.name, v.role, v.organisation) for v in (truth, read))
    return same_person(truth.kind, coded, read.kind, found)


def same_person(kind: str, coded: Person, read_kind: str, read: Person) -> bool:
    """Whether two voices are the same: writers always, speakers by surname, others by a word in common."""
    if kind != read_kind or kind == "writer":
        return kind == read_kind
    if coded.name and read.name and kind == "speaker":
        return coded.name.split()[-1].lower() == read.name.split()[-1].lower()
    return bool(_content(coded) & _content(read))


def _content(person: Person) -> set[str]:
    words = re.findall(r"[a-z]{2,}", f"{person.name} {person.role} {person.organisation}".lower())
    return {w.rstrip("s") for w in words} - set(
        "the of in for and from at on to one an by with who former our my".split()
    )


def _voices(coded: Coded, pairs: pd.DataFrame, out_dir: str | Path) -> list[Measure]:
    """Voices other than the writer's: coded ones that were found, and found ones that are coded."""
    of_item = pairs[pairs["f1"] > 0].set_index("item_id")["read_item_id"]
    read = tables.query(
        out_dir,
        "SELECT * FROM voices WHERE kind <> 'writer' AND voice_id IN (SELECT voice_id FROM sentences)",
    )
    read = read[read["item_id"].isin(of_item)]
    truth = coded.voices[(coded.voices["kind"] != "writer") & coded.voices["item_id"].isin(of_item.index)]
    by_item = {item: list(part.itertuples()) for item, part in truth.groupby(truth["item_id"].map(of_item))}
    met = [[t for t in by_item.get(r.item_id, []) if same_voice(t, r)] for r in read.itertuples()]
    known = {t.Index for matches in met for t in matches}
    found = "coded speakers and documents that were found"
    right = "speakers and documents read that are coded"
    return [
        Measure("voices found", found, truth.index, truth["item_id"], truth.index.isin(known)),
        Measure("voices right", right, read["voice_id"], read["item_id"], [bool(m) for m in met]),
    ]


def _dates(pairs: pd.DataFrame) -> list[Measure]:
    found = pairs[pairs["f1"] > 0]
    ids, pages = found["item_id"], found["page_id"]
    truth = pd.to_datetime(found["date"])
    low, high = pd.to_datetime(found["read_date_earliest"]), pd.to_datetime(found["read_date_latest"])
    exact = found["read_date_basis"].isin(["stated", "url"])
    inferred = found["read_date_basis"] == "inferred"
    holds = (low <= truth) & (truth <= high)
    days = (high - low).dt.days[inferred] + 1
    return [
        Measure(
            "dates stated",
            "items dated by the page or its address, and right",
            ids[exact],
            pages[exact],
            holds[exact],
        ),
        Measure(
            "dates inferred",
            "inferred intervals that hold the true day",
            ids[inferred],
            pages[inferred],
            holds[inferred],
        ),
        Measure(
            "inferred, days",
            "median length of an inferred interval, days",
            ids[inferred],
            pages[inferred],
            days,
            median=True,
        ),
        Measure("dated", "items that have a date at all", ids, pages, found["read_date"] != ""),
    ]


def _implied(coded: Coded, read: pd.DataFrame, events: Sequence[Event]) -> list[Measure]:
    """Pages that only imply their date, dated from their text alone, whatever the catalogue states."""
    pages = coded.pages[(coded.pages["date_basis"] == "implied") & (coded.pages["duplicate_of"] == "")]
    texts = read[read["genre"] != "comment"].groupby("page_id")["text"].agg("\n\n".join)
    true = dict(zip(pages["page_id"], pd.to_datetime(pages["date"]).dt.date, strict=True))
    dated = {page: infer(texts.get(page, ""), events).dated for page in true}
    found = [page for page, d in dated.items() if d]
    holds = [dated[p].earliest <= true[p] <= dated[p].latest for p in found]
    bounded = "pages that only imply their date, bounded by inference"
    length = "median length of these intervals, days"
    return [
        Measure("implied, dated", bounded, list(true), list(true), [d is not None for d in dated.values()]),
        Measure("implied, right", "of these, intervals that hold the true day", found, found, holds),
        Measure("implied, days", length, found, found, [dated[p].days for p in found], median=True),
    ]


def _duplicates(coded: Coded, out_dir: str | Path) -> Measure:
    read = tables.query(out_dir, "SELECT page_id, duplicate_of FROM pages WHERE duplicate_of <> ''")
    found = {frozenset(pair) for pair in zip(read["page_id"], read["duplicate_of"], strict=True)}
    truth = coded.pages[coded.pages["duplicate_of"] != ""]
    pages = truth["page_id"]
    right = [frozenset(pair) in found for pair in zip(pages, truth["duplicate_of"], strict=True)]
    return Measure("duplicates", "coded pairs of pages found to be the same text", pages, pages, right)
