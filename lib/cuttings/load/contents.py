"""What is said, in a parsed sentence: the words that belong to a verb of saying, in each of its frames.

Each function of a frame takes the verb, the token that names who speaks and the lists of the lexicon
in which the verb stands, and gives the places of the tokens that are said; none if the frame is not there.
"""

from __future__ import annotations

from cuttings.load.lexicon import frames, words
from cuttings.load.subjects import noun_phrase, own_subject

NARRATES = set("adding saying who which as when while after before among or leaving making".split())
"""Words after a reporting clause with which the writer goes on, not the speaker."""
NEAR = 9
"""Tokens after a verb of saying within which its clause begins: *told us, between long sighs, that*."""
REPORTED = frozenset({"saying", "thinking"})
SUMMING = set(
    "decision move number figure claim idea charge reading step verdict ruling total sum position view argument proposal "
    "suggestion assertion accusation comparison practice reference".split()
)
"""Nouns by which the writer sums up what somebody said, to go on about it."""
SPOKEN = {
    "said",
    "says",
    "say",
    "saying",
    "added",
    "adds",
    "told",
    "tells",
    "wrote",
    "writes",
    "argued",
    "argues",
    "claimed",
    "claims",
    "insisted",
    "insists",
    "warned",
    "warns",
    "believes",
    "believe",
    "believed",
    "think",
    "thinks",
    "thought",
}


def as_put(verb, subject, names: set[str]) -> set[int]:
    """``as she puts it``: the rest of the sentence."""
    if (
        verb.dep_ != "advcl"
        or not names & REPORTED
        or not any(c.lower_ == "as" and c.dep_ in ("mark", "advmod") for c in verb.lefts)
    ):
        return set()
    inside = {t.i for t in verb.subtree}
    return {t.i for t in verb.doc} - inside


def clause(verb, subject, names: set[str]) -> set[int]:
    """The clause after the verb: ``said that``, ``thinks it``."""
    for child in verb.rights:
        if child.dep_ != "ccomp" or child.i == subject.i:
            continue
        start = child.left_edge.i
        if start <= verb.i:
            continue
        if subject.i > verb.i and start < subject.i:
            continue
        infinite = any(c.lower_ == "to" and c.dep_ == "aux" for c in child.children)
        if infinite and not names & {"intending", "saying", "thinking"}:
            continue
        if not infinite and not names & {"saying", "thinking", "documentary", "intending"}:
            continue
        found = {t.i for t in child.subtree if t.i > verb.i} if infinite else until(verb, start)
        return short_of_summing(verb.doc, found)
    aside = _that_after_phrase(verb) if names & {"saying", "thinking", "documentary"} else None
    if aside is None:
        return set()
    last = max(verb.right_edge.i, verb.doc[aside].head.right_edge.i)
    return short_of_summing(verb.doc, until(verb, aside) or set(range(aside, last + 1)))


def _that_after_phrase(verb) -> int | None:
    """Where the clause begins that the parser hung on a phrase: ``said in an interview that``."""
    for token in verb.doc[verb.i + 1 : verb.i + 1 + NEAR]:
        if token.lower_ == "that" and token.tag_ == "IN":
            return token.i
        if token.tag_[0] == "V" or token.text in ";:":
            return None
    return None


def short_of_summing(doc, content: set[int]) -> set[int]:
    """Content without the writer's *..., a decision that* after it and all that follows."""
    for i in sorted(content):
        after = [t.lower_ for t in doc[i : i + 4]]
        summed = after[0] == "," and after[1:2] in (["a"], ["an"]) and not SUMMING.isdisjoint(after[2:])
        if summed and i + 1 in content:
            return {j for j in content if j < i}
    return content


def infinitive(verb, subject, names: set[str]) -> set[int]:
    """``promised to pay``; with its object, ``urged the board to think``."""
    if "intending" not in names:
        return set()
    for child in verb.rights:
        if child.dep_ in ("xcomp", "advcl", "ccomp") and any(
            c.lower_ == "to" and c.dep_ == "aux" for c in child.children
        ):
            if verb.lower_ in words("declining") and child.lower_ in words("telling"):
                return set()
            first = min(
                [
                    child.left_edge.i,
                    *(
                        c.left_edge.i
                        for c in verb.rights
                        if c.dep_ in ("dobj", "dative") and c.i < child.i and c.i != subject.i
                    ),
                ]
            )
            last = max([child.right_edge.i, *(c.right_edge.i for c in verb.rights if _also(c, child))])
            return short_of_summing(verb.doc, set(range(first, last + 1)))
    return set()


def _also(token, first) -> bool:
    """Whether a verb is a further infinitive that the parser hung on the verb of intending."""
    return token.dep_ == "conj" and token.tag_ == "VB" and token.i > first.i


def around(verb, subject, names: set[str]) -> set[int]:
    """What stands before a reporting clause, and goes on after it: ``..., she said``, ``..., she said, ...``."""
    if (
        not names & {"saying", "thinking", "documentary"}
        or verb.dep_ in ("relcl", "acl")
        or verb.tag_ == "VBG"
    ):
        return set()
    if verb.lower_ == "added" and any(c.dep_ == "dobj" for c in verb.rights):
        return set()
    doc = verb.doc
    first = min(noun_phrase(subject)[0], verb.i)
    for child in verb.lefts:
        if child.dep_ in ("aux", "advmod", "neg") and child.i > (subject.i if subject.i < verb.i else -1):
            first = min(first, child.i)
    if first == 0 or doc[first - 1].text not in (",", '"', "-", "–", "—", "?", "!", "'", "..."):
        return set()
    before = {t.i for t in doc[:first] if not t.is_punct}
    if not before:
        return set()
    last = max(verb.i, subject.right_edge.i if subject.i > verb.i else verb.i)
    for child in verb.rights:
        if (
            child.i > last
            and child.dep_ in ("dobj", "dative", "npadvmod", "prep", "advmod", "prt")
            and child.left_edge.i == last + 1
        ):
            last = child.right_edge.i
    after = doc[last + 1 :]
    inserted = len(after) > 2 and after[0].text == "," and first > 0 and doc[first - 1].text == ","
    if not _whole(doc, verb, before, inserted) or (
        len(after) and not after[0].is_punct and after[0].dep_ in ("cc", "conj")
    ):
        return set()
    goes_on = _quoted_after(after)
    if goes_on:
        return before | goes_on
    if len(after) > 2 and after[0].text == ",":
        unmarked = doc[first - 1].text != '"' and (subject.i < verb.i or verb.dep_ in ("parataxis", "ccomp"))
        if after[1].text == '"' or (unmarked and _goes_on(after[1], verb, before)):
            return before | {t.i for t in _upto_other(after[1:], verb)}
    return before


def _goes_on(word, verb, before: set[int]) -> bool:
    """Whether a word after a reporting clause is the speaker's: not ``, adding``, but ``he came, she said, when ...``."""
    if word.lower_ not in NARRATES or verb.head.i > word.i:
        return True
    clause = word.head if word.dep_ in ("mark", "advmod") else word
    return clause.dep_ in ("advcl", "prep") and clause.head.i in before


def _quoted_after(after) -> set[int]:
    """The quotation that goes on after a reporting clause and what stands in apposition to its subject."""
    first = next((t.i for t in after if t.text == '"'), None)
    if first is None or any(
        t.tag_ in ("VBD", "VBZ", "VBP") for t in after if t.i < first and t.dep_ != "relcl"
    ):
        return set()
    return {t.i for t in after if t.i >= first}


def _whole(doc, verb, before: set[int], inserted: bool) -> bool:
    """Whether what stands before a reporting clause is a clause or a quotation, not an adverbial phrase."""
    if doc[max(before) + 1 : max(before) + 3].text.startswith('"') or (
        max(before) + 2 < len(doc) and doc[max(before) + 2].text == '"'
    ):
        return True
    governed = any(doc[i].head == verb and doc[i].dep_ in ("ccomp", "parataxis") for i in before)
    governs = verb.head.i in before and verb.dep_ in ("parataxis", "ccomp", "conj", "dep", "advcl")
    stranded = inserted and (verb.dep_ in ("parataxis", "ccomp", "ROOT") or verb.head.i > verb.i)
    if verb.dep_ == "conj" and any(c.dep_ == "cc" for c in verb.head.rights if c.i < verb.i):
        return False
    return governed or governs or stranded


def _upto_other(span, verb):
    for token in span:
        if token.dep_ == "conj" and token.lower_ in SPOKEN and own_subject(token) is not None:
            return [t for t in span if t.i < token.left_edge.i]
    return list(span)


def before_too(verb, subject, names: set[str]) -> set[int]:
    """The quotation before a clause that has more after it: ``"No," she said, "it is so."``"""
    doc = verb.doc
    first = min(noun_phrase(subject)[0], verb.i)
    if first >= 2 and doc[first - 1].text == '"':
        return {t.i for t in doc[:first]}
    if (
        first >= 2
        and doc[first - 1].text == ","
        and verb.i + 1 < len(doc)
        and any(c.dep_ == "ccomp" and c.i < first for c in verb.lefts)
    ):
        return {t.i for t in doc[:first]}
    return set()


def rest(verb, subject, names: set[str]) -> set[int]:
    """What follows a plain verb of saying, where the parser saw no clause in it."""
    if verb.lower_ not in SPOKEN and not any(t.text in (":", '"') for t in verb.doc[verb.i + 1 : verb.i + 3]):
        return set()
    if not names & {"saying", "thinking"}:
        return set()
    if verb.lower_ in ("wrote", "writes") and any(_a_thing(c) for c in verb.rights):
        return set()
    start = max(verb.i + 1, subject.right_edge.i + 1 if subject.i > verb.i else 0)
    for child in verb.rights:
        if (
            child.dep_ in ("dative", "npadvmod")
            and child.left_edge.i == start
            or child.dep_ == "dobj"
            and verb.lower_ in ("told", "tells", "tell")
            and child.left_edge.i == start
        ):
            start = _told(child)
    content = until(verb, start)
    return (
        content
        if sum(not verb.doc[i].is_punct for i in content) >= (3 if '"' not in verb.doc.text else 1)
        else set()
    )


def _a_thing(child) -> bool:
    """Whether a noun that is no quotation is what was written: *wrote the law*."""
    return child.dep_ == "dobj" and child.tag_[0] == "N" and not any(t.text == '"' for t in child.subtree)


def _told(child) -> int:
    """Where what somebody is told begins: a clause without *who* that the parser hung on them is that."""
    clause = next((c for c in child.rights if c.dep_ == "relcl" and c.left_edge.dep_ == "nsubj"), None)
    bare = clause is not None and clause.left_edge.lower_ not in ("who", "which", "that")
    return clause.left_edge.i if bare and child.dep_ == "dobj" else child.right_edge.i + 1


def until(verb, start: int) -> set[int]:
    """From a place to the end of what the verb governs, short of its fellow verbs and of another's saying."""
    end = verb.right_edge.i + 1
    doc = verb.doc
    for token in doc[start:end]:
        if token.i <= verb.i:
            continue
        fellow = token.head == verb and (
            token.dep_ in ("conj", "parataxis")
            or (token.dep_ == "advcl" and token.tag_ == "VBG" and token.lower_ in frames())
        )
        other = (
            token.lower_ in SPOKEN
            and token.dep_ == "conj"
            and own_subject(token) is not None
            and own_subject(token).tag_ != "PRP"
            and token.head.i < token.i
        )
        if fellow or other:
            first = token.left_edge.i
            while first - 1 > start and (
                doc[first - 1].dep_ in ("cc", "punct") or doc[first - 1].lower_ in ("while", "whereas")
            ):
                first -= 1
            end = min(end, first)
            break
    return {t.i for t in doc[start:end]}
