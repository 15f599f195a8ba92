"""Step 05: how sentiment and stance moved over the years, with uncertain dates, gaps and events."""

from cuttings.timeline.changes import change_points, readable_changes
from cuttings.timeline.conclusions import conclude, conclude_shifts
from cuttings.timeline.events import chosen_events, concerning, key, named_days, naming
from cuttings.timeline.forest import plot_shifts
from cuttings.timeline.multiples import by_target, plot_heat, plot_multiples
from cuttings.timeline.panels import in_years
from cuttings.timeline.periods import Periods
from cuttings.timeline.plots import plot_sentiment, plot_stance
from cuttings.timeline.poster import plot_poster
from cuttings.timeline.power import items_needed
from cuttings.timeline.recovered import agreement, movements, plot_recovered, recovered
from cuttings.timeline.series import by_item, item_points, late_less_early, series
from cuttings.timeline.shifts import Series, balances, readable, scores_of, shifts
from cuttings.timeline.smooth import smoothed
from cuttings.timeline.stream import plot_stream, voices
from cuttings.timeline.trend import readable_trends, series_of, trends
from cuttings.timeline.turns import readable_turns, turns
from cuttings.timeline.volume import plot_volume

__all__ = [
    "Periods",
    "Series",
    "agreement",
    "balances",
    "by_item",
    "by_target",
    "change_points",
    "chosen_events",
    "concerning",
    "conclude",
    "conclude_shifts",
    "in_years",
    "item_points",
    "items_needed",
    "key",
    "late_less_early",
    "movements",
    "named_days",
    "naming",
    "plot_heat",
    "plot_multiples",
    "plot_poster",
    "plot_recovered",
    "plot_sentiment",
    "plot_shifts",
    "plot_stance",
    "plot_stream",
    "plot_volume",
    "readable",
    "readable_changes",
    "readable_trends",
    "readable_turns",
    "recovered",
    "scores_of",
    "series",
    "series_of",
    "shifts",
    "smoothed",
    "trends",
    "turns",
    "voices",
]
