"""One page as it was read, to look at: furniture greyed, items boxed, each voice in its colour."""

from __future__ import annotations

import html
from pathlib import Path

import pandas as pd
from IPython.display import HTML

from cuttings.figures import PALETTE
from cuttings.tables import query

CSS = (
    ".reading{font:15px/1.55 Georgia,serif;max-width:46em;background:#fff;color:#1f2430;padding:.5em 1em}"
    ".reading p{margin:.5em 0}"
    ".reading .off{color:#6b717b;font:12px/1.4 sans-serif;margin:.1em 0;background:#f1f2f4;padding:.1em .5em;overflow-wrap:anywhere}"
    ".reading .off b{font-weight:normal;font-style:italic;margin-right:.6em}"
    ".reading .item{border:2px solid #5b6270;border-radius:6px;padding:.3em 1em;margin:.6em 0}"
    ".reading .head{font:12px/1.7 sans-serif;color:#4a5160;border-bottom:1px solid #c9cdd5;padding-bottom:.4em}"
    ".reading .voice{border-bottom:1px dashed}"
    ".reading .speech{border-bottom:3px solid;padding-bottom:1px}"
    ".reading sup{font:10px sans-serif;margin-left:.1em}"
)


def page_view(out_dir: str | Path, page_id: str) -> HTML:
    """The page as HTML: what was removed with its reason, items in boxes, sentences by voice.

    The writer's sentences are plain. Every other voice's have a dashed line in its colour and its
    number, both named at the head of the box; the words that it speaks have a thick line. All text
    is escaped.
    """
    removed = query(
        out_dir,
        "SELECT line_from, reason, text FROM removed WHERE page_id = $page ORDER BY line_from",
        page=page_id,
    )
    items = query(
        out_dir,
        """SELECT item_id, items.position, line_from, genre, date, date_basis, date_evidence, text, name, role, organisation
           FROM items JOIN voices USING (item_id) WHERE page_id = $page AND kind = 'writer' ORDER BY items.position""",
        page=page_id,
    )
    parts = [
        (r.line_from, f'<p class="off"><b>{_safe(r.reason)}</b>{_safe(r.text)}</p>')
        for r in removed.itertuples()
    ]
    parts += [(i.line_from, _item(out_dir, i)) for i in items.itertuples()]
    body = "\n".join(part for _, part in sorted(parts, key=lambda p: p[0]))
    return HTML(f'<style>{CSS}</style><div class="reading">{body}</div>')


def _item(out_dir: str | Path, item) -> str:
    spoken = query(
        out_dir,
        """SELECT start, "end", voice_id, sentence_id FROM sentences
           WHERE item_id = $item ORDER BY position""",
        item=item.item_id,
    )
    speech = query(
        out_dir,
        """SELECT start, "end", voice_id FROM speech WHERE item_id = $item ORDER BY start""",
        item=item.item_id,
    )
    others = query(
        out_dir,
        """SELECT voice_id, kind, name, role, organisation FROM voices
           WHERE item_id = $item AND kind <> 'writer' ORDER BY length(voice_id), voice_id""",
        item=item.item_id,
    )
    numbers = {v: n for n, v in enumerate(others["voice_id"], 1)}
    legend = " · ".join(
        f'<span class="speech" {_colour(numbers[v.voice_id])}>{_safe(describe(v))}</span><sup>{numbers[v.voice_id]}</sup>'
        for v in others.itertuples()
    )
    return f'<div class="item"><p class="head">{_head(item)}{"<br>Voices: " if legend else ""}{legend}</p>{_text(item.text, spoken, speech, numbers)}</div>'


def _head(item) -> str:
    """What the item is, by whom and when, with the evidence for its date."""
    writer = ", ".join(x for x in (item.name, item.role, item.organisation) if x)
    date = f"{item.date or 'no date'} ({item.date_basis}{': ' if item.date_evidence else ''}{item.date_evidence})"
    parts = (f"Item {item.position}, {item.genre}", f"by {writer}" if writer else "writer not named", date)
    return _safe(" · ".join(parts))


def describe(voice) -> str:
    """A voice in a few words: its name, else its role, with its organisation."""
    named = voice.name or voice.role or f"{voice.kind} without a name"
    return f"{named}, {voice.organisation}" if voice.organisation else named


def _colour(number: int) -> str:
    return f'style="border-color:{PALETTE[(number - 1) % len(PALETTE)]}"'


def _text(text: str, spoken: pd.DataFrame, speech: pd.DataFrame, numbers: dict[str, int]) -> str:
    """The item's paragraphs, each stretch wrapped by whose sentence it is and who speaks it."""
    cuts = sorted({0, len(text), *spoken["start"], *spoken["end"], *speech["start"], *speech["end"]})
    sentence, words = (_owner(cuts, spans) for spans in (spoken, speech))
    out = []
    for start, end, owner, speaker in zip(cuts, cuts[1:], sentence, words, strict=False):
        stretch = _safe(text[start:end]).replace("\n\n", "</p><p>")
        for voice, style in ((speaker, "speech"), (owner if owner != speaker else "", "voice")):
            if voice in numbers:
                mark = f"<sup>{numbers[voice]}</sup>" if style == "speech" else ""
                stretch = f'<span class="{style}" {_colour(numbers[voice])}>{stretch}</span>{mark}'
        out.append(stretch)
    return f"<p>{''.join(out)}</p>"


def _owner(cuts: list[int], spans: pd.DataFrame) -> list[str]:
    """For each stretch between two cuts the voice of the span that holds it, empty if none does."""
    place = {cut: i for i, cut in enumerate(cuts)}
    out = [""] * len(cuts)
    for span in spans.itertuples():
        for i in range(place[span.start], place[span.end]):
            out[i] = span.voice_id
    return out


def _safe(text: object) -> str:
    return html.escape(str(text), quote=True)
