"""The findings as the report lists them: what each says, its number, its n, and the ways to how it was made."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from pathlib import Path

from cuttings import findings, show, tables
from cuttings.report import notebook
from cuttings.report.notebook import Bound
from cuttings.text import many

LISTED = 50
"""Rows listed of a finding whose rows have no sentences."""
SHOWN = {
    "page_id",
    "status",
    "duplicate_of",
    "problem",
    "item_id",
    "year",
    "measure",
    "unit",
    "value",
    "date_basis",
}
"""Columns listed of them: none that holds words of a page."""


def section(run_dir: str | Path, bound: Iterable[Bound], index: Mapping) -> str:
    """The findings of a run as HTML, grouped by the notebook that found them.

    ``index`` is what the evidence browser shows; a finding that it can follow links there.
    """
    stored, groups = findings.load(run_dir), []
    for b in bound:
        rows = "\n".join(
            _finding(run_dir, f, b, index["findings"]) for f in stored if f["notebook"] == b.name
        )
        if rows:
            title = f'<a href="#{html.escape(b.name, quote=True)}">{html.escape(b.title)}</a>'
            groups.append(f'<h3>{title}</h3>\n<ul class="findings">{rows}</ul>')
    if not groups:
        return "<p>The notebooks recorded no findings.</p>"
    return (
        '<p class="note">Each number with its 95 % interval where it has one, how many units and items it '
        "rests on, and the way to them.</p>\n" + "\n".join(groups)
    )


def _finding(run_dir: str | Path, found: Mapping, b: Bound, followed: Mapping[str, Mapping]) -> str:
    name = f"{found['notebook']}/{found['name']}"
    anchor = html.escape(f"finding--{found['notebook']}--{notebook.slug(found['name'])}", quote=True)
    says = html.escape(found["says"])
    ways = [
        f'<a href="#{html.escape(b.concluded, quote=True)}">Notebook<span class="hidden">: {says}</span></a>'
    ]
    if name in followed:
        ways.insert(
            0,
            f'<a class="follow" href="#evidence" data-finding="{html.escape(name, quote=True)}">'
            f'Sentences<span class="hidden">: {says}</span></a>',
        )
    rows = _rows(run_dir, found) if name not in followed else ""
    ways.append(
        f'<details><summary>Rows<span class="hidden">: {says}</span></summary>'
        f'<pre tabindex="0">{html.escape(found["rows"])}</pre>{rows}</details>'
    )
    return (
        f'<li id="{anchor}"><p class="says">{says}</p><p class="value">{_value(found)}</p>'
        f'<p class="rests">{_rests(found)}</p><div class="ways">{"".join(ways)}</div></li>'
    )


def _value(found: Mapping) -> str:
    """The number, and after it in smaller type its interval and unit."""
    number, _, rest = findings.written(found).partition(" ")
    if found["value"] is None:
        return html.escape(findings.written(found))
    return f"<b>{html.escape(number)}</b> {html.escape(rest)}".strip()


def _rests(found: Mapping) -> str:
    items = "" if found["n_items"] is None else f" in {many(found['n_items'], 'item')}"
    return f"n = {found['n']:,}{items}"


def _rows(run_dir: str | Path, found: Mapping) -> str:
    """The rows of a finding that has no sentences to follow, as a table; nothing where there are none."""
    rows = tables.query(run_dir, f"SELECT * FROM ({found['rows']}) LIMIT {LISTED}")
    kept = [c for c in rows.columns if c in SHOWN]
    if rows.empty or not kept:
        return ""
    caption = f"{found['says']}: {'the first of its ' if found['n'] > LISTED else ''}rows"
    return notebook.safe(show.table(rows[kept], caption, decimals=4).data)
