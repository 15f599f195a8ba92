"""Human codings, found again among the sentences as read."""

from __future__ import annotations

import pytest

from cuttings import codings
from cuttings.errors import CuttingsError

SENTENCES = """sentence_id,item_id,voice_id,position,paragraph,start,end,text,devices
c1,p01.txt/1,v,1,1,0,10,"The ferry’s late, “again”.",
c2,p01.txt/1,v,2,1,11,20,Nobody minds.,
c3,p01.txt/1,v,3,1,21,30,Nobody minds.,
c4,p02.txt/1,v,1,1,0,10,A sentence that was not read.,
"""
READ = [
    (
        "news",
        "2001",
        [("writer", "The ferry's late,  'again'."), ("writer", "Nobody minds."), ("writer", "Nobody minds.")],
    ),
    ("news", "2001", [("writer", "Another page says: nobody minds.")]),
]


@pytest.fixture
def coded(tmp_path):
    """Makes a corpus folder with codings of polarity from ``sentence_id,polarity`` lines."""

    def make(*lines: str):
        folder = tmp_path / "corpus" / "codings"
        folder.mkdir(parents=True)
        (folder / "sentences.csv").write_text(SENTENCES, "utf-8")
        rows = "\n".join(f"{s},ann,{p}" for s, p in (line.split(",") for line in lines))
        (folder / "polarity-ann.csv").write_text(f"sentence_id,coder,polarity\n{rows}\n", "utf-8")
        return folder.parent

    return make


def test_a_coded_sentence_is_found_by_page_and_words_whatever_its_marks(coded, tables_of):
    found = codings.match(codings.read(coded("c1,-1"), "polarity"), tables_of(*READ))
    assert found["read_id"].tolist() == ["pages/p01.txt/1/s1"]
    assert found["polarity"].tolist() == [-1]


def test_a_sentence_that_a_page_has_twice_is_found_in_order(coded, tables_of):
    found = codings.match(codings.read(coded("c2,0", "c3,1"), "polarity"), tables_of(*READ))
    assert found["read_id"].tolist() == ["pages/p01.txt/1/s2", "pages/p01.txt/1/s3"]


def test_what_was_not_read_counts_against_coverage(coded, tables_of):
    found = codings.match(codings.read(coded("c1,1", "c4,1"), "polarity"), tables_of(*READ))
    says = codings.coverage(found, "sentences", "the error")
    assert says == "1 of 2 coded sentences (50%), by 1 coder, were found again among the sentences as read."


def test_without_codings_no_error_is_known(tmp_path, tables_of):
    found = codings.match(codings.read(tmp_path, "polarity"), tables_of(*READ))
    assert "the error on it is not known" in codings.coverage(found, "sentences", "the error")


def test_a_label_that_is_not_allowed_is_named_with_its_line(coded):
    with pytest.raises(
        CuttingsError, match=r"polarity-ann.csv:3: polarity 'good' is not one of -2, -1, 0, 1, 2"
    ):
        codings.read(coded("c1,1", "c2,good"), "polarity")


def test_a_coding_of_an_unknown_sentence_is_named_with_its_line(coded):
    with pytest.raises(CuttingsError, match=r"polarity-ann.csv:2: sentence 'c9' is not in sentences.csv"):
        codings.read(coded("c9,1"), "polarity")


def test_two_coders_are_compared_on_what_both_coded(coded):
    folder = coded("c1,1", "c2,0")
    (folder / "codings" / "polarity-bob.csv").write_text("sentence_id,coder,polarity\nc2,bob,-1\n", "utf-8")
    ((one, other, both),) = codings.between_coders(codings.read(folder, "polarity"), "polarity")
    assert (one, other, both[["first", "second"]].values.tolist()) == ("ann", "bob", [[0, -1]])


def test_who_coded_is_shown_where_the_corpus_says_so(coded):
    folder = coded("c1,1")
    assert codings.who_coded(folder) is None
    (folder / "codings" / "coders.csv").write_text('coder,who\nann,"a <b>model</b>"\n', "utf-8")
    assert codings.coders(folder).values.tolist() == [["ann", "a <b>model</b>"]]
    assert "a &lt;b&gt;model" in codings.who_coded(folder).data


def test_a_file_of_coders_without_its_columns_is_refused(coded):
    folder = coded("c1,1")
    (folder / "codings" / "coders.csv").write_text("name\nann\n", "utf-8")
    with pytest.raises(CuttingsError, match=r"coders.csv:1: column 'coder' is missing"):
        codings.coders(folder)
