"""Which role opens which door: the one table of rights, and the question `may(user, right)`.

A role is held by a user's account; whoever has none may nothing. A command runs as the system's administrator in the
name of a person (`by_command`): who can start it can read the database file anyway.

To guard something new: ask `may(user, "right")`, or add a right to RIGHTS with the roles that have it. Desk views
declare theirs with register.desk.doors.needs; workflow functions that write call register.workflow.permission.need.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

READER, CLERK, OFFICER, HEAD = "reader", "clerk", "officer", "head"
ADMINISTRATOR, PROTECTION = "administrator", "protection"
ROLES = (READER, CLERK, OFFICER, HEAD, ADMINISTRATOR, PROTECTION)

_STAFF = frozenset({READER, CLERK, OFFICER, HEAD, PROTECTION})
_DECIDING = frozenset({OFFICER, HEAD})

RIGHTS: Mapping[str, frozenset[str]] = {
    "own": frozenset(ROLES),  # one's own password, second factor, help
    "read": _STAFF,  # everything that is not sensitive
    "capture": _DECIDING | {CLERK},  # bring pages and notes in, so that they wait for a decision
    "decide": _DECIDING,  # accept, correct, reject, merge, prefer, undo, withdraw
    "enter": _DECIDING,  # state facts by hand or from a list
    "plan": _DECIDING | {CLERK},  # draft visits, programmes, plans
    "approve": frozenset({HEAD}),  # approve plans and reports
    "templates": frozenset({HEAD, ADMINISTRATOR}),  # the city's own forms of papers
    "publish": frozenset({HEAD}),  # bring the public site up to date
    "sensitive": _DECIDING | {PROTECTION},  # see sealed fields, where need-to-know allows it too
    "accounts": frozenset({ADMINISTRATOR}),  # invite, change roles, switch off
    "settings": frozenset({ADMINISTRATOR}),
    "access-log": frozenset({PROTECTION}),  # read who looked at what
    "erase": frozenset({PROTECTION}),  # give out or erase one person's data
    "terms": frozenset({PROTECTION}),  # how long what is kept
}
SEES_SENSITIVE = tuple(role for role in ROLES if role in RIGHTS["sensitive"])


def roles_of(user: Any) -> tuple[str, ...]:
    """The roles that a user holds, in the order of ROLES; none for a stranger or one who was switched off."""
    if user is None or not getattr(user, "is_authenticated", False) or not user.is_active:
        return ()
    account = getattr(user, "account", None)
    held = account.roles if account is not None else ()
    return tuple(role for role in ROLES if role in held)


def may(user: Any, right: str) -> bool:
    """Whether a user has a right; KeyError where there is no such right."""
    holders = RIGHTS[right]
    return bool(getattr(user, "acts_by_command", False)) or any(role in holders for role in roles_of(user))


def who_may(right: str) -> tuple[str, ...]:
    """The roles that have a right, in the order of ROLES."""
    return tuple(role for role in ROLES if role in RIGHTS[right])


def by_command(user: Any) -> Any:
    """The same user, acting through a command on the machine itself."""
    user.acts_by_command = True
    return user
