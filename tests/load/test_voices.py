"""Who speaks each sentence."""

import pytest

from cuttings.load import quotes, sentences
from cuttings.load.names import Person
from cuttings.load.speakers import Voice
from cuttings.load.voices import attribute, attribute_all


def speak(*paragraphs: str) -> list[tuple[str, str, bool]]:
    """``(name or role or kind of the voice, first word of the sentence, quoted)`` of each sentence."""
    voices, spoken = attribute(paragraphs, Person("Writer"))
    text = "\n\n".join(paragraphs)
    named = [v.person.name or v.person.role or v.kind for v in voices]
    return [(named[s.voice], text[s.start : s.end].split()[0].strip("“‘'\"`"), s.quoted) for s in spoken]


@pytest.mark.parametrize(
    "text",
    [
        "“It will rain all day,” said Ada Quill.",
        "Ada Quill said: ‘It will rain all day.’",
        "'It will rain', Ada Quill told the Gazette, 'and it will not stop.'",
        '"It will rain all day," Ada Quill, a farmer, warned.',
        "According to Ada Quill, it will rain all day.",
        "Ada Quill argued that it would rain all day.",
        "`It will rain all day,` said Ada Quill.",
    ],
)
def test_a_reporting_clause_gives_the_sentence_to_its_source(text):
    assert [name for name, _, _ in speak(text)] == ["Ada Quill"]


def test_a_quotation_goes_on_with_its_speaker():
    found = speak("“It will rain,” said Ada Quill. “It always does. Nobody minds.”")
    assert [name for name, _, _ in found] == ["Ada Quill"] * 3
    assert all(quoted for _, _, quoted in found)


def test_a_quotation_over_paragraphs_goes_on_without_a_closing_mark():
    found = speak("“It will rain,” said Ada Quill. “It always does.", "“And nobody minds at all.”")
    assert [name for name, _, _ in found] == ["Ada Quill"] * 3


def test_a_paragraph_that_opens_with_a_quotation_goes_on_with_the_last_speaker():
    found = speak("“It will rain,” said Ada Quill.", "“The hay is ruined all the same.”", "It rained.")
    assert [name for name, _, _ in found] == ["Ada Quill", "Ada Quill", "Writer"]


def test_a_colon_before_a_quotation_gives_it_to_the_person_before():
    found = speak("Ada Quill is not hopeful: “It will rain from here to Easter and longer.”")
    assert [name for name, _, _ in found] == ["Ada Quill"]


def test_a_pronoun_without_anybody_before_it_is_a_speaker_without_a_name():
    found = speak("“It will rain from here to Easter and longer,” she said.")
    assert [name for name, _, _ in found] == ["speaker"]


def test_a_phrase_between_source_and_verb_does_not_hide_the_source():
    voices, _ = attribute(["A report by officers, seen by the Gazette, warns that hay is dear."], Person())
    assert voices[1].kind == "document"
    voices, _ = attribute(["Hay, the union said, is dear."], Person())
    assert voices[1].person.role == "union"


def test_a_pronoun_leads_back_to_the_last_speaker():
    found = speak("Ada Quill said it would rain.", "She said the hay was ruined.")
    assert [name for name, _, _ in found] == ["Ada Quill", "Ada Quill"]


def test_a_surname_leads_back_to_the_full_name():
    voices, _ = attribute(
        ["Ada Quill, a farmer, said it would rain.", "Quill said the hay was ruined."], Person()
    )
    assert [v.person.name for v in voices] == ["", "Ada Quill"]


def test_a_role_and_a_body_are_told_from_the_name():
    voices, _ = attribute(["Loxley BC social services director Ada Quill said it would rain."], Person())
    assert voices[1].person == Person("Ada Quill", "social services director", "Loxley BC")


@pytest.mark.parametrize(
    ("text", "role", "organisation"),
    [
        ("Children's guardians said that it rained.", "Children's guardians", ""),
        ("Last week the health secretary said that it rained.", "health secretary", ""),
        ("A manager in the West Country said that it rained.", "manager in the West Country", ""),
        ("A director whose county takes in two PCTs said that it rained.", "director", ""),
        ("Your correspondent said that it rained.", "correspondent", ""),
    ],
)
def test_a_speaker_known_by_role_alone_has_no_name_and_no_body_of_common_words(text, role, organisation):
    voices, _ = attribute([text], Person())
    assert voices[1].person == Person(role=role, organisation=organisation)


def test_a_document_is_a_voice():
    voices, spoken = attribute(["The survey finds that hay is dear."], Person())
    assert (voices[spoken[0].voice].kind, voices[spoken[0].voice].person.name) == ("document", "survey")


@pytest.mark.parametrize(
    "text",
    [
        "So-called “partnership” is a word that farmers distrust.",
        "The trees have been planted, and some farmers are told by nobody.",
        "I would say that hay is dear.",
        "The fear culture rules again as prices rise.",
        "Hay prices, announced in the spring, are higher than last year.",
    ],
)
def test_scare_quotes_passives_and_the_writers_own_words_stay_the_writers(text):
    assert [name for name, _, _ in speak(text)] == ["Writer"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Some farmers have been told that they are on their own.", "that they are on their own"),
        ("The barns are expected to stay empty.", "The barns"),
        ("Four drovers were accused of moving the fence.", "of moving the fence"),
    ],
)
def test_what_is_said_without_a_teller_is_an_unnamed_voices_in_the_news(text, words):
    voices, (sentence,) = attribute([text], Person())
    assert voices[sentence.voice] == Voice("speaker", Person())
    assert words in [text[a:b] for a, b, _ in sentence.speech]


def test_where_the_writer_argues_what_is_said_without_a_teller_stays_the_writers():
    text = "I keep sheep, and my barns are expected to stay empty."
    assert [name for name, _, _ in speak(text)] == ["Writer"]


def test_the_one_unnamed_voice_is_nobody_whom_a_pronoun_means():
    voices, spoken = attribute(
        ["Ada Quill, a farmer, said it rained.", "The barns are said to be empty.", "She said hay was dear."],
        Person(),
    )
    assert [voices[s.voice].person.name for s in spoken] == ["Ada Quill", "", "Ada Quill"]


@pytest.mark.parametrize(
    ("sentences", "name"),
    [
        (
            ["Ben Tarn said it rained.", "Mayor Ada Quill ducked reporters.", "But she claimed it was dry."],
            "Ada Quill",
        ),
        (
            ["Sen. Ada Quill kept sheep.", "Ben Tarn said it rained.", "The senator said it was dry."],
            "Ada Quill",
        ),
        (["Ada Quill kept sheep.", "Ben Tarn said it rained.", "Ada said it was dry."], "Ada Quill"),
        (["City Councilman Ben Tarn kept sheep.", "Tarn said it was dry."], "Ben Tarn"),
    ],
)
def test_whoever_is_meant_is_led_back_to_the_full_name(sentences, name):
    voices, spoken = attribute([" ".join(sentences)], Person())
    assert voices[spoken[-1].voice].person.name == name


@pytest.mark.parametrize(
    "text",
    [
        "“Never again,” slurred Ada Quill.",
        "“Never again,” Quill slurred, and left.",
        "“Never again,” groused retired drover Ada Quill, 66.",
    ],
)
def test_any_verb_beside_a_quotation_says_it(text):
    voices, spoken = attribute(["Ada Quill, a farmer, kept sheep.", text], Person())
    assert voices[spoken[-1].voice].person.name == "Ada Quill"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The sheds were empty, state records show.", "state records"),
        ("A poll of farmers had Quill ahead by nine points.", "poll of farmers"),
        ("Figures published today show 40 empty sheds.", "Figures"),
    ],
)
def test_polls_and_records_speak_whatever_the_tagger_makes_of_their_verb(text, who):
    voices, spoken = attribute([text], Person())
    person = voices[spoken[0].voice].person
    assert who in (person.name or person.role)


@pytest.mark.parametrize("deed", ["had nine members", "gave the farmers a barn", "put the hay in the barn"])
def test_bodies_do_what_polls_say(deed):
    voices, spoken = attribute(
        [f"Ada Quill said it rained. The committee {deed}, she said later. The committee {deed}."], Person()
    )
    assert spoken[-1].voice == 0


def test_what_is_said_without_a_teller_is_nobodys_whom_a_pronoun_leaves_open():
    voices, spoken = attribute(
        ["She said that it rained.", "The barns are expected to stay empty."], Person()
    )
    assert spoken[0].voice != spoken[1].voice


def test_apostrophes_end_no_quotation():
    text = "He said: 'The farmers' own view isn't ours.' That was all."
    assert [(q.start, q.end) for q in quotes.find([text])[0]] == [(9, 44)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One thing. Another thing.", 2),
        ("It was a matter of outcomes.These came late.", 2),
        ("Cllr. Quill and the Rt. Hon. Member met.", 1),
        ("Rep. Ada Quill spoke. Gov. Ben Tarn and Lt. Gov. Meg Fell did not.", 2),
        ("Hay is dear; the barn is empty.", 1),
        ("Hay is dear, and so am I. The barn is empty.", 2),
        ("He fled to the U.S. The barn is empty.", 2),
        ("`The hay is dear.` But the barn is empty.", 2),
        ("LOXLEY (GN) — Hay is dear.", 1),
        ("See http://paper.example/Articles/2010.htm for more. It is long.", 2),
    ],
)
def test_sentences_end_where_they_end(text, count):
    spans = sentences.split(text)
    assert len(spans) == count
    assert spans[0][0] == 0
    assert spans[-1][1] == len(text)


def test_the_words_spoken_leave_out_the_reporting_clause():
    text = "“It rattles,” said Ada Quill, “and it leaks.”"
    _, spoken = attribute([text], Person())
    assert [text[a:b] for a, b, _ in spoken[0].speech] == ["“It rattles,”", "“and it leaks.”"]
    text = "Ada Quill said that it leaked."
    _, spoken = attribute([text], Person())
    assert [text[a:b] for a, b, _ in spoken[0].speech] == ["that it leaked"]
    text = "“It leaks,” Ada Quill said, and left the room."
    _, spoken = attribute([text], Person())
    assert [text[a:b] for a, b, _ in spoken[0].speech] == ["“It leaks,”"]


def test_words_of_another_within_the_writers_sentence_are_speech_but_not_the_others_sentence():
    text = "The barn, which Ada Quill says is sound, was sold in the spring to a firm that has never seen it."
    _, spoken = attribute([text], Person())
    assert spoken[0].voice == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The administrator would not confirm that a complaint existed.", "that a complaint existed"),
        ("Ms Tarrant declined to say whether she had read it.", "whether she had read it"),
        ("The council did not deny that the beds were gone.", "that the beds were gone"),
    ],
)
def test_what_somebody_would_not_say_is_speech_but_the_sentence_stays_the_writers(text, words):
    found, (sentence,) = attribute([text], Person())
    assert sentence.voice == 0
    assert [text[a:b] for a, b, _ in sentence.speech] == [words]
    assert len(found) == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Her opponent lost no time, calling it “the fakest bed in Wiltshire since 1974”.", "it “the fakest bed in Wiltshire since 1974”"),
        ("The trust attributed the delay to “market alignment”.", "the delay to “market alignment”"),
        ("The plan fell on a demand by two dozen members of the union that the posts be kept.", "that the posts be kept"),
    ],
)  # fmt: skip
def test_words_are_another_s_by_participle_cause_and_noun(text, words):
    _, (sentence,) = attribute([text], Person())
    assert [text[a:b] for a, b, _ in sentence.speech] == [words]


def test_what_a_court_or_inquiry_heard_is_speech_and_what_a_person_heard_is_not():
    found, (sentence,) = attribute(["The inquiry heard that staff had complained for years."], Person())
    assert found[sentence.voice].person.name == "inquiry"
    assert attribute(["Ada Quill heard that the home would close."], Person())[1][0].voice == 0


@pytest.mark.parametrize(
    "text",
    [
        "Allies of the president believe the courts will side with him.",
        "Toxicologists fear that the well is poisoned.",
        "The agency plans to hire 400 inspectors.",
        "The president-elect dismissed the report as politically motivated.",
        "Her supporters see the inquiry as an attempt to silence her.",
    ],
)
def test_callings_plurals_and_what_is_meant_or_thought_of_something_are_read(text):
    assert attribute([text], Person())[1][0].voice > 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "She told officers she had fallen behind with her mortgage.",
            "she had fallen behind with her mortgage",
        ),
        ("Mr Sandoval acknowledged in a brief interview that his firm had paid.", "that his firm had paid"),
    ],
)
def test_a_clause_that_the_parser_hangs_on_a_listener_or_an_occasion_is_found(text, words):
    _, (sentence,) = attribute([text], Person())
    assert [text[a:b] for a, b, _ in sentence.speech] == [words]
    assert sentence.voice > 0


def test_in_the_news_two_voices_share_a_sentence_and_the_first_has_it():
    text = (
        "Democratic leaders said they would try again before the August recess, but two aides, speaking on condition of anonymity"
        " because they were not authorized to discuss strategy, acknowledged that the votes were not there."
    )
    found, (sentence,) = attribute([text], Person())
    assert found[sentence.voice].person.role == "leaders"
    assert len({voice for _, _, voice in sentence.speech}) == 2


def test_who_is_said_to_have_done_something_says_nothing():
    assert (
        attribute(["The consultant, said to have been suspended, has not been seen."], Person())[1][0].voice
        == 0
    )


def test_in_the_news_a_clause_beside_a_deed_makes_the_sentence_its_speakers():
    deed = "The council pulled the plan on Tuesday rather than see it fail, "
    news = [
        "Hexton will keep its homes.",
        f"{deed}conceding that it could not find the votes among those who want it sooner.",
    ]
    _, spoken = attribute(news, Person())
    assert spoken[1].voice > 0


def test_of_two_voices_in_one_sentence_the_main_assertion_wins():
    found = speak("Although aides said it would be dry, Ada Quill said that it would rain until Easter.")
    assert [name for name, _, _ in found] == ["Ada Quill"]


def test_an_interview_gives_answers_to_whoever_answers():
    found = speak(
        "We asked Ada Quill about the hay.",
        "Q: Is it dear?",
        "A: It is dear. It was always dear.",
        "Q: Why?",
        "A: Rain.",
    )
    assert [name for name, _, _ in found] == [
        "Writer",
        "Writer",
        "Ada Quill",
        "Ada Quill",
        "Writer",
        "Ada Quill",
    ]


def test_she_is_nobody_whom_the_text_calls_he():
    found = speak(
        "Mrs Ada Quill said it would rain.",
        "Mr Ben Tarn said it would not.",
        "“It will,” she said, and left the room.",
    )
    assert [name for name, _, _ in found] == ["Ada Quill", "Ben Tarn", "Ada Quill"]


def test_it_is_the_body_or_the_document_that_spoke_last():
    found = speak(
        "The council said it would rain.", "Ada Quill said it would not.", "It added that hay was dear."
    )
    assert [name for name, _, _ in found] == ["council", "Ada Quill", "council"]


def test_the_same_item_is_read_alike_alone_and_among_others():
    one, other = (
        ["Ada Quill said it would rain."],
        ["Hay is dear, according to Ben Tarn.", "He said so twice."],
    )
    alone = [attribute(p, Person()) for p in (one, other)]
    assert attribute_all([(one, Person()), (other, Person())]) == alone


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“It will rain,” Senator Ada Quill of Nevada, the chairwoman, said as she left.", "Ada Quill"),
        ("“It will rain,” Ada Quill, 54, told a neighbour on Monday.", "Ada Quill"),
        ("The builder, Ada Quill, has promised to mend the barn.", "Ada Quill"),
        ("One of them, Ada Quill, said it would rain.", "Ada Quill"),
        ("“It will rain,” replied his rival, Judge Ada Quill.", "Ada Quill"),
        ("Mrs Quill (Letters, 26 November) believes that it will rain.", "Quill"),
        ("Ada Quill of the Farmers Party wondered aloud whether it would rain.", "Ada Quill"),
        ("LITTLE LOXLEY, Wis. — Ada Quill said that it would rain.", "Ada Quill"),
        ("The barn that burnt, “which was the best we had,” he said.", "speaker"),
        ("The county council has called for the barn to be mended in May.", "county council"),
        ("Officials estimate that it will rain all day.", "Officials"),
        ("A federal judge ruled that it may rain all day.", "federal judge"),
        ("A study published last week in the journal Hay Today found that two barns are empty.", "study"),
    ],
)
def test_a_source_is_read_in_whatever_way_the_news_puts_it(text, name):
    voices, spoken = attribute([text], Person("Writer"))
    person = voices[spoken[0].voice].person
    assert (person.name or person.role or voices[spoken[0].voice].kind) == name


def test_she_is_whoever_the_first_name_says_before_whoever_spoke_last():
    found = speak(
        "Meredith Quill said it would rain.", "Saul Tarn said it would not.", "“It will,” she said, and left."
    )
    assert [name for name, _, _ in found] == ["Meredith Quill", "Saul Tarn", "Meredith Quill"]


def test_two_claims_of_one_voice_make_the_sentence_its_own():
    found = speak("Ada Quill called the filing a clerical mix-up and said her husband did the paperwork.")
    assert [name for name, _, _ in found] == ["Ada Quill"]


def test_what_the_writer_sums_up_is_no_part_of_what_was_said():
    text = "Ada Quill ruled that the barn was hers, a decision that leaves Ben Tarn in the rain."
    _, spoken = attribute([text], Person())
    assert [text[a:b] for a, b, _ in spoken[0].speech] == ["that the barn was hers"]


def test_another_clause_after_according_to_is_the_writers():
    text = "Hay is dear, according to the report, and two farmers now sell straw."
    _, spoken = attribute([text], Person())
    assert [text[a:b] for a, b, _ in spoken[0].speech] == ["Hay is dear"]


@pytest.mark.parametrize(
    "text",
    ["If farmers say that it rains, believe them not.", "The county rejected the application of the barn."],
)
def test_a_condition_and_a_deed_are_nobodys_words(text):
    assert [name for name, _, _ in speak(text)] == ["Writer"]


def test_questions_by_themselves_are_the_writers_and_their_answers_whoever_was_asked():
    paragraphs = ["Ben Tarn, 60, has kept sheep since he was a boy."]
    for n in range(4):
        paragraphs += [f"What did you do in year {n}?", f"I kept my {n} sheep, and they kept me."]
    voices, spoken = attribute(paragraphs, Person("Ada Quill"))
    assert [voices[s.voice].person.name for s in spoken] == ["Ada Quill", *["Ada Quill", "Ben Tarn"] * 4]


def test_a_quotation_with_a_name_behind_a_dash_is_that_persons():
    voices, spoken = attribute(
        ["“We have had forty years of barns full of papers” – Ada Quill, farmer"], Person()
    )
    assert voices[spoken[0].voice].person.name == "Ada Quill"


def test_a_paragraph_that_announces_who_said_it_gives_them_the_quotation_below():
    voices, spoken = attribute(
        ["Ada Quill, chief executive of the board, said:", "“Nobody has run off with the hay. It is there.”"],
        Person(),
    )
    assert {voices[s.voice].person.name for s in spoken[1:]} == {"Ada Quill"}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "My daughter left us after three years. She said that I had become a data clerk to her.",
            "daughter",
        ),
        (
            "I asked the cabinet member how this was done. She told me that a return came in.",
            "cabinet member",
        ),
        ("When I asked the duty manager, he told me that nobody had counted them.", "duty manager"),
        ("A mother whom I knew shut the door on me. “We saw you on the telly,” she said.", "mother"),
    ],
)
def test_a_pronoun_means_whoever_a_writer_told_of_though_nobody_is_named(text, role):
    assert role in [name.lower().removeprefix("the ") for name, _, _ in speak(text)][-1]
