"""``report.pdf``: the report for print, from the same HTML by WeasyPrint, which runs no script and fetches nothing."""

from __future__ import annotations

import os
from pathlib import Path

from cuttings.errors import CuttingsError

LACKING = (
    "report.pdf needs Pango, which is not there; install it, on Debian and Ubuntu with "
    "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)


def check() -> None:
    """Raise ``CuttingsError`` where WeasyPrint's system libraries are missing."""
    try:
        import weasyprint  # noqa: F401
    except OSError as error:
        raise CuttingsError(LACKING) from error


def write(run_dir: str | Path) -> Path:
    """Write ``report.pdf`` beside the ``report.html`` of ``run_dir``; it takes its name only when whole.

    What the page leaves out in print (code, the evidence browser) the PDF leaves out. Nothing is
    fetched: an address that is not in the page itself is refused. Raises ``CuttingsError`` where
    WeasyPrint's system libraries are missing.
    """
    check()
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    run_dir = Path(run_dir)
    part = run_dir / f"report.pdf.part{os.getpid()}"
    HTML(run_dir / "report.html", url_fetcher=URLFetcher(allowed_protocols=["data"])).write_pdf(part)
    os.replace(part, run_dir / "report.pdf")
    return run_dir / "report.pdf"
