"""What reading did to a corpus, as small tables: kept and removed, dated how, spoken by whom."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cuttings.tables import query


def pages_by_status(out_dir: str | Path) -> pd.DataFrame:
    """Pages, their lines and the share of lines that is boilerplate, by format and status."""
    return query(
        out_dir,
        """SELECT format, status, count(*) AS pages, sum(n_lines)::BIGINT AS lines,
                  sum(n_boilerplate_lines)::BIGINT AS "boilerplate lines",
                  100.0 * sum(n_boilerplate_lines) / nullif(sum(n_lines), 0) AS "boilerplate, % of lines"
           FROM pages GROUP BY ALL ORDER BY ALL""",
    )


def pages_with_notes(out_dir: str | Path) -> pd.DataFrame:
    """Pages that were mended, could not be read, were empty or repeat another page."""
    return query(
        out_dir,
        """SELECT page_id AS page, status, problem AS "problem or mend", duplicate_of AS "repeats"
           FROM pages WHERE status <> 'read' OR problem <> '' ORDER BY page_id""",
    )


def removed_by_reason(out_dir: str | Path) -> pd.DataFrame:
    """What was taken off the pages, by reason: blocks, pages, and one block as an example."""
    return query(
        out_dir,
        """SELECT reason, count(*) AS blocks, count(DISTINCT page_id) AS pages,
                  first(left(text, 80) ORDER BY length(text) BETWEEN 12 AND 80 DESC, page_id, line_from) AS example
           FROM removed GROUP BY reason ORDER BY blocks DESC, reason""",
    )


def removed_from(out_dir: str | Path, page_id: str) -> pd.DataFrame:
    """What was taken off one page, line by line, and why."""
    return query(
        out_dir,
        "SELECT line_from AS line, reason, text FROM removed WHERE page_id = $page ORDER BY line_from",
        page=page_id,
    )


def pages_by_voices(out_dir: str | Path) -> pd.DataFrame:
    """Page ids with the number of voices on each, the most voices first."""
    return query(
        out_dir,
        """SELECT page_id, count(*) AS voices FROM voices JOIN items USING (item_id)
           GROUP BY page_id ORDER BY voices DESC, page_id""",
    )


def items_of(out_dir: str | Path, limit: int) -> pd.DataFrame:
    """The first ``limit`` items, with their writer, date and the evidence for it."""
    return query(
        out_dir,
        """SELECT items.item_id AS item, genre, title, n_words AS words, name AS writer, date,
                  date_basis AS "date from", date_evidence AS evidence
           FROM items JOIN voices ON voices.item_id = items.item_id AND kind = 'writer'
           ORDER BY items.page_id, position LIMIT $limit""",
        limit=limit,
    )


def dates_by_basis(out_dir: str | Path) -> pd.DataFrame:
    """Items by how their date is known, with the median and greatest length of the interval in days."""
    return query(
        out_dir,
        """WITH spans AS (SELECT date_basis, date_diff('day', date_earliest, date_latest) + 1 AS days FROM items)
           SELECT date_basis AS "date from", count(*) AS items, median(days) AS "days, median",
                  max(days) AS "days, most" FROM spans GROUP BY date_basis ORDER BY items DESC, date_basis""",
    )


def uncertain_dates(out_dir: str | Path) -> pd.DataFrame:
    """Every page whose date had to be inferred or is not known, with the words that are the evidence."""
    return query(
        out_dir,
        """SELECT page_id AS page, count(*) AS items, min(date) AS date, min(date_basis) AS "date from",
                  min(date_evidence) AS evidence
           FROM items WHERE date_basis IN ('inferred', 'unknown') GROUP BY page_id ORDER BY page_id""",
    )


def voices_by_kind(out_dir: str | Path) -> pd.DataFrame:
    """Voices and the sentences they speak, by genre of item and kind of voice."""
    return query(
        out_dir,
        """SELECT genre, kind AS "kind of voice", count(DISTINCT voice_id) AS voices,
                  count(*) AS sentences, sum(quoted::INT)::BIGINT AS "quoted directly"
           FROM sentences JOIN voices USING (item_id, voice_id) JOIN items USING (item_id)
           GROUP BY ALL ORDER BY ALL""",
    )


def speakers(out_dir: str | Path, limit: int) -> pd.DataFrame:
    """The voices other than writers that speak most, with what the text says of them."""
    return query(
        out_dir,
        """SELECT kind, name, role, organisation, count(*) AS sentences, item_id AS item
           FROM sentences JOIN voices USING (item_id, voice_id) WHERE kind <> 'writer'
           GROUP BY voice_id, kind, name, role, organisation, item_id
           ORDER BY sentences DESC, item, name, role LIMIT $limit""",
        limit=limit,
    )
