"""Which words a report may pass on: those of pages whose ``rights`` say so, and no others.

A report is made to be sent to people, so the words of any other page are taken out of it, wherever
a notebook's output shows a run of them; item, date, voice and scores stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from pathlib import Path

import lxml.html

from cuttings import tables
from cuttings.rights import allowed

RUN = 8
"""Words in a row from which a text is a quotation of a page and not a turn of phrase or a name."""
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def closed_runs(run_dir: str | Path, shown: Iterable[str]) -> set[tuple[str, ...]]:
    """The runs of ``RUN`` words of the texts ``shown`` that stand in a page whose rights do not allow it.

    The corpus is read in batches, so that memory holds the runs of what is shown and not those of the corpus.
    """
    wanted = {run for text in shown for run in _runs(_words(text))}
    pages = tables.query(run_dir, "SELECT DISTINCT page_id, rights FROM pages")
    closed = {p.page_id for p in pages.itertuples() if not allowed(p.rights)}
    if not wanted or not closed:
        return set()
    return {run for text in _texts(run_dir, closed) for run in _runs(_words(text)) if run in wanted}


def withhold(tree: lxml.html.HtmlElement, closed: Set[tuple[str, ...]]) -> None:
    """Put an ellipsis for every run of ``closed`` in the texts of ``tree``.

    A run may go over several elements, as the two sides of a concordance do.
    """
    places = list(_text_places(tree))
    texts = [getattr(*place) for place in places]
    for place, before, after in zip(places, texts, _without(texts, closed), strict=True):
        if after != before:
            setattr(*place, after)


def withheld(text: str, closed: Set[tuple[str, ...]]) -> str:
    """``text`` with an ellipsis for every run of ``closed``."""
    return _without([text], closed)[0]


def _without(texts: list[str], closed: Set[tuple[str, ...]]) -> list[str]:
    """``texts``, which follow on one another, without the words of the runs of ``closed``."""
    if not closed:
        return texts
    spans = [(n, m.start(), m.end()) for n, text in enumerate(texts) for m in WORD.finditer(text)]
    words = [_plain(texts[n][start:end]) for n, start, end in spans]
    hit = {at + k for at, run in enumerate(_runs(words)) if run in closed for k in range(RUN)}
    cuts: dict[int, list[tuple[int, int]]] = {}
    for place in sorted(hit):
        number, start, end = spans[place]
        cuts.setdefault(number, []).append((start, end))
    return [_cut(text, cuts.get(number, [])) for number, text in enumerate(texts)]


def _texts(run_dir: str | Path, closed: set[str]) -> Iterator[str]:
    for name in ("items", "removed"):
        if tables.table_path(run_dir, name).exists():
            for batch in tables.batches(run_dir, name, ["page_id", "text"]):
                yield from (t for p, t in zip(batch["page_id"], batch["text"], strict=True) if p in closed)


def _text_places(tree: lxml.html.HtmlElement) -> Iterator[tuple[lxml.html.HtmlElement, str]]:
    """Every text of a tree in reading order: the element and the attribute that hold it."""
    if tree.text:
        yield tree, "text"
    for child in tree:
        yield from _text_places(child)
        if child.tail:
            yield child, "tail"


def _cut(text: str, cuts: list[tuple[int, int]]) -> str:
    """``text`` with one ellipsis for each stretch of words in ``cuts`` that only marks part."""
    joined: list[list[int]] = []
    for start, end in cuts:
        if joined and not WORD.search(text[joined[-1][1] : start]):
            joined[-1][1] = end
        else:
            joined.append([start, end])
    for start, end in reversed(joined):
        text = f"{text[:start]}[…]{text[end:]}"
    return text


def _words(text: str) -> list[str]:
    return [_plain(word) for word in WORD.findall(text)]


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'")


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[k:] for k in range(RUN)), strict=False)
