"""A corpus folder: where its pages are, what its catalogue states, its targets, events and codings.

What is wrong with the folder is found here and said once, as a ``Problem`` with file and line;
``open_corpus`` raises the first, ``cuttings check`` lists them all.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cuttings.edtf import Dated, EdtfError, parse
from cuttings.errors import CuttingsError, alike, nearest

WORKED_EXAMPLE = Path(__file__).resolve().parents[2] / "corpus"
SUFFIXES = {
    ".txt": "txt",
    ".html": "html",
    ".htm": "html",
    ".warc": "warc",
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".parquet": "parquet",
    ".docx": "docx",
    ".rtf": "rtf",
}
SHARE = "share.json"
"""The file by which a corpus without texts is known; its tables hold what a catalogue would state."""
NOT_PAGES = {"catalogue.csv", "events.csv", "targets.toml", "columns.toml", "readme.txt"}
CATALOGUE_COLUMNS = ["page", "outlet", "genre", "date", "url", "title", "rights"]
COLUMN_KEYS = ["text", "title", "byline", "date", "outlet", "url", "genre", "rights"]
EVENT_COLUMNS = ["date", "event", "kind", "targets"]
GENRE_OF_PAGE = {
    "news": "news",
    "leader": "leader",
    "leaders": "leader",
    "letter": "letter",
    "letters": "letter",
    "blog": "blog",
    "comment": "comment",
    "comments": "comment",
    "other": "other",
}


@dataclass(frozen=True)
class Problem:
    file: str
    line: int
    says: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.says}"


@dataclass(frozen=True)
class Entry:
    """What the catalogue states of one page; an empty field states nothing."""

    outlet: str = ""
    genre: str = ""
    date: Dated | None = None
    url: str = ""
    title: str = ""
    rights: str = ""


@dataclass(frozen=True)
class Target:
    name: str
    label: str
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Event:
    """``named`` are the words by which texts name what happened (``NHS Plan``)."""

    date: Dated
    event: str
    kind: str
    targets: tuple[str, ...]
    named: tuple[str, ...] = ()
    source_url: str = ""
    verified: bool = False


@dataclass(frozen=True)
class Corpus:
    root: Path
    pages: tuple[Path, ...]
    catalogue: dict[str, Entry] = field(default_factory=dict)
    targets: tuple[Target, ...] = ()
    events: tuple[Event, ...] = ()
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    """What the columns of tables are called: by key of ``COLUMN_KEYS``, for a page or, under "", for all."""

    def page_id(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def entry(self, page_id: str) -> Entry:
        """The catalogue's row for a page; for a record in a file, the file's row if it has none."""
        for name in (page_id, page_id.rpartition("#")[0]):
            for key in (name, name.removeprefix("pages/")):
                if key and key in self.catalogue:
                    return self.catalogue[key]
        return Entry()


def open_corpus(folder: str | Path) -> Corpus:
    """The corpus in ``folder``. Raises ``CuttingsError`` for the first thing that is wrong with it."""
    corpus, problems = inspect(folder)
    if problems:
        more = f" (and {len(problems) - 1} more: run 'cuttings check {folder}')" if len(problems) > 1 else ""
        raise CuttingsError(f"{problems[0]}{more}")
    return corpus


def inspect(folder: str | Path) -> tuple[Corpus, list[Problem]]:
    """The corpus in ``folder`` with everything that is wrong with its own files.

    Raises ``CuttingsError`` where there is no folder or no page in it.
    """
    root = Path(folder)
    if not root.is_dir():
        what = "is a file" if root.exists() else "does not exist"
        raise CuttingsError(f"corpus folder {root} {what}; name a folder that holds scraped pages")
    pages = tuple(find_pages(root))
    shared = (root / SHARE).is_file()
    if not pages and not shared:
        raise CuttingsError(
            f"corpus folder {root} holds no pages; put files ending in {', '.join(sorted(SUFFIXES))} "
            f"(plain or .gz) in it or in {root / 'pages'}"
        )
    problems: list[Problem] = []
    catalogue = {} if shared else _catalogue(root, pages, problems)
    targets = _targets(_own_or_example(root, "targets.toml"), problems)
    events = _events(_own_or_example(root, "events.csv"), targets, problems)
    columns = _columns(root, pages, problems)
    return Corpus(root, pages, catalogue, targets, events, columns), problems


def find_pages(root: Path) -> Iterator[Path]:
    """Page files of a corpus, sorted: below ``pages/`` where that is, else directly in the folder."""
    below = root / "pages"
    found = below.rglob("*") if below.is_dir() else root.iterdir()
    for path in sorted(found):
        hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        named = below.is_dir() or path.name.lower() not in NOT_PAGES
        if path.is_file() and not hidden and named and page_format(path):
            yield path


def page_format(path: Path) -> str:
    """``txt``, ``html`` ... by the file's name, ``.gz`` looked through; empty for any other file."""
    name = path.name.lower().removesuffix(".gz")
    return SUFFIXES.get(Path(name).suffix, "")


def refuse_out(out: str | Path, root: str | Path) -> None:
    """Raises ``CuttingsError`` where results in ``out`` would lie among the files of the corpus in ``root``."""
    out, root = Path(out).resolve(), Path(root).resolve()
    pages = root / "pages" if (root / "pages").is_dir() else root
    if out in (root, pages) or (pages != root and out.is_relative_to(pages)):
        raise CuttingsError(f"{out} belongs to the corpus; name another folder with --out")


def _own_or_example(root: Path, name: str) -> Path:
    return root / name if (root / name).exists() else WORKED_EXAMPLE / name


def _rows(path: Path, known: list[str], needed: list[str], problems: list[Problem]) -> list[tuple[int, dict]]:
    """The rows of a CSV file with the line that each starts on; notes unknown and missing columns."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Problem(path.name, 1, "is not UTF-8; save it as 'CSV UTF-8'"))
        return []
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        columns = reader.fieldnames or []
        found = list(_numbered(reader))
    except csv.Error as error:
        problems.append(Problem(path.name, reader.line_num, f"is not CSV: {error}"))
        return []
    faults = [f"unknown column {c!r}{nearest(c, known)}" for c in columns if c and known and c not in known]
    if len(columns) == 1 and ";" in columns[0]:
        faults = ["its columns are separated by ';'; save it with commas"]
    faults += [f"column {c!r} is missing" for c in needed if c not in columns]
    problems += [Problem(path.name, 1, fault) for fault in faults]
    for line, row in found:
        if None in row:
            says = f"{len(columns) + len(row[None])} cells for {len(columns)} columns; put a text with a comma in quotes"
            problems.append(Problem(path.name, line, says))
    return (
        [] if faults else [(line, {k: (v or "").strip() for k, v in row.items() if k}) for line, row in found]
    )


def _numbered(reader: csv.DictReader) -> Iterator[tuple[int, dict]]:
    """The rows of a CSV file, each with the line that it starts on."""
    line = 2
    for row in reader:
        yield line, row
        line = reader.line_num + 1


def _catalogue(root: Path, pages: tuple[Path, ...], problems: list[Problem]) -> dict[str, Entry]:
    path = root / "catalogue.csv"
    if not path.exists():
        return {}
    there = {p.relative_to(root).as_posix() for p in pages}
    there |= {p.removeprefix("pages/") for p in there}
    out: dict[str, Entry] = {}
    first: dict[str, int] = {}
    for line, row in _rows(path, [*CATALOGUE_COLUMNS, "retells"], ["page"], problems):
        page, say = row["page"], lambda text, line=line: problems.append(Problem(path.name, line, text))
        if page in first:
            say(f"page {page!r} is listed twice, first on line {first[page]}; keep one row")
        elif page not in there and page.rpartition("#")[0] not in there:
            say(f"page {page!r} is not in the corpus{alike(page, there)}")
        first.setdefault(page, line)
        genre, date = row.get("genre", "").lower(), None
        if genre and genre not in GENRE_OF_PAGE:
            say(f"unknown genre {genre!r}{nearest(genre, GENRE_OF_PAGE)}")
        if row.get("date"):
            try:
                date = parse(row["date"])
            except EdtfError as error:
                say(str(error))
        if row.get("url") and not re.match(r"https?://", row["url"], re.IGNORECASE):
            say(f"url {row['url']!r} does not begin with http:// or https://")
        stated = {k: row.get(k, "") for k in ("outlet", "url", "title", "rights")}
        out[page] = Entry(genre=GENRE_OF_PAGE.get(genre, ""), date=date, **stated)
    return out


def _columns(root: Path, pages: tuple[Path, ...], problems: list[Problem]) -> dict[str, dict[str, str]]:
    """The columns that ``columns.toml`` states, by page and for all tables."""
    path = root / "columns.toml"
    if not path.exists():
        return {}
    lines, stated = _toml(path, problems)
    there = {p.relative_to(root).as_posix() for p in pages}
    out: dict[str, dict[str, str]] = {"": {k: v for k, v in stated.items() if not isinstance(v, dict)}}
    for page, table in stated.items():
        if isinstance(table, dict):
            full = page if page in there else f"pages/{page}"
            out[full] = table
            if full not in there:
                line = next((n for n, text in enumerate(lines, 1) if page in text), 1)
                problems.append(
                    Problem(path.name, line, f"page {page!r} is not in the corpus{alike(page, there)}")
                )
    for key, name in ((k, v) for table in out.values() for k, v in table.items()):
        line = next((n for n, text in enumerate(lines, 1) if text.strip().startswith(key)), 1)
        if key not in COLUMN_KEYS:
            problems.append(Problem(path.name, line, f"unknown key {key!r}{nearest(key, COLUMN_KEYS)}"))
        elif not isinstance(name, str):
            problems.append(Problem(path.name, line, f'{key} needs the name of a column, as {key} = "..."'))
    return out


def _toml(path: Path, problems: list[Problem]) -> tuple[list[str], dict]:
    """The lines of a TOML file and what it states."""
    try:
        text = path.read_text("utf-8-sig")
        return text.splitlines(), tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        problems.append(Problem(path.name, int(line[1]) if line else 1, f"is not TOML: {error}"))
        return [], {}


def _targets(path: Path, problems: list[Problem]) -> tuple[Target, ...]:
    lines, stated = _toml(path, problems)
    out = []
    for name, table in stated.items():
        line = next((n for n, text in enumerate(lines, 1) if text.strip() == f"[{name}]"), 1)
        aliases = table.get("aliases") if isinstance(table, dict) else None
        if (
            not isinstance(aliases, list)
            or not aliases
            or not all(isinstance(a, str) and a.strip() for a in aliases)
        ):
            problems.append(Problem(path.name, line, f'target {name!r} needs aliases = ["..."]'))
            continue
        out.append(Target(name, str(table.get("label", name.replace("_", " "))), tuple(aliases)))
    return tuple(out)


def _events(path: Path, targets: tuple[Target, ...], problems: list[Problem]) -> tuple[Event, ...]:
    """The events of a file; the targets that they name must be known, unless they are the example's."""
    out = []
    own, names = path.parent != WORKED_EXAMPLE, {t.name for t in targets}
    for line, row in _rows(path, [], EVENT_COLUMNS, problems):
        try:
            date = parse(row["date"])
        except EdtfError as error:
            problems.append(Problem(path.name, line, str(error)))
            continue
        if not 1000 <= date.earliest.year <= date.latest.year < 3000:
            problems.append(
                Problem(path.name, line, f"the date {row['date']!r} is of no year that a page can know")
            )
            continue
        if not row["event"]:
            problems.append(Problem(path.name, line, "the event has no words; say what happened"))
        listed = lambda key, row=row: tuple(x.strip() for x in row.get(key, "").split(";") if x.strip())  # noqa: E731
        unknown = [t for t in listed("targets") if own and t not in names]
        problems += [Problem(path.name, line, f"unknown target {t!r}{nearest(t, names)}") for t in unknown]
        out.append(
            Event(
                date,
                row["event"],
                row["kind"],
                listed("targets"),
                listed("named"),
                row.get("source_url", ""),
                row.get("verified", "") == "yes",
            )
        )
    return tuple(out)
