"""Papers that the desk hands out: one partner's briefing, for signed-in officers alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client

from people import make_user
from twinbook.project.sample.load import Loader
from twinbook.register.queries.lists import partners

HEADERS = {"host": "localhost"}


@pytest.fixture
def kanazawa(db: None) -> str:
    """The id of Kanazawa in the sample register."""
    officer = make_user("olga")
    Loader(officer, datetime(2026, 3, 2, 9, 0, tzinfo=UTC)).load()
    return next(line.partner.id for line in partners() if line.partner.name("en") == "Kanazawa")


def test_a_briefing_is_made_in_the_language_asked_for(kanazawa: str) -> None:
    client = Client(headers=HEADERS)
    client.force_login(User.objects.get(username="olga"))

    pdf = client.get(f"/papers/briefing/{kanazawa}.pdf?language=ja")
    docx = client.get(f"/papers/briefing/{kanazawa}.docx?language=ru")

    assert (pdf.status_code, pdf.headers["Content-Type"], pdf.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert (docx.status_code, docx.content[:2]) == (200, b"PK")
    assert pdf.headers["Content-Disposition"] == 'attachment; filename="kanazawa.pdf"'
    assert "no-store" in pdf.headers["Cache-Control"]


def test_a_stranger_is_sent_to_the_door(kanazawa: str) -> None:
    answer = Client(headers=HEADERS).get(f"/papers/briefing/{kanazawa}.pdf")

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/")


def test_what_there_is_not_is_not_found(kanazawa: str) -> None:
    client = Client(headers=HEADERS)
    client.force_login(User.objects.get(username="olga"))

    found = {
        client.get(address).status_code
        for address in (
            f"/papers/nothing/{kanazawa}.pdf",
            "/papers/briefing/zzzzzzzzzzzz.pdf",
            f"/papers/briefing/{kanazawa}.exe",
        )
    }

    assert found == {404}
