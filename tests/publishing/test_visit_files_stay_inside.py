"""Nothing of a visit file leaves: its words stand in every column, and in no file of the site, paper or export."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import models
from pypdf import PdfReader

from people import make_user
from twinbook.publishing.edition import make_editions
from twinbook.publishing.publication import papers, publications
from twinbook.register.models.sealed import SealedTextField
from twinbook.register.queries.formats import FORMATS
from twinbook.register.queries.visit_rules import samples
from twinbook.register.workflow import visit, visit_people, visit_rules
from twinbook.register.workflow.capture import capture_text
from twinbook.register.workflow.enter import Given, enter, find_or_make_place, set_home

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
DAY = AT.date() + timedelta(days=9)
CANARY, SEEN = "Qanarejkin", "Vidimyj"  # what must not leave; what does, so that looking is known to see
CODES = {"public_id", "direction", "state", "side", "norm", "deleted_why", "name_index", "document_index"}


@pytest.fixture
def olga() -> User:
    return make_user("olga")


@pytest.fixture
def partner(olga: User) -> str:
    home = set_home("Иркутск", language="ru", country="RU", by=olga, at=AT)
    place = find_or_make_place("Канадзава", language="ru", country="JP", by=olga, at=AT)
    source = capture_text(f"Визит {SEEN} состоится.", by=olga, at=AT, kind="note").source
    tie = [Given("kind", "sister_city"), Given("since", "1967"), Given("places", home), Given("places", place)]
    enter("tie", tie, source=source, by=olga, at=AT)
    told = [Given("kind", "visit"), Given("title", f"Визит {SEEN}", "ru"), Given("when", DAY.isoformat()),
            Given("status", "planned"), Given("places", home), Given("places", place)]  # fmt: skip
    enter("activity", told, source=source, by=olga, at=AT)
    return place


@pytest.fixture
def file(olga: User, partner: str) -> str:
    """A visit with that partner then; the canary in every column that holds words, those of later tables too."""
    visit_rules.save_rules(samples()["irkutsk"], by=olga, at=AT)
    made = visit.open_visit({"ru": "x"}, direction="incoming", partner=partner, first_day=DAY, last_day=DAY,
                            languages=("ru", "ja"), by=olga, at=AT)  # fmt: skip
    visit.add_hour(made, day=DAY, begins=None, ends=None, what={"ru": "x"}, place={}, work="", is_for_guests=True,
                   by=olga, at=AT)  # fmt: skip
    visit.fill_estimate(made, by=olga, at=AT)
    visit_people.add_person(made, "guest", {"name": "x"}, by=olga, at=AT)
    filled = sum(fill(table) for table in tables())
    assert filled >= 28
    return made


def tables() -> list[type[models.Model]]:
    found = [table for table in apps.get_app_config("register").get_models() if table.__name__.startswith("Visit")]
    return [table for table in found if table.__name__ != "VisitRules"]


def fill(table: type[models.Model]) -> int:
    """Put the canary into every column for words; how many columns."""
    texts = (models.CharField, models.TextField, SealedTextField)
    columns = [one for one in table._meta.concrete_fields if one.name not in CODES]
    words = [one.name for one in columns if isinstance(one, models.JSONField) and one.name not in ("done", "languages")]
    plain = [one.name for one in columns if isinstance(one, texts)]
    for row in table._default_manager.all():
        for name in words:
            setattr(row, name, {"ru": f"{CANARY} {name}", "ja": f"{CANARY} {name}", "en": f"{CANARY} {name}"})
        for name in plain:
            setattr(row, name, f"{CANARY} {name}")
        row.save()
    return len(words) + len(plain)


def unpacked(name: str, body: bytes) -> Iterator[bytes]:
    """A file's bytes, and those inside it where it is packed."""
    yield body
    if name.endswith(".gz"):
        yield gzip.decompress(body)
    elif name.endswith(".pdf"):
        yield "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages).encode()
    elif body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            for one in packed.namelist():
                yield from unpacked(one, packed.read(one))


def everything(audience: str) -> dict[str, bytes]:
    editions = make_editions(("ru", "en"), at=AT, address="https://twins.example/", audience=audience)
    rendered = (one for kind in publications().values() for one in kind.render(editions, ()))
    made = papers(editions) if audience == "public" else rendered
    return {f"{audience}/{one.path}": b"".join(unpacked(one.path, one.body)) for one in made}


def exports() -> dict[str, bytes]:
    found = {}
    for code, form in FORMATS.items():
        buffer = io.BytesIO()
        form.write(buffer)
        found[f"export.{code}"] = b"".join(unpacked(code, buffer.getvalue()))
    return found


def test_no_word_of_a_visit_file_is_in_what_leaves(file: str) -> None:
    outside = everything("public") | everything("office") | exports()

    assert {name for name, body in outside.items() if CANARY.encode() in body} == set()
    assert file.encode() not in b"".join(outside.values())
    saying = {name.partition("/")[0] for name, body in outside.items() if SEEN.encode() in body}
    assert saying == {"public", "office", *(f"export.{code}" for code in FORMATS)}
    assert date(2026, 11, 29) == DAY and any(b"2026-11-29" in body for body in outside.values())
