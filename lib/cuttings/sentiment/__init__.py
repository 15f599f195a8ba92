"""Step 03: what each sentence feels, by several instruments, and how far they can be trusted."""

from cuttings.sentiment.borne import by_coders
from cuttings.sentiment.compare import (
    beside,
    compare,
    differences,
    disagreements,
    item_means,
    other_than_textblob,
    readable,
    scored,
    silent,
)
from cuttings.sentiment.conclusions import conclude, conclude_comparisons
from cuttings.sentiment.correct import corrected
from cuttings.sentiment.family import family, too_few
from cuttings.sentiment.favour import favoured, ranking, why
from cuttings.sentiment.instruments import NAMES, explain, instruments
from cuttings.sentiment.masking import masking
from cuttings.sentiment.mixed import mixed, mixed_shown
from cuttings.sentiment.plots import plot_groups
from cuttings.sentiment.plots_family import plot_forest, plot_panel
from cuttings.sentiment.plots_trust import plot_agreement
from cuttings.sentiment.robust import headline, holds, panel
from cuttings.sentiment.scoring import score
from cuttings.sentiment.trust import agreement, by_group, coded, confusion, coverage, hold, mistakes

__all__ = [
    "NAMES",
    "agreement",
    "beside",
    "by_coders",
    "by_group",
    "coded",
    "compare",
    "conclude",
    "conclude_comparisons",
    "confusion",
    "corrected",
    "coverage",
    "differences",
    "disagreements",
    "explain",
    "family",
    "favoured",
    "headline",
    "hold",
    "holds",
    "instruments",
    "item_means",
    "masking",
    "mistakes",
    "mixed",
    "mixed_shown",
    "other_than_textblob",
    "panel",
    "plot_agreement",
    "plot_forest",
    "plot_groups",
    "plot_panel",
    "ranking",
    "readable",
    "score",
    "scored",
    "silent",
    "too_few",
    "why",
]
