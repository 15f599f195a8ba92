"""The words of a corpus, cut once and the same for every count of this step.

A word is a run of letters, with the apostrophes and hyphens inside it (``don't``, ``part-time``), in
lower case, straight apostrophes, a final ``'s`` taken off (``council's`` counts with ``council``).
Numbers are no words. Nothing crosses the end of a sentence.
"""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as arrow
import pyarrow.parquet as pq

from cuttings import tables
from cuttings.errors import CuttingsError

WORD = r"\p{L}[\p{L}\p{M}]*(?:['-]\p{L}[\p{L}\p{M}]*)*"
CUT = """
SELECT item_id, sentence, kind, (first + unnest(range(1, len(words) + 1)))::INTEGER AS place,
  regexp_replace(unnest(words), '''s$', '') AS word
FROM (
  SELECT sentences.item_id, sentences.position::INTEGER AS sentence, coalesce(kind, 'writer') AS kind,
    regexp_extract_all(lower(translate(sentences.text, '’‘ʼ‐‑\u00ad', '''''''--')), $word) AS words,
    coalesce(sum(len(words)) OVER (PARTITION BY sentences.item_id ORDER BY sentences.position
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS first
  FROM sentences LEFT JOIN voices USING (voice_id, item_id) ORDER BY sentences.item_id, sentence)
"""
"""A row a word: item_id, sentence (its position in the item), kind (of the voice), place (in the item, from 1), word."""


def query(out_dir: str | Path, sql: str, **values: object) -> pd.DataFrame:
    """As ``tables.query``, over the table ``tokens`` too, which is cut where it is missing or outdated.

    Only placeholders that the question names are passed on.
    """
    cut(out_dir)
    return tables.query(out_dir, sql, **{k: v for k, v in values.items() if f"${k}" in sql})


def cut(out_dir: str | Path) -> Path:
    """Cut the sentences into ``OUT/tables/tokens.parquet``, unless that is newer than they are.

    DuckDB cuts and the rows go to the file as they come, so that no corpus is too large for memory.
    Raises ``CuttingsError`` where there are no sentences yet.
    """
    path, source = (tables.table_path(out_dir, name) for name in ("tokens", "sentences"))
    if path.exists() and source.exists() and path.stat().st_mtime_ns > source.stat().st_mtime_ns:
        return path
    if not source.exists():
        raise CuttingsError(f"{source} has not been made; run notebook 01-load first")
    part = path.with_suffix(f".part{os.getpid()}")
    try:
        with duckdb.connect() as connection:
            for name in ("sentences", "voices"):
                connection.from_parquet(str(tables.table_path(out_dir, name))).create_view(name)
            _write(connection.sql(CUT, params={"word": WORD}).to_arrow_reader(500_000), part)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return path


def _write(rows: arrow.RecordBatchReader, path: Path) -> None:
    with pq.ParquetWriter(path, rows.schema) as writer:
        for batch in rows:
            writer.write_batch(batch)
