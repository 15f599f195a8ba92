"""How much of a file is ever unpacked or held: the bounds that keep a hostile file from hurting a run.

Every reader of ``load`` goes through these. With them one page takes at most about a minute and one
file at most about a gigabyte of memory, whatever it holds; what is beyond a bound is a problem of its
page or file.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from pathlib import Path

LARGEST = 20_000_000
"""Bytes of one page, record or line after unpacking."""
LARGEST_FILE = 100_000_000
"""Bytes after unpacking of a file that must be held whole: a Word or RTF document, a gzipped Parquet file."""
LONGEST_TEXT = 1_000_000
"""Characters of text that one page may hold, some 170,000 words."""
MOST_TAGS = 200_000
"""Tags of one HTML page; a tree of more takes gigabytes."""
SKIPPED = 1_000_000_000
"""Bytes of overlong lines that are passed over before a file is given up."""


class Unreadable(ValueError):
    """A file or record that is no page; the message says why."""


def too_large(limit: int | None = None) -> str:
    return f"more than {(limit or LARGEST) / 1_000_000:g} MB in one page"


def unpacked(path: Path) -> io.BufferedIOBase:
    """The file's bytes, unpacked where its name ends in ``.gz``."""
    return gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb")


def whole(path: Path, limit: int | None = None) -> bytes:
    """All bytes of a file that is one page. Raises ``Unreadable`` beyond ``limit`` (``LARGEST``)."""
    limit = limit or LARGEST
    with unpacked(path) as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise Unreadable(too_large(limit))
    return data


def lines(path: Path) -> Iterator[bytes | None]:
    """The lines of a file, None for one of more than ``LARGEST`` bytes.

    Raises ``Unreadable`` once ``SKIPPED`` bytes of such lines have gone by.
    """
    skipped = 0
    with unpacked(path) as file:
        while line := file.readline(LARGEST + 1):
            if len(line) <= LARGEST:
                yield line
                continue
            while line and not line.endswith(b"\n"):
                skipped += len(line)
                if skipped > SKIPPED:
                    raise Unreadable(f"more than {SKIPPED / 1_000_000:g} MB without a line end")
                line = file.readline(LARGEST)
            yield None
