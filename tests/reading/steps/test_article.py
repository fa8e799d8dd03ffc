"""The story of a page, its headline and its day: invented pages in the shapes that newsrooms and city sites write."""

import json
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading.told import read
from twinbook.reading.formats import read_bytes
from twinbook.reading.language import language_pack
from twinbook.reading.page import Page
from twinbook.reading.steps.article import find_article

CASES = Path(__file__).resolve().parents[1] / "cases"
SCORER = Path(__file__).resolve().parents[4] / "shared/reading/score.py"

RU = [
    "Роща для Конгсберга",
    "Делегация норвежского Конгсберга посадила в Вологде двадцать берёз и осмотрела школу.",
    "— Деревья растут медленно, зато видны издалека, — сказал мэр города Пётр Сомов.",
    "Города дружат с 1987 года, и с тех пор школьники ездят друг к другу каждое лето.",
]
JA = [
    "コングスベルグの代表団が来庁",
    "ノルウェーの姉妹都市コングスベルグ市の代表団が10日、市役所を訪れ、木村市長と懇談した。",
    "両市は1987年に姉妹都市となり、毎年夏に中学生が互いの家庭に泊まって交流している。",
    "木村市長は「木はゆっくり育つが、遠くからも見える」と話した。",
]
EN = [
    "A grove for Kongsberg",
    "A delegation from Kongsberg in Norway planted twenty birches in Cork on Monday and saw a school.",
    "“Trees grow slowly, but they can be seen from afar,” said the Lord Mayor, Peter Somers.",
    "The two cities have been twins since 1987, and pupils have visited each other every summer since.",
]


def story(page: Page, code: str) -> list[str]:
    return [page.text[start:end] for start, end in find_article(page, language_pack(code)).spans]


PLAIN = [
    (
        "ru",
        RU,
        "Главная | Новости | Афиша\n{0}\n05.03.2019 16:40 | Просмотров: 87\n{1}\n{2}\n"
        "Читайте также: Трамвай изменит маршрут\n{3}\n"
        "Фото: пресс-служба мэрии\nПоделиться: ВКонтакте Одноклассники\nТеги: берёзы, школа\nПоследние новости\n"
        "В Вологде открыли каток\nНа катке можно будет кататься до марта.\n© Вологда сегодня",
        "2019-03-05",
    ),
    (
        "ru",
        RU,
        "{0}\nОпубликовано: 5 марта 2019Рубрика: Общество\n{1}\n\n{2}\n\n{3}\n\n"
        "Читайте такжеТрамвай изменит маршрутВ Вологде открыли каток\n"
        "КомментарииОставить комментарийВойти через соцсети",
        "2019-03-05",
    ),
    (
        "ja",
        JA,
        "森の都ニュース\n社会  経済  スポーツ\n\n{0}\n\n2019年3月5日 18:05\n\n"
        "• Facebook\n• LINE\n\n{1}\n\n{2}\n\n{3}\n\n"
        "無断転載を禁じます\n\n関連ニュース\n市電のダイヤを改正\nスケート場が開場\n\n"
        "アクセスランキング\n1 大雪\n\nタグ: 国際交流",
        "2019-03-05",
    ),
    (
        "en",
        EN,
        "Home\nNews\nSport\n\n{0}\n\nBy Jane Doe\nTuesday, 5th March 2019, 9:05 am\n\n{1}\n\n{2}\n\n"
        "Story continues below advertisement\n\n{3}\n\nRead more: Tram line closed\n\n"
        "TRENDING\n1 Ice rink opens\n2 Tram line closed\n\n"
        "Related topics: Cork, Norway",
        "2019-03-05",
    ),
    ("en", EN, "{0}\n{1}\n{2}\n{3}", None),
]


@pytest.mark.parametrize(("code", "lines", "shape", "day"), PLAIN)
def test_a_plain_page_gives_its_story_headline_and_day(
    code: str, lines: list[str], shape: str, day: str | None
) -> None:
    page = Page.of_text(shape.format(*lines))

    article = find_article(page, language_pack(code))

    assert story(page, code) == lines
    assert (article.title, article.published) == (lines[0], day)


MARKUP = [
    (
        "ru",
        RU,
        """<html><head><title>{0} — Вологда сегодня</title></head><body><nav><a>Новости</a><a>Афиша</a></nav>
        <div class=crumbs><a href=/>Главная</a> / {0}</div><article><h1>{0}</h1>
        <div class=meta>5 марта 2019 <b>87</b></div>
        <p>{1}<p>{2}<div class=promo>Скидка 20 % на берёзовый сок до конца марта этого года.</div><p>{3}
        <p>Источник: пресс-служба мэрии</article><div class=share>Поделиться</div>
        <div class=comments><p>Лучше бы починили дорогу у школы, где ямы уже третий год подряд!</div>
        <aside><h3>Новости по теме</h3><p>Делегация из другого города посетила музей и осталась довольна.</aside>
        </body></html>""",
    ),
    (
        "en",
        EN,
        """<html><head><meta property="og:title" content="{0}"></head><body><table><tr><td><a>Home</a><br><a>News</a>
        <td><font size=5><b>{0}</b></font><br><i>5 March 2019</i><br><br>{1}<br><br>{2}<br><br>
        <div><a href=/ad>Advertisement: windows, five for four</a></div>{3}<br><br><hr><b>Read also:</b><br>
        - <a href=/1>Ice rink opens</a><br>- <a href=/2>Tram line closed</a><br><b>Comments</b> (1)<br>
        Bob: And the road?
        </table></body></html>""",
    ),
    (
        "ja",
        JA,
        """<html><head><title>{0}｜水都市</title></head><body><div id=header><h1><a href=/>水都市</a></h1></div>
        <div id=topicpath>ホーム &gt; 国際交流 &gt; {0}</div><main><h1>{0}</h1>
        <div class=info><span>ページ番号：1028</span> <span>更新日：2019年3月5日</span></div>
        <p>　{1}</p><p>　{2}</p><p>　{3}</p><div class=contact><h2>この記事に関するお問い合わせ先</h2><p>国際交流課<br>
        電話番号：000-0000</p></div></main><aside><h2>新着情報</h2><ul>
        <li><a>別の市の高校生が茶道を体験しました</a></ul></aside></body></html>""",
    ),
]


@pytest.mark.parametrize(("code", "lines", "markup"), MARKUP)
def test_a_page_with_markup_gives_its_story_headline_and_day(code: str, lines: list[str], markup: str) -> None:
    page = read_bytes(markup.format(*lines).encode())

    article = find_article(page, language_pack(code))

    assert story(page, code) == lines
    assert (article.title, article.published) == (lines[0], "2019-03-05")


def test_captions_are_kept_and_not_doubled() -> None:
    caption = "Guests from Kongsberg plant a birch beside the school in Blackpool"
    page = read_bytes(
        f"<h1>{EN[0]}</h1><p>{EN[1]}</p><figure><figcaption>{caption}</figcaption></figure><p>{EN[2]}</p>"
        f"<figure><figcaption>{caption}</figcaption></figure><p>{EN[3]}</p>".encode()
    )

    assert story(page, "en") == [EN[0], EN[1], caption, EN[2], EN[3]]


def test_the_readers_letters_may_be_longer_than_the_story() -> None:
    letters = "".join(
        f"<div class=reply><p>I think that tree number {n} should be an oak, and said so.</p></div>" for n in range(60)
    )
    page = read_bytes(
        f"<main><h1>{EN[0]}</h1><div class=text><p>{EN[1]}</p><p>{EN[2]}</p><p>{EN[3]}</p></div>"
        f"<section class=comments>{letters}</section></main>".encode()
    )

    assert story(page, "en") == EN


ODD_HEADLINES = [
    "Мэры готовятся к борьбе\n05.03.2019, 21:23\n\nНа конференции "
    "градоначальников участники раскритиковали новый закон.",
    "Гости из Конгсберга посадили рощу.\nИсточник: мэрия| 05.03.2019 21:23\n\nВ среду "
    "делегация посадила двадцать берёз у школы.",
]


@pytest.mark.parametrize("text", ODD_HEADLINES)
def test_a_headline_may_share_no_word_with_its_story_or_be_a_sentence(text: str) -> None:
    article = find_article(Page.of_text(text), language_pack("ru"))

    assert (article.title, article.published) == (text.splitlines()[0], "2019-03-05")


PASTED = ["Мэр Вологды принял делегацию Конгсберга.", "Мэр Вологды принял делегацию Конгсберга", f"{RU[0]}\n{RU[1]}"]


@pytest.mark.parametrize("text", PASTED)
def test_what_a_person_pastes_is_story(text: str) -> None:
    assert "\n".join(story(Page.of_text(text), "ru")) == text


DAYS = [
    ("en", "en-GB", "9/3/2012", "2012-03-09"),
    ("en", "en-US", "9/3/2012", "2012-09-03"),
    ("en", "en", "9/3/2012", None),
    ("en", "en", "posted 9/17/2012 by webmaster", "2012-09-17"),
    ("en", None, "Sept. 7, 2012", "2012-09-07"),
    ("ru", None, "7 сент. 2012, 10:15", "2012-09-07"),
    ("ru", None, "07.09.201210:15", "2012-09-07"),
    ("ru", None, "07.09.12 10:15", "2012-09-07"),
    ("ru", None, "31.06.2012", None),
    ("ja", None, "更新日：2012年9月9日　掲載日：２０１２年９月７日", "2012-09-07"),
    ("ja", None, "平成24年9月7日(金)", "2012-09-07"),
    ("ja", None, "平成24年（2012年）9月7日", "2012-09-07"),
]


@pytest.mark.parametrize(("code", "tag", "line", "day"), DAYS)
def test_a_date_line_is_read_as_its_country_writes_it(code: str, tag: str | None, line: str, day: str | None) -> None:
    lines = {"en": ["A grove", "Twenty trees were set on Monday, and all will be watered."], "ru": RU, "ja": JA}[code]
    page = Page.of_text("\n".join([lines[0], line, *lines[1:]]), language=tag)

    assert find_article(page, language_pack(code)).published == day


def test_a_neighbouring_day_on_the_page_corrects_the_metadata() -> None:
    head = '<meta property="article:published_time" content="2019-03-04T22:40:00Z">'
    body = f"<h1>{RU[0]}</h1><time>5 марта 2019, 06:40</time><p>{RU[1]}</p><p>{RU[3]}</p>"

    article = find_article(
        read_bytes(f"<html><head>{head}</head><body>{body}</body></html>".encode()), language_pack("ru")
    )

    assert article.published == "2019-03-05"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(st.text(max_size=80), st.sampled_from(["Читайте также:", "5 марта 2019", "©", RU[1], JA[1], EN[1]])),
        max_size=25,
    )
)
def test_any_lines_give_spans_inside_the_text_in_order(lines: list[str]) -> None:
    page = Page.of_text("\n".join(lines).replace("\x00", ""))

    for code in ("ru", "ja", "en"):
        spans = find_article(page, language_pack(code)).spans
        ends = [0, *(end for _, end in spans)]
        assert all(end <= start < stop <= len(page.text) for end, (start, stop) in zip(ends, spans, strict=False))


@pytest.mark.parametrize(
    "line", ["Делегация " * 5_000, "5 марта 2019 " * 4_000, "а" * 60_000, "「市」" * 20_000, "By " * 20_000]
)
def test_time_grows_with_length_and_no_more(line: str) -> None:
    began = time.process_time()

    for code in ("ru", "ja", "en"):
        find_article(Page.of_text("\n".join([line] * 4)), language_pack(code))

    assert time.process_time() - began < 2.0


FLOORS = {"en": 0.97, "ja": 0.97, "ru": 0.98}


@pytest.mark.skipif(not SCORER.exists(), reason="the scorer of the shared folder is not here")
@pytest.mark.parametrize("code", FLOORS)
def test_the_development_pages_keep_their_score(code: str) -> None:
    sys.path.insert(0, str(SCORER.parent))
    import score  # type: ignore[import-not-found] - it lies beside the repository, not in it

    scores = []
    for gold_path in sorted((CASES / code).glob("*.gold.json")):
        path = next(CASES.joinpath(code).glob(gold_path.name.removesuffix(".gold.json") + ".[ht][tx][mt]*"))
        gold, text = json.loads(gold_path.read_text("utf-8")), score.page_text(path)
        locator = score.Locator(text)
        wanted = score.shingles("\n".join(score.as_text(span, text, locator) for span in gold["article"]))
        read = score.shingles("\n".join(story(read_bytes(path.read_bytes(), name=path.name), code)))
        scores.append(score.f1(sum((wanted & read).values()), sum(read.values()), sum(wanted.values())))

    assert sum(scores) / len(scores) >= FLOORS[code]


def test_a_list_at_the_foot_of_a_plain_text_is_the_story_s() -> None:
    names = ["Нойс (Германия)", "Куопио (Финляндия)", "Белосток (Польша)", "Герасдорф (Австрия)", "Чинон (Франция)"]
    text = (
        "Псков укрепляет побратимские связи\n\nВ администрации Пскова подвели итоги визита делегации Нойса. Гости"
        " осмотрели набережную города и побывали в гимназии.\n\nПобратимы города Пскова:\n" + "\n".join(names)
    )
    reading = read("ru", text + "\n\nПоделиться\nВерсия для печати\n")

    assert {tie.between[1] for tie in reading.ties} == {"Нойс", "Куопио", "Белосток", "Герасдорф", "Чинон"}
    assert "Поделиться" not in "".join(reading.text[start:end] for start, end in reading.article)


def test_headlines_under_a_colon_at_the_foot_are_no_story() -> None:
    text = (
        "Псков укрепляет побратимские связи\n\nВ администрации Пскова подвели итоги визита делегации Нойса. Гости"
        " осмотрели набережную города и побывали в гимназии.\n\nВыбор пользователей:\nПожар на складе (видео)\n"
        "Курс валют (обновлено)\nПогода на неделю (дождь)\n"
    )
    reading = read("ru", text)

    assert "Пожар" not in "".join(reading.text[start:end] for start, end in reading.article)
