"""What a language model answers is checked word by word, in every language; no answer stops the reader."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twinbook.reading.finding import Reading
from twinbook.reading.page import Page, clean_text
from twinbook.reading.pipeline import read_story
from twinbook.reading.reader import find_reader
from twinbook.reading.readers.language_model.grounding import are_words_of, find_quote, is_name_in, is_said
from twinbook.reading.readers.language_model.hearing import hear
from twinbook.reading.story import Story
from twinbook.vocabulary.concept import concepts

RUSSIAN = (
    "Мэр Иркутска встретился с делегацией Канадзавы\n"
    "Во вторник мэр Иркутска Павел Заречный принял гостей из Канадзавы.\n"
    "Горсть земли из сада Кэнроку-эн хранится теперь в музее истории Иркутска.\n"
    "Обмен школьниками идёт с 1994 года, а в конце октября 2019 года ждут хор.\n"
)
EARTH = "Горсть земли из сада Кэнроку-эн хранится теперь в музее истории Иркутска."


def read(text: str, language: str) -> tuple[Reading, Story]:
    reading, story = read_story(Page.of_text(text, language=language), language=language)
    assert story is not None
    return reading, story


def told(findings: Any, text: str = RUSSIAN, language: str = "ru") -> Reading:
    reading, story = read(text, language)
    return hear(json.dumps({"findings": findings}, ensure_ascii=False), story, reading)


def added(reading: Reading) -> list[Any]:
    lists = (reading.ties, reading.activities, reading.landmarks, reading.people, reading.organisations)
    return [item for listed in lists for item in listed if item.read_by]


@pytest.mark.parametrize(
    ("name", "text", "stands"),
    [
        ("Иркутск", "мэр Иркутска", True),
        ("Канадзава", "гости из Канадзавы", True),
        ("Павел Заречный", "с Павлом Заречным", True),
        ("Пётр Орёл", "с Петром Орлом", True),
        ("Иркутская область", "в Иркутской области", True),
        ("Токио", "из Токио", True),
        ("Токио", "в Токае", False),
        ("Орёл", "в Орске", False),
        ("Чита", "читает книгу", False),
        ("Уфа", "в Уфе", True),
        ("Павел Заречный", "Павел сказал, что Заречный приедет", False),
        ("Иркутск Канадзава", "Канадзава и Иркутск", False),
        ("金沢", "金沢市を訪問した", True),
        ("金沢市", "金沢を訪問した", False),
        ("イルクーツク", "イルクーツク市長", True),
        ("St. Petersburg", "to St Petersburg in May", True),
        ("Ashikaga", "Springfield and ASHIKAGA", True),
        ("", "Springfield", False),
        ("…", "Springfield …", False),
    ],
)
def test_a_name_stands_in_its_sentence_in_whatever_case(name: str, text: str, stands: bool) -> None:
    assert is_name_in(name, text) is stands


def test_a_titles_words_may_stand_apart() -> None:
    assert are_words_of("горсть земли в музее", EARTH)
    assert not are_words_of("горсть золота в музее", EARTH)


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("1994", True),
        ("1994/..", True),
        ("1994-05", False),
        ("1994-05-01", False),
        ("1995", False),
        ("2019-10-2X", True),
        ("2019-10", True),
        ("2019", True),
        ("2019-10-25", False),
        ("2018/2019", False),
        ("../2019", True),
        ("soon", False),
        ("", False),
        ("9999-99", False),
    ],
)
def test_a_date_is_no_finer_than_its_sentence(edtf: str, said: bool) -> None:
    _, story = read(RUSSIAN, "ru")
    sentence = story.sentences[-1]

    assert is_said(edtf, [(sentence.start, sentence.end)], story) is said


def test_a_quote_stands_in_the_story_to_the_character() -> None:
    _, story = read(RUSSIAN, "ru")

    span = find_quote("в музее истории Иркутска", story)

    assert span is not None and RUSSIAN[slice(*span)] == "в музее истории Иркутска"
    assert find_quote("в Музее истории Иркутска", story) is None
    assert find_quote("в музее  истории Иркутска", story) is None
    assert find_quote("мэр", story) is None


def test_a_finding_in_russian_keeps_base_forms_and_whole_sentences() -> None:
    reading = told(
        [
            {
                "type": "landmark",
                "kind": "other",
                "name": "Горсть земли",
                "place": "Иркутск",
                "honours": None,
                "quote": EARTH,
            }
        ]
    )

    (landmark,) = added(reading)
    assert (landmark.name, landmark.place, landmark.read_by) == ("Горсть земли", "Иркутск", "language-model")
    assert [piece.quote for piece in landmark.evidence] == [EARTH]


def test_what_the_rules_have_is_not_added_again() -> None:
    reading, story = read(RUSSIAN, "ru")
    person = reading.people[0]

    again = told(
        [{"type": "person", "name": person.name, "quote": "мэр Иркутска Павел Заречный принял гостей"},
         {"type": "person", "name": "Заречный", "quote": "мэр Иркутска Павел Заречный принял гостей"}]
    )  # fmt: skip

    assert added(again) == []
    assert again.people == reading.people


def test_names_alone_make_no_page_relevant() -> None:
    text = "Дождь в выходные\nВ субботу в Иркутске обещают дождь, сказал синоптик Олег Ветров.\n"
    quote = "В субботу в Иркутске обещают дождь, сказал синоптик Олег Ветров."

    assert not told([{"type": "person", "name": "Олег Ветров", "quote": quote}], text).relevant


def test_letters_that_no_database_holds_are_taken_out() -> None:
    title = "Горсть\x00 земли\ud800\n\u202eиз сада"

    (activity,) = added(told([{"type": "activity", "kind": "aid", "status": "done", "title": title, "quote": EARTH}]))

    assert activity.title == clean_text(activity.title).text
    assert "\n" not in activity.title


def test_the_question_names_the_codes_of_the_vocabulary_and_holds_the_page_as_data() -> None:
    reading, story = read(RUSSIAN, "ru")
    reader = find_reader("language-model")
    assert reader.question is not None

    question = reader.question(story, reading)

    assert question is not None
    for scheme in ("activity_kinds", "tie_kinds", "statuses", "areas", "landmark_kinds"):
        assert all(f'"{code}"' in question.rules for code, one in concepts(scheme).items() if not one.retired)
    assert json.loads(question.page)["text"] == "\n".join(RUSSIAN.splitlines())


def test_a_page_without_a_story_asks_nothing() -> None:
    reading, story = read("\n", "ru")
    reader = find_reader("language-model")
    assert reader.question is not None

    assert reader.question(story, reading) is None


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40)
    | st.sampled_from([EARTH, "Иркутск", "Канадзава", "tie", "activity", "person", "landmark", "organisation", "done",
                       "aid", "sister_city", "1994", "1994-05-01", "2019-10-2X", "XXXX-13", "../..", "1994/1990"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip
KEYS = [
    "type",
    "quote",
    "kind",
    "status",
    "title",
    "name",
    "between",
    "places",
    "areas",
    "when",
    "since",
    "role",
    "place",
]
FINDINGS = st.lists(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=10) | VALUES, max_size=5)
STORIES = [read(RUSSIAN, "ru"), read("金沢市とイルクーツク市は姉妹都市である。\n市長が訪問した。\n", "ja")]


@settings(max_examples=300, deadline=None)
@given(FINDINGS, st.sampled_from(STORIES), st.booleans())
def test_no_answer_stops_the_reader_or_adds_what_does_not_stand_there(
    findings: Any, story_of: tuple[Reading, Story], is_good: bool
) -> None:
    before, story = story_of
    if is_good:
        findings = [one | {"type": "activity", "quote": EARTH, "kind": "aid", "status": "done"}
                    for one in findings if isinstance(one, dict)]  # fmt: skip

    after = hear(json.dumps({"findings": findings}), story, before)

    assert after.text == before.text
    for item in added(after):
        assert item.evidence and all(piece.stands_in(after.text) for piece in item.evidence)
        assert clean_text(json.dumps(item.__dict__, default=str, ensure_ascii=False)).dropped == ()
    assert [item for item in (*after.ties, *after.activities) if not item.read_by] == [*before.ties, *before.activities]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda raw: raw.decode("latin-1")))
def test_no_words_stop_the_reader(answer: str) -> None:
    before, story = STORIES[0]

    assert added(hear(answer, story, before)) == []
