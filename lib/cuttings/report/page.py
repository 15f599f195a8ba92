"""The whole page: findings first, then their evidence, the notebooks, and what was run on what."""

from __future__ import annotations

import base64
import hashlib
import html
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import lxml.html

from cuttings import execute
from cuttings.report import evidence, found, notebook, rights, summary
from cuttings.report.notebook import Bound

HERE = Path(__file__).parent
STYLE, SCRIPT, BROWSER = (HERE / name for name in ("report.css", "report.js", "browser.html"))
POLICY = (
    "default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
"""One script, known by its checksum, which the browser keeps from making HTML out of text (Trusted
Types); styles may stand in the file, since outputs of notebooks bring theirs, and cannot fetch anything."""


def write(
    run_dir: str | Path,
    corpus_name: str,
    settings: Mapping[str, object],
    note: str = "",
    labels: Mapping[str, str] | None = None,
) -> Path:
    """Bind the tables, findings, figures and executed notebooks in ``run_dir`` into its ``report.html``.

    ``corpus_name`` is what to call the corpus, ``settings`` the parameters that the notebooks ran
    with, ``note`` what a reader must know of the corpus before anything else, ``labels`` the targets'
    by name. The file takes its name only when whole.
    """
    run_dir = Path(run_dir)
    bound = _bound(run_dir)
    index = evidence.index(run_dir, labels or {})
    lead = " ".join(
        filter(None, [summary.coverage(run_dir), summary.years(run_dir, settings), html.escape(note)])
    )
    parts = {
        "findings": found.section(run_dir, bound, index),
        "evidence": BROWSER.read_text("utf-8"),
        "run": summary.run(run_dir, corpus_name, settings),
    }
    target = run_dir / "report.html"
    part = target.with_name(f"report.part{os.getpid()}")
    part.write_text(_page(corpus_name, lead, parts, bound, evidence.as_json(index)), "utf-8")
    os.replace(part, target)
    return target


def _bound(run_dir: Path) -> list[Bound]:
    """The notebooks as HTML; words that rights withhold are looked for in what a first binding shows."""
    read = {p.stem: execute.read(p) for p in sorted((run_dir / "notebooks").glob("*.ipynb"))}
    figures = run_dir / "figures"
    bound = [notebook.bind(name, made, figures, set(read)) for name, made in read.items()]
    data = [path.read_text("utf-8") for path in sorted(figures.glob("*.csv"))]
    shown = [" ".join(lxml.html.fromstring(b.body or "<p>").itertext()) for b in bound]
    closed = rights.closed_runs(run_dir, [*shown, *data])
    return (
        [notebook.bind(n, made, figures, set(read), closed) for n, made in read.items()] if closed else bound
    )


def _page(corpus_name: str, lead: str, parts: Mapping[str, str], bound: Iterable[Bound], data: str) -> str:
    name, script = html.escape(corpus_name), SCRIPT.read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    styles = "\n".join(sorted({style for b in bound for style in b.styles}))
    chapters = "\n".join(
        f'<article aria-labelledby="{html.escape(b.name)}">{b.body}</article>' for b in bound
    )
    return f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY.format(digest=digest)}">
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
<p class="coverage">{lead}</p>
</header>
<div class="layout">
{_contents(bound)}
<main id="main" tabindex="-1">
<section aria-labelledby="findings"><h2 id="findings">Findings</h2>
{parts["findings"]}</section>
<section aria-labelledby="evidence" class="evidence"><h2 id="evidence">Evidence</h2>
{parts["evidence"]}</section>
{chapters}
<section aria-labelledby="run"><h2 id="run">The run</h2>
{parts["run"]}</section>
</main>
</div>
<script type="application/json" id="data">{data}</script>
<script>{script}</script>
</body>
</html>
"""


def _contents(bound: Iterable[Bound]) -> str:
    entries = [_entry("findings", "Findings"), _entry("evidence", "Evidence")]
    for b in bound:
        inner = "".join(_entry(anchor, text) for anchor, text in b.sections)
        entries.append(_entry(b.name, b.title, f"<ol>{inner}</ol>" if inner else ""))
    entries.append(_entry("run", "The run"))
    return (
        '<nav aria-label="Contents"><details open><summary>Contents</summary>\n'
        f"<ol>{''.join(entries)}</ol></details></nav>"
    )


def _entry(anchor: str, text: str, inner: str = "") -> str:
    return f'<li><a href="#{html.escape(anchor, quote=True)}">{html.escape(text)}</a>{inner}</li>\n'
