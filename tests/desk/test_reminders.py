"""Reminders by mail, through a real SMTP conversation: who gets which letter, once, in the office's language."""

from __future__ import annotations

import email
import email.policy
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from people import make_user
from twinbook.project.mail import mail_settings, send_due
from twinbook.register.models import Reminder
from twinbook.register.queries.reminders import due
from twinbook.register.workflow import capture, enter
from twinbook.register.workflow.enter import Given

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def letters(settings: Any) -> Iterator[list[bytes]]:
    """A mail server on this machine: the letters that it was given."""
    taken: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                link, _ = listener.accept()
            except OSError:
                return
            with link, link.makefile("rwb") as talk:
                _converse(talk, taken)

    threading.Thread(target=serve, daemon=True).start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = listener.getsockname()
    settings.DEFAULT_FROM_EMAIL, settings.DESK_SENDS_MAIL = "twinbook@city.example", True
    settings.TWINBOOK_MAIL_LANGUAGE, settings.TWINBOOK_DESK = "ru", "https://desk.city.example/"
    yield taken
    listener.close()


def _converse(talk: Any, taken: list[bytes]) -> None:
    def say(words: bytes) -> None:
        talk.write(words + b"\r\n")
        talk.flush()

    say(b"220 here")
    for line in iter(talk.readline, b""):
        if line.upper().startswith(b"DATA"):
            say(b"354 go on")
            taken.append(b"".join(iter(talk.readline, b".\r\n")))
        say(b"221 bye" if line.upper().startswith(b"QUIT") else b"250 good")


@pytest.fixture
def promised(officer: User, desk: Client) -> None:
    """Three promises: overdue, due in a week, due in a year."""
    note = capture.capture_text("Обещано: ноты, каталог и список.", by=officer, at=AT, kind="note").source
    for what, day in (("прислать ноты", "2026-01"), ("прислать каталог", "2026-03-09"), ("прислать список", "2027-03")):
        given = [Given("what", what, "ru"), Given("due", day), Given("state", "open")]
        enter.enter("commitment", given, source=note, by=officer, at=AT)


def subject_and_text(letter: bytes) -> tuple[str, str, str]:
    told = email.message_from_bytes(letter, policy=email.policy.default)
    return str(told["To"]), str(told["Subject"]), told.get_content().replace("\r\n", "\n")


def test_an_officer_gets_one_letter_of_what_is_due(promised: None, officer: User, letters: list[bytes]) -> None:
    officer.email = "vera@city.example"
    officer.save()
    make_user("lena", "reader", email="lena@city.example")

    assert (send_due(at=AT), send_due(at=AT)) == (1, 0)

    ((to, subject, text),) = map(subject_and_text, letters)
    assert (to, subject) == ("vera@city.example", "Twinbook: 2 напоминания")
    assert "Просроченные договорённости\n- январь 2026 г.: прислать ноты" in text
    assert "- 9 марта 2026 г.: прислать каталог" in text and "список" not in text
    assert "https://desk.city.example/records/" in text


def test_what_becomes_overdue_is_told_once_more(promised: None, officer: User, letters: list[bytes]) -> None:
    officer.email = "vera@city.example"
    officer.save()
    send_due(at=AT)

    assert send_due(at=datetime(2026, 3, 12, 9, tzinfo=UTC)) == 1
    assert "каталог" in subject_and_text(letters[1])[2] and "ноты" not in subject_and_text(letters[1])[2]


def test_a_letter_that_could_not_be_sent_is_tried_again(
    promised: None, officer: User, letters: list[bytes], settings: Any
) -> None:
    officer.email = "vera@city.example"
    officer.save()
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1

    with pytest.raises(OSError):
        send_due(at=AT)
    assert Reminder.objects.count() == 0
    settings.EMAIL_PORT = port

    assert send_due(at=AT) == 1


def test_without_an_address_or_a_server_nothing_is_sent(promised: None, letters: list[bytes], settings: Any) -> None:
    assert len(due(date(2026, 3, 2))) == 2
    assert send_due(at=AT) == 0
    settings.DESK_SENDS_MAIL = False
    assert (send_due(at=AT), letters) == (0, [])


def test_an_officer_gives_the_own_address_and_a_wrong_one_is_refused(
    desk: Client, officer: User, letters: list[bytes]
) -> None:
    wrong = desk.post("/security/reminders/", {"address": "vera at city"}, follow=True).content.decode()
    kept = desk.post("/security/reminders/", {"address": "vera@city.example"}, follow=True).content.decode()
    officer.refresh_from_db()

    assert "This is no address of a mailbox." in wrong
    assert 'value="vera@city.example"' in kept and officer.email == "vera@city.example"


@pytest.mark.parametrize(
    ("address", "host", "port", "ssl", "tls"),
    [
        ("smtps://anna:p%40ss@mail.city.example", "mail.city.example", 465, True, False),
        ("smtp://mail.city.example:2525", "mail.city.example", 2525, False, True),
        ("smtp+plain://10.0.0.7", "10.0.0.7", 25, False, False),
    ],
)
def test_the_mail_server_is_one_setting(
    monkeypatch: pytest.MonkeyPatch, address: str, host: str, port: int, ssl: bool, tls: bool
) -> None:
    monkeypatch.setenv("TWINBOOK_MAIL", address)
    monkeypatch.setenv("TWINBOOK_MAIL_FROM", "twinbook@city.example")

    told = mail_settings()

    assert (told["EMAIL_HOST"], told["EMAIL_PORT"], told["EMAIL_USE_SSL"], told["EMAIL_USE_TLS"]) == (
        host,
        port,
        ssl,
        tls,
    )
    assert told["EMAIL_HOST_PASSWORD"] == ("p@ss" if "p%40ss" in address else "")


@pytest.mark.parametrize("address", ["mail.city.example", "http://mail.city.example", "smtp://"])
def test_a_mail_server_that_is_none_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("TWINBOOK_MAIL", address)
    monkeypatch.setenv("TWINBOOK_MAIL_FROM", "twinbook@city.example")

    with pytest.raises(ValueError, match="TWINBOOK_MAIL takes"):
        mail_settings()
