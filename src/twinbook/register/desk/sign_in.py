"""Who a session belongs to, and whether it has shown its second factor."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.http import HttpRequest

from twinbook.register.queries.people import signed_in_user
from twinbook.register.queries.rights import may

SHOWN = "second_factor_of"  # key of the session: the user who has shown it


class AccountBackend(ModelBackend):
    """Django's own backend; a session's user comes with the roles, in one query."""

    def get_user(self, user_id: int) -> User | None:
        found = signed_in_user(user_id)
        return found if found is not None and self.user_can_authenticate(found) else None


def must_have_factor(user: Any) -> bool:
    """Whether the office asks this user for a second factor (TWINBOOK_SECOND_FACTOR: no · sensitive · all)."""
    asked = settings.TWINBOOK_SECOND_FACTOR
    return asked == "all" or (asked == "sensitive" and (may(user, "sensitive") or may(user, "accounts")))


def factor_is_shown(request: HttpRequest) -> bool:
    return bool(request.session.get(SHOWN) == request.user.pk)


def show_factor(request: HttpRequest) -> None:
    """The session has shown its factor: it gets a new key, so that one known before serves nobody."""
    request.session.cycle_key()
    request.session[SHOWN] = request.user.pk
