"""Invented pages, built as trade papers, newspapers, boards and blogs of the decade were."""

import importlib.util
from pathlib import Path

import pandas as pd
import pytest

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def scores() -> pd.DataFrame:
    spec = importlib.util.spec_from_file_location("scraped", PROJECT / "benchmarks/scraped.py")
    scraped = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scraped)
    return pd.DataFrame(
        [
            row
            for kind in scraped.KINDS.values()
            for file in scraped.files(kind)
            for row in scraped.score(file)
        ]
    )


@pytest.mark.parametrize(
    ("what", "least"), [("item", 0.88), ("headline", 0.9), ("writer", 0.92), ("day", 0.92)]
)
def test_what_a_scraped_page_shows_is_read_off_it(scores, what, least):
    assert scores[what].dropna().astype(float).mean() >= least


def test_every_labelled_page_is_scored(scores):
    assert scores["page"].nunique() == len(list((PROJECT / "tests/load/scraped").glob("*.json"))) == 77
