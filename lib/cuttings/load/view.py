"""One page as it was read, to look at: furniture greyed, items boxed, each voice in its colour."""

from __future__ import annotations

import html
from pathlib import Path

import pandas as pd
from IPython.display import HTML

from cuttings.figures import PALETTE
from cuttings.tables import query

CSS = (
    ".reading{font:14px/1.5 Georgia,serif;max-width:46em;background:#fff;color:#1f2430;padding:.5em 1em}"
    ".reading .off{color:#767b85;font-size:.85em;margin:.15em 0}"
    ".reading .off b{font-weight:normal;border:1px solid #c9cdd5;border-radius:3px;padding:0 .3em;margin-right:.5em}"
    ".reading .item{border:1px solid #9aa0aa;border-radius:6px;padding:.4em 1em;margin:.5em 0}"
    ".reading .head{font:12px sans-serif;color:#5b6270}"
    ".reading .voice{border-bottom:3px solid;padding-bottom:1px}"
)


def page_view(out_dir: str | Path, page_id: str) -> HTML:
    """The page as HTML: what was removed with its reason, items in boxes, sentences by voice.

    The writer's sentences are plain; every other voice's are underlined in a colour of its own that
    the box's heading names. All text is escaped.
    """
    removed = query(
        out_dir,
        "SELECT line_from, reason, text FROM removed WHERE page_id = $page ORDER BY line_from",
        page=page_id,
    )
    items = query(
        out_dir,
        "SELECT item_id, line_from, genre, date, date_basis, text FROM items WHERE page_id = $page ORDER BY position",
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
        """SELECT start, "end", voice_id, kind, name, role, organisation FROM sentences
           JOIN voices USING (item_id, voice_id) WHERE item_id = $item ORDER BY position""",
        item=item.item_id,
    )
    others = spoken[spoken["kind"] != "writer"].drop_duplicates("voice_id")
    colours = {v: PALETTE[n % len(PALETTE)] for n, v in enumerate(others["voice_id"])}
    legend = " · ".join(
        f'<span class="voice" style="border-color:{colours[v.voice_id]}">{_safe(describe(v))}</span>'
        for v in others.itertuples()
    )
    head = f"{_safe(item.genre)}, {_safe(item.date or 'no date')} ({_safe(item.date_basis)})"
    return f'<div class="item"><p class="head">{head}{": " if legend else ""}{legend}</p>{_text(item.text, spoken, colours)}</div>'


def describe(voice) -> str:
    """A voice in a few words: its name, else its role, with its organisation."""
    named = voice.name or voice.role or voice.kind
    return f"{named}, {voice.organisation}" if voice.organisation else named


def _text(text: str, spoken: pd.DataFrame, colours: dict[str, str]) -> str:
    out, at = [], 0
    for s in spoken.itertuples():
        out.append(_safe(text[at : s.start]).replace("\n\n", "</p><p>"))
        words = _safe(text[s.start : s.end])
        if s.voice_id in colours:
            words = f'<span class="voice" style="border-color:{colours[s.voice_id]}">{words}</span>'
        out.append(words)
        at = s.end
    return f"<p>{''.join(out)}{_safe(text[at:])}</p>"


def _safe(text: object) -> str:
    return html.escape(str(text), quote=True)
