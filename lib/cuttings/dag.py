"""Which notebook needs which: a notebook needs the notebooks of the steps that it imports.

``05-timeline`` says ``from cuttings import sentiment, stance``, so it needs ``03-sentiment`` and
``04-stance``: what is imported cannot be forgotten as a list kept by hand would be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from cuttings import sources


def needs(code: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """For each notebook by name (``03-sentiment``) those that it needs, from the code of its cells.

    A notebook that is numbered later is never needed, so that there are no circles.
    """
    return {
        name: tuple(other for other in code if other < name and _step(other) in _steps(source))
        for name, source in code.items()
    }


def with_needed(names: Iterable[str], needed: Mapping[str, Iterable[str]]) -> set[str]:
    """``names`` and all that they need, directly or not."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += needed[name]
    return found


def chains(needed: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Every chain of notebooks, each needing the one before it, that nothing lengthens."""
    last = needed.keys() - {n for others in needed.values() for n in others}
    waiting = [(name,) for name in sorted(last)]
    while waiting:
        chain = waiting.pop()
        waiting += [(before, *chain) for before in needed[chain[0]]]
        if not needed[chain[0]]:
            yield chain


def _step(name: str) -> str:
    return re.sub(r"^\d+-", "", name)


def _steps(source: str) -> set[str]:
    try:
        names = sources.imported(source)
    except SyntaxError:
        return set()
    return {name.split(".")[1] for name in names if name.startswith("cuttings.")}
