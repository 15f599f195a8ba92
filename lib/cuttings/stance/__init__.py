"""Step 04: which targets each voice argues about, and on which side it stands."""

from cuttings.stance.compare import by_target, by_voice, labels, most_argued, statements
from cuttings.stance.conclusions import conclude
from cuttings.stance.evidence import evidence
from cuttings.stance.plots import plot_targets, plot_voices
from cuttings.stance.scorers import classify, scorers
from cuttings.stance.scoring import score
from cuttings.stance.trust import agreement, coded, confused, coverage

__all__ = [
    "agreement",
    "by_target",
    "by_voice",
    "classify",
    "coded",
    "conclude",
    "confused",
    "coverage",
    "evidence",
    "labels",
    "most_argued",
    "plot_targets",
    "plot_voices",
    "score",
    "scorers",
    "statements",
]
