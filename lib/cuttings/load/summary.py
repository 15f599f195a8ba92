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


def removed_by_outlet(out_dir: str | Path) -> pd.DataFrame:
    """What was taken off the pages of each outlet: pages, blocks and the three commonest reasons."""
    return query(
        out_dir,
        """WITH counted AS (
             SELECT CASE outlet WHEN '' THEN '(outlet not known)' ELSE outlet END AS outlet, reason,
                    count(*) AS n, row_number() OVER (PARTITION BY outlet ORDER BY count(*) DESC, reason) AS place
             FROM removed JOIN pages USING (page_id) GROUP BY outlet, reason),
           sizes AS (
             SELECT CASE outlet WHEN '' THEN '(outlet not known)' ELSE outlet END AS outlet, count(*) AS pages
             FROM pages WHERE status IN ('read', 'duplicate') GROUP BY 1)
           SELECT outlet, pages, sum(n)::BIGINT AS blocks,
                  string_agg(reason || ' (' || n || ')', ', ' ORDER BY place) FILTER (place <= 3) AS "mostly"
           FROM counted JOIN sizes USING (outlet) GROUP BY outlet, pages ORDER BY blocks DESC, outlet""",
    )


def guesses(out_dir: str | Path) -> pd.DataFrame:
    """Every page of which something had to be guessed, a row a guess: page, what, and by what.

    Dates that were inferred or could not be, outlets that nothing names, pages mended, and sentences
    given to a speaker whom the text neither names nor describes.
    """
    return query(
        out_dir,
        """SELECT page_id AS page, 'date ' || date_basis AS guess,
                  CASE WHEN min(date_evidence) <> '' THEN min(date) || ', by ' || min(date_evidence) ELSE min(date) END AS "taken to be"
           FROM items WHERE date_basis IN ('inferred', 'unknown') GROUP BY page_id, date_basis
           UNION ALL
           SELECT page_id, 'outlet unknown', '' FROM pages WHERE outlet = '' AND status = 'read'
           UNION ALL
           SELECT page_id, 'mended', problem FROM pages WHERE problem <> '' AND status = 'read'
           UNION ALL
           SELECT page_id, 'speaker unknown', count(*) || ' sentence' || CASE count(*) WHEN 1 THEN '' ELSE 's' END
           FROM sentences JOIN voices USING (item_id, voice_id) JOIN items USING (item_id)
           WHERE kind <> 'writer' AND name = '' AND role = '' AND organisation = '' GROUP BY page_id
           ORDER BY page, guess""",
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


def voices_by_kind(out_dir: str | Path) -> pd.DataFrame:
    """Voices and the sentences they speak, by genre of item and kind of voice."""
    return query(
        out_dir,
        """SELECT genre, kind AS "kind of voice", count(DISTINCT voice_id) AS voices,
                  count(*) AS sentences, sum(quoted::INT)::BIGINT AS "quoted directly"
           FROM sentences JOIN voices USING (item_id, voice_id) JOIN items USING (item_id)
           GROUP BY ALL ORDER BY ALL""",
    )


def words_by_voice(out_dir: str | Path) -> pd.DataFrame:
    """Words of items by genre and by who speaks them: speakers and documents by their speech, writers the rest."""
    return query(
        out_dir,
        r"""WITH spoken AS (
             SELECT items.item_id, genre, kind, len(regexp_extract_all(items.text[speech.start + 1 : speech."end"], '[\w’''-]+')) AS n
             FROM speech JOIN voices USING (item_id, voice_id) JOIN items USING (item_id)),
           others AS (SELECT genre, sum(n) FILTER (kind = 'speaker') AS speakers, sum(n) FILTER (kind = 'document') AS documents
             FROM spoken GROUP BY genre),
           every AS (SELECT genre, sum(len(regexp_extract_all(text, '[\w’''-]+'))) AS n FROM items GROUP BY genre)
           SELECT genre, every.n::BIGINT AS words, coalesce(speakers, 0)::BIGINT AS "of speakers",
                  coalesce(documents, 0)::BIGINT AS "of documents",
                  100.0 * (coalesce(speakers, 0) + coalesce(documents, 0)) / every.n AS "spoken by others, %"
           FROM every LEFT JOIN others USING (genre) ORDER BY genre""",
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
