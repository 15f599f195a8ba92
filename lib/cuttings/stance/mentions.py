"""Which targets a sentence mentions, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cuttings.corpus import Target

Span = tuple[int, int]


@dataclass(frozen=True)
class Mention:
    """``start`` and ``end`` are character offsets in the text searched.

    ``words`` are what stands there; ``stands_for`` is the name that it was led back to, if it is
    not a name itself.
    """

    target: str
    start: int
    end: int
    words: str = ""
    stands_for: str = ""


def alias_pattern(alias: str) -> re.Pattern:
    """An alias as whole words, with its plural and possessive; capitals match capitals only.

    Spaces match hyphens and the other way round; apostrophes match straight and curly ones.
    """
    words = [re.escape(word) for word in re.split(r"[\s-]+", alias.strip())]
    body = r"[\s-]+".join(words).replace("'", "['’]")
    plural = r"(?:y|ies)" if body.endswith("y") else r"(?:e?s)?"
    body = body.removesuffix("y") if body.endswith("y") else body
    capitals = any(c.isupper() for c in alias) and not any(c.islower() for c in alias)
    return re.compile(rf"(?<![\w/]){body}{plural}(?:['’]s?)?(?![\w/])", 0 if capitals else re.IGNORECASE)


class Mentions:
    """Finds the targets of a corpus in text."""

    def __init__(self, targets: Iterable[Target]):
        self.patterns = {t.name: [alias_pattern(alias) for alias in t.aliases] for t in targets}

    def all(self, text: str) -> list[Mention]:
        """Every mention in order; of mentions inside one another only the longest counts."""
        found = [
            Mention(name, *match.span(), match[0])
            for name, options in self.patterns.items()
            for pattern in options
            for match in pattern.finditer(text)
        ]
        found.sort(key=lambda m: (m.start - m.end, m.start, m.target))
        kept: list[Mention] = []
        for mention in found:
            if not any(_inside(mention, longer) for longer in kept):
                kept.append(mention)
        return sorted(kept, key=lambda m: (m.start, -m.end, m.target))

    def first(self, text: str) -> list[Mention]:
        """The first mention of each target that the text names, in order."""
        first: dict[str, Mention] = {}
        for mention in self.all(text):
            first.setdefault(mention.target, mention)
        return list(first.values())


def _inside(mention: Mention, longer: Mention) -> bool:
    return longer.start <= mention.start and mention.end <= longer.end and mention != longer
