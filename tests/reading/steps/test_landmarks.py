import pytest

from reading.told import read

RU = "Тверь и Оснабрюк: тридцать лет дружбы\nДелегация Оснабрюка побывала в Твери. {}\nГорода — побратимы с 1991 года."
EN = "Leeds and Lille: fifty years\nA delegation from Lille visited Leeds. {}\nThe cities have been twins since 1968."
JA = "松本市とカトマンズ市の交流\nカトマンズ市の代表団が松本市を訪れた。{}\n両市は1989年に姉妹都市となった。"


@pytest.mark.parametrize(
    ("language", "text", "landmarks"),
    [
        ("ru", RU.format("Гости прошли по улице Оснабрюка."), [("улица Оснабрюка", "street", "Оснабрюк")]),
        ("ru", RU.format("Главным подарком гостей стал бронзовый фонтан."), [("бронзовый фонтан", "other", None)]),
        (
            "ru",
            RU.format("В центре есть улица, которая носит имя города Оснабрюка."),
            [("улица Оснабрюка", "street", "Оснабрюк")],
        ),
        ("en", EN.format("The guests walked across Lille Square."), [("Lille Square", "square", "Lille")]),
        ("en", EN.format("The guests laid a wreath in Park Row."), []),
        (
            "ja",
            JA.format("市内には「カトマンズ通り」と名付けられた道がある。"),
            [("カトマンズ通り", "street", "カトマンズ")],
        ),
        (
            "ja",
            JA.format("カトマンズ市から贈られた石像「平和の門」が駅前に立つ。"),
            [("平和の門", "monument", None)],
        ),
    ],
)
def test_landmark_is_named_in_base_form_with_whom_it_honours(
    language: str, text: str, landmarks: list[tuple[str, str, str | None]]
) -> None:
    reading = read(language, text, published="2018-10-04")

    assert [(found.name, found.kind, found.honours) for found in reading.landmarks] == landmarks


def test_library_with_a_persons_name_is_not_the_partners() -> None:
    reading = read("ru", RU.format("Встреча прошла в библиотеке имени Горького."), published="2018-10-04")

    assert reading.landmarks == ()


def test_boat_given_to_a_town_has_no_name_of_that_town() -> None:
    reading = read("ru", RU.format("Оснабрюк подарил лодку Твери."), published="2018-10-04")

    assert [found.name for found in reading.landmarks if "Твери" in found.name] == []


def test_street_honouring_home_lies_in_the_partner_town() -> None:
    reading = read("ru", RU.format("В Оснабрюке появилась Тверская улица."), published="2018-10-04")

    assert [(found.name, found.place, found.honours) for found in reading.landmarks] == [
        ("Тверская улица", "Оснабрюк", "Тверь")
    ]
