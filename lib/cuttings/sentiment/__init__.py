"""Step 03: what each sentence feels, by several instruments, and how far they can be trusted."""

from cuttings.sentiment.compare import (
    compare,
    differences,
    disagreements,
    item_means,
    readable,
    scored,
    silent,
)
from cuttings.sentiment.conclusions import conclude
from cuttings.sentiment.instruments import NAMES, instruments
from cuttings.sentiment.plots import plot_groups
from cuttings.sentiment.scoring import score
from cuttings.sentiment.trust import agreement, coverage

__all__ = [
    "NAMES",
    "agreement",
    "compare",
    "conclude",
    "coverage",
    "differences",
    "disagreements",
    "instruments",
    "item_means",
    "plot_groups",
    "readable",
    "score",
    "scored",
    "silent",
]
