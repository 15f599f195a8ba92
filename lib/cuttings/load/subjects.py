"""Who speaks, in a parsed sentence: the subject of a verb of saying, wherever it stands."""

from __future__ import annotations

from cuttings.load.lexicon import frames

STEPS = 12
"""Links of a chain of verbs (*said and added and ...*) that are followed to a subject."""
MARKS = set('.,;:"–—!?()')
ENDS_NAME = set("who which that when as while after before during on by in to about".split())
WRITERS_OWN = {
    "i",
    "me",
    "us",
    "let",
    "we",
    "you",
    "one",
    "nobody",
    "anybody",
    "anyone",
    "nothing",
    "something",
    "everything",
    "whom",
    "who",
    "what",
    "which",
    "that",
    "there",
}
"""Subjects that are the writer, the reader or nobody."""


def subject_of(verb):
    """The token that names who speaks: the verb's subject, or that of the verb on which it leans."""
    for _ in range(STEPS):
        agent = next((c for c in verb.children if c.dep_ == "agent"), None)
        if agent is not None:
            return next((c for c in agent.children if c.dep_ == "pobj"), None)
        subject = own_subject(verb)
        if subject is not None:
            return (
                _antecedent(verb)
                if subject.lower_ in ("who", "which", "that") and subject.i < verb.i
                else subject
            )
        after = _inverted(verb)
        if after is not None:
            return after
        passive = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
        if passive is not None:
            return passive
        if verb.dep_ == "acl" and verb.head.tag_[0] == "N" and verb.tag_ == "VBG":
            return verb.head
        if verb.dep_ == "acl" and verb.head.dep_ == "ROOT" and (verb.head.lower_ == "one" or resumed(verb)):
            return verb.head
        if verb.dep_ not in ("conj", "advcl", "xcomp", "dep") or verb.head.tag_[0] != "V":
            return None
        verb = verb.head
    return None


def resumed(verb) -> bool:
    """Whether a verb after an inserted clause is what its noun does: *Ada Quill, who chairs it, called on them*."""
    after_comma = verb.i and verb.nbor(-1).text == ","
    inserted = any(c.dep_ == "relcl" and c.i < verb.i for c in verb.head.rights)
    return bool(
        after_comma
        and inserted
        and verb.head.dep_ == "ROOT"
        and verb.dep_ == "acl"
        and verb.tag_ in ("VBD", "VBN")
    )


def own_subject(verb):
    """The subject of the verb itself; of two before it (*The bus, “stinks,” he said*) the nearer."""
    found = [c for c in verb.children if c.dep_ in ("nsubj", "csubj")]
    before = [c for c in found if c.i < verb.i]
    if len(before) > 1 and not before[-1].left_edge.nbor(-1).is_punct:
        return before[0]
    return before[-1] if before else next(iter(found), None)


def _antecedent(verb):
    """The noun that a relative clause belongs to, or None for a question."""
    for _ in range(STEPS):
        if verb.dep_ == "relcl":
            return verb.head
        if verb.dep_ not in ("conj", "ccomp"):
            return None
        verb = verb.head
    return None


def _inverted(verb):
    """The noun after a verb that follows a quotation or a comma, where the parser took it for an object."""
    before = verb.nbor(-1) if verb.i else None
    if before is None or before.text not in ('"', ",", "-", "–", "—", "'"):
        return None
    if "saying" not in frames_of(verb) and not (before.text == '"' and verb.tag_ in ("VBD", "VBZ")):
        return None
    if verb.tag_ == "VBG":
        return None
    for child in verb.rights:
        if child.dep_ in ("dobj", "attr", "npadvmod", "oprd", "appos", "dative") and child.tag_[0] in "NP":
            return child
        if child.dep_ == "prep" and child.text[:1].isupper():
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return _broken(verb)


def _broken(verb):
    """The name after a verb at the end of a quotation, which the parser hung on what follows the name."""
    after = verb.doc[verb.i + 1 : verb.i + 4]
    if (
        verb.nbor(-1).text != '"'
        or verb.tag_ not in ("VBD", "VBZ")
        or not len(after)
        or after[0].tag_ not in ("NNP", "DT", "PRP")
    ):
        return None
    return next((t for t in after if t.tag_ in ("NNP", "NN", "PRP") and t.dep_ != "compound"), None)


def noun_phrase(head) -> tuple[int, ...]:
    """The places of the noun phrase of ``head``, without relative clauses and what follows them."""
    end = head.right_edge.i + 1
    for child in head.rights:
        if child.dep_ in ("relcl", "acl", "advcl", "ccomp", "parataxis") or (
            child.dep_ == "conj" and child.tag_[0] == "V"
        ):
            end = min(end, child.left_edge.i)
    start = head.left_edge.i
    start = max([start, *(t.i + 1 for t in head.doc[start : head.i] if t.text == '"')])
    while start < head.i and head.doc[start].is_punct:
        start += 1
    end = next((t.i for t in head.doc[head.i + 1 : end] if t.text == '"'), end)
    return tuple(range(start, max(end, head.i + 1)))


def after_verb(subject, verb) -> tuple[int, ...]:
    """The places of a subject that follows its verb (*said co-author Professor Ada Quill*), name and all.

    The parser often breaks such a phrase; it goes on to a mark, a verb or a word that opens something else.
    """
    start, end = noun_phrase(subject)[0], subject.i + 1
    for token in verb.doc[end:]:
        if token.text == "," and _name_follows(token):
            continue
        if token.text in MARKS or token.tag_[0] == "V" or token.lower_ in ENDS_NAME:
            break
        end = token.i + 1
    return tuple(range(start, max(end, noun_phrase(subject)[-1] + 1)))


def _name_follows(comma) -> bool:
    """Whether a name stands in apposition after a comma: *said his rival, Judge Ada Quill*."""
    after = comma.doc[comma.i + 1 : comma.i + 3]
    return len(after) == 2 and all(t.tag_ == "NNP" for t in after) and comma.nbor(-1).tag_ in ("NN", "NNS")


def speaks(subject) -> bool:
    """Whether whoever the token names may be somebody else than the writer, the reader or nobody."""
    if any(t.lower_ == "whom" for t in subject.subtree):
        return False
    if subject.lower_ == "one" and (
        subject.tag_ == "CD" or any(c.lower_ == "of" or c.dep_ == "appos" for c in subject.children)
    ):
        return True
    denied = any(c.lower_ in ("no", "nobody", "every") and c.dep_ == "det" for c in subject.children)
    return not denied and subject.lower_ not in WRITERS_OWN


def is_main(verb) -> bool:
    """Whether the sentence, or the part of it before a semicolon, is built on this verb."""
    for _ in range(STEPS):
        if verb.dep_ == "ROOT":
            return True
        if verb.dep_ == "ccomp" and any(t.text == ";" for t in verb.doc[verb.i : verb.head.i]):
            return True
        if verb.dep_ not in ("conj", "parataxis"):
            return False
        verb = verb.head
    return False


def frames_of(verb) -> set[str]:
    """The lists of the lexicon that hold this verb, with the particle that it has here."""
    out = set()
    for name in frames().get(verb.lower_, ()):
        name, _, particle = name.partition(":")
        if (
            not particle
            or any(c.lower_ == particle for c in verb.children)
            or (verb.i + 1 < len(verb.doc) and verb.nbor().lower_ == particle)
        ):
            out.add(name)
    return out - {"uttering"}
