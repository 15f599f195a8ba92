"""Sharing without the texts: what a share holds, what it must not, and that it gives the same findings."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from cuttings import codings, dates, describe, load, sentiment, share, shared, stance, tables, timeline
from cuttings.corpus import open_corpus
from cuttings.errors import CuttingsError

PROJECT = Path(__file__).resolve().parents[1]
ORIGINALS = PROJECT.parent / "shared" / "originals"
YEARS = (2000, 2010)
IN_A_ROW = 5
WORD = re.compile(r"[^\W_]+")
TOLD = (
    "a disaster for everybody who lives on the far bank",
    "late every morning since the bridge at Coldwater shut",
    "wonderful to the children who fish from its steps",
    "short of pilots, of rope and now of customers too",
    "praised in a letter that nobody at the town hall answered",
    "an awful landlord, if the crews are to be believed",
)
WEATHER = (
    "It never snowed on the quay in the winter that the old pier fell down.",
    "Fog kept the gulls from the market until the bells had rung for noon.",
    "Hail broke eleven windows of the customs house, and all were mended by June.",
    "The tide came over the cobbles twice and took a bicycle with it.",
    "A dry spring left the dock so low that boys walked across in boots.",
    "Thunder was heard as far off as the lighthouse, where they thought it guns.",
)


def words_in_order(text: str) -> set[tuple[str, ...]]:
    words = [w.casefold() for w in WORD.findall(text)]
    return set(zip(*(words[k:] for k in range(IN_A_ROW)), strict=False))


def everything_in(folder: Path) -> list[str]:
    """Every text that a folder holds: lines of its text files, cells of its tables, names of its files."""
    texts = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*"))]
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        if path.suffix == ".parquet":
            data = pd.read_parquet(path)
            columns = [data[c].astype(str) for c in data.columns if data[c].dtype.kind not in "biufM"]
            texts += [" ".join(column) for column in columns]
        else:
            texts.append(path.read_text("utf-8"))
    return texts


def corpus_of_ferries(folder: Path) -> Path:
    files = {
        "targets.toml": '[ferry_boards]\nlabel = "Ferry boards"\naliases = ["ferry board"]\n',
        "events.csv": "date,event,kind,targets\n",
        "catalogue.csv": "page,outlet,url,title,rights\n"
        + "".join(
            f"p{n}.txt,Quay News,https://quay.example/2004/05/the-ferry-board-of-town-{n}-fails,The ferry board of Town {n} fails,in copyright\n"
            for n in range(1, 7)
        ),
    }
    coded = ["sentence_id,item_id,text"]
    marks = {coder: ["sentence_id,coder,polarity"] for coder in ("ann", "bob")}
    sides = {coder: ["sentence_id,target,coder,stance"] for coder in ("ann", "bob")}
    for n in range(1, 7):
        spoken = [
            f"The ferry board of Town {n} is {TOLD[n - 1]}.",
            WEATHER[n - 1],
            f'"We welcome the ferry board, which is {TOLD[-n]}," said Nora Pell, harbour master.',
        ]
        files[f"pages/p{n}.txt"] = (
            f"Ferries\n\n{spoken[0]} {spoken[1]}\n\n{spoken[2]} It rained on {n} May 2004.\n"
        )
        for k, text in enumerate(spoken):
            quoted = text.replace('"', '""')
            coded.append(f'c{n}{k},p{n}.txt/1,"{quoted}"')
            for place, coder in enumerate(marks):
                marks[coder].append(f"c{n}{k},{coder},{(n + k + place) % 5 - 2}")
                sides[coder].append(f"c{n}{k},ferry_boards,{coder},{tables.STANCES[(n + k + place) % 3]}")
    files["codings/sentences.csv"] = "\n".join(coded) + "\n"
    for coder in marks:
        files[f"codings/polarity-{coder}.csv"] = "\n".join(marks[coder]) + "\n"
        files[f"codings/stance-{coder}.csv"] = "\n".join(sides[coder]) + "\n"
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def concluded(corpus: Path, out: Path) -> list:
    """The findings of all steps on a corpus."""
    load.read_corpus(corpus, out)
    sentiment.score(out)
    stance.score(corpus, out)
    scores, said = sentiment.scored(out, *YEARS), stance.statements(corpus, out, *YEARS)
    right = stance.put_right(said, stance.of_scorer(stance.coded(corpus, out)))
    return [
        *load.conclude(out, load.compare(corpus, out)),
        *describe.conclude(out, *YEARS),
        *sentiment.conclude(scores, sentiment.agreement(corpus, out), *YEARS),
        *stance.conclude(said, right, stance.agreement(corpus, out), *YEARS),
        *timeline.conclude(scores, said, dates.placed(out, *YEARS), *YEARS),
    ]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A corpus of six pages and its share."""
    root = tmp_path_factory.mktemp("share")
    corpus = corpus_of_ferries(root / "corpus")
    return corpus, share.make(corpus, root / "share")


def test_a_share_gives_the_findings_of_the_corpus(made, tmp_path):
    corpus, folder = made
    whole, without = concluded(corpus, tmp_path / "whole"), concluded(folder, tmp_path / "without")
    assert len(whole) > 20
    said = [repr(f) for f in whole if "tokens" not in f.rows]  # as texts, where NaN is NaN
    assert [repr(f) for f in without] == said


def test_no_five_words_of_a_page_stand_in_a_row_in_its_share(made):
    corpus, folder = made
    pages = [p.read_text("utf-8") for p in sorted((corpus / "pages").glob("*"))]
    taken = set.union(*(words_in_order(text) for text in pages))
    assert not {run for text in everything_in(folder) for run in words_in_order(text)} & taken
    assert "Nora" not in " ".join(everything_in(folder))


def test_headlines_are_left_out_of_addresses_too(made):
    pages = pd.read_parquet(made[1] / "tables" / "pages.parquet")
    assert set(pages["url"]) == {"https://quay.example/2004/05"}
    assert set(pages["title"]) == {""}
    assert (pages["sha256"].str.len() == 64).all()


def test_words_are_counted_by_item_and_only_where_an_item_is_long(corpus_of, tmp_path):
    long = "\n\n".join(
        f"The mayor counted {n} boats at the pier, and nobody else counted any." for n in range(12)
    )
    corpus = corpus_of(
        {
            "pages/long.txt": f"Boats\n\n{long}\n",
            "pages/short.txt": "Snow\n\nIt never snowed on the old pier.\n",
        }
    )
    words = pd.read_parquet(share.make(corpus, tmp_path / "share") / "tables" / "words.parquet")
    assert set(words["item_id"]) == {"pages/long.txt/1"}
    counts = dict(zip(words["word"], words["n"], strict=True))
    assert counts["boats"] > 10
    assert counts["counted"] == 2 * counts["boats"]
    assert list(counts) == sorted(counts)


def test_the_same_corpus_gives_the_same_share(made, tmp_path):
    corpus, folder = made
    again = share.make(corpus, tmp_path / "again")
    files = [p.relative_to(folder) for p in sorted(folder.rglob("*")) if p.is_file()]
    assert files == [p.relative_to(again) for p in sorted(again.rglob("*")) if p.is_file()]
    assert all((folder / f).read_bytes() == (again / f).read_bytes() for f in files)


def test_a_share_has_no_texts_and_its_scores_are_not_made_anew(made, tmp_path):
    load.read_corpus(made[1], tmp_path)
    assert not shared.has_texts(tmp_path)
    before = tables.query(tmp_path, "SELECT * FROM sentiment")
    sentiment.score(tmp_path)
    assert tables.query(tmp_path, "SELECT * FROM sentiment").equals(before)
    assert len(before)
    assert set(codings.read(made[1], "polarity")["text"]) == {""}


def test_a_share_that_was_changed_is_refused(made, tmp_path):
    folder = tmp_path / "share"
    share.make(made[0], folder)
    with (folder / "tables" / "items.parquet").open("ab") as file:
        file.write(b"x")
    with pytest.raises(CuttingsError, match="items.parquet is missing or has changed"):
        load.read_corpus(folder, tmp_path / "out")


def test_a_folder_that_holds_something_else_is_not_written_over(made, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CuttingsError, match="holds something else"):
        share.make(made[0], tmp_path)
    with pytest.raises(CuttingsError, match="is a share already"):
        share.make(made[1], tmp_path / "new")


@pytest.mark.skipif(not ORIGINALS.exists(), reason="the original pages are not on this machine")
def test_the_shipped_share_of_the_originals_holds_no_five_words_of_them_in_a_row():
    folder = PROJECT / "corpus" / "originals-share"
    pages = [p.read_bytes().decode("utf-8", "replace") for p in sorted((ORIGINALS / "pages").glob("*"))]
    taken = set.union(*(words_in_order(text) for text in pages))
    assert len(taken) > 1000
    assert not {run for text in everything_in(folder) for run in words_in_order(text)} & taken


def test_the_shipped_share_of_the_originals_can_be_opened(tmp_path):
    folder = PROJECT / "corpus" / "originals-share"
    load.read_corpus(folder, tmp_path)
    found = tables.query(
        tmp_path, "SELECT count(*) AS items, (SELECT count(*) FROM pages) AS pages FROM items"
    )
    assert tuple(found.iloc[0]) == (9, 5)
    assert open_corpus(folder).targets
