"""Pages made to hang or break the reader: each is read, within a bound that an honest page never nears."""

import random
import time

import pytest

from cuttings import edtf
from cuttings.corpus import Entry, Event
from cuttings.load.formats import RawPage
from cuttings.load.page import read_page

PLAN = Event(edtf.parse("2001-07-27"), "Plan published", "white_paper", (), ("Town Plan",))
PROSE = "The day centre in the old school will close at Easter, the council has told the people who use it."
SECONDS = 10

LINES = {
    "more from": "more from " + "A" * 4000 + "!",
    "adverbs": "he " + "xly" * 9000 + ". said that it was so.",
    "said": "said " * 20_000 + ".",
    "he said": "he said, " * 12_000,
    "titles": "Mr " * 20_000 + ", a b, said it.",
    "quotations": "“Bus 7 was late,” said Ada. " * 4000,
    "hyphens": "cookies use-" + "use-" * 20_000,
    "apostrophes": "'s " * 30_000,
    "dots": "." * 100_000,
    "dates": "3 May 2004, " * 8000,
    "events": "The Town Plan is dear. " * 4000,
    "letters": "A. " * 20_000,
    "capitals": "A" * 100_000,
    "brackets": "([{" * 30_000,
    "one word": "x" * 200_000,
    "list": "More from us\n" * 20_000,
    "short lines": "Bus\n" * 20_000,
    "markup": "<?xml" * 20_000,
}


def read(text: str):
    return read_page(RawPage("p.txt", "", "txt", tuple(text.split("\n"))), Entry(), (PLAN,))


@pytest.mark.parametrize("name", LINES)
def test_a_page_made_to_hang_the_reader_is_read(name):
    start = time.monotonic()
    read(f"Centre to close\n\n{PROSE}\n\n{LINES[name]}\n\n{PROSE}")
    assert time.monotonic() - start < SECONDS


@pytest.mark.parametrize(
    "text",
    [
        "Homes were cut in the Town Plan (Gazette, 29 February).",
        "The Town Plan came 9000 years ago.",
        "Laſt year's Town Plan came ſix years ago, in auguſt last year.",
        "3 auguſt 2004\n\nThe bus was late and nobody in the village said a word about it.",
        "The Town Plan came out on 31 April 2004, or in the 99th month.",
    ],
)
def test_odd_dates_are_read_without_a_fault(text):
    assert read(text).page["status"] == "read"


def test_pages_of_shuffled_pieces_are_read_without_a_fault():
    pieces = [
        *"“ ” ‘ ’ \" ' ` `` '' — – • ● * - … ... \u200b ſ ı İ é 中 🙂 \u2028".split(),
        "said", "according to", "Mr", "Ada Quill", "director of", "he said", "Comments", "posted by", "4 May 2004",
        "In brief", "Name and address supplied", "By Ada Quill", "Last updated", "29 February", "9999", "Leeds", "\n", "\n\n",
    ]  # fmt: skip
    rng = random.Random(7)
    for _ in range(300):
        page = read(" ".join(rng.choices([*pieces, PROSE], k=rng.randint(1, 60))))
        text = {i["item_id"]: i["text"] for i in page.items}
        for s in page.sentences:
            assert text[s["item_id"]][s["start"] : s["end"]] == s["text"]
