"""Mentions of one bearer get one name: surname alone, initials, other cases, full name."""

from __future__ import annotations

from twinbook.reading.languages.ru.gazetteer import fold
from twinbook.reading.languages.ru.mentions import Mention


def one_name_each(mentions: list[Mention]) -> dict[int, str]:
    """The full base form of each mention by its position in the list: mentions of one bearer get one name."""
    clusters: list[list[int]] = []
    order = sorted(range(len(mentions)), key=lambda at: (-_fullness(mentions[at]), at))
    for at in order:
        home = next(
            (cluster for cluster in clusters if all(_same(mentions[at], mentions[other]) for other in cluster)), None
        )
        if home is None:
            clusters.append([at])
        else:
            home.append(at)
    names: dict[int, str] = {}
    for cluster in clusters:
        name = _name_of([mentions[at] for at in cluster])
        names |= dict.fromkeys(cluster, name)
    return names


def _fullness(mention: Mention) -> int:
    return 4 * bool(mention.given) * bool(mention.surname) + 2 * bool(mention.surname) + bool(mention.initials)


def _same(one: Mention, other: Mention) -> bool:
    if one.surname and other.surname and not _share(one.surname, other.surname):
        return False
    if one.given and other.given and not _share(one.given, other.given):
        return False
    for short, full in ((one, other), (other, one)):
        if short.initials and full.given and not _begins(full, short.initials):
            return False
    if one.initials and other.initials and one.initials[0] != other.initials[0]:
        return False
    if not (one.surname and other.surname):
        return bool(one.given and other.given)
    return True


def _begins(full: Mention, initials: str) -> bool:
    return any(name.startswith(initials[0]) for name in full.given)


def _share(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether two parts may be one name: a base form that is likely in one of them and possible in the other."""
    folded = {fold(name): weight for name, weight in one.items()}
    second = {fold(name): weight for name, weight in other.items()}
    return any(max(weight, second[name]) >= 0.5 for name, weight in folded.items() if name in second)


def _name_of(mentions: list[Mention]) -> str:
    given = _elect([mention.given for mention in mentions])
    surname = _elect([mention.surname for mention in mentions])
    patronymic = next((mention.patronymic for mention in mentions if mention.patronymic), "")
    if not given:
        initials = max((mention.initials for mention in mentions), key=len, default="")
        given = " ".join(f"{letter}." for letter in initials)
    if any(mention.is_eastern for mention in mentions):
        return f"{surname} {given}".strip()
    return " ".join(part for part in (given, patronymic, surname) if part)


def _elect(votes: list[dict[str, float]]) -> str:
    total: dict[str, float] = {}
    for vote in votes:
        most = max(vote.values(), default=1.0)
        for name, weight in vote.items():
            total[name] = total.get(name, 0.0) + weight / most
    return max(total.items(), key=lambda item: item[1])[0] if total else ""
