"""Every claim can be followed: the rows of a finding are as many as its n says."""

from __future__ import annotations

from pathlib import Path

import pytest

from cuttings import dates, describe, load, sentiment, stance, tables, timeline

YEARS = (2000, 2010)
TARGETS = '[ferry_boards]\nlabel = "Ferry boards"\naliases = ["ferry board"]\n'
PAGE = "Ferries\n\nThe ferry board is a disaster. We welcome the ferry board of Town {n}. It rained on 3 May 200{n}.\n"
SENTENCES = ("The ferry board is a disaster.", "We welcome the ferry board of Town {n}.", "It never snowed.")
STEPS = ("01", "02", "03", "04", "05")


def codings_of(coders: tuple[str, ...]) -> dict[str, str]:
    """Two coders of every sentence of six pages, one of which the pages do not have."""
    at = [
        (f"c{n}{k}", f"p{n}.txt/1", text.format(n=n)) for n in range(1, 7) for k, text in enumerate(SENTENCES)
    ]
    files = {"codings/sentences.csv": ["sentence_id,item_id,text", *(",".join(row) for row in at)]}
    for place, coder in enumerate(coders):
        marks = [f"{s},{coder},{(i + place) % 5 - 2}" for i, (s, _, _) in enumerate(at)]
        sides = [
            f"{s},ferry_boards,{coder},{tables.STANCES[(i + place) % 3]}" for i, (s, _, _) in enumerate(at)
        ]
        files[f"codings/polarity-{place}.csv"] = ["sentence_id,coder,polarity", *marks]
        files[f"codings/stance-{place}.csv"] = ["sentence_id,target,coder,stance", *sides]
    return {name: "\n".join(rows) + "\n" for name, rows in files.items()}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module", params=[("ann", "o'hara"), ()], ids=["two coders", "no codings"])
def concluded(request, tmp_path_factory):
    """The tables of a corpus of six pages and the findings of all steps, by step and name."""
    root = tmp_path_factory.mktemp("followed")
    pages = {f"pages/p{n}.txt": PAGE.format(n=n) for n in range(1, 7)}
    plain = {"targets.toml": TARGETS, "events.csv": "date,event,kind,targets\n"}
    coded = codings_of(request.param) if request.param else {}
    corpus, out = write(root / "corpus", {**pages, **plain, **coded}), root / "out"
    load.read_corpus(corpus, out)
    sentiment.score(out)
    stance.score(corpus, out)
    scores, said = sentiment.scored(out, *YEARS), stance.statements(corpus, out, *YEARS)
    right = stance.put_right(said, stance.of_scorer(stance.coded(corpus, out)))
    found = [
        load.conclude(out, load.compare(corpus, out)) if not coded else [],
        describe.conclude(out, *YEARS),
        sentiment.conclude(scores, sentiment.agreement(corpus, out), *YEARS),
        stance.conclude(said, right, stance.agreement(corpus, out), *YEARS),
        timeline.conclude(scores, said, dates.placed(out, *YEARS), *YEARS),
    ]
    return out, dict(zip(STEPS, found, strict=True))


def test_every_finding_has_as_many_rows_as_its_n(concluded):
    out, found = concluded
    wrong = {
        (step, finding.name): (finding.n, len(tables.query(out, finding.rows)))
        for step, findings in found.items()
        for finding in findings
        if finding.n != len(tables.query(out, finding.rows))
    }
    assert wrong == {}
    assert all(found[step] for step in STEPS[1:])


def test_agreement_is_followed_to_the_pairs_and_neither_step_loses_the_others(concluded):
    out, found = concluded
    agreed = {f.name: f for step in ("03", "04") for f in found[step] if f.name.startswith("agreement-")}
    if "agreement-textblob-vader-pearson-r" in agreed:
        assert len(agreed) == 1
        return
    between = tables.query(out, agreed["agreement-ann-o'hara-macro-f1"].rows)
    assert len(between) == 18
    vader = tables.query(out, agreed["agreement-vader-o'hara-pearson-r"].rows)
    assert set(vader["scored_by"]) == {"vader"}
    assert set(vader["sentence_id"]) <= set(
        tables.query(out, "SELECT sentence_id FROM sentences")["sentence_id"]
    )
