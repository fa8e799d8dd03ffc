"""Three ways in: paste, files, an address; what is refused keeps its words and says why."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from twinbook.register.queries import queue
from twinbook.register.reader import OfficeReader
from twinbook.register.web import Endpoint

from .conftest import PAGES

INBOX = "/inbox/"


def upload(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (PAGES / name).read_bytes())


def test_a_pasted_page_opens_for_review(desk: Client) -> None:
    text = (PAGES / "04-manzhouli.txt").read_text("utf-8")

    answer = desk.post(INBOX, {"door": "paste", "paste-text": text, "paste-publisher": "Пресс-служба"})

    (line,) = queue.inbox()
    assert answer.headers["Location"] == reverse("desk:review", args=[line.source.id])
    assert line.source.publisher == "Пресс-служба"
    assert line.waiting > 0


def test_pasting_it_again_adds_nothing(desk: Client) -> None:
    text = (PAGES / "04-manzhouli.txt").read_text("utf-8")
    desk.post(INBOX, {"door": "paste", "paste-text": text})
    (before,) = queue.inbox()

    answer = desk.post(INBOX, {"door": "paste", "paste-text": text}, follow=True)

    assert queue.inbox() == (before,)
    assert "nothing was added twice" in answer.content.decode()


def test_an_empty_paste_is_refused_and_keeps_the_rest(desk: Client) -> None:
    sent = {"door": "paste", "paste-text": "  ", "paste-publisher": "Газета", "paste-address": "https://example.org/1"}

    answer = desk.post(INBOX, sent, headers={"Accept-Language": "ru"})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Сначала вставьте текст." in html
    assert "Газета" in html and "https://example.org/1" in html


def test_an_address_that_would_run_as_a_script_is_refused(desk: Client) -> None:
    answer = desk.post(INBOX, {"door": "paste", "paste-text": "Текст", "paste-address": "javascript:alert(1)"})

    assert answer.status_code == 422
    assert "An address begins with http" in answer.content.decode()
    assert queue.inbox() == ()


def test_many_files_are_many_pages(desk: Client) -> None:
    files = [upload("01-irkutsk-consul.html"), upload("06-school.txt")]

    answer = desk.post(INBOX, {"door": "files", "files-files": files}, follow=True)

    assert len(queue.inbox()) == 2
    assert "2 pages were taken in." in answer.content.decode()


def test_a_bad_file_among_good_ones_is_named(desk: Client) -> None:
    files = [upload("06-school.txt"), SimpleUploadedFile("blank.txt", b" \n")]

    html = desk.post(INBOX, {"door": "files", "files-files": files}, follow=True).content.decode()

    assert "blank.txt" in html
    assert len(queue.inbox()) == 1


def test_no_file_is_a_sentence(desk: Client) -> None:
    answer = desk.post(INBOX, {"door": "files"})

    assert answer.status_code == 422
    assert "Choose a file first." in answer.content.decode()


def test_an_address_inside_the_house_is_refused_in_words(desk: Client) -> None:
    answer = desk.post(INBOX, {"door": "address", "address-address": "http://127.0.0.1:9/secret"})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "http://127.0.0.1:9/secret" in html
    assert 'aria-invalid="true"' in html
    assert queue.inbox() == ()


def test_the_list_shows_what_waits_and_all(desk: Client) -> None:
    desk.post(INBOX, {"door": "paste", "paste-text": (PAGES / "08-road.txt").read_text("utf-8")})

    assert "other subject" not in desk.get(INBOX).content.decode()
    assert "other subject" in desk.get(INBOX, {"show": "all"}).content.decode()


def test_a_file_that_is_no_text_says_what_to_do_in_the_users_language(desk: Client) -> None:
    sent = {"door": "files", "files-files": SimpleUploadedFile("scan.bin", bytes(range(1, 32)) * 40)}
    desk.post(INBOX, sent)
    (line,) = queue.inbox()

    html = desk.get(reverse("desk:review", args=[line.source.id]), headers={"Accept-Language": "ru"}).content.decode()

    assert "В этом файле нет текста." in html
    assert "characters are controls" not in html
    assert f">{line.source.id}<" not in html
    assert "Страница без заголовка" in html


def test_the_inbox_says_where_text_is_sent(desk: Client, settings: Any) -> None:
    silent = desk.get(INBOX, headers={"Accept-Language": "ru"}).content.decode()
    settings.TWINBOOK_READER = OfficeReader(
        "language-model", "", Endpoint("http://10.0.0.5:8000/v1/chat/completions"), "small-model"
    )

    told = desk.get(INBOX, headers={"Accept-Language": "ru"}).content.decode()

    sentence = "уходит из учреждения: он отправляется языковой модели по адресу 10.0.0.5:8000"
    assert sentence not in silent
    assert sentence in told


def test_a_mailbox_becomes_a_page_a_letter(desk: Client) -> None:
    letters = [
        f"From a@b.example Thu Jun 18 10:00:00 2026\nFrom: a@b.example\nSubject: {number}\nDate: Thu, 18 Jun 2026 "
        f"10:00:00 +0800\nContent-Type: text/plain; charset=utf-8\n\nМэр Иркутска принял делегацию {town}.\n\n"
        for number, town in enumerate(("Канадзавы", "Шэньяна"), 1)
    ]
    box = SimpleUploadedFile("press.mbox", "".join(letters).encode())

    answer = desk.post(INBOX, {"door": "files", "files-files": [box]}, follow=True)

    assert [line.source.published for line in queue.inbox()] == ["2026-06-18", "2026-06-18"]
    assert all(line.waiting for line in queue.inbox())
    assert "2 pages were taken in." in answer.content.decode()
