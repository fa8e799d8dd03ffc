"""What a Russian page tells beside its news: other towns, what is to come, parts of a stay. Own sentences only."""

import pytest

from reading.told import read
from twinbook.reading.finding import Reading

VISIT = "Вязьма принимает гостей из Кричева\n\nДелегация Кричева приехала в город-побратим Вязьму. {}"


def pairs(reading: Reading) -> dict[frozenset[str], str]:
    return {frozenset(tie.between): tie.kind for tie in reading.ties}


def kinds(text: str) -> list[str]:
    return [found.kind for found in read("ru", VISIT.format(text)).activities]


def test_a_but_parts_the_kinds_of_ties() -> None:
    text = "Ош и Уфа стали побратимами\n\nУ Оша есть соглашения о партнёрстве с Казанью, но Уфа стала его побратимом."

    assert pairs(read("ru", text)) == {frozenset(["Ош", "Казань"]): "partner", frozenset(["Ош", "Уфа"]): "sister_city"}


def test_a_paper_to_come_behind_a_but_is_no_tie() -> None:
    text = "Кубок в Чите\n\nДархан стал побратимом Читы, а с Нинбо в этом году будет подписано соглашение о дружбе."

    assert frozenset(["Чита", "Нинбо"]) not in pairs(read("ru", text))


def test_a_wished_tie_is_not_told_by_both_cities() -> None:
    text = (
        "Выборг станет побратимом Котласа\n\nСоглашение о дружбе двух городов будет подписано в мае."
        " Побратимские связи нужны обоим городам, считают депутаты."
    )

    assert pairs(read("ru", text)) == {}


def test_twins_of_one_country_are_the_storys_pair() -> None:
    text = (
        "Соседи подписали меморандум\n\nМэрии Каракола и Манаса подписали меморандум о сотрудничестве."
        " Гостей встретил мэр."
    )
    reading = read("ru", text)

    assert list(pairs(reading)) == [frozenset(["Каракол", "Манас"])]
    assert {frozenset(found.places) for found in reading.activities} == {frozenset(["Каракол", "Манас"])}


def test_a_districts_committee_names_the_district() -> None:
    text = "Договор\n\nСоглашение о дружбе подписали глава Псковского района и председатель Лидского райисполкома."

    assert frozenset(["Псковский район", "Лидский район"]) in pairs(read("ru", text))


@pytest.mark.parametrize("place", ["космической столицы России", "древней столицы России"])
def test_a_capital_of_a_kind_is_another_town(place: str) -> None:
    reading = read("ru", f"Новый побратим\n\nБолгарский Несебр стал побратимом {place}, города Мышкин.")

    assert "Москва" not in {found.name for found in reading.places}


def test_owners_of_partners_are_at_home() -> None:
    text = (
        "Ждут письма\n\nФеодосия написала депутатам. Глава Феодосии ждёт ответа."
        " Городами-побратимами Белгорода остаются Дрезден и Лилль."
    )

    assert set(pairs(read("ru", text))) == {frozenset(["Белгород", "Дрезден"]), frozenset(["Белгород", "Лилль"])}


def test_a_saint_is_no_town() -> None:
    assert "София" not in {p.name for p in read("ru", VISIT.format("Им дали икону мученицы Софии.")).places}


@pytest.mark.parametrize(
    "text",
    [
        "За время пребывания гости посетят школы и музеи.",
        "На следующий день делегация осмотрела порт.",
        "Такое решение депутаты приняли в мае.",
        "Гости изучили инвестиционные возможности района.",
        "Раньше уже подписано соглашение между Россией и Монголией.",
        "Перелёты оплачивают родители.",
        "Тогда состоялась и конференция о лесе.",
        "Главной особенностью края является ежегодный фестиваль.",
        "В целях реализации протокола будут проходить выставки и гастроли.",
        "Мы всегда ждём гостей.",
        "Жители и гости смогли посетить парк.",
        "Мэр сказал о сотрудничестве в области культуры и спортивных обменов.",
        "Это поможет запуску новых проектов.",
    ],
)
def test_background_and_parts_of_a_stay_are_no_activities(text: str) -> None:
    assert kinds(text) == ["visit"]


def test_what_was_proposed_at_a_meeting_leaves_it_held() -> None:
    found = read("ru", VISIT.format("Мэр встретился с гостями. Также на встрече прозвучало предложение о туризме."))

    assert [one.status for one in found.activities if one.kind == "meeting"] == ["done"]


def test_who_was_there_tells_one_journey() -> None:
    text = (
        "Обмен\n\n14 мая группа школьников вернулась из Кричева в Вязьму по обмену."
        " 3 мая на вокзале нас встречали ребята из принимающих семей. Вязьма и Кричев — города-побратимы."
    )

    assert [one.kind for one in read("ru", text).activities] == ["exchange"]


def test_a_song_contest_named_for_a_friend_is_not_ours() -> None:
    text = "Гала-концерт в Твери\n\n4 мая в Твери пройдёт гала-концерт лауреатов фестиваля «Побратим». Вход свободный."

    assert not read("ru", text).relevant


def test_the_credit_of_a_picture_does_not_end_a_story() -> None:
    text = (
        "Вязьма и Кричев укрепляют связи\n\nВязьма и Кричев развивают сотрудничество и дружат уже много лет.\n"
        "© Вяземская правда\n\nКричев посетил мэр Вязьмы, с ним приехали учителя двух школ города."
    )

    assert [one.kind for one in read("ru", text).activities] == ["visit"]


def test_an_opinion_that_names_no_town_is_no_tie() -> None:
    text = (
        "Сахалин и Хоккайдо встретились\n\nШкольники Сахалина и Хоккайдо встретились на уроке по обмену."
        " Обмены помогают в расширении побратимских связей, считает мэр."
    )

    assert pairs(read("ru", text)) == {}


def test_brotherly_ties_are_of_no_town_of_that_name() -> None:
    text = "Самарканд и Нара\n\nПодписан договор об установлении братских связей Самарканда с городом Нара Японии."
    reading = read("ru", text)

    assert pairs(reading) == {frozenset(["Самарканд", "Нара"]): "sister_city"}
    assert "Братск" not in {place.name for place in reading.places}


def test_what_capitals_agreed_to_establish_is_no_tie_yet() -> None:
    text = (
        "Ташкент и Тбилиси\n\nТашкент и Тбилиси договорились установить побратимские отношения, сообщил мэр Ташкента."
    )
    reading = read("ru", text)

    assert pairs(reading) == {}
    assert [one.kind for one in reading.activities] == ["agreement"]


def test_a_delegation_of_pupils_comes_once() -> None:
    text = (
        "Школьники из Кричева посетили Вязьму\n\nДелегация школьников из Кричева посетила Вязьму по обмену."
        " Вязьма и Кричев — города-побратимы. Делегация приехала в Вязьму накануне праздника."
    )

    assert [one.kind for one in read("ru", text).activities] == ["exchange"]


def test_a_town_beside_its_country_is_believed() -> None:
    text = "Белгород и друзья\n\nУ Белгорода есть города-побратимы: Херне (Германия), Ниш (Сербия), Ополе (Польша)."

    assert {frozenset(["Белгород", town]) for town in ("Херне", "Ниш", "Ополе")} == set(pairs(read("ru", text)))


def test_the_adjective_of_a_larger_town_before_a_town_is_no_side() -> None:
    text = "Аллея\n\nВ парке ставропольского Пятигорска заложили аллею города-побратима Трикала (Греция)."

    assert set(pairs(read("ru", text))) == {frozenset(["Пятигорск", "Трикала"])}
