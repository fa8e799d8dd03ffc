"""Japanese names, quotations, sentences and dates, on sentences of our own."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading.told import read
from twinbook.reading.language import language_pack
from twinbook.reading.languages.ja import grammar
from twinbook.reading.steps.dates import find_dates
from twinbook.reading.story import NameMention, Sentence, Story


def story_of(text: str, *, published: str | None = None, site: str | None = None) -> Story:
    """A story of one paragraph with its names."""
    whole = ((0, len(text)),)
    sentences = tuple(Sentence(start, end, 0) for start, end in grammar.find_sentences(text, 0, len(text)))
    day = date.fromisoformat(published) if published else None
    story = Story(text, "ja", whole, whole, sentences, published=day, home=site)
    return replace(story, names=tuple(grammar.find_names(story)))


def named(text: str, kind: str, *, site: str | None = None) -> list[NameMention]:
    return [name for name in story_of(text, site=site).names if name.kind == kind]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("北村省吾市長は歓迎した。", "北村省吾", "市長"),
        ("市長の北村省吾氏と懇談した。", "北村省吾", "市長"),
        ("イルクーツク市副市長のエレーナ・ソコロワ氏です。", "エレーナ・ソコロワ", "イルクーツク市副市長"),
        ("山野之義金沢市長が渡航した。", "山野之義", "金沢市長"),
        ("寺岡悟・広島市長とともに署名した。", "寺岡悟", "広島市長"),
        ("ドミトリー・ベルドニコフ市長が来日した。", "ドミトリー・ベルドニコフ", "市長"),
        ("ジャン＝マルク・エロー市長が来日した。", "ジャン＝マルク・エロー", "市長"),
        ("ナント副市長ソフィー・マルタン氏が臨んだ。", "ソフィー・マルタン", "ナント副市長"),
        ("金容植(キム・ヨンシク)団長ら10人が訪れた。", "金容植", "団長"),
        ("中国・蘇州市の曲福田市長が訪れた。", "曲福田", "市長"),
        ("李克明・大連市人民政府外事弁公室主任が出席した。", "李克明", "大連市人民政府外事弁公室主任"),
        ("会長の松永フミさんは笑った。", "松永フミ", "会長"),
        ("実行委員長の黒岩ひとみさん(61)は話した。", "黒岩ひとみ", "実行委員長"),
        ("雪見市長　小山内進", "小山内進", "雪見市長"),
        ("ウランバートル市のS・アマルサイハン市長と会談した。", "S・アマルサイハン", "市長"),
        ("セルギー・コルスンスキー駐日ウクライナ大使と会談した。", "セルギー・コルスンスキー", "駐日ウクライナ大使"),
    ],
)
def test_person_is_found_with_the_post(text: str, name: str, role: str) -> None:
    found = named(text, "person")

    assert ([one.name for one in found], found[0].role) == ([name], role)


def test_family_name_alone_is_the_full_name() -> None:
    found = named("沢田瑞穂副市長とヤニス・オゾリンシュ市長が会談した。沢田氏とオゾリンシュ市長は笑った。", "person")

    assert [one.name for one in found] == ["沢田瑞穂", "ヤニス・オゾリンシュ", "沢田瑞穂", "ヤニス・オゾリンシュ"]


@pytest.mark.parametrize(
    "text", ["お客さんと市民の皆さんが拍手を送った。", "市長と副市長が出席した。", "金沢市長が署名した。"]
)
def test_nobody_is_named(text: str) -> None:
    assert named(text, "person") == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("ロシア連邦イルクーツク市の代表団が金沢市を訪れた。", ["ロシア", "イルクーツク", "金沢"]),
        ("アメリカ・ワシントン州のタコマ市にちなむ。", ["アメリカ", "ワシントン州", "タコマ"]),
        ("アメリカカリフォルニア州サンブルーノ市から来た。", ["アメリカ", "カリフォルニア州", "サンブルーノ"]),
        ("韓国の大邱市と江陵市を訪れた。", ["韓国", "大邱", "江陵"]),
        ("ソウル特別市麻浦区から訪れた。", ["ソウル", "麻浦区"]),
        ("クリスマス市や朝市をのぞき、選手は姉妹都市の市場を歩いた。", []),
        ("リコ・メディナ市長が訪れた。", []),
        ("金沢駅からロシア語の歌が聞こえる。", ["ロシア"]),
    ],
)
def test_places_are_bare_towns_and_whole_regions(text: str, places: list[str]) -> None:
    found = [one.name for one in named(text, "place")]

    assert [name for name in found if name != "ロシア" or "ロシア" in places] == places


def test_bare_prefecture_is_the_region_named_on_the_page() -> None:
    found = named("石川県の訪問団は23日に石川を発った。", "place")

    assert [(one.name, one.place_kind) for one in found] == [("石川県", "region"), ("石川県", "region")]


def test_references_stand_for_the_towns_of_the_page() -> None:
    found = named(
        "金沢市とナンシー市は仲が良い。本市が贈った灯籠を同市は大切にし、両市は歩む。", "place", site="金沢市公式サイト"
    )

    assert [one.name for one in found] == ["金沢", "ナンシー", "金沢", "ナンシー", "ナンシー", "金沢"] or [
        one.name for one in found
    ] == ["金沢", "ナンシー", "金沢", "ナンシー", "金沢", "ナンシー"]


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("新潟商工会議所とナント料理学校が受け持つ。", ["新潟商工会議所", "ナント料理学校"]),
        ("ミュンヘンから「イーザル少年合唱団」が来た。", ["イーザル少年合唱団"]),
        ("少年野球チーム「トリード・マッドヘンズ」が来た。", ["トリード・マッドヘンズ"]),
        ("在札幌米国総領事館の職員が訪れた。", ["在札幌米国総領事館"]),
        ("一行は中学校と図書館を見て回った。", []),
        ("ミュンヘン市観光局長のクラウス・ホフマン氏も訪れた。", []),
        ("高知県立美術館（安田篤生館長）は協定を結んだ。", ["高知県立美術館"]),
    ],
)
def test_bodies_need_a_proper_name_and_a_head(text: str, bodies: list[str]) -> None:
    assert [one.name for one in named(text, "organisation")] == bodies


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        (
            "北村省吾市長は「桜を贈りたい」、ソコロワ副市長は「植えたい」と述べた。",
            [("北村省吾", "桜を贈りたい"), ("ソコロワ", "植えたい")],
        ),
        ("「会えてうれしかった」。北村省吾市長はこう語った。", [("北村省吾", "会えてうれしかった")]),
        ("「料理を通して仲良くなれました」（参加者の山田花子さん）", [("山田花子", "料理を通して仲良くなれました")]),
        (
            "林健二団長は「市長から『待っている』と言われた」と話した。",
            [("林健二", "市長から『待っている』と言われた")],
        ),
        ("市は「安全を確認できれば再開したい」としている。", [("市", "安全を確認できれば再開したい")]),
        ("会場には「ようこそ金沢へ」と書かれた幕があった。", []),
        ("新しい船は「友好の翼」と名付けられた。", []),
        ("北村省吾市長が「世界とつながる街」と題して講演した。", []),
    ],
)
def test_only_speech_is_a_quotation(text: str, spoken: list[tuple[str, str]]) -> None:
    found = grammar.find_quotes(story_of(text))

    assert [(quote.speaker, text[quote.start : quote.end]) for quote in found] == spoken


def test_speaker_is_the_subject_of_the_sentence_before() -> None:
    text = "結団式では、生徒が決意を語った。「自分が成長できるチャンス」「和菓子を広めたい」などと話した。"

    found = grammar.find_quotes(story_of(text))

    assert [quote.speaker for quote in found] == ["生徒", "生徒"]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("「行きたい。必ず行く。」と話した。次は秋だ。", ["「行きたい。必ず行く。」と話した。", "次は秋だ。"]),
        ("すごい！と驚いた。本当？", ["すごい！と驚いた。", "本当？"]),
        ("・植樹祭（10月）\n・写真展", ["植樹祭（10月）", "写真展"]),
        ("閉じない「括弧がある。それでも終わる。", ["閉じない「括弧がある。", "それでも終わる。"]),
        ("こう記す。「光は届く。」 公開は春だ。", ["こう記す。", "「光は届く。」", "公開は春だ。"]),
    ],
)
def test_sentences_end_outside_brackets(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in grammar.find_sentences(text, 0, len(text))] == sentences


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("代表団は14日、市長と会談した。日程は12日から16日まで。", ["2023-06-14", "2023-06-12/2023-06-16"]),
        ("7月23、24の両日に開く。", ["2023-07-23/2023-07-24"]),
        ("平成29年5月から平成30年3月まで続いた。", ["2017-05/2018-03"]),
        ("ネベリスク市とは1972年、コルサコフ市とは91年に結んだ。", ["1972", "1991"]),
        ("昭和42年（1967年）3月20日（月・祝）に結んだ。", ["1967-03-20"]),
        ("来月上旬、今秋、昨年11月、10月下旬。", ["2023-07-0X", "2023-23", "2022-11", "2023-10-2X"]),
        ("12月24日まで開く。", ["../2023-12-24"]),
        ("3日間の滞在で、10年ぶり、50周年。", []),
    ],
)
def test_dates_lean_on_the_day_of_publication(text: str, dates: list[str]) -> None:
    found, notes = find_dates(story_of(text, published="2023-06-15"), language_pack("ja"))

    assert ([one.when.edtf for one in found], notes) == (dates, [])


@given(st.text(alphabet="市長金沢・「」『』。（）はがの、北村省吾エレーナ氏さん12年月日\n 両同本", max_size=120))
def test_any_text_gives_names_and_quotations_inside_it(text: str) -> None:
    story = story_of(text)

    spans = [(name.start, name.end) for name in story.names] + [(q.start, q.end) for q in grammar.find_quotes(story)]

    assert all(0 <= start < end <= len(text) for start, end in spans)


def test_clause_without_a_verb_of_its_own_time_shares_the_last_one() -> None:
    text = "松本市の代表団\n松本市の代表団は来年5月に姉妹都市レーゲンスブルク市を訪問し、市長と会談する予定だ。"

    found = read("ja", text, published="2018-10-04").activities

    assert {one.status for one in found} == {"planned"}


def test_signing_of_a_tie_years_ago_is_the_tie_alone() -> None:
    text = "松本市の歩み\n松本市とレーゲンスブルク市は1998年に姉妹都市提携を締結した。今月は市民が訪問する。"

    found = read("ja", text, published="2018-10-04")

    assert [(tie.kind, tie.since) for tie in found.ties] == [("sister_city", "1998")]
    assert "agreement" not in {one.kind for one in found.activities}


def test_partner_in_the_line_above_has_the_year_below() -> None:
    text = (
        "松山市の姉妹都市\n松山市は海外の2都市と姉妹都市提携を結んでいます。\nサクラメント市（アメリカ）\n"
        "1981年8月29日に姉妹都市提携。昭和57年から隔年で高校生を相互に派遣しています。\nフライブルク市（ドイツ）\n"
        "1989年4月15日に姉妹都市提携。平成30年には職員2名が太陽光発電の研修を受けました。"
    )

    found = read("ja", text, published="2018-10-04").ties

    assert [(set(tie.between), tie.since) for tie in found] == [
        ({"松山", "サクラメント"}, "1981-08-29"),
        ({"松山", "フライブルク"}, "1989-04-15"),
    ]


VENUE_TITLE = "松本市の国際交流\n松本市とレーゲンスブルク市（ドイツ）は姉妹都市だ。"


@pytest.mark.parametrize(
    ("told", "places"),
    [
        ("来年5月、レーゲンスブルク市で松本の写真展を開く。", {"レーゲンスブルク"}),
        ("来年5月、レーゲンスブルク市から高校生10人を受け入れる。", {"松本"}),
        ("来年5月、職員2人を現地に派遣する。", {"レーゲンスブルク"}),
        ("代表団が10月2日に市役所を訪れ、市長と懇談した。", {"松本"}),
        ("両市は高校生の相互派遣を続けている。", {"松本", "レーゲンスブルク"}),
    ],
)
def test_activity_happens_where_its_words_say(told: str, places: set[str]) -> None:
    found = read("ja", VENUE_TITLE + told, published="2018-10-04").activities

    assert found
    assert {frozenset(one.places) for one in found} == {frozenset(places)}


def test_what_an_agreement_holds_and_what_led_to_it_are_no_activities() -> None:
    told = "両市は音楽会をきっかけに10月2日、文化協定を結んだ。協定には、演奏会の開催や職員の相互派遣が盛り込まれた。"

    found = read("ja", VENUE_TITLE + told, published="2018-10-04").activities

    assert {one.kind for one in found} == {"agreement"}


def test_lines_that_are_days_date_what_stands_under_them() -> None:
    diary = (
        "\n9月9日（日）\n姉妹都市の訪問団22人をお迎えし、市役所で懇談しました。"
        "\n9月12日（水）\n記念の桜の植樹式を行いました。"
    )

    found = read("ja", VENUE_TITLE + diary, published="2018-10-04").activities

    assert {"2018-09-09", "2018-09-12"} == {one.when for one in found}


def test_two_gifts_of_two_years_in_one_sentence_are_two() -> None:
    told = "平成19年の地震ではレーゲンスブルク市から見舞金が贈られ、平成25年には松本市が同市にマスク1万枚を送りました。"

    found = read("ja", VENUE_TITLE + told, published="2018-10-04").activities

    assert [(one.kind, one.when) for one in found] == [("aid", "2007"), ("aid", "2013")]


def test_large_city_and_family_name_of_one_letter_are_told() -> None:
    text = "福岡市の姉妹都市、釜山広域市の国際協力課長イ・ジヘ氏が市役所を訪れた。イ課長は「海は近い道です」と話した。"

    places, people = named(text, "place"), named(text, "person")

    assert "釜山" in {place.name for place in places}
    assert {person.name for person in people} == {"イ・ジヘ"}
    assert [quote.speaker for quote in grammar.find_quotes(replace(story_of(text), names=tuple(people)))] == [
        "イ・ジヘ"
    ]
