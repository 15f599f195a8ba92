"""What is wrong with a corpus folder: in its catalogue, targets and events, and on its pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cuttings import codings, progress
from cuttings.corpus import Problem, inspect
from cuttings.errors import CuttingsError
from cuttings.load import read_page
from cuttings.load.formats import read_file


@dataclass(frozen=True)
class Checked:
    """``problems`` are for the user to mend; ``mended`` is what reading mends by itself."""

    n_files: int
    problems: tuple[Problem, ...]
    mended: tuple[Problem, ...]


def check(folder: str | Path) -> Checked:
    """Everything that is wrong with the corpus in ``folder``, its own files first, then its pages.

    Pages are read as a run would read them, so what is listed is what ``pages.problem`` will say.
    Raises ``CuttingsError`` where there is no folder or no page in it.
    """
    corpus, problems = inspect(folder)
    problems += _codings(folder)
    mended = []
    for path in progress.bar(corpus.pages, desc="Checking pages", unit="file"):
        for raw in read_file(path, corpus.page_id(path), corpus.columns):
            says = read_page(raw, corpus.entry(raw.page_id), corpus.events).page["problem"]
            if says:
                (mended if says == raw.mended else problems).append(Problem(raw.page_id, 1, says))
    return Checked(len(corpus.pages), tuple(problems), tuple(mended))


def _codings(folder: str | Path) -> list[Problem]:
    found = []
    for label in ("polarity", "stance"):
        try:
            codings.read(folder, label)
        except CuttingsError as error:
            found.append(Problem(f"codings ({label})", 1, str(error)))
    return found
