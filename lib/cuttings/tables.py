"""The tables that every step shares: their schemas, and how they are written and read.

Each table is one Parquet file, ``OUT/tables/NAME.parquet``. A table is checked against its schema
where it is written and appears under its name only when it is whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pandas as pd
import pandera.pandas as pa
import pyarrow as arrow
import pyarrow.parquet as pq
from pandera.errors import SchemaError

from cuttings.errors import CuttingsError

FORMATS = ["txt", "html", "warc", "csv", "jsonl", "parquet", "docx", "rtf"]
STATUSES = ["read", "empty", "unreadable", "duplicate"]
GENRES = ["news", "leader", "letter", "blog", "comment", "other"]
DATE_BASES = ["catalogue", "stated", "url", "inferred", "unknown"]
VOICE_KINDS = ["writer", "speaker", "document"]
STANCES = ["against", "neutral", "for"]


def _text(**checks) -> pa.Column:
    return pa.Column(str, nullable=False, **checks)


def _one_of(values: list[str]) -> pa.Column:
    return pa.Column(str, pa.Check.isin(values), nullable=False)


def _count(least: int = 0) -> pa.Column:
    return pa.Column("int64", pa.Check.ge(least))


def _number() -> pa.Column:
    return pa.Column("float64", nullable=True)


def _between(low: float, high: float) -> pa.Column:
    return pa.Column("float64", pa.Check.in_range(low, high))


def _schema(name: str, columns: dict[str, pa.Column], *checks: pa.Check) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(columns, checks=list(checks), strict=True, name=name)


AGREEMENTS = {
    "sentence_id": _text(),
    "item_id": _text(),
    "target": _text(),
    "coder": _text(),
    "scored_by": _text(),
    "coded": _text(),
    "scored": _text(),
}
"""Each label of a coder beside that of an instrument, a scorer or another coder (``scored_by``).

Ids are those that the two share: of reading, or of the coding files where both are coders.
"""

SCHEMAS = {
    "pages": _schema(
        "pages",
        {
            "page_id": _text(unique=True),
            "sha256": _text(),
            "format": _one_of(FORMATS),
            "outlet": _text(),
            "url": _text(),
            "title": _text(),
            "rights": _text(),
            "n_lines": _count(),
            "n_boilerplate_lines": _count(),
            "duplicate_of": _text(),
            "status": _one_of(STATUSES),
            "problem": _text(),
        },
    ),
    "removed": _schema(
        "removed",
        {
            "page_id": _text(),
            "line_from": _count(1),
            "line_to": _count(1),
            "reason": _text(),
            "text": _text(),
        },
    ),
    "reader_checks": _schema(
        "reader_checks",
        {
            "measure": _text(),
            "unit": _text(),
            "cluster": _text(),
            "value": pa.Column("float64"),
        },
    ),
    "items": _schema(
        "items",
        {
            "item_id": _text(unique=True),
            "page_id": _text(),
            "position": _count(1),
            "genre": _one_of(GENRES),
            "title": _text(),
            "text": _text(),
            "n_words": _count(),
            "date": _text(),
            "date_earliest": pa.Column("datetime64[s]", nullable=True),
            "date_latest": pa.Column("datetime64[s]", nullable=True),
            "date_basis": _one_of(DATE_BASES),
            "date_evidence": _text(),
            "line_from": _count(1),
            "line_to": _count(1),
        },
        pa.Check(
            lambda t: t["date_earliest"].isna() | (t["date_earliest"] <= t["date_latest"]),
            error="date_earliest is after date_latest",
        ),
    ),
    "voices": _schema(
        "voices",
        {
            "voice_id": _text(unique=True),
            "item_id": _text(),
            "kind": _one_of(VOICE_KINDS),
            "name": _text(),
            "role": _text(),
            "organisation": _text(),
            "place": _text(),
        },
    ),
    "sentences": _schema(
        "sentences",
        {
            "sentence_id": _text(unique=True),
            "item_id": _text(),
            "voice_id": _text(),
            "position": _count(1),
            "start": _count(),
            "end": _count(1),
            "text": _text(),
            "quoted": pa.Column(bool),
        },
        pa.Check(
            lambda t: (t["end"] - t["start"] == t["text"].str.len()) | (t["text"] == ""),
            error="span is not the text's",
        ),
    ),
    "tokens": _schema(
        "tokens",
        {
            "item_id": _text(),
            "sentence": pa.Column("int32", pa.Check.ge(1)),
            "kind": _one_of(VOICE_KINDS),
            "place": pa.Column("int32", pa.Check.ge(1)),
            "word": _text(),
        },
    ),
    "speech": _schema(
        "speech",
        {
            "sentence_id": _text(),
            "item_id": _text(),
            "voice_id": _text(),
            "start": _count(),
            "end": _count(1),
        },
        pa.Check(lambda t: t["start"] < t["end"], error="a stretch of speech is empty"),
    ),
    "words": _schema("words", {"item_id": _text(), "word": _text(), "n": _count(1)}),
    "sentiment": _schema(
        "sentiment",
        {
            "sentence_id": _text(),
            "instrument": _text(),
            "polarity": _between(-1, 1),
            "n_scored_words": _count(),
        },
    ),
    "statements": _schema(
        "statements",
        {
            "statement_id": _text(unique=True),
            "sentence_id": _text(),
            "item_id": _text(),
            "voice_id": _text(),
            "target": _text(),
            "mention_start": _count(),
            "mention_end": _count(1),
            "stands_for": _text(),
            "scorer": _text(),
            "p_against": _between(0, 1),
            "p_neutral": _between(0, 1),
            "p_for": _between(0, 1),
            "stance": _one_of(STANCES),
        },
    ),
    "adaptations": _schema(
        "adaptations",
        {
            "way": _text(),
            "chosen": pa.Column(bool),
            "log_loss": _number(),
            "gain": _number(),
            "gain_low": _number(),
            "gain_high": _number(),
            "macro_f1": _number(),
            "n": _count(),
            "n_items": _count(),
            "threshold": _between(0, 1),
        },
    ),
    "agreements_polarity": _schema("agreements_polarity", AGREEMENTS),
    "agreements_stance": _schema("agreements_stance", AGREEMENTS),
}
"""Schema by table name. Beside the contract are ``removed`` (what reading took off each page, and why),
``speech`` (the words within a sentence that a voice other than the writer speaks: the quotation or the
clause, without *she said*), ``tokens`` (every word in its place), ``words`` (how often each word stands in
an item, which a share has in place of texts) and ``reader_checks`` (each unit on which the reader was set
against codings).

Offsets count characters of ``items.text``: ``start`` and ``end`` of a sentence and of speech as well as ``mention_start``
and ``mention_end`` of a statement.
"""


def table_path(out_dir: str | Path, name: str) -> Path:
    return Path(out_dir) / "tables" / f"{name}.parquet"


def frame(name: str, rows: Iterable[dict]) -> pd.DataFrame:
    """Rows as a frame with the columns, order and types of table ``name``, checked against its schema."""
    schema = SCHEMAS[name]
    data = pd.DataFrame(list(rows), columns=list(schema.columns))
    data = data.astype({c: str(t) for c, t in schema.dtypes.items()})
    try:
        return schema.validate(data)
    except SchemaError as error:
        raise ValueError(f"table {name}: {error}") from error


def write(out_dir: str | Path, name: str, batches: Iterable[pd.DataFrame]) -> Path:
    """Write a table from frames, one row group each; the file takes its name only when whole."""
    path = table_path(out_dir, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".part{os.getpid()}")
    shape = arrow.Schema.from_pandas(frame(name, []), preserve_index=False).remove_metadata()
    try:
        with pq.ParquetWriter(part, shape) as writer:
            for batch in batches:
                writer.write_table(arrow.Table.from_pandas(batch, schema=shape, preserve_index=False))
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return path


def batches(
    out_dir: str | Path, name: str, columns: list[str], size: int = 5000
) -> Iterator[dict[str, list]]:
    """The rows of a table in order, ``size`` at a time, as lists by column.

    Raises ``CuttingsError`` when the table has not been made yet.
    """
    path = table_path(out_dir, name)
    if not path.exists():
        raise CuttingsError(f"{path} has not been made; run notebook 01-load first")
    with pq.ParquetFile(path) as source:
        for batch in source.iter_batches(size, columns=columns):
            yield batch.to_pydict()


def query(out_dir: str | Path, sql: str, **values: object) -> pd.DataFrame:
    """The small frame that a question in SQL gives, over the tables of ``out_dir`` by their names.

    ``values`` fill ``$name`` placeholders. Raises ``CuttingsError`` when a table that the question
    names has not been made yet.
    """
    with _views(out_dir) as connection:
        return connection.execute(sql, values or None).df()


def stream(out_dir: str | Path, sql: str, size: int = 2048, **values: object) -> Iterator[dict]:
    """The rows that ``sql`` gives, as ``query`` asks it, one by one and never all at once."""
    with _views(out_dir) as connection:
        asked = connection.execute(sql, values or None)
        columns = [column[0] for column in asked.description]
        while rows := asked.fetchmany(size):
            yield from (dict(zip(columns, row, strict=True)) for row in rows)


@contextmanager
def _views(out_dir: str | Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that sees every table that has been made."""
    with duckdb.connect() as connection:
        for name in SCHEMAS:
            path = table_path(out_dir, name)
            if path.exists():
                connection.from_parquet(str(path)).create_view(name)
        try:
            yield connection
        except duckdb.CatalogException as error:
            raise CuttingsError(
                f"{Path(out_dir) / 'tables'} lacks a table that was asked for; run notebook 01-load first ({str(error).splitlines()[0]})"
            ) from error
