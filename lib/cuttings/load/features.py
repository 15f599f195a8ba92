"""What a block of a page looks like, in numbers: its words, its place, its neighbours, its repetition.

The features are those that told text from furniture in Kohlschuetter et al. (2010), "Boilerplate
detection using shallow text features" (length, density, neighbours), with classes of words, cues and
the separators of a page of several contributions.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from cuttings.load import datewords
from cuttings.load.blocks import Block

MOST_CHARACTERS = 4000
"""Characters of a block that are looked at."""
LONG_PROSE = 20
FAR = 200
TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
ADDRESS = re.compile(r"https?://|www\.|\.(?:com|org|co\.uk|net)\b|\S@\S+\.\w")
END = re.compile(r"[.!?][\"'”’)]*(?=\s|$)")
SYMBOL = re.compile(r"[|»›·•→>]")
ENTRY = re.compile(r"(?:[+*o•-]|\d+[.)])\s")
TIME = re.compile(r"\b\d{1,2}:\d\d\b")
AGO = re.compile(r"\b(?:ago|yesterday|yrs?|hrs?)\b", re.IGNORECASE)
POST_NUMBER = re.compile(r"#\d+")
BY = re.compile(r"(?:written )?by\b", re.IGNORECASE)
REASONS = ("related", "prompt", "footer", "stamp", "navigation", "notice", "invitation", "share")
CLASSES = ("first", "second", "link", "forum", "consent", "legal", "author")
CUES = ("long", "separator", "header", "date", "consent", "author", *(f"is_{r}" for r in REASONS))
BESIDE = ("log_words", "ended", "prose", "link", "capitals", "reason", "gap", "header")
AROUND = {
    3: ("log_words", "ended", "capitals", "prose"),
    8: ("log_words", "ended", "capitals", "link", "prose", "topic", "forum", "reason", "first"),
    25: ("prose", "consent", "link"),
}


def features(blocks: Sequence[Block], reasons: Sequence[str], prose: Sequence[bool]) -> dict[str, np.ndarray]:
    """A value of each feature for each block.

    ``reasons`` are the groups of phrases that the blocks fall under, ``prose`` whether they read as
    running text.
    """
    rows = [_own(b) for b in blocks]
    out = {name: np.array([row[name] for row in rows], float) for name in rows[0] if name != "content"}
    out["prose"] = np.array(prose, float)
    out["reason"] = np.array([bool(r) for r in reasons], float)
    out |= {f"is_{name}": np.array([r == name for r in reasons], float) for name in REASONS}
    out |= _repetition(blocks, out)
    out |= _place(out, [row["content"] for row in rows])
    out["header"] = np.maximum.reduce([out["date"], out["time"], out["ago"], out["number"]])
    out["long"] = out["prose"] * (out["words"] > LONG_PROSE)
    out |= _page(out)
    out |= _distances(out)
    out |= _neighbours(out)
    return out


def densest(weights: Sequence[float]) -> tuple[int, int]:
    """The stretch with the greatest sum, as ``(start, end)``; the longest of equal ones."""
    best, total, start, found = 0, 0, 0, (0, 0)
    for i, weight in enumerate(weights):
        if total <= 0:
            total, start = 0, i
        total += weight
        if total >= best:
            best, found = total, (start, i + 1)
    return found


@cache
def _classes() -> dict[str, frozenset[str]]:
    table = tomllib.loads(Path(__file__).with_name("linewords.toml").read_text("utf-8"))
    return {name: frozenset(words.split()) for name, words in table.items()}


def _own(block: Block) -> dict:
    text = block.text[:MOST_CHARACTERS]
    tokens = TOKEN.findall(text)
    lowered = [t.lower().replace("’", "'") for t in tokens]
    most, short = max(len(tokens), 1), len(tokens) < 25
    classes = _classes()
    end = text.rstrip()
    has_digit = any(c.isdigit() for c in text)
    return {
        "content": [w for w in lowered if len(w) > 3 and w not in classes["function"]],
        "words": len(tokens),
        "log_words": np.log1p(len(tokens)),
        "ended": block.ended,
        "question": end.endswith("?"),
        "colon": end.endswith(":"),
        "dots": end.endswith(("...", "…")),
        "lower": text[:1].islower(),
        "bullet": block.bullet,
        "entry": bool(ENTRY.match(text)),
        "figure_first": text[:1].isdigit(),
        "gap": min(block.gap, 3),
        "indent": min(block.indent, 12),
        "capitals": sum(t[0].isupper() for t in tokens) / most,
        "figures": sum(t[0].isdigit() for t in tokens) / most,
        "function": sum(w in classes["function"] for w in lowered) / most,
        "length": len(text) / max(len(text.split()), 1),
        "addresses": min(len(ADDRESS.findall(text)), 3),
        "ends": len(END.findall(text)),
        "commas": text.count(",") / most,
        "quotes": any(c in text for c in '“”"'),
        "symbols": len(SYMBOL.findall(text)) / most,
        "date": short and has_digit and bool(datewords.find(text)),
        "time": short and has_digit and bool(TIME.search(text)),
        "ago": short and bool(AGO.search(text)),
        "number": short and bool(POST_NUMBER.search(text)),
        "by": short and bool(BY.match(text)),
    } | {name: sum(w in classes[name] for w in lowered) / most for name in CLASSES}


def _repetition(blocks: Sequence[Block], out: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """How often a block comes again, word for word and with other figures; lines that part contributions.

    A separator is a short line of which three or more stand on the page, with text between most of them.
    """
    plain = [re.sub(r"\W+", " ", b.text[:MOST_CHARACTERS].lower()).strip() for b in blocks]
    shape = [re.sub(r"\d+", "0", re.sub(r"[A-Z][a-z]+", "A", b.text[:60])) for b in blocks]
    figures = [re.sub(r"\d+", "0", p) for p in plain]
    copies, shapes = Counter(plain), Counter(shape)
    places: dict[str, list[int]] = {}
    for i, (line, words) in enumerate(zip(figures, out["words"], strict=True)):
        if line and words < 8:
            places.setdefault(line, []).append(i)
    text = np.concatenate([[0], np.cumsum(out["prose"])])
    separator = np.zeros(len(blocks))
    for found in places.values():
        between = [text[b] > text[a] for a, b in zip(found, found[1:], strict=False)]
        if len(found) >= 3 and sum(between) * 2 > len(between):
            separator[found] = 1
    return {
        "copies": np.array([min(copies[p], 9) for p in plain], float),
        "shapes": np.log1p([shapes[s] for s in shape]),
        "separator": separator,
    }


def _place(out: dict[str, np.ndarray], content: Sequence[Sequence[str]]) -> dict[str, np.ndarray]:
    """Where a block stands on the page and beside its densest stretch, and whether it shares its words."""
    words, i = out["words"], np.arange(len(content))
    total, before = max(words.sum(), 1), np.cumsum(words) - words
    start, end = densest(list(np.where(out["ended"] > 0, words, words - 12)))
    core = Counter(w for part in content[start:end] for w in part)
    topic = []
    for k, own in enumerate(content):
        mine = Counter(own) if start <= k < end else {}
        topic.append(sum(core[w] > mine.get(w, 0) for w in own) / max(len(own), 1))
    return {
        "topic": np.array(topic),
        "share_before": before / total,
        "share_after": 1 - (before + words) / total,
        "words_before": np.log1p(before),
        "words_after": np.log1p(np.maximum(total - before - words, 0)),
        "blocks_before": np.log1p(i),
        "blocks_after": np.log1p(i[::-1]),
        "in_stretch": ((i >= start) & (i < end)).astype(float),
        "from_stretch": np.clip(np.where(i < start, i - start, np.where(i >= end, i - end + 1, 0)), -60, 60),
        "stretch": np.full(len(i), words[start:end].sum() / total),
    }


def _page(out: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What the whole page looks like, the same for each of its blocks."""
    total = max(out["words"].sum(), 1)
    values = {
        "page_words": np.log1p(total),
        "page_prose": out["prose"].mean(),
        "page_first": (out["first"] * out["words"]).sum() / total,
        "page_forum": np.log1p((out["forum"] > 0.15).sum()),
    } | {
        f"page_{k}": np.log1p(out[k].sum())
        for k in ("separator", "date", "time", "ago", "number", "is_prompt")
    }
    return {name: np.full(len(out["words"]), value) for name, value in values.items()}


def _distances(out: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Blocks since the last and until the next block with each cue, as logarithms."""
    i = np.arange(len(out["words"]))
    result = {}
    for cue in CUES:
        here = out[cue] > (0.04 if cue in CLASSES else 0)
        last = np.maximum.accumulate(np.where(here, i, -FAR))
        following = np.minimum.accumulate(np.where(here, i, i[-1] + FAR)[::-1])[::-1]
        result[f"since_{cue}"] = np.log1p(np.minimum(i - last, FAR))
        result[f"until_{cue}"] = np.log1p(np.minimum(following - i, FAR))
    return result


def _neighbours(out: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The features of the blocks on either side, and means over wider stretches."""
    result = {}
    for name in BESIDE:
        padded = np.pad(out[name], 1)
        result[f"{name}-1"], result[f"{name}+1"] = padded[:-2], padded[2:]
    for width, names in AROUND.items():
        for name in names:
            before, after = _means(out[name], width)
            result[f"{name}<{width}"], result[f"{name}>{width}"] = before, after
    return result


def _means(values: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray]:
    """The mean over the ``width`` blocks before each block and over those after it."""
    sums, i = np.concatenate([[0], np.cumsum(values)]), np.arange(len(values))
    low, high = np.maximum(i - width, 0), np.minimum(i + width + 1, len(values))
    before = (sums[i] - sums[low]) / np.maximum(i - low, 1)
    return before, (sums[high] - sums[i + 1]) / np.maximum(high - i - 1, 1)
