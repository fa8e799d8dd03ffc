"""The actor of a writing door: refused where the right is missing, whatever page or command led there."""

from __future__ import annotations

from typing import Any

from twinbook.register.queries.rights import may, who_may
from twinbook.register.workflow.errors import RefusedError


class NotAllowedError(RefusedError):
    """The actor's roles do not include this; `right` tells which right it takes."""

    code = "not-allowed"

    def __init__(self, right: str) -> None:
        super().__init__(f"this takes the right to {right}, which have: {', '.join(who_may(right))}", right=right)
        self.right = right


def need(by: Any, right: str, *, or_machine: bool = False) -> None:
    """NotAllowedError where the actor may not. `or_machine`: nobody (None) is the office's own worker, and may."""
    if by is None and or_machine:
        return
    if not may(by, right):
        raise NotAllowedError(right)
