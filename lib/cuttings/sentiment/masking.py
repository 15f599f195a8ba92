"""Does masking the subject's own words help? Measured on codings, on one half and then the other."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pandas as pd

from cuttings import codings, measures
from cuttings.sentiment.adapt import expanded, masked
from cuttings.sentiment.instruments import TEXTBLOB, VADER

TUNING, HELD = "tuning", "held out"
COLUMNS = ["instrument", "coder", "codings", "unmasked", "estimate", "low", "high", "n", "n_items"]


def part(page_id: str) -> str:
    """The half of the codings that a page belongs to: by the SHA-256 of its id below ``pages/``, odd held out."""
    odd = hashlib.sha256(page_id.removeprefix("pages/").encode()).digest()[-1] % 2
    return HELD if odd else TUNING


def masking(corpus_dir: str | Path) -> pd.DataFrame:
    """What the mask adds to the macro-F1 of TextBlob and VADER, contractions written out in both.

    A row for each instrument, coder and half of the codings: the macro-F1 without the mask and, as
    ``estimate`` with a 95 % interval over items, what masking adds. The mask was written on the
    tuning half of the worked example; the other half judges it. Empty without codings.
    """
    truth = codings.read(corpus_dir, "polarity")
    truth = truth.assign(codings=truth["page_id"].map(part))
    rows = []
    for instrument in (TEXTBLOB, VADER):
        plain = [expanded(text) for text in truth["text"]]
        signs = {
            name: np.sign(instrument.score(texts)[0]).astype(int)
            for name, texts in (("plain", plain), ("masked", [masked(text) for text in plain]))
        }
        both = truth.assign(**signs, coded=np.sign(truth["polarity"].astype(int)))
        for (coder, half), some in both.groupby(["coder", "codings"], sort=True):
            before, gain = measures.gain(some["item_id"], some["coded"], some["masked"], some["plain"])
            row = {"instrument": instrument.label, "coder": coder, "codings": half, "unmasked": before}
            rows.append({**row, **vars(gain)})
    return pd.DataFrame(rows, columns=COLUMNS).sort_values(
        ["instrument", "codings", "coder"], ascending=[True, False, True], ignore_index=True
    )
