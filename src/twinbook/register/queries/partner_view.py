"""The partner's view beside ours: what both say, where they differ, and what only the partner tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from twinbook.register.models.properties import property_of
from twinbook.register.models.statement import PARTNER
from twinbook.register.queries.dates import agree
from twinbook.register.queries.records import Dossier
from twinbook.register.queries.values import Shown, Stated

ORDER = ("differs", "only-theirs", "agrees")
WORDS = frozenset(["words", "name"])  # told in other words or another language, they are no contradiction


@dataclass(frozen=True)
class Beside:
    """One property of one record: our statements and the partner's. `verdict`: differs · only-theirs · agrees."""

    shown: Shown
    property: str
    ours: tuple[Stated, ...]
    theirs: tuple[Stated, ...]
    verdict: str


def side_by_side(dossier: Dossier) -> tuple[Beside, ...]:
    """Every property of the tie, its steps, activities and landmarks that the partner's signed view speaks of; what
    differs first. Nothing where no file of the partner was accepted."""
    about = (dossier.tie, *dossier.tie.steps, *dossier.activities, *dossier.landmarks)
    found = [line for shown in about for line in _beside(shown)]
    return tuple(sorted(found, key=lambda line: ORDER.index(line.verdict)))


def _beside(shown: Shown) -> Iterator[Beside]:
    for name, stated in shown.stated.items():
        theirs = tuple(one for one in stated if one.rank == PARTNER)
        if not theirs or all(one.thing for one in theirs):
            continue
        ours = _each_once(one for one in stated if one.rank != PARTNER)
        theirs = _each_once(theirs)
        yield Beside(shown, name, ours, theirs, _verdict(shown.kind, name, ours, theirs))


def _each_once(stated: Iterable[Stated]) -> tuple[Stated, ...]:
    """The first statement of each value: many sources may say the same."""
    first: dict[tuple[str, str], Stated] = {}
    for one in stated:
        first.setdefault((str(one.value), one.language), one)
    return tuple(first.values())


def _verdict(kind: str, name: str, ours: tuple[Stated, ...], theirs: tuple[Stated, ...]) -> str:
    known = property_of(kind, name)
    if known.type in WORDS:
        said = {(one.language, one.value) for one in ours}
        return "agrees" if all((one.language, one.value) in said for one in theirs) else "only-theirs"
    if not ours:
        return "only-theirs"
    if known.type == "date":
        is_same = all(any(agree(str(one.value), str(other.value)) for other in ours) for one in theirs)
    else:
        is_same = {str(one.value) for one in theirs} <= {str(one.value) for one in ours}
    return "agrees" if is_same else "only-theirs" if known.many else "differs"
