"""The sentences behind every cell: what was said, by whom, and which words weighed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cuttings import tables
from cuttings.stance import lexicon

VOICE = "CASE WHEN voices.kind = 'writer' THEN 'writer, ' || items.genre ELSE voices.kind END"
"""SQL: the kind of a voice as step 04 compares it; writers are told apart by what they write."""


def evidence(
    out_dir: str | Path, voice: str | None = None, target: str | None = None, most: int = 20
) -> pd.DataFrame:
    """Statements of ``voice`` about ``target`` with the words that weighed, the surest first.

    ``voice`` is a kind as the figures name it (``speaker``; ``writer, letter``), a name or a
    voice_id; ``target`` is a target's name; None stands for all. Of many statements ``most`` are
    given. A weighing word is followed by what it says of the target: above nought speaks for it.
    """
    rows = tables.query(
        out_dir,
        f"""SELECT stance, target, mention_start - start AS "from", mention_end - start AS "to", {VOICE} AS voice,
              coalesce(nullif(name, ''), nullif(role, ''), nullif(organisation, ''), 'not named') AS who,
              sentences.text AS sentence, sentence_id, greatest(p_against, p_neutral, p_for) AS probability
            FROM statements JOIN sentences USING (sentence_id, item_id, voice_id)
            JOIN voices USING (voice_id, item_id) JOIN items USING (item_id)
            WHERE scorer = 'lexicon' AND ($target IS NULL OR target = $target)
              AND ($voice IS NULL OR $voice IN (voice_id, name, voices.kind, {VOICE}))
            ORDER BY stance = 'neutral', round(probability, 6) DESC, statement_id LIMIT $most""",
        voice=voice,
        target=target,
        most=most,
    )
    spans = list(zip(rows["from"], rows["to"], strict=True))
    rows["mention"] = [text[start:end] for text, (start, end) in zip(rows["sentence"], spans, strict=True)]
    rows["weighed"] = [_weighed(text, span) for text, span in zip(rows["sentence"], spans, strict=True)]
    return rows[["stance", "probability", "mention", "weighed", "sentence", "voice", "who", "sentence_id"]]


def _weighed(sentence: str, span: tuple[int, int]) -> str:
    cues = lexicon.explain(sentence, span)
    return ", ".join(f"{c.words} {c.value:+.1f}".replace("-", "−") for c in cues)
