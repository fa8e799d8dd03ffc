"""English sentences, names, posts and speech, on sentences of our own."""

from __future__ import annotations

import pytest

from twinbook.reading.finding import Reading
from twinbook.reading.language import language_pack
from twinbook.reading.page import Page
from twinbook.reading.pipeline import read_page
from twinbook.reading.story import Sentence, Story


def story_of(*paragraphs: str) -> Story:
    """A story of these paragraphs with its names."""
    grammar = language_pack("en").grammar
    text = "\n\n".join(paragraphs)
    spans, at = [], 0
    for paragraph in paragraphs:
        spans.append((at, at + len(paragraph)))
        at += len(paragraph) + 2
    sentences = tuple(Sentence(a, b, n) for n, span in enumerate(spans) for a, b in grammar.find_sentences(text, *span))
    story = Story(text, "en", tuple(spans), tuple(spans), sentences)
    return Story(text, "en", tuple(spans), tuple(spans), sentences, names=tuple(grammar.find_names(story)))


def quotes_of(*paragraphs: str) -> list[tuple[str | None, str]]:
    story = story_of(*paragraphs)
    return [(q.speaker, story.text[q.start : q.end]) for q in language_pack("en").grammar.find_quotes(story)]


def people_of(text: str) -> dict[str, str | None]:
    """Name → post, of the first mention that states one."""
    found: dict[str, str | None] = {}
    for name in story_of(text).names:
        if name.kind == "person":
            found[name.name] = found.get(name.name) or name.role
    return found


def read(*paragraphs: str) -> Reading:
    return read_page(Page.of_text("News of the week\n\n" + "\n\n".join(paragraphs)))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Mr. Roe and Dr. P. J. Lund met at 6 p.m. on Friday. They dined.", 2),
        ("It was in St. Louis, Mo. The band played.", 2),
        ("“Will it last?” he asked. “Yes!”", 2),
        ("They left at 6 a.m. The bus was late.", 2),
        ("The U.S. Consulate of Roe Co. Ltd. is shut.", 1),
        ("Wait ... and see. Done.", 2),
    ],
)
def test_sentences_end_at_points_that_end_them(text: str, count: int) -> None:
    spans = language_pack("en").grammar.find_sentences(text, 0, len(text))

    assert len(spans) == count
    assert "".join(text[a:b] for a, b in spans).replace(" ", "") == text.replace(" ", "")


def test_a_long_sentence_is_cut_at_white_space() -> None:
    text = "word " * 1500

    spans = language_pack("en").grammar.find_sentences(text, 0, len(text))

    assert max(b - a for a, b in spans) <= 2000


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("The Lord Mayor of Leeds, Coun Ada Pike, spoke.", {"Ada Pike": "Lord Mayor of Leeds"}),
        ("Rennes mayor Luc Morin came.", {"Luc Morin": "Rennes mayor"}),
        ("Odesa’s deputy mayor, Iryna Bondar, thanked them.", {"Iryna Bondar": "Odesa’s deputy mayor"}),
        (
            "Kurt Abel, youth officer of the Dortmund district, was there.",
            {"Kurt Abel": "youth officer of the Dortmund district"},
        ),
        ("They came with their teachers Ute Horn and Jens Falk.", {"Ute Horn": "teacher", "Jens Falk": "teacher"}),
        ("Deputy Head of Administration Olga Petrova left.", {"Olga Petrova": "Deputy Head of Administration"}),
        ("Our current ambassador is Lena Hart, 22.", {"Lena Hart": "current ambassador"}),
        ("Photo by Neil Marsh. A statue of Karl Weber was shown.", {}),
        ("Anna Klee of Leeds said so; Klee and A. Klee are one.", {"Anna Klee": None}),
    ],
)
def test_posts_are_read_as_stated(text: str, people: dict[str, str | None]) -> None:
    assert people_of(text) == people


@pytest.mark.parametrize(
    ("paragraphs", "quotes"),
    [
        (
            ["“It rained,” said Ann Lee. “We sang.”"],
            [("Ann Lee", "It rained,” said Ann Lee. “We sang.")],
        ),
        (['Ann Lee said: "It rained all day."'], [("Ann Lee", "It rained all day.")]),
        (
            ["Mayor Bo Lund met Ann Lee.", '"We sang for an hour," the mayor recalled.'],
            [("Bo Lund", "We sang for an hour,")],
        ),
        (
            ["Ann Lee came. Bob Hill stayed.", "“I was tired,” he said."],
            [("Bob Hill", "I was tired,")],
        ),
        (
            ["“It was a long way to come,” said Ann Lee. “Nobody slept.", "“In the end we sang.”"],
            [("Ann Lee", "It was a long way to come,” said Ann Lee. “Nobody slept.\n\n“In the end we sang.")],
        ),
        (["– It rained, said Ann Lee. – We sang."], [("Ann Lee", "It rained, said Ann Lee. – We sang.")]),
        (["The book “Prairie and Sea” and the “Friendship Cup” were shown to Ann Lee."], []),
        (["‘It rained all day,’ said Ann Lee. It’s the girls’ hat."], [("Ann Lee", "It rained all day,")]),
        (
            ["Ann Lee spoke of “a town in which every roof has a garden”."],
            [("Ann Lee", "a town in which every roof has a garden")],
        ),
    ],
)
def test_speech_has_its_speaker(paragraphs: list[str], quotes: list[tuple[str, str]]) -> None:
    assert quotes_of(*paragraphs) == quotes


@pytest.mark.parametrize(
    ("text", "ties"),
    [
        ("Worthing has been twinned with Elztal since 1988.", [({"Worthing", "Elztal"}, "sister_city", "1988")]),
        (
            "In 1973 Darmstadt and Chesterfield signed a twinning charter.",
            [({"Darmstadt", "Chesterfield"}, "sister_city", "1973")],
        ),
        (
            "Guests from Fukuoka, Oakland's sister city since 1962, toured the port.",
            [({"Fukuoka", "Oakland"}, "sister_city", "1962")],
        ),
        ("Twin brothers from Leeds met a friend from Lille.", []),
    ],
)
def test_ties_join_the_two_places(text: str, ties: list[tuple[set[str], str, str | None]]) -> None:
    found = read(text, "More than one hundred people came to the hall to hear about it and stayed until late.").ties

    assert [(set(tie.between), tie.kind, tie.since) for tie in found] == ties


def test_countries_tell_namesakes_apart() -> None:
    reading = read(
        "A tree from Halifax, Canada, was lit in our twin town of Hakodate. Halifax has been its twin since 1982."
    )

    assert {place.name: place.country for place in reading.places if place.kind == "city"} == {
        "Halifax": "CA",
        "Hakodate": "JP",
    }


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Perth Mayor Grant Fielding opened the show.", {"Grant Fielding": "Perth Mayor"}),
        ("They met Mayor of Pune Sunil Kadu on Monday.", {"Sunil Kadu": "Mayor of Pune"}),
        (
            "She walked with Australian Consul-General Joan Penhall.",
            {"Joan Penhall": "Australian Consul-General"},
        ),
        (
            "With them came the Bishop of Truro, the Right Reverend Mark Lowe, and six pupils.",
            {"Mark Lowe": "Bishop of Truro"},
        ),
    ],
)
def test_holders_of_posts_stand_behind_places(text: str, people: dict[str, str | None]) -> None:
    assert people_of(text) == people


def test_who_met_somebody_asks_no_questions() -> None:
    quotes = quotes_of(
        "Mayor Anna Hull met the guests at noon. “Welcome home, all of you,” Hull said.",
        "The dancers were put off by rain.",
        "Driver Paul Conlon says he has packed his tent. “I never trust a forecast at all.”",
    )
    assert [speaker for speaker, _ in quotes] == ["Anna Hull", "Paul Conlon"]


def test_a_quarterly_tells_the_year_of_its_days() -> None:
    paragraphs = [
        "Bath Twinning News, Summer 2011",
        "Guests from Aix",
        "A delegation from our twin town Aix-en-Provence visited Bath on 3 June. The Mayor of Bath received them.",
    ]
    reading = read_page(Page.of_text("\n\n".join(paragraphs)))
    assert reading.published == "2011-22"
    assert "2011-06-03" in {activity.when for activity in reading.activities}


def test_a_dateline_is_no_day_of_an_activity() -> None:
    reading = read(
        "February 3, 2021",
        "OSLO, Feb. 3, 2021 — Biologists in Oslo and its twin town Leeds, England, will count whales "
        "under a joint research project.",
    )
    assert reading.activities
    assert "2021-02-03" not in {activity.when for activity in reading.activities}
