"""``report.html``: what a run found and the notebooks that found it, in one file that needs nothing else.

The file holds no script and asks no server for anything; its Content-Security-Policy has the
browser enforce that. Nothing in it depends on the machine or the time: same input, same bytes.
"""

from __future__ import annotations

import hashlib
import html
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from cuttings import execute, findings, notebook_html, show, tables
from cuttings.notebook_html import Bound
from cuttings.text import many

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
STYLE = Path(__file__).with_name("report.css")


def write(run_dir: str | Path, corpus_name: str, settings: Mapping[str, object], note: str = "") -> Path:
    """Bind the tables, findings, figures and executed notebooks in ``run_dir`` into its ``report.html``.

    ``corpus_name`` is what to call the corpus, ``settings`` the parameters that the notebooks ran
    with, ``note`` what a reader must know of the corpus before anything else. The file takes its
    name only when whole.
    """
    run_dir = Path(run_dir)
    paths = sorted((run_dir / "notebooks").glob("*.ipynb"))
    names = {path.stem for path in paths}
    bound = [notebook_html.bind(p.stem, execute.read(p), run_dir / "figures", names) for p in paths]
    lead = " ".join(filter(None, [_coverage(run_dir), _years(run_dir, settings), html.escape(note)]))
    page = _page(corpus_name, lead, _run(run_dir, corpus_name, settings), _found(run_dir, bound), bound)
    target = run_dir / "report.html"
    part = target.with_name(f"report.part{os.getpid()}")
    part.write_text(page, "utf-8")
    os.replace(part, target)
    return target


def _page(corpus_name: str, coverage: str, run: str, found: str, bound: Iterable[Bound]) -> str:
    name = html.escape(corpus_name)
    styles = "\n".join(sorted({style for b in bound for style in b.styles}))
    chapters = "\n".join(
        f'<article aria-labelledby="{html.escape(b.name)}">{b.body}</article>' for b in bound
    )
    return f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Cuttings: {name}</title>
<style>
{styles}
{STYLE.read_text("utf-8")}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header>
<p class="kicker">Cuttings report</p>
<h1>{name}</h1>
<p class="coverage">{coverage}</p>
</header>
<div class="layout">
{_contents(bound)}
<main id="main" tabindex="-1">
<section aria-labelledby="findings"><h2 id="findings">Findings</h2>
{found}</section>
<section aria-labelledby="run"><h2 id="run">The run</h2>
{run}</section>
{chapters}
</main>
</div>
</body>
</html>
"""


def _contents(bound: Iterable[Bound]) -> str:
    entries = []
    for b in bound:
        inner = "".join(_entry(anchor, text) for anchor, text in b.sections)
        entries.append(_entry(b.name, b.title, f"<ol>{inner}</ol>" if inner else ""))
    return (
        '<nav aria-label="Contents"><details open><summary>Contents</summary>\n'
        f"<ol>{_entry('findings', 'Findings')}{_entry('run', 'The run')}{''.join(entries)}</ol></details></nav>"
    )


def _entry(anchor: str, text: str, inner: str = "") -> str:
    return f'<li><a href="#{html.escape(anchor, quote=True)}">{html.escape(text)}</a>{inner}</li>\n'


def _coverage(run_dir: Path) -> str:
    """How much of the corpus became items, in one sentence."""
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


def _years(run_dir: Path, settings: Mapping[str, object]) -> str:
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


def _run(run_dir: Path, corpus_name: str, settings: Mapping[str, object]) -> str:
    """What was run on what: settings, the corpus's checksum, and every page with a problem."""
    pages = tables.query(run_dir, "SELECT page_id, sha256, status, problem FROM pages ORDER BY page_id")
    listing = "".join(f"{p.sha256}  {p.page_id}\n" for p in pages.itertuples())
    checksum = hashlib.sha256(listing.encode()).hexdigest()
    rows = {"corpus": corpus_name, **settings, "checksum of the corpus": checksum}
    terms = "".join(
        f"<dt>{html.escape(str(k))}</dt><dd>{html.escape(str(v))}</dd>\n" for k, v in rows.items()
    )
    faulty = pages[pages["problem"] != ""][["page_id", "status", "problem"]]
    problems = (
        notebook_html.safe(show.table(faulty, "Pages that were mended or could not be read").data)
        if len(faulty)
        else ""
    )
    return (
        f'<dl>{terms}</dl>\n<p class="note">The checksum is the SHA-256 of the list of the pages\' own: '
        f"the same checksum means the same pages.</p>\n{problems}"
    )


def _found(run_dir: Path, bound: Iterable[Bound]) -> str:
    """The findings, grouped by the notebook that found them, each with the query that gives its rows."""
    stored, groups = findings.load(run_dir), []
    for b in bound:
        rows = "\n".join(_finding(f) for f in stored if f["notebook"] == b.name)
        if rows:
            title = f'<a href="#{html.escape(b.name, quote=True)}">{html.escape(b.title)}</a>'
            groups.append(f'<tbody><tr><th colspan="5" scope="rowgroup">{title}</th></tr>\n{rows}</tbody>')
    if not groups:
        return "<p>The notebooks recorded no findings.</p>"
    return (
        '<div class="cuttings findings" tabindex="0" role="region" aria-label="Findings"><table>'
        "<caption>Each number with its 95 % interval where it has one</caption>"
        '<thead><tr><th scope="col">Finding</th><th scope="col">Value</th><th class="num" scope="col">n</th>'
        '<th class="num" scope="col">Items</th><th scope="col">Rows</th></tr></thead>\n'
        f"{''.join(groups)}</table></div>"
    )


def _finding(found: Mapping) -> str:
    anchor = html.escape(f"finding--{found['notebook']}--{notebook_html.slug(found['name'])}", quote=True)
    items = "–" if found["n_items"] is None else f"{found['n_items']:,}"
    return (
        f'<tr id="{anchor}"><td>{html.escape(found["says"])}</td><td>{html.escape(findings.written(found))}</td>'
        f'<td class="num">{found["n"]:,}</td><td class="num">{items}</td>'
        f"<td><details><summary>SQL</summary><pre>{html.escape(found['rows'])}</pre></details></td></tr>"
    )


def _row(run_dir: Path, sql: str, **values: object) -> dict[str, int]:
    return {k: int(v) for k, v in tables.query(run_dir, sql, **values).iloc[0].items()}
