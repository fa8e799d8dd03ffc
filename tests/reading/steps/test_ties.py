import pytest

from reading.told import read

RU = """Тверь и Оснабрюк готовят новый обмен
Делегация Оснабрюка побывала в Твери на прошлой неделе. {}
Летом в Оснабрюк поедут двадцать тверских школьников."""
EN = """Leeds welcomes guests from Lille
A delegation from Lille visited Leeds last week. {}
Twenty pupils from Leeds will travel to Lille in July 2019."""
JA = """松本市、カトマンズの訪問団を迎える
ネパール・カトマンズの訪問団が3日、松本市役所を訪れた。{}
来年7月には松本市の中学生20人がカトマンズを訪れる予定だ。"""


def ties(language: str, text: str) -> list[tuple[frozenset[str], str, str | None]]:
    reading = read(language, text, published="2018-10-04")
    return [(frozenset(tie.between), tie.kind, tie.since) for tie in reading.ties]


@pytest.mark.parametrize(
    ("language", "text", "pair", "kind", "since"),
    [
        ("ru", RU.format("Побратимами Тверь и Оснабрюк стали в 1991 году."), "Тверь Оснабрюк", "sister_city", "1991"),
        ("ru", RU.format("Города-побратимы Тверь и Оснабрюк дружат давно."), "Тверь Оснабрюк", "sister_city", None),
        ("en", EN.format("Leeds and Lille have been twinned since 1968."), "Leeds Lille", "sister_city", "1968"),
        (
            "en",
            EN.format("Leeds and Lille signed a friendship agreement in 1968."),
            "Leeds Lille",
            "friendship",
            "1968",
        ),
        (
            "ja",
            JA.format("松本市とカトマンズは1958年に姉妹都市となった。"),
            "松本 カトマンズ",
            "sister_city",
            "1958",
        ),
        ("ja", JA.format("両市は1958年に友好都市の縁を結んだ。"), "松本 カトマンズ", "friendship", "1958"),
    ],
)
def test_sentence_with_a_tie_word_joins_the_two_towns(
    language: str, text: str, pair: str, kind: str, since: str | None
) -> None:
    assert ties(language, text) == [(frozenset(pair.split()), kind, since)]


def test_list_of_partners_gives_a_tie_each() -> None:
    text = """Гости из трёх стран приехали в Самару
У Самары несколько побратимов: Штутгарт, Палермо и Стара-Загора.
Делегации побратимов приехали в Самару 5 июня 2018 года. Гостей принял мэр Самары."""

    found = ties("ru", text)

    assert {pair for pair, _, _ in found} == {
        frozenset(["Самара", "Штутгарт"]),
        frozenset(["Самара", "Палермо"]),
        frozenset(["Самара", "Стара-Загора"]),
    }


def test_tie_told_twice_is_one_with_both_sentences() -> None:
    text = EN.format("Leeds and Lille are twin cities. Leeds and Lille became twins in 1968.")

    (tie,) = read("en", text, published="2018-10-04").ties

    assert tie.since == "1968"
    assert [evidence.quote for evidence in tie.evidence] == [
        "Leeds and Lille are twin cities.",
        "Leeds and Lille became twins in 1968.",
    ]


def test_day_of_a_feast_is_not_the_day_of_the_tie() -> None:
    text = RU.format("28 июня 2018 года города отпраздновали юбилей побратимства.")

    assert [since for _, _, since in ties("ru", text)] == [None]


def test_region_that_holds_the_partner_is_no_partner() -> None:
    text = EN.format("Leeds and Lille, in Hauts-de-France, have been twinned since 1968.")

    assert [pair for pair, _, _ in ties("en", text)] == [frozenset(["Leeds", "Lille"])]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", RU.format("В 2020 году города планируют стать побратимами.")),
        ("en", EN.format("The two cities plan to become sister cities in 2020.")),
        ("ja", JA.format("両市は姉妹都市提携を目指す方針だ。")),
    ],
)
def test_tie_that_is_only_wished_for_is_none(language: str, text: str) -> None:
    assert ties(language, text) == []


def test_a_list_of_partners_goes_on_the_tie_of_the_sentence_before() -> None:
    text = RU.format(
        "Сейчас у Твери три побратима. Это немецкий Оснабрюк, болгарский Велико-Тырново и китайский Инкоу."
    )

    pairs = {pair for pair, kind, _ in ties("ru", text) if kind == "sister_city"}
    assert {frozenset(["Тверь", "Оснабрюк"]), frozenset(["Тверь", "Инкоу"])} <= pairs


def test_a_tie_began_when_the_earliest_telling_says() -> None:
    text = RU.format("В честь побратима в 2016 году назвали сквер. Оснабрюк стал побратимом Твери в 1991 году.")

    assert (frozenset(["Тверь", "Оснабрюк"]), "sister_city", "1991") in ties("ru", text)


def test_a_draft_that_deputies_approved_is_no_tie() -> None:
    text = RU.format("Депутаты одобрили проект соглашения о сотрудничестве с турецкой Бурсой.")

    assert all("Бурса" not in pair for pair, _, _ in ties("ru", text))
