"""The report as a file: complete, safe with hostile text, and without a request to anything."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil

import lxml.html
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from cuttings import execute, figures, findings, report, show, tables
from cuttings.report import notebook

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"
SQL = "SELECT * FROM items WHERE n_words < 9"


def output(**data) -> dict:
    return new_output(
        "execute_result", data={k.replace("_", "/", 1): v for k, v in data.items()}, execution_count=1
    )


def cell(source: str, *outputs: dict, tags: tuple[str, ...] = ()):
    return new_code_cell(source, outputs=list(outputs), execution_count=1, metadata={"tags": list(tags)})


@pytest.fixture
def run_dir(tmp_path):
    """A finished run: two pages of which one is empty, one item, a figure, a finding, two notebooks."""
    page = {c: "" for c in tables.SCHEMAS["pages"].columns} | {
        "n_lines": 1,
        "n_boilerplate_lines": 0,
        "format": "txt",
    }
    read = page | {"page_id": "a.txt", "sha256": "0a", "status": "read"}
    empty = page | {"page_id": "b.txt", "sha256": "0b", "status": "empty", "problem": f"no text {HOSTILE}"}
    tables.write(tmp_path, "pages", [tables.frame("pages", [read, empty])])
    day = pd.Timestamp("2003-05-04")
    item = {c: "" for c in tables.SCHEMAS["items"].columns} | {
        "item_id": "a.txt/1", "page_id": "a.txt", "position": 1, "genre": "news", "text": "Few words.", "n_words": 2,
        "date": "2003-05-04", "date_earliest": day, "date_latest": day, "date_basis": "stated", "line_from": 1, "line_to": 1,
    }  # fmt: skip
    tables.write(tmp_path, "items", [tables.frame("items", [item])])
    findings.record(tmp_path, "01-load", [findings.count("items", f"Items {HOSTILE}", 1, SQL, "items")])
    with figures.canvas(3, 2) as (fig, ax):
        ax.plot([1, 2])
        saved = figures.save(
            fig, "01-line", pd.DataFrame({"word": [HOSTILE], "n": [7]}), "A line < rising.", tmp_path
        )
    shown = saved._repr_mimebundle_()
    table = show.table(pd.DataFrame({"text": [HOSTILE]}), "What was read").data
    first = [
        new_markdown_cell(
            "# 01 · What was read?\n\nSee [the next](02-next.ipynb) and [this](../README.md).", id="a"
        ),
        cell("year_from = 1900", tags=("parameters",)),
        cell("year_from = 1901", tags=("injected-parameters",)),
        new_markdown_cell(f"## In short\n\n{HOSTILE}\n\n[bad](javascript:alert(3))", id="b"),
        cell("saved", output(**{"image_svg+xml": shown["image/svg+xml"], "text_plain": shown["text/plain"]})),
        cell("show.table(x)", output(text_html=table + HOSTILE)),
        cell("print(x)", new_output("stream", name="stdout", text=HOSTILE)),
    ]
    second = [new_markdown_cell("# 02 · What next?\n\n## In short\n\nText.\n\n## In short", id="a")]
    for name, cells in (("01-load", first), ("02-next", second)):
        execute.write(new_notebook(cells=cells), tmp_path / "notebooks" / f"{name}.ipynb")
    return tmp_path


@pytest.fixture
def page(run_dir):
    report.write(run_dir, "my <b>pages</b>", {"year_from": 2001, "year_to": 2009})
    return lxml.html.parse(run_dir / "report.html").getroot()


def test_the_report_runs_its_own_script_alone_and_fetches_nothing(page):
    own = page.xpath("//script[not(@type)]")
    assert [script.get("src") for script in own] == [None]
    digest = base64.b64encode(hashlib.sha256(own[0].text.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in page.xpath("string(//meta[@http-equiv]/@content)")
    assert not page.xpath("//iframe|//object|//embed|//link|//base|//@action|//svg")
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    assert all(src.startswith("data:image/") for src in page.xpath("//@src"))
    assert all(href.startswith(("#", "data:text/csv")) for href in page.xpath("//@href"))
    assert "url(" not in page.xpath("string(//style)")
    assert "@import" not in page.xpath("string(//style)")


def test_the_browser_is_told_to_allow_nothing_but_that_script_styles_and_embedded_images(page):
    policy = page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    allowed = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert allowed.pop("script-src").startswith("'sha256-")
    assert allowed == {
        "default-src": "'none'", "style-src": "'unsafe-inline'", "img-src": "data:", "base-uri": "'none'",
        "form-action": "'none'", "require-trusted-types-for": "'script'", "trusted-types": "'none'",
    }  # fmt: skip


def test_hostile_text_is_shown_as_text(page):
    shown = page.text_content()
    places = ["no text ", "Items ", ""]  # a page's problem, a finding, printed output
    assert all(f"{place}<script>alert(1)</script><img src=x onerror=alert(2)>" in shown for place in places)
    assert "my <b>pages</b>" in page.xpath("string(//h1)")
    assert len(page.xpath("//img")) == 1


def test_a_table_of_a_notebook_keeps_its_cells_and_loses_its_style_element(page):
    box = page.xpath("//article//div[@class='cuttings'][@role='region'][@aria-label='What was read']")[0]
    assert box.xpath("string(.//td)") == HOSTILE
    assert len(page.xpath("//style")) == 1


def test_every_link_within_the_report_leads_somewhere_and_every_anchor_is_one(page):
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.xpath("//@href") if href.startswith("#")} <= set(ids)
    assert {"01-load--in-short", "02-next--in-short", "02-next--in-short-2"} <= set(ids)


def test_links_between_notebooks_stay_within_the_report_and_links_to_files_become_text(page):
    links = {a.text: a.get("href") for a in page.xpath("//article//div[@class='prose']//a")}
    assert links == {"the next": "#02-next", "bad": None}
    assert "and this." in page.text_content()


def test_the_contents_name_notebooks_and_their_sections(page):
    assert page.xpath("//nav//a/text()") == [
        "Findings", "Evidence", "01 · What was read?", "In short", "02 · What next?", "In short", "In short", "The run",
    ]  # fmt: skip


def test_a_figure_has_its_words_and_its_data(page, run_dir):
    image = page.xpath("//figure//img")[0]
    assert image.get("alt") == "A line < rising."
    kind, _, data = image.get("src").partition(";base64,")
    assert kind == "data:image/svg+xml"
    assert base64.b64decode(data).decode() == (run_dir / "figures" / "01-line.svg").read_text("utf-8")
    assert page.xpath("//figure//td/text()") == [HOSTILE, "7"]
    saved = page.xpath("//figure//a[@download='01-line.csv']/@href")[0].partition("base64,")[2]
    assert base64.b64decode(saved) == (run_dir / "figures" / "01-line.csv").read_bytes()


def test_a_long_id_in_a_table_may_break_anywhere_and_a_long_text_at_its_words(run_dir):
    rows = pd.DataFrame({"id": [f"pages/2003/{'a' * 40}.txt/1"], "text": ["some words " * 5]})
    cells = [cell("show.table(rows)", output(text_html=show.table(rows, "Rows").data))]
    execute.write(new_notebook(cells=cells), run_dir / "notebooks" / "03-rows.ipynb")
    report.write(run_dir, "x", {})
    found = lxml.html.parse(run_dir / "report.html").xpath("//div[@aria-label='Rows']//td/@class")
    assert found == ["id", "long"]


def test_code_is_folded_and_the_parameters_stand_in_the_table_of_the_run(page):
    assert [d.get("open") for d in page.xpath("//details[@class='code']")] == [None, None, None]
    assert "1900" not in page.text_content()
    terms = dict(zip(page.xpath("//dl/dt/text()"), page.xpath("//dl/dd/text()"), strict=True))
    assert (terms["year_from"], terms["year_to"]) == ("2001", "2009")


def test_findings_stand_with_their_value_and_the_ways_to_how_they_were_made(page):
    row = page.xpath("//li[@id='finding--01-load--items']")[0]
    assert row.xpath("string(p[@class='value'])") == "1 items"
    assert row.xpath("string(p[@class='rests'])") == "n = 1"
    assert row.xpath("string(.//pre)") == SQL
    assert row.xpath(".//a[starts-with(text(), 'Notebook')]/@href") == ["#01-load"]


def test_coverage_says_what_was_read_and_dated(page):
    assert page.xpath("string(//p[@class='coverage'])") == (
        "1 of 2 pages read, 1 empty or not readable; 1 item of 2 words in all. "
        "Years asked for: 2001 to 2009; 1 item in them, 0 outside, 0 without a date."
    )


@pytest.mark.parametrize(
    ("years", "says"),
    [
        ((2002, 2002), "Years asked for: 2002; 2 items in them, 1 outside (dates found: 1999 to 2003), 1 without a date."),
        ((2003, 2009), "Years asked for: 2003 to 2009; 2 items in them, 1 outside (dates found: 1999 to 2003), 1 without a date."),
        ((2000, 2000), "Years asked for: 2000; 0 items in them, 3 outside (dates found: 1999 to 2003), 1 without a date. No item falls in the years"),
    ],
)  # fmt: skip
def test_coverage_counts_items_in_the_years_asked_for_by_the_interval_of_their_dates(
    years, says, run_dir, tables_of
):
    dates = ("2002-03-04/2003-02-01", "2002/2003", "1999", "")
    made = tables_of(*(("news", date, [("writer", "One word.")]) for date in dates))
    for name in ("pages", "items"):
        shutil.copy(made / "tables" / f"{name}.parquet", run_dir / "tables" / f"{name}.parquet")
    report.write(run_dir, "x", {"year_from": years[0], "year_to": years[1]})
    coverage = lxml.html.parse(run_dir / "report.html").xpath("//p[@class='coverage']")[0]
    assert says in coverage.text_content()
    assert bool(coverage.xpath("strong")) == (years == (2000, 2000))


def test_a_note_on_the_corpus_stands_beside_its_coverage(run_dir):
    report.write(run_dir, "x", {}, note="Invented & written.")
    page = lxml.html.parse(run_dir / "report.html").getroot()
    assert page.xpath("string(//p[@class='coverage'])").endswith("in all. Invented & written.")


def test_style_sheets_of_outputs_are_kept_once_and_never_fetch(run_dir):
    styled = '<style>.a{color:red}</style><p class="a" style="color:#123456">x</p>'
    fetching = (
        '<style>.b{background:url(http://x.example)}</style><p style="background:url(//x.example)">y</p>'
    )
    cells = [cell("a", output(text_html=styled)), cell("b", output(text_html=styled + fetching))]
    execute.write(new_notebook(cells=cells), run_dir / "notebooks" / "03-styled.ipynb")
    report.write(run_dir, "x", {})
    page = lxml.html.parse(run_dir / "report.html").getroot()
    assert page.xpath("string(//style)").count(".a{color:red}") == 1
    assert "x.example" not in lxml.html.tostring(page, encoding="unicode")
    assert page.xpath("//p[@class='a']/@style") == ["color:#123456", "color:#123456"]


def test_the_checksum_of_the_corpus_changes_with_any_page(page, run_dir):
    before = page.xpath("//dl/dd/text()")[-1]
    pages = tables.query(run_dir, "SELECT * FROM pages")
    pages.loc[1, "sha256"] = "0c"
    tables.write(run_dir, "pages", [tables.frame("pages", pages.to_dict("records"))])
    report.write(run_dir, "my <b>pages</b>", {})
    assert lxml.html.parse(run_dir / "report.html").xpath("//dl/dd/text()")[-1] != before


def test_the_report_can_be_used_by_keyboard_and_screen_reader(page):
    assert page.get("lang") == "en-GB"
    assert page.xpath("//body/*[1][@class='skip']/@href") == ["#main"]
    assert page.xpath("//main[@id='main']")
    assert all(page.xpath("//img/@alt"))
    levels = [int(h.tag[1]) for h in page.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_a_long_table_of_data_is_cut_and_says_so(tmp_path):
    pd.DataFrame({"n": range(201)}).to_csv(tmp_path / "x.csv", index=False)
    markup = notebook.csv_table(tmp_path / "x.csv")
    assert "first 200 of 201 rows" in markup
    assert len(lxml.html.fromstring(markup).xpath(".//tbody/tr")) == 200


def test_a_run_without_findings_or_dates_is_still_a_report(run_dir):
    (run_dir / "findings.json").write_text(json.dumps([]), "utf-8")
    tables.write(run_dir, "items", [tables.frame("items", [])])
    report.write(run_dir, "empty", {})
    text = lxml.html.parse(run_dir / "report.html").getroot().text_content()
    assert "0 items of 0 words in all." in text
    assert "The notebooks recorded no findings." in text
