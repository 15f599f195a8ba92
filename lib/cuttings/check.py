"""What is wrong with a corpus folder: in its catalogue, targets and events, and on its pages."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cuttings import codings, progress
from cuttings.corpus import Corpus, Problem, inspect
from cuttings.load import read_page
from cuttings.load.formats import read_file
from cuttings.stance.uncovered import Uncovered, survey


@dataclass(frozen=True)
class Checked:
    """``problems`` are for the user to mend; ``mended`` is what reading mends by itself.

    ``hints`` are about the targets of a corpus that states its own: names that no item uses, and
    phrases that many items use and no target covers.
    """

    n_files: int
    problems: tuple[Problem, ...]
    mended: tuple[Problem, ...]
    hints: tuple[str, ...] = ()


def check(folder: str | Path) -> Checked:
    """Everything that is wrong with the corpus in ``folder``, its own files first, then its pages.

    Pages are read as a run would read them, so what is listed is what ``pages.problem`` will say.
    Raises ``CuttingsError`` where there is no folder or no page in it.
    """
    corpus, problems = inspect(folder)
    problems += codings.faults(folder, {t.name for t in corpus.targets})
    mended: list[Problem] = []
    texts = _texts(corpus, problems, mended)
    hints = _hints(survey(texts, corpus.targets)) if (corpus.root / "targets.toml").exists() else ()
    deque(texts, maxlen=0)
    return Checked(len(corpus.pages), tuple(problems), tuple(mended), hints)


def _texts(corpus: Corpus, problems: list[Problem], mended: list[Problem]) -> Iterator[str]:
    """The texts of all items, page after page; what is wrong with a page is noted on the way."""
    for path in progress.bar(corpus.pages, desc="Checking pages", unit="file"):
        for raw in read_file(path, corpus.page_id(path), corpus.columns):
            read = read_page(raw, corpus.entry(raw.page_id), corpus.events)
            if says := read.page["problem"]:
                (mended if says == raw.mended else problems).append(Problem(raw.page_id, 1, says))
            yield from (item["text"] for item in read.items)


def _hints(found: Uncovered) -> tuple[str, ...]:
    unused = [f"targets.toml: no item uses {alias!r} ({target})" for target, alias in found.unmatched]
    wanted = [
        f"targets.toml: {n:,} items use {phrase!r}, which no target names" for phrase, n in found.suggested
    ]
    return (*unused, *wanted)
