"""What a mention says of its activity: status, when, whether it recurs, areas, places, who says it."""

from __future__ import annotations

from twinbook.reading.cues import STRONG, CueHit
from twinbook.reading.finding_words import SIGNAL_SCHEME
from twinbook.reading.steps.activities.mentions import Mention
from twinbook.reading.steps.activities.weights import weights
from twinbook.reading.steps.clauses import Clause, sentence_clause
from twinbook.reading.steps.sides import Sides, is_town
from twinbook.reading.story import DateMention, Story

# Which status wins where a clause has cues of several: a cancelled plan is cancelled, a planned offer is planned.
STATUS_ORDER = ("cancelled", "proposed", "planned", "ongoing", "done")
MOST_AREAS = 3
TITLE_LENGTH = 110  # characters


def status_of(story: Story, mention: Mention) -> str:
    """By the cues of the clause, else of the sentence, else by the day against the day of publication, else done."""
    whole = sentence_clause(story, mention.sentence)
    for clause in (mention.clause, whole):
        cues = {hit.code for hit in clause.of("statuses") if hit.weight == STRONG}
        for status in STATUS_ORDER:
            if status in cues:
                return status
    date = date_of(story, mention)
    if date and story.published and date.when.first and date.when.first > story.published:
        return "planned"
    return "done"


def date_of(story: Story, mention: Mention) -> DateMention | None:
    """The date of the clause nearest to the cue, else of the sentence; None where neither has one."""
    whole = sentence_clause(story, mention.sentence)
    for clause in (mention.clause, whole):
        dates = [date for date in story.dates_in(clause.start, clause.end) if date.shape != "recurring"]
        if dates:
            return min(dates, key=lambda date: _distance(date, mention.hits))
    return None


def when_of(story: Story, mention: Mention, *, recurring: bool) -> str | None:
    """The date as EDTF; a point at which something recurring began is open to its end."""
    date = date_of(story, mention)
    if date is None:
        return None
    edtf = date.when.edtf
    if date.shape == "start" and recurring and "/" not in edtf:
        return f"{edtf}/.."
    return edtf


def recurs(story: Story, mention: Mention) -> bool:
    """Whether the clause, or a sentence that tells of nothing else, says that it happens again and again."""
    for clause in (mention.clause, sentence_clause(story, mention.sentence)):
        if clause.of(SIGNAL_SCHEME, "recurring"):
            return True
        if any(date.shape == "recurring" for date in story.dates_in(clause.start, clause.end)):
            return True
    return False


def areas_of(story: Story, mention: Mention) -> tuple[str, ...]:
    """Areas by the clause's words, else the sentence's, with those that the kind stands for."""
    kind_areas = weights().default_areas.get(mention.kind, ())
    for clause in (mention.clause, sentence_clause(story, mention.sentence)):
        found: dict[str, float] = {}
        for hit in clause.of("areas"):
            found[hit.code] = found.get(hit.code, 0.0) + hit.weight
        if "governance" not in kind_areas:
            found.pop("governance", None)
        if found:
            ranked = sorted(found, key=lambda area: (-found[area], area))
            return tuple(ranked[:MOST_AREAS])
    return kind_areas


def places_of(story: Story, mention: Mention, sides: Sides) -> tuple[str, ...]:
    """Towns named in the sentence, with the pair of the story where it names fewer than two."""
    sentence = story.sentences[mention.sentence]
    named = dict.fromkeys(name.name for name in story.names_in(sentence.start, sentence.end) if is_town(name))
    if len(named) < 2 and sides.pair:
        named.update(dict.fromkeys(sides.pair))
    return tuple(named)


def title_of(story: Story, mention: Mention) -> str:
    """The words of the clause, cut at a word."""
    words = " ".join(story.text[mention.clause.start : mention.clause.end].split()).strip(" ,;:—–-.。、")
    if len(words) <= TITLE_LENGTH:
        return words
    return words[:TITLE_LENGTH].rsplit(" ", 1)[0] + "…"


def speaker_of(story: Story, clause: Clause) -> str | None:
    """Whose claim it is: the speaker of the quotation around it; None where the page itself says it."""
    quote = story.quote_around(clause.start, clause.end)
    return quote.speaker if quote else None


def _distance(date: DateMention, hits: tuple[CueHit, ...]) -> int:
    return min(abs(date.evidence.start - hit.start) for hit in hits)
