"""Which right a page takes: each view declares it, and a view that declares none is closed to everybody.

    @needs("read")                    one right for looking and for sending
    @needs("read", post="decide")     looking takes one, sending another

The middleware Doors (desk/middleware.py) asks; register.queries.rights says which role has which right.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])
SAFE = ("GET", "HEAD", "OPTIONS")
OPEN = "open"  # the door itself: before anybody has signed in


def needs(right: str, *, post: str = "", before_factor: bool = False) -> Callable[[View], View]:
    """Declare a view's rights: `right` to look, `post` to send (the same where it is not given).

    `before_factor`: the view answers a user who has signed in and not shown the second factor yet.
    """

    def declare(view: View) -> View:
        view.needs = (right, post or right)  # type: ignore[attr-defined]  # a mark on the function itself
        view.before_factor = before_factor  # type: ignore[attr-defined]  # another
        return view

    return declare


def right_for(view: Callable[..., Any], method: str) -> str | None:
    """The right that a view takes for a method; None where it declares none."""
    declared = getattr(view, "needs", None)
    return None if declared is None else declared[method not in SAFE]
