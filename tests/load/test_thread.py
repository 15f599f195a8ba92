"""Which lines head the posts of a thread."""

from dataclasses import replace

import pytest

from cuttings.load import furniture, items
from cuttings.load.blocks import to_blocks

POSTS = [
    "My father has been offered direct payments and nobody can tell us who pays the wages when he is in hospital.",
    "The council does, if you ask before the first of the month and keep every single payslip.",
    "Ours would not, and we had to find the notice money for two carers out of my own purse.",
    "Then ask for it in writing, because the guidance says that they must, and they know it.",
]
NAMES = ["marigold", "payroll pete", "Hexham Jo", "marigold"]
FORMS = {
    "number and day": "#{n} · {d} March 2009",
    "by a name": "by {name} » {d} March 2009, 14:0{n}",
    "name first": "{name} | {d} Mar 2009, 9:1{n} am",
    "time alone": "{d}/03/2009 at 7:1{n} pm",
    "posted": "Posted by {name} on {d} March 2009",
    "rated": "[–]{name} 1{n} points 2{n} points {n} hours ago (2 children)",
}


def thread(form: str, aside: str = "Joined 4 May 2006 Posts 212", names: list[str] | None = None) -> list:
    lines = ["Forum home", "", "Who pays when Dad is in hospital?", ""]
    for n, (post, name) in enumerate(zip(POSTS, names or NAMES, strict=True), 1):
        lines += [
            aside,
            "",
            *form.format(n=n, d=n + 2, name=name).split("\n"),
            "",
            post,
            "",
            "Reply Quote",
            "",
        ]
    return to_blocks(lines)


def read(blocks: list, **given) -> items.Split:
    return items.split(blocks, furniture.label(blocks), **given)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_lines_in_one_form_with_text_between_them_head_posts(form):
    found = read(thread(form)).items
    assert [i.text for i in found] == POSTS
    assert {i.genre for i in found} == {"comment"}


@pytest.mark.parametrize("form", ["by a name", "name first", "posted", "rated"])
def test_a_head_names_the_writer(form):
    assert [i.writer.name for i in read(thread(FORMS[form])).items] == NAMES


def test_lines_above_the_heads_that_differ_name_the_writers():
    heads = furniture.heads_of_posts(thread("{name}\n\n{d} March 2009 at 7:1{n} pm"))
    assert [h.writer for h in heads.values()] == NAMES
    ranks = furniture.heads_of_posts(thread("Member\n\n{d} March 2009 at 7:1{n} pm"))
    assert {h.writer for h in ranks.values()} == {""}


def test_a_bare_number_takes_the_day_beside_it_and_not_that_of_the_member():
    blocks = thread("{d} March 2009\n\nHelper\n\n#{n}")
    assert [h.when for h in furniture.heads_of_posts(blocks).values()] == [
        f"{d} March 2009" for d in (3, 4, 5, 6)
    ]


def test_the_hour_at_which_the_page_was_loaded_heads_no_post():
    blocks = thread(FORMS["time alone"])
    clock = to_blocks(
        ["9/12/2010 at 8:00 am", "", "You are not logged in, so that some of this board is hidden from you."]
    )
    assert len(furniture.heads_of_posts(clock + blocks)) == len(POSTS)


BLOG = [
    "The day centre is shut and the minibus with it, and the cabinet member calls that a conversation. I asked him with"
    " whom he had held it, and he said that the process was ongoing, which I take to mean that it was held with himself,"
    " in the bath, and that he won.",
    "",
    "Posted by Nora Pike at 3 May 2008 10:02 | Comments (3)",
    "",
    "Comments",
    "",
]


def closed(*names: str) -> list:
    lines = list(BLOG)
    for n, (post, name) in enumerate(zip(POSTS, names, strict=False), 4):
        lines += [post, "", f"Posted by: {name} | {n} May 2008 at 14:05", ""]
    return to_blocks(lines)


@pytest.mark.parametrize("names", [("Ann Lee", "Tam"), ("Ann Lee", "Tam", "Hexham Jo", "Ann Lee")])
def test_lines_below_the_posts_say_who_wrote_what_stands_above_them(names):
    blocks = closed(*names)
    assert furniture.heads_of_posts(blocks) == {}
    blog, *comments = read(blocks).items
    assert blog.text == BLOG[0]
    assert [(i.writer.name, i.text) for i in comments] == list(zip(names, POSTS, strict=False))
    assert [i.date_lines[0].split(" | ")[1] for i in comments] == [
        f"{n} May 2008 at 14:05" for n in range(4, 4 + len(names))
    ]


def test_a_comment_of_a_few_words_is_a_post_where_a_name_and_time_close_it():
    lines = [*BLOG[:1], "", "Comments", ""]
    for n, post in enumerate(
        ["No one sacked. As ever.", "I left because of the forms, and I would leave again."], 7
    ):
        lines += [post, f"- Tam, Kent, 13/11/2009 07:1{n}", "Click to rate Rating 214", "Report abuse"]
    found = read(to_blocks(lines)).items
    assert [(i.writer.name, i.text) for i in found[1:]] == [
        ("Tam", "No one sacked. As ever."),
        ("Tam", "I left because of the forms, and I would leave again."),
    ]


def test_a_name_above_what_is_said_of_the_member_is_the_writers():
    panel = "{name}\nRegular\nJoined: 04 Feb 2005\nPosts: 112\nPosted: {d} March 2006 9:1{n} pm Post subject: Wages"
    heads = furniture.heads_of_posts(thread(panel, aside=""))
    assert [h.writer for h in heads.values()] == NAMES


def test_of_a_post_and_its_summary_above_the_thread_the_post_stays():
    summary = to_blocks([POSTS[0], ""])
    blocks = [
        *summary,
        *(replace(b, line_from=b.line_from + 2, line_to=b.line_to + 2) for b in thread(FORMS["posted"])),
    ]
    assert [i.text for i in read(blocks).items] == POSTS


def test_a_line_that_quotes_opens_no_post_below_the_heads():
    blocks = thread(FORMS["posted"])
    place = next(i for i, b in enumerate(blocks) if b.text == POSTS[1])
    blocks.insert(place, replace(blocks[place], text="marigold wrote:", line_from=98, line_to=98))
    assert [i.text for i in read(blocks).items] == POSTS


def test_one_line_below_a_piece_closes_no_post():
    assert furniture.feet_of_posts(to_blocks(BLOG)) == {}


@pytest.mark.parametrize(
    "line", ["{d} March 2009", "{d} March 2009: the inquest opens", "By Ann Lee, {d} March 2009"]
)
def test_the_days_of_a_chronology_or_of_other_pages_head_nothing(line):
    lines = [x for d, post in enumerate(POSTS, 2) for x in (line.format(d=d), "", post, "")]
    assert furniture.heads_of_posts(to_blocks(lines)) == {}


def test_two_posts_are_no_thread():
    assert furniture.heads_of_posts(thread(FORMS["posted"])[:-8]) == {}


def test_short_lines_of_a_post_stay_where_the_model_finds_them_like_text():
    blocks = thread(FORMS["number and day"])
    short = to_blocks(["Thank you both, that helps"])[0]
    blocks.insert(-1, replace(short, line_from=99, line_to=99, gap=1))
    likely = [2.0 if b.words > 4 else -3.0 for b in blocks]
    unlikely = [-3.0 if b is blocks[-2] else o for b, o in zip(blocks, likely, strict=True)]
    assert short.text in read(blocks, odds=likely).items[-1].text
    assert short.text not in read(blocks, odds=unlikely).items[-1].text


def test_posts_that_are_counted_below_their_day_begin_there_however_far_below_the_text_is():
    panel = "0{d}-03-2009, 18:2{n}\n#{n}\n{name}\nSenior Member\nJoin Date: Aug 2005\nLocation: Tyneside\nPosts: 91"
    blocks = thread(panel, aside="")
    odds = furniture.odds_of_text(blocks)
    found = items.split(blocks, furniture.label(blocks, odds), odds=odds).items
    assert [(i.writer.name, i.text) for i in found] == list(zip(NAMES, POSTS, strict=True))


def test_what_a_post_quotes_of_one_above_is_not_said_twice():
    quoted = "The council does, if you ask before the first of the month."
    lines = ["Who pays?", ""]
    texts = [
        POSTS[0],
        f"{quoted} Keep every single payslip.",
        f"marigold wrote:\n{quoted}\n{POSTS[2]}",
    ]
    for n, text in enumerate(texts, 1):
        lines += [f"by {NAMES[n - 1]} » {n} March 2009, 14:0{n}", "", text.replace("\n", "\n\n"), ""]
    found = read(to_blocks("\n".join(lines).split("\n"))).items
    assert [i.text for i in found] == [texts[0], texts[1], POSTS[2]]


@pytest.mark.parametrize("form", ["{n}. {name} Says:", "{name}, Loxley says...", "{name} said..."])
def test_a_comment_below_who_says_it_takes_the_first_day_below_that(form):
    lines = [BLOG[0], ""]
    for n, (post, name) in enumerate(zip(POSTS, NAMES, strict=True), 1):
        lines += [form.format(n=n, name=name), "", post, "", f"{n} March 2009 at 9:1{n} am", ""]
    _, *comments = read(to_blocks(lines)).items
    assert [(i.writer.name, i.text) for i in comments] == list(zip(NAMES, POSTS, strict=True))
    assert {i.writer.place for i in comments} == {"Loxley" if "Loxley" in form else ""}
    assert [i.date_lines[0][:12] for i in comments] == [f"{n} March 2009" for n in range(1, 5)]


def test_a_name_between_a_comment_and_its_day_is_the_writers():
    lines = [BLOG[0], "", "Comments", ""]
    for n, (post, name) in enumerate(zip(POSTS[:3], NAMES, strict=False), 1):
        lines += [post, "", name, f"on {n} March 2009", f"at 09:1{n} AM", "Report this comment", ""]
    _, *comments = read(to_blocks(lines)).items
    assert [(i.writer.name, i.text) for i in comments] == list(zip(NAMES, POSTS[:3], strict=False))


def test_what_a_member_signs_every_post_with_below_a_rule_is_no_part_of_it():
    signed = thread(FORMS["posted"])
    lines = []
    for block in signed:
        lines += [block.text, ""]
        if block.text in POSTS:
            lines += ["_________________", "Be kind, and keep a copy of it all.", ""]
    assert [i.text for i in read(to_blocks(lines)).items] == POSTS


def board(names: list[str], panel: str, lines: list[str] = POSTS) -> list:
    """A thread with the member's panel between number and text, as vBulletin and phpBB print it."""
    out = ["Forum home", "", "Who pays when Dad is in hospital?", ""]
    for n, (post, name) in enumerate(zip(lines, names, strict=True), 1):
        out += [
            "",
            f"#{n}",
            f"0{n + 2}-03-2009, 10:1{n} PM",
            *panel.format(name=name).split("\n"),
            *post.split("\n"),
            "",
        ]
    return to_blocks(out)


def test_names_below_number_and_day_are_found_though_few_write_again_and_again():
    names = ["marigold", "payroll pete", "marigold", "marigold"]
    blocks = board(names, "{name}\nJunior Member\nJoin Date: Mar 2007\nPosts: 4")
    assert [h.writer for h in furniture.heads_of_posts(blocks).values()] == names


def test_a_name_before_what_is_said_of_the_member_on_its_line_is_found():
    blocks = board(NAMES, "{name}   Join Date: Mar 2007")
    assert [h.writer for h in furniture.heads_of_posts(blocks).values()] == NAMES


def test_a_rule_between_panel_and_text_makes_no_signature_of_the_text():
    found = read(board(NAMES, "{name}\nPosts: 4\n____________")).items
    assert [i.text for i in found] == POSTS


def test_feet_close_posts_although_one_ends_without_a_stop():
    lines = ["Barns stand empty", "", POSTS[0], "", "Comments", ""]
    for n, post in enumerate(
        [
            POSTS[1],
            POSTS[2].rstrip("."),
            POSTS[3],
            POSTS[0].replace("father", "aunt"),
            POSTS[1][:40] + " ever.",
        ],
        1,
    ):
        lines += [post, "", f"Posted by: name{n} | 0{n} March 2009 at 11:3{n} PM", ""]
    feet = furniture.feet_of_posts(to_blocks(lines))
    assert [h.writer for h in feet.values()] == [f"name{n}" for n in range(1, 6)]


def test_posts_that_are_counted_in_their_heads_begin_there_below_subjects_that_ask():
    subject = "Default {re}Who pays when Dad is in hospital for a month?"
    lines = ["Forum home", "", subject.format(re=""), ""]
    for n, (post, name) in enumerate(zip(POSTS, NAMES, strict=True), 1):
        lines += [
            f"Old 0{n}-03-2009, 08:47 PM #{n}",
            "",
            name,
            "",
            "Senior Member",
            "",
            f"Join Date: Mar 200{n}",
        ]
        lines += [
            "",
            subject.format(re="Re: " if n > 1 else ""),
            "",
            post,
            "",
            f"{name} is offline Reply",
            "",
        ]
    blocks = to_blocks(lines)
    odds = furniture.odds_of_text(blocks)
    found = items.split(blocks, furniture.label(blocks, odds), "", odds).items
    assert [i.text for i in found] == POSTS
    assert [i.writer.name for i in found] == NAMES


def test_what_a_post_quotes_on_the_line_of_who_wrote_it_is_not_said_twice():
    posts = [*POSTS[:3], f"{NAMES[0]} wrote:{POSTS[0]}\n\n{POSTS[3]}"]
    assert [i.text for i in read(board(NAMES, "{name}\nPosts: 4", posts)).items] == POSTS


def test_what_is_said_of_the_member_on_one_long_line_is_no_text_of_the_post():
    panel = "{name} Member\nJoin Date: Mar 2004 Location: Wigan Posts: 412 | Who pays when Dad is in hospital for a month?"
    blocks = board(NAMES, panel)
    odds = furniture.odds_of_text(blocks)
    found = items.split(blocks, furniture.label(blocks, odds), "", odds).items
    assert [i.text for i in found] == POSTS
