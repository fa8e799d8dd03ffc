"""Accounts: invite, change roles, switch off and on; who holds the right to this sees no facts by it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction

from twinbook.register.models import Account
from twinbook.register.queries.rights import ADMINISTRATOR, ROLES
from twinbook.register.workflow.access import note_access
from twinbook.register.workflow.errors import NotFoundError, NotPossibleError
from twinbook.register.workflow.permission import need


def make_account(
    name: str, *, roles: Collection[str], password: str | None = None, first_name: str = "", last_name: str = ""
) -> User:
    """A user with roles, as the system makes it (init, demo); without a password nobody can sign in by it yet."""
    user = get_user_model().objects.create_user(name, password=password, first_name=first_name, last_name=last_name)
    Account.objects.create(user=user, roles=_in_order(roles))
    return user


def invite(
    name: str, *, roles: Collection[str], by: User, at: datetime, first_name: str = "", last_name: str = ""
) -> User:
    """A new user without a password: the person sets it by a link that serves once."""
    need(by, "accounts")
    with transaction.atomic():
        if get_user_model().objects.filter(username__iexact=name).exists():
            raise NotPossibleError(f"there is a user {name!r} already", code="name-taken", name=name)
        user = make_account(name, roles=roles, first_name=first_name, last_name=last_name)
        note_access("invite", by=by, at=at, kind="account", about=user.account.public_id, fields=user.account.roles)
        return user


def change_roles(account: str, roles: Collection[str], *, by: User, at: datetime) -> None:
    """Give an account other roles; the last administrator keeps that one."""
    need(by, "accounts")
    with transaction.atomic():
        found = _find(account)
        wanted = _in_order(roles)
        if ADMINISTRATOR not in wanted:
            _check_another_administrator(found)
        if wanted != found.roles:
            found.roles = wanted
            found.save(update_fields=["roles"])
            note_access("roles", by=by, at=at, kind="account", about=found.public_id, fields=wanted)


def switch(account: str, *, on: bool, by: User, at: datetime) -> None:
    """Switch an account off (its sessions end, its decisions stay) or on again."""
    need(by, "accounts")
    with transaction.atomic():
        found = _find(account)
        if not on:
            _check_another_administrator(found)
        found.user.is_active = on
        found.user.save(update_fields=["is_active"])
        note_access("switch-on" if on else "switch-off", by=by, at=at, kind="account", about=found.public_id)


def reset(account: str, *, by: User, at: datetime) -> User:
    """Take password and second factors away, so that a new link lets the person begin anew."""
    need(by, "accounts")
    with transaction.atomic():
        found = _find(account)
        found.user.set_unusable_password()
        found.user.save(update_fields=["password"])
        found.user.second_factors.all().delete()
        found.user.recovery_codes.all().delete()
        found.failures, found.closed_until = 0, None
        found.save(update_fields=["failures", "closed_until"])
        note_access("factor-removed", by=by, at=at, kind="account", about=found.public_id)
        return found.user


def _find(account: str) -> Account:
    found = Account.objects.select_related("user").filter(public_id=account).first()
    if found is None:
        raise NotFoundError(f"no account {account!r}")
    return found


def _in_order(roles: Collection[str]) -> list[str]:
    unknown = set(roles) - set(ROLES)
    if unknown:
        raise ValueError(f"no role {sorted(unknown)[0]!r}; known: {', '.join(ROLES)}")
    if not roles:
        raise NotPossibleError("an account needs a role; switch it off instead", code="role-missing")
    return [role for role in ROLES if role in roles]


def _check_another_administrator(account: Account) -> None:
    others = Account.objects.exclude(pk=account.pk).filter(user__is_active=True).values_list("roles", flat=True)
    if ADMINISTRATOR in account.roles and not any(ADMINISTRATOR in roles for roles in others):
        raise NotPossibleError("somebody must look after the accounts", code="last-administrator")
