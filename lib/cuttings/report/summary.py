"""What the report says of the run itself: how much was read, of which years, with which settings."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Mapping
from pathlib import Path

from cuttings import provenance, show, tables
from cuttings.report import notebook
from cuttings.text import many


def coverage(run_dir: Path) -> str:
    """How much of the corpus became items, in one sentence, as HTML."""
    pages = _row(
        run_dir,
        """SELECT count(*) AS n, count(*) FILTER (status = 'read') AS read,
                  count(*) FILTER (status = 'duplicate') AS copies,
                  count(*) FILTER (status IN ('empty', 'unreadable')) AS unread FROM pages""",
    )
    items = _row(
        run_dir,
        """SELECT count(*) AS n, coalesce(sum(n_words), 0) AS n_words FROM items""",
    )
    copies = f", {pages['copies']:,} left out as copies of others" if pages["copies"] else ""
    unread = f", {pages['unread']:,} empty or not readable" if pages["unread"] else ""
    return (
        f"{pages['read']:,} of {many(pages['n'], 'page')} read{copies}{unread}; {many(items['n'], 'item')} of "
        f"{many(items['n_words'], 'word')} in all."
    )


def years(run_dir: Path, settings: Mapping[str, object]) -> str:
    """How many items fall in the years asked for, as HTML; empty where the notebooks have no such parameters.

    An item falls in them if its date, or any day of the interval that it is dated to, does.
    """
    if not {"year_from", "year_to"} <= settings.keys():
        return ""
    first, last = int(settings["year_from"]), int(settings["year_to"])
    found = _row(
        run_dir,
        """SELECT count(*) FILTER (date <> '' AND year(date_earliest) <= $last AND year(date_latest) >= $first) AS within,
                  count(*) FILTER (date <> '') AS n_dated, count(*) FILTER (date = '') AS undated,
                  coalesce(min(year(date_earliest)), 0) AS earliest, coalesce(max(year(date_latest)), 0) AS latest
           FROM items""",
        first=first,
        last=last,
    )
    outside, asked = found["n_dated"] - found["within"], _span(first, last)
    dated = f" (dates found: {_span(found['earliest'], found['latest'])})" if outside else ""
    warning = (
        " <strong>No item falls in the years asked for, so every figure over the years is empty: "
        "ask for others with --from and --to.</strong>"
    )
    return (
        f"Years asked for: {asked}; {many(found['within'], 'item')} in them, {outside:,} outside{dated}, "
        f"{found['undated']:,} without a date.{'' if found['within'] else warning}"
    )


def _span(first: int, last: int) -> str:
    return f"{first} to {last}" if first != last else str(first)


def run(run_dir: Path, corpus_name: str, settings: Mapping[str, object]) -> str:
    """What was run on what: settings, the corpus's checksum, and every page with a problem."""
    pages = tables.query(run_dir, "SELECT page_id, sha256, status, problem FROM pages ORDER BY page_id")
    listing = "".join(f"{p.sha256}  {p.page_id}\n" for p in pages.itertuples())
    checksum = hashlib.sha256(listing.encode()).hexdigest()
    rows = provenance.rows(run_dir) or {"corpus": corpus_name, **settings, "checksum of the corpus": checksum}
    terms = "".join(
        f"<dt>{html.escape(str(k))}</dt><dd>{html.escape(str(v))}</dd>\n" for k, v in rows.items()
    )
    faulty = pages[pages["problem"] != ""][["page_id", "status", "problem"]]
    problems = (
        notebook.safe(show.table(faulty, "Pages that were mended or could not be read").data)
        if len(faulty)
        else ""
    )
    return (
        f'<dl>{terms}</dl>\n<p class="note">The checksum is the SHA-256 of the list of the pages\' own: '
        f"the same checksum means the same pages.</p>\n{problems}"
    )


def _row(run_dir: Path, sql: str, **values: object) -> dict[str, int]:
    return {k: int(v) for k, v in tables.query(run_dir, sql, **values).iloc[0].items()}
