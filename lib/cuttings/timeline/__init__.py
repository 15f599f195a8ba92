"""Step 05: how sentiment and stance moved over the years, with uncertain dates, gaps and events."""

from cuttings.timeline.conclusions import conclude
from cuttings.timeline.events import chosen_events, key, naming
from cuttings.timeline.plots import plot_sentiment, plot_stance
from cuttings.timeline.series import by_year, item_points, late_less_early

__all__ = [
    "by_year",
    "chosen_events",
    "conclude",
    "item_points",
    "key",
    "late_less_early",
    "naming",
    "plot_sentiment",
    "plot_stance",
]
