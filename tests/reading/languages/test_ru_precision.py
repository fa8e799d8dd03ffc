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
