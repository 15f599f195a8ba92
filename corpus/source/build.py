"""Turn the worked example's sources into its pages, catalogue and codings.

Each ``corpus/source/**/*.src`` holds one page and the truth about it: the furniture, every item, who
speaks each sentence, with what polarity and stance. This script writes what follows from them:
``corpus/pages/``, ``corpus/catalogue.csv`` and the tables of coder A in ``corpus/codings/``.

    python corpus/source/build.py              writes them all
    python corpus/source/build.py --check F..  says what is wrong with the sources F, writes nothing
"""

from __future__ import annotations

import argparse
import csv
import html
import re
import sys
import textwrap
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[1]
SOURCE = CORPUS / "source"
ITEM_GENRES = {"news", "leader", "letter", "blog", "comment", "other"}
PAGE_GENRES = {"news", "leader", "letters", "blog", "other"}
BASES = {"stated", "url", "furniture", "implied", "none"}
FIELDS = {"outlet", "genre", "date", "url", "title"}
FURNITURE = set(
    "notice breadcrumb navigation related teaser repeated_headline prompt share invitation footer "
    "dateline_archive section".split()
)
BLOCKS = {"headline", "byline", "dateline", "commenthead", "signature"}
DEVICES = {"irony", "concession", "conditional", "reported", "rebuttal"}
STANCES = {"for", "neutral", "against"}
HEADERS = {
    *"page outlet genre date date_basis catalogue title url layout encoding".split(),
    *"duplicate_of retells".split(),
}
LAYOUTS = re.compile(r"wrap \d+ indent \d+|lines|html-div|html-table|html-blog")
SENTENCE = re.compile(r"\[(\w+) ([-+]?\d)((?: [\w=+]+)*)\] (.+)")


class SourceError(ValueError):
    """A source says something that the format does not allow; the message names file and line."""


@dataclass
class Sentence:
    voice: str
    polarity: int
    stances: dict[str, str]
    devices: list[str]
    raw: str
    paragraph: int
    start: int = 0

    @property
    def marked(self) -> str:
        return self.raw.replace("¶", " ")

    @property
    def text(self) -> str:
        return self.marked.replace("{", "").replace("}", "")

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass
class Block:
    kind: str
    detail: str = ""
    lines: list[str] = field(default_factory=list)
    voices: dict[str, tuple[str, str, str, str]] = field(default_factory=dict)
    sentences: list[Sentence] = field(default_factory=list)
    first_line: int = 0
    last_line: int = 0

    @property
    def text(self) -> str:
        out, paragraph = "", 0
        for s in self.sentences:
            gap = "" if not out else (" " if s.paragraph == paragraph else "\n\n")
            out, paragraph = out + gap, s.paragraph
            s.start = len(out)
            out += s.text
        return out


@dataclass
class Page:
    path: Path
    head: dict[str, str]
    blocks: list[Block]

    @property
    def page_id(self) -> str:
        return f"pages/{self.head['page']}"

    @property
    def items(self) -> list[Block]:
        return [b for b in self.blocks if b.kind == "item"]


def parse(path: Path) -> Page:
    """Read one source file. Raises ``SourceError`` naming the line at fault."""
    head: dict[str, str] = {}
    blocks: list[Block] = []
    section, paragraph = "", 0
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        where = f"{path.name}:{number}"
        if match := re.fullmatch(r"#(\w+)(?: ([\w-]+))?", line.strip()):
            kind, detail = match[1], match[2] or ""
            known = (
                kind in BLOCKS
                or (kind == "furniture" and detail in FURNITURE)
                or (kind == "item" and detail in ITEM_GENRES)
            )
            if not known:
                raise SourceError(f"{where}: unknown block {line.strip()!r}")
            blocks.append(Block(kind, detail))
            section, paragraph = "", 0
        elif not blocks:
            if line.strip():
                key, _, value = line.partition(":")
                if key.strip() not in HEADERS:
                    raise SourceError(f"{where}: unknown header {key!r}")
                head[key.strip()] = value.strip()
        elif blocks[-1].kind != "item":
            blocks[-1].lines.append(line.rstrip())
        elif line.strip() in ("voices:", "text:"):
            section = line.strip()
        elif section == "voices:" and line.strip():
            parts = [p.strip() for p in line.split("|")]
            if len(parts) != 5 or parts[1] not in ("writer", "speaker", "document"):
                raise SourceError(f"{where}: a voice is 'key | kind | name | role | organisation'")
            blocks[-1].voices[parts[0]] = tuple(parts[1:])
        elif section == "text:" and not line.strip():
            paragraph += 1
        elif section == "text:":
            match = SENTENCE.fullmatch(line.strip())
            if not match:
                raise SourceError(f"{where}: not '[VOICE POLARITY labels] sentence': {line[:60]!r}")
            labels = match[3].split()
            blocks[-1].sentences.append(
                Sentence(
                    match[1],
                    int(match[2]),
                    dict(x.split("=", 1) for x in labels if "=" in x),
                    [x[1:] for x in labels if x.startswith("+")],
                    match[4],
                    paragraph,
                )
            )
        elif line.strip():
            raise SourceError(f"{where}: text outside 'voices:' and 'text:'")
    for block in blocks:
        while block.lines and not block.lines[-1].strip():
            block.lines.pop()
    return Page(path, head, blocks)


def alias_pattern(alias: str) -> re.Pattern:
    """An alias as whole words, plural and possessive allowed; capitals match capitals only."""
    body = re.escape(alias).replace(r"\ ", r"[\s-]+").replace("'", "['’]")
    flags = 0 if alias.isupper() or alias.replace("/", "").isupper() else re.IGNORECASE
    return re.compile(rf"(?<![\w/]){body}(?:e?s)?(?:['’]s?)?(?![\w/])", flags)


def aliases() -> dict[str, list[re.Pattern]]:
    targets = tomllib.loads((CORPUS / "targets.toml").read_text("utf-8"))
    return {name: [alias_pattern(a) for a in t["aliases"]] for name, t in targets.items()}


def mentions(text: str, patterns: dict[str, list[re.Pattern]]) -> dict[str, tuple[int, int]]:
    """The first mention of each target in ``text``, as character offsets; the longest alias wins."""
    spans = {(*m.span(), name) for name, all_ in patterns.items() for p in all_ for m in p.finditer(text)}
    found: dict[str, tuple[int, int]] = {}
    for start, end, name in sorted(spans):
        inside = any(s <= start and end <= e and e - s > end - start for s, e, _ in spans)
        if not inside:
            found.setdefault(name, (start, end))
    return found


def problems(page: Page, patterns: dict[str, list[re.Pattern]]) -> list[str]:
    out, head = [], page.head
    say = lambda text: out.append(f"{page.path.parent.name}/{page.path.name}: {text}")  # noqa: E731
    for key in ("page", "outlet", "genre", "date", "date_basis", "layout", "title"):
        if not head.get(key):
            say(f"header {key!r} is missing")
    if head.get("genre") not in PAGE_GENRES:
        say(f"genre {head.get('genre')!r}")
    if head.get("date_basis") not in BASES:
        say(f"date_basis {head.get('date_basis')!r}")
    try:
        date.fromisoformat(head.get("date", ""))
    except ValueError:
        say(f"date {head.get('date')!r} is not a day")
    if unknown := set(head.get("catalogue", "").split()) - FIELDS:
        say(f"catalogue fields {unknown}")
    if not LAYOUTS.fullmatch(head.get("layout", "")):
        say(f"layout {head.get('layout')!r}")
    if head.get("layout", "").startswith("html") != head.get("page", "").endswith(".html"):
        say("layout and file name disagree about HTML")
    if head.get("encoding", "utf-8") not in ("utf-8", "cp1252", "mojibake"):
        say(f"encoding {head.get('encoding')!r}")
    if sum(b.kind == "furniture" for b in page.blocks) < 2:
        say("fewer than two furniture blocks")
    if not page.items:
        say("no item")
    for number, item in enumerate(page.items, 1):
        kinds = Counter(v[0] for v in item.voices.values())
        if kinds["writer"] != 1 or item.voices.get("w", ("",))[0] != "writer":
            say(f"item {number}: needs exactly one writer, with the key w")
        if not item.sentences:
            say(f"item {number}: no sentences")
        for s in item.sentences:
            here = f"item {number}, {s.text[:50]!r}"
            if s.voice not in item.voices:
                say(f"{here}: unknown voice {s.voice!r}")
            elif item.voices[s.voice][0] != "writer" and "{" not in s.raw:
                say(f"{here}: the sentence of a {item.voices[s.voice][0]} needs {{ }} round the words")
            if not re.fullmatch(r"[^{}]*(\{[^{}]+\}[^{}]*)*", s.raw):
                say(f"{here}: braces do not match")
            if s.polarity not in range(-2, 3):
                say(f"{here}: polarity {s.polarity}")
            if bad := set(s.devices) - DEVICES:
                say(f"{here}: device {bad}")
            if bad := {k: v for k, v in s.stances.items() if v not in STANCES or k not in patterns}:
                say(f"{here}: stance {bad}")
            found = set(mentions(s.text, patterns))
            for name in sorted(found - set(s.stances)):
                say(f"{here}: mentions {name}: label its stance")
            for name in sorted(set(s.stances) - found):
                say(f"{here}: {name} is not mentioned by an alias")
            if s.raw != s.raw.strip() or "  " in s.raw or re.search(r"\s¶|¶\s", s.raw):
                say(f"{here}: stray spaces")
        unused = set(item.voices) - {s.voice for s in item.sentences} - {"w"}
        if unused:
            say(f"item {number}: voices that never speak: {sorted(unused)}")
    for block in page.blocks:
        if (
            block.detail
            and block.kind == "commenthead"
            and not re.fullmatch(r"\d{4}-\d\d-\d\d", block.detail)
        ):
            say(f"comment dated {block.detail!r}")
    return out


def page_lines(page: Page) -> list[str]:
    """The page's lines as they are published; notes each block's first and last line (from 1)."""
    layout = page.head["layout"]
    lines: list[str] = []
    if layout.startswith("html"):
        lines += html_head(page.head["title"], layout)
    for block in page.blocks:
        rendered = html_block(block, layout) if layout.startswith("html") else text_block(block, layout)
        block.first_line = len(lines) + 1
        lines += rendered
        block.last_line = len(lines)
        if not layout.startswith("html"):
            lines.append("")
    if layout.startswith("html"):
        lines += {"html-table": ["</td></tr></table>"]}.get(layout, ["</div>"]) + ["</body>", "</html>"]
    while not lines[-1]:
        lines.pop()
    return lines


def paragraphs(block: Block) -> list[str]:
    groups: dict[int, list[str]] = {}
    for s in block.sentences:
        groups.setdefault(s.paragraph, []).append(s.raw.replace("{", "").replace("}", ""))
    whole = [" ".join(g) for g in groups.values()]
    return [part.strip() for p in whole for part in p.split("¶")]


def text_block(block: Block, layout: str) -> list[str]:
    if block.kind != "item":
        pad = "    " if layout.startswith("wrap") and block.kind in ("headline", "byline") else ""
        return [pad + x if x else "" for x in block.lines]
    out: list[str] = []
    for paragraph in paragraphs(block):
        if out:
            out.append("")
        if layout == "lines":
            out.append(paragraph)
        else:
            width, indent = (int(x) for x in re.findall(r"\d+", layout))
            pad = " " * indent
            out += textwrap.wrap(
                paragraph,
                width,
                initial_indent=pad,
                subsequent_indent=pad,
                break_long_words=False,
                break_on_hyphens=False,
            )
    return out


def html_head(title: str, layout: str) -> list[str]:
    out = ["<html>", "<head>", f"<title>{html.escape(title)}</title>"]
    if layout != "html-table":
        out = ["<!DOCTYPE html>", *out, '<meta charset="utf-8">']
    out += ["<style>body { font: 13px/1.4 Verdana, sans-serif }</style>", "</head>", "<body>"]
    if layout == "html-table":
        return [*out, '<table width="760" cellpadding="4"><tr><td>']
    return [*out, '<div id="page">']


def html_block(block: Block, layout: str) -> list[str]:
    esc = lambda t: html.escape(t, quote=False)  # noqa: E731
    if block.kind == "item":
        if layout == "html-table":
            return [f"<p><font face=verdana size=2>{esc(p)}</font></p>" for p in paragraphs(block)]
        return ['<div class="body">', *[f"<p>{esc(p)}</p>" for p in paragraphs(block)], "</div>"]
    lines = [esc(x.strip()) for x in block.lines if x.strip()]
    if block.kind == "headline":
        tag = {"html-table": ("<b><font size=4>", "</font></b><br>")}.get(layout, ("<h2>", "</h2>"))
        return [tag[0] + x + tag[1] for x in lines]
    if block.detail in ("navigation", "related", "share"):
        if layout == "html-table":
            return [f'<a href="#">{x}</a><br>' for x in lines]
        return ["<ul>", *[f'<li><a href="#">{x}</a></li>' for x in lines], "</ul>"]
    if layout == "html-table":
        return [f"{x}<br>" for x in lines]
    name = block.detail or block.kind
    return [f'<div class="{name}">', *[f"<p>{x}</p>" for x in lines], "</div>"]


def encode(lines: list[str], encoding: str) -> bytes:
    text = "\n".join(lines) + "\n"
    if encoding == "mojibake":
        return bytes_read_as_cp1252(text.encode("utf-8")).encode("utf-8")
    return text.encode(encoding)


def bytes_read_as_cp1252(data: bytes) -> str:
    """As browsers do it: the five bytes without a character in Windows-1252 become C1 controls."""
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in data)


def spoken(sentence: Sentence) -> list[tuple[int, int]]:
    """The offsets in the sentence of the words that its voice speaks: the braces, or all of it."""
    spans, offset, start = [], 0, 0
    for char in sentence.marked:
        if char == "{":
            start = offset
        elif char == "}":
            spans.append((start, offset))
        else:
            offset += 1
    return spans or [(0, offset)]


def write_csv(path: Path, columns: list[str], rows: list[dict]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as f:
        writer = csv.DictWriter(f, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def build(pages: list[Page]) -> None:
    patterns = aliases()
    rows: dict[str, list[dict]] = {
        k: [] for k in "catalogue pages furniture items voices speech sentences polarity stance".split()
    }
    for page in pages:
        target = CORPUS / page.page_id
        target.parent.mkdir(parents=True, exist_ok=True)
        lines = page_lines(page)
        target.write_bytes(encode(lines, page.head.get("encoding") or "utf-8"))
        add_page(page, len(lines), rows)
        position = 0
        title, day = "", page.head["date"]
        for block in page.blocks:
            if block.kind == "headline":
                title = " ".join(block.lines).strip()
            if block.kind == "commenthead":
                day = block.detail or page.head["date"]
            if block.kind == "item":
                position += 1
                add_item(page, block, position, title, day, rows, patterns)
                title = ""
    columns = {
        "catalogue": "page outlet genre date url title rights retells",
        "pages": "page_id genre date date_basis n_lines n_items encoding layout duplicate_of retells",
        "furniture": "page_id line_from line_to kind",
        "items": "item_id page_id position genre date title line_from line_to n_words",
        "voices": "voice_id item_id kind name role organisation",
        "speech": "voice_id item_id start end",
        "sentences": "sentence_id item_id voice_id position paragraph start end text devices",
        "polarity": "sentence_id coder polarity",
        "stance": "sentence_id target mention_start mention_end coder stance",
    }
    for name, cols in columns.items():
        path = CORPUS / "catalogue.csv" if name == "catalogue" else CORPUS / "codings" / f"{name}.csv"
        if name in ("polarity", "stance"):
            path = path.with_name(f"{name}-a.csv")
        write_csv(path, cols.split(), rows[name])


def add_page(page: Page, n_lines: int, rows: dict[str, list[dict]]) -> None:
    head, given = page.head, set(page.head.get("catalogue", "").split())
    stated = {k: head.get(k, "") for k in FIELDS if k in given}
    rows["catalogue"].append(
        {"page": head["page"], "rights": "CC0-1.0", "retells": head.get("retells", ""), **stated}
    )
    rows["pages"].append(
        {
            "page_id": page.page_id,
            "genre": head["genre"],
            "date": head["date"],
            "date_basis": head["date_basis"],
            "n_lines": n_lines,
            "n_items": len(page.items),
            "encoding": head.get("encoding") or "utf-8",
            "layout": head["layout"].split()[0],
            "duplicate_of": f"pages/{head['duplicate_of']}" if head.get("duplicate_of") else "",
            "retells": head.get("retells", ""),
        }
    )
    for block in page.blocks:
        if block.kind != "item":
            kind = block.detail if block.kind == "furniture" else block.kind
            rows["furniture"].append(
                {
                    "page_id": page.page_id,
                    "line_from": block.first_line,
                    "line_to": block.last_line,
                    "kind": kind,
                }
            )


def add_item(
    page: Page, item: Block, position: int, title: str, day: str, rows: dict[str, list[dict]], patterns
) -> None:
    item_id = f"{page.page_id}/{position}"
    text = item.text
    rows["items"].append(
        {
            "item_id": item_id,
            "page_id": page.page_id,
            "position": position,
            "genre": item.detail,
            "date": day,
            "title": title,
            "line_from": item.first_line,
            "line_to": item.last_line,
            "n_words": len(text.split()),
        }
    )
    order = {key: f"{item_id}/v{n}" for n, key in enumerate(item.voices, 1)}
    for key, (kind, name, role, organisation) in item.voices.items():
        rows["voices"].append(
            {
                "voice_id": order[key],
                "item_id": item_id,
                "kind": kind,
                "name": name,
                "role": role,
                "organisation": organisation,
            }
        )
    for number, s in enumerate(item.sentences, 1):
        sentence_id = f"{item_id}/s{number}"
        for start, end in spoken(s):
            rows["speech"].append(
                {
                    "voice_id": order[s.voice],
                    "item_id": item_id,
                    "start": s.start + start,
                    "end": s.start + end,
                }
            )
        rows["sentences"].append(
            {
                "sentence_id": sentence_id,
                "item_id": item_id,
                "voice_id": order[s.voice],
                "position": number,
                "paragraph": s.paragraph + 1,
                "start": s.start,
                "end": s.end,
                "text": s.text,
                "devices": " ".join(s.devices),
            }
        )
        if page.head.get("duplicate_of"):
            continue
        rows["polarity"].append({"sentence_id": sentence_id, "coder": "coder-a", "polarity": s.polarity})
        found = mentions(s.text, patterns)
        for name, stance in s.stances.items():
            rows["stance"].append(
                {
                    "sentence_id": sentence_id,
                    "target": name,
                    "mention_start": s.start + found[name][0],
                    "mention_end": s.start + found[name][1],
                    "coder": "coder-a",
                    "stance": stance,
                }
            )


def summary(pages: list[Page]) -> str:
    items = [i for p in pages for i in p.items]
    sentences = [s for i in items for s in i.sentences]
    counts = {
        "pages": len(pages),
        "html": sum(p.head["layout"].startswith("html") for p in pages),
        "items": len(items),
        "words": sum(len(s.text.split()) for s in sentences),
        "sentences": len(sentences),
        "statements": sum(len(s.stances) for s in sentences),
        "with a side": sum(v != "neutral" for s in sentences for v in s.stances.values()),
        **Counter(d for s in sentences for d in s.devices),
        **Counter(f"date {p.head['date_basis']}" for p in pages),
        "catalogue date": sum("date" in p.head.get("catalogue", "").split() for p in pages),
    }
    return ", ".join(f"{k} {v}" for k, v in counts.items())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--check", nargs="+", type=Path, metavar="F", help="only check these sources")
    args = parser.parse_args()
    patterns = aliases()
    pages, wrong = [], []
    for path in args.check or sorted(SOURCE.rglob("*.src")):
        try:
            pages.append(parse(path))
            wrong += problems(pages[-1], patterns)
        except SourceError as error:
            wrong.append(str(error))
    print("\n".join(wrong), file=sys.stderr)
    print(summary(pages))
    if not args.check and not wrong:
        build(sorted(pages, key=lambda p: p.page_id))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
