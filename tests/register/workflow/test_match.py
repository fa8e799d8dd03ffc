"""Matching: same, new or unsure, with the reason; across scripts, sources and languages."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from register.conftest import Clock
from register.readings import IRKUTSK, KANAZAWA, activity, card_of, queued, reading, waiting_page
from twinbook.register.models import Record
from twinbook.register.queries import records
from twinbook.register.queries.values import ActivityShown, PersonShown, PlaceShown
from twinbook.register.workflow import capture, decide, enter
from twinbook.register.workflow.enter import Given
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.match import match_organisation, match_person, match_place


def place(name: str, language: str, olga: User, clock: Clock, country: str = "", kind: str = "city") -> str:
    return enter.find_or_make_place(name, language=language, country=country, kind=kind, by=olga, at=clock())


@pytest.mark.parametrize(
    ("name", "language"), [("Канадзава", "ru"), ("金沢", "ja"), ("金沢市", "ja"), ("Kanazawa", "en")]
)
def test_a_place_is_known_in_every_script(name: str, language: str, olga: User, clock: Clock) -> None:
    known = place("Kanazawa", "en", olga, clock, "JP")

    match = match_place(name)

    assert (match.verdict, match.record and match.record.public_id) == ("same", known)


def test_kanazawa_in_three_scripts_is_one_record(olga: User, clock: Clock) -> None:
    ids = {place(*told, olga, clock) for told in (("Канадзава", "ru"), ("金沢", "ja"), ("Kanazawa", "en"))}

    assert len(ids) == 1


@pytest.mark.parametrize(
    ("english", "country", "others"),
    [
        ("Gangneung", "KR", ["Каннын", "江陵", "江陵市"]),
        ("Eugene", "US", ["Юджин", "ユージーン"]),
        ("Ulan Bator", "MN", ["Улан-Батор", "ウランバートル"]),
        ("Pforzheim", "DE", ["Пфорцхайм", "プフォルツハイム"]),
        ("Ningbo", "CN", ["Нинбо", "寧波"]),
        ("Vilnius", "LT", ["Вильнюс", "ヴィリニュス"]),
    ],
)
def test_partners_of_irkutsk_in_three_scripts(
    english: str, country: str, others: list[str], olga: User, clock: Clock
) -> None:
    known = place(english, "en", olga, clock, country)

    assert {match.record.public_id for name in others if (match := match_place(name)).record} == {known}


def test_two_suzhous_are_not_guessed(olga: User, clock: Clock) -> None:
    assert match_place("Сучжоу").code == "unsure-namesakes"


def test_a_region_is_not_its_town(olga: User, clock: Clock) -> None:
    town = place("Pordenone", "en", olga, clock, "IT")

    region = place("Pordenone", "en", olga, clock, "IT", kind="region")

    assert town != region


def test_a_name_in_another_country_is_another_place(olga: User, clock: Clock) -> None:
    first = place("Syracuse", "en", olga, clock, "US")
    second = place("Syracuse", "en", olga, clock, "IT")

    assert first != second
    assert match_place("Syracuse").verdict == "unsure"
    assert len(match_place("Syracuse").candidates) == 2
    assert match_place("Syracuse", country="IT").verdict == "same"


def test_namesakes_of_like_size_are_not_guessed(olga: User, clock: Clock) -> None:
    match = match_place("Springfield")

    assert (match.verdict, match.code, match.entry) == ("new", "unsure-namesakes", None)


def test_the_namesake_that_the_office_deals_with_is_meant(olga: User, clock: Clock) -> None:
    known = place("Springfield", "en", olga, clock)
    note = capture.capture_text("Springfield, Massachusetts", kind="note", by=olga, at=clock()).source
    enter.enter("place", [Given("identifier", "geonames:4951788")], source=note, record=known, by=olga, at=clock())

    assert match_place("Спрингфилд").verdict in {"same", "new"}
    match = match_place("Springfield")
    assert match.record is not None and match.record.public_id == known


def test_the_gazetteers_facts_have_their_row_as_evidence(olga: User, clock: Clock) -> None:
    shown = records.record(place("Канадзава", "ru", olga, clock))

    assert isinstance(shown, PlaceShown)
    assert (shown.country, round(shown.latitude or 0), shown.identifiers) == ("JP", 37, {"geonames": "1860243"})
    country = shown.stated["country"][0]
    assert (country.quote, country.source.publisher, country.rank) == ("JP", "GeoNames", 2)


def person(name: str, olga: User, clock: Clock, post: str = "mayor", of: str = "") -> str:
    note = capture.capture_text(f"{name} {post}", kind="note", by=olga, at=clock()).source
    made = enter.enter("person", [Given("name", name, "ru")], source=note, by=olga, at=clock())
    given = [Given("person", made.record), Given("post", post), *([Given("of", of)] if of else [])]
    enter.enter("holding", given, source=note, by=olga, at=clock())
    return made.record


def test_a_name_alone_is_never_enough_for_a_person(olga: User, clock: Clock) -> None:
    irkutsk, known = _with_mayor(olga, clock)

    assert match_person("Олег Лесников", post="mayor").verdict == "same"
    assert match_person("Лесников Олег", post="mayor").verdict == "same"
    assert match_person("Олег Лесников").verdict == "unsure"
    assert match_person("Олег Лесников", post="teacher").verdict == "unsure"
    assert match_person("О. Лесников", post="mayor").verdict == "unsure"
    assert match_person("Ольга Петрова", post="mayor").verdict == "new"
    same = match_person("Олег Лесников", of=Record.objects.get(public_id=irkutsk))
    assert same.record is not None and same.record.public_id == known


def _with_mayor(olga: User, clock: Clock) -> tuple[str, str]:
    irkutsk = place("Иркутск", "ru", olga, clock)
    return irkutsk, person("Олег Лесников", olga, clock, of=irkutsk)


def test_the_holder_of_the_post_in_another_script_is_a_question(olga: User, clock: Clock) -> None:
    irkutsk, known = _with_mayor(olga, clock)

    match = match_person("オレグ・レスニコフ", of=Record.objects.get(public_id=irkutsk), post="mayor")

    assert (match.verdict, match.code) == ("unsure", "unsure-person-post")
    assert [(record.public_id, code) for record, code, _ in match.candidates] == [(known, "unsure-person-post")]
    assert match_person("Пётр Седов", of=Record.objects.get(public_id=irkutsk), post="mayor").verdict == "new"


def test_an_unsure_person_must_be_chosen(olga: User, clock: Clock) -> None:
    _with_mayor(olga, clock)
    text = "Олег Лесников открыл выставку."
    said = reading(text, people=[{"name": "Олег Лесников", "role": None, "represents": None, "evidence": [text]}])
    card = card_of(queued(text, said, by=olga, at=clock()), "person")
    assert card.verdict == "unsure"

    with pytest.raises(NotPossibleError, match="choose the record"):
        decide.accept(card.id, by=olga, at=clock())
    assert decide.accept_page(card.source, by=olga, at=clock()) == ()
    other = decide.accept(card.id, by=olga, at=clock(), record="")

    assert Record.objects.filter(kind="person", is_standing=True).count() == 2
    assert other.record not in {candidate.thing.id for candidate in card.candidates}


def test_almost_the_same_organisation_is_a_question(olga: User, clock: Clock) -> None:
    note = capture.capture_text("Школа № 14 города Иркутска", kind="note", by=olga, at=clock()).source
    name = Given("name", "Школа № 14 города Иркутска", "ru")
    enter.enter("organisation", [name], source=note, by=olga, at=clock())

    assert match_organisation("школа № 14 города Иркутска").verdict == "same"
    assert match_organisation("Школа № 44 города Иркутска").verdict == "unsure"
    assert match_organisation("Филармония").verdict == "new"


JAPANESE = "9月16日、金沢市長はイルクーツク市長を訪ね、会談した。"
ENGLISH = "On 16 September 2019 the mayors of Irkutsk and Kanazawa met in Irkutsk."


def meeting(title: str, text: str, language: str, places: list[str], when: str = "2019-09-16") -> dict[str, object]:
    named = [{"name": name, "kind": "city", "country": None} for name in places]
    one = activity(title, [text], kind="meeting", areas=["governance"], when=when) | {"places": places}
    return reading(text, language, places=named, activities=[one])


def test_one_event_in_three_languages_is_one_record_with_three_sources(olga: User, clock: Clock) -> None:
    first = decide.accept_page(waiting_page(olga, clock()), by=olga, at=clock())
    japanese = queued(JAPANESE, meeting("市長の会談", JAPANESE, "ja", ["イルクーツク", "金沢"]), by=olga, at=clock())
    english = queued(ENGLISH, meeting("mayors meet", ENGLISH, "en", ["Irkutsk", "Kanazawa"]), by=olga, at=clock())

    cards = [card_of(source, "activity") for source in (japanese, english)]
    joined = [decide.accept(card.id, by=olga, at=clock(), version=card.version) for card in cards]

    assert [(card.verdict, card.match_reason.code) for card in cards] == [("same", "same-event-elsewhere")] * 2
    assert {one.record for one in joined} <= {one.record for one in first}
    shown = records.record(joined[0].record)
    assert isinstance(shown, ActivityShown)
    assert shown.title == {"ru": "встреча мэров", "ja": "市長の会談", "en": "mayors meet"}
    assert len({stated.source.id for stated in shown.stated["when"]}) == 3
    assert len(shown.places) == 2


def test_a_name_that_many_sources_give_is_one_name(olga: User, clock: Clock) -> None:
    decide.accept_page(waiting_page(olga, clock()), by=olga, at=clock())
    text = "Мэр Иркутска Олег Лесников открыл неделю Японии."
    mayor = {"name": "Олег Лесников", "role": "мэр Иркутска", "represents": "Иркутск", "evidence": [text]}
    card = card_of(queued(text, reading(text, places=[IRKUTSK], people=[mayor]), by=olga, at=clock()), "person")

    decided = decide.accept(card.id, by=olga, at=clock())

    shown = records.record(decided.record)
    assert isinstance(shown, PersonShown)
    assert card.verdict == "same"
    assert [name.text for name in shown.names] == ["Олег Лесников"]
    assert len(shown.stated["name"]) == 2
    assert len(shown.posts) == 1


def test_what_one_page_tells_apart_is_not_one(olga: User, clock: Clock) -> None:
    text = "Город прислал помощь после паводка. Раньше он уже присылал помощь городу."
    first, second = text.split(". ")
    told = [
        activity("помощь после паводка", [first], kind="aid", areas=["humanitarian"]),
        activity("помощь городу", [second], kind="aid", areas=["humanitarian"]),
    ]
    source = queued(text, reading(text, places=[IRKUTSK, KANAZAWA], activities=told), by=olga, at=clock())

    decided = decide.accept_page(source, by=olga, at=clock())

    assert len({one.record for one in decided}) == 2


def test_another_day_is_another_event(olga: User, clock: Clock) -> None:
    decide.accept_page(waiting_page(olga, clock()), by=olga, at=clock())

    source = queued(
        ENGLISH, meeting("mayors meet", ENGLISH, "en", ["Irkutsk", "Kanazawa"], "2021-05-02"), by=olga, at=clock()
    )

    assert card_of(source, "activity").verdict == "new"


def test_a_month_without_a_like_title_is_a_question(olga: User, clock: Clock) -> None:
    decide.accept_page(waiting_page(olga, clock()), by=olga, at=clock())

    source = queued(
        ENGLISH, meeting("mayors meet", ENGLISH, "en", ["Irkutsk", "Kanazawa"], "2019-09"), by=olga, at=clock()
    )
    card = card_of(source, "activity")

    assert (card.verdict, [c.thing.name("ru") for c in card.candidates]) == ("unsure", ["встреча мэров"])


def test_the_same_programme_from_another_page_is_the_same(olga: User, clock: Clock) -> None:
    decide.accept_page(waiting_page(olga, clock()), by=olga, at=clock())
    text = "Обмен школьными делегациями между городами идёт с 1989 года."
    said = reading(
        text,
        places=[IRKUTSK, KANAZAWA],
        activities=[
            activity("обмен школьными делегациями", [text], areas=["education"], status="ongoing", when="1989/..",
                     recurring=True)
        ],
    )  # fmt: skip

    card = card_of(queued(text, said, by=olga, at=clock()), "activity")

    assert card.verdict == "unsure"  # its beginning contradicts ours: a person must see it
    joined = decide.accept(card.id, by=olga, at=clock(), record=card.candidates[0].thing.id)
    dispute = records.disputes()
    assert [(d.record.id, d.property, sorted(str(s.value) for s in d.sides)) for d in dispute] == [
        (joined.record, "when", ["1989/..", "1994/.."])
    ]


def test_a_programme_in_other_words_or_another_language_is_a_question(olga: User, clock: Clock) -> None:
    decide.accept_page(waiting_page(olga, clock()), by=olga, at=clock())
    text = "Молодёжь ездит друг к другу с 1989 года."
    said = reading(
        text,
        places=[IRKUTSK, KANAZAWA],
        activities=[activity("взаимные поездки молодёжи", [text], areas=["youth"], status="ongoing", when="1989/..")],
    )

    card = card_of(queued(text, said, by=olga, at=clock()), "activity")

    assert (card.verdict, len(card.candidates)) == ("unsure", 1)


def test_attention_names_a_contradiction_with_what_we_have(olga: User, clock: Clock) -> None:
    decide.accept_page(waiting_page(olga, clock()), by=olga, at=clock())
    text = "Города дружат с 1971 года."
    tie = {"between": ["Канадзава", "Иркутск"], "kind": "sister_city", "since": "1971", "evidence": [text]}
    said = reading(text, places=[IRKUTSK, KANAZAWA], ties=[tie])

    card = card_of(queued(text, said, by=olga, at=clock()), "tie")

    assert card.verdict == "same"
    assert [(point.code, dict(point.words)) for point in card.attention] == [
        ("contradiction", {"property": "since", "ours": "1967", "theirs": "1971"})
    ]
    assert card.attention[0].sentence == "The register says 1967 for since; this page says 1971."
