"""Step 02: how much text there is, of what kind and from when, and which words it is made of."""

from cuttings.describe.conclusions import conclude
from cuttings.describe.concordance import concordance, first_alias
from cuttings.describe.plots import plot_coverage, plot_lengths, plot_words
from cuttings.describe.sizes import coverage, lengths, sizes, sizes_by_year, voices
from cuttings.describe.words import frequent_words, function_words

__all__ = [
    "conclude",
    "concordance",
    "coverage",
    "first_alias",
    "frequent_words",
    "function_words",
    "lengths",
    "plot_coverage",
    "plot_lengths",
    "plot_words",
    "sizes",
    "sizes_by_year",
    "voices",
]
