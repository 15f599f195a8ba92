"""Invented pages, built as trade papers, newspapers, boards and blogs of the decade were."""

import importlib.util
from pathlib import Path

import pandas as pd
import pytest

LEAST_BY = {"resiliparse": 0.87, "w3m": 0.68}
PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def scraped():
    spec = importlib.util.spec_from_file_location("scraped", PROJECT / "benchmarks/scraped.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def scores(scraped) -> pd.DataFrame:
    pages = [page for kind in scraped.KINDS.values() for page in scraped.files(kind)]
    return pd.DataFrame([row for page in pages for row in scraped.score(*page)])


@pytest.mark.parametrize(
    ("what", "least"), [("item", 0.88), ("headline", 0.9), ("writer", 0.92), ("day", 0.92)]
)
def test_what_a_scraped_page_shows_is_read_off_it(scores, what, least):
    assert scores[what].dropna().astype(float).mean() >= least


def test_every_labelled_page_is_scored(scores):
    assert scores["page"].nunique() == len(list((PROJECT / "tests/load/scraped").glob("*.json"))) == 101


@pytest.fixture(scope="module")
def dumps(scraped) -> dict:
    return scraped.dumps()


@pytest.mark.parametrize("tool", LEAST_BY)
def test_a_page_is_read_from_the_text_that_another_tool_made_of_it(scraped, dumps, tool):
    rows = pd.DataFrame([row for page in dumps[tool] for row in scraped.score(*page)])
    assert rows["item"].dropna().astype(float).mean() >= LEAST_BY[tool]
