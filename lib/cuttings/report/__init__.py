"""``report.html``: what a run found, the evidence and the notebooks that found it, in one file that needs nothing else.

The file runs one script, its own, and asks no server for anything; its Content-Security-Policy has
the browser enforce that. Nothing in it depends on the machine or the time: same input, same bytes.
"""

from cuttings.report.page import write

__all__ = ["write"]
