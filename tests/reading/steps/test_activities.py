import pytest

from reading.told import quotes, read
from twinbook.reading.finding import Activity

FRAMES = {
    "ru": """Тверь и Оснабрюк: новости побратимов
Делегация Оснабрюка гостит в Твери. {}
Тверь и Оснабрюк — побратимы с 1991 года.""",
    "en": """Leeds and Lille: news of the twin towns
A delegation from Lille is visiting Leeds. {}
Leeds and Lille have been twin towns since 1968.""",
    "ja": """松本市とカトマンズ市の交流
カトマンズ市の代表団が松本市を訪れている。{}
松本市とカトマンズ市は1989年に姉妹都市となった。""",
}


def told(language: str, sentence: str, published: str = "2018-10-04") -> list[Activity]:
    """The activities that a sentence adds to a story of two twin towns and a visit."""
    reading = read(language, FRAMES[language].format(sentence), published=published)
    return [found for found in reading.activities if any(e.quote in sentence for e in found.evidence)]


@pytest.mark.parametrize(
    ("language", "sentence", "kind", "status"),
    [
        ("ru", "12 ноября в Твери пройдёт концерт оркестра из Оснабрюка.", "cultural_event", "planned"),
        ("ru", "Стороны подписали меморандум о сотрудничестве.", "agreement", "done"),
        ("ru", "Рассматривается возможность открыть прямой авиарейс Тверь – Оснабрюк.", "transport", "proposed"),
        ("ru", "Шахматный турнир двух городов, намеченный на декабрь, отменён.", "competition", "cancelled"),
        ("ru", "Ежегодно школьники Твери и Оснабрюка ездят друг к другу по обмену.", "exchange", "ongoing"),
        ("ru", "Гости подарили тверской больнице аппарат УЗИ.", "aid", "done"),
        ("en", "The Lille orchestra will give a concert at the Town Hall on 12 November.", "cultural_event", "planned"),
        ("en", "The two mayors signed a memorandum of understanding on Tuesday.", "agreement", "done"),
        (
            "en",
            "The possibility of direct flights between Leeds and Lille is being considered.",
            "transport",
            "proposed",
        ),
        ("en", "A chess tournament planned for December has been cancelled.", "competition", "cancelled"),
        ("en", "Every year pupils of both cities stay with host families on a school exchange.", "exchange", "ongoing"),
        ("en", "The guests donated an ultrasound scanner to the hospital.", "aid", "done"),
        ("ja", "11月12日にはカトマンズの楽団のコンサートを市民会館で開く予定だ。", "cultural_event", "planned"),
        ("ja", "両市長は防災協力の覚書に署名した。", "agreement", "done"),
        ("ja", "松本とカトマンズを結ぶ直行便の就航も検討している。", "transport", "proposed"),
        ("ja", "12月に予定されていた親善マラソンは中止された。", "competition", "cancelled"),
        ("ja", "両市の中学生は毎年、互いの家庭にホームステイしている。", "exchange", "ongoing"),
        ("ja", "代表団は市立病院に医療機器を寄贈した。", "aid", "done"),
    ],
)
def test_sentence_tells_kind_and_status(language: str, sentence: str, kind: str, status: str) -> None:
    assert [(found.kind, found.status) for found in told(language, sentence)] == [(kind, status)]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ru", "Мы уверены, что дружба между нашими городами будет только крепнуть."),
        ("en", "The bonds of friendship between the two cities have been strengthened."),
        ("ja", "両市の友情は今後ますます深まるだろう。"),
    ],
)
def test_wish_that_friendship_may_grow_is_no_activity(language: str, sentence: str) -> None:
    assert told(language, sentence) == []


@pytest.mark.parametrize(
    ("language", "sentence", "kinds"),
    [
        (
            "ru",
            "12 ноября откроется выставка тверских художников, а в декабре в Оснабрюк поедут хоккеисты на турнир.",
            {"cultural_event", "competition"},
        ),
        (
            "en",
            "An exhibition will open on 12 November, and a football tournament will be held in May 2019.",
            {"cultural_event", "competition"},
        ),
        (
            "ja",
            "代表団は市長と会談し、友好の記念植樹を行った。",
            {"meeting", "commemoration"},
        ),
    ],
)
def test_clauses_of_one_sentence_may_tell_of_several(language: str, sentence: str, kinds: set[str]) -> None:
    assert {found.kind for found in told(language, sentence)} == kinds


def test_each_clause_keeps_its_own_day() -> None:
    sentence = "An exhibition will open on 12 November, and a football tournament will be held in May 2019."

    assert {found.kind: found.when for found in told("en", sentence)} == {
        "cultural_event": "2018-11-12",
        "competition": "2019-05",
    }


def test_same_activity_told_twice_is_one() -> None:
    text = FRAMES["en"].format(
        "A football tournament will be held in Leeds on 3 May 2019. Eight teams will play in the tournament."
    )

    assert quotes(read("en", text, published="2018-10-04"), "competition") == [
        "A football tournament will be held in Leeds on 3 May 2019. … Eight teams will play in the tournament."
    ]


def test_programme_and_its_next_round_are_two() -> None:
    text = FRAMES["ru"].format(
        "С 1995 года проходят обмены школьниками. "
        "В марте 2019 года десять школьников Твери поедут в Оснабрюк по обмену."
    )

    found = [a for a in read("ru", text, published="2018-10-04").activities if a.kind == "exchange"]

    assert [(a.status, a.when) for a in found] == [("ongoing", "1995/.."), ("planned", "2019-03")]


def test_same_kind_alone_does_not_join_a_programme_and_an_offer() -> None:
    text = FRAMES["ru"].format(
        "С 1995 года проходят обмены школьниками. Также обсуждается обмен детскими книгами между библиотеками."
    )

    found = [a for a in read("ru", text, published="2018-10-04").activities if a.kind == "exchange"]

    assert [a.status for a in found] == ["ongoing", "proposed"]


def test_stay_from_day_to_day_is_an_interval() -> None:
    text = FRAMES["ja"].format("訪問団は10月5日に松本入りし、9日まで滞在する。")

    assert "2018-10-05/2018-10-09" in [a.when for a in read("ja", text, published="2018-10-04").activities]


def test_programme_until_a_year_to_come_keeps_its_end() -> None:
    text = FRAMES["en"].format("Lille takes six students from Leeds for a year of study, every year until 2022.")

    told = read("en", text, published="2018-10-04").activities

    assert [(a.when, a.recurring) for a in told if a.kind == "exchange"] == [("../2022", True)]


def test_programme_stands_since_the_paper_that_founded_it() -> None:
    text = FRAMES["en"].format("In 1989 the two cities concluded a pact, under which nurses change places every year.")

    told = read("en", text, published="2018-10-04").activities

    assert ("ongoing", "1989/..", True) in [(a.status, a.when, a.recurring) for a in told if a.kind == "exchange"]


def test_day_named_twice_is_the_day_of_what_follows() -> None:
    text = FRAMES["en"].format(
        "Mayor Anna Roe of Leeds came to Lille on Sunday (7 October). She laid a wreath at the memorial."
    )

    told = read("en", text, published="2018-10-10").activities

    assert [a.when for a in told if a.kind == "commemoration"] == ["2018-10-07"]


def test_plan_that_names_a_gift_of_years_ago_leaves_it_done() -> None:
    text = """Vigil for Lille
On Friday there will be a vigil at the iron gate that the French city gave Leeds for its centennial in 1986.
Leeds and Lille have been twin towns since 1968."""

    told = read("en", text, published="2018-10-04").activities

    assert [(a.kind, a.status, a.when) for a in told] == [
        ("commemoration", "planned", "2018-10-05"),
        ("aid", "done", "1986"),
    ]


def test_claim_in_a_quotation_is_its_speakers() -> None:
    text = """Leeds and Lille: news of the twin towns
A delegation from Lille is visiting Leeds. "We will hold a football tournament in May 2019," said Mayor Anna Roe.
Leeds and Lille have been twin towns since 1968."""

    reading = read("en", text, published="2018-10-04")

    assert [(a.kind, a.said_by) for a in reading.activities if a.kind == "competition"] == [("competition", "Anna Roe")]


def test_every_activity_has_evidence_of_the_text() -> None:
    reading = read("ru", FRAMES["ru"].format("Стороны подписали меморандум о сотрудничестве."))

    assert reading.activities
    assert all(
        found.evidence and all(e.stands_in(reading.text) for e in found.evidence) for found in reading.activities
    )
