"""The word lists of ``lexicon.toml``, and the forms in which their verbs stand in a text."""

import tomllib
from functools import cache
from pathlib import Path

FRAMES = ("saying", "thinking", "knowing", "documentary", "intending", "judging", "uttering")
IRREGULAR = {
    "say": "say says said saying",
    "tell": "tell tells told telling",
    "write": "write writes wrote written writing",
    "think": "think thinks thought thinking",
    "find": "find finds found finding",
    "show": "show shows showed shown showing",
    "put": "put puts putting",
    "set": "set sets setting",
    "go": "go goes went gone going",
    "call": "call calls called calling",
    "hit": "hit hits hitting",
    "feel": "feel feels felt feeling",
    "know": "know knows knew known knowing",
    "understand": "understand understands understood understanding",
    "hold": "hold holds held holding",
    "hear": "hear hears heard hearing",
    "see": "see sees saw seen seeing",
    "learn": "learn learns learned learnt learning",
    "swear": "swear swears swore sworn swearing",
    "read": "read reads reading",
    "forecast": "forecast forecasts forecasting",
    "foresee": "foresee foresees foresaw foreseen foreseeing",
    "undertake": "undertake undertakes undertook undertaken undertaking",
    "forbid": "forbid forbids forbade forbidden forbidding",
    "give": "give gives gave given giving",
    "have": "have has had having",
    "make": "make makes made making",
    "draw": "draw draws drew drawn drawing",
    "let": "let lets letting",
    "shoot": "shoot shoots shot shooting",
    "seek": "seek seeks sought seeking",
    "deny": "deny denies denied denying",
}
DOUBLED = {"admit", "quip", "beg", "brag", "snap", "dub", "slam"}


@cache
def words(name: str) -> tuple[str, ...]:
    """The list ``name``, longest entry first so that patterns made of it match the longest."""
    table = tomllib.loads(Path(__file__).with_name("lexicon.toml").read_text("utf-8"))
    return tuple(sorted(table[name], key=lambda w: (-len(w), w)))


@cache
def frames() -> dict[str, frozenset[str]]:
    """For each form of a verb (its first word) the lists in which it stands, as ``list`` or ``list:particle``.

    ``points`` has ``saying:out``: the verb reports only with that particle or preposition.
    """
    out: dict[str, set[str]] = {}
    for name in FRAMES:
        for entry in words(name):
            verb, _, particle = entry.partition(" ")
            for form in forms(verb):
                out.setdefault(form, set()).add(f"{name}:{particle}" if particle else name)
    return {form: frozenset(names) for form, names in out.items()}


def forms(verb: str) -> list[str]:
    """The forms of a verb in its base form: ``deny``, ``denies``, ``denied``, ``denying``."""
    if verb in IRREGULAR:
        return IRREGULAR[verb].split()
    if verb.endswith("e"):
        return [verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"]
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return [verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"]
    stem = verb + verb[-1] if verb in DOUBLED else verb
    plural = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x")) else f"{verb}s"
    return [verb, plural, f"{stem}ed", f"{stem}ing"]
