"""Why the register refuses: each error has a stable code, the words that fill its sentence, and the sentence."""

from __future__ import annotations


class RefusedError(Exception):
    """The register will not do what was asked; `code` and `words` let the desk say why in its reader's language."""

    code = "refused"

    def __init__(self, sentence: str, *, code: str = "", **words: str) -> None:
        super().__init__(sentence)
        self.code = code or self.code
        self.words = words


class NotFoundError(RefusedError):
    """Nothing in the register has this id."""

    code = "not-found"


class StaleDecisionError(RefusedError):
    """Somebody else decided in the meantime: show the present state and ask again."""

    code = "stale"


class NotPossibleError(RefusedError):
    """The decision contradicts what the register may hold, or what other decisions rest on."""

    code = "not-possible"
