"""One executed notebook as HTML for the report: prose rendered, code folded, figures with their data.

Nothing of a notebook is trusted: elements and attributes that are not on the lists below are taken
out, so whatever a corpus smuggled into an output stays text.
"""

from __future__ import annotations

import base64
import csv
import html
import io
import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path

import lxml.html
from nbconvert.filters import Highlight2HTML, markdown2html
from nbformat import NotebookNode

from cuttings.report.rights import withheld, withhold
from cuttings.text import many

ROWS_SHOWN = 200
LEFT_OUT = {"parameters", "injected-parameters"}
"""Tags of the cells that the report replaces by its table of settings."""
ELEMENTS = set(
    "a abbr b blockquote br caption cite code col colgroup dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i"
    " img ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead tr ul var".split()
)
WITH_CONTENTS = set("script style iframe object embed svg math template noscript title".split())
FETCHES = re.compile(r"url\s*\(|@import|image-set|[<\\]", re.IGNORECASE)
"""What a style sheet would fetch something with, or get out of its element with."""
DATE = re.compile(r"[\d/.~?%X-]{7,}")
"""A date or an interval, which a table should not break over lines."""
ATTRIBUTES = set("class colspan rowspan scope tabindex href src alt title start lang".split())

_highlight = Highlight2HTML(pygments_lexer="python")


@dataclass(frozen=True)
class Bound:
    """A notebook as the report shows it.

    ``sections`` are ``(anchor, heading)`` of its second level, ``concluded`` the anchor of the one that
    records findings (the notebook's own where none does), ``styles`` the style sheets of its outputs.
    """

    name: str
    title: str
    sections: tuple[tuple[str, str], ...]
    concluded: str
    body: str
    styles: frozenset[str]


def bind(
    name: str,
    notebook: NotebookNode,
    figures_dir: Path,
    others: set[str],
    closed: Set[tuple[str, ...]] = frozenset(),
) -> Bound:
    """``notebook`` as HTML whose anchors start with ``name``.

    ``figures_dir`` holds the run's figures (``NAME.svg`` and ``NAME.csv``); links to a notebook of
    ``others`` lead to its place in the report; runs of words in ``closed`` are left out of outputs.
    """
    figures = {path.read_text("utf-8").strip(): path for path in sorted(figures_dir.glob("*.svg"))}
    title, sections, parts, at, concluded = name, [], [], name, name
    taken: set[str] = set()
    styles: set[str] = set()
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            tree = _parsed(markdown2html(cell.source))
            for level, anchor, text in _anchored(tree, name, taken):
                at = anchor
                if level == 1:
                    title = text
                if level == 2:
                    sections.append((anchor, text))
            _relink(tree, name, others)
            parts.append(f'<div class="prose">{_inner(tree)}</div>')
        elif cell.cell_type == "code" and not LEFT_OUT & set(cell.metadata.get("tags", [])):
            concluded = at if "findings.record(" in cell.source else concluded
            parts.append(_code(cell) + "".join(_output(o, figures, styles, closed) for o in cell.outputs))
    return Bound(name, title, tuple(sections), concluded, "\n".join(filter(None, parts)), frozenset(styles))


def safe(markup: str, styles: set[str] | None = None, closed: Set[tuple[str, ...]] = frozenset()) -> str:
    """``markup`` with only the elements and attributes that the report allows, without the runs of ``closed``.

    Its style sheets are put into ``styles``, but for those that would fetch something.
    """
    tree = _parsed(markup, styles)
    withhold(tree, closed)
    return _inner(tree)


def csv_table(path: Path, closed: Set[tuple[str, ...]] = frozenset()) -> str:
    """A figure's data as a table folded under its figure, with the whole file to save."""
    text = path.read_text("utf-8")
    columns, *rows = list(csv.reader(io.StringIO(text, newline=""))) or [[]]
    if closed:
        rows = [[withheld(value, closed) for value in row] for row in rows]
        text = _as_csv([columns, *rows])
    head = "".join(f'<th scope="col">{html.escape(c)}</th>' for c in columns)
    body = "\n".join(
        f"<tr>{''.join(f'<td>{html.escape(v)}</td>' for v in row)}</tr>" for row in rows[:ROWS_SHOWN]
    )
    shown = f"first {ROWS_SHOWN} of {len(rows):,} rows" if len(rows) > ROWS_SHOWN else many(len(rows), "row")
    data = base64.b64encode(text.encode()).decode("ascii")
    name = html.escape(path.name, quote=True)
    return (
        f'<details class="data"><summary>Data of this figure ({shown})</summary>'
        f'<p><a download="{name}" href="data:text/csv;charset=utf-8;base64,{data}">Save {name}</a></p>'
        f'<div class="cuttings" tabindex="0" role="region" aria-label="Data: {name}"><table><thead><tr>{head}</tr>'
        f"</thead>\n<tbody>{body}</tbody></table></div></details>"
    )


def slug(text: str) -> str:
    return re.sub(r"[^\w]+", "-", text.lower()).strip("-")


def _as_csv(rows: list[list[str]]) -> str:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue()


def _code(cell: NotebookNode) -> str:
    if not cell.source.strip():
        return ""
    number = f" [{cell.execution_count}]" if cell.execution_count else ""
    return f'<details class="code"><summary>Code{number}</summary>{_highlight(cell.source)}</details>'


def _output(
    output: NotebookNode, figures: Mapping[str, Path], styles: set[str], closed: Set[tuple[str, ...]]
) -> str:
    if output.output_type == "stream":
        return f'<pre class="out {output.name}">{html.escape(withheld(output.text, closed))}</pre>'
    if output.output_type == "error":
        said = withheld(f"{output.ename}: {output.evalue}", closed)
        return f'<pre class="out stderr">{html.escape(said)}</pre>'
    data = output.data
    if "image/svg+xml" in data:
        return _figure(data["image/svg+xml"], data.get("text/plain", ""), figures, closed)
    if "image/png" in data:
        return _image("image/png", data["image/png"].replace("\n", ""), data.get("text/plain", ""))
    if "text/html" in data:
        return f'<div class="out">{safe(data["text/html"], styles, closed)}</div>'
    if "text/markdown" in data:
        return f'<div class="out prose">{safe(markdown2html(data["text/markdown"]), closed=closed)}</div>'
    return f'<pre class="out">{html.escape(withheld(data.get("text/plain", ""), closed))}</pre>'


def _figure(svg: str, alt: str, figures: Mapping[str, Path], closed: Set[tuple[str, ...]]) -> str:
    path = figures.get(svg.strip())
    data = csv_table(path.with_suffix(".csv"), closed) if path and path.with_suffix(".csv").exists() else ""
    return _image("image/svg+xml", base64.b64encode(svg.encode()).decode("ascii"), alt, data)


def _image(kind: str, data: str, alt: str, details: str = "") -> str:
    label = html.escape(alt, quote=True)
    return (
        f'<figure><div class="plate" tabindex="0" role="group" aria-label="Figure">'
        f'<img alt="{label}" src="data:{kind};base64,{data}"></div>{details}</figure>'
    )


def _parsed(markup: str, styles: set[str] | None = None) -> lxml.html.HtmlElement:
    """``markup`` as a tree below one ``div``, with nothing in it that is not allowed."""
    tree = lxml.html.fragment_fromstring(markup, create_parent="div")
    if styles is not None:
        styles |= {s for s in tree.xpath(".//style/text()") if not FETCHES.search(s)}
    for element in list(tree.iterdescendants()):
        if not isinstance(element.tag, str) or element.tag in WITH_CONTENTS:
            element.drop_tree()
        elif element.tag not in ELEMENTS:
            element.drop_tag()
        else:
            _allow_attributes(element)
    for image in tree.xpath(".//img[not(@src)]"):
        image.drop_tree()
    for box in tree.xpath('.//div[@class="cuttings"]'):
        box.set("role", "region")
        box.set("aria-label", "".join(box.xpath("string(.//caption)")) or "Table")
    for cell in tree.xpath(".//td[not(*)]"):
        kind = "date" if DATE.fullmatch(cell.text or "") else "long" if len(cell.text or "") > 30 else ""
        own = cell.get("class", "").split()
        if kind and not {"id", kind} & set(own):
            cell.set("class", " ".join([*own, kind]))
    return tree


def _allow_attributes(element: lxml.html.HtmlElement) -> None:
    for name, value in list(element.attrib.items()):
        styled = name == "style" and not FETCHES.search(value)
        place = value.strip().lower()
        leads_out = (
            name == "href" and re.match(r"[a-z][a-z0-9+.-]*:", place) and not re.match(r"https?:", place)
        )
        fetched = name == "src" and not re.match(r"data:image/(png|jpeg|svg\+xml);base64,", place)
        if (name not in ATTRIBUTES and not styled) or leads_out or fetched:
            del element.attrib[name]


def _anchored(tree: lxml.html.HtmlElement, name: str, taken: set[str]) -> list[tuple[int, str, str]]:
    """Give each heading an anchor of its own, one level lower; their ``(level, anchor, text)``."""
    found = []
    for heading in tree.xpath(".//h1|.//h2|.//h3|.//h4|.//h5"):
        for link in heading.xpath('.//a[@class="anchor-link"]'):
            link.drop_tree()
        level, text = int(heading.tag[1]), heading.text_content().strip()
        wanted = anchor = name if level == 1 else f"{name}--{slug(text)}"
        for number in range(2, len(taken) + 2):
            if anchor not in taken:
                break
            anchor = f"{wanted}-{number}"
        taken.add(anchor)
        heading.tag = f"h{level + 1}"
        heading.set("id", anchor)
        found.append((level, anchor, text))
    return found


def _relink(tree: lxml.html.HtmlElement, name: str, others: set[str]) -> None:
    """Links between notebooks become links within the report; links to other files become text."""
    for link in tree.xpath(".//a[@href]"):
        place = link.get("href")
        stem, _, fragment = place.partition("#")
        target = name if not stem else Path(stem).stem
        if re.match(r"https?:", place):
            link.set("rel", "noreferrer")
        elif target in others:
            link.set("href", f"#{target}" + (f"--{slug(fragment)}" if fragment else ""))
        else:
            link.drop_tag()


def _inner(tree: lxml.html.HtmlElement) -> str:
    return html.escape(tree.text or "", quote=False) + "".join(
        lxml.html.tostring(child, encoding="unicode") for child in tree
    )
