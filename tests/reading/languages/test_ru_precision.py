"""What looks like a name or an activity in Russian news and is none. Own sentences only."""

import pytest

from reading.told import read
from twinbook.reading.finding import Reading


def told(text: str) -> Reading:
    """A story of a home and its partner, with the text behind its first sentence."""
    return read(
        "ru", f"Вязьма принимает гостей из Кричева\n\nДелегация Кричева приехала в город-побратим Вязьму. {text}"
    )


def people(reading: Reading) -> set[str]:
    return {person.name for person in reading.people}


def kinds(reading: Reading) -> list[str]:
    """Kinds of what is told beside the visit."""
    return [found.kind for found in reading.activities if found.kind != "visit"]


@pytest.mark.parametrize(
    "text",
    [
        "Глава Русала пожелал удачи.",
        "Президент Шанель осталась довольна.",
        "Город-побратим Вязьмы Кричев прислал хор.",
        "Встречу вели руководители институтов ВязГУ.",
        "Собрались мэры Дальнего Востока.",
    ],
)
def test_companies_and_bodies_are_nobody(text: str) -> None:
    assert people(told(text)) == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Говорил мэр города Ван Те.", "Ван Те"),
        ("Приехал председатель совета республики Беларусь Игорь Маркович.", "Игорь Маркович"),
        ("Его встретил бургомистр Штайн.", "Штайн"),
    ],
)
def test_names_beside_places_are_whole(text: str, name: str) -> None:
    assert name in people(told(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Хор едет из Нижнего Новгорода.", "Нижний Новгород"),
        ("Хор едет из финской Хямеенлинны.", "Хямеенлинна"),
        ("Хор едет из Псковского района.", "Псковский район"),
    ],
)
def test_places_in_their_cases(text: str, name: str) -> None:
    assert name in {place.name for place in told(text).places}


def test_an_adverb_and_letters_are_no_towns() -> None:
    places = {place.name for place in told("Ровно тридцать лет назад, в городах СССР, всё начиналось.").places}

    assert not places & {"Ровно", "СССР"}


def test_an_embassy_has_its_country() -> None:
    bodies = {body.name for body in told("Пришёл атташе Посольства Республики Польша.").organisations}

    assert "Посольство Республики Польша" in bodies


@pytest.mark.parametrize(
    "text",
    [
        "Мэр вручил гостю альбом о городе и книгу сказок.",
        "Гости жили в Вязьме в рамках проекта «Соседи».",
        "Основными направлениями связей станут обмен опытом и туризм.",
        "В реестре числится 17 совместных предприятий.",
    ],
)
def test_souvenirs_frames_and_fields_are_no_activities(text: str) -> None:
    assert not set(kinds(told(text))) & {"aid", "publication", "project", "exchange", "training"}


def test_an_anniversary_of_a_signing_is_no_signing() -> None:
    reading = told("В мае пройдёт концерт к 20-й годовщине установления побратимских связей.")

    assert kinds(reading) == ["cultural_event"]


def test_a_consul_speaking_with_students_is_no_exchange() -> None:
    assert "exchange" not in kinds(told("Консул встретился со студентами колледжа."))


def test_a_pair_that_is_never_named_together_is_no_tie() -> None:
    text = (
        "Дружба городов крепнет\n\nВ Могилёв съехались побратимы из разных мест.\n\nПогода стояла тёплая.\n\n"
        "Играл оркестр.\n\nГостей принимал хор.\n\nДоговор подписал и глава Псковского района.\n\nТак дружба и крепнет."
    )

    assert read("ru", text).ties == ()


def test_districts_are_joined_over_their_regions() -> None:
    reading = told(
        "Подписано соглашение о побратимских связях между Горецким районом Могилёвской области и Зерноградским районом."
    )

    assert ("Горецкий район", "Зерноградский район") in [tie.between for tie in reading.ties]


def test_a_cup_since_a_year_dates_no_tie() -> None:
    reading = told("Кубок городов-побратимов Вязьмы и Кричева проводится с 2018 года.")

    assert [tie.since for tie in reading.ties] == [None]


def test_a_consul_received_by_a_town_is_relevant() -> None:
    text = (
        "Генконсул Японии посетил Магадан\n\nГенеральный консул Японии Кэндзи Мори прибыл в Магадан с визитом,"
        " сообщили в мэрии. Его встретил мэр. Гость увидел порт. Погода была ясной. Вечером выпал снег."
    )

    assert read("ru", text).relevant


def test_the_day_of_an_agency_is_no_day_of_doing() -> None:
    text = "Пекин, 21 августа /Синьхуа/ -- Недавно в Хэйхэ открылось представительство города Благовещенска."
    reading = read("ru", f"Побратимы в Хэйхэ и Благовещенске открыли представительство\n\n{text}")

    assert {found.when for found in reading.activities} == {None}


def test_an_aim_takes_the_status_of_its_day() -> None:
    reading = told("Цель приезда: заключение соглашения о дружбе. Подписание соглашения пройдёт 29 июня в зале мэрии.")

    assert [found.status for found in reading.activities if found.kind == "agreement"] == ["planned"]


def test_a_headline_may_begin_with_the_administration() -> None:
    text = "Администрация Вязьмы провела встречу с гостями из Кричева\nГости из Кричева приехали в мае. Их ждали."

    assert read("ru", text).title == "Администрация Вязьмы провела встречу с гостями из Кричева"


def test_a_delegation_of_pupils_is_an_exchange_alone() -> None:
    text = "Школьники Кричева гостят в Вязьме\n\nДелегация школьников из Кричева прибыла с ответным визитом в Вязьму."

    assert [found.kind for found in read("ru", text).activities] == ["exchange"]


def test_the_partner_is_named_like_its_province() -> None:
    text = (
        "Делегация турецкого Самсуна прибыла в Новороссийск\n\nВ Новороссийске принимали гостей из города-побратима"
        " Самсун. Прибыли мэр Самсуна, губернатор провинции Самсун и глава города Амасья. Города дружат давно."
    )

    assert [(tie.between, tie.kind) for tie in read("ru", text).ties] == [(("Новороссийск", "Самсун"), "sister_city")]


def test_of_the_town_does_not_speak_of_both_towns() -> None:
    text = "Что менять в Вязьме\n\nМэр рассказала о планах благоустройства города. Партнёров из Кричева нет."

    assert not read("ru", text).relevant


@pytest.mark.parametrize(
    "text",
    [
        "Мэр был на международной выставке Иннопром.",
        "Пришёл директор института Конфуция.",
        "Играли студенты Политехнического университета Петра Великого.",
        "Приехал хор, а с ним У. Также приехали гости.",
    ],
)
def test_fairs_and_namesakes_are_nobody(text: str) -> None:
    assert people(told(text)) == set()


def test_who_will_become_a_twin_is_none_yet() -> None:
    text = "Побратимом Екатеринбурга станет Минск\n\nПобратимом Екатеринбурга станет Минск. Документ подпишут в июле."

    assert read("ru", text).ties == ()


def test_where_a_paper_was_signed_is_no_partner() -> None:
    text = (
        "Бишкек и Уфа стали городами-побратимами\n\nМеморандум о побратимских отношениях подписан 13 июля 2017 г."
        " в Астане. Его скрепили подписями мэры двух городов."
    )

    assert [tie.between for tie in read("ru", text).ties] == [("Бишкек", "Уфа")]


def test_an_open_day_at_a_consulate_is_not_ours() -> None:
    text = (
        "Генконсульство Германии откроет двери\n\nСанкт-Петербург. 25 июня. Генеральное консульство Германии в"
        " Санкт-Петербурге проведёт в субботу День открытых дверей. Гостей ждут с 14 часов. Вход будет свободным."
        " Такие дни проводят по всему миру. В городе это впервые. Программа идёт до вечера."
    )

    assert not read("ru", text).relevant
