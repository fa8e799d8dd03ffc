"""Who a session belongs to: the user together with the account, in one query."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser


class AccountBackend(ModelBackend):
    """Django's own backend; a session's user comes with the roles."""

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        found = get_user_model()._default_manager.select_related("account").filter(pk=user_id).first()
        return found if found is not None and self.user_can_authenticate(found) else None
