"""Plain text that other tools made of HTML: the marks of Markdown (html2text, pandoc) and of lynx undone.

Scrapers seldom keep the HTML. Markdown writes a link as ``[words](address)``, a heading behind ``#`` and
stresses words by ``**`` and ``_``; lynx puts a number before each link and lists the addresses under *References*.
Lines keep their numbers.
"""

from __future__ import annotations

import re
from itertools import groupby, pairwise

from cuttings.load.blocks import ASIDE, BOLD, OWN, WRAPPED

FEWEST_LINKS = 2
FEWEST_LISTED = 3
FEWEST_ENTRIES = 3
FEWEST_NUMBERED = 8
FEWEST_WRAPPED, NARROWEST_WRAP, WIDEST_WRAP = 5, 40, 80
"""Lines without links from which Markdown is wrapped, and characters of such lines; html2text wraps at 78, pandoc at 72."""
LONGEST = 2_000_000
"""Characters beyond which a text is no page, and is left as it is."""
_ADDRESS = (
    r"\((?:<[^<>\n]{0,500}>|[^()\s]{0,500}(?:\([^()\s]{0,100}\)[^()\s]{0,100})?)(?:\s\"[^\"\n]{0,200}\")?\)"
)
LINK = re.compile(rf"!?\[(?P<words>[^\[\]]{{0,300}})\]{_ADDRESS}")
IMAGE = re.compile(rf"!\[[^\[\]]{{0,300}}\]{_ADDRESS}")
HEADING = re.compile(r"^(?P<marks>#{1,6})\s+(?P<words>.*?)\s*#*$")
STRESS = re.compile(r"(?P<mark>\*\*|(?<!\w)__)(?=\S)(?P<words>(?:[^*\n]|\n(?!\n)){1,300}?)(?<=\S)(?P=mark)")
EMPHASIS = re.compile(
    r"(?<![\w*_])(?P<mark>[*_])(?=[^\s*_])(?P<words>(?:[^*_\n]|\n(?!\n)){1,300}?)(?<=\S)(?P=mark)(?![\w*_])"
)
STARTS = re.compile(r"\s*(?:[*+-] |\d+\. |#|>|\||---)")
QUOTED = re.compile(r"^\s*(?:> ?)+", re.MULTILINE)
BOLD_LINE = re.compile(r"\s*(\*\*|__)(?=\S)[^*\n]{1,150}?(?<![\s.:,])\1\s*")
BROKEN = re.compile(r"\S  $")
"""Two spaces: the line ends where the page broke it."""
CELL = re.compile(r"^\s*\|\s+(?=[^|\n]+$)", re.MULTILINE)
ESCAPED = re.compile(r"\\([\\.\-*_#+!()\[\]])")
LISTED = re.compile(r"^\s*\d+\. (?:https?|ftp|file|mailto|javascript):\S*\s*$", re.MULTILINE)
BEFORE_WORD = re.compile(r"(?<!\S)\[(\d{1,4})\](?=\S)")
NUMBER = re.compile(r"\[\d{1,4}\](?=\S)|(?<=\S)\[\d{1,4}\]|^#(?=\[\d)|\[\d{1,4}\]", re.MULTILINE)


def undo(text: str) -> tuple[list[str], dict[int, int]]:
    """The lines of a text without such marks, and the level of each line that Markdown marks as a heading."""
    if len(text) > LONGEST:
        return text.split("\n"), {}
    if len(LISTED.findall(text)) >= FEWEST_LISTED or _numbered(text):
        text = NUMBER.sub("", text)
    if sum(1 for _ in zip(LINK.finditer(text), range(FEWEST_LINKS), strict=False)) < FEWEST_LINKS:
        return text.split("\n"), {}
    return _of_markdown(text)


def _numbered(text: str) -> bool:
    """Whether numbers in brackets stand before words and go up by one, as links are numbered: notes stand behind words."""
    found = [int(n) for n in BEFORE_WORD.findall(text)]
    return len(found) >= FEWEST_NUMBERED and sum(b - a == 1 for a, b in pairwise(found)) >= len(found) * 0.8


def _of_markdown(text: str) -> tuple[list[str], dict[int, int]]:
    menus, wrapped = _menus(text.split("\n")), _wrapped(text.split("\n"))
    text = LINK.sub(lambda m: m["words"], IMAGE.sub(lambda m: "\n" * m[0].count("\n"), text))
    text = CELL.sub("", QUOTED.sub("", text))
    lines = text.split("\n")
    own: dict[int, int] = {n: OWN for n, above in enumerate(lines, 2) if BROKEN.search(above)}
    own |= {n: BOLD for n, line in enumerate(lines, 1) if BOLD_LINE.fullmatch(line)}
    for pattern in (STRESS, EMPHASIS):
        text = pattern.sub(lambda m: m["words"], text)
    lines = text.split("\n")
    headings = {**wrapped, **own, **menus}
    for i, line in enumerate(lines):
        if match := HEADING.match(line):
            headings[i + 1], line = len(match["marks"]), match["words"]
        lines[i] = ESCAPED.sub(r"\1", line)
    return lines, {n: level for n, level in headings.items() if n <= len(lines) and lines[n - 1].strip()}


def _wrapped(lines: list[str]) -> dict[int, int]:
    """The lines that go on from the one above: wraps are seen before the links, which no tool breaks, are taken out."""
    lengths = [len(line.rstrip()) for line in lines if "](" not in line and len(line) > NARROWEST_WRAP]
    width = max(lengths, default=0)
    if len(lengths) < FEWEST_WRAPPED or width > WIDEST_WRAP:
        return {}
    pairs = enumerate(pairwise(line.rstrip("\r") for line in lines), 2)
    return {n: WRAPPED for n, (above, line) in pairs if _full(above, line, width)}


def _full(above: str, line: str, width: int) -> bool:
    if (
        not above.strip()
        or not line.strip()
        or above.endswith("  ")
        or STARTS.match(line)
        or HEADING.match(above)
    ):
        return False
    return len(above) + 1 + len(line.split()[0]) > width


def _menus(lines: list[str]) -> dict[int, int]:
    """The lines of lists whose entries are links and nothing besides, set apart as HTML's menus are."""
    entries = [bool(LINK.search(line)) and not re.search(r"\w", LINK.sub("", line)) for line in lines]
    out: dict[int, int] = {}
    for listed, run in groupby(enumerate(entries, 1), key=lambda pair: pair[1]):
        numbers = [n for n, _ in run]
        if listed and len(numbers) >= FEWEST_ENTRIES:
            out |= dict.fromkeys(numbers, ASIDE)
    return out
