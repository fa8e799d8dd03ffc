"""One person's data erased: no byte of the name is left, all other facts stand, and the person does not come back."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection

from people import make_user
from register.conftest import Clock
from twinbook.register.models import AccessCut, AccessEntry, Proposal, SearchToken, Source, Statement
from twinbook.register.queries import search
from twinbook.register.queries.erased import erasure, is_tombstoned
from twinbook.register.queries.records import record as shown
from twinbook.register.workflow import capture, decide, enter, propose
from twinbook.register.workflow.audit import audit
from twinbook.register.workflow.covering import Cover
from twinbook.register.workflow.enter import Given
from twinbook.register.workflow.erase import erase, scrub
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.permission import NotAllowedError

STEMS = ("Канарейкин", "КАНАРЕЙКИН", "канарейкин", "Kanareikin", "kanareikin", "金糸雀", "секрет-7781")
PAGE = """Делегация Канадзавы в Иркутске

5 мая 2018 года делегация города Канадзава посетила Иркутск. Гостей встретил мэр Иркутска Пётр Канарейкин.
«Мы рады гостям из Канадзавы», — сказал Канарейкин. Канарейкину вручили подарок. Пётр Первый тоже упомянут.
"""


@pytest.fixture
def petra(db: None) -> User:
    return make_user("petra", "protection")


def filled(olga: User, clock: Clock) -> str:
    """A person known from a page, from the officer's own note, by names in three scripts; the record's id."""
    enter.set_home("Иркутск", language="ru", country="RU", by=olga, at=clock())
    taken = propose.take_in(PAGE, by=olga, at=clock())
    unsure = [row.public_id for row in Proposal.objects.filter(verdict="unsure")]
    decide.accept_page(taken.source, by=olga, at=clock(), leave_out=unsure)
    people = Statement.objects.filter(property="name", record__kind="person")
    found = [row.record.public_id for row in people if "Канарейкин" in str(row.value)]
    note = capture.capture_text(
        "Peter Kanareikin, 金糸雀太郎, телефон секрет-7781", kind="note", by=olga, at=clock(), language="ru"
    ).source
    given = [
        Given("name", "Peter Kanareikin", "en", quote="Peter Kanareikin"),
        Given("name", "金糸雀太郎", "ja", quote="金糸雀太郎"),
        Given("note", "телефон секрет-7781", "ru", quote="телефон секрет-7781"),
    ]
    record = found[0] if found else None
    if record is None:
        given.append(Given("name", "Пётр Канарейкин", "ru", quote="Peter Kanareikin"))
    return enter.enter("person", given, source=note, by=olga, at=clock(), record=record).record


def told_by(table: str) -> str:
    """All words in a table, its bytes read as UTF-8."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        values = [value for row in cursor.fetchall() for value in row]
    raw = (bytes(value).decode("utf-8", "replace") for value in values if isinstance(value, bytes | memoryview))
    return "\n".join([*raw, *(str(value) for value in values if not isinstance(value, bytes | memoryview))])


def tables_with(stems: tuple[str, ...]) -> list[tuple[str, str]]:
    """(table, stem) where a table of the whole database holds one of them."""
    return [(t, stem) for t in connection.introspection.table_names() for stem in stems if stem in told_by(t)]


def test_no_word_of_the_person_is_left_in_any_table(olga: User, petra: User, clock: Clock) -> None:
    person = filled(olga, clock)
    before = {stem for _, stem in tables_with(STEMS)}

    act = erase(person, ground="request", by=petra, at=clock())

    assert {"Канарейкин", "Kanareikin", "金糸雀", "секрет-7781"} <= before, "the search finds what is there"
    assert tables_with(STEMS) == []
    assert list(audit()) == []
    kept = erasure(act)
    assert kept is not None and kept.counts["Statement"] >= 3 and kept.log[-1]["act"] == "erase"


def test_other_facts_of_the_page_stand_with_their_evidence(olga: User, petra: User, clock: Clock) -> None:
    person = filled(olga, clock)
    facts = Statement.objects.filter(record__kind="activity", withdrawn_by=None).exclude(property="participants")
    before = facts.count()
    text = Source.objects.get(kind="page").text

    erase(person, ground="request", by=petra, at=clock())

    after = Source.objects.get(kind="page").text
    assert before > 0
    assert facts.count() == before
    assert len(after) == len(text)
    assert "5 мая 2018 года делегация города Канадзава посетила Иркутск." in after


def test_the_person_is_found_by_nothing(olga: User, petra: User, clock: Clock) -> None:
    person = filled(olga, clock)
    assert search.find("Канарейкин").total

    erase(person, ground="request", by=petra, at=clock())

    assert search.find("Канарейкин").total == 0
    assert not SearchToken.objects.filter(record__public_id=person).exists()
    told = shown(person)
    assert told is None or not told.label


def test_the_person_comes_back_by_no_door(olga: User, petra: User, clock: Clock) -> None:
    person = filled(olga, clock)
    erase(person, ground="request", by=petra, at=clock())

    same = propose.take_in(PAGE, by=olga, at=clock())
    other = propose.take_in(PAGE + "\nНовая строка внизу.\n", by=olga, at=clock())
    note = capture.capture_text("Канарейкин Пётр, бывший мэр", kind="note", by=olga, at=clock()).source
    with pytest.raises(NotPossibleError, match="erased"):
        enter.enter("person", [Given("name", "Канарейкин Пётр", "ru")], source=note, by=olga, at=clock())

    assert same.new == 0
    queued = Proposal.objects.filter(source__public_id=other.source)
    values = [str(claim["value"]) for row in queued for claim in row.as_read["claims"]]
    assert len(values) > 3 and [value for value in values if "Канарейкин" in value] == []
    assert tables_with(("Канарейкин", "канарейкин")) == []
    assert is_tombstoned("Канарейкина Петра") and not is_tombstoned("Пётр Первый")


def test_only_the_protection_officer_erases(olga: User, clock: Clock) -> None:
    person = filled(olga, clock)

    with pytest.raises(NotAllowedError):
        erase(person, ground="request", by=olga, at=clock())


def _let_the_log_go(clock: Clock) -> None:
    """By its term, as nothing else takes lines out: the test's own tables are emptied afterwards."""
    last = AccessEntry.objects.order_by("-number").first()
    assert last is not None
    AccessCut.objects.create(number=last.number, digest=last.digest, at=clock(), last_at=last.at)
    AccessEntry.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_the_database_file_holds_no_byte_of_the_person(olga: User, clock: Clock, database: str) -> None:
    petra, person = make_user("petra", "protection"), filled(olga, clock)

    erase(person, ground="request", by=petra, at=clock())
    was_scrubbed = scrub()
    _let_the_log_go(clock)

    assert was_scrubbed
    if database != "sqlite":
        return
    file = Path(str(connection.settings_dict["NAME"]))
    kept = b"".join(part.read_bytes() for part in file.parent.glob(f"{file.name}*"))
    assert len(kept) > 100_000
    ways = ("utf-8", "utf-16-le", "cp1251", "unicode-escape")
    forms = [stem.encode(way, "ignore") for stem in STEMS for way in ways]
    assert [form for form in forms if len(form) > 5 and form in kept] == []


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("Мэр П. А. Канарейкин приехал.", "Мэр ██ ██ ██████████ приехал."),
        ("О Канарейкине говорили; Петра Канарейкина ждали.", "О ███████████ говорили; █████ ███████████ ждали."),
        ("Канарейкин П.А. и канарейки в клетке", "██████████ ████ и канарейки в клетке"),
        ("Peter Kanareikin's speech", "█████ ██████████'s speech"),
        ("金糸雀太郎市長が挨拶した", "█████市長が挨拶した"),
    ],
)
def test_a_name_is_covered_in_every_form(text: str, covered: str) -> None:
    cover = Cover(["Пётр Канарейкин", "Peter Kanareikin", "金糸雀太郎"])

    assert cover.text(text) == covered
    assert cover.is_named_in(text) or "Канарейкине говорили" in text


def test_a_namesakes_first_name_is_not_the_person() -> None:
    cover = Cover(["Пётр Канарейкин"])

    assert not cover.is_named_in("Пётр Первый основал город.")
    assert cover.named_value({"note": "Пётр Первый"}) == {"note": "Пётр Первый"}
