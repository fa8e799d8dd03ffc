"""Invitations, roles and second factors as they are met at the desk."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people import make_user
from register.workflow.test_second_factor import code_at
from twinbook.register.models import AccessEntry, SecondFactor
from twinbook.register.queries import people

from .conftest import PASSWORD


@pytest.fixture
def administrator(db: None) -> Client:
    client = Client()
    client.force_login(make_user("anna", "administrator"))
    return client


def link_in(page: str) -> str:
    found = re.search(r"data-link>http://testserver([^<]+)<", page)
    assert found, "the page shows a link"
    return found[1]


def invite(client: Client, name: str = "vera", *roles: str) -> str:
    answer = client.post(reverse("desk:accounts"), {"username": name, "roles": roles or ("clerk",)})
    assert answer.status_code == 200
    return link_in(answer.content.decode())


def choose_password(link: str, password: str = PASSWORD) -> Any:
    guest = Client()
    form = guest.get(link, follow=True)
    sent = {"new_password1": password, "new_password2": password}
    return guest.post(form.request["PATH_INFO"], sent)


def test_an_invited_person_chooses_a_password_and_signs_in(administrator: Client) -> None:
    link = invite(administrator)

    chosen = choose_password(link)
    vera = Client()
    signed = vera.post(reverse("desk:sign-in"), {"username": "vera", "password": PASSWORD})

    assert (chosen.status_code, signed.status_code) == (302, 302)
    assert vera.get(reverse("desk:inbox")).status_code == 200
    assert vera.get(reverse("desk:accounts")).status_code == 403
    assert list(AccessEntry.objects.values_list("act", flat=True)) == ["invite", "sign-in"]


def test_a_link_serves_once(administrator: Client) -> None:
    link = invite(administrator)
    choose_password(link)

    again = Client().get(link, follow=True).content.decode()

    assert "used already" in again and '<form method="post" novalidate>' not in again


def test_a_weak_password_is_refused_and_the_link_still_serves(administrator: Client) -> None:
    link = invite(administrator)

    assert choose_password(link, "short").status_code == 200
    assert choose_password(link).status_code == 302


def test_a_name_is_given_once_however_it_is_written(administrator: Client) -> None:
    invite(administrator)

    answer = administrator.post(reverse("desk:accounts"), {"username": "VERA", "roles": ["clerk"]})

    assert answer.status_code == 422
    assert User.objects.filter(username__iexact="vera").count() == 1


def test_who_is_switched_off_is_out_at_once_and_may_come_back(administrator: Client, officer: User) -> None:
    vera, account = Client(), officer.account.public_id
    vera.force_login(officer)

    administrator.post(reverse("desk:account", args=[account]), {"act": "off"})
    off = vera.get(reverse("desk:help")).status_code
    administrator.post(reverse("desk:account", args=[account]), {"act": "on"})

    assert (off, vera.get(reverse("desk:help")).status_code) == (302, 200)


def test_the_last_administrator_stays(administrator: Client) -> None:
    own = reverse("desk:account", args=[User.objects.get(username="anna").account.public_id])

    administrator.post(own, {"act": "off"})
    administrator.post(own, {"act": "roles", "roles": ["reader"]})

    assert administrator.get(reverse("desk:accounts")).status_code == 200


def test_changed_roles_hold_at_the_next_click(administrator: Client, officer: User) -> None:
    vera = Client()
    vera.force_login(officer)
    administrator.post(reverse("desk:account", args=[officer.account.public_id]), {"act": "roles", "roles": ["reader"]})

    assert vera.post(reverse("desk:inbox"), {"door": "paste"}).status_code == 403
    assert vera.get(reverse("desk:partners")).status_code == 200


# -- second factors


def add_app(client: Client, user: User) -> tuple[str, str]:
    """An authenticator app, confirmed at the desk: its secret, and the page with the recovery codes."""
    page = client.post(reverse("desk:add-app"), follow=True)
    secret = SecondFactor.objects.get(user=user, confirmed_at=None).secret
    assert "<svg" in page.content.decode() and secret[:4] in page.content.decode()
    answer = client.post(page.request["PATH_INFO"], {"code": code_at(secret, now())})
    assert answer.status_code == 200, "the codes are shown"
    return secret, answer.content.decode()


def now() -> datetime:
    return timezone.now()


def test_with_a_factor_the_password_alone_opens_nothing(desk: Client, officer: User) -> None:
    add_app(desk, officer)
    thief = Client()
    thief.post(reverse("desk:sign-in"), {"username": "officer", "password": PASSWORD})

    for name in ("today", "partners", "security", "password", "help"):
        answer = thief.get(reverse(f"desk:{name}"))
        assert answer.status_code == 302 and answer.headers["Location"].startswith(reverse("desk:second-factor")), name
    removed = thief.post(reverse("desk:remove-factor", args=[people.factors(officer)[0].id]))

    assert removed.headers["Location"].startswith(reverse("desk:second-factor"))
    assert len(people.factors(officer)) == 1


def test_a_recovery_code_opens_the_page_that_was_asked_for(desk: Client, officer: User) -> None:
    _, page = add_app(desk, officer)
    code = re.findall(r"<li><code>([a-z2-7-]+)</code>", page)[0]
    vera = Client()
    vera.post(reverse("desk:sign-in"), {"username": "officer", "password": PASSWORD})
    asked = vera.get(reverse("desk:promises")).headers["Location"]

    wrong = vera.post(asked, {"code": "000000"})
    right = vera.post(asked, {"code": code})

    assert wrong.status_code == 422 and "Try again" in wrong.content.decode()
    assert (right.status_code, right.headers["Location"]) == (302, reverse("desk:promises"))
    assert vera.get(reverse("desk:promises")).status_code == 200


def test_the_second_page_sends_nobody_elsewhere(desk: Client, officer: User) -> None:
    _, page = add_app(desk, officer)
    code = re.findall(r"<li><code>([a-z2-7-]+)</code>", page)[0]
    vera = Client()
    vera.post(reverse("desk:sign-in"), {"username": "officer", "password": PASSWORD})

    answer = vera.post(f"{reverse('desk:second-factor')}?next=https://evil.example/", {"code": code})

    assert answer.headers["Location"] == reverse("desk:today")


@pytest.mark.parametrize(
    ("setting", "role", "is_asked"),
    [("no", "officer", False), ("sensitive", "officer", True), ("sensitive", "reader", False), ("all", "reader", True)],
)
def test_the_office_may_ask_for_a_factor(db: None, settings: Any, setting: str, role: str, is_asked: bool) -> None:
    settings.TWINBOOK_SECOND_FACTOR = setting
    client, user = Client(), make_user("vera", role)
    client.force_login(user)

    answer = client.get(reverse("desk:partners"))

    assert (answer.status_code, answer.headers.get("Location")) == (
        (302, reverse("desk:security")) if is_asked else (200, None)
    )
    if is_asked:
        add_app(client, user)
        assert client.get(reverse("desk:partners")).status_code == 200


def test_a_new_link_takes_the_lost_telephone_away(administrator: Client, desk: Client, officer: User) -> None:
    add_app(desk, officer)

    answer = administrator.post(reverse("desk:account", args=[officer.account.public_id]), {"act": "link"})
    choose_password(link_in(answer.content.decode()), "nine-green-hills")
    vera = Client()
    vera.post(reverse("desk:sign-in"), {"username": "officer", "password": "nine-green-hills"})

    assert vera.get(reverse("desk:partners")).status_code == 200
    assert desk.get(reverse("desk:partners")).status_code == 302, "the old session has ended"


def test_the_access_log_is_read_and_filtered(administrator: Client, officer: User) -> None:
    account = officer.account.public_id
    administrator.post(reverse("desk:account", args=[account]), {"act": "off"})
    administrator.post(reverse("desk:account", args=[account]), {"act": "on"})
    client = Client()
    client.force_login(make_user("petra", "protection"))

    everything = client.get(reverse("desk:access-log")).content.decode()
    off = client.get(reverse("desk:access-log"), {"act": "switch-off", "by": "anna", "about": account})
    none = client.get(reverse("desk:access-log"), {"until": "2001-01-01", "since": "1990-13-99", "from": "x"})

    assert "account switched on" in everything.partition("<table>")[2]
    assert "account switched on" not in off.content.decode().partition("<table>")[2]
    assert "<table>" not in none.content.decode()
