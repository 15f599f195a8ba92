"""How many items it would take to see a shift."""

from __future__ import annotations

import math

from statsmodels.stats.power import TTestIndPower

from cuttings.inference import FEWEST_ITEMS

POWER = 0.8
LARGEST = 3.0
"""A shift of more standard deviations than this is seen in the fewest items that are tested at all."""


def items_needed(shift: float, spread: float, alpha: float = 0.05) -> float:
    """The items on either side of an event that show a ``shift`` of the mean in four cases of five.

    ``spread`` is the standard deviation between items, ``alpha`` the two-sided level of the test.
    Whole, as a float, and never below ``inference.FEWEST_ITEMS``; NaN where the items do not differ.
    Cohen (1988), *Statistical Power Analysis for the Behavioral Sciences*, chapter 2.
    """
    if not spread > 1e-9 or not shift > 0:
        return float("nan")
    n = TTestIndPower().solve_power(min(shift / spread, LARGEST), power=POWER, alpha=alpha)
    return float(max(math.ceil(float(n)), FEWEST_ITEMS))
