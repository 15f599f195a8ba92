"""The sentences behind every cell: what was said, by whom, and which words weighed."""

from __future__ import annotations

import html
from pathlib import Path

import pandas as pd
from IPython.display import HTML

from cuttings import tables
from cuttings.stance import lexicon, trained
from cuttings.stance.scorers import FAVOURED

VOICE = "CASE WHEN voices.kind = 'writer' THEN 'writer, ' || items.genre ELSE voices.kind END"
"""SQL: the kind of a voice as step 04 compares it; writers are told apart by what they write."""

MARKS = (
    ".evidence mark{background:none;color:inherit;border-bottom:3px solid}"
    ".evidence .mention{font-weight:600;text-decoration:underline}"
    ".evidence .for{border-color:#2a7f9e}.evidence .against{border-color:#c05a1b}"
    ".evidence td{vertical-align:top;padding:.3em .7em;text-align:left;max-width:40em}"
    ".evidence{overflow-x:auto}.evidence caption{text-align:left;font-weight:600}"
)


def evidence(
    out_dir: str | Path,
    voice: str | None = None,
    target: str | None = None,
    most: int = 20,
    scorer: str = FAVOURED,
) -> pd.DataFrame:
    """Statements of ``voice`` about ``target`` with the words that weighed, the surest first.

    ``voice`` is a kind as the figures name it (``speaker``; ``writer, letter``), a name or a
    voice_id; ``target`` is a target's name; None stands for all. Of many statements ``most`` are
    given. ``weighed`` is a list of (start, end, weight): offsets in the sentence, and what the words
    there say of the target, above nought for it. The trained scorer's weights are what the shipped
    model gives for a sentence by itself, before anything was learnt from codings.
    """
    rows = tables.query(
        out_dir,
        f"""SELECT stance, target, mention_start - start AS "from", mention_end - start AS "to", {VOICE} AS voice,
              coalesce(nullif(name, ''), nullif(role, ''), nullif(organisation, ''), 'not named') AS who,
              sentences.text AS sentence, sentence_id, greatest(p_against, p_neutral, p_for) AS probability
            FROM statements JOIN sentences USING (sentence_id, item_id, voice_id)
            JOIN voices USING (voice_id, item_id) JOIN items USING (item_id)
            WHERE scorer = $scorer AND ($target IS NULL OR target = $target)
              AND ($voice IS NULL OR $voice IN (voice_id, name, voices.kind, {VOICE}))
            ORDER BY stance = 'neutral', round(probability, 2) DESC, statement_id LIMIT $most""",
        voice=voice,
        target=target,
        most=most,
        scorer=scorer,
    )
    spans = list(zip(rows["from"], rows["to"], strict=True))
    rows["mention"] = [text[start:end] for text, (start, end) in zip(rows["sentence"], spans, strict=True)]
    rows["weighed"] = [
        _weighed(text, span, scorer) for text, span in zip(rows["sentence"], spans, strict=True)
    ]
    return rows[
        [
            "stance",
            "probability",
            "mention",
            "weighed",
            "sentence",
            "voice",
            "who",
            "sentence_id",
            "from",
            "to",
        ]
    ]


def marked(cited: pd.DataFrame, caption: str) -> HTML:
    """``evidence`` as a table, each sentence with its mention underlined and its weighing words marked.

    Every word of the corpus is escaped.
    """
    rows = [
        f"<tr><td>{html.escape(row['stance'])} {row['probability']:.2f}</td>"
        f"<td>{_sentence(row['sentence'], (row['from'], row['to']), row['weighed'])}</td>"
        f"<td>{html.escape(row['who'])}<br><small>{html.escape(row['voice'])}</small></td>"
        f"<td><small>{html.escape(row['sentence_id'])}</small></td></tr>"
        for row in cited.to_dict("records")
    ]
    head = "".join(f'<th scope="col">{name}</th>' for name in ("stance", "sentence", "who", "sentence_id"))
    body = "\n".join(rows) or '<tr><td colspan="4">None.</td></tr>'
    return HTML(
        f'<style>{MARKS}</style><div class="evidence" tabindex="0"><table><caption>{html.escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>"
    )


def _sentence(text: str, span: tuple[int, int], weighed: list[tuple[int, int, float]]) -> str:
    pieces = [(span[0], span[1], '<span class="mention">', "</span>")]
    for start, end, weight in weighed:
        side = "for" if weight > 0 else "against"
        written = f"{weight:+.2f}".replace("-", "−")
        pieces.append((start, end, f'<mark class="{side}" title="{side}: {written}">', "</mark>"))
    shown, at = [], 0
    for start, end, opens, closes in sorted(pieces):
        if start >= at:
            shown += [html.escape(text[at:start]), opens, html.escape(text[start:end]), closes]
            at = end
    return "".join([*shown, html.escape(text[at:])])


def _weighed(sentence: str, span: tuple[int, int], scorer: str) -> list[tuple[int, int, float]]:
    if scorer == "lexicon":
        return [(c.start, c.end, c.value) for c in lexicon.explain(sentence, span)]
    return trained.weighed(sentence, span)
