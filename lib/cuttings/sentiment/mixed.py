"""A mixed model of polarity: genre and voice at once, items as random intercepts."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
from IPython.display import HTML
from statsmodels.regression.mixed_linear_model import MixedLM

from cuttings import show

FEWEST = {"items": 30, "sentences an item": 2.0, "items a term": 5}
"""Below these a mixed model is not fitted: between-item variance cannot be told from chance."""


def mixed(data: pd.DataFrame) -> pd.DataFrame | str:
    """Polarity by genre and voice with a random intercept for each item; or why there is none.

    ``data`` is one instrument's part of ``compare.scored``. Gives a row a term (against the commonest
    genre and against writers) with estimate, low, high (95 %, Wald), n and n_items (items with the
    term), then the share of the variance that lies between items. Laird and Ware (1982), "Random-
    effects models for longitudinal data", Biometrics 38; fitted by REML with statsmodels.
    """
    if why := _too_thin(data):
        return why
    terms, base = _terms(data)
    if not terms:
        return "No mixed model: no second genre or voice has enough items to compare."
    design = np.column_stack([np.ones(len(data)), *(side.to_numpy(float) for side in terms.values())])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit = MixedLM(data["polarity"].to_numpy(), design, groups=data["item_id"].to_numpy()).fit(reml=True)
    if not fit.converged or not np.isfinite(fit.bse_fe).all():
        return "No mixed model: its fit did not converge on these scores."
    between = float(fit.cov_re[0, 0] if isinstance(fit.cov_re, np.ndarray) else fit.cov_re.iloc[0, 0])
    rows = [
        {
            "term": f"{term} (against {base[term]})",
            "estimate": float(value),
            "low": float(value - 1.959964 * error),
            "high": float(value + 1.959964 * error),
            "n": int(side.sum()),
            "n_items": int(data.loc[side, "item_id"].nunique()),
        }
        for (term, side), value, error in zip(terms.items(), fit.fe_params[1:], fit.bse_fe[1:], strict=True)
    ]
    share = between / (between + float(fit.scale))
    whole = {"n": len(data), "n_items": data["item_id"].nunique()}
    rows.append({"term": "share of the variance between items", "estimate": share, **whole})
    return pd.DataFrame(rows, columns=["term", "estimate", "low", "high", "n", "n_items"])


def mixed_shown(data: pd.DataFrame) -> HTML:
    """``mixed`` as a table to show, or the sentence that says why there is none."""
    found = mixed(data)
    if isinstance(found, str):
        return HTML(f"<p>{found}</p>")
    return show.table(
        show.estimates(found, "difference"), "Mixed model of polarity, items as random intercepts"
    )


def _too_thin(data: pd.DataFrame) -> str:
    n_items = data["item_id"].nunique()
    if n_items < FEWEST["items"]:
        return f"No mixed model: {n_items} items are too few to tell items apart ({FEWEST['items']} needed)."
    if len(data) / n_items < FEWEST["sentences an item"]:
        return (
            "No mixed model: most items have a single sentence, so items and sentences cannot be told apart."
        )
    if data["polarity"].nunique() < 3:
        return "No mixed model: the scores hardly vary."
    return ""


def _terms(data: pd.DataFrame) -> tuple[dict[str, pd.Series], dict[str, str]]:
    """The columns of the design by name, and what each is compared with."""
    commonest = data.drop_duplicates("item_id")["genre"].value_counts().index[0]
    terms, base = {}, {}
    for column, reference in (("genre", commonest), ("voice", "writer")):
        for value in sorted(set(data[column]) - {reference}):
            side = data[column] == value
            if data.loc[side, "item_id"].nunique() >= FEWEST["items a term"]:
                terms[value], base[value] = side, reference
    return terms, base
