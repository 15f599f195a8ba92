"""Reading one page: from its lines to items, voices and sentences. A pure function of the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from cuttings import edtf
from cuttings.corpus import GENRE_OF_PAGE, Entry, Event
from cuttings.load import blocks as blocking
from cuttings.load import byline, dates, furniture, headline, items, voices
from cuttings.load.dates import Dating
from cuttings.load.formats import RawPage
from cuttings.load.items import Item

OUTLET_CUE = re.compile(
    r"^(?i:more (?:news )?from) (?P<outlet>(?:[Tt]he )?[A-Z][\w’'&.-]*(?: (?:(?:and|of|the|for) )?[A-Z&][\w’'&.-]*)*)$"
)
SHORT = 60
UNREMARKABLE = {"headline", "byline", "signature", "date line", "comment header"}
"""Reasons that mark parts of an item which are not its text; every other reason is boilerplate."""


@dataclass(frozen=True)
class Page:
    """What reading one page gives: rows for the tables of the same names."""

    page: dict
    removed: list[dict] = field(default_factory=list)
    items: list[dict] = field(default_factory=list)
    voices: list[dict] = field(default_factory=list)
    sentences: list[dict] = field(default_factory=list)
    speech: list[dict] = field(default_factory=list)


def read_page(
    raw: RawPage, entry: Entry, events: Sequence[Event], repeated: frozenset[str] = frozenset()
) -> Page:
    """The items of a page with their voices, sentences and dates, and what was removed and why.

    ``entry`` is the catalogue's row, which wins over what the page says of itself; ``repeated`` are
    the lines that stand on other pages of its outlet (see ``repeated.learn``); of a page that would be left
    with none of its text, as one of many copies is, they are not taken away. Never raises for
    what a page holds: a page that cannot be read has a ``status`` and a ``problem``.
    """
    entry, note = _with_stated(entry, raw.stated)
    problem = "; ".join(x for x in (raw.problem, raw.mended, note) if x)
    if raw.problem:
        return Page(_page_row(raw, entry, "unreadable", problem))
    if not any(line.strip() for line in raw.lines):
        return Page(_page_row(raw, entry, "empty", "no text on the page"))
    blocks, split = outline(raw, entry.genre, repeated)
    if not split.items and repeated:
        blocks, split = outline(raw, entry.genre)
    if not split.items:
        problem = "; ".join(x for x in (problem, "no running text found") if x)
    outlet = entry.outlet or _outlet(blocks)
    title = entry.title or next(iter(split.headings), "") or next((i.title for i in split.items), "")
    row = _page_row(raw, replace(entry, outlet=outlet, title=title), "read", problem)
    removed = _removed(raw.page_id, blocks, split.reasons)
    row["n_boilerplate_lines"] = sum(
        bool(raw.lines[n - 1].strip())
        for r in removed
        if r["reason"] not in UNREMARKABLE
        for n in range(r["line_from"], r["line_to"] + 1)
    )
    out = Page(row, removed)
    commented = any(item.genre == "comment" for item in split.items)
    datings = date_items(split, entry, events, raw.stated.get("published", ""))
    spoken = voices.attribute_all([([p.text for p in item.paragraphs], item.writer) for item in split.items])
    for position, (item, dating, heard) in enumerate(zip(split.items, datings, spoken, strict=True), 1):
        _add_item(out, item, position, dating, heard, split.genre, outlet, commented)
    return out


def outline(
    raw: RawPage, genre: str = "", repeated: frozenset[str] = frozenset()
) -> tuple[list[blocking.Block], items.Split]:
    """A page's blocks and the items they make, before anybody's voice is heard."""
    blocks, split = headed(raw, genre, repeated)
    return blocks, byline.sign(blocks, split, raw.stated.get("author", ""))


def headed(
    raw: RawPage, genre: str = "", repeated: frozenset[str] = frozenset()
) -> tuple[list[blocking.Block], items.Split]:
    """``outline`` before it is known who wrote the page's first piece."""
    blocks = blocking.to_blocks(list(raw.lines), raw.headings)
    odds = furniture.odds_of_text(blocks)
    split = items.split(blocks, furniture.label(blocks, odds, repeated), genre, odds)
    return blocks, headline.retitle(blocks, split, raw.stated.get("html_title", ""))


def _with_stated(entry: Entry, stated: dict[str, str]) -> tuple[Entry, str]:
    """The catalogue's row, with what the page's own record states where the catalogue is silent."""
    filled = {k: getattr(entry, k) or stated.get(k, "") for k in ("outlet", "url", "title", "rights")}
    genre = entry.genre or GENRE_OF_PAGE.get(stated.get("genre", "").lower(), "")
    date, note = entry.date, ""
    if date is None and stated.get("date"):
        try:
            date = edtf.parse(
                stated["date"][:10] if re.match(r"\d{4}-\d\d-\d\d[T ]", stated["date"]) else stated["date"]
            )
        except edtf.EdtfError as error:
            note = str(error)
    return replace(entry, **filled, genre=genre, date=date), note


def _page_row(raw: RawPage, entry: Entry, status: str, problem: str) -> dict:
    return {
        "page_id": raw.page_id,
        "sha256": raw.sha256,
        "format": raw.format,
        "outlet": entry.outlet,
        "url": entry.url,
        "title": entry.title or raw.stated.get("html_title", ""),
        "rights": entry.rights,
        "n_lines": sum(bool(line.strip()) for line in raw.lines),
        "n_boilerplate_lines": 0,
        "duplicate_of": "",
        "status": status,
        "problem": problem,
    }


def _outlet(blocks: Sequence[blocking.Block]) -> str:
    """The outlet that a page names in ``More from ...``, empty if it does not."""
    return next((m["outlet"].strip() for b in blocks if (m := OUTLET_CUE.match(b.text))), "")


def _removed(page_id: str, blocks: Sequence[blocking.Block], reasons: Sequence[str]) -> list[dict]:
    return [
        {"page_id": page_id, "line_from": b.line_from, "line_to": b.line_to, "reason": r, "text": b.text}
        for b, r in zip(blocks, reasons, strict=True)
        if r
    ]


def date_items(
    split: items.Split, entry: Entry, events: Sequence[Event], published: str = ""
) -> list[Dating]:
    """A date for each item: its page's, or its own where the head of a comment, or of each of several pieces, states one.

    ``published`` is the day that the page's markup states.
    """
    for_page = _page_dating(_page_lines(split), split, entry, events, published)
    own = [dates.stated(i.date_lines if i.genre == "comment" else i.date_lines[-1:]) for i in split.items]
    single = [bool(d.dated and d.dated.days == 1) for d in own]
    pieces = [i for i, item in enumerate(split.items) if item.genre != "comment"]
    each = len(pieces) > 1 and not entry.date and all(single[i] for i in pieces)
    comments = set(range(len(split.items))) - set(pieces)
    return [own[i] if single[i] and (each or i in comments) else for_page for i in range(len(own))]


def _page_lines(split: items.Split) -> list[str]:
    """The lines that may date the page: not those that head its comments, unless it is all comments."""
    of_comments = {line for item in split.items if item.genre == "comment" for line in item.date_lines}
    if all(item.genre == "comment" for item in split.items):
        return list(split.date_lines)
    return [line for line in split.date_lines if line not in of_comments]


def _page_dating(
    lines: list[str], split: items.Split, entry: Entry, events: Sequence[Event], published: str
) -> Dating:
    if entry.date:
        return Dating(entry.date, "catalogue", entry.date.edtf)
    marked = (
        Dating(edtf.parse(published), "stated", f"its markup: {published}") if published else dates.UNKNOWN
    )
    for found in (dates.in_address(entry.url), marked, dates.stated(lines, split.dates_above)):
        if found.dated:
            return found
    text = "\n\n".join(i.text for i in split.items if i.genre != "comment")
    return dates.infer(text, events, lines)


def _add_item(
    out: Page,
    item: Item,
    position: int,
    dating: Dating,
    heard: voices.Attributed,
    page_genre: str,
    outlet: str,
    commented: bool,
) -> None:
    item_id = f"{out.page['page_id']}/{position}"
    paragraphs = [p.text for p in item.paragraphs]
    found, spoken = heard
    genre = item.genre or page_genre or _genre(found, spoken, paragraphs, commented)
    if genre in ("news", "leader", "blog") and not (item.writer.name or item.writer.organisation):
        found[0] = replace(found[0], person=replace(item.writer, organisation=outlet))
    text = item.text
    out.items.append(
        {
            "item_id": item_id,
            "page_id": out.page["page_id"],
            "position": position,
            "genre": genre,
            "title": item.title,
            "text": text,
            "n_words": len(text.split()),
            "date": dating.dated.edtf if dating.dated else "",
            "date_earliest": dating.dated.earliest if dating.dated else None,
            "date_latest": dating.dated.latest if dating.dated else None,
            "date_basis": dating.basis,
            "date_evidence": dating.evidence,
            "line_from": item.paragraphs[0].line_from,
            "line_to": item.paragraphs[-1].line_to,
        }
    )
    used = {0, *(s.voice for s in spoken), *(voice for s in spoken for _, _, voice in s.speech)}
    names = {old: f"{item_id}/v{new}" for new, old in enumerate(sorted(used), 1)}
    out.voices.extend(
        {
            "voice_id": names[i],
            "item_id": item_id,
            "kind": v.kind,
            "name": v.person.name,
            "role": v.person.role,
            "organisation": v.person.organisation,
            "place": v.person.place,
        }
        for i, v in enumerate(found)
        if i in used
    )
    out.sentences.extend(
        {
            "sentence_id": f"{item_id}/s{number}",
            "item_id": item_id,
            "voice_id": names[s.voice],
            "position": number,
            "start": s.start,
            "end": s.end,
            "text": text[s.start : s.end],
            "quoted": s.quoted,
        }
        for number, s in enumerate(spoken, 1)
    )
    out.speech.extend(
        {
            "sentence_id": f"{item_id}/s{number}",
            "item_id": item_id,
            "voice_id": names[voice],
            "start": start,
            "end": end,
        }
        for number, s in enumerate(spoken, 1)
        for start, end, voice in s.speech
    )


def _genre(
    found: list[voices.Voice], spoken: list[voices.Sentence], paragraphs: list[str], commented: bool
) -> str:
    """News when others speak much of it, a blog or leader when its writer argues, else other.

    A leader writer says *we* or nothing, a blogger *I*; a piece under ``SHORT`` words may be anything. One on
    which readers comment, and that is no news, is a blog's.
    """
    reported = sum(s.voice != voices.WRITER for s in spoken)
    own = (
        " ".join(paragraphs)
        if not reported
        else " ".join(p for p in paragraphs if "“" not in p and '"' not in p)
    )
    words = len(own.split())
    if len(re.findall(r"\b(?:I|me|my|mine)\b", own)) * 50 >= max(words, SHORT):
        return "blog"
    if reported >= 2 and reported * 5 >= len(spoken):
        return "news"
    if commented:
        return "blog"
    argues = re.findall(r"\b(?:must|should|ought|we|our|surely|never)\b", own, re.IGNORECASE)
    if words < SHORT:
        return "other"
    if argues and not found[0].person.name:
        return "leader"
    return "news" if reported or found[0].person.name else "other"
