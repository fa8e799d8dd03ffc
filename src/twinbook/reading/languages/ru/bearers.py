"""Mentions of one bearer get one name: surname alone, initials, other cases, full name."""

from __future__ import annotations

from twinbook.reading.languages.ru.gazetteer import fold
from twinbook.reading.languages.ru.mentions import Mention

MOST_BEARERS = 300  # people whom one page is believed to name; what comes after them is not told apart


def one_name_each(mentions: list[Mention]) -> dict[int, str]:
    """The full base form of each mention by its position in the list: mentions of one bearer get one name.

    Mentions written alike are taken together first, so that time does not grow with how often a name is repeated.
    """
    alike: dict[tuple[object, ...], list[int]] = {}
    for at, mention in enumerate(mentions):
        alike.setdefault(_writing(mention), []).append(at)
    clusters: list[list[list[int]]] = []
    for group in sorted(alike.values(), key=lambda group: (-_fullness(mentions[group[0]]), group[0])):
        mention = mentions[group[0]]
        home = next((cluster for cluster in clusters if _belongs(mention, cluster, mentions)), None)
        if home is not None:
            home.append(group)
        elif len(clusters) < MOST_BEARERS:
            clusters.append([group])
        else:
            clusters[-1].append(group)
    names: dict[int, str] = {}
    for cluster in clusters:
        name = _name_of([mentions[group[0]] for group in cluster])
        names |= {at: name for group in cluster for at in group}
    return names


def _writing(mention: Mention) -> tuple[object, ...]:
    return (*mention.given.items(), 0, *mention.surname.items(), 0, mention.patronymic, mention.initials)


def _belongs(mention: Mention, cluster: list[list[int]], mentions: list[Mention]) -> bool:
    return all(_same(mention, mentions[group[0]]) for group in cluster)


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
