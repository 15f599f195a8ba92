"""What ``cuttings check`` finds, and where it says it is."""

from __future__ import annotations

import pytest

from cuttings.check import check

PAGE = (
    "Bins to go unemptied\n\nThe council said on Monday that the bins of the town will stay full. "
    "Drivers are short, a spokesman said, and vans are shorter.\n"
)


def said(folder) -> list[str]:
    return [str(problem) for problem in check(folder).problems]


def test_a_folder_of_readable_pages_has_nothing_wrong(corpus_of):
    found = check(corpus_of({"pages/a.txt": PAGE, "catalogue.csv": "page,date\na.txt,2003-05\n"}))
    assert (found.n_files, found.problems, found.mended) == (1, (), ())


@pytest.mark.parametrize(
    ("catalogue", "problem"),
    [
        (
            "page,outlet,genere\na.txt,Courier,news\n",
            "catalogue.csv:1: unknown column 'genere'; did you mean 'genre'?",
        ),
        ("outlet\nCourier\n", "catalogue.csv:1: column 'page' is missing"),
        (
            "page,date\na.txt,4 May\n",
            "catalogue.csv:2: cannot read the date '4 May'; write 2001-07-12, 2001-07,",
        ),
        (
            "page\na.txt\na.txt\n",
            "catalogue.csv:3: page 'a.txt' is listed twice, first on line 2; keep one row",
        ),
        ("page\nb.txt\n", "catalogue.csv:2: page 'b.txt' is not in the corpus"),
        ("page,genre\na.txt,leeder\n", "catalogue.csv:2: unknown genre 'leeder'; did you mean 'leader'?"),
    ],
)
def test_a_fault_in_the_catalogue_is_named_with_its_line_and_mend(corpus_of, catalogue, problem):
    found = said(corpus_of({"pages/a.txt": PAGE, "catalogue.csv": catalogue}))
    assert len(found) == 1
    assert found[0].startswith(problem)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no text on the page"),
        (b"\x00\x01\x02\xff" * 50, "binary data, not text"),
        (b"Jobs\n", "no running text"),
    ],
)
def test_a_page_that_gives_nothing_is_named(corpus_of, content, says):
    found = said(corpus_of({"pages/a.txt": PAGE, "pages/b.txt": content}))
    assert len(found) == 1
    assert found[0].startswith(f"pages/b.txt:1: {says}")


def test_a_page_in_an_old_encoding_is_mended_and_no_problem(corpus_of):
    found = check(corpus_of({"pages/a.txt": PAGE.replace("a spokesman", "an “aide”").encode("cp1252")}))
    assert found.problems == ()
    assert [str(note) for note in found.mended] == ["pages/a.txt:1: read as Windows-1252"]


def test_everything_wrong_is_listed_at_once_catalogue_first(corpus_of):
    pages = {"pages/a.txt": PAGE, "pages/b.txt": b"", "catalogue.csv": "page,date\na.txt,soon\nc.txt,2003\n"}
    assert [line.partition(": ")[0] for line in said(corpus_of(pages))] == [
        "catalogue.csv:2",
        "catalogue.csv:3",
        "pages/b.txt:1",
    ]


def test_names_that_no_item_uses_and_phrases_that_no_target_names_are_hints(corpus_of):
    targets = '[buses]\nlabel = "Buses"\naliases = ["bus", "tram car"]\n'
    story = "The night ferry sank again. A bus went past the pier and nobody on it looked round at all."
    pages = {f"pages/{n}.txt": f"Ferry {n}\n\n{story}\n" for n in ("one", "two", "three", "four")}
    found = check(corpus_of({**pages, "targets.toml": targets, "events.csv": "date,event,kind,targets\n"}))
    assert found.problems == ()
    assert "targets.toml: no item uses 'tram car' (buses)" in found.hints
    assert any("4 items use 'night ferry sank'" in hint for hint in found.hints)


def test_every_fault_of_the_codings_is_listed_and_targets_that_nobody_defined(corpus_of):
    coded = {
        "targets.toml": '[buses]\nlabel = "Buses"\naliases = ["bus"]\n',
        "events.csv": "date,event,kind,targets\n",
        "codings/sentences.csv": "sentence_id,item_id,text\nc1,a.txt/1,A bus went past.\n",
        "codings/polarity-ann.csv": "sentence_id,coder,polarity\nc1,ann,good\nc2,ann,1\n",
        "codings/stance-ann.csv": "sentence_id,target,coder,stance\nc1,busses,ann,for\n",
    }
    assert said(corpus_of({"pages/a.txt": PAGE, **coded})) == [
        "polarity-ann.csv:2: polarity 'good' is not one of -2, -1, 0, 1, 2",
        "polarity-ann.csv:3: sentence 'c2' is not in sentences.csv",
        "stance-ann.csv:2: unknown target 'busses'; did you mean 'buses'?",
    ]
    missing = {k: v for k, v in coded.items() if k != "codings/sentences.csv"}
    assert "sentences.csv is missing" in said(corpus_of({"pages/b.txt": PAGE, **missing}, name="without"))[0]
