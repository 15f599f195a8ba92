"""What the reader found, set against the codings of a corpus whose truth is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from cuttings import codings, inference, tables
from cuttings.corpus import Event, open_corpus
from cuttings.inference import Interval, share
from cuttings.load.dates import infer

COLUMNS = ["measure", *Interval.__dataclass_fields__, "meaning"]
SAME_EXTENT = 0.95
"""Token F1 from which an item that was read has the extent of the coded one."""


def compare(corpus_dir: str | Path, out_dir: str | Path) -> pd.DataFrame:
    """How well the reader did, a row each: measure, interval over items, what counts as right.

    Columns: measure, those of ``inference.Interval``, meaning. Empty where the corpus has no codings.
    Pages that the codings call duplicates are left out, but for the row on duplicates.
    """
    if not (Path(corpus_dir) / "codings" / "items.csv").exists():
        return pd.DataFrame(columns=COLUMNS)
    coded = Coded(Path(corpus_dir) / "codings")
    read = tables.query(out_dir, "SELECT * FROM items")
    pairs = match_items(coded.items, read)
    rows = [
        *_items(coded, pairs, read),
        *_lines(coded, out_dir),
        *_speech(coded, pairs, out_dir),
        *_voices(coded, pairs, out_dir),
        *_dates(pairs),
        *_implied(coded, read, open_corpus(corpus_dir).events),
        _duplicates(coded, out_dir),
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


class Coded:
    """The codings of a corpus as frames; ``items`` has each item's text as its sentences give it."""

    def __init__(self, folder: Path):
        def rows(name: str) -> pd.DataFrame:
            return pd.read_csv(folder / f"{name}.csv", keep_default_na=False)

        self.pages = rows("pages")
        originals = set(self.pages.loc[self.pages["duplicate_of"] == "", "page_id"])
        items = rows("items")
        self.items = items[items["page_id"].isin(originals)].reset_index(drop=True)
        self.sentences = rows("sentences").query("item_id in @self.items.item_id")
        self.voices = rows("voices").set_index("voice_id")
        furniture = rows("furniture")
        self.furniture = furniture[furniture["page_id"].isin(originals)]
        self.items["text"] = self.items["item_id"].map(_texts(self.sentences))


def _texts(sentences: pd.DataFrame) -> dict[str, str]:
    """Each item's text, rebuilt from its sentences."""
    out: dict[str, str] = {}
    last: dict[str, int] = {}
    for s in sentences.itertuples():
        gap = "" if s.item_id not in out else " " if last[s.item_id] == s.paragraph else "\n\n"
        out[s.item_id] = out.get(s.item_id, "") + gap + s.text
        last[s.item_id] = s.paragraph
    return out


def token_f1(a: str, b: str) -> float:
    """Harmonic mean of precision and recall over the word tokens of two texts, 0 to 1."""
    x, y = Counter(re.findall(r"\w+", a.lower())), Counter(re.findall(r"\w+", b.lower()))
    shared = sum((x & y).values())
    return 2 * shared / (sum(x.values()) + sum(y.values())) if shared else 0.0


def match_items(coded: pd.DataFrame, read: pd.DataFrame) -> pd.DataFrame:
    """Each coded item with the most alike item read on its page: ``read_*`` columns and ``f1``.

    An item that was read is matched once; a coded item without a match has ``f1`` 0.
    """
    by_page = {page: part.to_dict("records") for page, part in read.groupby("page_id")}
    out = []
    for page, part in coded.groupby("page_id", sort=True):
        found = by_page.get(page, [])
        scores = [
            (token_f1(c["text"], r["text"]), i, j)
            for i, c in enumerate(part.to_dict("records"))
            for j, r in enumerate(found)
        ]
        taken: dict[int, tuple[float, int]] = {}
        for f1, i, j in sorted(scores, key=lambda s: (-s[0], s[1], s[2])):
            if i not in taken and j not in {other for _, other in taken.values()}:
                taken[i] = (f1, j)
        for i, c in enumerate(part.to_dict("records")):
            f1, j = taken.get(i, (0.0, -1))
            match = {f"read_{k}": v for k, v in found[j].items()} if j >= 0 else {}
            out.append({**c, **match, "f1": f1})
    return pd.DataFrame(out)


def _row(measure: str, interval: Interval, meaning: str) -> dict:
    return {
        "measure": measure,
        **vars(interval),
        "meaning": meaning,
    }


def _items(coded: Coded, pairs: pd.DataFrame, read: pd.DataFrame) -> list[dict]:
    right = pairs["f1"] >= SAME_EXTENT
    by_page = pd.DataFrame(
        {"right": right.groupby(pairs["page_id"]).sum(), "coded": pairs["page_id"].value_counts()}
    )
    by_page["read"] = read["page_id"].value_counts().reindex(by_page.index, fill_value=0)
    f1 = inference.of(_f1, by_page.index, by_page["right"], by_page["coded"], by_page["read"])
    same_genre = pairs["genre"] == pairs["read_genre"]
    return [
        _row("items found", share(right, pairs["page_id"]), "coded items read with the right extent"),
        _row("items, F1", replace(f1, n=len(pairs)), "harmonic mean of items found and items rightly read"),
        _row("genre", share(same_genre, pairs["page_id"]), "coded items given their genre"),
    ]


def _f1(right: np.ndarray, coded: np.ndarray, read: np.ndarray) -> float:
    return float(2 * right.sum() / (coded.sum() + read.sum()))


def _lines(coded: Coded, out_dir: str | Path) -> list[dict]:
    """Lines removed and lines kept as they should be, on text pages (HTML has no lines of its own)."""
    removed = _line_set(tables.query(out_dir, "SELECT page_id, line_from, line_to FROM removed"))
    off, text = sorted(_line_set(coded.furniture)), sorted(_line_set(coded.items))
    off, text = ([x for x in part if x[0].endswith(".txt")] for part in (off, text))
    pages = [pd.Series([page for page, _ in part], dtype=object) for part in (off, text)]
    taken = pd.Series([x in removed for x in off], dtype=bool)
    kept = pd.Series([x not in removed for x in text], dtype=bool)
    return [
        _row(
            "furniture removed",
            share(taken, pages[0]),
            "coded lines of furniture, headline or signature taken off",
        ),
        _row("text kept", share(kept, pages[1]), "coded lines of items kept"),
    ]


def _line_set(spans: pd.DataFrame) -> set[tuple[str, int]]:
    return {(r.page_id, n) for r in spans.itertuples() for n in range(int(r.line_from), int(r.line_to) + 1)}


def _speech(coded: Coded, pairs: pd.DataFrame, out_dir: str | Path) -> list[dict]:
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
    both["right"] = [_same_voice(t, r) for t, r in zip(known.itertuples(), both.itertuples(), strict=True)]
    others = both[(known["kind"] != "writer").to_numpy()]
    return [
        _row(
            "sentence boundaries", share(both["read_id"] != "", both["item_id"]), "coded sentences cut alike"
        ),
        _row(
            "sentence to voice",
            share(both["right"], both["item_id"]),
            "coded sentences given to the right voice",
        ),
        _row(
            "of others' sentences",
            share(others["right"], others["item_id"]),
            "the same, of sentences that are not the writer's",
        ),
    ]


def _same_voice(truth, read) -> bool:
    """Whether a voice that was read is the coded one: kind, and surname or words of the role."""
    if pd.isna(read.kind) or truth.kind != read.kind:
        return False
    if truth.kind == "writer":
        return True
    if truth.name and read.name and truth.kind == "speaker":
        return truth.name.split()[-1].lower() == read.name.split()[-1].lower()
    return bool(_content(truth) & _content(read))


def _content(voice) -> set[str]:
    words = re.findall(r"[a-z]{2,}", f"{voice.name} {voice.role} {voice.organisation}".lower())
    return {w.rstrip("s") for w in words} - set(
        "the of in for and from at on to one an by with who former our my".split()
    )


def _dates(pairs: pd.DataFrame) -> list[dict]:
    found = pairs[pairs["f1"] > 0]
    truth = pd.to_datetime(found["date"])
    low, high = pd.to_datetime(found["read_date_earliest"]), pd.to_datetime(found["read_date_latest"])
    exact = found["read_date_basis"].isin(["stated", "url"])
    inferred = found["read_date_basis"] == "inferred"
    holds = (low <= truth) & (truth <= high)
    days = (high - low).dt.days[inferred] + 1
    median = inference.of(np.median, found["page_id"][inferred], days)
    return [
        _row(
            "dates stated",
            share(holds[exact], found["page_id"][exact]),
            "stated or in the address, and right",
        ),
        _row(
            "dates inferred",
            share(holds[inferred], found["page_id"][inferred]),
            "inferred intervals that hold the true day",
        ),
        _row("inferred, days", median, "median length of an inferred interval"),
        _row("dated", share(found["read_date"] != "", found["page_id"]), "items that have a date at all"),
    ]


def _implied(coded: Coded, read: pd.DataFrame, events: Sequence[Event]) -> list[dict]:
    """Pages that only imply their date, dated from their text alone, whatever the catalogue states."""
    pages = coded.pages[(coded.pages["date_basis"] == "implied") & (coded.pages["duplicate_of"] == "")]
    texts = read[read["genre"] != "comment"].groupby("page_id")["text"].agg("\n\n".join)
    dated = [infer(texts.get(page, ""), events).dated for page in pages["page_id"]]
    found = pd.Series([d is not None for d in dated], index=pages.index)
    true = pd.to_datetime(pages["date"]).dt.date
    holds = pd.Series(
        [d is not None and d.earliest <= t <= d.latest for d, t in zip(dated, true, strict=True)], found.index
    )
    days = pd.Series([d.days for d in dated if d is not None])
    return [
        _row(
            "implied, dated",
            share(found, pages["page_id"]),
            "pages that only imply their date, bounded by inference",
        ),
        _row(
            "implied, right",
            share(holds[found], pages["page_id"][found]),
            "of these, intervals that hold the true day",
        ),
        _row(
            "implied, days",
            inference.of(np.median, pages["page_id"][found], days),
            "median length of these intervals",
        ),
    ]


def _voices(coded: Coded, pairs: pd.DataFrame, out_dir: str | Path) -> list[dict]:
    """Voices other than the writer's: coded ones that were found, and found ones that are coded."""
    of_item = pairs[pairs["f1"] > 0].set_index("item_id")["read_item_id"]
    read = tables.query(out_dir, "SELECT * FROM voices WHERE kind <> 'writer'")
    read = read[read["item_id"].isin(of_item)]
    truth = coded.voices[(coded.voices["kind"] != "writer") & coded.voices["item_id"].isin(of_item.index)]
    truth = truth.assign(read_item=truth["item_id"].map(of_item))
    met = [
        [t for t in truth[truth["read_item"] == r.item_id].itertuples() if _same_voice(t, r)]
        for r in read.itertuples()
    ]
    known = {t.Index for matches in met for t in matches}
    return [
        _row(
            "voices found",
            share(truth.index.isin(known), truth["item_id"]),
            "coded speakers and documents that were found",
        ),
        _row(
            "voices right",
            share(np.array([bool(m) for m in met]), read["item_id"]),
            "speakers and documents read that are coded",
        ),
    ]


def _duplicates(coded: Coded, out_dir: str | Path) -> dict:
    read = tables.query(out_dir, "SELECT page_id, duplicate_of FROM pages").set_index("page_id")[
        "duplicate_of"
    ]
    truth = coded.pages[coded.pages["duplicate_of"] != ""]
    pair = lambda a, b: frozenset((a, b))  # noqa: E731
    found = {pair(a, b) for a, b in read.items() if b}
    right = pd.Series(
        [pair(a, b) in found for a, b in zip(truth["page_id"], truth["duplicate_of"], strict=True)],
        dtype=bool,
    )
    return _row(
        "duplicates", share(right, truth["page_id"]), "coded pairs of pages found to be the same text"
    )
