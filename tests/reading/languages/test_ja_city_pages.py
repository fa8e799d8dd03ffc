"""What pages of Japanese city halls, consulates and newsrooms taught: names, towns, days, and what is no finding."""

import pytest

from reading.told import read

TITLE = "姉妹都市ニュース\n"


def _of(text: str, *, published: str | None = None):  # type: ignore[no-untyped-def]
    return read("ja", TITLE + text, published=published)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("姉妹都市の水原市から元賢哲（ウォン・ヒョンチョル）市長が松本市を訪れた。", ("元賢哲", "市長", "水原")),
        ("友好都市の桂林市から李妍（りえん）常務副市長が熊本市を訪れた。", ("李妍", "常務副市長", "桂林")),
        ("姉妹都市提携を祝い、渡辺市長が松本市でナンシー市の代表団を迎えた。", ("渡辺", "市長", "松本")),
        ("松本市総合政策部森下健司部長がナンシー市の代表団と姉妹都市の交流を話し合った。", ("森下健司", "部長", None)),
        (
            "姉妹都市ボッパルト市のワルター・べアシュ市長が青梅市を訪れた。",
            ("ワルター・ベアシュ", "市長", "ボッパルト"),
        ),
    ],
)
def test_person_is_told_by_reading_post_or_script(text: str, person: tuple[str, str, str | None]) -> None:
    found = [(one.name, one.role, one.represents) for one in _of(text).people]

    assert person in [(name, role, represents if person[2] else None) for name, role, represents in found]


@pytest.mark.parametrize(
    ("text", "places", "absent"),
    [
        ("台湾花蓮県瑞穂郷の代表団が姉妹都市の沼田町を訪れた。瑞穂郷は温泉の郷だ。", {"瑞穂郷", "沼田"}, {"瑞穂"}),
        (
            "関市は姉妹都市モジ・ダス・クルーゼス市（以下、モジ市）の訪問団を迎えた。モジ市とは50年になる。",
            {"関", "モジ・ダス・クルーゼス"},
            {"モジ"},
        ),
        ("姉妹都市フライブルク市のザロモン市長が松山市を訪れた。", {"フライブルク", "松山"}, {"ザロモン"}),
        ("総領事は中国地方を回り、姉妹都市のある山口市を訪れて市長と懇談した。", {"山口"}, {"中国地方", "中国"}),
    ],
)
def test_town_has_one_name_and_a_mayor_is_none(text: str, places: set[str], absent: set[str]) -> None:
    found = {place.name for place in _of(text).places}

    assert places <= found
    assert not absent & found


@pytest.mark.parametrize(
    ("text", "published", "when"),
    [
        ("10月22日（火曜日）、姉妹都市ナンシー市の代表団が松本市を訪れました。", "2021-04-01", "2019-10-22"),
        ("2月19日火曜日に、姉妹都市ナンシー市の市長が松本市を訪れました。", "2016-09-01", "2013-02-19"),
        ("平成3（1991）年2月28日、ナンシー市の市長が松本市を訪れました。", None, "1991-02-28"),
        ("1991（平成3）年2月、ナンシー市の市長が松本市を訪れました。", None, "1991-02"),
    ],
)
def test_year_is_told_by_the_weekday_or_beside_its_era(text: str, published: str | None, when: str) -> None:
    assert [one.when for one in _of(text, published=published).activities if one.kind == "visit"] == [when]


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("松本市とナンシー市は1985年より交流が始まり、1992年に友好都市関係が結ばれた。", "1992"),
        ("8月29日、松本市と友好都市協定を締結しているナンシー市から代表団が訪れた。", None),
        ("2012年から交流を続ける松本市とナンシー市が友好都市協定を結びました。", None),
    ],
)
def test_tie_begins_neither_with_exchanges_nor_with_news(text: str, since: str | None) -> None:
    assert [tie.since for tie in _of(text, published="2023-09-12").ties] == [since]


@pytest.mark.parametrize(
    "text",
    [
        "総領事は令和3年4月に着任され、コロナ禍で見送られていたあいさつのため、松本市役所を訪れて市長と懇談しました。",
        "中国の総領事が松本市を訪れ、市長を表敬訪問しました。",
    ],
)
def test_consuls_call_is_a_meeting_alone(text: str) -> None:
    assert {one.kind for one in _of(text, published="2023-05-20").activities} == {"meeting"}


@pytest.mark.parametrize(
    "text",
    [
        "今年は日中国交正常化45周年にあたる。",
        "姉妹都市交流が途絶えがちになる自治体もある。",
        "松本市は古くからナンシー市と密接な交流を行ってきた。",
        "姉妹都市提携が9月に30周年を迎える。",
        "引き続きのご支援をお願いした。",
    ],
)
def test_background_and_wishes_are_no_activities(text: str) -> None:
    opening = "松本市の市長は3日、姉妹都市ナンシー市を訪れた。"

    kinds = [one.kind for one in _of(opening + text).activities]

    assert kinds in (["visit"], ["visit", "commemoration"] if "30周年" in text else ["visit"])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "松本市は新しい橋を、姉妹都市ナンシー市にちなみ「姉妹都市友好の橋」と名付けました。代表団も渡り初めに参加しました。",
            "姉妹都市友好の橋",
        ),
        ("松本市には、平成9年に姉妹都市ナンシー市から贈られ、今も公園に立つ「双龍の石灯籠」がある。", "双龍の石灯籠"),
    ],
)
def test_landmark_has_its_whole_name(text: str, name: str) -> None:
    assert [one.name for one in _of(text).landmarks] == [name]


def test_what_an_interpreter_put_into_japanese_is_a_quotation() -> None:
    text = (
        "松本市と姉妹都市の水原市の李在哲（イ・ジェチョル）市長が協定書に署名しました。\n"
        "（水原市　李在哲　市長）※通訳「長年の夢がかない、町じゅうが喜んでいます」"
    )

    assert [(quote.speaker, quote.span is not None) for quote in _of(text).quotes] == [("李在哲", True)]


def test_proverb_is_no_quotation() -> None:
    text = "両市は「まさかの時の友こそ真の友」ということわざのように助け合い、ナンシー市が松本市に物資を贈った。"

    assert _of(text).quotes == ()


@pytest.mark.parametrize(
    ("text", "places", "absent"),
    [
        ("韓国の友好都市・醴泉（イェチョン）郡の郡守が熊野町を訪れた。醴泉郡は弓の里だ。", {"醴泉", "熊野"}, set()),
        ("【小山】浅井健市長は姉妹都市ケアンズ市へ訪問団を派遣すると話した。", {"小山", "ケアンズ"}, set()),
        ("三田市長からの親書を、姉妹都市ブルーマウンテンズ市の市長に手渡した。", {"三田", "ブルーマウンテンズ"}, set()),
        ("名護市の渡具知武豊市長が姉妹都市ヒロ市を訪れた。", {"名護", "ヒロ"}, {"武豊"}),
        ("姉妹都市ナンシー市の代表団を、松本市の富岡議長が市役所に迎えた。", {"松本", "ナンシー"}, {"富岡"}),
        ("【ソウル聯合ニュース】蔚山市の代表団が友好都市の新潟市を訪れた。", {"蔚山", "新潟"}, {"ソウル"}),
        ("西都市は台湾・羅東鎮との姉妹都市盟約5周年を祝い、羅東鎮を訪れた。", {"西都", "羅東鎮"}, {"羅"}),
    ],
)
def test_county_bracket_and_head_tell_the_town(text: str, places: set[str], absent: set[str]) -> None:
    reading = _of(text)
    found = {place.name for place in reading.places}

    assert places <= found
    assert not absent & found
    assert not places & {person.name for person in reading.people}


@pytest.mark.parametrize(
    ("text", "status", "when"),
    [
        ("松本市は28日、姉妹都市ナンシー市への高校生の派遣を今夏は中止すると発表した。", "cancelled", "2019-22"),
        ("松本市は姉妹都市ナンシー市へ高校生を派遣する予定だったが、台風のため見送られた。", "cancelled", None),
        (
            "松本市は、姉妹都市ナンシー市とまちづくりセミナーを開催します。\n日時：2019年2月27日(水曜日)\n会場：松本市役所\n両市の取組を市民の皆さまに紹介し、姉妹都市との新しい事業の種を探します。",
            "planned",
            "2019-02-27",
        ),
        ("秋にはナンシー市の菓子職人を松本市に招き、姉妹都市の料理教室を開く計画だ。", "planned", "2019-23"),
        ("9月7日から6日間の日程で、姉妹都市ナンシー市の写真展を松本市で開く計画です。", "planned", "2019-09-07"),
    ],
)
def test_day_of_an_announcement_is_not_the_day_announced(text: str, status: str, when: str | None) -> None:
    found = _of(text, published="2019-01-29").activities

    assert (status, when) in [(one.status, str(one.when) if one.when else None) for one in found]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ナンシー市の代表団を迎えた歓迎会では、松本市の太鼓が披露され、大きな拍手がわいた。", "cultural_event"),
        ("松本市と姉妹都市ナンシー市は、文化芸術から行政まで、意見交換を行いました。", "cultural_event"),
        ("姉妹都市提携40周年記念の訪問団が、ナンシー市へ向けて松本市を出発した。", "commemoration"),
        ("松本市長への表敬訪問の日時と場所は次のとおりです。", "meeting"),
    ],
)
def test_part_or_occasion_is_no_activity_of_its_own(text: str, kind: str) -> None:
    told = _of("姉妹都市ナンシー市の代表団が10月3日に松本市を訪れた。\n" + text)

    assert kind not in {one.kind for one in told.activities}
