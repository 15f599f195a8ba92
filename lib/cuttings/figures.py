"""One look for every figure, and figures saved so that they do not change from run to run.

A figure is saved as SVG with its alternative text inside, and its data as CSV beside it.
"""

from __future__ import annotations

import hashlib
import html
import io
import os
import re
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import matplotlib
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

INK, MUTED, GRID, PAPER = "#1f2430", "#5b6270", "#dfe2e8", "#ffffff"
PALETTE = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7a5c2e"]
"""Okabe and Ito's colours for colour-blind readers (2008), without the yellow, too pale on white."""
MARKERS = ["o", "s", "^", "D", "v", "P", "X"]
STANCE_COLOURS = {"against": "#b2182b", "neutral": "#9aa0aa", "for": "#2166ac"}
DIVERGING = "RdBu"
FORMULA = re.compile(r"[=+\-@\t\r](?!\d*\.?\d+\Z)")
"""How a text begins that a spreadsheet would compute; a plain number does not count."""

STYLE = {
    "figure.facecolor": PAPER,
    "figure.dpi": 100,
    "figure.constrained_layout.use": True,
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "axes.titlesize": 12,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 10,
    "axes.labelcolor": INK,
    "axes.edgecolor": MUTED,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.prop_cycle": matplotlib.cycler(color=PALETTE),
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "text.color": INK,
    "text.parse_math": False,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "legend.frameon": False,
    "svg.hashsalt": "cuttings",
    "svg.fonttype": "path",
}


@contextmanager
def canvas(width: float = 8.0, height: float = 4.0, **subplots):
    """A figure in the suite's style, ``width`` by ``height`` inches; gives ``(figure, axes)``."""
    with plt.rc_context(STYLE):
        fig, axes = plt.subplots(figsize=(width, height), **subplots)
        try:
            yield fig, axes
        finally:
            plt.close(fig)


@dataclass(frozen=True)
class SavedFigure:
    """A figure as saved, which a notebook shows as SVG."""

    name: str
    svg: str
    alt: str

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        return {"image/svg+xml": self.svg, "text/plain": self.alt}


def save(fig: Figure, name: str, data: pd.DataFrame, alt: str, out_dir: str | Path) -> SavedFigure:
    """Save ``fig`` as ``OUT/figures/NAME.svg`` with ``data`` as ``NAME.csv`` beside it.

    ``alt`` says in words what the figure shows. The bytes depend on what is drawn alone: the SVG
    has no date, a fixed hash salt and coordinates of two decimals (points). A text of ``data`` that a
    spreadsheet would run as a formula is written with an apostrophe before it.
    """
    folder = Path(out_dir) / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    svg = to_svg(fig, alt)
    _replace(folder / f"{name}.svg", svg)
    _replace(folder / f"{name}.csv", to_csv(data))
    return SavedFigure(name, svg, alt)


def to_csv(data: pd.DataFrame) -> str:
    """``data`` as CSV text that a spreadsheet opens without running any of it."""
    inert = data.copy()
    for column in data.columns:
        if not pd.api.types.is_numeric_dtype(data[column]):
            inert[column] = data[column].map(_inert)
    return inert.to_csv(index=False, float_format="%.6g", lineterminator="\n")


def to_svg(fig: Figure, alt: str) -> str:
    """The figure as SVG text whose title element is ``alt``."""
    buffer = io.StringIO()
    with plt.rc_context(STYLE):
        fig.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    svg = buffer.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"scale\([^)]*\)|-?\d+\.\d{3,}", _shorter, svg)
    svg = _numbered_clips(svg, hashlib.sha256(alt.encode()).hexdigest()[:10])
    label = html.escape(alt, quote=True)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1).replace(
        ">", f">\n <title>{label}</title>", 1
    )


def _shorter(match: re.Match) -> str:
    """A coordinate with two decimals; a scale keeps all of them, since glyphs are drawn by it."""
    found = match[0]
    return found if found.startswith("scale") else f"{float(found):.2f}".rstrip("0").rstrip(".")


def _numbered_clips(svg: str, figure: str) -> str:
    """Clips named by the figure and their order: matplotlib hashes their edges to the last digit, in which the
    layout of one and the same figure may differ from run to run.
    """
    found = dict.fromkeys(re.findall(r'<clipPath id="(\w+)"', svg))
    names = {old: f"p{figure}-{n}" for n, old in enumerate(found, 1)}
    return re.sub(r"(?<=[\"#])p[0-9a-f]{10}(?=[\")])", lambda m: names.get(m[0], m[0]), svg)


def n_label(n: int, n_items: int | None = None) -> str:
    """``n = 12 (5 items)``, as figures and tables print it."""
    items = "" if n_items is None else f" ({n_items} item{'s' if n_items != 1 else ''})"
    return f"n = {n:,}{items}"


def _inert(value: object) -> object:
    if not isinstance(value, str):
        return value
    mark = "'" if FORMULA.match(value) else ""
    return mark + value.replace("\r", " ")  # a bare CR would begin a row


def _replace(path: Path, text: str) -> None:
    part = path.with_name(f"{path.name}.part{os.getpid()}")
    part.write_text(text, "utf-8")
    os.replace(part, path)
