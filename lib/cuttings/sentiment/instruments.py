"""Instruments of sentiment: each takes sentences and gives a polarity and what it rests on."""

from __future__ import annotations

from functools import cache

import numpy as np
from textblob import TextBlob
from vaderSentiment.vaderSentiment import BOOSTER_DICT, SentimentIntensityAnalyzer, SentiText

from cuttings.text import straighten

Scores = tuple[np.ndarray, np.ndarray]
"""Polarity of each sentence (-1 to 1) and the number of its words that the lexicon scored."""


def textblob(sentences: list[str]) -> Scores:
    """TextBlob's pattern lexicon as shipped, one sentence at a time.

    A scored word is one that the lexicon assesses; the words that negate or boost it count with it.
    De Smedt and Daelemans (2012), "Pattern for Python", JMLR 13.
    """
    found = [TextBlob(straighten(s)).sentiment_assessments for s in sentences]
    return _scores([f.polarity for f in found], [len(f.assessments) for f in found])


def vader(sentences: list[str]) -> Scores:
    """VADER's compound score as shipped, on straight apostrophes and quote marks, which it needs.

    A scored word is one in its lexicon that does not merely boost another.
    Hutto and Gilbert (2014), "VADER", ICWSM-14.
    """
    analyser = _vader()
    plain = [straighten(s) for s in sentences]
    polarity = [analyser.polarity_scores(s)["compound"] for s in plain]
    words = [[w.lower() for w in SentiText(s).words_and_emoticons] for s in plain]
    return _scores(
        polarity, [sum(w in analyser.lexicon and w not in BOOSTER_DICT for w in ws) for ws in words]
    )


instruments = {"textblob": textblob, "vader": vader}
"""Every instrument by name; all of them score every sentence."""

NAMES = {"textblob": "TextBlob", "vader": "VADER"}
"""The names as figures and tables print them."""


@cache
def _vader() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()


def _scores(polarity: list[float], n_scored_words: list[int]) -> Scores:
    return np.clip(np.array(polarity, float), -1, 1), np.array(n_scored_words, "int64")
