"""What each block of a page is to its pieces: text, heading, signature, date line, and so on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cuttings.load import datewords, furniture, names
from cuttings.load.blocks import BOLD, Block

_WHO = r"[\w][^:,|]{0,40}?"
_WHEN = r"(?:(?:on|at|,|\||-|–|\(|:)\s*)*(?:\w+day\b|\d).*"
_SAID = r"(?:said|wrote|writes|says|commented|replied|responds?|adds?)"
MOST_LINES_SIGNED = 3
"""Lines below the name with which a letter is signed: a job, an employer, a place."""
COMMENT_HEAD = re.compile(
    rf"^(?:\#?\d+[.)]\s*)?(?:(?:(?:comment|remark|reply|response|message|entry)(?: \d+)?|posted|left|written|added|signed) (?:by|from):? (?P<a>{_WHO})(?:,?\s+{_WHEN})?"
    rf"|(?P<b>{_WHO}) {_SAID}(?:,?\s*{_WHEN})?"
    rf"|(?P<f>[^:]{{2,60}}?),? (?:{_SAID}|signed)(?:,? (?:on|at) .{{2,30}})?\s*(?=\.{{3}}|…|:)"
    rf"|(?:on |at )?[\w ,:/]*\d[\w ,:/]*?,? (?P<c>{_WHO}) {_SAID}"
    rf"|(?:from|name): (?P<d>.{{2,40}})"
    rf"|(?P<e>{_WHO})\s*(?:\bon\b|\bat\b|,|\||–|—|-|\(|:)\s*(?P<when>(?:\w+day\b|\d).*))\s*(?:\.{{3}}|…|:|-)?$",
    re.IGNORECASE,
)
NOBODY = re.compile(
    rf"{datewords.WEEKDAY}|^(?:{'|'.join(datewords.MONTHS)})$|\b(?:updated|modified|altered|printed|archived|page|date|issue)\b",
    re.IGNORECASE,
)
TIME = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b\d{1,2} ?[ap]m\b", re.IGNORECASE)
LETTERS_PAGE = re.compile(
    r"^(?:(?:readers?['’]?s?|your|the)\s+)?(?:letters?|postbag|inbox|mailbag)\b|\bletters (?:to|page|from)\b|['’] letters\b",
    re.IGNORECASE,
)
OPENING_MARKS = "\"'“‘"
SALUTATION = re.compile(
    r"^(?:dear (?:sir|madam|editor|all)\b|sir(?:,|\s*[–—-]|:|\.\s)|madam,)", re.IGNORECASE
)
LEADERS_PAGE = re.compile(
    r"^(?:the\s+)?(?:leaders?|leading articles?|editorials?|comment|opinion|we say|our view|view from the editor|\w+ (?:comment|opinion|view|leaders?))\W*$",
    re.IGNORECASE,
)
LEADER = re.compile(r"^(?:leader|leading article|editorial)$", re.IGNORECASE)
LINES_HEADING = 8
"""Lines right above a text that may say what it is."""
BLOG_CUE = re.compile(
    r"^(?:no comments|permalink|trackback|blogroll|older posts?|newer posts?|about me|posted by\b|<< ?older|newer:)",
    re.IGNORECASE,
)
RELATED = furniture.says("related")
END_OF_PIECE = {furniture.says(r) for r in ("invitation", "prompt", "related", "share", "rule")}
END_OF_TEXT = END_OF_PIECE - {furniture.says("invitation"), furniture.says("rule")}
STAMP = furniture.says("stamp")
LONGEST_DATELINE = 12
PLACE = re.compile(
    r"(?:[A-Z][\w.’'-]*|upon|on|in|le|under|by|the|of|and)(?:,? (?:[A-Z][\w.’'-]*|upon|on|in|le|under|by|the|of|and)){0,5}\.?"
)


def to_roles(blocks: Sequence[Block], reasons: Sequence[str]) -> list[str]:
    """``prose``, ``heading``, ``signature``, ``byline``, ``dateline``, ``commenthead`` or removed."""
    kept = [i for i, r in enumerate(reasons) if not r]
    roles = ["removed"] * len(blocks)
    before, seen_prose = "", False
    for place, i in enumerate(kept):
        following = blocks[kept[place + 1]] if place + 1 < len(kept) else None
        if place and any(reasons[j] in END_OF_PIECE for j in range(kept[place - 1] + 1, i)):
            before = "removed"
        roles[i] = before = _role(blocks[i], before, following, seen_prose)
        seen_prose = seen_prose or before == "prose"
    for i, reason in enumerate(reasons):
        if (
            reason in (STAMP, furniture.says("prompt"))
            and comment_head(blocks[i].text)
            and _next_is_prose(blocks, roles, i)
        ):
            roles[i] = "commenthead" if "prose" in roles[:i] else roles[i]
    return roles


def _next_is_prose(blocks: Sequence[Block], roles: list[str], i: int) -> bool:
    return i + 1 < len(roles) and (
        roles[i + 1] == "prose" or (blocks[i + 1].ended and roles[i + 1] != "removed")
    )


def _role(block: Block, before: str, following: Block | None, seen_prose: bool) -> str:
    text, in_body = block.text, before == "prose"
    prose_follows = following is not None and (furniture.is_prose(following) or following.ended)
    if block.level and block.words <= LONGEST_DATELINE and datewords.is_dateline(text):
        return "dateline"
    if block.level and not (block.level == BOLD and in_body and _signs(block, following)):
        return "heading"
    quotes = text.endswith(":") and following is not None and following.text[:1] in OPENING_MARKS
    if seen_prose and prose_follows and comment_head(text) and not quotes:
        return "commenthead"
    if block.words <= LONGEST_DATELINE and datewords.is_dateline(text):
        return "dateline"
    if names.byline(text):
        return "byline"
    if in_body and names.signature(text) and not (block.ended and (block.words > 12 or text.endswith(":"))):
        return "signature"
    if furniture.is_prose(block):
        return "prose"
    if block.bullet:
        return "prose" if in_body else "heading"
    if _broken_off(block, following):
        return "prose"
    if in_body and (text[:1].islower() or re.search(r"[.:;]['\"”’)]*$", text)):
        return "prose"
    if before in ("commenthead", "prose") and block.ended:
        return "prose"
    if before in ("heading", "byline", "dateline") and re.fullmatch(names.NAME, text) and prose_follows:
        return "byline"
    return "heading"


def _signs(block: Block, following: Block | None) -> bool:
    """Whether a bold line below a text is a signature: withheld, with a place or job, or above lines that say them."""
    who = names.signature(block.text)
    if who is None or block.ended:
        return False
    told = (
        not who.name or who.place or who.role or (following is not None and names.describes(following.text))
    )
    return bool(told) and not (following is not None and furniture.is_prose(following))


def _broken_off(block: Block, following: Block | None) -> bool:
    """Whether the page broke a paragraph here, in mid-sentence."""
    return bool(
        following
        and not block.ended
        and block.words >= 8
        and following.text[:1].islower()
        and not following.bullet
    )


def comment_head(text: str) -> str:
    """Who speaks next, if this line introduces a comment."""
    match = COMMENT_HEAD.match(text) if len(text.split()) <= 14 else None
    if not match or (match["e"] and not datewords.find(match["when"]) and not TIME.search(match["when"])):
        return ""
    who = next(match[g] for g in "abcdef" if match[g]).strip(" ,-–|")
    return "" if NOBODY.search(who) else who


def below_name(blocks: Sequence[Block], roles: Sequence[str], signature: int) -> range:
    """The lines right below a name that say what its bearer is, of which none heads the next text."""
    end = signature + 1
    while (
        end < len(blocks) and end <= signature + MOST_LINES_SIGNED and roles[end] in ("heading", "signature")
    ):
        block, following = blocks[end], roles[end + 1 : end + 2]
        if (
            block.level not in (0, BOLD)
            or (following == ["prose"] and not _hangs_on(block, blocks[end + 1]))
            or names.WITHHELD.match(block.text)
            or not names.describes(block.text)
        ):
            break
        end += 1
    return range(signature + 1, end)


def _hangs_on(block: Block, following: Block) -> bool:
    """Whether a line stands right below a name and apart from the text below, and is a place by its capitals."""
    return block.gap == 0 < following.gap and bool(PLACE.fullmatch(block.text))


def page_genre(blocks: Sequence[Block], roles: Sequence[str]) -> str:
    """``letter``, ``leader`` or ``blog`` by a page's headings, signatures and prompts, else empty."""
    top = [b.text for b in _standing_alone(blocks, roles)][:6]
    signed = [
        (
            names.signature(b.text),
            names.signature(b.text, *(blocks[j].text for j in below_name(blocks, roles, i))),
        )
        for i, (b, r) in enumerate(zip(blocks, roles, strict=True))
        if r == "signature"
    ]
    placed = sum(bool(own.place or own.role or not own.name or told.role) for own, told in signed)
    prose = roles.count("prose")
    parts = [part.strip() for t in top for part in re.split(r"[>»|:/]", t)]
    crumbs = [re.split(r"[>»:/]", t)[-1].strip() for t in top]
    salutes = any(
        SALUTATION.match(b.text) for b, r in zip(blocks, roles, strict=True) if r in ("prose", "heading")
    )
    withheld = any(not own.name for own, _ in signed)
    if (salutes and signed) or withheld:
        return "letter"
    if any(LETTERS_PAGE.search(t) for t in (*top, *crumbs)) or (
        placed >= 2 and placed * 12 >= prose and "commenthead" not in roles
    ):
        return "letter"
    if (any(map(LEADERS_PAGE.match, parts)) and not _signed(blocks, roles)) or _signed_leader(blocks, roles):
        return "leader"
    if any(BLOG_CUE.match(b.text) for b, r in zip(blocks, roles, strict=True) if r != "prose"):
        return "blog"
    return ""


def _signed(blocks: Sequence[Block], roles: Sequence[str]) -> bool:
    """Whether somebody's name stands right above the text: leaders have none."""
    start = roles.index("prose") if "prose" in roles else 0
    near = range(max(start - LINES_HEADING, 0), start)
    return any(roles[i] == "byline" and not LEADERS_PAGE.match(blocks[i].text) for i in near)


def _signed_leader(blocks: Sequence[Block], roles: Sequence[str]) -> bool:
    """Whether *Leader* stands right above the text, as a byline."""
    start = roles.index("prose") if "prose" in roles else 0
    above = blocks[max(start - LINES_HEADING, 0) : start]
    return any(LEADER.match(b.text) and not b.aside for b in above)


def _standing_alone(blocks: Sequence[Block], roles: Sequence[str]) -> list[Block]:
    """Lines that are no running text and no entry of a list: headings, section names."""
    last = len(blocks) - 1
    return [
        b
        for i, (b, role) in enumerate(zip(blocks, roles, strict=True))
        if role != "prose"
        and not b.aside
        and (b.gap or i == 0)
        and (i == last or blocks[i + 1].gap or roles[i + 1] == "prose")
        and not b.bullet
    ]
