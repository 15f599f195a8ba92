"""Step 02: how much text there is, of what kind and from when, and which words it is made of."""

from cuttings.describe.collocation import collocates, links
from cuttings.describe.conclusions import conclude
from cuttings.describe.concordance import commonest_alias, concordance, first_alias, save_lines
from cuttings.describe.dispersion import dispersion, places_in_time
from cuttings.describe.diversity import diversity
from cuttings.describe.keyness import keyness
from cuttings.describe.parts import Part, everything, genres, halves, outlets, spoken_by, years
from cuttings.describe.plot_dispersion import plot_dispersion
from cuttings.describe.plot_keyness import plot_keyness
from cuttings.describe.plot_network import plot_network
from cuttings.describe.plot_trends import plot_trends
from cuttings.describe.plots import plot_coverage, plot_growth, plot_lengths, plot_words
from cuttings.describe.readability import readability
from cuttings.describe.shown import collocate_table, key_table, measure_table
from cuttings.describe.sizes import coverage, left_out, lengths, sizes, sizes_by_year, voices
from cuttings.describe.trends import strongest, trends, yearly_rates
from cuttings.describe.vocabulary import growth
from cuttings.describe.words import frequent_ngrams, frequent_words, function_words

__all__ = [
    "Part",
    "collocate_table",
    "collocates",
    "commonest_alias",
    "conclude",
    "concordance",
    "coverage",
    "dispersion",
    "diversity",
    "everything",
    "first_alias",
    "frequent_ngrams",
    "frequent_words",
    "function_words",
    "genres",
    "growth",
    "halves",
    "key_table",
    "keyness",
    "left_out",
    "lengths",
    "links",
    "measure_table",
    "outlets",
    "places_in_time",
    "plot_coverage",
    "plot_dispersion",
    "plot_growth",
    "plot_keyness",
    "plot_lengths",
    "plot_network",
    "plot_trends",
    "plot_words",
    "readability",
    "save_lines",
    "sizes",
    "sizes_by_year",
    "spoken_by",
    "strongest",
    "trends",
    "voices",
    "yearly_rates",
    "years",
]
