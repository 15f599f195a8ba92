"""Whether the rights that a catalogue states for a page let its words be shown to others."""

from __future__ import annotations

import re

OPEN = re.compile(
    r"cc0(-?1\.0)?|cc zero|pddl(-?1\.0)?"
    r"|(creative commons|cc)[ -]by(-sa|-nc|-nc-sa)?([ -][1-4]\.[05])?([ -]uk)?"
    r"|https?://creativecommons\.org/(licenses/by(-sa|-nc|-nc-sa)?/[1-4]\.[05](/uk)?|publicdomain/(zero|mark)/1\.0)/?"
    r"|public domain|ogl([ -](uk )?v?[1-3](\.0)?)?|open (government|parliament) licence( v?[1-3](\.0)?)?"
    r"|own( work)?|(reproduced )?(with|by) permission"
)
"""Rights statements, whole and in lower case, under which the words of a page go into a report: CC0,
public domain, Creative Commons BY with SA or NC but not ND (parts of a text are no longer that text),
Open Government and Parliament Licences, one's own work, and permission. An empty field allows nothing.
"""


def allowed(rights: str) -> bool:
    """Whether ``rights``, as a catalogue states it, lets a report hold the words of the page."""
    return bool(OPEN.fullmatch(" ".join(rights.lower().split())))
