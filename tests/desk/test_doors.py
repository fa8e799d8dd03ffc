"""Who gets in, and where a form may send people."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, reverse

from twinbook.register.desk.urls import urlpatterns

from .conftest import PASSWORD

OPEN = {"sign-in", "language", "welcome"}
SAMPLES = {"id": "0123456789ab", "int": 1, "slug": "activity"}


def addresses() -> Iterator[tuple[str, str]]:
    """Every address of the desk with sample values in its places."""
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        values = {name: _sample(converter) for name, converter in pattern.pattern.converters.items()}
        yield str(pattern.name), reverse(f"desk:{pattern.name}", kwargs=values)


def _sample(converter: object) -> object:
    kinds = {"PublicId": "id", "IntConverter": "int", "SlugConverter": "slug"}
    return SAMPLES[kinds[type(converter).__name__]]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "address"), list(addresses()))
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_page_asks_for_a_sign_in(client: Client, method: str, name: str, address: str) -> None:
    answer = getattr(client, method)(address)

    if name in OPEN:
        assert "sign-in" not in answer.headers.get("Location", "")
    else:
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"{reverse('desk:sign-in')}?next={address}"


@pytest.mark.django_db
def test_a_fragment_asked_for_after_the_session_ended_sends_the_whole_page_to_the_door(client: Client) -> None:
    answer = client.post(reverse("desk:accept", args=["0123456789ab"]), headers={"HX-Request": "true"})

    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith(reverse("desk:sign-in"))


@pytest.mark.django_db
def test_sign_in_leads_to_the_page_that_was_asked_for(client: Client, officer: User) -> None:
    wanted = reverse("desk:partners")

    answer = client.post(reverse("desk:sign-in"), {"username": "officer", "password": PASSWORD, "next": wanted})

    assert (answer.status_code, answer.headers["Location"]) == (302, wanted)


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "//evil.example", "\\\\evil.example", "javascript:alert(1)", "http:///evil.example"],
)
def test_sign_in_and_language_never_send_people_elsewhere(client: Client, officer: User, address: str) -> None:
    signed = client.post(reverse("desk:sign-in"), {"username": "officer", "password": PASSWORD, "next": address})
    switched = client.post(reverse("desk:language"), {"language": "ja", "next": address})

    assert signed.headers["Location"] == reverse("desk:today")
    assert "evil" not in switched.headers["Location"] and "javascript" not in switched.headers["Location"]


def test_the_language_is_kept_for_the_next_visit(client: Client, officer: User) -> None:
    client.post(reverse("desk:language"), {"language": "ja", "next": reverse("desk:sign-in")})

    page = client.get(reverse("desk:sign-in")).content.decode()

    assert '<html lang="ja">' in page
    assert "ログイン" in page


def test_five_wrong_passwords_close_the_door_even_for_the_right_one(client: Client, officer: User) -> None:
    door, answers = reverse("desk:sign-in"), []
    for _ in range(5):
        answers.append(client.post(door, {"username": "officer", "password": "wrong"}).status_code)
    last = client.post(door, {"username": "officer", "password": PASSWORD})

    assert answers[:4] == [200] * 4
    assert last.status_code == 429
    assert "quarter of an hour" in last.content.decode()
    assert client.get(reverse("desk:help")).status_code == 302


def test_passwords_are_kept_as_argon2(officer: User) -> None:
    assert officer.password.startswith("argon2")


def test_a_changed_password_ends_the_other_sessions(officer: User) -> None:
    here, elsewhere = Client(), Client()
    here.force_login(officer)
    elsewhere.force_login(officer)
    sent = {"old_password": PASSWORD, "new_password1": "nine-green-hills", "new_password2": "nine-green-hills"}

    weak = here.post(reverse("desk:password"), sent | {"new_password1": "short", "new_password2": "short"})
    answer = here.post(reverse("desk:password"), sent)

    assert weak.status_code == 200
    assert answer.status_code == 302
    assert here.get(reverse("desk:help")).status_code == 200
    assert elsewhere.get(reverse("desk:help")).status_code == 302


def test_sign_out_needs_a_post(desk: Client) -> None:
    assert desk.get(reverse("desk:sign-out")).status_code == 405
    assert desk.post(reverse("desk:sign-out")).status_code == 302
    assert desk.get(reverse("desk:help")).status_code == 302


def test_a_form_without_its_token_is_refused_in_the_users_language(officer: User) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"Accept-Language": "ru"})
    strict.force_login(officer)

    answer = strict.post(reverse("desk:inbox"), {"door": "paste"})

    assert answer.status_code == 403
    assert "Форма не принята" in answer.content.decode()


@pytest.mark.parametrize(
    "name", ["help", "inbox", "partners", "decisions", "glossary", "promises", "calendar", "search"]
)
def test_pages_are_private_and_their_policy_is_strict(desk: Client, name: str) -> None:
    answer = desk.get(reverse(f"desk:{name}"))

    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"] and "private" in answer.headers["Cache-Control"]
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_not_there_says_so_in_the_users_language(desk: Client) -> None:
    answer = desk.get(reverse("desk:record", args=["0123456789ab"]), headers={"Accept-Language": "ja"})

    assert answer.status_code == 404
    assert "見つかりません" in answer.content.decode()
