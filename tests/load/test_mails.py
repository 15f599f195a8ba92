"""Messages of mailing lists."""

import pytest

from cuttings.load import furniture, items, mails
from cuttings.load.blocks import to_blocks

TEXTS = [
    "Does anybody know who is to mend the roofs of the barns before the snow? I have asked the council three times, and all\nthat they sent me was the same form.",
    "They never will, Ada, as long as nobody makes them.",
    "Ask the farmer for the plans, and then write to the minister. It worked for us in the spring, though we had to wait\nfor half a year.",
]
LIST = """Barn-talk archive

From: Ada Quill <ada@barn.example>
Date: Tue, 06 Nov 2001 12:48:31 +0000
Subject: Who mends the barns of the valley before the snow?

{}

[Reply] [Next in thread]

Date: Wed, 07 Nov 2001 09:15:02 GMT
From: tom@mill.example (Tom Hart)
Subject: Re: Who mends the barns of the valley before the snow?

Ada Quill wrote:
> I have asked the council three times, and all
> that they sent me was the same form.

{}

--
Tom Hart * miller, mender of roofs, and ringer of bells.

From: "Farmer, J." <j@farm.example>
Sent: 08 November 2001 09:15
Subject: RE: Who mends the barns of the valley before the snow?

{}

-----Original Message-----
From: Tom Hart
Sent: 07 November 2001 09:15
They never will, Ada, as long as nobody makes them.
"""


def test_a_message_begins_at_its_header_and_holds_neither_what_it_quotes_nor_what_signs_it():
    blocks = to_blocks(LIST.format(*TEXTS).split("\n"))
    odds = furniture.odds_of_text(blocks)
    found = items.split(blocks, furniture.label(blocks, odds), "", odds).items
    assert [i.text for i in found] == [t.replace("\n", " ") for t in TEXTS]
    assert [i.writer.name for i in found] == ["Ada Quill", "Tom Hart", "Farmer, J."]
    assert [i.date_lines[0] for i in found] == [
        "Date: Tue, 06 Nov 2001 12:48:31 +0000",
        "Date: Wed, 07 Nov 2001 09:15:02 GMT",
        "Sent: 08 November 2001 09:15",
    ]


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ('"Ada Quill" <ada@barn.example>', "Ada Quill"),
        ("ada@barn.example (Ada Quill)", "Ada Quill"),
        ("Ada Quill [mailto:ada@barn.example]", "Ada Quill"),
        ("ada@barn.example", "ada"),
    ],
)
def test_who_wrote_stands_before_or_behind_the_address(who, name):
    assert mails.name(who) == name


def test_one_message_is_no_list():
    assert mails.headers(to_blocks(LIST.split("\n")[:6])) == {}
