"""Instruments that look words up in a list: TextBlob, VADER and AFINN, each with its reasons.

A polarity and its reasons come from the same place: the weights of an explanation add up to the
polarity (TextBlob's are rounded by nobody, VADER rounds its sum to four decimals).
"""

from __future__ import annotations

import math
import warnings
from functools import cache

import numpy as np
from textblob import TextBlob
from vaderSentiment.vaderSentiment import BOOSTER_DICT, SentimentIntensityAnalyzer, SentiText

from cuttings.text import straighten

Scores = tuple[np.ndarray, np.ndarray]
"""Polarity of each sentence (-1 to 1) and the number of its words that the instrument scored."""

Reasons = list[tuple[str, float]]
"""The words behind a polarity, in their order, each with what it adds to it."""

ALPHA = 15
"""VADER's constant, by which a sum of valences becomes a number between -1 and 1."""


def textblob(sentences: list[str]) -> Scores:
    """TextBlob's pattern lexicon as shipped, one sentence at a time.

    A scored word is one that the lexicon assesses; the words that negate or boost it count with it.
    De Smedt and Daelemans (2012), "Pattern for Python", JMLR 13.
    """
    found = [TextBlob(straighten(s)).sentiment_assessments for s in sentences]
    return scores([f.polarity for f in found], [len(f.assessments) for f in found])


def textblob_reasons(sentence: str) -> Reasons:
    """TextBlob's polarity is the mean over the words that it assesses; each adds its part of that."""
    found = TextBlob(straighten(sentence)).sentiment_assessments.assessments
    return [(" ".join(words), polarity / len(found)) for words, polarity, _, _ in found]


def vader(sentences: list[str]) -> Scores:
    """VADER's compound score as shipped, on straight apostrophes and quote marks, which it needs.

    A scored word is one in its lexicon that does not merely boost another.
    Hutto and Gilbert (2014), "VADER", ICWSM-14.
    """
    plain = [straighten(s) for s in sentences]
    polarity = [_vader().polarity_scores(s)["compound"] for s in plain]
    return scores(polarity, [sum(map(_is_scored, SentiText(s).words_and_emoticons)) for s in plain])


def vader_reasons(sentence: str) -> Reasons:
    """VADER's valences (negated, boosted, weighed against *but*) on the scale of its compound score.

    Where exclamation or question marks add emphasis, a last entry says what they add.
    """
    text = SentiText(straighten(sentence))
    words = text.words_and_emoticons
    valences: list[float] = []
    for place, word in enumerate(words):
        if word.lower() in BOOSTER_DICT or [w.lower() for w in words[place : place + 2]] == ["kind", "of"]:
            valences.append(0)
        else:
            valences = _vader().sentiment_valence(0, text, word, place, valences)
    valences = _vader()._but_check(words, valences)
    total = sum(valences)
    marks = math.copysign(_vader()._punctuation_emphasis(straighten(sentence)), total) if total else 0.0
    scale = math.sqrt((total + marks) ** 2 + ALPHA)
    reasons = [(word, v / scale) for word, v in zip(words, valences, strict=True) if v]
    return reasons + ([("! and ?", marks / scale)] if marks else [])


def afinn(sentences: list[str]) -> Scores:
    """AFINN's word list: the sum of the words' valences (-5 to 5), squeezed as VADER squeezes its own.

    Nielsen (2011), "A new ANEW", ESWC workshop on making sense of microposts.
    """
    found = [_afinn().scores(straighten(s)) for s in sentences]
    return scores([_squeezed(sum(f)) for f in found], [len(f) for f in found])


def afinn_reasons(sentence: str) -> Reasons:
    """AFINN's words with their valences on the scale of the polarity; it knows no negation."""
    plain = straighten(sentence)
    words, valences = _afinn().find_all(plain), _afinn().scores(plain)
    scale = math.sqrt(sum(valences) ** 2 + ALPHA)
    return [(word, valence / scale) for word, valence in zip(words, valences, strict=True) if valence]


def scores(polarity: list[float], n_scored_words: list[int]) -> Scores:
    """Both columns as arrays, the polarity held to -1 to 1."""
    return np.clip(np.array(polarity, float), -1, 1), np.array(n_scored_words, "int64")


def _squeezed(total: float) -> float:
    return total / math.sqrt(total**2 + ALPHA)


def _is_scored(word: str) -> bool:
    return word.lower() in _vader().lexicon and word.lower() not in BOOSTER_DICT


@cache
def _vader() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()


@cache
def _afinn():
    with warnings.catch_warnings():  # its source has an escape that newer Pythons warn of
        warnings.simplefilter("ignore")
        from afinn import Afinn

        return Afinn()
