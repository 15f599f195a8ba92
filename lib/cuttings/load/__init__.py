"""Step 01: scraped pages to dated items, the voices in them, and their sentences."""

from cuttings.load.conclusions import conclude
from cuttings.load.corpus import read_corpus
from cuttings.load.page import read_page
from cuttings.load.plots import date_intervals, lines_by_outlet
from cuttings.load.summary import (
    dates_by_basis,
    guesses,
    items_of,
    pages_by_status,
    pages_by_voices,
    pages_with_notes,
    removed_by_outlet,
    removed_by_reason,
    removed_from,
    speakers,
    voices_by_kind,
    words_by_voice,
)
from cuttings.load.truth import compare, voices_read
from cuttings.load.view import page_view

__all__ = [
    "compare",
    "date_intervals",
    "dates_by_basis",
    "conclude",
    "guesses",
    "items_of",
    "lines_by_outlet",
    "page_view",
    "pages_by_status",
    "pages_by_voices",
    "pages_with_notes",
    "read_corpus",
    "read_page",
    "removed_by_outlet",
    "removed_by_reason",
    "removed_from",
    "speakers",
    "voices_by_kind",
    "voices_read",
    "words_by_voice",
]
