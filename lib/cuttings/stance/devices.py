"""Where the scorer errs: irony, concession, a condition, a quarrel reported, an opponent quoted to be answered."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cuttings import codings, inference
from cuttings.stance.scorers import FAVOURED
from cuttings.stance.trust import of_scorer

NONE = "none of them"


def by_device(corpus_dir: str | Path, pairs: pd.DataFrame, scorer: str = FAVOURED) -> pd.DataFrame:
    """How often ``scorer`` is right on sentences with each rhetorical device that coders marked.

    ``pairs`` as ``coded`` gives them; the devices are in the column ``devices`` of
    ``codings/sentences.csv``, separated by spaces. A row for each device and one for sentences without:
    ``device``, ``wrong`` (a number of codings), ``opposite`` (those that were given the opposite side), then
    the share right with an interval that resamples items. No rows where no devices are coded.
    """
    known = of_scorer(pairs, scorer).merge(codings.devices(corpus_dir), on="sentence_id")
    marked = known.assign(device=known["devices"].str.split()).explode("device")
    marked = marked.assign(device=marked["device"].fillna(NONE), right=marked["right"].astype(bool))
    rows = [_row(device, part) for device, part in marked.groupby("device", sort=True)]
    columns = ["device", "wrong", "opposite", *inference.Interval.__dataclass_fields__]
    found = pd.DataFrame(rows, columns=columns)
    return found.sort_values("device", key=lambda names: names == NONE, kind="stable", ignore_index=True)


def _row(device: str, part: pd.DataFrame) -> dict[str, object]:
    sides = part["coded"].isin(["for", "against"]) & part["stance"].isin(["for", "against"])
    counts = {"wrong": int((~part["right"]).sum()), "opposite": int((~part["right"] & sides).sum())}
    return {"device": device, **counts, **vars(inference.share(part["right"], part["item_id"]))}
