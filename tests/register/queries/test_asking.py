"""What is asked: the same number of questions to the database for one item and for three, and plain values back."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from register.conftest import Clock
from register.readings import IRKUTSK, activity, queued, reading
from twinbook.register.models import Proposal, Record
from twinbook.register.queries import found, history, lists, queue, records, revision, search, statistics, today, values
from twinbook.register.workflow import decide, enter, promise

PARTNERS = [("Канадзава", "JP"), ("Вильнюс", "LT"), ("Нинбо", "CN")]


def cost(ask: Callable[[], Any]) -> int:
    """How many questions to the database an answer takes."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


def with_partners(count: int, olga: User, clock: Clock) -> list[str]:
    """A home with that many partners, each with a page accepted: a tie, a meeting with two people, an exchange, a
    landmark and a promise; and a page that waits. The ids of the ties."""
    enter.set_home("Иркутск", language="ru", country="RU", by=olga, at=clock())
    ties = []
    for number, (name, country) in enumerate(PARTNERS[:count]):
        ties.append(_partner(name, country, number, olga, clock))
    return ties


def _partner(name: str, country: str, number: int, olga: User, clock: Clock) -> str:
    who = f"Гость{number} Петров{number}"
    text = (
        f"Мэр города {name} {who} побывал в Иркутске 3 мая 2019 года. Города дружат с 1990 года. "
        f"Обмен с городом {name} идёт каждый год. Есть сквер {name}. — Спасибо, — сказал {who}."
    )
    place = {"name": name, "kind": "city", "country": country}
    both = {"places": ["Иркутск", name]}
    said = reading(
        text,
        published="2019-05-04",
        places=[IRKUTSK, place],
        people=[{"name": who, "role": f"мэр города {name}", "represents": name, "evidence": [f"{who} побывал"]}],
        ties=[
            {"between": ["Иркутск", name], "kind": "sister_city", "since": "1990",
             "evidence": ["Города дружат с 1990 года."]},
        ],
        activities=[
            activity(f"визит {name}", [f"{who} побывал в Иркутске 3 мая 2019 года."],
                     kind="visit", when="2019-05-03") | both,
            activity(f"обмен {name}", [f"Обмен с городом {name}"],
                     status="ongoing", when="1991/..", recurring=True) | both,
        ],
        landmarks=[
            {"name": f"сквер {name}", "kind": "garden", "place": "Иркутск", "honours": name,
             "evidence": [f"Есть сквер {name}."]},
        ],
        quotes=[{"speaker": who, "span": "Спасибо"}],
    )  # fmt: skip
    decided = decide.accept_page(queued(text, said, by=olga, at=clock()), by=olga, at=clock())
    sorts = dict(Proposal.objects.filter(state="accepted").values_list("public_id", "sort"))
    by_sort: dict[str, list[str]] = {}
    for one in decided:
        by_sort.setdefault(sorts[one.proposal], []).append(one.record)
    promise.promise(
        by_sort["activity"][0], what=f"ответный визит {name}", language="ru", due="2019-09", by=olga, at=clock()
    )
    queued(text + " Ещё.", {**said, "text": text + " Ещё."}, by=olga, at=clock())
    return by_sort["tie"][0]


ASKED: dict[str, tuple[int, Callable[[list[str]], Any]]] = {
    "inbox": (2, lambda ties: queue.inbox()),
    "page_review": (7, lambda ties: queue.page_review(queue.inbox()[0].source.id)),  # one of them the inbox
    "partners": (11, lambda ties: lists.partners()),
    "dossier": (16, lambda ties: records.dossier(ties[0])),
    "register": (9, lambda ties: records.register()),
    "record": (15, lambda ties: records.record(ties[0])),
    "disputes": (4, lambda ties: records.disputes()),
    "activities": (3, lambda ties: lists.activities()),
    "statements_about": (13, lambda ties: history.statements_about(ties[0])),
    "latest_decisions": (1, lambda ties: history.latest_decisions()),
    "figures": (23, lambda ties: statistics.figures()),
    "find": (4, lambda ties: search.find("обмен")),
    "answer": (6, lambda ties: found.answer("обмен")),
    "today": (33, lambda ties: today.today(date(2019, 8, 1))),
    "revision": (1, lambda ties: revision.revision()),
}


@pytest.mark.parametrize("count", [1, 3])
def test_each_question_costs_the_same_for_one_and_for_three(count: int, olga: User, clock: Clock) -> None:
    ties = with_partners(count, olga, clock)

    asked = {name: cost(lambda ask=ask: ask(ties)) for name, (_, ask) in ASKED.items()}

    assert asked == {name: number for name, (number, _) in ASKED.items()}


def test_a_dossier_tells_of_each_record_what_the_record_alone_tells(olga: User, clock: Clock) -> None:
    told = records.dossier(with_partners(1, olga, clock)[0])
    assert told is not None

    whole = (told.tie, told.partner, *told.agreements, *told.activities, *told.people, *told.landmarks, *told.gifts)

    assert len(whole) > 5
    assert [records.record(one.id) for one in whole] == list(whole)


@pytest.mark.parametrize("name", ASKED)
def test_only_plain_values_leave(name: str, olga: User, clock: Clock) -> None:
    ties = with_partners(1, olga, clock)

    answer = ASKED[name][1](ties)

    assert not list(_model_instances(answer))


def _model_instances(value: Any) -> Iterator[models.Model]:
    if isinstance(value, models.Model | models.QuerySet):
        yield value  # type: ignore[misc]
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _model_instances(getattr(value, field.name))
    elif isinstance(value, dict):
        for item in value.values():
            yield from _model_instances(item)
    elif isinstance(value, list | tuple | set):
        for item in value:
            yield from _model_instances(item)


def test_the_partners_with_their_figures(olga: User, clock: Clock) -> None:
    with_partners(3, olga, clock)

    lines = lists.partners()

    assert [(line.country, line.partner.name("ru"), line.level, line.state) for line in lines] == [
        ("CN", "Нинбо", "sister_city", "active"),
        ("JP", "Канадзава", "sister_city", "active"),
        ("LT", "Вильнюс", "sister_city", "active"),
    ]
    assert {(line.activities, line.open_promises, line.open_disputes) for line in lines} == {(2, 1, 0)}
    assert {line.last_proof for line in lines} == {date(2019, 5, 4)}
    assert lines[1].tie.name("ru") == "Иркутск – Канадзава"
    assert lines[1].tie.name("en") == "Irkutsk – Kanazawa"


def test_a_dossier_has_all_of_its_partner_and_nothing_of_others(olga: User, clock: Clock) -> None:
    ties = with_partners(3, olga, clock)

    dossier = records.dossier(ties[0])

    assert dossier is not None and dossier.home is not None and dossier.last_proof is not None
    assert (dossier.home.label["ru"], dossier.partner.label["ru"]) == ("Иркутск", "Канадзава")
    assert [a.title["ru"] for a in dossier.activities] == ["визит Канадзава", "обмен Канадзава"]
    assert [p.label["ru"] for p in dossier.people] == ["Гость0 Петров0"]
    assert [post.title["ru"] for post in dossier.people[0].posts] == ["мэр города Канадзава"]
    assert [m.label["ru"] for m in dossier.landmarks] == ["сквер Канадзава"]
    assert [c.what["ru"] for c in dossier.open_promises] == ["ответный визит Канадзава"]
    assert [a.title["ru"] for a in dossier.exchanges] == ["обмен Канадзава"]
    assert [(line.sort, line.code) for line in dossier.timeline] == [("activity", "visit"), ("activity", "exchange")]
    assert (dossier.last_proof.on, dossier.last_proof.thing.name("ru")) == (date(2019, 5, 4), "обмен Канадзава")
    assert [s.value for s in dossier.activities[0].said] == ["Спасибо"]
    by_partner = records.dossier(dossier.partner.id)
    assert by_partner is not None and by_partner.canonical == ties[0]
    assert records.dossier("nothing") is None


def test_the_whole_register_for_an_edition(olga: User, clock: Clock) -> None:
    with_partners(3, olga, clock)

    told = records.register()

    assert told.home is not None and told.home.label["en"] == "Irkutsk"
    counts = [
        len(getattr(told, name)) for name in ("places", "ties", "activities", "people", "landmarks", "commitments")
    ]
    assert counts == [4, 3, 6, 3, 3, 3]
    assert {tie.visibility for tie in told.ties} == {"public"}
    assert {promise.visibility for promise in told.commitments} == {"internal"}
    assert all(stated for tie in told.ties for stated in tie.stated.values())


def test_what_was_known_on_a_day(olga: User, clock: Clock) -> None:
    ties = with_partners(1, olga, clock)
    today_ = clock().date()
    clock.now = clock.now.replace(year=2027)
    since = history.statements_about(ties[0], property="since")[0]
    enter.amend(since.id, "1990-06-01", by=olga, at=clock())
    clock.now = clock.now.replace(year=2028)
    later = history.statements_about(ties[0], property="since")[0]
    enter.amend(later.id, "1991", by=olga, at=clock())

    told = {
        day: shown.since.edtf if (shown := history.known_on(ties[0], day)) and shown.since else None
        for day in (date(2020, 1, 1), today_, date(2027, 12, 31), date(2029, 1, 1))
    }

    assert list(told.values()) == [None, "1990", "1990-06-01", "1991"]
    before = records.dossier(ties[0], on=today_)
    assert before is not None and before.tie.since is not None and before.tie.since.edtf == "1990"
    assert records.register(on=date(2020, 1, 1)).ties == ()


@pytest.mark.parametrize(
    ("asked", "kinds", "found"),
    [
        ("обмены", ("activity",), "обмен Канадзава"),
        ("канадзавы", ("place",), "Канадзава"),
        ("Kanazawa", ("place",), "Канадзава"),
        ("金沢", ("place",), "Канадзава"),
        ("金沢市", ("place",), "Канадзава"),
        ("金", ("place",), "Канадзава"),
        ("визт", ("activity",), "визит Канадзава"),
        ("Петров0", ("person",), "Гость0 Петров0"),
        ("скверы", ("landmark",), "сквер Канадзава"),
    ],
)
def test_search_finds_any_form(asked: str, kinds: tuple[str, ...], found: str, olga: User, clock: Clock) -> None:
    with_partners(1, olga, clock)

    hits = search.find(asked, kinds=kinds)

    assert [hit.thing.name("ru") for hit in hits.hits][:1] == [found]


def test_an_answer_stands_in_groups_with_what_tells_hits_apart(olga: User, clock: Clock) -> None:
    with_partners(1, olga, clock)

    told = found.answer("Канадзавы")
    groups = {group.kind: group for group in told.groups}

    assert told.groups[0].kind == "place" and groups["place"].hits[0].thing.name("ru") == "Канадзава"
    assert groups["place"].hits[0].country == "JP" and {"activity", "landmark"} <= set(groups)
    assert told.total == sum(group.total for group in told.groups) and not told.meant
    alone = found.answer("Канадзавы", kind="activity", limit=1)
    assert [len(group.hits) for group in alone.groups] == [1] and alone.total == groups["activity"].total


@pytest.mark.parametrize(
    ("asked", "meant"), [("Канадзваы", "Канадзава"), ("визт Канадзава", "визит Канадзава"), ("Канадзава", "")]
)
def test_what_is_misspelt_is_asked_back_in_whole_words(asked: str, meant: str, olga: User, clock: Clock) -> None:
    with_partners(1, olga, clock)

    assert found.answer(asked).meant == meant


def test_an_empty_search_lists_a_kind(olga: User, clock: Clock) -> None:
    with_partners(3, olga, clock)

    hits = search.find("", kinds=("landmark",), limit=2)

    assert (hits.total, [hit.thing.name("ru") for hit in hits.hits]) == (3, ["сквер Нинбо", "сквер Вильнюс"])


def test_promises_are_listed_by_state_with_their_tie(olga: User, clock: Clock) -> None:
    with_partners(3, olga, clock)

    told = records.commitments(state="open", limit=2)

    assert [promise.tie.name("ru") for promise in told if promise.tie] == ["Иркутск – Канадзава", "Иркутск – Вильнюс"]
    assert records.commitments(state="kept") == ()


def test_a_jubilee_of_two_days_is_two_days(olga: User, clock: Clock) -> None:
    line = dataclasses.replace(
        _first_line(olga, clock), since=values.When("2017-06-29/2017-06-30", date(2017, 6, 29), date(2017, 6, 30))
    )
    leap = dataclasses.replace(line, since=values.When("2004-02-29", date(2004, 2, 29), date(2004, 2, 29)))

    assert [j.on.edtf for j in today.jubilees(date(2026, 1, 1), (line,))] == ["2027-06-29/2027-06-30"]
    assert [(j.on.edtf, j.on.first) for j in today.jubilees(date(2026, 1, 1), (leap,))] == [
        ("2029-02-28", date(2029, 2, 28))
    ]


def _first_line(olga: User, clock: Clock) -> lists.PartnerLine:
    with_partners(1, olga, clock)
    return lists.partners()[0]


def test_people_who_must_not_be_named(olga: User, clock: Clock) -> None:
    with_partners(1, olga, clock)
    source = queue.inbox()[0].source.id
    text = "Ученица Аня Белова пела. Её учитель Пётр Ли."
    people = [
        {"name": "Аня Белова", "role": "ученица", "represents": None, "evidence": ["Аня Белова"]},
        {"name": "Пётр Ли", "role": "учитель", "represents": None, "evidence": ["Пётр Ли"]},
    ]
    page = queued(text, reading(text, people=people), by=olga, at=clock())
    cards = {c.claims[0].value: c for c in queue.page_review(page).cards}  # type: ignore[union-attr]
    decide.accept(cards["Аня Белова"].id, by=olga, at=clock())
    decide.reject(cards["Пётр Ли"].id, by=olga, at=clock())

    hidden = {person.names for person in records.people_not_to_name()}

    assert {("Аня Белова",), ("Пётр Ли",)} <= hidden
    assert source and all("Гость0 Петров0" not in names for names in hidden if names[0] == "Аня Белова")


def test_search_of_nothing_finds_nothing(olga: User, clock: Clock) -> None:
    with_partners(1, olga, clock)

    assert search.find(" — ", kinds=("tie",)).hits == ()
    assert search.find("ъъъъъ").hits == ()


def test_counts_open_their_lists(olga: User, clock: Clock) -> None:
    with_partners(3, olga, clock)

    counts = {count.rule.code: (count.number, len(count.things)) for count in statistics.figures()}

    assert counts["sister-cities"] == (3, 3)
    assert counts["activities-done"] == (3, 3)
    assert counts["promises-open"] == (3, 3)
    assert counts["landmarks"] == (3, 3)
    assert [thing.name("ru") for thing in statistics.count("sister-cities").things][0] == "Иркутск – Канадзава"
    assert all(set(rule.label) == set(rule.definition) == {"en", "ru", "ja"} for rule in statistics.rules())
    with pytest.raises(ValueError, match="no rule"):
        statistics.count("nothing")


def test_the_morning(olga: User, clock: Clock) -> None:
    with_partners(3, olga, clock)

    told = today.today(date(2019, 8, 1))

    assert told.pages_waiting == 3
    assert [promise.what["ru"] for promise in told.due][0] == "ответный визит Канадзава"
    assert sorted((jubilee.partner.name("ru"), jubilee.years, jubilee.on.edtf) for jubilee in told.jubilees) == [
        ("Вильнюс", 30, "2020"),
        ("Канадзава", 30, "2020"),
        ("Нинбо", 30, "2020"),
    ]
    assert told.silent == ()
    assert [line.years for line in today.silent(date(2025, 8, 1))] == [6.2, 6.2, 6.2]


def test_an_activity_list_is_chosen_by_place_kind_area_and_days(olga: User, clock: Clock) -> None:
    with_partners(3, olga, clock)
    place = Record.objects.filter(kind="place", label__ru="Вильнюс").get().public_id

    assert [line.title["ru"] for line in lists.activities(place=place)] == ["визит Вильнюс", "обмен Вильнюс"]
    assert len(lists.activities(kind="exchange", area="youth")) == 3
    assert len(lists.activities(status="done", since=date(2019, 1, 1), until=date(2019, 12, 31))) == 3
    assert lists.activities(area="you") == ()
    assert len(lists.activities(limit=2, offset=5)) == 1
