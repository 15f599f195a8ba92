"""The reader set against the codings of the worked example."""

from pathlib import Path

import pytest

from cuttings import load, tables

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("truth")
    load.read_corpus(CORPUS, folder)
    return folder


@pytest.fixture(scope="module")
def truth(out):
    return load.compare(CORPUS, out)


def test_every_figure_of_the_reader_leads_to_as_many_units_as_it_counts(out, truth):
    for found in load.conclude(out, truth):
        assert len(tables.query(out, found.rows)) == found.n, found.name


def test_the_reader_finds_the_items_of_the_worked_example(truth):
    measured = truth.set_index("measure")["estimate"]
    assert measured["items, F1"] >= 0.95
    assert measured["text kept"] >= 0.99
    assert measured["duplicates"] == 1


def test_no_inferred_interval_misses_the_truth_and_half_are_under_six_months(truth):
    measured = truth.set_index("measure")["estimate"]
    assert measured["implied, right"] == 1
    assert measured["implied, days"] < 183


def test_a_corpus_without_codings_has_no_figures_of_the_reader(tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text(
        "Centre to close\n\nThe day centre will close at Easter, it was said."
    )
    load.read_corpus(tmp_path / "corpus", tmp_path / "out")
    assert load.compare(tmp_path / "corpus", tmp_path / "out").empty
    assert "not known on this corpus" in load.voices_read(tmp_path / "corpus", tmp_path / "out")


def test_how_often_voices_are_read_right_is_said_without_any_other_notebook(out, truth):
    others = truth.set_index("measure").loc["of others' sentences"]
    assert f"gives {others['estimate']:.0%} to the right voice (n = {others['n']})" in load.voices_read(
        CORPUS, out
    )
