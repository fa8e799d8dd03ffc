"""Users for tests, with the roles that a test needs them to hold."""

from __future__ import annotations

from django.contrib.auth.models import User

from twinbook.register.models import Account


def make_user(name: str, *roles: str, **options: str) -> User:
    """A user with these roles; without any named, an officer who is head too, as in an office of one."""
    user = User.objects.create_user(name, **options)
    Account.objects.create(user=user, roles=list(roles or ("officer", "head")))
    return user
