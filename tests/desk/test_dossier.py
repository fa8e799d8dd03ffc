"""A partner's dossier and the pages of single records: each value beside what says it, and the acts on it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from twinbook.register.queries import history, lists, records, search
from twinbook.register.queries.queue import PageReview
from twinbook.register.queries.values import Stated
from twinbook.register.workflow import capture, enter
from twinbook.register.workflow.enter import Given

HTMX = {"HX-Request": "true"}


def kanazawa() -> str:
    """The id of the tie with Kanazawa."""
    (line,) = [line for line in lists.partners() if line.partner.name("en") == "Kanazawa"]
    return line.tie.id


def test_accepted_facts_stand_in_the_dossier(desk: Client, decided: PageReview) -> None:
    html = desk.get(reverse("desk:dossier", args=[kanazawa()])).content.decode()

    dossier = records.dossier(kanazawa())
    assert dossier is not None
    for activity in dossier.activities:
        assert reverse("desk:record", args=[activity.id]) in html
    for person in dossier.people:
        assert reverse("desk:record", args=[person.id]) in html
    for landmark in dossier.landmarks:
        assert reverse("desk:record", args=[landmark.id]) in html


def test_the_partners_place_leads_to_the_dossier(desk: Client, decided: PageReview) -> None:
    dossier = records.dossier(kanazawa())
    assert dossier is not None

    answer = desk.get(reverse("desk:record", args=[dossier.partner.id]))

    assert answer.status_code == 302 and "/partners/" in answer.headers["Location"]


def test_a_value_opens_the_sentence_that_says_it(desk: Client, decided: PageReview) -> None:
    dossier = records.dossier(kanazawa())
    assert dossier is not None
    activity = next(activity for activity in dossier.activities if activity.when)
    (stated, *_) = activity.stated["when"]
    address = reverse("desk:evidence", args=[activity.id, "when"])

    fragment = desk.get(address, headers=HTMX).content.decode()
    whole = desk.get(address).content.decode()

    assert f"<mark>{stated.quote}</mark>" in fragment
    assert decided.text[stated.start : stated.end] == stated.quote
    assert reverse("desk:source", args=[decided.source.id]) in fragment
    assert "<html" not in fragment and "<html" in whole


def test_evidence_of_nothing_is_not_found(desk: Client, decided: PageReview) -> None:
    assert desk.get(reverse("desk:evidence", args=[kanazawa(), "cost"])).status_code == 404


def test_a_value_without_a_source_looks_different(desk: Client) -> None:
    from django.template import Context, Template

    home = records.home()
    assert home is not None
    page = Template(
        '{% load desk %}{% value home "country" "Russia" %}'
        '{% value home "latitude" "52.3" %}{% value home "note" "X" %}'
    )

    html = page.render(Context({"home": home}))

    assert html.count('class="value"') == len({"country", "latitude", "note"} & set(home.stated))
    assert '<span class="unsourced" title="No source says this">X</span>' in html


def test_the_dossier_as_known_before_the_page(desk: Client, decided: PageReview, officer: User) -> None:
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()

    now = desk.get(reverse("desk:dossier", args=[kanazawa()]), {"on": timezone.localdate().isoformat()})
    before = desk.get(reverse("desk:dossier", args=[kanazawa()]), {"on": yesterday})
    wrong = desk.get(reverse("desk:dossier", args=[kanazawa()]), {"on": "31.02.2020"})

    assert "This is the register as it stood on" in now.content.decode()
    assert before.status_code == 404
    assert wrong.status_code == 200 and "This day could not be read" in wrong.content.decode()


def test_a_source_page_shows_where_it_is_from_and_what_was_decided(desk: Client, decided: PageReview) -> None:
    html = desk.get(reverse("desk:source", args=[decided.source.id])).content.decode()

    assert decided.source.title in html
    assert all(reverse("desk:undo", args=[decision.id]) in html for decision in history.decisions_of(decided.source.id))


def stated_when(page: PageReview) -> Stated:
    dossier = records.dossier(kanazawa())
    assert dossier is not None
    return next(activity.stated["when"][0] for activity in dossier.activities if "when" in activity.stated)


def test_a_value_is_corrected_with_a_reason_and_keeps_its_sentence(desk: Client, decided: PageReview) -> None:
    old = stated_when(decided)
    address = reverse("desk:statement", args=[old.record, old.id])

    answer = desk.post(address, {"act": "amend", "amend-value": "с 1989", "amend-reason": "по письму из Канадзавы"})

    assert answer.status_code == 302
    (new,) = history.statements_about(old.record, property="when")
    assert (new.value, new.quote, new.rank) == ("1989/..", old.quote, 3)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"act": "amend", "amend-value": "скоро", "amend-reason": "так"}, "«скоро» — не дата"),
        ({"act": "amend", "amend-value": "2019"}, "Коротко укажите причину."),
        ({"act": "withdraw"}, "Коротко укажите причину."),
    ],
)
def test_a_refused_change_says_why(desk: Client, decided: PageReview, sent: dict[str, str], sentence: str) -> None:
    old = stated_when(decided)

    answer = desk.post(reverse("desk:statement", args=[old.record, old.id]), sent, headers={"Accept-Language": "ru"})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert stated_when(decided) == old


def test_a_withdrawn_value_stays_in_the_history(desk: Client, decided: PageReview) -> None:
    old = stated_when(decided)

    desk.post(
        reverse("desk:statement", args=[old.record, old.id]), {"act": "withdraw", "withdraw-reason": "ошибка газеты"}
    )

    assert history.statements_about(old.record, property="when") == ()
    assert old.quote in desk.get(reverse("desk:evidence", args=[old.record, "when"])).content.decode()


def test_a_statement_of_another_record_is_not_found(desk: Client, decided: PageReview) -> None:
    old, home = stated_when(decided), records.home()
    assert home is not None

    assert desk.get(reverse("desk:statement", args=[home.id, old.id])).status_code == 404
    assert desk.post(reverse("desk:prefer", args=[home.id, old.id])).status_code == 404


def test_a_contradiction_shows_both_sides_and_is_settled_with_a_reason(
    desk: Client, decided: PageReview, officer: User
) -> None:
    old, now = stated_when(decided), timezone.now()
    for year in ("1989", "1994"):
        words = f"Обмены идут с {year} года."
        note = capture.capture_text(words, by=officer, at=now, kind="note", language="ru").source
        enter.enter("activity", [Given("when", f"{year}/..")], source=note, by=officer, at=now, record=old.record)
    page = desk.get(reverse("desk:dispute", args=[old.record, "when"])).content.decode()
    told = next(item for item in history.statements_about(old.record, property="when") if item.value == "1994/..")

    answer = desk.post(reverse("desk:prefer", args=[old.record, told.id]), {"reason": "страница города точнее"})

    assert "since 1989" in page and re.search(r"<mark>[^<]*Обмены идут с 1989 года", page)
    assert answer.status_code == 302
    assert [dispute.is_open for dispute in records.disputes(only_open=False)] == [False]
    assert "preferred" in desk.get(reverse("desk:dispute", args=[old.record, "when"])).content.decode()


def test_search_finds_a_name_in_another_script(desk: Client, decided: PageReview) -> None:
    for words in ("Канадзава", "Kanazawa", "Канадзаве"):
        html = desk.get(reverse("desk:search"), {"q": words}).content.decode()
        assert "/records/" in html.split('id="main"')[1], words


def test_search_without_a_hit_says_what_to_try(desk: Client, decided: PageReview) -> None:
    assert search.find("zzzzqqq").total == 0
    assert "Nothing was found" in desk.get(reverse("desk:search"), {"q": "zzzzqqq"}).content.decode()


def test_two_records_of_one_thing_are_joined(desk: Client, decided: PageReview, officer: User) -> None:
    now = timezone.now()
    note = capture.capture_text("Заметка о сквере.", by=officer, at=now, kind="note", language="ru").source
    made = [
        enter.enter("landmark", [Given("name", name, language="ru")], source=note, by=officer, at=now).record
        for name in ("Сквер дружбы", "Сквер дружбы народов")
    ]
    listed = desk.get(reverse("desk:merge", args=[made[0]]), {"q": "Сквер дружбы"}).content.decode()

    answer = desk.post(reverse("desk:merge", args=[made[0]]), {"into": made[1], "reason": "одно место"}, follow=True)

    assert f'value="{made[1]}"' in listed and f'value="{made[0]}"' not in listed
    assert answer.redirect_chain[-1][0] == reverse("desk:record", args=[made[1]])
    assert desk.get(reverse("desk:record", args=[made[0]])).headers["Location"] == reverse(
        "desk:record", args=[made[1]]
    )


def test_decisions_are_listed_with_their_undo(desk: Client, decided: PageReview) -> None:
    html = desk.get(reverse("desk:decisions")).content.decode()
    newest = next(decision for decision in history.latest_decisions() if decision.can_undo)

    assert reverse("desk:undo", args=[newest.id]) in html
    answer = desk.post(reverse("desk:undo", args=[newest.id]), {"next": reverse("desk:decisions")}, follow=True)
    assert "1 decision undone." in answer.content.decode() or "rest on this one" in answer.content.decode()
