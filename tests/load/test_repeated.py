"""What an outlet's pages teach about its furniture."""

from cuttings.load import repeated

FOOT = "Printed by the Fenland Press, Ely"


def pages(count: int, outlet: str = "fen.example") -> list[tuple[str, list[str]]]:
    return [(outlet, [f"Story {n}", f"It rained on {n} farms.", FOOT]) for n in range(count)]


def test_a_line_on_most_pages_of_an_outlet_is_its_furniture():
    assert repeated.learn(repeated.count(pages(5))) == {
        "fen.example": frozenset({"printed by the fenland press ely"})
    }


def test_an_outlet_with_few_pages_teaches_nothing():
    assert repeated.learn(repeated.count(pages(3))) == {}


def test_one_outlet_says_nothing_of_another():
    found = repeated.learn(repeated.count([*pages(2, "a.example"), *pages(2, "b.example")]))
    assert found == {}


def test_a_page_saved_many_times_teaches_nothing():
    assert repeated.learn(repeated.count(pages(1) * 9)) == {}


def test_the_order_of_the_pages_does_not_matter():
    some = [*pages(5), *pages(6, "marsh.example")]
    assert repeated.learn(repeated.count(some)) == repeated.learn(repeated.count(some[::-1]))


def test_lines_seen_once_are_forgotten_before_they_fill_the_memory(monkeypatch):
    monkeypatch.setattr(repeated, "MOST_LINES", 6)
    counts = repeated.count(pages(8))
    assert len(counts["fen.example"]) <= 8
    assert repeated.learn(counts)["fen.example"] == frozenset({"printed by the fenland press ely"})
