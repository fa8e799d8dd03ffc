"""A page's language is told from its neighbours', in short texts too; a language without a pack is none."""

import pytest

from twinbook.reading.page import Page
from twinbook.reading.steps.language import find_language

TEXTS = [
    ("ru", "Мэр встретился с консулом"),
    ("ru", "Побратимы: что дальше?"),
    (
        "ru",
        "В среду делегация Конгсберга посетила школу и порт. Города дружат с 1987 года, и эта поездка уже десятая.",
    ),
    ("ja", "代表団が来庁しました"),
    ("ja", "友好都市提携三十周年記念式典開催"),
    ("ja", "松山市とフライブルク市は1989年に姉妹都市となりました。English 中文 한국어 Русский"),
    ("en", "Mayor receives guests from Rennes"),
    ("en", "Twin towns"),
    (
        "en",
        "The mayor of Cork received a delegation from Rennes at City Hall, and both spoke of René’s ferry.",
    ),
    (
        None,
        "Міський голова зустрівся з делегацією, і це було вже десяте свято. Міста дружать з 1987 року.",
    ),
    (None, "Кметът на града се срещна с делегацията. Двата града са побратимени от 1987 година и ще продължат това."),
    (None, "Градоначелник је примио делегацију из братског града и разговарали су о сарадњи."),
    (None, "Мэр горада сустрэўся з дэлегацыяй, якая прыехала ў Мінск."),
    (None, "市长会见了友好城市代表团，双方讨论了学生交流。"),
    (None, "市長會見了友好城市代表團，雙方討論了學生交流。"),
    (
        "de",
        "Der Bürgermeister empfing die Delegation aus der Partnerstadt. Die Städte sind seit 1987 verbunden.",
    ),
    ("de", "Städtepartnerschaft mit Győr erneuert"),
    (None, "De burgemeester ontving de delegatie uit de zusterstad. De steden zijn sinds 1987 met elkaar verbonden."),
    (None, "Borgmesteren modtog delegationen fra venskabsbyen, og byerne har været forbundet siden 1987."),
    (
        None,
        "Le maire a reçu la délégation de la ville jumelée. Les deux villes sont liées depuis 1987.",
    ),
    (None, "El alcalde recibió a la delegación de la ciudad hermana y hablaron de los estudiantes que viajan en mayo."),
    (None, "시장은 자매도시 대표단을 만났다."),
    ("ja", "澤田市長が歓迎のあいさつをしました"),
    ("ru", "Дни Японии"),
    ("en", "A DELEGATION FROM THE TWIN TOWN HAS ARRIVED AND WILL SPEND THE NEXT FEW DAYS WITH THE MAYOR OF THE CITY."),
    (
        "ru",
        "Мэр подписал документ об установлении связей между городами. После подписания документ вступил в силу. " * 3,
    ),
    (None, ""),
    (None, "1987 — 2019"),
]


@pytest.mark.parametrize(("code", "text"), TEXTS)
def test_language_is_told_by_letters_and_words(code: str | None, text: str) -> None:
    assert find_language(Page.of_text(text)) == code


def test_a_wrong_declaration_is_not_believed() -> None:
    text = "Делегация посетила школу. Города дружат с 1987 года, и эта поездка уже десятая."

    assert find_language(Page.of_text(text, language="en-US")) == "ru"


def test_kanji_alone_go_by_the_declaration() -> None:
    assert find_language(Page.of_text("友好都市提携協定書", language="ja")) == "ja"
    assert find_language(Page.of_text("友好都市提携協定書", language="zh")) is None


def test_a_short_text_may_lack_the_telling_letters() -> None:
    text = (
        "Irkutsk and Ulaanbaatar sign a tourism agreement\n"
        "On 12 March 2026 Irkutsk Mayor Aleksey Gromadin and Ulaanbaatar deputy mayor Ganboldyn Sarantuyaa signed an "
        "agreement on tourism in Irkutsk.\n"
        "A joint festival will take place in Ulaanbaatar in July 2027.\n"
    )

    assert find_language(Page.of_text(text)) == "en"
