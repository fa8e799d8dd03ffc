"""What a site's robots.txt lets us read, by RFC 9309. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

US = "twinbook"  # our name in User-Agent, as a site's owner would write it
LONGEST = 500 * 1024  # bytes that must be heeded (RFC 9309, 2.5)
LONGEST_DELAY = 60.0  # seconds; nobody waits for hours between two pages
KEPT = "/%*$?&=+,;:@!'()~"


@dataclass
class _Group:
    agents: list[str] = field(default_factory=list)
    rules: list[tuple[str, bool]] = field(default_factory=list)  # pattern, whether it allows
    delay: float = 0.0


@dataclass(frozen=True)
class SiteRules:
    """The rules that hold for us, and how many seconds the site wants between two requests (0: it does not say)."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay_seconds: float = 0.0

    def allows(self, path: str) -> bool:
        """Whether a path with its query may be read: the longest rule that fits decides, and of two the one that
        allows; what no rule names may be read."""
        wanted = _escaped(path or "/")
        fitting = [(len(pattern), allows) for pattern, allows in self.rules if _fits(pattern, wanted)]
        return max(fitting)[1] if fitting else True


def site_rules(text: str) -> SiteRules:
    """The rules of a robots.txt for us: those that name us, all their groups together, else those for everybody."""
    groups = list(_groups(text[:LONGEST]))
    ours = [group for group in groups if any(agent == US for agent in group.agents)]
    chosen = ours or [group for group in groups if "*" in group.agents]
    rules = tuple((_escaped(pattern), allows) for group in chosen for pattern, allows in group.rules if pattern)
    return SiteRules(rules, min(LONGEST_DELAY, max((group.delay for group in chosen), default=0.0)))


def _groups(text: str) -> Iterator[_Group]:
    group = _Group()
    for name, value in _lines(text):
        if name == "user-agent":
            if group.rules or group.delay:
                yield group
                group = _Group()
            group.agents.append(re.split(r"[/\s]", value.lower(), maxsplit=1)[0])
        elif name in ("allow", "disallow") and group.agents:
            group.rules.append((value, name == "allow"))
        elif name == "crawl-delay" and group.agents and re.fullmatch(r"\d{1,6}(\.\d+)?", value):
            group.delay = float(value)
    yield group


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.lstrip("\ufeff").splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield name.strip().lower(), value.strip()


def _escaped(path: str) -> str:
    """A path or pattern in one spelling: %-signs stand for whatever is neither a letter nor a sign of addresses."""
    return quote(unquote(path), safe=KEPT)


def _fits(pattern: str, path: str) -> bool:
    """Whether a pattern fits the beginning of a path: * stands for anything, $ at its end for the end.

    By find from left to right, so that no pattern takes more than its length times the path's.
    """
    is_whole = pattern.endswith("$")
    first, *parts = (pattern[:-1] if is_whole else pattern).split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for number, part in enumerate(parts):
        is_last = number == len(parts) - 1
        found = path.rfind(part) if is_whole and is_last else path.find(part, at)
        if found < at:
            return False
        at = found + len(part)
    return not is_whole or at == len(path) or bool(parts and not parts[-1])
