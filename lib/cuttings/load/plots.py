"""Figures of step 01: what was taken off the pages, and how surely items are dated."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib import dates as mdates

from cuttings import figures
from cuttings.tables import query

BASIS_COLOURS = dict(zip(["catalogue", "stated", "url", "inferred"], figures.PALETTE, strict=False))


def lines_by_outlet(out_dir: str | Path) -> figures.SavedFigure:
    """Lines kept and removed for each outlet, as stacked bars with the number of pages."""
    data = query(
        out_dir,
        """SELECT CASE outlet WHEN '' THEN '(outlet not known)' ELSE outlet END AS outlet, count(*) AS pages,
                  sum(n_lines - n_boilerplate_lines)::BIGINT AS kept, sum(n_boilerplate_lines)::BIGINT AS boilerplate
           FROM pages WHERE status IN ('read', 'duplicate') GROUP BY 1 ORDER BY kept + boilerplate, outlet""",
    )
    share = 100 * data["boilerplate"].sum() / max(1, (data["kept"] + data["boilerplate"]).sum())
    with figures.canvas(8, 1.4 + 0.36 * len(data)) as (fig, ax):
        y = np.arange(len(data))
        ax.barh(y, data["kept"], color=figures.PALETTE[0], label="items, headlines, signatures")
        ax.barh(
            y,
            data["boilerplate"],
            left=data["kept"],
            color="#c9cdd5",
            hatch="///",
            edgecolor="#8a909b",
            label="boilerplate",
        )
        ax.set_yticks(y, [f"{r.outlet} ({r.pages} page{'s' * (r.pages != 1)})" for r in data.itertuples()])
        ax.set_xlabel("lines that are not blank")
        ax.grid(axis="y", visible=False)
        ax.set_title(f"{share:.0f} % of the lines on the pages are boilerplate")
        fig.legend(loc="outside lower center", ncols=2)
        alt = f"Stacked bars: lines kept and removed for each of {len(data)} outlets; {share:.0f} % are boilerplate."
        return figures.save(fig, "01-lines-by-outlet", data, alt, out_dir)


def date_intervals(out_dir: str | Path) -> figures.SavedFigure:
    """Each page at its date, drawn over the whole interval in which it may have been written."""
    data = query(
        out_dir,
        """SELECT page_id, min(date_earliest) AS earliest, max(date_latest) AS latest, any_value(date_basis) AS basis,
                  count(*) AS items
           FROM items WHERE date_earliest IS NOT NULL AND genre <> 'comment' GROUP BY page_id
           ORDER BY earliest, latest, page_id""",
    )
    undated = int(query(out_dir, "SELECT count(DISTINCT page_id) AS n FROM items WHERE date = ''")["n"][0])
    with figures.canvas(8, max(2.6, min(7.5, 1.6 + 0.075 * len(data)))) as (fig, ax):
        for n, (basis, colour) in enumerate(BASIS_COLOURS.items()):
            part = data[data["basis"] == basis]
            if part.empty:
                continue
            middle = part["earliest"] + (part["latest"] - part["earliest"]) / 2
            ax.hlines(part.index, part["earliest"], part["latest"], color=colour, linewidth=2.5, alpha=0.6)
            ax.plot(
                middle,
                part.index,
                figures.MARKERS[n],
                color=colour,
                markersize=4.5,
                label=f"{basis} ({len(part)})",
                linestyle="",
            )
        ax.set_yticks([])
        ax.set_ylabel("pages, in order of date")
        locator = mdates.AutoDateLocator(minticks=3, maxticks=14)
        ax.xaxis.set_major_locator(locator)
        ax.xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator))
        ax.grid(axis="y", visible=False)
        ax.set_title(
            f"When each of {len(data)} dated pages was written"
            + (f" ({undated} without a date)" if undated else "")
        )
        if len(data):
            fig.legend(loc="outside lower center", ncols=4, title="date from")
        alt = f"Each of {len(data)} pages as a point at its date with a line over its interval; {undated} pages have no date."
        return figures.save(fig, "01-dates", _iso(data), alt, out_dir)


def _iso(data: pd.DataFrame) -> pd.DataFrame:
    return data.assign(**{c: data[c].dt.strftime("%Y-%m-%d") for c in ("earliest", "latest")})
