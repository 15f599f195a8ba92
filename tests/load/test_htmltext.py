"""What the markup of a page tells about its lines."""

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
