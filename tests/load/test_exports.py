"""Exports of Nexis Uni and Factiva: each article a page with what the export states of it.

The exports are written by the formats' known structure; their articles are invented. No real export
can lie in the project, so these stand in for them.
"""

import io

import docx
import pytest

from cuttings.corpus import Entry
from cuttings.load.formats import RawPage, read_file
from cuttings.load.page import read_page

FIRST = (
    "The day centre in Mill Lane will close at Easter, the council said yesterday.",
    "“Nobody asked the people who use it,” said Ada Quill, who has gone there for nine years.",
)
SECOND = ("The vans were late again on Tuesday, and the drivers say that there are too few of them.",)

COVER = [
    "User Name: A READER",
    "Date and Time: Wednesday, December 19, 2018 7:11:00 PM GMT",
    "Job Number: 1234",
    "Documents (2)",
    "1. Day centre to close",
    "Client/Matter: -None-",
    "Search Terms: day centre",
    "Narrowed by:",
    "2. Vans late again",
    "Client/Matter: -None-",
]
NEXIS = [
    *COVER,
    "Day centre to close",
    "The Evening Gazette (Mill Town)",
    "June 20, 2003 Friday  Late Edition",
    "Copyright 2003 Gazette Newspapers Ltd",
    "All Rights Reserved",
    "Section: NEWS; Pg. 4",
    "Length: 31 words",
    "Byline: TOM REEVE",
    "Body",
    *FIRST,
    "http://www.gazette.example",
    "Graphic",
    "Photograph: the centre in Mill Lane",
    "Classification",
    "Language: ENGLISH",
    "Load-Date: June 21, 2003",
    "\nEnd of Document",
    "Vans late again",
    "The Town Courier",
    "3 May 2004 Monday",
    "Copyright 2004 Courier Ltd",
    "Section: LETTERS PAGE; Pg. 12",
    "Length: 18 words",
    "Body",
    *SECOND,
    "Load-Date: May 4, 2004",
    "\nEnd of Document",
]
FACTIVA = [
    "News; 1",
    "Day centre to close",
    "By TOM REEVE",
    "31 words",
    "20 June 2003",
    "07:15",
    "The Evening Gazette",
    "EVGAZ",
    "1",
    "4",
    "English",
    "Copyright 2003 Gazette Newspapers Ltd.  All rights reserved.",
    *FIRST,
    "Gazette Newspapers Limited",
    "Document EVGAZ00020030620dz6k0001b",
    "Vans late again",
    "18 words",
    "3 May 2004",
    "The Town Courier",
    "TOWNC",
    "English",
    "(c) 2004 Courier Ltd",
    *SECOND,
    "Document TOWNC00020040503e0530002c",
    "Search Summary",
    "Text",
    "day centre",
]
CODED = {
    "SE": "News",
    "HD": "Day centre to close",
    "BY": "By TOM REEVE",
    "WC": "31 words",
    "PD": "20 June 2003",
    "SN": "The Evening Gazette",
    "SC": "EVGAZ",
    "LA": "English",
    "CY": "Copyright 2003 Gazette Newspapers Ltd",
    "LP": FIRST[0],
    "TD": FIRST[1],
    "NS": "gcat : Political/General News",
    "AN": "Document EVGAZ00020030620dz6k0001b",
}


def docx_of(lines: list[str]) -> bytes:
    document, file = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(file)
    return file.getvalue()


def rtf_of(lines: list[str]) -> bytes:
    return rtf_around("\\par\n".join(_escaped(line) for line in lines))


def rtf_around(body: str) -> bytes:
    fonts = r"{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\froman Times;}}"
    link = r'{\field{\*\fldinst{HYPERLINK "http://x.example" }}{\fldrslt{ }}}'
    return rf"{{\rtf1\ansi\ansicpg1252\deff0{fonts}\f0\fs20 {link}{body}\par}}".encode("ascii")


def coded_rtf_of(fields: dict[str, str]) -> bytes:
    rows = (rf"\trowd\intbl {code}\cell {_escaped(text)}\cell\row" for code, text in fields.items())
    return rtf_around("\n".join(rows))


def factiva_html_of(articles: list[tuple[list[str], tuple[str, ...], list[str]]]) -> bytes:
    """Articles as lines of header (the headline second), paragraphs, and lines below."""
    divs = ""
    for header, paragraphs, below in articles:
        section, title, byline, *rest = header
        head = f'<div>{section}</div><div id="hd"><span class="enHeadline">{title} </span></div>'
        head += f'<div class="author">{byline}</div>' + "".join(f"<div>{line}</div>" for line in rest)
        text = "".join(f'<p class="articleParagraph enarticleParagraph">{p}</p>' for p in paragraphs)
        foot = "".join(f"<p>{line}</p>" for line in below)
        divs += f'<div id="article-X" class="article"><div class="article enArticle"><p></p>{head}<p></p>{text}{foot}</div></div><br>'
    return f"<html><head><title>Factiva</title></head><body><h1>Dow Jones Factiva</h1>{divs}</body></html>".encode()


def coded_html_of(fields: dict[str, str]) -> bytes:
    rows = "".join(f"<tr><td><b>{code}</b> </td><td><p>{text}</p></td></tr>" for code, text in fields.items())
    return f'<html><body><div class="article enArticle"><table>{rows}</table></div></body></html>'.encode()


def _escaped(text: str) -> str:
    return "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text.replace("\\", "\\\\"))


HEADER = FACTIVA[:12]
SHORT = [
    "Letters",
    "Vans late again",
    "By Jo Marsh",
    "18 words",
    "3 May 2004",
    "The Town Courier",
    "TOWNC",
    "English",
    "(c) 2004",
]
FILES = {
    "nexis.docx": docx_of(NEXIS),
    "nexis.rtf": rtf_of(NEXIS),
    "factiva.rtf": rtf_of(FACTIVA),
    "factiva.html": factiva_html_of(
        [
            (HEADER, FIRST, ["Gazette Newspapers Limited", "Document EVGAZ00020030620dz6k0001b"]),
            (SHORT, SECOND, ["Document TOWNC00020040503e0530002c"]),
        ]
    ),
}


def read(tmp_path, name: str, data: bytes) -> list[RawPage]:
    (tmp_path / name).write_bytes(data)
    return list(read_file(tmp_path / name, name))


@pytest.mark.parametrize("name", FILES)
def test_each_article_of_an_export_is_a_page_with_what_the_export_states(tmp_path, name):
    first, second = read(tmp_path, name, FILES[name])
    assert [first.page_id, second.page_id] == [f"{name}#1", f"{name}#2"]
    assert (first.problem, second.problem) == ("", "")
    assert (first.stated["title"], first.stated["date"]) == ("Day centre to close", "2003-06-20")
    assert first.stated["outlet"].startswith("The Evening Gazette")
    assert first.stated["rights"].startswith("Copyright 2003 Gazette")
    assert (second.stated["title"], second.stated["date"]) == ("Vans late again", "2004-05-03")
    assert second.stated["outlet"] == "The Town Courier"


@pytest.mark.parametrize("name", FILES)
def test_an_articles_text_is_its_paragraphs_and_its_byline_its_writer(tmp_path, name):
    first, second = (read_page(raw, Entry(), ()) for raw in read(tmp_path, name, FILES[name]))
    (item,) = first.items
    assert item["text"] == "\n\n".join(FIRST)
    assert (item["title"], item["date"], item["date_basis"]) == (
        "Day centre to close",
        "2003-06-20",
        "catalogue",
    )
    assert first.voices[0]["name"] == "Tom Reeve"
    assert [i["text"] for i in second.items] == ["\n\n".join(SECOND)]


@pytest.mark.parametrize(("name", "data"), [("a.rtf", coded_rtf_of(CODED)), ("a.html", coded_html_of(CODED))])
def test_an_export_with_codes_is_read_by_its_codes(tmp_path, name, data):
    (raw,) = read(tmp_path, name, data)
    assert raw.page_id == f"{name}#1"
    assert raw.stated == {
        "outlet": "The Evening Gazette",
        "date": "2003-06-20",
        "title": "Day centre to close",
        "rights": "Copyright 2003 Gazette Newspapers Ltd",
    }
    assert [i["text"] for i in read_page(raw, Entry(), ()).items] == ["\n\n".join(FIRST)]


def test_the_section_tells_a_page_of_letters(tmp_path):
    _, letters = read(tmp_path, "nexis.docx", FILES["nexis.docx"])
    assert letters.stated["genre"] == "letters"


@pytest.mark.parametrize("make", [docx_of, rtf_of])
def test_a_word_or_rtf_file_that_is_no_export_is_one_page(tmp_path, make):
    name = "plain.docx" if make is docx_of else "plain.rtf"
    (page,) = read(tmp_path, name, make(["Day centre to close", *FIRST, "Length: it goes on."]))
    assert page.page_id == name
    assert [line for line in page.lines if line] == ["Day centre to close", *FIRST, "Length: it goes on."]


def test_headings_of_a_word_file_are_known(tmp_path):
    document, file = docx.Document(), io.BytesIO()
    document.add_heading("Day centre to close", level=1)
    document.add_paragraph(FIRST[0])
    document.save(file)
    (page,) = read(tmp_path, "a.docx", file.getvalue())
    assert page.headings == {1: 1}


def test_html_that_only_speaks_of_articles_is_one_page(tmp_path):
    data = b'<html><body><div class="article"><p>Day centre to close</p><p>877 words</p></div></body></html>'
    (page,) = read(tmp_path, "a.html", data)
    assert page.page_id == "a.html"


def test_an_article_that_speaks_of_documents_and_dates_is_not_cut(tmp_path):
    text = [
        "On 3 May 2004 he wrote it.",
        "Document",
        "The Body of it was short.",
        "Load-Dates are not dates.",
    ]
    lines = [*NEXIS[len(COVER) : -10]]
    at = lines.index("Body") + 1
    (page,) = read(tmp_path, "a.docx", docx_of([*lines[:at], *text, *lines[at:]]))
    assert page.stated["date"] == "2003-06-20"
    assert [line for line in page.lines if line][2:6] == text
