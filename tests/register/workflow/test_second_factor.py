"""Second factors with real codes: an app's code serves once, near its time, and five errors close the door."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.contrib.auth.models import User

from register.conftest import Clock
from twinbook.register.models import AccessEntry, RecoveryCode, SecondFactor
from twinbook.register.queries import people
from twinbook.register.workflow import second_factor
from twinbook.register.workflow.errors import NotFoundError, NotPossibleError
from twinbook.register.workflow.second_factor import ClosedError, WrongCodeError

App = tuple[str, tuple[str, ...]]  # its secret, and the recovery codes that came with it


def code_at(secret: str, moment: datetime) -> str:
    """What an authenticator app shows."""
    return TOTP(base64.b32decode(secret), 6, SHA1(), 30).generate(int(moment.timestamp())).decode()


@pytest.fixture
def app(olga: User, clock: Clock) -> App:
    """Olga's app, confirmed: its secret and her recovery codes."""
    at = clock()
    factor = second_factor.begin_app(by=olga, at=at)
    address, secret = second_factor.app_address(factor, by=olga)
    assert address.startswith("otpauth://totp/Twinbook:olga?") and secret in address
    return secret, second_factor.confirm_app(factor, code_at(secret, at), by=olga, at=at)


def test_the_first_right_code_confirms_the_app_and_gives_ten_codes(olga: User, app: App) -> None:
    assert [factor.kind for factor in people.factors(olga)] == ["totp"]
    assert len(set(app[1])) == 10
    assert people.signed_in_user(olga.pk).has_factor  # type: ignore[union-attr]  # olga is there
    assert AccessEntry.objects.filter(act="factor-added").count() == 1


def test_a_wrong_first_code_confirms_nothing(olga: User, clock: Clock) -> None:
    factor = second_factor.begin_app(by=olga, at=clock())

    with pytest.raises(WrongCodeError):
        second_factor.confirm_app(factor, "000000", by=olga, at=clock())

    assert people.factors(olga) == ()


def test_after_confirmation_the_secret_is_shown_to_nobody(olga: User, app: App) -> None:
    with pytest.raises(NotFoundError):
        second_factor.app_address(SecondFactor.objects.get().public_id, by=olga)


@pytest.mark.parametrize(("seconds", "is_right"), [(-65, False), (-30, True), (0, True), (30, True), (65, False)])
def test_a_code_of_the_step_before_or_after_is_let_pass(
    olga: User, clock: Clock, app: App, seconds: int, is_right: bool
) -> None:
    at = clock() + timedelta(minutes=10)
    code = code_at(app[0], at + timedelta(seconds=seconds))

    if is_right:
        second_factor.check_code(code, by=olga, at=at)
    else:
        with pytest.raises(WrongCodeError):
            second_factor.check_code(code, by=olga, at=at)


def test_a_code_serves_once(olga: User, clock: Clock, app: App) -> None:
    at = clock()
    second_factor.check_code(code_at(app[0], at), by=olga, at=at)

    with pytest.raises(WrongCodeError):
        second_factor.check_code(code_at(app[0], at), by=olga, at=at)


def test_a_recovery_code_serves_once_however_it_is_typed(olga: User, clock: Clock, app: App) -> None:
    code = app[1][3]
    second_factor.check_code(code.upper().replace("-", " "), by=olga, at=clock())

    with pytest.raises(WrongCodeError):
        second_factor.check_code(code, by=olga, at=clock())
    assert people.recovery_codes_left(olga) == 9


def test_new_recovery_codes_end_the_old_ones(olga: User, clock: Clock, app: App) -> None:
    new = second_factor.new_codes(by=olga)

    with pytest.raises(WrongCodeError):
        second_factor.check_code(app[1][0], by=olga, at=clock())
    second_factor.check_code(new[0], by=olga, at=clock())


def test_recovery_codes_are_kept_as_keyed_digests(app: App) -> None:
    kept = set(RecoveryCode.objects.values_list("digest", flat=True))

    assert len(kept) == 10 and all(len(digest) == 64 for digest in kept)
    assert {code.replace("-", "") for code in app[1]} & kept == set()


def test_five_wrong_codes_close_the_door_even_for_the_right_one(olga: User, clock: Clock, app: App) -> None:
    for _ in range(5):
        with pytest.raises(WrongCodeError):
            second_factor.check_code("000000", by=olga, at=clock())
    at = clock()

    with pytest.raises(ClosedError):
        second_factor.check_code(code_at(app[0], at), by=olga, at=at)
    later = at + timedelta(minutes=16)
    second_factor.check_code(code_at(app[0], later), by=olga, at=later)

    assert AccessEntry.objects.filter(act="factor-failed").count() == 5


@pytest.mark.parametrize("answer", ["", "{}", '{"id": "x"}', "[" * 5000, "[1]", '"x"'])
def test_what_is_no_answer_of_a_passkey_is_wrong(olga: User, clock: Clock, answer: str) -> None:
    site = second_factor.Site("localhost", "http://localhost")
    options, challenge = second_factor.passkey_options(by=olga, site=site)

    assert challenge in options
    with pytest.raises(WrongCodeError):
        second_factor.add_passkey(answer, challenge, name="key", site=site, by=olga, at=clock())
    with pytest.raises(WrongCodeError):
        second_factor.check_passkey(answer, challenge, site=site, by=olga, at=clock())


def test_the_last_factor_stays_where_the_office_asks_for_one(olga: User, clock: Clock, app: App) -> None:
    factor = people.factors(olga)[0].id

    with pytest.raises(NotPossibleError):
        second_factor.remove(factor, by=olga, at=clock(), must_stay=True)
    second_factor.remove(factor, by=olga, at=clock(), must_stay=False)

    assert people.factors(olga) == ()
    assert people.recovery_codes_left(olga) == 0
