"""What a user did that cannot work, in one line that names the mend."""

import difflib
from collections.abc import Iterable


class CuttingsError(Exception):
    """Wrong use: the command line prints the message on one line and exits with status 2."""


class NotebookFailed(Exception):
    """A notebook raised: the command line prints the message on one line and exits with status 1."""


def nearest(word: str, known: Iterable[str]) -> str:
    """``; did you mean 'x'?`` for the known word most like ``word``, else the list of known words."""
    known = sorted(known)
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else f"; known are: {', '.join(known)}"


def alike(word: str, known: Iterable[str]) -> str:
    """``; did you mean 'x' or 'y'?`` for the up to three known words most like ``word``, else nothing."""
    close = difflib.get_close_matches(word, sorted(known), n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(map(repr, close))}?" if close else ""
