"""Cuttings: from a folder of scraped press pages to dated items, voices, sentiment and stance."""

__version__ = "0.1.0"
