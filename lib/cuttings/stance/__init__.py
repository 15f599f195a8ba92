"""Step 04: which targets each voice argues about, and on which side it stands."""

from cuttings.stance.compare import (
    by_target,
    by_voice,
    contrasts,
    labels,
    most_argued,
    put_right,
    statements,
    threshold,
)
from cuttings.stance.conclusions import conclude
from cuttings.stance.devices import by_device
from cuttings.stance.evidence import evidence, marked
from cuttings.stance.listing import caption, listed
from cuttings.stance.markers import counted, rates
from cuttings.stance.network import affiliations, congruence, dna, write_dna
from cuttings.stance.plots import plot_targets, plot_voices
from cuttings.stance.plots_compare import plot_contrasts, plot_reliability
from cuttings.stance.plots_network import plot_markers, plot_network
from cuttings.stance.scorers import classify, scorers
from cuttings.stance.scoring import score
from cuttings.stance.trust import (
    agreement,
    coded,
    confused,
    coverage,
    held_out,
    learnt,
    of_scorer,
    resolved,
)

__all__ = [
    "affiliations",
    "agreement",
    "by_device",
    "by_target",
    "by_voice",
    "caption",
    "classify",
    "coded",
    "conclude",
    "confused",
    "congruence",
    "contrasts",
    "counted",
    "coverage",
    "dna",
    "evidence",
    "held_out",
    "labels",
    "learnt",
    "listed",
    "marked",
    "most_argued",
    "of_scorer",
    "plot_contrasts",
    "plot_markers",
    "plot_network",
    "plot_reliability",
    "plot_targets",
    "plot_voices",
    "put_right",
    "rates",
    "resolved",
    "score",
    "scorers",
    "statements",
    "threshold",
    "write_dna",
]
