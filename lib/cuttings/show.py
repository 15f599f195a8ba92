"""Corpus text and tables as HTML that is safe to show: every word of a corpus is escaped."""

from __future__ import annotations

import html
import re

import pandas as pd
from IPython.display import HTML

from cuttings.inference import FEWEST_ITEMS, Interval

CSS = (
    ".cuttings{overflow-x:auto;max-height:32em}"
    ".cuttings table{border-collapse:collapse;font-size:.9em}"
    ".cuttings caption{text-align:left;font-weight:600;padding:.3em 0}"
    ".cuttings th,.cuttings td{text-align:left;vertical-align:top;padding:.25em .7em;max-width:34em}"
    ".cuttings td.num,.cuttings th.num{text-align:right;font-variant-numeric:tabular-nums}"
    ".cuttings td.id{word-break:break-all;min-width:13em}.cuttings td.long{min-width:16em}"
    ".cuttings tbody tr{border-top:1px solid #8884}"
)
WRITTEN = re.compile(r"–|−?[\d,]+\.\d+")
"""What ``number`` writes."""


def table(data: pd.DataFrame, caption: str, decimals: int = 2, right: tuple[str, ...] = ()) -> HTML:
    """A frame as an HTML table, text escaped, numbers aligned right with ``decimals`` places.

    The columns named in ``right`` are aligned right too, as the left side of a concordance is.
    Missing values are shown as a dash. The HTML is the same at every run.
    """
    numeric = [c in right or _numeric(column) for c, column in data.items()]
    head = "".join(
        _cell("th", _escape(c), n, extra=' scope="col"') for c, n in zip(data.columns, numeric, strict=True)
    )
    rows = []
    for values in data.itertuples(index=False, name=None):
        cells = (
            _cell("td", _format(v, decimals), n, _width(v)) for v, n in zip(values, numeric, strict=True)
        )
        rows.append(f"<tr>{''.join(cells)}</tr>")
    if not rows:
        rows = [f'<tr><td colspan="{len(data.columns)}">None.</td></tr>']
    body = "\n".join(rows)
    return HTML(
        f'<style>{CSS}</style><div class="cuttings" tabindex="0"><table>'
        f"<caption>{_escape(caption)}</caption><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>"
    )


def estimates(means: pd.DataFrame, value: str, unit: str = "sentences") -> pd.DataFrame:
    """A frame of ``Interval`` columns as a table to show: the number named ``value``, its limits, n.

    The other columns come first as they are; ``unit`` names what n counts. Numbers are texts, with
    the places that ``places`` says.
    """
    keys = [c for c in means.columns if c not in Interval.__dataclass_fields__]
    rows = [_estimate(**row) for row in means[[*Interval.__dataclass_fields__]].to_dict("records")]
    estimated, limits = zip(*rows, strict=True) if rows else ((), ())
    shown = {value: estimated, "95 % interval": limits, unit: means["n"], "items": means["n_items"]}
    return means[keys].assign(**{c: list(v) for c, v in shown.items()})


def number(value: float, decimals: int = 2) -> str:
    """``value`` with ``decimals`` places, a true minus sign and no minus before a zero; a dash for NaN."""
    if value != value:
        return "–"
    return f"{round(value, decimals) + 0.0:,.{decimals}f}".replace("-", "−")


def places(*limits: float) -> int:
    """Decimal places for an estimate with ``limits``: three where two would show a limit as zero that is not."""
    return 3 if any(round(limit, 2) == 0 != round(limit, 6) for limit in limits) else 2


def _estimate(estimate: float, low: float, high: float, n: int, n_items: int) -> tuple[str, str]:
    """An estimate and its limits as texts."""
    if low != low:
        return number(estimate), "no interval" if n_items >= FEWEST_ITEMS else "too few items to say"
    decimals = places(low, high)
    return number(estimate, decimals), f"{number(low, decimals)} to {number(high, decimals)}"


def _numeric(column: pd.Series) -> bool:
    """Whether a column holds numbers, or texts that are numbers with their decimals."""
    if pd.api.types.is_numeric_dtype(column):
        return not pd.api.types.is_bool_dtype(column)
    return len(column) > 0 and all(isinstance(v, str) and WRITTEN.fullmatch(v) for v in column)


def _cell(tag: str, content: str, numeric: bool, width: str = "", extra: str = "") -> str:
    kinds = " ".join(k for k in ("num" if numeric else "", width) if k)
    kind = f' class="{kinds}"' if kinds else ""
    return f"<{tag}{kind}{extra}>{content}</{tag}>"


def _width(value: object) -> str:
    """How a text may break: an id anywhere, a long text at its words but not into a narrow column."""
    if not isinstance(value, str) or len(value) < 25:
        return ""
    return "long" if " " in value else "id"


def _format(value: object, decimals: int) -> str:
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return "–"
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float):
        return number(value, decimals)
    if isinstance(value, int):
        return f"{value:,}"
    return _escape(value)


def _escape(value: object) -> str:
    return html.escape(str(value), quote=True)
