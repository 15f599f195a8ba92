"""Statements, their evidence, comparison and trust."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from cuttings import stance, tables

TARGETS = """[ferry_boards]
label = "Ferry boards"
aliases = ["ferry board"]
[river_boards]
label = "River ferry boards"
aliases = ["river ferry board"]
"""
YEARS = (2000, 2010)
NOT_CODED = pd.DataFrame(columns=["target", "label", "estimate", "low", "high", "n", "n_items"])
NEWS = [
    ("writer", "The river ferry board met."),
    ("Ada Quill", "“We condemn the ferry board: a disaster,” said Ada Quill."),
    ("writer", "It rained."),
]
LETTER = [("writer", "I welcome the excellent ferry board, and the river ferry board is a disgrace.")]


@pytest.fixture
def corpus(corpus_of):
    return corpus_of(
        {"pages/p.txt": "A page.", "targets.toml": TARGETS, "events.csv": "date,event,kind,targets\n"}
    )


@pytest.fixture
def out(corpus, tables_of):
    folder = tables_of(*[("news", "2001", NEWS)] * 5, ("letter", "", LETTER), ("letter", "1990", LETTER))
    stance.score(corpus, folder)
    return folder


def test_a_statement_is_one_sentence_and_one_target(out):
    made = tables.query(
        out, "SELECT * FROM statements WHERE item_id = 'pages/p06.txt/1' ORDER BY mention_start"
    )
    assert made.groupby("scorer")["target"].agg(list).tolist() == [["ferry_boards", "river_boards"]] * 2
    assert made["sentence_id"].nunique() == 1
    assert (made["p_against"] + made["p_neutral"] + made["p_for"]).tolist() == pytest.approx(
        [1, 1, 1, 1], abs=2e-4
    )


def test_the_mention_is_at_its_offsets_in_the_item(out):
    made = tables.query(
        out, "SELECT text, mention_start, mention_end FROM statements JOIN items USING (item_id)"
    )
    words = {t[a:b] for t, a, b in made.itertuples(index=False)}
    assert words == {"ferry board", "river ferry board"}


def test_a_statement_belongs_to_the_voice_that_speaks_it(out, corpus):
    rows = stance.statements(corpus, out, *YEARS, scorer="lexicon")
    assert set(rows.loc[rows["target"] == "ferry_boards", "voice"]) == {"speaker", "writer, letter"}
    assert set(rows.loc[rows["voice"] == "speaker", "stance"]) == {"against"}


def test_statements_known_to_be_outside_the_years_are_left_out(out, corpus):
    items = set(stance.statements(corpus, out, *YEARS, scorer="lexicon")["item_id"])
    assert "pages/p06.txt/1" in items
    assert "pages/p07.txt/1" not in items


def test_shares_and_balance_of_a_target_agree(out, corpus):
    row = (
        stance.by_target(stance.statements(corpus, out, *YEARS, scorer="lexicon"))
        .set_index("target")
        .loc["ferry_boards"]
    )
    assert (row["n"], row["n_items"]) == (6, 6)
    assert row["against"] + row["neutral"] + row["for"] == pytest.approx(1)
    assert row["against"] > row["for"]
    assert row["estimate"] == pytest.approx(row["for"] - row["against"])
    assert row["low"] <= row["estimate"] <= row["high"]


def test_the_most_argued_target_is_the_one_on_which_most_take_a_side(out, corpus):
    assert stance.most_argued(stance.statements(corpus, out, *YEARS, scorer="lexicon")) == [
        "ferry_boards",
        "river_boards",
    ]


def test_evidence_gives_the_sentences_of_a_cell_with_the_weighing_words(out):
    cited = stance.evidence(out, voice="speaker", target="ferry_boards")
    assert len(cited) == 5
    assert set(cited["who"]) == {"Ada Quill"}
    assert set(cited["mention"]) == {"ferry board"}
    sentence, weighed = cited["sentence"].iloc[0], cited["weighed"].iloc[0]
    assert min(weighed, key=lambda w: w[2])[2] < 0
    assert {"condemn", "disaster"} & {sentence[start:end] for start, end, _ in weighed}


@pytest.mark.parametrize("voice", ["writer, letter", "Ada Quill", "pages/p06.txt/1/v1"])
def test_evidence_can_be_asked_for_by_kind_name_or_voice(out, voice):
    assert len(stance.evidence(out, voice=voice)) > 0


def test_the_lexicon_says_which_words_weighed(out):
    cited = stance.evidence(out, voice="speaker", target="ferry_boards", scorer="lexicon")
    sentence, weighed = cited["sentence"].iloc[0], cited["weighed"].iloc[0]
    assert "condemn" in {sentence[start:end] for start, end, _ in weighed}


def test_marked_evidence_escapes_every_word_of_the_corpus(corpus, tables_of):
    hostile = "I welcome the ferry board & its <img src=x onerror=alert(1)> splendid boats."
    out = tables_of(("letter", "2001", [("writer", hostile)]))
    stance.score(corpus, out)
    shown = stance.marked(stance.evidence(out), "<b>").data
    assert "<img" not in shown
    assert "&amp; its &lt;img" in re.sub(r"</?mark[^>]*>", "", shown)
    assert '<span class="mention">ferry board</span>' in shown
    assert "<caption>&lt;b&gt;</caption>" in shown


def test_evidence_of_nobody_is_empty(out):
    assert stance.evidence(out, voice="Nobody").empty


def test_the_voice_figure_hides_colour_but_not_n_below_five(out, corpus):
    made = stance.plot_voices(stance.statements(corpus, out, *YEARS, scorer="lexicon"), "04-voices", out)
    assert re.search(r"speaker on Ferry boards -0\.\d\d \(n = 5\)", made.alt)
    assert re.search(r"writer, letter on Ferry boards \+0\.\d\d \(n = 1\)", made.alt)


def test_a_cell_is_hatched_by_its_items_however_many_statements_they_make(out, corpus):
    rows = stance.statements(corpus, out, *YEARS, scorer="lexicon")
    told = [stance.plot_voices(data, "v", out).svg for data in (rows, rows.assign(item_id="i1"))]
    hatches = [svg.count("<!-- n ") for svg in told]
    assert hatches == [2, 4]


def test_bars_of_few_items_are_faded(out, corpus):
    rows = stance.statements(corpus, out, *YEARS, scorer="lexicon")
    svg = stance.plot_targets(rows, NOT_CODED, "t", out).svg
    assert "opacity: 0.35" not in svg
    assert "opacity: 0.35" in stance.plot_targets(rows.assign(item_id="i1"), NOT_CODED, "t", out).svg


def test_no_voice_of_the_network_stands_under_the_name_of_a_target(tmp_path, monkeypatch):
    labels = [f"The {size} of the county" for size in ("board", "directorate", "inspectorates", "press") * 3]
    labels = [f"{label} {i}" for i, label in enumerate(labels)]
    edges = pd.DataFrame(
        [{"who": f"Voice {i}-{j}", "label": label} for i, label in enumerate(labels) for j in range(3 + i)]
    ).assign(n_for=1, n_against=0, balance=1.0)
    covered = []

    def look(fig, name, shown, said, out):
        fig.canvas.draw()
        (ax,) = fig.axes
        boxes = [t.get_window_extent() for t in ax.texts if t.get_text().rsplit(" (")[0] in labels]
        assert len(boxes) == len(labels)
        spots = ax.transData.transform(shown[["x", "y"]].to_numpy())
        covered.extend(spot for spot in spots if any(box.contains(*spot) for box in boxes))

    monkeypatch.setattr(stance.plots_network.figures, "save", look)
    stance.plot_network(edges, "n", tmp_path)
    assert covered == []


def test_the_figures_survive_a_corpus_that_names_no_target(corpus, tables_of):
    out = tables_of(("news", "2001", [("writer", "It rained.")]))
    stance.score(corpus, out)
    rows = stance.statements(corpus, out, *YEARS, scorer="lexicon")
    assert "<svg" in stance.plot_targets(rows, NOT_CODED, "t", out).svg
    assert "<svg" in stance.plot_voices(rows, "v", out).svg
    assert "<svg" in stance.plot_contrasts(stance.contrasts(rows), "c", out).svg
    assert "<svg" in stance.plot_network(stance.affiliations(corpus, out, *YEARS), "n", out).svg
    assert "<svg" in stance.plot_reliability(stance.of_scorer(stance.coded(corpus, out)), "r", out).svg
    found = stance.conclude(rows, NOT_CODED, stance.agreement(corpus, out), *YEARS)
    assert [f.value for f in found] == [0, 0, 0]


def coded(corpus, labels: dict[str, str], devices: dict[str, str] | None = None):
    """Codings of the ferry board in the quoted sentence of each page of ``labels``, and its devices."""
    text = NEWS[1][1].replace("“", '"').replace("”", '"').replace('"', '""')
    folder = corpus / "codings"
    folder.mkdir()
    more = {page: f",{devices.get(page, '')}" if devices else "" for page in labels}
    sentences = [f'{page},{page}.txt/1,"{text}"{more[page]}' for page in labels]
    marks = [f"{page},ferry_boards,ann,{label}" for page, label in labels.items()]
    (folder / "sentences.csv").write_text(
        "\n".join([f"sentence_id,item_id,text{',devices' if devices else ''}", *sentences])
    )
    (folder / "stance-ann.csv").write_text("\n".join(["sentence_id,target,coder,stance", *marks]))
    return corpus


def test_agreement_with_people_is_counted_and_its_mistakes_are_shown(out, corpus):
    coded(corpus, {"p01": "against", "p02": "against", "p03": "for", "p04": "against", "p05": "against"})
    pairs = stance.coded(corpus, out)
    assert "5 of 5 coded statements" in stance.coverage(pairs)
    table = stance.confused(pairs, "lexicon").set_index("coded")
    assert table["scored against"].to_dict() == {"against": 4, "neutral": 0, "for": 1}
    found = stance.agreement(corpus, out).set_index(["scorer", "measure"]).loc[("lexicon", "macro-F1")]
    assert found["estimate"] == pytest.approx((8 / 9 + 0) / 2)
    assert found["n_items"] == 5


def test_codings_put_the_balance_of_their_target_right(out, corpus):
    coded(corpus, {f"p0{n}": "for" for n in range(1, 6)})
    pairs = stance.of_scorer(stance.coded(corpus, out))
    rows = stance.statements(corpus, out, *YEARS)
    (found,) = stance.put_right(rows, pairs).to_dict("records")
    assert (found["target"], found["estimate"]) == ("ferry_boards", pytest.approx(1))
    assert stance.put_right(rows, pairs.head(0)).empty


def test_without_codings_no_error_is_known(out, corpus):
    pairs = stance.coded(corpus, out)
    assert "not known" in stance.coverage(pairs)
    assert stance.agreement(corpus, out).empty


def test_a_few_codings_do_not_change_the_trained_scorer(out, corpus):
    coded(corpus, {"p01": "for", "p02": "for"})
    before = tables.query(out, "SELECT p_for FROM statements WHERE scorer = 'trained' ORDER BY statement_id")
    stance.score(corpus, out)
    after = tables.query(out, "SELECT p_for FROM statements WHERE scorer = 'trained' ORDER BY statement_id")
    assert after.equals(before)
    assert "Too little is coded" in stance.learnt(out)


def test_a_statement_that_the_scorer_is_not_sure_of_takes_no_side(out, corpus):
    kept = tables.query(out, "SELECT * FROM adaptations")
    tables.write(
        out, "adaptations", [tables.frame("adaptations", kept.assign(threshold=1.0).to_dict("records"))]
    )
    rows = stance.statements(corpus, out, *YEARS, scorer="trained")
    assert set(rows["verdict"]) == {"left open"}
    assert stance.by_target(rows)["open"].eq(1).all()
    assert stance.affiliations(corpus, out, *YEARS).empty


def test_named_voices_are_linked_to_the_targets_on_which_they_take_a_side(out, corpus):
    edges = stance.affiliations(corpus, out, *YEARS, scorer="lexicon")
    (row,) = edges.to_dict("records")
    assert (row["who"], row["target"], row["n_against"], row["balance"]) == (
        "Ada Quill",
        "ferry_boards",
        5,
        -1,
    )


def test_the_event_list_has_the_columns_of_discourse_network_analyzer(out, corpus, tmp_path):
    events = stance.dna(corpus, out, *YEARS, scorer="lexicon")
    lines = stance.write_dna(events, tmp_path / "e.csv").read_text().splitlines()
    assert lines[0].replace('"', "") == (
        "statement ID;time;document ID;document title;author;source;section;type;text;person;organization;concept;agreement"
    )
    assert len(lines) == 6
    assert all(line.count(";") == 12 for line in lines)
    assert set(events["agreement"]) == {0}
    assert events["time"].iloc[0] == "2001-01-01 00:00:00"


def test_each_device_has_the_number_that_was_read_wrongly_and_turned_round(out, corpus):
    coded(
        corpus,
        {"p01": "for", "p02": "against", "p03": "neutral"},
        devices={"p01": "irony", "p03": "irony rebuttal"},
    )
    found = stance.by_device(corpus, stance.coded(corpus, out), scorer="lexicon")
    assert found[["device", "wrong", "opposite", "n"]].to_numpy().tolist() == [
        ["irony", 2, 1, 2],
        ["rebuttal", 1, 0, 1],
        ["none of them", 0, 0, 1],
    ]


def test_without_devices_coded_none_are_told_of(out, corpus):
    coded(corpus, {"p01": "for"})
    assert stance.by_device(corpus, stance.coded(corpus, out)).empty


def test_every_statement_of_a_small_corpus_is_listed_in_its_words(out, corpus):
    rows = stance.statements(corpus, out, *YEARS, scorer="lexicon")
    found = stance.listed(rows, out)
    assert stance.caption(rows) == f"Every statement ({len(rows)})"
    assert found["sentence_id"].tolist() == rows["sentence_id"].tolist()
    assert set(found["named as"]) == {"ferry board", "river ferry board"}
    assert {"Ada Quill", "writer, letter"} <= set(found["who"])


def test_of_many_statements_the_list_says_that_it_is_the_beginning(out, corpus):
    rows = stance.statements(corpus, out, *YEARS, scorer="lexicon")
    assert len(stance.listed(rows, out, most=2)) == 2
    assert stance.caption(rows, most=2).startswith(f"The first 2 of {len(rows)} statements")
