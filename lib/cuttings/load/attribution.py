"""Who is said to say what within one parsed sentence: source, cue and content.

The frames are those of news attribution as Pareti (2016, "PARC 3.0") describes them: a verb of saying
or thinking with its clause before, after or around it, an infinitive of what is intended, an object
of what is judged, *according to*, an adjective or a noun with its clause (*is sure that*, *her claim
that*). Which word has which frame stands in ``lexicon.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from cuttings.load.contents import around, as_put, before_too, clause, infinitive, rest, until
from cuttings.load.cues import (
    Report,
    according,
    adjective,
    colon,
    colon_before_quotation,
    meant,
    noun,
    opinion,
    surface,
)
from cuttings.load.hearsay import hearsay
from cuttings.load.judging import judged
from cuttings.load.lexicon import words
from cuttings.load.subjects import (
    after_verb,
    frames_of,
    is_main,
    noun_phrase,
    own_subject,
    resumed,
    speaks,
    subject_of,
)

UNREAL = {"should", "must", "might", "may", "could", "can", "ca", "cannot", "would"}
FUTURE = {"will", "wo", "shall", "'ll"}
NOT = {"not", "n't", "never"}
ASKED = {"whether", "if", "what", "which", "who", "how", "why", "when", "where"}
POLLED = {"had", "has", "gave", "gives", "put", "puts", "found", "finds", "showed", "shows"}
POLLS = {"poll", "polls", "survey", "surveys"}
DONE = {"is", "was", "has", "had", "does", "did", "were"}
HEARD = {"hear", "hears", "heard", "hearing"}
OPINION = {"view", "opinion", "words", "eyes", "judgment", "judgement", "phrase"}


def reports(doc) -> list[Report]:
    """Every attribution that a parsed sentence makes, in the order of the cues."""
    found = [r for token in doc for r in _at(token) if r.content]
    return _with_quotation(doc, found) or list(colon(doc)) or list(surface(doc))[:1]


def _with_quotation(doc, found: list[Report]) -> list[Report]:
    """The quotation after a colon belongs to the attribution before it: ``likened it to a marriage: "..."``."""
    at = colon_before_quotation(doc)
    last = max((r.cue for r in found if r.cue < at and r.main), default=-1)
    after = frozenset(range(at + 1, len(doc)))
    return [replace(r, content=r.content | after) if at and r.cue == last else r for r in found]


@cache
def _nouns(name: str) -> frozenset[str]:
    return frozenset(words(name)) | {f"{w}s" for w in words(name)}


def _at(token) -> Iterator[Report]:
    word = token.lower_
    if word == "according":
        yield from according(token)
    elif word in _nouns("convinced") and token.tag_[0] in "JV" and not own_subject(token):
        yield from adjective(token)
    elif (token.tag_[0] == "V" or _built_on(token)) and (
        names := _polled(token) or frames_of(token) or _uttered(token) or _wished(token)
    ):
        yield from _verb(token, names)
    elif word in OPINION and token.head.lower_ == "in":
        yield from opinion(token)
    elif word in _nouns("wish") and token.tag_[0] == "N" and (wished := list(meant(token))):
        yield from wished
    elif word in _nouns("assertion") and token.tag_[0] == "N":
        yield from noun(token)


def _uttered(verb) -> set[str]:
    """Any verb right after a quotation that stands by itself, or after who speaks it, says it: *"Never," he slurred*."""
    if verb.tag_ not in ("VBD", "VBZ") or verb.i < 3:
        return set()
    subject = own_subject(verb)
    first = min(noun_phrase(subject)[0], verb.i) if subject is not None else verb.i
    quoted = first > 2 and verb.doc[first - 1].text == '"' and verb.doc[first - 2].text in (",", "?", "!")
    return {"saying"} if quoted and verb.lower_ not in DONE else set()


def _wished(verb) -> set[str]:
    return {"intending"} if verb.lower_ == "like" and "would" in _helpers(verb) else set()


def _polled(verb) -> set[str]:
    """What a poll *had*, *gave* or *put*: of anything else these verbs tell a deed."""
    subject = subject_of(verb) if verb.lower_ in POLLED else None
    polls = subject is not None and subject.lower_ in POLLS and subject.i < verb.i
    return {"polling"} if polls else set()


def _built_on(token) -> bool:
    """Whether the sentence is built on a word that the tagger took for a noun: *Figures published today show ...*"""
    return token.dep_ == "ROOT" and token.i > 0 and own_subject(token) is not None


def _verb(verb, names: set[str]) -> Iterator[Report]:
    subject = subject_of(verb)
    if subject is None or not speaks(subject):
        return
    if "polling" in names:
        said = frozenset(until(verb, verb.i + 1))
        yield Report(verb.i, "polling", noun_phrase(subject), said, is_main(verb))
        return
    if said := hearsay(verb):
        yield Report(verb.i, "hearsay", (), frozenset(said), is_main(verb))
        return
    if verb.lower_ in HEARD and subject.lower_ not in words("hearing"):
        return
    if _unreal(verb, subject, names):
        yield from _withheld(verb, subject, names)
        return
    after = subject.i > verb.i
    source = after_verb(subject, verb) if after else _short_of(verb, noun_phrase(subject))
    own = set(range(min(source[0], verb.i), max(source[-1], verb.i) + 1))
    first = (rest,) if _quotes_next(verb, subject) else ()
    for test in (*first, as_put, clause, infinitive, around, rest, judged):
        content = test(verb, subject, names)
        if content:
            frame = _frame(verb, test, names, content)
            main = is_main(verb) or test is around
            more = before_too(verb, subject, names) if test in (clause, rest) else set()
            yield Report(verb.i, frame, source, frozenset((content | more) - own), main)
            return


def _short_of(verb, phrase: tuple[int, ...]) -> tuple[int, ...]:
    """A noun phrase up to the verb, where the parser hung on it what stands after a semicolon."""
    return tuple(i for i in phrase if i < verb.i) if phrase[0] < verb.i else phrase


def _withheld(verb, subject, names: set[str]) -> Iterator[Report]:
    """``would not say whether``, ``did not deny that``, ``declined to say how``: what is not said, or not denied."""
    said = verb.head if "to" in _helpers(verb) and verb.dep_ == "xcomp" else verb
    refused = said.lower_ in words("declining") and not _helpers(said) & (UNREAL | FUTURE)
    if not refused and not (
        _helpers(verb) & NOT and _helpers(verb) & {"did", "does", "do", "would", "could"}
    ):
        return
    if verb.lower_ not in words("telling") or not (content := clause(verb, subject, names | {"saying"})):
        return
    yield Report(verb.i, "withholding", noun_phrase(subject), frozenset(content), is_main(said))


def _helpers(verb) -> set[str]:
    return {c.lower_ for c in verb.children if c.dep_ in ("aux", "neg", "auxpass")}


def _frame(verb, test, names: set[str], content: set[int]) -> str:
    if test is infinitive:
        return "saying" if verb.lower_ in ("tell", "tells", "told", "telling") else "intending"
    if test is judged:
        return "judging"
    first = verb.doc[min(content)].lower_
    if verb.lower_ in ("ask", "asks", "asked", "asking") and test is clause and first in ASKED:
        return "asking"
    return next(
        n for n in ("saying", "thinking", "knowing", "documentary", "intending", "judging") if n in names
    )


def _quotes_next(verb, subject) -> bool:
    """Whether a colon or a mark stands right after the reporting clause."""
    after = max(verb.i, subject.right_edge.i if subject.i > verb.i else verb.i) + 1
    return any(t.text in (":", '"') for t in verb.doc[after : after + 1]) or verb.doc[
        verb.i + 1 : verb.i + 4
    ].text.endswith((":", ': "'))


def _unreal(verb, subject, names: set[str]) -> bool:
    """Whether nothing was said: *did not say*, *should ask*, *refused to tell*, *was told*."""
    helpers = _helpers(verb)
    if verb.lower_ == "said" and verb.doc[verb.i + 1 : verb.i + 2].text == "to":
        return True
    if helpers & FUTURE and subject.tag_ not in ("NNP", "NNPS", "PRP"):
        return True
    if any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in verb.children):
        return True
    real = "would" in helpers and (verb.lower_ == "like" or verb.doc[verb.i + 1 : verb.i + 2].text == "only")
    if (helpers & UNREAL and not real) or (helpers & NOT and "thinking" not in names):
        return True
    if verb.lower_ in ("asked", "declined", "refused") and any(
        t.lower_ == "not" for t in verb.doc[verb.i + 1 : verb.i + 2]
    ):
        return True
    if "to" in helpers and verb.dep_ in ("xcomp", "advcl", "acl", "relcl", "ccomp", "pcomp"):
        return verb.head.lower_ not in words("leading")
    if verb.lower_ == "told" and subject.dep_ == "nsubjpass" and subject.lower_ in words("hearing"):
        return False
    passive = any(c.dep_ == "auxpass" for c in verb.children) or (
        verb.tag_ == "VBN"
        and not helpers & {"has", "have", "had", "'ve", "'d", "having", "'s"}
        and not own_subject(verb)
        and not resumed(verb)
    )
    return passive and not any(c.dep_ == "agent" for c in verb.children)
