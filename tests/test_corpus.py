"""The worked example: what stands in ``corpus/`` is whole and says what it is."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from cuttings.corpus import inspect
from cuttings.load.formats import read_file
from cuttings.reliability import between_coders
from cuttings.tables import STANCES

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
ORIGINALS = ROOT.parent / "shared" / "originals" / "pages"


def coding(name: str) -> pd.DataFrame:
    return pd.read_csv(CORPUS / "codings" / f"{name}.csv", keep_default_na=False)


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))


@pytest.fixture(scope="module")
def originals_only() -> pd.DataFrame:
    """Coded sentences of pages that repeat no other page."""
    pages, items = coding("pages"), coding("items")
    kept = pages.loc[pages["duplicate_of"] == "", "page_id"]
    sentences = coding("sentences").merge(items[["item_id", "page_id"]], on="item_id")
    return sentences[sentences["page_id"].isin(kept)]


def test_nothing_is_wrong_with_the_folder():
    assert inspect(CORPUS)[1] == []


def test_pages_and_codings_are_what_the_sources_build(tmp_path):
    copied = tmp_path / "corpus"
    subprocess.run(["cp", "-r", str(CORPUS), str(copied)], check=True)
    for made in [*copied.glob("codings/*.csv"), *copied.glob("pages/*/*"), copied / "catalogue.csv"]:
        if not made.name.endswith(("-b.csv", "coders.csv")):
            made.unlink()
    subprocess.run([sys.executable, str(copied / "source" / "build.py")], check=True, capture_output=True)
    files = sorted(
        p.relative_to(CORPUS)
        for folder in ("codings", "pages")
        for p in (CORPUS / folder).rglob("*")
        if p.is_file()
    )
    assert files == sorted(
        p.relative_to(copied) for f in ("codings", "pages") for p in (copied / f).rglob("*") if p.is_file()
    )
    assert [
        f for f in [*files, Path("catalogue.csv")] if (CORPUS / f).read_bytes() != (copied / f).read_bytes()
    ] == []


def test_every_year_has_its_pages():
    pages = coding("pages").query("duplicate_of == ''")
    counts = pages.assign(year=pages["date"].str[:4]).groupby(["year", "genre"]).size().unstack(fill_value=0)
    assert list(counts.index) == [str(y) for y in range(2000, 2011)]
    assert (counts["news"] >= 2).all()
    assert (counts[["leader", "letters", "blog"]] >= 1).all(axis=None)
    assert len(coding("pages")) >= 72


def test_letters_pages_hold_three_to_six_letters():
    letters = coding("pages").query("genre == 'letters'")["n_items"]
    assert letters.between(3, 6).all()


def test_voices_disagree_within_every_year(originals_only):
    dated = originals_only.merge(coding("items")[["item_id", "date"]], on="item_id")
    stance = coding("stance-a").merge(dated[["sentence_id", "date"]], on="sentence_id")
    counts = stance.groupby([stance["date"].str[:4], "target", "stance"]).size().unstack(fill_value=0)
    both = counts[(counts["for"] > 0) & (counts["against"] > 0)]
    assert (
        both.groupby(level=0).size().reindex([str(y) for y in range(2000, 2011)], fill_value=0) >= 3
    ).all()


def test_a_quarter_of_the_pages_is_html_and_some_are_in_odd_encodings():
    pages = coding("pages")
    assert 0.2 <= pages["layout"].str.startswith("html").mean() <= 0.35
    assert (pages["encoding"] != "utf-8").sum() >= 3


def test_enough_is_coded_twice():
    assert len(coding("polarity-a")) >= 1500
    assert len(coding("polarity-b")) >= 600
    items = coding("items")
    both = coding("sentences").query("sentence_id in @coding('polarity-b').sentence_id")["item_id"].nunique()
    assert both >= len(items) / 3


def test_the_second_coder_coded_every_statement_of_the_items_she_had():
    first, second = coding("stance-a"), coding("stance-b")
    had = set(coding("polarity-b")["sentence_id"])
    due = first[first["sentence_id"].isin(had)]
    assert set(zip(due["sentence_id"], due["target"], strict=True)) == set(
        zip(second["sentence_id"], second["target"], strict=True)
    )


def test_labels_are_of_the_codebook():
    for coder in "ab":
        assert coding(f"polarity-{coder}")["polarity"].between(-2, 2).all()
        assert set(coding(f"stance-{coder}")["stance"]) <= set(STANCES)


def test_spans_of_sentences_voices_and_mentions_are_true_to_the_text():
    sentences, items = coding("sentences"), coding("items")
    texts: dict[str, str] = {}
    last: dict[str, int] = {}
    for s in sentences.itertuples():
        gap = "" if s.item_id not in texts else " " if last[s.item_id] == s.paragraph else "\n\n"
        texts[s.item_id] = texts.get(s.item_id, "") + gap + s.text
        last[s.item_id] = s.paragraph
        assert texts[s.item_id][s.start : s.end] == s.text
    assert set(texts) == set(items["item_id"])
    for span in coding("speech").itertuples():
        assert 0 <= span.start < span.end <= len(texts[span.item_id])
    for m in coding("stance-a").merge(sentences, on="sentence_id").itertuples():
        assert m.start <= m.mention_start < m.mention_end <= m.end


def test_every_coded_sentence_stands_on_its_page_in_the_lines_of_its_item():
    items = coding("items").set_index("item_id")
    for page_id, part in (
        coding("sentences").merge(items[["page_id", "line_from", "line_to"]], on="item_id").groupby("page_id")
    ):
        (page,) = read_file(CORPUS / page_id, page_id)
        flat = " ".join(" ".join(page.lines).split())
        for s in part.itertuples():
            assert " ".join(s.text.split()) in flat
            if page.format == "txt":
                inside = " ".join(" ".join(page.lines[s.line_from - 1 : s.line_to]).split())
                assert " ".join(s.text.split()) in inside


def test_furniture_and_items_share_no_line():
    items, furniture = coding("items"), coding("furniture")
    taken = {(r.page_id, n) for r in items.itertuples() for n in range(r.line_from, r.line_to + 1)}
    assert not taken & {
        (r.page_id, n) for r in furniture.itertuples() for n in range(r.line_from, r.line_to + 1)
    }


def test_no_sentence_stands_on_two_pages(originals_only):
    long = originals_only[originals_only["text"].str.split().str.len() > 3]
    assert long.groupby(long["text"].str.lower())["page_id"].nunique().max() == 1


def test_no_run_of_eight_words_of_an_original_stands_in_the_project():
    if not ORIGINALS.is_dir():
        pytest.skip("../shared/originals is not there")
    runs = set()
    for page in ORIGINALS.glob("*"):
        w = words(page.read_text("utf-8"))
        runs |= {tuple(w[i : i + 8]) for i in range(len(w) - 7)}
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True
    )
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.suffix in (".lock", ".parquet", ".svg") or not path.is_file():
            continue
        w = words(path.read_text("utf-8", "replace"))
        assert not [w[i : i + 8] for i in range(len(w) - 7) if tuple(w[i : i + 8]) in runs], name


def test_the_data_package_describes_every_table_and_its_columns():
    package = json.loads((CORPUS / "datapackage.json").read_text("utf-8"))
    described = {
        r["path"]: [f["name"] for f in r["schema"]["fields"]] for r in package["resources"] if "schema" in r
    }
    tables = [
        "catalogue.csv",
        "events.csv",
        *(f"codings/{p.name}" for p in sorted((CORPUS / "codings").glob("*.csv"))),
    ]
    assert sorted(described) == sorted(tables)
    for path, columns in described.items():
        assert list(pd.read_csv(CORPUS / path, nrows=0).columns) == columns


def test_the_retellings_and_duplicates_are_declared():
    pages = coding("pages")
    assert (pages["retells"] != "").sum() == 5
    assert (pages["duplicate_of"] != "").sum() == 4
    assert pages.loc[pages["duplicate_of"] != "", "duplicate_of"].isin(pages["page_id"]).all()


def test_the_readme_of_the_corpus_states_its_alphas():
    readme = (CORPUS / "README.md").read_text("utf-8")
    for r in between_coders(CORPUS).itertuples():
        row = (
            f"| {r.label} | {r.level} | {r.estimate:.2f} [{r.low:.2f}, {r.high:.2f}] | {r.n} | {r.n_items} |"
        )
        assert row in readme
        assert 0.667 < r.estimate < 0.99


def test_the_readme_of_the_corpus_states_its_counts(originals_only):
    readme = (CORPUS / "README.md").read_text("utf-8")
    pages, items, stance = coding("pages"), coding("items"), coding("stance-a")
    kept = items[items["item_id"].isin(originals_only["item_id"])]
    devices = originals_only["devices"].str.split().explode().value_counts()
    sides = stance[stance["stance"] != "neutral"].merge(originals_only, on="sentence_id")["item_id"].nunique()
    bases, encodings = pages["date_basis"].value_counts(), pages["encoding"].value_counts()
    html = pages["layout"].str.startswith("html").sum()
    joined = lambda counts, names: " / ".join(str(counts[n]) for n in names.split())  # noqa: E731
    for stated in (
        f"| pages | {len(pages)}, of which {html} HTML and {(pages['duplicate_of'] != '').sum()} near-duplicates",
        f"| {len(kept)}, with {kept['n_words'].sum():,} words |",
        f"| coded sentences (without near-duplicates) | {len(coding('polarity-a')):,} |",
        f"| coded statements (without near-duplicates) | {len(stance):,} |",
        f"| items without any statement for or against | {len(kept) - sides} |",
        f"| {joined(devices, 'irony concession conditional reported rebuttal')} |",
        f"| {joined(encodings, 'cp1252 mojibake')} |",
        f"| {joined(bases, 'stated url furniture implied none')} pages |",
    ):
        assert stated in readme
