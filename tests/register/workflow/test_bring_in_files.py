"""Files that are no tables, brought in: contacts stay inside, places are found by number, nothing is doubled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from twinbook.publishing.edition import make_editions
from twinbook.register.models import Record, Statement
from twinbook.register.queries import records
from twinbook.register.queries.lists import partners
from twinbook.register.queries.whole import whole_register
from twinbook.register.workflow.bring_in import BroughtIn, Fate, bring_in
from twinbook.register.workflow.enter import set_home
from twinbook.register.workflow.undo import undo

INPUTS = Path(__file__).resolve().parents[2] / "reading" / "importers"
OWN = "partner_en,country,level,qid,geonames_id,relation,start_edtf,start_basis,end_edtf,end_kind,ended_by\n"
Clock = Callable[[], datetime]


@pytest.fixture
def bring(olga: User, clock: Clock) -> Callable[..., BroughtIn]:
    set_home("Irkutsk", language="en", country="RU", by=olga, at=clock())

    def act(file: str | bytes, **more: Any) -> BroughtIn:
        raw = file if isinstance(file, bytes) else (INPUTS / file).read_bytes()
        return bring_in(raw, by=olga, at=clock(), name="list", **more)

    return act


def test_contacts_come_in_as_contacts_and_stay_inside(bring: Callable[..., BroughtIn], clock: Clock) -> None:
    done = bring("vcard/contacts.vcf")

    people = {next(iter(one.label.values())): one for one in records.register().people}
    assert dict(done.outcomes) == {"new": 3, "trouble": 2}
    vetrova = people["Оксана Ветрова"]
    assert (vetrova.person_class, vetrova.visibility) == ("contact", "internal")
    assert dict(vetrova.note) == {"ru": "tel +7 3952 00-00-00; email vetrova@example.org"}
    assert [post.title["ru"] for post in vetrova.posts] == ["Начальник отдела"]
    assert "Ветрова" not in repr(make_editions(["ru"], at=clock()))
    call_command("audit_register")


def test_the_same_contact_again_adds_nothing_and_a_namesake_is_shown(bring: Callable[..., BroughtIn]) -> None:
    bring("vcard/contacts.vcf")
    before, fates = Statement.objects.count(), []

    again = bring("vcard/contacts.vcf")
    other = bring(
        "BEGIN:VCARD\nVERSION:4.0\nFN:Оксана Ветрова\nEND:VCARD\n".encode(), on_fate=lambda fate: fates.append(fate)
    )

    assert dict(again.outcomes) == {"known": 3, "trouble": 2}
    assert Statement.objects.count() == before + 2  # the namesake's name and class
    assert dict(other.outcomes) == {"new": 1}
    assert "is known already" in fates[0].remark


def test_places_are_known_by_their_number_afterwards(bring: Callable[..., BroughtIn]) -> None:
    bring("geonames/dump.txt")

    row = "Kanazawa-shi,Japan,city,,1860243,twin,1967,vote,,,\n"
    done = bring((OWN + row).encode(), mapping={"home": "Irkutsk", "home_country": "RU"})

    assert dict(done.places) == {"same": 2}
    (line,) = partners()
    assert line.partner.name("en") == 'Kanazawa "Kaga"'


def test_a_calendar_gives_planned_activities_once(bring: Callable[..., BroughtIn]) -> None:
    bring("icalendar/plans.ics")
    bring("icalendar/plans.ics")

    told = [(one.activity_kind, one.status, one.when and one.when.edtf) for one in records.register().activities]
    assert told == [("visit", "planned", "2027-05-20/2027-05-22"), ("meeting", "proposed", "2027-01-10")]


def test_projects_come_with_their_titles_and_identifiers(bring: Callable[..., BroughtIn]) -> None:
    bring("iati/activities.xml")

    first, second = records.register().activities
    assert dict(first.title) == {"en": "Clean water for schools", "ru": "Чистая вода школам"}
    assert (first.status, second.status) == ("done", "")
    assert [one.value for one in first.stated["identifier"]] == ["iati:NL-KVK-1-water"]


def test_wikidata_in_json_gives_ties_with_steps(bring: Callable[..., BroughtIn]) -> None:
    done = bring("wikidata_json/entities.json")

    assert dict(done.outcomes) == {"new": 4, "trouble": 3}
    told = {line.partner.name("en"): line.state for line in partners()}
    assert told["Q171224"] == "ended" and sum(state == "active" for state in told.values()) == 3
    call_command("audit_register")


def test_a_citys_own_list_is_tried_brought_in_and_undone(
    bring: Callable[..., BroughtIn], olga: User, clock: Clock
) -> None:
    columns = ("Город-партнёр", "Страна", "Мероприятие", "Вид", "Направление", "Дата", "Принято человек", "Примечание")
    meanings = ("partner", "partner_country", "title", "kind", "areas", "when", "people_in", "note")
    mapping = dict(zip(meanings, columns, strict=True))
    tried: list[Fate] = []

    trial = bring("activity_table/activities.csv", importer="activity_table", mapping=mapping, is_trial=True,
                  on_fate=tried.append)  # fmt: skip
    assert not records.register().activities
    done = bring("activity_table/activities.csv", importer="activity_table", mapping=mapping)

    assert dict(trial.outcomes) == dict(done.outcomes) == {"new": 4, "trouble": 5}
    assert [fate.row for fate in tried if fate.outcome == "trouble"] == [4, 5, 6, 7, 8]
    activity = records.register().activities[0]
    assert (activity.people_in, dict(activity.note)) == (24, {"ru": "зал филармонии"})
    quotes = {one.quote for all_ in activity.stated.values() for one in all_}
    assert quotes == {"17.05.2019;Канадзава;Япония;Концерт хора;концерт;культура;24 чел.;зал филармонии"}
    undo(done.act, by=olga, at=clock())
    assert not records.register().activities
    call_command("audit_register")


def test_only_the_rows_asked_for_are_brought_in(bring: Callable[..., BroughtIn]) -> None:
    done = bring("icalendar/plans.ics", only={3})

    assert (done.rows, dict(done.outcomes)) == (1, {"new": 1})


def test_another_registers_export_is_a_list_without_what_is_internal(
    bring: Callable[..., BroughtIn], olga: User, clock: Clock
) -> None:
    bring("wikidata_json/entities.json")
    bring("icalendar/plans.ics")
    bring("vcard/contacts.vcf")
    records_before = Record.objects.count()
    raw = "\n".join(whole_register()).encode()

    done = bring(raw, mapping={"home": "Irkutsk"})

    assert done.outcomes["known"] == 4  # the ties
    assert done.outcomes["new"] == 2  # activities: another register's word, for a person to join
    assert Record.objects.count() > records_before
    assert "Ветрова" not in "".join(
        Statement.objects.filter(read_by="importer:twinbook_export").values_list("quote", flat=True)
    )
