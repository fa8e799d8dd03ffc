"""Areas of an activity: by its words, by who takes part, by what the story is about, else by its kind."""

from __future__ import annotations

from collections import Counter

from twinbook.reading.finding_words import SIGNAL_SCHEME
from twinbook.reading.steps.activities.mentions import Mention
from twinbook.reading.steps.activities.weights import weights
from twinbook.reading.steps.clauses import Clause, sentence_clause
from twinbook.reading.story import Story

MOST_AREAS = 3
STAFF = frozenset(["experts", "officials"])
OF_STAFF = frozenset(["exchange", "training"])


def areas_of(story: Story, mentions: list[Mention]) -> tuple[str, ...]:
    """Areas by the words of the clauses, else of the sentences, with those that the kind always has."""
    kind = mentions[0].kind
    found = _by_words(story, mentions, kind)
    core = weights().core_areas.get(kind, ())
    if kind == "visit" and found and not found.keys() & set(core):
        core = ()  # a journey of traders or tourists is no act of government
    if kind == "competition" and found and "sport" not in found and _says(story, mentions, "contest"):
        core = ()  # a quiz or a contest of drawings is no sport
    areas = dict.fromkeys([*core, *(area for area, _ in found.most_common(MOST_AREAS))])
    if kind in OF_STAFF and any(_is_of_staff(mention) for mention in mentions):
        areas["governance"] = None
    if kind == "commemoration" and any(_is_of_tie(mention) for mention in mentions):
        areas["governance"] = None
    for area in tuple(areas):
        areas.update(dict.fromkeys(weights().with_areas.get(kind, {}).get(area, ())))
    return tuple(areas) or _by_people(story, mentions, kind) or _by_story(story, kind)


def _says(story: Story, mentions: list[Mention], signal: str) -> bool:
    return any(sentence_clause(story, mention.sentence).of(SIGNAL_SCHEME, signal) for mention in mentions)


def _by_words(story: Story, mentions: list[Mention], kind: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for wholes in (False, True):
        for mention in mentions:
            clause = sentence_clause(story, mention.sentence) if wholes else mention.clause
            codes = (hit.code for hit in clause.of("areas") if hit.code not in weights().only_of(kind))
            found.update(list(dict.fromkeys(codes)))  # in the order of the text, which decides between equals
        if found:
            break
    return found


def _is_of_staff(mention: Mention) -> bool:
    """Whether those who go or learn are a city's staff."""
    return bool(mention.clause.of(SIGNAL_SCHEME, "staff")) and not mention.clause.of(SIGNAL_SCHEME, "pupils")


def _is_of_tie(mention: Mention) -> bool:
    """Whether the tie itself has its anniversary."""
    return bool(mention.clause.of(SIGNAL_SCHEME, "tie_anniversary"))


def _by_people(story: Story, mentions: list[Mention], kind: str) -> tuple[str, ...]:
    """An exchange of staff is one of government, where no pupils are named."""
    clauses: list[Clause] = [sentence_clause(story, mention.sentence) for mention in mentions]
    people = {hit.code for clause in clauses for hit in clause.of(SIGNAL_SCHEME)}
    return weights().staff_areas.get(kind, ()) if people & STAFF and "pupils" not in people else ()


def _by_story(story: Story, kind: str) -> tuple[str, ...]:
    """The area that the story speaks of most where it does so often and the kind takes it, else the kind's own."""
    taken = weights().story_areas.get(kind, ())
    counts = ((story.cue_counts["areas", area], area) for area in taken)
    count, area = max(counts, default=(0, ""))
    often = weights().thresholds["story_area"]
    return (area,) if count >= often else weights().default_areas.get(kind, ())
