"""Progress bars, on a terminal and in JupyterLab, never in stored outputs."""

import os
from collections.abc import Iterable

from tqdm.auto import tqdm


def bar(iterable: Iterable | None = None, **options) -> tqdm:
    """A tqdm bar that vanishes when done and stays silent where ``CUTTINGS_QUIET`` is set."""
    return tqdm(iterable, leave=False, disable=bool(os.environ.get("CUTTINGS_QUIET")), **options)
