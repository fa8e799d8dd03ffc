"""Editions written by hand: a city with partners, in three languages, with everything a page can meet."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from twinbook.publishing.edition import (
    Activity,
    Commitment,
    Edition,
    Fact,
    Footnote,
    Gift,
    Holding,
    Landmark,
    Name,
    Office,
    Participant,
    Partner,
    Person,
    Place,
    Source,
    Step,
    Text,
    figures,
)

LANGUAGES = ("ru", "ja", "en")
CHANGED = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

RELEASE = Source(
    "release",
    "Мэр встретился с консулом",
    "Пример: пресс-служба города",
    "https://city.example/news/1?a=1&b=2",
    "ru",
    "2018-09-12",
    date(2026, 11, 1),
)
COUNCIL = Source(
    "council", "姉妹都市の概要", "例:国際交流課", "https://sister.example/gaiyou", "ja", "", date(2026, 11, 2)
)
LETTER = Source("letter", "", "", "", "ru", "", date(2026, 11, 3), "note")
REPORT = Source("report", "Ten years of school visits", "Sample gazette", "https://gazette.example/a", "en", "2002-05")

EXCHANGE = Footnote("release|94", "С 1994 года между городами проходят обмены школьниками.", RELEASE)
SAID = Footnote(
    "release|street", "В вашем городе есть улица, которая носит имя побратима.", RELEASE, "Образец Примеров"
)
VOTE = Footnote("council|vote", "1967年3月20日、市議会で姉妹都市提携を議決", COUNCIL)
SINCE_89 = Footnote("report|89", "Pupils have travelled since 1989.", REPORT)
NOTE = Footnote("letter|1", "Письмо о намерениях подписано в 2012 году.", LETTER)
WITHHELD = Footnote("release|child", "", RELEASE, is_withheld=True)

NAMES = {
    "irkutsk": {"ru": "Иркутск", "ja": "イルクーツク", "en": "Irkutsk"},
    "kanazawa": {"ru": "Канадзава", "ja": "金沢", "en": "Kanazawa"},
    "eugene": {"ru": "Юджин", "ja": "ユージーン", "en": "Eugene"},
    "ulaanbaatar": {"ru": "Улан-Батор", "ja": "ウランバートル", "en": "Ulaanbaatar"},
    "shenyang": {"ru": "Шэньян", "ja": "瀋陽", "en": "Shenyang"},
    "gangneung": {"ru": "Каннын", "ja": "江陵", "en": "Gangneung"},
    "ningbo": {"ru": "Нинбо", "ja": "寧波", "en": "Ningbo"},
    "pforzheim": {"ru": "Пфорцхайм", "ja": "プフォルツハイム", "en": "Pforzheim"},
    "vilnius": {"ru": "Вильнюс", "ja": "ヴィリニュス", "en": "Vilnius"},
    "chemnitz": {"ru": "Хемниц", "en": "Chemnitz"},  # no Japanese name: the fallback must say so
}
PLACES = {
    "irkutsk": ("RU", 52.29, 104.29),
    "kanazawa": ("JP", 36.56, 136.65),
    "eugene": ("US", 44.05, -123.09),
    "ulaanbaatar": ("MN", 47.92, 106.92),
    "shenyang": ("CN", 41.8, 123.43),
    "gangneung": ("KR", 37.75, 128.9),
    "ningbo": ("CN", 29.87, 121.55),
    "pforzheim": ("DE", 48.89, 8.7),
    "vilnius": ("LT", 54.69, 25.28),
    "chemnitz": ("DE", 50.83, 12.92),
}


def edition(language: str, *, audience: str = "public", address: str = "https://twins.example/site/") -> Edition:
    """The sample register in one language."""
    partners = tuple(_partner(slug, language, audience) for slug in PLACES if slug != "irkutsk")
    activities = {activity.key: activity for partner in partners for activity in partner.activities}
    landmarks = tuple(one for partner in partners for one in partner.landmarks)
    people = {person.key: person for partner in partners for person in partner.people}
    return Edition(
        language,
        LANGUAGES,
        _place("irkutsk", language),
        datetime(2026, 11, 25, 8, 0, tzinfo=UTC),
        CHANGED,
        partners,
        tuple(activities.values()),
        landmarks,
        tuple(people.values()),
        figures(partners, tuple(activities.values()), landmarks, on=date(2026, 11, 25)),
        Office(
            _text(language, ru="Отдел международных связей", ja="国際交流課", en="International Office"),
            mail="office@city.example",
            web="https://city.example/",
        ),
        address,
        audience,
    )


def editions() -> dict[str, Edition]:
    return {language: edition(language) for language in LANGUAGES}


def with_text_everywhere(made: Edition, text: str) -> Edition:
    """The edition with a text in each place where words of a page can stand."""
    words = Text(text, "ru")
    note = Footnote("planted", text, Source("planted", text, text, "https://planted.example/", "ru"), text)
    activity = Activity(
        "planted",
        "meeting",
        words,
        "planned",
        ("culture",),
        Fact("2027-05-01", (note,)),
        partners=(made.partners[0].slug,),
        places=(words,),
        participants=(Participant(words, words),),
        note=words,
        said_by=text,
        decided_at=CHANGED,
        footnotes=(note,),
    )
    landmark = Landmark(
        "planted", words, "street", (Name(text),), made.partners[0].slug, words, words, footnotes=(note,)
    )
    person = Person("planted", words, (Name(text, "ja"),), (Holding("mayor", words, words),))
    step = Step("planted", "agreement", Fact("2001"), words, "signature", words, words, "partner", True, words, (note,))
    first = replace(
        made.partners[0],
        steps=(step,),
        activities=(activity,),
        landmarks=(landmark,),
        people=(person,),
        note=words,
        place=replace(made.partners[0].place, name=words, names=(Name(text, "ru"),)),
    )
    return replace(
        made,
        partners=(first, *made.partners[1:]),
        activities=(*made.activities, activity),
        landmarks=(*made.landmarks, landmark),
        people=(person,),
    )


def _text(language: str, **by_language: str) -> Text:
    """The text in the language, else in the first that has one."""
    found = language if language in by_language else next(iter(by_language))
    return Text(by_language[found], found)


def _place(slug: str, language: str) -> Place:
    country, latitude, longitude = PLACES[slug]
    scripts = {"ru": "Cyrl", "ja": "Jpan", "en": "Latn"}
    names = tuple(Name(text, code, scripts[code]) for code, text in NAMES[slug].items())
    if slug == "chemnitz":
        names += (Name("Karl-Marx-Stadt", "de", "Latn", "former"),)
    return Place(
        slug,
        _text(language, **NAMES[slug]),
        names,
        country,
        "city",
        latitude,
        longitude,
        (("wikidata", "Q182628"),) if slug == "kanazawa" else (),
    )


def _partner(slug: str, language: str, audience: str) -> Partner:
    place = _place(slug, language)
    if slug == "kanazawa":
        return _kanazawa(place, language, audience)
    state = {"eugene": "suspended", "pforzheim": "suspended", "vilnius": "ended", "chemnitz": "unknown"}.get(
        slug, "active"
    )
    since = {"eugene": "1988", "pforzheim": "1999", "vilnius": "../2011", "chemnitz": "197X", "ningbo": "2025-06"}.get(
        slug, "2011-10-04"
    )
    kept = Fact(since, (VOTE,))
    steps = [Step(f"{slug}-1", "agreement", kept, level="sister_city", basis="signature", footnotes=(VOTE,))]
    if slug == "ningbo":
        steps.insert(0, Step("ningbo-0", "intent", Fact("2012", (NOTE,)), level="partner", footnotes=(NOTE,)))
    if state in ("suspended", "ended"):
        kind = "pause" if state == "suspended" else "end"
        side = _text(language, **NAMES[slug])
        steps.append(
            Step(f"{slug}-2", kind, Fact("2022-03", (NOTE,)), basis="council_vote", side=side, footnotes=(NOTE,))
        )
    level = "partner" if slug == "ningbo" else "sister_city"
    visit = Activity(
        f"{slug}-visit",
        "visit",
        _text(language, ru=f"Визит делегации: {NAMES[slug]['ru']}", en=f"Delegation from {NAMES[slug]['en']}"),
        "done",
        ("governance", "youth"),
        Fact("2016-06-2X", (NOTE,)),
        partners=(slug,),
        places=(_text(language, **NAMES["irkutsk"]),),
        people_in=Fact("12", (NOTE,)),
        decided_at=datetime(2026, 11, 3, tzinfo=UTC),
        footnotes=(NOTE,),
    )
    return Partner(slug, place, level, state, kept, slug == "chemnitz", steps=tuple(steps), activities=(visit,))


def _kanazawa(place: Place, language: str, audience: str) -> Partner:
    home = _text(language, **NAMES["irkutsk"])
    consul = Person(
        "consul",
        _text(language, ru="Образец Примеров", ja="見本 太郎"),
        (Name("Образец Примеров", "ru", "Cyrl"), Name("見本 太郎", "ja", "Jpan")),
        (
            Holding(
                "consul_general",
                _text(language, ru="генеральный консул", ja="総領事", en="Consul General"),
                _text(language, ru="Хабаровск", ja="ハバロフスク"),
                seen_on="2018-09-12",
                footnotes=(EXCHANGE,),
            ),
        ),
        ("kanazawa",),
    )
    done = datetime(2026, 11, 10, tzinfo=UTC)
    activities = (
        Activity(
            "pupils",
            "exchange",
            _text(language, ru="Обмены школьными делегациями", ja="学校訪問団の交流"),
            "ongoing",
            ("education", "youth"),
            Fact("1994/..", (EXCHANGE,), (Fact("1989/..", (SINCE_89,)),)),
            True,
            ("kanazawa",),
            (home, place.name),
            people_out=Fact("18", (SINCE_89,)),
            decided_at=done,
            footnotes=(EXCHANGE, SINCE_89),
        ),
        Activity(
            "meeting",
            "meeting",
            _text(language, ru="Встреча мэра с генеральным консулом"),
            "done",
            ("economy", "education", "culture"),
            Fact("2018-09", (EXCHANGE,)),
            False,
            ("kanazawa",),
            (home,),
            (Participant(consul.name, consul.holdings[0].title),),
            decided_at=done,
            footnotes=(EXCHANGE,),
        ),
        Activity(
            "marathon",
            "competition",
            _text(
                language,
                ru="Участие в Международном марафоне",
                ja="国際マラソンへの参加",
                en="Runners at the international marathon",
            ),
            "planned",
            ("sport",),
            Fact("2027-10-2X", (EXCHANGE,)),
            False,
            ("kanazawa",),
            (place.name,),
            decided_at=done,
            footnotes=(EXCHANGE, WITHHELD),
        ),
        Activity(
            "days",
            "cultural_event",
            _text(language, ru="Дни японской культуры"),
            "proposed",
            ("culture",),
            partners=("kanazawa",),
            places=(home,),
            said_by="Образец Примеров",
            decided_at=done,
            footnotes=(SAID,),
        ),
        Activity(
            "cancelled",
            "visit",
            _text(language, en="Visit of a choir"),
            "cancelled",
            ("culture",),
            Fact("2020-04"),
            partners=("kanazawa",),
            decided_at=done,
            footnotes=(SINCE_89,),
        ),
    )
    landmarks = (
        Landmark(
            "street",
            _text(language, ru="улица Канадзавы", ja="金沢通り"),
            "street",
            partner="kanazawa",
            place=home,
            honours=place.name,
            said_by="Образец Примеров",
            footnotes=(SAID,),
        ),
        Landmark(
            "garden",
            _text(language, ja="イルクーツク庭園", en="Irkutsk Garden"),
            "garden",
            partner="kanazawa",
            place=place.name,
            since=Fact("1997", (VOTE,)),
            latitude=36.57,
            longitude=136.66,
            footnotes=(VOTE,),
        ),
    )
    steps = (
        Step(
            "vote",
            "agreement",
            Fact("1967-03-20", (VOTE,)),
            basis="council_vote",
            level="sister_city",
            decider=_text(language, ja="市議会"),
            footnotes=(VOTE,),
        ),
        Step("renewal", "renewal", Fact("1997", (NOTE,)), basis="signature", is_firm=False, footnotes=(NOTE,)),
    )
    promises = (
        Commitment(
            "promise",
            _text(language, ru="Прислать программу Дней культуры"),
            place.name,
            "консул",
            "2026-23",
            "open",
            said_on="2018-09",
            footnotes=(SAID,),
        ),
        Commitment(
            "kept",
            _text(language, ru="Передать книги библиотеке"),
            home,
            "",
            "2019",
            "kept",
            _text(language, ru="Книги переданы"),
            footnotes=(EXCHANGE,),
        ),
    )
    gifts = (Gift("gift", _text(language, ru="Каменный фонарь", ja="石灯籠"), place.name, home, "1997", home),)
    return Partner(
        "kanazawa",
        place,
        "sister_city",
        "active",
        Fact("1967-03-20", (VOTE,)),
        steps=steps,
        activities=activities,
        landmarks=landmarks,
        people=(consul,),
        commitments=promises if audience == "office" else (),
        gifts=gifts if audience == "office" else (),
    )
