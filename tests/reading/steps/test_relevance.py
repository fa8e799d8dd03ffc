import pytest

from reading.told import read


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "ru",
            "Гости из Оснабрюка\nДелегация города-побратима Оснабрюка посетила Тверь. "
            "Гостей принял мэр Твери. Стороны подписали план обменов школьниками.",
        ),
        (
            "en",
            "Guests from Lille\nA delegation from the twin city of Lille visited Leeds. "
            "The Lord Mayor of Leeds received the guests, and the two cities signed an agreement on school exchanges.",
        ),
        (
            "ja",
            "カトマンズ市の代表団が来訪\n姉妹都市カトマンズ市の代表団が3日、松本市役所を訪れ、市長と懇談した。"
            "両市は中学生の相互訪問を続けることで合意した。",
        ),
    ],
)
def test_story_of_two_cities_is_relevant(language: str, text: str) -> None:
    assert read(language, text, published="2018-10-04").relevant


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "ru",
            "«Волга» обыграла гостей\nТверская «Волга» со счётом 3:1 обыграла клуб из Оснабрюка. "
            "Сборная города-побратима пропустила два гола. Тренер гостей остался недоволен судьёй.",
        ),
        (
            "ru",
            "Тверские туристы попали в аварию\nАвтобус с туристами из Твери съехал в кювет под Оснабрюком. "
            "Пострадали пять человек. Город-побратим Твери помогает полиции. Турфирма обещает вернуть деньги.",
        ),
        (
            "en",
            "United draw in Lille\nLeeds drew 1-1 in Lille in the first leg of the qualifier. The goalkeeper saved "
            "a penalty. Lille is the twin city of Leeds. Police made three arrests. The coach was happy.",
        ),
        (
            "en",
            "What is a twin town?\nTown twinning is a form of agreement between towns. The term refers to "
            "towns in different countries. Twin towns are usually joined by a charter.",
        ),
        (
            "ja",
            "松本、カトマンズに逆転勝ち\n松本は13日の準決勝でカトマンズのチームを3―2で破った。"
            "姉妹都市のチームを相手に前半は敗れそうだった。監督は「選手が走った」と話した。",
        ),
        (
            "ja",
            "姉妹都市とは\n外国の町と仲よくつき合う約束をした町を姉妹都市と呼びます。提携とは、その約束のことです。",
        ),
    ],
)
def test_match_accident_and_dictionary_are_not_relevant(language: str, text: str) -> None:
    reading = read(language, text, published="2018-10-04")

    assert not reading.relevant
    assert (reading.places, reading.people, reading.ties, reading.activities, reading.quotes) == ((),) * 5
    assert reading.article


def test_a_long_story_of_other_things_is_not_relevant_for_its_few_events() -> None:
    filler = "Учёные изучали лунный грунт и сравнивали его с образцами прежних экспедиций. " * 9
    events = [
        "Мэрия Томска провела в музее выставку камней.",
        "Лаборатория обменивается образцами с коллегами из Токио.",
        "В мае в Томске состоится конференция геологов.",
        "Мэрия подарила институту микроскоп.",
        "Осенью в городе пройдёт фестиваль науки.",
        "Институт издал книгу о метеоритах.",
    ]

    assert not read("ru", "Что нашли на Луне\n\n" + "".join(f"{filler}{event} " for event in events)).relevant
