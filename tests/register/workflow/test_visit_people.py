"""Participants: consent first, need-to-know, every look written down, forgotten by date, on request, by erasure."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection

from people import make_user
from twinbook.register.models import AccessEntry, VisitParticipant
from twinbook.register.queries.person_data import person_data
from twinbook.register.queries.visit_people import HeadCount, counts, due, may_see
from twinbook.register.queries.visit_rules import samples
from twinbook.register.workflow import capture, enter, visit, visit_rules
from twinbook.register.workflow import visit_people as people
from twinbook.register.workflow.access import broken_links
from twinbook.register.workflow.enter import Given
from twinbook.register.workflow.erase import erase
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.permission import NotAllowedError

FIRST = date(2026, 12, 28)
KIM = {"name": "Ким Юн Хи", "other_name": "김윤희", "post": "учитель"}
CONSENT = {"consent_by": "Ким Ю. Х., сама", "consent_scope": "визит", "consent_on": date(2026, 12, 1)}


@pytest.fixture
def made(olga: User, clock) -> str:
    visit_rules.save_rules(samples()["irkutsk"], by=olga, at=clock())
    days = {"first_day": FIRST, "last_day": FIRST + timedelta(days=2)}
    return visit.open_visit({"ru": "Визит"}, direction="incoming", partner=None, languages=("ru", "ja"), by=olga,
                            at=clock(), guests=5, **days)  # fmt: skip


@pytest.fixture
def kim(made: str, olga: User, clock) -> str:
    return people.add_person(made, "guest", KIM | CONSENT | {"document": "M 1234"}, by=olga, at=clock())


def stored() -> str:
    """The table's bytes as they stand."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM register_visitparticipant")
        return str([bytes(v).decode("utf-8", "replace") if isinstance(v, bytes | memoryview) else v
                    for row in cursor.fetchall() for v in row])  # fmt: skip


def test_documents_and_minors_need_a_noted_consent(made: str, olga: User, clock) -> None:
    for values in (KIM | {"document": "M 1234"}, KIM | {"is_minor": True}, KIM | {"needs": "диабет"},
                   KIM | {"is_minor": True, "consent_by": "мать"}):  # fmt: skip
        with pytest.raises(NotPossibleError) as refused:
            people.add_person(made, "guest", values, by=olga, at=clock())
        assert refused.value.code == "visit-consent-missing"
    people.add_person(made, "guest", KIM, by=olga, at=clock())
    people.add_person(made, "own", KIM | CONSENT | {"is_minor": True}, by=olga, at=clock())
    assert counts(made) == (HeadCount("guest", 1, 0, 0), HeadCount("own", 1, 1, 0))


def test_it_stands_sealed_and_each_look_is_written_down(made: str, kim: str, olga: User, clock, database: str) -> None:
    assert "Ким" not in stored() and "1234" not in stored()
    before = AccessEntry.objects.count()

    seen = people.see_people(made, by=olga, at=clock())
    people.see_people(made, by=olga, at=clock(), act="download")

    assert [(one.name, one.document, one.consent_scope) for one in seen] == [("Ким Юн Хи", "M 1234", "визит")]
    lines = AccessEntry.objects.order_by("number")[before:]
    assert [(line.act, line.by, line.about) for line in lines] == [("look", olga, made), ("download", olga, made)]
    assert "Ким" not in str([(line.note, line.fields) for line in AccessEntry.objects.all()])
    assert list(broken_links()) == []


def test_only_those_who_need_to_know_see_them(made: str, kim: str, olga: User, clock) -> None:
    vera, reader, chief = make_user("vera", "officer"), make_user("roma", "reader"), make_user("boss", "head")
    for user in (vera, chief):
        with pytest.raises(NotPossibleError):
            people.see_people(made, by=user, at=clock())
    with pytest.raises(NotPossibleError):
        people.let_know(made, "vera", by=vera, at=clock())

    people.let_know(made, "vera", by=olga, at=clock())
    people.let_know(made, "roma", by=chief, at=clock())

    assert people.see_people(made, by=vera, at=clock())[0].name == "Ким Юн Хи"
    assert not may_see(made, reader)
    with pytest.raises(NotAllowedError):
        people.see_people(made, by=reader, at=clock())
    people.let_go(made, "vera", by=olga, at=clock())
    assert not may_see(made, vera)


def test_a_withdrawn_consent_empties_the_row_and_the_head_stays(made: str, kim: str, olga: User, clock) -> None:
    people.withdraw_consent(made, kim, by=olga, at=clock())

    row = VisitParticipant.objects.get()
    assert (row.name, row.document, row.name_index, row.consent_on) == (None, None, "", None)
    assert (row.deleted_why, row.deleted_at is not None) == ("consent-withdrawn", True)
    assert counts(made) == (HeadCount("guest", 1, 0, 1),)


def test_the_day_deletes_and_a_trial_only_tells(made: str, kim: str, olga: User, clock) -> None:
    last = FIRST + timedelta(days=2 + 30)
    assert due(last) == ()
    protection = make_user("petra", "protection")
    after = last + timedelta(days=1)

    trial = people.delete_due(after, by=protection, at=clock(), is_trial=True)
    assert VisitParticipant.objects.get().deleted_at is None
    done = people.delete_due(after, by=None, at=clock())

    assert trial == done and [(one.visit, one.people) for one in done] == [(made, 1)]
    assert VisitParticipant.objects.get().deleted_why == "term"
    assert people.delete_due(after, by=protection, at=clock()) == ()
    with pytest.raises(NotAllowedError):
        people.delete_due(after, by=make_user("vera", "officer"), at=clock())


def test_the_command_tells_what_it_did(made: str, kim: str) -> None:
    VisitParticipant.objects.get().visit.__class__.objects.update(keep_until=date(2020, 1, 1))
    told = StringIO()
    call_command("delete_visit_people", "--trial", stdout=told)
    assert VisitParticipant.objects.get().deleted_at is None
    call_command("delete_visit_people", stdout=told)

    assert "1 visits, 1 people would be deleted." in told.getvalue()
    assert "1 visits, 1 people deleted." in told.getvalue()
    assert VisitParticipant.objects.get().name is None


def test_one_persons_data_is_found_given_out_and_erased(made: str, kim: str, olga: User, clock) -> None:
    petra = make_user("petra", "protection")
    assert people.find_people("nobody", by=petra, at=clock()) == ()
    found = people.find_people("m1234", by=petra, at=clock())
    assert [one.id for one in found] == [kim]

    given = people.give_out(kim, by=petra, at=clock())
    people.erase_person(kim, by=petra, at=clock())

    assert (given["name"], given["document"], given["visit"]["id"]) == ("Ким Юн Хи", "M 1234", made)
    assert people.find_people("Ким Юн Хи", by=petra, at=clock()) == ()
    acts = AccessEntry.objects.filter(about=kim).order_by("number").values_list("act", flat=True)
    assert list(acts) == ["change", "look", "give-out", "erase"]
    with pytest.raises(NotAllowedError):
        people.erase_person(kim, by=olga, at=clock())


def test_erasing_a_person_of_the_register_reaches_the_sealed_rows(made: str, kim: str, olga: User, clock) -> None:
    """The register knows the Korean name alone; the file has it in the second column, and in another's contact."""
    people.add_person(made, "guest", {"name": "Пак Чи Мин", "contact": "через 김윤희"} | CONSENT, by=olga, at=clock())
    source = capture.capture_text("Note.", by=olga, at=clock(), kind="note").source
    given = [Given("name", "김윤희", language="ko"), Given("name", "Ким Юн Хи", language="ru")]
    person = enter.enter("person", given, source=source, by=olga, at=clock()).record
    data = person_data(person)
    assert data is not None and [one["document"] for one in data["visit_files"]] == ["M 1234"]

    erase(person, ground="request", by=make_user("petra", "protection"), at=clock())

    rows = {row.public_id: row for row in VisitParticipant.objects.all()}
    assert (rows[kim].name, rows[kim].deleted_why) == (None, "request")
    other = next(row for key, row in rows.items() if key != kim)
    assert (other.name, other.contact) == ("Пак Чи Мин", "через ███")
    with pytest.raises(NotPossibleError) as refused:
        people.add_person(made, "guest", KIM, by=olga, at=clock())
    assert refused.value.code == "erased-person"
