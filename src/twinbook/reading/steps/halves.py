"""What a sentence with one "but" says of the towns of each half: "A is a partner, but B became its first twin"."""

from __future__ import annotations

from collections.abc import Sequence

from twinbook.reading.cues import STRONG
from twinbook.reading.finding_words import SIGNAL_SCHEME
from twinbook.reading.steps.clauses import Clause, sentence_clause
from twinbook.reading.story import NameMention, Story

TIES = "tie_kinds"
WISHED = frozenset(["proposed", "planned"])
TOLD = frozenset(["done", "ongoing"])


def half_of(story: Story, number: int, towns: Sequence[NameMention], pair: tuple[str, str]) -> Clause | None:
    """The half that alone names one of a pair, its second first; None where the halves do not both speak of ties."""
    halves = _halves(story, number)
    if not all(half.of(TIES) for half in halves):
        return None
    for name in reversed(pair):
        naming = [half for half in halves if any(_is_in(town, half) for town in towns if town.name == name)]
        if len(naming) == 1:
            return naming[0]
    return None


def is_ahead(half: Clause) -> bool:
    """Whether half a sentence only speaks of what is to come."""
    statuses = [hit for hit in half.of("statuses") if hit.weight == STRONG]
    ahead = [hit for hit in statuses if hit.code in WISHED]
    told = [hit for hit in statuses if hit.code in TOLD]
    return bool(ahead) and all(any(hit.start < one.end and one.start < hit.end for one in ahead) for hit in told)


def _halves(story: Story, number: int) -> list[Clause]:
    """What stands before and behind the one "but" of a sentence; nothing where it has none or several."""
    at = [hit.start for hit in story.cues[number] if hit.scheme == SIGNAL_SCHEME and hit.code == "contrasting"]
    if len(at) != 1:
        return []
    whole = sentence_clause(story, number)
    spans = ((whole.start, at[0]), (at[0], whole.end))
    return [Clause(number, *span, tuple(hit for hit in whole.hits if span[0] <= hit.start < span[1])) for span in spans]


def _is_in(town: NameMention, half: Clause) -> bool:
    return half.start <= town.start < half.end
