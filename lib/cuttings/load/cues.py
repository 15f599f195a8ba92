"""Attributions without a verb of saying: *according to*, *in her view*, *is sure that*, *her claim that*, a colon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cuttings.load.lexicon import frames, words
from cuttings.load.subjects import (
    WRITERS_OWN,
    frames_of,
    is_main,
    noun_phrase,
    own_subject,
    speaks,
    subject_of,
)

STEPS = 9
"""Tokens before a verb in which a comma and who speaks stand."""
WHEN = {
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "yesterday",
    "today",
    "on",
}


@dataclass(frozen=True)
class Report:
    """One attribution. ``source`` and ``content`` are places of tokens; ``main`` if the sentence is built on it.

    ``frame`` is the list of the lexicon by which the cue reports; ``cue`` its place.
    """

    cue: int
    frame: str
    source: tuple[int, ...]
    content: frozenset[int]
    main: bool


def according(token) -> Iterator[Report]:
    doc = token.doc
    if token.i + 2 >= len(doc) or token.nbor().lower_ != "to":
        return
    to = token.nbor()
    head = next((c for c in to.children if c.dep_ == "pobj"), None)
    head = head if head is not None else doc[token.i + 2]
    source = noun_phrase(head)
    end = max(source[-1], head.right_edge.i) + 1
    comma = next((t.i for t in doc[token.i + 2 : end] if t.text == "," and token.i == 0), None)
    if comma is not None and not any(c.dep_ == "appos" and c.left_edge.i == comma + 1 for c in head.children):
        end = comma
        source = tuple(i for i in source if i < comma)
    last = _writer_again(token, end)
    content = {t.i for t in doc if t.i < token.i or end <= t.i < last}
    yield Report(token.i, "according", source, frozenset(content), True)


def _writer_again(token, end: int) -> int:
    """Where another clause begins after ``..., according to her, and``; the end of the sentence if none does."""
    doc = token.doc
    if (
        token.i
        and doc[end : end + 2].text.lower() in (", and", ", but")
        and any(t.dep_ == "conj" and t.head.i < token.i and own_subject(t) is not None for t in doc[end:])
    ):
        return end
    return len(doc)


def opinion(token) -> Iterator[Report]:
    """``In her view, ...``"""
    owner = next((c for c in token.children if c.dep_ == "poss"), None)
    if owner is None or owner.lower_ in ("my", "our", "your"):
        return
    source = tuple(t.i for t in owner.subtree if t.text not in ("'s", "'"))
    inside = set(range(token.head.i, token.i + 1))
    yield Report(token.i, "saying", source, frozenset({t.i for t in token.doc} - inside), True)


def adjective(token) -> Iterator[Report]:
    """``is convinced that ...``, ``made it clear that ...``"""
    verb = token.head if token.head.tag_[0] == "V" else token
    clause = next((c for c in (*token.rights, *verb.rights) if c.dep_ == "ccomp" and c.i > token.i), None)
    subject = subject_of(verb) if verb is not token else own_subject(token) or _passive(token)
    if clause is None or subject is None or subject.lower_ in WRITERS_OWN | {"it", "this"}:
        return
    yield Report(
        token.i,
        "thinking",
        noun_phrase(subject),
        frozenset(range(clause.left_edge.i, clause.right_edge.i + 1)),
        is_main(verb),
    )


def _passive(verb):
    """The subject of a passive, also where the parser hung it on the helping verb."""
    helped = [c for helper in verb.children if helper.dep_ == "auxpass" for c in helper.children]
    subjects = (c for c in (*verb.children, *helped) if c.dep_ in ("nsubjpass", "nsubj"))
    return next((c for c in subjects if c.i < verb.i), None)


def noun(token) -> Iterator[Report]:
    """``her claim that ...``, ``voiced concern that ...``"""
    clause = next(
        (
            c
            for c in token.rights
            if c.dep_ in ("acl", "ccomp", "relcl")
            and c.left_edge.lower_ == "that"
            and c.left_edge.dep_ == "mark"
        ),
        None,
    )
    if clause is None:
        clause = _about(token)
    if clause is None:
        return
    owner = next((c for c in token.children if c.dep_ == "poss"), None)
    by = next(
        (
            c
            for c in token.rights
            if c.dep_ == "prep" and c.lower_ in ("by", "of", "from", "among") and c.i < clause.i
        ),
        None,
    )
    verb = token.head
    main = False
    if owner is None and by is not None:
        owner = next((c for c in by.children if c.dep_ == "pobj"), None)
    if owner is None and token.dep_ in ("dobj", "pobj") and "uttering" in frames().get(verb.lower_, ()):
        owner, main = subject_of(verb), is_main(verb)
    if owner is None or owner.lower_ in WRITERS_OWN | {"my", "our", "your"}:
        return
    source = tuple(i for i in noun_phrase(owner) if owner.doc[i].text not in ("'s", "'"))
    yield Report(
        token.i, "thinking", source, frozenset(range(clause.left_edge.i, clause.right_edge.i + 1)), main
    )


def _about(noun):
    """What a noun that somebody utters is about: ``raised concerns about the journey``."""
    uttered = noun.dep_ == "dobj" and "uttering" in frames().get(noun.head.lower_, ())
    return next(
        (c for c in noun.rights if uttered and c.dep_ == "prep" and c.lower_ in ("about", "over")), None
    )


def meant(token) -> Iterator[Report]:
    """``her hope is to ...``, ``has no intention of ...``: a noun of what is wished, with whose it is."""
    verb = token.head
    if token.dep_ == "nsubj" and verb.lower_ in ("is", "was", "are", "were"):
        owner = next((c for c in token.children if c.dep_ == "poss"), None)
        said = next((c for c in verb.rights if c.dep_ in ("xcomp", "ccomp", "advcl", "attr")), None)
    elif token.dep_ == "dobj" and "uttering" in frames().get(verb.lower_, ()):
        owner = subject_of(verb)
        said = next((c for c in token.rights if c.lower_ == "of" or c.dep_ == "acl"), None)
    else:
        return
    if owner is None or said is None or not speaks(owner) or owner.lower_ in ("my", "our", "your"):
        return
    source = tuple(i for i in noun_phrase(owner) if owner.doc[i].text not in ("'s", "'"))
    content = frozenset(range(said.left_edge.i, said.right_edge.i + 1))
    yield Report(token.i, "intending", source, content, is_main(verb))


def surface(doc) -> Iterator[Report]:
    """Where the parse shows no attribution: ``Ada Quill, ..., said ...`` and ``..., the paper states, ...``."""
    yield from _shown(doc)
    yield from _inserted(doc)
    for token in doc[1:]:
        heard = token.lower_ == "heard" and token.nbor(-1).lower_ in words("hearing")
        if not heard and ("saying" not in frames_of(token) or token.lower_.endswith("ing")):
            continue
        mark = next((t.i for t in reversed(doc[max(0, token.i - STEPS) : token.i]) if t.text in ',"'), None)
        if mark is None:
            continue
        named = doc[mark + 1 : token.i]
        if mark == token.i - 1:
            yield from _after_apposition(token)
        elif mark and named[0].tag_ in ("DT", "PRP", "PRP$", "NNP") and (heard or named[-1].tag_[0] in "NPC"):
            last = token.i + 1
            while last < len(doc) and doc[last].text in WHEN:
                last += 1
            if last < len(doc) and doc[last].text in ",.;":
                said = {t.i for t in doc if t.i < mark or t.i > last}
                yield Report(token.i, "saying", tuple(range(mark + 1, token.i)), frozenset(said), True)


def _inserted(doc) -> Iterator[Report]:
    """``The plan, argues Ada Quill, whose review it was, must go``, where the parser lost the thread."""
    for token in doc[3:-3]:
        names = token.tag_ in ("VBZ", "VBD") and frames_of(token) & {"saying", "thinking"}
        if names and token.nbor(-1).text == "," and token.nbor().tag_ == "NNP":
            last = next((t.i for t in doc[token.i :] if t.text == ","), 0)
            if last:
                said = {t.i for t in doc if t.i < token.i - 1 or t.i > last}
                yield Report(token.i, "saying", tuple(range(token.i + 1, last)), frozenset(said), True)
                return


def _shown(doc) -> Iterator[Report]:
    """``..., state records show.`` where the tagger took the verb for a noun."""
    for token in doc[2:]:
        if token.lower_ in ("show", "shows", "suggest", "indicate") and doc[token.i + 1 :].text[:1] in (
            ".",
            ",",
        ):
            comma = next((t.i for t in reversed(doc[: token.i]) if t.text == ","), 0)
            if comma and any(t.lower_ in words("document") for t in doc[comma + 1 : token.i]):
                said = {t.i for t in doc if t.i < comma or t.i > token.i + 1}
                yield Report(token.i, "documentary", tuple(range(comma + 1, token.i)), frozenset(said), True)
                return


def _after_apposition(verb) -> Iterator[Report]:
    """``Ada Quill, 20, one of those enrolled, said ...``: the sentence's first words up to a comma speak."""
    doc = verb.doc
    end = next((t.i for t in doc if t.text == ","), 0)
    if 0 < end < verb.i - 1 and doc[0].tag_ in ("NNP", "DT", "PRP$") and len(doc) - verb.i > 3:
        yield Report(verb.i, "saying", tuple(range(end)), frozenset(range(verb.i + 1, len(doc))), True)


def colon_before_quotation(doc) -> int:
    """The place of the first colon that a quotation follows; 0 if there is none."""
    return next((t.i for t in doc if t.text == ":" and t.i + 2 < len(doc) and t.nbor().text == '"'), 0)


def colon(doc) -> Iterator[Report]:
    """``The director was blunter: "..."``: the subject of what stands before the colon speaks."""
    colon = colon_before_quotation(doc)
    if not colon:
        return
    verb = next(
        (t for t in doc[:colon] if t.tag_[0] == "V" and t.dep_ in ("ROOT", "ccomp", "parataxis")), None
    )
    subject = (
        subject_of(verb)
        if verb is not None
        else next((t for t in doc[:colon] if t.dep_ in ("ROOT", "dep")), None)
    )
    if subject is None or subject.i >= colon or not speaks(subject) or subject.tag_[0] not in "NP":
        return
    yield Report(
        colon,
        "saying",
        tuple(i for i in noun_phrase(subject) if i < colon),
        frozenset(range(colon + 1, len(doc))),
        True,
    )
