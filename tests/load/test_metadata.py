"""What a page's markup states of it: day, outlet and writer, and what it may not state."""

from __future__ import annotations

import pytest
from lxml import html

from cuttings.corpus import Entry
from cuttings.load import metadata
from cuttings.load.formats import read_file
from cuttings.load.page import read_page

TEXT = "<p>The county closed three bus stations on Monday, and nobody had been asked.</p>" * 2


def stated(head: str, body: str = TEXT) -> dict[str, str]:
    return metadata.stated(html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>"))


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2008-11-12T09:30:00+00:00">',
        '<meta name="DC.date.issued" content="2008-11-12">',
        '<meta name="OriginalPublicationDate" content="2008/11/12 09:30:12">',
        '<meta itemprop="datePublished" content="20081112">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2008-11-12"}</script>',
        '<script type="application/ld+json">[{"@graph": [{"@type": ["Article"], "datePublished": "2008-11-12"}]}]</script>',
    ],
)
def test_the_day_of_publication_is_read_from_the_markup(head):
    assert stated(head) == {"published": "2008-11-12"}


@pytest.mark.parametrize(
    ("times", "day"),
    [
        ('<time datetime="2008-11-12">12 Nov</time>', "2008-11-12"),
        (
            '<time datetime="2001-01-01">old</time><time pubdate datetime="2008-11-12">12 Nov</time>',
            "2008-11-12",
        ),
        ('<time datetime="2001-01-01">a</time><time datetime="2008-11-12">b</time>', None),
    ],
)
def test_of_several_times_only_one_that_says_so_dates_the_page(times, day):
    assert stated("", times + TEXT).get("published") == day


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="date" content="last Tuesday">',
        '<meta name="date" content="2008-13-40">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": 7</script>',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": {"a": 1}}</script>',
        '<script type="application/ld+json">{"@type": "Person", "datePublished": "2008-11-12"}</script>',
        '<meta property="article:author" content="https://example.org/ada">',
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
    ],
)
def test_what_is_no_day_and_no_name_states_nothing(head):
    assert stated(head) == {}


def test_outlet_and_writers_are_read_from_the_markup():
    ld = '{"@type": "NewsArticle", "author": [{"name": "Ada Quill"}, {"name": "Ben Roe"}], "publisher": {"name": "Carrow Courier"}}'
    found = stated(f'<script type="application/ld+json">{ld}</script>')
    assert found == {"outlet": "Carrow Courier", "author": "Ada Quill and Ben Roe"}


def test_a_page_has_the_day_outlet_and_writer_that_its_markup_states(tmp_path):
    head = (
        '<meta property="article:published_time" content="2008-11-12"><meta name="author" content="Ada Quill">'
        '<meta property="og:site_name" content="Carrow Courier">'
    )
    path = tmp_path / "page.html"
    path.write_text(
        f"<html><head>{head}</head><body><h1>Three stations shut</h1>{TEXT}</body></html>", "utf-8"
    )
    page = read_page(next(read_file(path, "page.html")), Entry(), ())
    (item,) = page.items
    assert (item["date"], item["date_basis"], item["title"]) == (
        "2008-11-12",
        "stated",
        "Three stations shut",
    )
    assert page.page["outlet"] == "Carrow Courier"
    assert page.voices[0]["name"] == "Ada Quill"
