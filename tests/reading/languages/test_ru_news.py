"""Russian news as offices meet it: party posts, lists of partners, papers of intent, forums. Own sentences only."""

import pytest

from reading.told import quotes, read
from twinbook.reading.languages.ru import gazetteer


def told(text: str) -> str:
    """A headline that names home and partner, and the text."""
    return f"Вязьма принимает гостей из Кричева\n\nДелегация Кричева приехала в город-побратим Вязьму. {text}"


@pytest.mark.parametrize(
    ("name", "country"), [("Чжакоу", "CN"), ("Хакуи", "JP"), ("Кастель-Гоффредо", "IT"), ("Эгирдир", "TR")]
)
def test_names_made_by_rule_find_small_towns_abroad(name: str, country: str) -> None:
    found = gazetteer.look_up(name)

    assert [place.country for place in found[:1]] == [country]
    assert found[0].people <= gazetteer.MOST_BY_RULE  # the name alone makes no word a place


def test_a_name_made_by_rule_is_no_place_without_a_sign() -> None:
    reading = read("ru", told("Адро похвалил ужин."))

    assert "Адро" not in {place.name for place in reading.places}


def test_a_town_said_to_lie_in_a_country_is_one() -> None:
    reading = read("ru", told("Партнёрами Вязьмы стали Вальмиера (Латвия) и Кричев (Беларусь)."))

    assert ("Вальмиера", "LV") in {(place.name, place.country) for place in reading.places}


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Пришёл глава Невского района Петербурга Олег Дорогин.", "Олег Дорогин", "глава Невского района Петербурга"),
        ("Выступил хор (руководитель – Марина Хлебова).", "Марина Хлебова", "руководитель"),
        (
            "Прибыл секретарь горкома партии города Даляня Лэн Юйфэн.",
            "Лэн Юйфэн",
            "секретарь горкома партии города Даляня",
        ),
        (
            "Говорил председатель Невского городского Совета депутатов Пётр Белов.",
            "Пётр Белов",
            "председатель Невского городского Совета депутатов",
        ),
        ("Приехал аким города Астана Имангали Сатов.", "Имангали Сатов", "аким города Астана"),
        ("Ехал глава района Стачик Николай Ильич.", "Николай Ильич Стачик", "глава района"),
    ],
)
def test_posts_reach_over_towns_bodies_and_dashes(text: str, name: str, role: str) -> None:
    people = {person.name: person.role for person in read("ru", told(text)).people}

    assert people.get(name) == role


def test_an_adjective_of_a_body_is_nobody() -> None:
    reading = read("ru", told("Пришёл заместитель председателя Оршанского городского исполнительного комитета."))

    assert not [person.name for person in reading.people if "Оршанск" in person.name]


def test_a_paper_of_intent_is_no_tie() -> None:
    reading = read("ru", told("Подписан протокол о намерениях установить побратимские связи между Вязьмой и Хуайанем."))

    assert [tie.between for tie in reading.ties if "Хуайань" in tie.between] == []


def test_a_count_of_partners_is_no_tie() -> None:
    text = "Гомель и Тромсё сыграли в шахматы\n\nВ Гомеле прошёл турнир с Тромсё. У Гомеля двенадцать побратимов."

    assert read("ru", text).ties == ()


def test_a_ward_is_the_partner_and_not_its_town() -> None:
    ties = read("ru", told("С Заводским районом г. Минска Вязьма дружит, они побратимы с 2003 года.")).ties

    assert ("Вязьма", "Минск") not in {tie.between for tie in ties}


def test_two_towns_behind_between_are_the_pair_and_not_the_place_of_signing() -> None:
    text = told("Соглашение о побратимстве между Вязьмой и городом Цзыбо подписано в городе Цзинань.")

    pairs = {frozenset(tie.between) for tie in read("ru", text).ties}

    assert frozenset(["Вязьма", "Цзыбо"]) in pairs
    assert frozenset(["Вязьма", "Цзинань"]) not in pairs


def test_a_question_tells_of_nothing() -> None:
    reading = read("ru", told("Когда вы подписали соглашение о дружбе с Кричевом?"))

    assert quotes(reading, "agreement") == []


def test_what_a_paper_allows_is_no_activity() -> None:
    reading = read("ru", told("Подписано соглашение о дружбе. Документ позволит проводить фестивали и обмены опытом."))

    assert not [found for found in reading.activities if "позволит" in found.title]
    assert quotes(reading, "training") == []


def test_a_forum_on_whose_margins_one_signs_is_only_an_occasion() -> None:
    reading = read("ru", told("На полях форума городов мэры подписали соглашение о дружбе."))

    assert quotes(reading, "training") == []
    assert len(quotes(reading, "agreement")) == 1


def test_a_body_s_quoted_name_tells_of_no_contest() -> None:
    reading = read("ru", told("Гостей встретили во Дворце ветеранов «Победа»."))

    assert quotes(reading, "competition") == []


def test_a_programme_and_this_year_s_round_are_two() -> None:
    text = told("В мае школьники Вязьмы по обмену съездили в Кричев. Школьный обмен действует с 1996 года.")

    exchanges = [(found.status, found.when) for found in read("ru", text, published="2024-06-14").activities]

    assert ("done", "2024-05") in exchanges
    assert ("ongoing", "1996/..") in exchanges


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Договор о дружбе будет подписан 20 июня, сообщил глава Вязьмы Пётр Белов в пятницу.", "2024-06-20"),
        ("Вчера мэры подписали программу сотрудничества на 2025–2027 годы.", "2024-06-13"),
    ],
)
def test_an_agreement_s_day_is_neither_that_of_saying_nor_its_term(text: str, when: str) -> None:
    reading = read("ru", told(text), published="2024-06-14")

    assert [found.when for found in reading.activities if found.kind == "agreement"] == [when]


def test_a_standing_committee_does_not_make_a_signing_go_on() -> None:
    reading = read("ru", told("Глава Вязьмы и член постоянного комитета подписали соглашение о дружбе."))

    assert [found.status for found in reading.activities if found.kind == "agreement"] == ["done"]


def test_one_meeting_abroad_is_enough_where_town_halls_act() -> None:
    text = (
        "Делегация из Японии посетила Магадан\n\nВ мэрии прошла встреча с делегацией генерального консульства Японии."
        " Консул отметил красоту города. Японские гости увидели порт. Делегация осталась довольна."
        " Консул назвал город своим. Мэр города и консул дружелюбны. Японская сторона в восторге."
    )

    assert read("ru", text).relevant


def test_a_trade_fair_is_not_ours() -> None:
    text = (
        "Ярмарка льна открылась в Циндао\n\nВ Циндао открылась ярмарка тканей с участием фабрик Омска."
        " Подписан контракт на сумму 9 млн юаней. Товарооборот за год вырос."
    )

    assert not read("ru", text).relevant


def test_a_first_line_that_ends_with_a_full_stop_is_told_too() -> None:
    text = "В Вязьме сегодня подписано соглашение о дружбе с китайским Суйхуа.\n\nГостей проводили на вокзал."

    assert len(quotes(read("ru", text), "agreement")) == 1
