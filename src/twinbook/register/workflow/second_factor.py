"""Second factors: authenticator apps (TOTP, RFC 6238), passkeys (WebAuthn), recovery codes; five errors close them."""

from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import webauthn
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import PublicKeyCredentialDescriptor

from twinbook.register.models import Account, RecoveryCode, SecondFactor
from twinbook.register.models.sealed import digests, plain
from twinbook.register.workflow.access import note_access
from twinbook.register.workflow.errors import NotFoundError, NotPossibleError, RefusedError

STEP_SECONDS, DIGITS, LEEWAY = 30, 6, 1  # as every authenticator app has it; one step early or late is let pass
SECRET_BYTES = 20
CODES, CODE_BYTES = 10, 5  # ten recovery codes of 40 random bits
MOST_FAILURES, CLOSED_FOR = 5, timedelta(minutes=15)
PURPOSE = "recovery code"
UNREADABLE = (WebAuthnException, ValueError, RecursionError)  # what reading a hostile answer ends in


class WrongCodeError(RefusedError):
    """The code or the passkey is not right."""

    code = "wrong-code"


class ClosedError(RefusedError):
    """Too many were wrong: nothing is tried before `until`."""

    code = "factor-closed"


@dataclass(frozen=True)
class Site:
    """Who asks for a passkey: the host's name without a port, and the whole origin."""

    host: str
    origin: str


def begin_app(*, by: User, at: datetime) -> str:
    """A new authenticator app, not confirmed yet; its id. An older one that was never confirmed goes."""
    with transaction.atomic():
        by.second_factors.filter(kind="totp", confirmed_at=None).delete()  # type: ignore[attr-defined]  # reverse name
        secret = base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode("ascii")
        return SecondFactor.objects.create(user=by, kind="totp", secret=secret, made_at=at).public_id


def app_address(factor: str, *, by: User) -> tuple[str, str]:
    """(otpauth address for the picture, secret to type) of an app that is not confirmed; NotFoundError after that."""
    found = SecondFactor.objects.filter(public_id=factor, user=by, kind="totp", confirmed_at=None).first()
    if found is None:
        raise NotFoundError("no app waits to be confirmed")
    return _totp(found.secret).get_provisioning_uri(by.get_username(), "Twinbook"), found.secret


def confirm_app(factor: str, code: str, *, by: User, at: datetime) -> tuple[str, ...]:
    """The app counts from now on, since its first code was right; recovery codes where there were none yet."""

    def right() -> bool:
        found = SecondFactor.objects.filter(public_id=factor, user=by, kind="totp", confirmed_at=None).first()
        if found is None:
            raise NotFoundError("no app waits to be confirmed")
        if not _use_app(found, code, at):
            return False
        found.confirmed_at = at
        found.save(update_fields=["confirmed_at"])
        note_access("factor-added", by=by, at=at, kind="account", about=by.account.public_id, fields=["totp"])
        return True

    _try(by, at, right)
    return _first_codes(by)


def check_code(code: str, *, by: User, at: datetime) -> None:
    """Let an app's code or a recovery code pass once; WrongCodeError, ClosedError."""
    _try(by, at, lambda: _app_says(code, by, at) or _recovery_says(code, by, at))


def passkey_options(*, by: User, site: Site) -> tuple[str, str]:
    """(options for the browser as JSON, the challenge) to make a new passkey."""
    known = [PublicKeyCredentialDescriptor(id=base64url_to_bytes(row.credential)) for row in _passkeys(by)]
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name="Twinbook",
        user_name=by.get_username(),
        user_id=by.account.public_id.encode(),
        exclude_credentials=known,
    )
    return webauthn.options_to_json(options), bytes_to_base64url(options.challenge)


def add_passkey(answer: str, challenge: str, *, name: str, site: Site, by: User, at: datetime) -> tuple[str, ...]:
    """Keep the passkey that a browser made; recovery codes where there were none yet."""
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
        )
    except UNREADABLE as error:
        raise WrongCodeError("the passkey could not be checked") from error
    with transaction.atomic():
        SecondFactor.objects.create(
            user=by,
            kind="passkey",
            name=name[:80],
            secret=bytes_to_base64url(made.credential_public_key),
            credential=bytes_to_base64url(made.credential_id),
            sign_count=made.sign_count,
            made_at=at,
            confirmed_at=at,
        )
        note_access("factor-added", by=by, at=at, kind="account", about=by.account.public_id, fields=["passkey"])
    return _first_codes(by)


def ask_passkey(*, by: User, site: Site) -> tuple[str, str]:
    """(options for the browser as JSON, the challenge) to prove who one is; NotFoundError without a passkey."""
    known = [PublicKeyCredentialDescriptor(id=base64url_to_bytes(row.credential)) for row in _passkeys(by)]
    if not known:
        raise NotFoundError("this account has no passkey")
    options = webauthn.generate_authentication_options(rp_id=site.host, allow_credentials=known)
    return webauthn.options_to_json(options), bytes_to_base64url(options.challenge)


def check_passkey(answer: str, challenge: str, *, site: Site, by: User, at: datetime) -> None:
    """Let a passkey's answer pass; WrongCodeError, ClosedError."""

    def right() -> bool:
        try:
            credential = webauthn.helpers.parse_authentication_credential_json(answer)
            found = _passkeys(by).get(credential=bytes_to_base64url(credential.raw_id))
            shown = webauthn.verify_authentication_response(
                credential=credential,
                expected_challenge=base64url_to_bytes(challenge),
                expected_rp_id=site.host,
                expected_origin=site.origin,
                credential_public_key=base64url_to_bytes(found.secret),
                credential_current_sign_count=found.sign_count,
            )
        except (*UNREADABLE, SecondFactor.DoesNotExist):
            return False
        found.sign_count, found.used_at = shown.new_sign_count, at
        found.save(update_fields=["sign_count", "used_at"])
        return True

    _try(by, at, right)


def new_codes(*, by: User) -> tuple[str, ...]:
    """Ten new recovery codes, shown this once; the old ones serve no more."""
    codes = tuple(base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode("ascii").lower() for _ in range(CODES))
    with transaction.atomic():
        RecoveryCode.objects.filter(user=by).delete()
        RecoveryCode.objects.bulk_create(
            [RecoveryCode(user=by, digest=digests(plain(code), purpose=PURPOSE)[0]) for code in codes]
        )
    return tuple(f"{code[:4]}-{code[4:]}" for code in codes)


def remove(factor: str, *, by: User, at: datetime, must_stay: bool) -> None:
    """Take one's own factor away; refused for the last one where the office asks for one (`must_stay`)."""
    with transaction.atomic():
        found = SecondFactor.objects.filter(public_id=factor, user=by).first()
        if found is None:
            raise NotFoundError("no such factor")
        if must_stay and SecondFactor.objects.filter(user=by).exclude(confirmed_at=None).count() < 2:
            raise NotPossibleError("this role needs a second factor", code="factor-must-stay")
        found.delete()
        if not SecondFactor.objects.filter(user=by).exclude(confirmed_at=None).exists():
            RecoveryCode.objects.filter(user=by).delete()
        note_access("factor-removed", by=by, at=at, kind="account", about=by.account.public_id, fields=[found.kind])


def _try(by: User, at: datetime, right: Callable[[], bool]) -> None:
    """One attempt, counted before it is judged: attempts at the same time cannot outrun the limit."""
    with transaction.atomic():
        account = Account.objects.select_for_update().get(user=by)
        if account.closed_until and at < account.closed_until:
            raise ClosedError("too many attempts", until=account.closed_until.isoformat())
        Account.objects.filter(pk=account.pk).update(failures=F("failures") + 1, closed_until=None)
        is_right = right()
        if is_right:
            Account.objects.filter(pk=account.pk).update(failures=0)
        else:
            note_access("factor-failed", by=by, at=at, kind="account", about=account.public_id)
            if account.failures + 1 >= MOST_FAILURES:
                Account.objects.filter(pk=account.pk).update(failures=0, closed_until=at + CLOSED_FOR)
    if not is_right:
        raise WrongCodeError("the code is not right")


def _totp(secret: str) -> TOTP:
    return TOTP(base64.b32decode(secret), DIGITS, SHA1(), STEP_SECONDS)


def _use_app(factor: SecondFactor, code: str, at: datetime) -> bool:
    """Whether a code is that of now, or of the step before or after; no step serves twice."""
    given = "".join(code.split())
    now = int(at.timestamp()) // STEP_SECONDS
    for step in range(now - LEEWAY, now + LEEWAY + 1):
        if step <= factor.last_step:
            continue
        try:
            _totp(factor.secret).verify(given.encode(), step * STEP_SECONDS)
        except (InvalidToken, UnicodeEncodeError):
            continue
        factor.last_step, factor.used_at = step, at
        factor.save(update_fields=["last_step", "used_at"])
        return True
    return False


def _app_says(code: str, by: User, at: datetime) -> bool:
    apps = SecondFactor.objects.select_for_update().filter(user=by, kind="totp").exclude(confirmed_at=None)
    return any(_use_app(app, code, at) for app in apps)


def _recovery_says(code: str, by: User, at: datetime) -> bool:
    wanted = digests(plain(code.replace("-", "")), purpose=PURPOSE)
    for row in RecoveryCode.objects.select_for_update().filter(user=by, used_at=None):
        if any(hmac.compare_digest(row.digest, one) for one in wanted):
            row.used_at = at
            row.save(update_fields=["used_at"])
            return True
    return False


def _passkeys(by: User):  # type: ignore[no-untyped-def]  # a manager's rows, whose generics do not exist at run time
    return SecondFactor.objects.filter(user=by, kind="passkey").exclude(confirmed_at=None)


def _first_codes(by: User) -> tuple[str, ...]:
    return () if RecoveryCode.objects.filter(user=by, used_at=None).exists() else new_codes(by=by)
