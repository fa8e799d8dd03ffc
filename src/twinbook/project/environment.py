"""Settings out of the environment: four typed readers, each names its variable and what it accepts."""

from __future__ import annotations

import os


class SettingError(ValueError):
    """A variable holds what it cannot hold; the sentence names it and what it accepts."""


def text(name: str, default: str = "") -> str:
    """The words in a variable, without outer blanks; `default` where it is empty or missing."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    """yes or no, in the usual spellings."""
    given = text(name).lower()
    if not given:
        return default
    if given in {"1", "yes", "true", "on"}:
        return True
    if given in {"0", "no", "false", "off"}:
        return False
    raise SettingError(f"{name} is {given!r}; write yes or no. See docs/reference/settings.md")


def words(name: str, default: str) -> list[str]:
    """A list, its items parted by commas."""
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def one_of(name: str, choices: tuple[str, ...]) -> str:
    """One of some words; the first where the variable is empty."""
    given = text(name, choices[0]).lower()
    if given not in choices:
        raise SettingError(f"{name} is {given!r}; write one of {', '.join(choices)}. See docs/reference/settings.md")
    return given
