"""The Russian pack: sentence ends, names in every case, posts, bodies, direct speech, dates. Own sentences only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from twinbook.reading.language import language_pack
from twinbook.reading.languages.ru.grammar import find_names, find_quotes, find_sentences
from twinbook.reading.page import Page
from twinbook.reading.pipeline import read_page
from twinbook.reading.steps.dates import find_dates
from twinbook.reading.story import Sentence, Story


def story_of(text: str, *, published: date | None = None) -> Story:
    """A story with one paragraph a line, its names and quotes read."""
    paragraphs, start = [], 0
    for line in text.splitlines(keepends=True):
        paragraphs.append((start, start + len(line.rstrip())))
        start += len(line)
    sentences = tuple(
        Sentence(begin, end, number)
        for number, span in enumerate(paragraphs)
        for begin, end in find_sentences(text, *span)
    )
    story = Story(text, "ru", tuple(paragraphs), tuple(paragraphs), sentences, published=published)
    story = replace(story, names=tuple(find_names(story)))
    return replace(story, quotes=tuple(find_quotes(story)))


def named(text: str, kind: str) -> list[str]:
    return sorted({name.name for name in story_of(text).names if name.kind == kind})


def posts(text: str) -> dict[str, str | None]:
    return {name.name: name.role for name in story_of(text).names if name.kind == "person"}


def speech(text: str) -> list[tuple[str | None, str]]:
    return [(quote.speaker, text[quote.start : quote.end]) for quote in story_of(text).quotes]


def dated(text: str, published: date | None = None) -> list[tuple[str, str]]:
    dates, _ = find_dates(story_of(text, published=published), language_pack("ru"))
    return [(when.when.edtf, when.shape) for when in dates]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Регата пройдёт 15 мая 2018 г. Кроме неё ждут парад.", 2),
        ("В г. Находке на ул. Пушкина, д. 5 живёт О. Н. Ветрова.", 1),
        ("Группа вернулась из Галле.Две недели прошли быстро.", 2),
        ("«Мы рады!» — воскликнула Анна Краузе.", 1),
        ("Договор подписан ещё в 1998-м. Кроме театра, поедет хор.", 2),
        ("Пришли мэр, консул и др. Потом был чай.", 2),
        ("Школа им. А. С. Пушкина и ул. Мира.", 1),
    ],
)
def test_full_stops_of_abbreviations_and_initials_end_nothing(text: str, sentences: int) -> None:
    found = find_sentences(text, 0, len(text))

    assert len(found) == sentences
    assert "".join(text[start:end] for start, end in found).replace(" ", "") == text.replace(" ", "")


def test_a_sentence_without_end_is_cut() -> None:
    text = "и ещё, " * 2_000

    assert max(end - start for start, end in find_sentences(text, 0, len(text))) <= 2_000


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Мэр встретился с Мехметом Озтюрком.", ["Мехмет Озтюрк"]),
        ("Мэр поговорил с консулом Масанори Фукусимой.", ["Масанори Фукусима"]),
        ("Визит возглавил мэр Кэйити Нагата. Кэйити Нагату ждали. Нагатой довольны.", ["Кэйити Нагата"]),
        ("Ирину Ветрову и Анну Керн-Мюллер наградили.", ["Анна Керн-Мюллер", "Ирина Ветрова"]),
        ("Письмо передали Марии Черных и Наталье Мороз.", ["Мария Черных", "Наталья Мороз"]),
        ("О. Н. Ветрова рассказала о планах. Позже Оксана Ветрова уточнила даты.", ["Оксана Ветрова"]),
        (
            "Дмитрий Викторович Лось поздравил Петрова Ивана Сергеевича.",
            ["Дмитрий Викторович Лось", "Иван Сергеевич Петров"],
        ),
        (
            "С Сунь Хайяном, Ван Лицзюань и Чжан Вэем встретилась Елена Рубцова.",
            ["Ван Лицзюань", "Елена Рубцова", "Сунь Хайян", "Чжан Вэй"],
        ),
        ("Приехали депутат Ким Ын Хе и вице-мэр Квон Сон Тхэк.", ["Квон Сон Тхэк", "Ким Ын Хе"]),
        ("Мэр принял Людвига ван Бека и Абдуллу ибн Рашида.", ["Абдулла ибн Рашид", "Людвиг ван Бек"]),
        ("Александра Гимельштейна и Игоря Матюхина пригласили в Карлсруэ.", ["Александр Гимельштейн", "Игорь Матюхин"]),
        ("Гостил мэр Турку Минна Арве.", ["Минна Арве"]),
        ("Во Владимире побывал Владимир Машковцев.", ["Владимир Машковцев"]),
        ("Жана-Мориса Рипера приветствовал ректор.", ["Жан-Морис Рипер"]),
    ],
)
def test_people_come_out_in_base_form(text: str, people: list[str]) -> None:
    assert named(text, "person") == people


@pytest.mark.parametrize(
    "text",
    [
        "Школе имени Сигэру Ямады исполнилось сто лет.",
        "Цветы легли к памятнику Григорию Шелихову.",
        "Автор: Мария Иванова. Фото: Пётр Сидоров.",
        "Гости прошли по улице Сухэ-Батора и площади Гагарина.",
        "Музыканты сыграли в зале «Вольфганг Амадей».",
    ],
)
def test_who_is_only_honoured_or_signs_is_no_person(text: str) -> None:
    assert named(text, "person") == []


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("в Канадзаве", "Канадзава"), ("с Канадзавой", "Канадзава"), ("из Канадзавы", "Канадзава"),
        ("в Уфе", "Уфа"), ("из Орла", "Орёл"), ("в Набережных Челнах", "Набережные Челны"),
        ("из Ростова-на-Дону", "Ростов-на-Дону"), ("под Стара-Загорой", "Стара-Загора"),
        ("в Баден-Бадене", "Баден-Баден"), ("в Сан-Франциско", "Сан-Франциско"), ("с Улан-Батором", "Улан-Батор"),
        ("между Великим Новгородом", "Великий Новгород"),
        ("в Турку", "Турку"), ("из Эвиан-ле-Бена", "Эвиан-ле-Бен"), ("в префектуре Исикава", "Исикава"),
        ("из Иркутской области", "Иркутская область"), ("в Приангарье", "Иркутская область"),
        ("столица Карелии", "Петрозаводск"),
        ("в Республике Корея", "Республика Корея"), ("в городе Энмацу", "Энмацу"), ("из Вардё", "Вардё"),
    ],
)  # fmt: skip
def test_places_come_out_in_base_form(form: str, base: str) -> None:
    assert named(f"Гости побывали {form} вчера.", "place") == [base]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Канадзава ждёт. Канадзавские школьники приехали.", ["Канадзава"]),
        ("Самарцы ехали домой в Самару.", ["Самара"]),
        ("Ростов ждёт гостей. В Ростове-на-Дону пройдёт ярмарка.", ["Ростов-на-Дону"]),
        ("В ход пошла вся Победа и Дружба.", []),
        ("Рейс Иркутск-Токио открыт.", ["Иркутск", "Токио"]),
        ("Соглашение Уфыи Галле действует.", ["Галле", "Уфа"]),
    ],
)
def test_adjectives_peoples_and_lost_spaces_name_towns(text: str, places: list[str]) -> None:
    assert named(text, "place") == places


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Приехал исполняющий обязанности мэра Иркутска Павел Лось.", "исполняющий обязанности мэра Иркутска"),
        (
            "Мэр говорил с Генеральным консулом Японии в городе Хабаровске Павлом Лосем.",
            "Генеральный консул Японии в городе Хабаровске",
        ),
        ("Письмо первому заместителю главы района Павлу Лосю вручили утром.", "первый заместитель главы района"),
        ("Гостей вёл руководитель группы доцент Павел Лось.", "руководитель группы доцент"),
        ("Павел Лось, заведующий отделением хирургии, улыбнулся.", "заведующий отделением хирургии"),
        ("Спросили руководителя Общества «Лес — Море» Павла Лося.", "руководитель Общества «Лес — Море»"),
        ("Встал мэр города господин Павел Лось.", "мэр города"),
    ],
)  # fmt: skip
def test_posts_come_with_their_chains_in_base_form(text: str, role: str) -> None:
    assert posts(text) == {"Павел Лось": role}


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("Студенты Иркутского лингвистического университета уехали.", ["Иркутский лингвистический университет"]),
        ("Встречу снимали в яхт-клубе «Восток» и лицее № 2.", ["лицей № 2", "яхт-клуб «Восток»"]),
        ("Книги взяла Научная библиотека имени Лосева.", ["Научная библиотека имени Лосева"]),
        ("С Новгородским музеем-заповедником подписан договор.", ["Новгородский музей-заповедник"]),
        ("У кинотеатра «Луч» собрались гости.", []),
        ("Больница и школа закрыты.", []),
        ("Российская Федерация и Япония ведут переговоры.", []),
    ],
)  # fmt: skip
def test_bodies_come_out_in_base_form(text: str, bodies: list[str]) -> None:
    assert named(text, "organisation") == bodies


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (
            "— Мы рады, — сказал Павел Лось. — Приезжайте ещё.",
            [("Павел Лось", "Мы рады, — сказал Павел Лось. — Приезжайте ещё.")],
        ),
        ("«Мы рады», — сказал Павел Лось.", [("Павел Лось", "Мы рады")]),
        (
            "«Мы рады, — заметил Павел Лось на приёме. — Теперь я вижу сад».",
            [("Павел Лось", "Мы рады, — заметил Павел Лось на приёме. — Теперь я вижу сад")],
        ),
        ('"Мы рады", - отметил Павел Лось.', [("Павел Лось", "Мы рады")]),
        ("Вошла Анна Рысь.\n«Мы рады», — сказала она.", [("Анна Рысь", "Мы рады")]),
        ("Вошёл мэр Омска Павел Лось.\n«Мы рады», — добавил градоначальник.", [("Павел Лось", "Мы рады")]),
        ("Павел Лось отметил: «Мы ждали этого восемь лет».", [("Павел Лось", "Мы ждали этого восемь лет")]),
        ("Директор Анна Рысь рассказала:\n– Дети сами выбрали город.", [("Анна Рысь", "Дети сами выбрали город.")]),
        ("Ансамбль «Сибирь» пел на фестивале «Дружба народов».", []),
        ("Памятник назвали «Мы рады».", []),
    ],
)  # fmt: skip
def test_direct_speech_and_its_speaker(text: str, quotes: list[tuple[str, str]]) -> None:
    assert speech(text) == quotes


def test_answers_of_an_interview_belong_to_the_one_who_is_introduced() -> None:
    text = "Гончар Лев Сомов — о глине\n— Где вы были?\n— В Тромсё.\n— Что видели?\n— Фьорды."

    assert speech(text) == [("Лев Сомов", "В Тромсё."), ("Лев Сомов", "Фьорды.")]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Обмены идут с 1994 года.", [("1994/..", "since")]),
        ("Гости были с 21 по 24 августа 2017 года.", [("2017-08-21/2017-08-24", "range")]),
        ("В 1997-м поставили фонарь.", [("1997", "point")]),
        ("В конце октября школьники поедут.", [("2019-10-2X", "point")]),
        ("Год назад подписан договор.", [("2018", "point")]),
        ("Гости останутся до понедельника.", [("../2019-05-20", "until")]),
        ("Летом 2018 года и в 70-х годах.", [("2018-22", "point"), ("197X", "point")]),
        ("Подарили театр 1910 года.", []),
        ("Полвека назад всё началось.", []),
    ],
)
def test_dates_are_no_finer_than_their_words(text: str, dates: list[tuple[str, str]]) -> None:
    assert dated(text, date(2019, 5, 15)) == dates


def test_relative_days_need_a_day_of_publication() -> None:
    assert dated("Вчера и в среду приходили гости.") == []


@pytest.mark.parametrize(
    "text", ["", "«", "— ", "А. Б. В. Г.", "«««»", "№ № №", "Иванов" * 400, "и " * 3_000, "\u0301Мэр\u00ad «Ё"]
)
def test_odd_text_breaks_nothing(text: str) -> None:
    story = story_of(text)

    assert all(0 <= name.start < name.end <= len(text) for name in story.names)
    assert all(0 <= quote.start <= quote.end <= len(text) for quote in story.quotes)


def test_towns_in_sk_before_a_conjunction_are_towns() -> None:
    assert named("Рейс между Хабаровском и Ниигатой открыли летом.", "place") == ["Ниигата", "Хабаровск"]


def test_a_district_s_head_word_is_not_that_of_the_town_behind_it() -> None:
    kinds = {name.name: name.place_kind for name in story_of("Гимназия в Первомайском районе Минска.").names}

    assert kinds["Минск"] == "city"


def test_a_year_s_full_stop_is_no_short_town() -> None:
    assert named("Омск. 3 мая 2018 г. Новый сквер открыли в Омске.", "place") == ["Омск"]


def test_short_bodies_rivers_and_words_like_posts_are_no_people() -> None:
    text = "После Чернобыля семьи на Рейне принимали детей, сказал председатель Мингорисполкома Виктор Жданович."

    assert posts(text) == {"Виктор Жданович": "председатель Мингорисполкома"}
    assert "Рейн" not in named(text, "place")


def test_a_lone_surname_agrees_with_its_verb() -> None:
    text = "Мэр Иван Глебов встретил гостей. Директор музея Мария Глебова показала зал.\n«Ждём вас», — сказала Глебова."

    assert speech(text) == [("Мария Глебова", "Ждём вас")]


def test_an_official_without_a_name_is_the_one_named_last() -> None:
    text = "Об этом сообщил заместитель главы Степан Карпухин.\n«Юрты стоят возле больницы», — уточнил чиновник."

    assert speech(text) == [("Степан Карпухин", "Юрты стоят возле больницы")]


def test_a_day_alone_opens_its_item() -> None:
    text = "17 марта. Подписано соглашение библиотек. Гости уехали."

    assert [text[a:b] for a, b in find_sentences(text, 0, len(text))] == [
        "17 марта. Подписано соглашение библиотек.",
        "Гости уехали.",
    ]


def test_a_letter_without_a_name_in_unicode_is_read_like_any_other() -> None:
    text = "Мэр \U00017000 встретился с гостями из Канадзавы\U00017000."

    assert read_page(Page.of_text(text), language="ru").text == text
