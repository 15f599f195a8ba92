"""What the markup of a page tells about its lines."""

import time

from cuttings.load.blocks import ASIDE
from cuttings.load.htmltext import to_lines

TEXT = "<p>The centre will close at Easter, as the council said.</p>" * 6


def apart(body: str) -> list[str]:
    lines, marks, _ = to_lines(f"<html><body>{body}</body></html>")
    return [lines[n - 1].strip() for n, level in marks.items() if level == ASIDE]


def test_menus_asides_and_footers_are_set_apart():
    assert apart(f"<nav>Bins</nav>{TEXT}<aside>Buses</aside><footer>Imprint</footer>") == [
        "Bins",
        "Buses",
        "Imprint",
    ]


def test_names_of_classes_and_ids_tell_of_furniture():
    assert apart(f'<div id="left-nav">Bins</div>{TEXT}<div class="related links">Buses</div>') == [
        "Bins",
        "Buses",
    ]


def test_an_element_that_holds_most_of_the_page_is_its_text_whatever_it_is_called():
    assert apart(f'<div class="sidebar">{TEXT}</div>') == []


def test_the_header_of_an_article_belongs_to_it_and_that_of_a_page_does_not():
    assert apart(f"<header>The Fenland Echo</header><article><header>3 May</header>{TEXT}</article>") == [
        "The Fenland Echo"
    ]


def test_a_run_of_short_links_is_a_menu_and_a_link_in_a_sentence_is_not():
    menu = "".join(f'<a href="#">{w}</a><br>' for w in ("News", "Letters", "Jobs"))
    assert apart(f'{menu}{TEXT}<p>See <a href="#">the plan</a> for more.</p>') == ["News", "Letters", "Jobs"]


def test_the_same_page_gives_the_same_lines_however_often_it_is_read():
    page = f"<html><body><h1>Centre to close</h1>{TEXT}</body></html>"
    assert len({repr(to_lines(page)) for _ in range(5)}) == 1


def shown(body: str) -> list[str]:
    return [line for line in to_lines(f"<html><body>{body}</body></html>")[0] if line]


def test_the_columns_of_a_page_laid_out_by_a_table_are_read_one_after_the_other():
    columns = (
        "<table><tr><td>Bins<br>Buses<br>Jobs</td><td><b>Centre to close</b><p>The council said so.<p>It"
        " meant it.</td><td>Save on your car today</td></tr></table>"
    )
    assert shown(columns) == [
        "Bins",
        "Buses",
        "Jobs",
        "Centre to close",
        "The council said so.",
        "It meant it.",
        "Save on your car today",
    ]


def test_a_table_of_figures_keeps_its_rows():
    assert shown("<table><tr><td>Fenland</td><td>12</td></tr><tr><td>Loxley</td><td>9</td></tr></table>") == [
        "Fenland  12",
        "Loxley   9",
    ]


def test_a_box_that_floats_beside_the_text_is_set_apart_and_a_column_that_floats_is_not():
    box = "<table align=right><tr><td>Places lost<br>2001: 12<br>2002: 9</td></tr></table>"
    assert apart(f"{TEXT}{box}{TEXT}") == ["Places lost", "2001: 12", "2002: 9"]
    column = f"<table align=left><tr><td>{TEXT * 4}</td></tr></table>"
    assert apart(f"<p>Bins</p>{column}") == []


def test_floats_that_hold_most_of_the_page_are_its_layout():
    columns = "".join(f'<div style="float: left"><p>{n} the centre will close.</p></div>' for n in "abcd")
    assert apart(f"<p>Bins and buses</p>{columns}") == []


def test_tables_nested_deeply_round_a_long_one_are_laid_out_at_once():
    start = time.monotonic()
    inner = "<tr><td>Bins</td></tr>" * 10_000
    to_lines("<table><tr><td>" * 60 + f"<table>{inner}</table>" + "</td></tr></table>" * 60)
    assert time.monotonic() - start < 10


def test_terms_and_their_descriptions_and_the_text_below_a_rule_have_lines_of_their_own():
    comments = "<dl><dt>Ada said...</dt><dd>It is late.</dd><dd>3 May 2006</dd><dt>Bea said...</dt></dl>"
    assert shown(comments) == ["Ada said...", "It is late.", "3 May 2006", "Bea said..."]
    assert shown("posted 3 May 2002<hr>It is late.") == ["posted 3 May 2002", "It is late."]


def test_a_heading_that_is_a_link_is_no_entry_of_a_menu():
    links = '<a href="#">News</a><br><a href="#">Jobs</a><br><h2><a href="#">Centre to close</a></h2>'
    assert "Centre to close" not in apart(f"{links}{TEXT}")


OPTIONS = "".join(f"<option>Country {n}</option>" for n in range(100))


def test_a_form_that_asks_for_something_goes_and_one_round_the_page_stays():
    page = f'<form action="page.aspx">{TEXT * 3}<form><label>Search</label><select><option>All</option></select></form></form>'
    lines, _, _ = to_lines(f"<html><body>{page}</body></html>")
    assert sum("close at Easter" in line for line in lines) == 18
    lines, _, _ = to_lines(
        f"<html><body>{TEXT}<form>Your name <input> <select>{OPTIONS}</select></form></body></html>"
    )
    assert not any("Your name" in line for line in lines)
