"""The messages of a mailing list or newsgroup: the lines of a message's header (RFC 5322), and whom it is from.

Archives set messages below one another, each under *From*, *Date* and *Subject*.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cuttings.load import datewords
from cuttings.load.blocks import HEADER, Block

FEWEST = 2
LONGEST_HEADER = 12
FROM = re.compile(r"from\s*:\s+(?P<who>\S.{1,120})$", re.IGNORECASE)
SENT = re.compile(r"(?:date|sent)\s*:\s", re.IGNORECASE)
QUOTED = re.compile(r"[>|]\s?\S|>$")
"""What a message quotes of another."""
OLDER = re.compile(r"-+\s*(?:original|forwarded) message\s*-+$", re.IGNORECASE)
BELOW = re.compile(rf"{OLDER.pattern}|_{{10,}}$|--$", re.IGNORECASE)
"""Below it stands an older message, or what its writer signs every message with."""
ADDRESS = re.compile(r"[<(\[]?(?:mailto:)?[\w.+-]+(?:@|\s+at\s+|\s?\[at\]\s?)[\w.-]+[>)\]]?", re.IGNORECASE)


def headers(blocks: Sequence[Block]) -> dict[int, tuple[str, str]]:
    """Where each message begins, with the writer and the words that date it; empty for fewer than ``FEWEST``."""
    out: dict[int, tuple[str, str]] = {}
    i = 0
    while i < len(blocks):
        end = i
        while end < min(len(blocks), i + LONGEST_HEADER) and HEADER.match(blocks[end].text):
            end += 1
        lines = [b.text for b in blocks[i:end]]
        who = next((m["who"] for line in lines if (m := FROM.match(line))), "")
        when = next((line for line in lines if SENT.match(line) and datewords.find(line)), "")
        if who and when and not (i and OLDER.match(blocks[i - 1].text)):
            out[i] = (name(who), when)
        i = max(end, i + 1)
    return out if len(out) >= FEWEST else {}


def name(who: str) -> str:
    """The name in what a header says of whom it is from: ``"Ada Quill" <ada@barn.example>``, ``ada@barn.example (Ada Quill)``."""
    named = re.sub(r"\s+", " ", ADDRESS.sub(" ", who)).strip(" \"'<>()[],")
    return named or re.split(r"@|\s+at\s+", who.strip(" <>\"'"))[0]
