"""The registry of instruments: what each is called, how it scores sentences, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from cuttings.sentiment import lexicons, trained
from cuttings.sentiment.adapt import expanded, masked
from cuttings.sentiment.lexicons import Reasons, Scores


@dataclass(frozen=True)
class Instrument:
    """A way of scoring. ``score`` takes sentences and gives the polarity of each (-1 to 1) and the
    number of its words that count; ``reasons`` gives the words behind the polarity of one sentence,
    each with what it adds."""

    label: str
    score: Callable[[list[str]], Scores]
    reasons: Callable[[str], Reasons]


def _on(prepare: Callable[[str], str], label: str, instrument: Instrument) -> Instrument:
    """``instrument`` on sentences that ``prepare`` has changed."""
    return Instrument(
        label,
        lambda sentences: instrument.score([prepare(s) for s in sentences]),
        lambda sentence: instrument.reasons(prepare(sentence)),
    )


TEXTBLOB = Instrument("TextBlob", lexicons.textblob, lexicons.textblob_reasons)
VADER = Instrument("VADER", lexicons.vader, lexicons.vader_reasons)

instruments: dict[str, Instrument] = {
    "textblob": TEXTBLOB,
    "vader": VADER,
    "afinn": Instrument("AFINN", lexicons.afinn, lexicons.afinn_reasons),
    "textblob-adapted": _on(expanded, "TextBlob adapted", TEXTBLOB),
    "vader-adapted": _on(lambda s: masked(expanded(s)), "VADER adapted", VADER),
    "trained": Instrument("Trained", trained.trained, trained.reasons),
}
"""Every instrument by name; all of them score every sentence.

The mask is used where masking is shown to help on coded sentences: it is for VADER, not for TextBlob
(``python benchmarks/sentiment.py`` prints both).
"""

NAMES = {name: instrument.label for name, instrument in instruments.items()}
"""The names as figures and tables print them."""


def explain(name: str, sentence: str) -> pd.DataFrame:
    """The words behind the polarity that instrument ``name`` gives ``sentence``: word, weight.

    The weights of the lexicons add up to the polarity; those of the trained model say how much the
    polarity falls when the word is left out. Raises ``KeyError`` for an unknown instrument.
    """
    return pd.DataFrame(instruments[name].reasons(sentence), columns=["word", "weight"])
