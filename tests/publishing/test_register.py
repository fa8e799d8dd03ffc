"""From a real register to the site: what was accepted is there with its sentence, nothing else leaves."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from people import make_user
from publishing.checks import troubles
from twinbook.publishing.edition import Edition, make_editions
from twinbook.publishing.publication import Paper, papers
from twinbook.register.queries import queue
from twinbook.register.workflow.capture import capture_text
from twinbook.register.workflow.decide import accept_page, reject
from twinbook.register.workflow.enter import Given, enter, find_or_make_place, set_home
from twinbook.register.workflow.propose import propose, take_in
from twinbook.register.workflow.undo import undo

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
LANGUAGES = ("ru", "ja", "en")
ADDRESS = "https://twins.example/site/"

# Written for this test. Real places, people who do not exist.
RELEASE = """Делегация Канадзавы посетила Иркутск

12 сентября 2018 года мэр Иркутска Пётр Образцов встретился с делегацией города-побратима Канадзавы.
Побратимские связи Иркутска и Канадзавы установлены в 1967 году.
С 1994 года между Иркутском и Канадзавой проходят обмены школьными делегациями.
Ученица Зарина Тайнова выступила с докладом на встрече делегаций Иркутска и Канадзавы.
В октябре 2018 года иркутские спортсмены примут участие в марафоне города Канадзавы.
"""


@pytest.fixture
def officer() -> object:
    return make_user("canaryofficer", password="long enough a word")


@pytest.fixture
def home(officer: object) -> str:
    return set_home("Иркутск", language="ru", country="RU", by=officer, at=AT)


def made() -> dict[str, Edition]:
    return make_editions(LANGUAGES, at=AT, address=ADDRESS)


def everything(editions: dict[str, Edition]) -> dict[str, bytes]:
    """Every file's bytes; of a PDF also what it says and calls itself, since its streams are compressed."""
    return {paper.path: paper.body + told_by(paper) for paper in papers(editions)}


def told_by(paper: Paper) -> bytes:
    if not paper.path.endswith(".pdf"):
        return b""
    reader = PdfReader(io.BytesIO(paper.body))
    return " ".join([*(page.extract_text() for page in reader.pages), str(reader.metadata)]).encode()


def captured(text: str, *, title: str, by: object) -> str:
    """A page that was read; what was read waits undecided."""
    source = capture_text(text, by=by, at=AT, title=title, language="ru").source
    propose(source, at=AT)
    return source


def where(files: dict[str, bytes], words: str) -> list[str]:
    """Files that hold the words, in any of the ways in which they may be written."""
    forms = {words.encode(), words.encode("unicode_escape"), words.encode("utf-16-be"), words.casefold().encode()}
    return [path for path, body in files.items() if any(form in body or form in body.lower() for form in forms)]


def test_an_accepted_release_becomes_a_partner_page(officer: object, home: str) -> None:
    source = take_in(RELEASE, by=officer, at=AT, address="https://city.example/news/1", language="ru").source
    accept_page(source, by=officer, at=AT)

    editions = made()
    files = everything(editions)

    assert troubles(files) == []
    partner = editions["ru"].partner("kanazawa")
    assert (partner.level, partner.state, partner.since.value) == ("sister_city", "active", "1967")
    assert partner.since.footnotes[0].quote in RELEASE
    exchange = next(one for one in partner.activities if one.kind == "exchange")
    assert exchange.when.value == "1994/.."
    page = files["ru/partners/kanazawa.html"].decode()
    for activity in partner.activities:
        assert activity.title.text in page
        assert activity.footnotes, activity
    assert {figure.code: figure.value for figure in editions["ru"].figures}["ties"] == 1


def test_what_nobody_decided_is_not_there(officer: object, home: str) -> None:
    take_in(RELEASE, by=officer, at=AT, address="https://city.example/news/canaryaddress", language="ru")

    files = everything(made())

    assert troubles(files) == []
    assert where(files, "Побратимские связи") == where(files, "canaryaddress") == where(files, "1967") == []


def test_rejected_and_undone_things_are_not_there(officer: object, home: str) -> None:
    source = take_in(RELEASE, by=officer, at=AT, language="ru").source
    review = queue.page_review(source)
    assert review is not None
    marathon = next(card for card in review.cards if "марафон" in card.title)
    reject(marathon.id, by=officer, at=AT, reason="canaryreason")
    decided = accept_page(source, by=officer, at=AT)
    files = everything(made())
    assert where(files, "марафон") == where(files, "canaryreason") == where(files, "canaryofficer") == []
    assert where(files, "обмены школьными")

    undo(decided[0].act, by=officer, at=AT, reason="canaryreason")

    files = everything(made())
    assert where(files, "обмены школьными") == where(files, "Образцов") == where(files, "canaryreason") == []


def test_only_people_in_public_posts_are_named(officer: object, home: str) -> None:
    source = take_in(RELEASE, by=officer, at=AT, language="ru").source
    accept_page(source, by=officer, at=AT)

    files = everything(made())

    assert {path.rpartition(".")[2] for path in where(files, "Образцов")} >= {"html", "jsonl", "atom"}  # the mayor
    assert "ru/booklet/kanazawa.pdf" in where(files, "Канадзавой проходят")  # a PDF is searched, too
    for name in ("Зарина", "Зарин", "Тайнов"):
        assert where(files, name) == [], name


CLASSES = [
    ("contact", "Каналова Алёна", "Каналовой Алёной"),
    ("delegate", "Деляев Ринат", "Деляевым Ринатом"),
    ("minor", "Минорова Злата", "Миноровой Златой"),
    ("", "Безымянов Клим", "Безымянова Клима"),
]


@pytest.mark.parametrize(("person_class", "name", "inflected"), CLASSES, ids=lambda value: value or "unclassed")
def test_the_name_of_nobody_else_leaves_even_in_a_quote(
    officer: object, home: str, person_class: str, name: str, inflected: str
) -> None:
    text = f"В Канадзаве прошёл концерт с {inflected}. Город отметил это событие."
    source = captured(text, title=f"Концерт: {name}", by=officer)
    kanazawa = find_or_make_place("Канадзава", language="ru", country="JP", by=officer, at=AT)
    enter(
        "tie",
        [Given("places", home), Given("places", kanazawa), Given("kind", "sister_city")],
        source=source,
        by=officer,
        at=AT,
    )
    quote = text.partition(". ")[0] + "."
    person = [Given("name", name, "ru")] + ([Given("person_class", person_class)] if person_class else [])
    who = enter("person", person, source=source, by=officer, at=AT).record
    concert = [
        Given("kind", "cultural_event", quote=quote),
        Given("title", f"Концерт с {inflected}", "ru", quote=quote),
        Given("status", "done", quote=quote),
        Given("places", kanazawa, quote=quote),
        Given("participants", who),
        Given("note", f"Контакт: {name}", "ru"),
    ]
    enter("activity", concert, source=source, by=officer, at=AT)

    files = everything(made())

    assert troubles(files) == []
    assert "Концерт с «…»" in files["ru/partners/kanazawa.html"].decode()
    for word in {*name.split(), *inflected.split()}:
        assert where(files, word) == [], word
        assert where(files, word[:5]) == [], word


def test_internal_and_private_records_stay_inside(officer: object, home: str) -> None:
    source = captured("Внутренняя записка canarynote", title="canarytitle", by=officer)
    kanazawa = find_or_make_place("Канадзава", language="ru", country="JP", by=officer, at=AT)
    tie = enter(
        "tie",
        [Given("places", home), Given("places", kanazawa), Given("kind", "sister_city")],
        source=source,
        by=officer,
        at=AT,
    ).record
    for visibility in ("internal", "private"):
        enter(
            "activity",
            [
                Given("kind", "meeting"),
                Given("title", f"canary{visibility}", "en"),
                Given("status", "done"),
                Given("places", kanazawa),
                Given("visibility", visibility),
            ],
            source=source,
            by=officer,
            at=AT,
        )
        enter(
            "landmark",
            [
                Given("name", f"canarymark{visibility}", "en"),
                Given("kind", "street"),
                Given("partner", kanazawa),
                Given("visibility", visibility),
            ],
            source=source,
            by=officer,
            at=AT,
        )
    enter(
        "commitment",
        [Given("tie", tie), Given("what", "canarypromise", "en"), Given("state", "open")],
        source=source,
        by=officer,
        at=AT,
    )
    enter("gift", [Given("title", "canarygift", "en"), Given("given_to", kanazawa)], source=source, by=officer, at=AT)

    hidden = enter(
        "place", [Given("name", "canaryplace", "en"), Given("visibility", "internal")], source=source, by=officer, at=AT
    ).record
    shown = [
        Given("kind", "visit"),
        Given("title", "Shown", "en"),
        Given("status", "done"),
        Given("places", kanazawa),
        Given("places", hidden),
    ]
    enter("activity", shown, source=source, by=officer, at=AT)

    editions = made()
    files = everything(editions)

    assert [one.title.text for one in editions["en"].activities] == ["Shown"]
    for canary in ("canaryplace", "canaryinternal", "canaryprivate", "canarymark", "canarypromise", "canarygift"):
        assert where(files, canary) == [], canary
    office = make_editions(("en",), at=AT, audience="office")["en"].partner("kanazawa")
    assert [one.what.text for one in office.commitments] == ["canarypromise"]
    assert [one.title.text for one in office.gifts] == ["canarygift"]
    assert "canaryprivate" not in repr(office)
    assert sorted(one.title.text for one in office.activities) == ["Shown", "canaryinternal"]


def test_what_leaves_is_the_same_as_long_as_nothing_changes(officer: object, home: str) -> None:
    source = take_in(RELEASE, by=officer, at=AT, language="ru").source
    accept_page(source, by=officer, at=AT)

    assert everything(made()) == everything(made())
    later = make_editions(LANGUAGES, at=AT.replace(day=21), address=ADDRESS)
    assert everything(later) == everything(made())
    assert gzip.compress(b"x", mtime=0) == gzip.compress(b"x", mtime=0)
