"""Plain text that other tools made of HTML: the marks of Markdown (html2text, pandoc) and of lynx undone.

Scrapers seldom keep the HTML. Markdown writes a link as ``[words](address)``, a heading behind ``#`` and
stresses words by ``**`` and ``_``; lynx puts a number before each link and lists the addresses under *References*.
Lines keep their numbers.
"""

from __future__ import annotations

import re
from itertools import groupby

from cuttings.load.blocks import ASIDE

FEWEST_LINKS = 2
FEWEST_LISTED = 3
FEWEST_ENTRIES = 3
LONGEST = 2_000_000
"""Characters beyond which a text is no page, and is left as it is."""
LINK = re.compile(
    r"!?\[(?P<words>[^\[\]]{0,300})\](?:\((?P<address>[^()\s]{0,500}(?:\s\"[^\"\n]{0,200}\")?)\))"
)
IMAGE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()\s]{0,500}(?:\s\"[^\"\n]{0,200}\")?\)")
HEADING = re.compile(r"^(?P<marks>#{1,6})\s+(?P<words>.*?)\s*#*$")
STRESS = re.compile(r"(?P<mark>\*\*|(?<!\w)__)(?=\S)(?P<words>[^\n]{1,300}?)(?<=\S)(?P=mark)")
EMPHASIS = re.compile(
    r"(?<![\w*_])(?P<mark>[*_])(?=[^\s*_])(?P<words>[^*_\n]{1,300}?)(?<=\S)(?P=mark)(?![\w*_])"
)
ESCAPED = re.compile(r"\\([\\.\-*_#+!()\[\]])")
LISTED = re.compile(r"^\s*\d+\. (?:https?|ftp|file|mailto|javascript):\S*\s*$", re.MULTILINE)
NUMBER = re.compile(r"\[\d{1,4}\](?=\S)|(?<=\S)\[\d{1,4}\]|^#(?=\[\d)|\[\d{1,4}\]", re.MULTILINE)


def undo(text: str) -> tuple[list[str], dict[int, int]]:
    """The lines of a text without such marks, and the level of each line that Markdown marks as a heading."""
    if len(text) > LONGEST:
        return text.split("\n"), {}
    if len(LISTED.findall(text)) >= FEWEST_LISTED:
        text = NUMBER.sub("", text)
    if sum(1 for _ in zip(LINK.finditer(text), range(FEWEST_LINKS), strict=False)) < FEWEST_LINKS:
        return text.split("\n"), {}
    return _of_markdown(text)


def _of_markdown(text: str) -> tuple[list[str], dict[int, int]]:
    menus = _menus(text.split("\n"))
    text = LINK.sub(lambda m: m["words"], IMAGE.sub(lambda m: "\n" * m[0].count("\n"), text))
    headings: dict[int, int] = {}
    lines = text.split("\n")
    for i, line in enumerate(lines):
        if match := HEADING.match(line):
            headings[i + 1], line = len(match["marks"]), match["words"]
        for pattern in (STRESS, EMPHASIS):
            line = pattern.sub(lambda m: m["words"], line)
        lines[i] = ESCAPED.sub(r"\1", line)
    return lines, {n: level for n, level in {**menus, **headings}.items() if lines[n - 1].strip()}


def _menus(lines: list[str]) -> dict[int, int]:
    """The lines of lists whose entries are links and nothing besides, set apart as HTML's menus are."""
    entries = [bool(LINK.search(line)) and not re.search(r"\w", LINK.sub("", line)) for line in lines]
    out: dict[int, int] = {}
    for listed, run in groupby(enumerate(entries, 1), key=lambda pair: pair[1]):
        numbers = [n for n, _ in run]
        if listed and len(numbers) >= FEWEST_ENTRIES:
            out |= dict.fromkeys(numbers, ASIDE)
    return out
