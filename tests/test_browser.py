"""The report as a reader meets it: in a browser, on a desk and on a telephone, and with hostile pages."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from cuttings import execute, figures, findings, load, report, sentiment, show, stance, tables

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
if not Path(CHROMIUM).exists():
    pytest.skip("chromium is not on this machine (apt install chromium)", allow_module_level=True)

from playwright.sync_api import expect, sync_playwright  # noqa: E402

PAYLOADS = (
    "<script>window.hit='script'</script>",
    "<img src=x onerror=\"window.hit='event'\">",
    "<svg onload=\"window.hit='svg'\"><script>window.hit='svg script'</script></svg>",
    "[bad](javascript:window.hit='link') ![bad](http://127.0.0.1:9/x.png)",
    "</script><script>window.hit='out'</script>",
    "\u2028<!--<script>",
)
WEATHER = (
    "It never snowed on the quay in the winter that the old pier fell down.",
    "Fog kept the gulls from the market until the bells had rung for noon.",
    "Hail broke eleven windows of the customs house, and all were mended by June.",
    "The tide came over the cobbles twice and took a bicycle with it.",
    "A dry spring left the dock so low that boys walked across in boots.",
    "Thunder was heard as far off as the lighthouse, where they thought it guns.",
)
OPEN = """Ferries fail again

The ferry board is a disaster, and {p} stands in the text. {w}

"We welcome the ferry board," said Nora Pell.
"""
CLOSED = "The quay\n\nThe ferry board was seen to mend the old wooden pier on the far bank in May.\n"
TARGETS = '[ferry_boards]\nlabel = "Ferry <b>boards</b>"\naliases = ["ferry board"]\n'


def rows_of_catalogue() -> list[dict]:
    """A row for each page, every column of which is hostile; the last page may not be quoted."""
    hostile = [
        {"page": f"p{n}<img src=x onerror=hit>.txt", "outlet": f"Quay {p}", "genre": "news", "date": f"200{n}-05-04",
         "url": f"https://quay.example/\"onclick=window.hit=1 {p}", "title": f"Title {p}", "rights": "CC0-1.0"}
        for n, p in enumerate(PAYLOADS, 1)
    ]  # fmt: skip
    return [*hostile, dict.fromkeys(hostile[0], "") | {"page": "closed.txt", "rights": f"mine {PAYLOADS[0]}"}]


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A report on hostile pages, with a figure, a table of a page's text and a finding."""
    root = tmp_path_factory.mktemp("browser")
    corpus, out = root / "corpus", root / "out"
    (corpus / "pages").mkdir(parents=True)
    catalogue = rows_of_catalogue()
    for row, payload, weather in zip(catalogue, PAYLOADS, WEATHER, strict=False):
        (corpus / "pages" / row["page"]).write_text(OPEN.format(p=payload, w=weather), "utf-8")
    (corpus / "pages" / "closed.txt").write_text(CLOSED, "utf-8")
    pd.DataFrame(catalogue).to_csv(corpus / "catalogue.csv", index=False)
    (corpus / "targets.toml").write_text(TARGETS, "utf-8")
    (corpus / "events.csv").write_text("date,event,kind,targets\n", "utf-8")
    load.read_corpus(corpus, out)
    sentiment.score(out)
    stance.score(corpus, out)
    sided = "SELECT * FROM statements WHERE stance <> 'neutral'"
    n = len(tables.query(out, sided))
    findings.record(out, "01-load", [findings.count("sided", f"Sides {PAYLOADS[0]}", n, sided, "statements")])
    shown = tables.query(out, "SELECT title, text FROM items ORDER BY item_id")
    with figures.canvas(3, 2) as (fig, ax):
        ax.plot([1, 2])
        saved = figures.save(
            fig, "01-line", pd.DataFrame({"text": list(PAYLOADS)}), f"A line {PAYLOADS[1]}", out
        )
    outputs = [{"text/html": show.table(shown, "Items").data}, saved._repr_mimebundle_()]
    cells = [
        new_code_cell("x", outputs=[new_output("execute_result", data=data)], execution_count=1)
        for data in outputs
    ]
    said = new_markdown_cell("# 01 · What?\n\n" + "\n\n".join(PAYLOADS))
    execute.write(new_notebook(cells=[said, *cells]), out / "notebooks" / "01-load.ipynb")
    return report.write(
        out, f"Pages {PAYLOADS[0]}", {"note": PAYLOADS[1]}, labels={"ferry_boards": "Ferry <b>boards</b>"}
    )


@pytest.fixture(scope="module")
def browser():
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    quiet = ["--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments + quiet)
        yield opened
        opened.close()


@pytest.fixture
def opened(browser, made):
    """Opens the report in a new window; what it asked for and complained of is in ``.asked``, ``.said``."""
    contexts = []

    def open_(width: int = 1280, **options):
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(made.as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()


def everything_opened(page) -> None:
    """Follow, search, enlarge, look at an item, unfold all: what a reader can do."""
    page.click(".follow")
    page.click("#hits button.item")
    page.keyboard.press("Escape")
    page.select_option("#view", "lines")
    page.fill("#q", "ferry board")
    page.wait_for_selector("#hits .lines mark")
    page.click("button.enlarge")
    page.click("#larger")
    page.keyboard.press("Escape")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


def test_no_script_of_a_page_runs_and_no_request_leaves(opened, made):
    page = opened()
    everything_opened(page)
    assert page.evaluate("window.hit") is None
    assert [url for url in page.asked if not url.startswith("data:")] == [made.as_uri()]
    assert page.said == []
    assert page.locator("a[href^='javascript:' i]").count() == 0
    assert page.locator("#hits img, #hits svg, #hits script, #item-body img").count() == 0


def test_the_policy_stops_a_script_that_is_not_the_reports(opened):
    page = opened()
    page.evaluate(
        "() => { const s = document.createElement('div'); try { s.innerHTML = '<b>x</b>' } catch (e) { window.caught = e.name } }"
    )
    assert page.evaluate("window.caught") == "TypeError"
    assert page.evaluate("fetch('http://127.0.0.1:9/').then(() => 'left', () => 'stopped')") == "stopped"
    assert any("Content Security Policy" in line for line in page.said)


def test_a_finding_is_followed_to_its_sentences_and_a_sentence_to_its_page(opened, made):
    page = opened()
    page.click(".follow")
    stored = tables.query(
        made.parent, "SELECT DISTINCT sentence_id FROM statements WHERE stance <> 'neutral'"
    )
    shown = page.locator("#hits li").evaluate_all("rows => rows.map(r => r.dataset.sentence)")
    assert sorted(shown) == sorted(stored["sentence_id"])
    page.locator("#hits button.item").first.click()
    facts = page.locator("#item-body dl").inner_text()
    checksum = tables.query(made.parent, "SELECT sha256 FROM pages ORDER BY page_id")["sha256"]
    assert any(sum_ in facts for sum_ in checksum)
    assert page.locator("#item-body [aria-current]").count() == 1
    assert "#evidence?finding=" in page.url


def test_sentences_are_searched_by_words_voice_target_stance_and_year(opened, made):
    welcome = (
        "SELECT count(*) AS n FROM sentences JOIN items USING (item_id) WHERE sentences.text LIKE '%welcome%'"
    )
    n = int(tables.query(made.parent, welcome)["n"].iloc[0])
    within = int(tables.query(made.parent, f"{welcome} AND year(date_earliest) IN (2003, 2004)")["n"].iloc[0])
    assert n > within > 0
    page = opened()
    count = page.locator("#count")
    page.fill("#q", '"ferry board" welcome')
    expect(count).to_contain_text(f"{n} sentences in {n} items.")
    expect(page.locator("#hits mark").first).to_be_visible()
    page.select_option("#voice", "speaker")
    page.select_option("#from", "2003")
    page.select_option("#to", "2004")
    expect(count).to_contain_text(f"{within} sentence")
    page.select_option("#target", "ferry_boards")
    page.select_option("#stance", "a")
    expect(count).to_contain_text("0 sentences")
    page.click("#clear")
    expect(count).not_to_contain_text("0 sentences in 0")
    assert page.input_value("#q") == ""


def test_words_of_a_page_stand_in_the_report_only_where_its_rights_let_them(made):
    text = made.read_text("utf-8")
    assert "mend the old wooden pier" not in text
    assert "[…]" in text
    assert "disaster, and" in text
    data = json.loads(text.partition('id="data">')[2].partition("</script>")[0])
    at = data["pages"]["page_id"].index("pages/closed.txt")
    kept = [
        t for t, i in zip(data["sentences"]["text"], data["sentences"]["item"], strict=True)
        if data["items"]["page"][i] == at
    ]  # fmt: skip
    assert kept
    assert set(kept) == {None}


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (375, "light")])
def test_nothing_serious_stands_in_the_way_of_a_screen_reader(opened, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(width, color_scheme=scheme, bypass_csp=True)
    page.click(".follow")
    found = Axe().run(page).response["violations"]
    serious = [
        (v["id"], v["nodes"][0]["html"][:120]) for v in found if v["impact"] in ("serious", "critical")
    ]
    assert serious == []


def test_the_page_fits_a_telephone(opened):
    page = opened(375)
    page.click(".follow")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_the_report_is_the_same_bytes_again(made):
    before = made.read_bytes()
    report.write(
        made.parent,
        f"Pages {PAYLOADS[0]}",
        {"note": PAYLOADS[1]},
        labels={"ferry_boards": "Ferry <b>boards</b>"},
    )
    assert made.read_bytes() == before
