"""Where a sentence tells of an activity: the kinds of its clauses, weighed by what stands around the cues."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from twinbook.reading.cues import STRONG, CueHit
from twinbook.reading.finding_words import SIGNAL_SCHEME
from twinbook.reading.language import LanguagePack
from twinbook.reading.steps.activities.weights import weights
from twinbook.reading.steps.clauses import Clause, find_clauses, sentence_clause
from twinbook.reading.steps.sides import is_town
from twinbook.reading.story import DateMention, Sides, Story

KINDS = "activity_kinds"
BESIDE = 4  # characters between a cue and the words that make it an occasion
PARTS = frozenset(["meeting", "visit"])  # they belong to what is done there, however it is told
PUPILS = "exchange"  # what it is when pupils travel
AHEAD = frozenset(["proposed", "planned", "cancelled"])


@dataclass(frozen=True)
class Mention:
    """One activity as one clause tells it: `hits` are the cues of its kind, `heads` their words."""

    kind: str
    clause: Clause
    hits: tuple[CueHit, ...]
    heads: frozenset[str]
    score: float

    @property
    def sentence(self) -> int:
        return self.clause.sentence


def find_mentions(story: Story, pack: LanguagePack, sides: Sides) -> list[Mention]:
    """All mentions of the story in order; the headline's too."""
    found = []
    for number in range(len(story.sentences)):
        if story.cues[number] and not _asks(story, number):
            context = _sentence_context(story, number, sides)
            of_sentence = [
                mention
                for clause in find_clauses(story, pack, number)
                for mention in _mentions_of(story, clause, context)
            ]
            found += _joined_in_sentence(story, of_sentence) or _by_area(story, number, sides)
    return found


def _asks(story: Story, number: int) -> bool:
    """Whether the sentence is a question: it says of nothing that it is."""
    return story.text[story.sentences[number].end - 1] in "?？"


def _by_area(story: Story, number: int, sides: Sides) -> list[Mention]:
    """A sentence that says of something unnamed that it will, may or shall not happen: its kind is told by its area."""
    clause = sentence_clause(story, number)
    areas = [hit for hit in clause.of("areas") if hit.code in weights().area_kinds]
    statuses = {hit.code for hit in clause.of("statuses") if hit.weight == STRONG}
    if not areas or not statuses & AHEAD or clause.of(SIGNAL_SCHEME, "general") or clause.of("tie_kinds"):
        return []
    if clause.of(SIGNAL_SCHEME, "contents"):
        return []
    has_date = any(date.shape != "recurring" for date in story.dates_in(clause.start, clause.end))
    is_abroad = _sentence_context(story, number, sides) >= weights().features["partner"]
    if story.sentences[number].is_headline or story.quote_around(areas[0].start, areas[0].end):
        return []
    weak = Counter(hit.code for hit in clause.of(KINDS))
    names_kind = bool(set(weak) - PARTS)
    if not (has_date and is_abroad or names_kind and (has_date or is_abroad)):
        return []
    kind = weak.most_common(1)[0][0] if weak else weights().area_kinds[areas[0].code]
    heads = frozenset(head_of(story.text[hit.start : hit.end]) for hit in areas)
    return [Mention(kind, clause, (areas[0],), heads, 0.0)]


def _mentions_of(story: Story, clause: Clause, context: float) -> list[Mention]:
    """The clause's best kind and the further ones that it does not absorb."""
    weight, limits = weights(), weights().thresholds
    by_kind: dict[str, list[CueHit]] = {}
    for hit in _told_hits(story, clause):
        by_kind.setdefault(hit.code, []).append(hit)
    travellers = _travellers(clause)
    for kind, hit in travellers.items():
        by_kind.setdefault(kind, [hit])
    if not by_kind:
        return []
    score_around = context + _clause_context(story, clause)
    cue_weights = {
        kind: min(limits["most"], _spoken_weight(story, clause, hits) + _worth(kind, travellers))
        for kind, hits in by_kind.items()
    }
    ranked = sorted(by_kind, key=lambda kind: -(cue_weights[kind] + weight.special.get(kind, 0.0)))
    found: list[Mention] = []
    for kind in ranked:
        if cue_weights[kind] + score_around < limits["accept"]:
            continue
        if found and not _is_another(kind, by_kind[kind], cue_weights[kind], found):
            continue
        hits = tuple(by_kind[kind])
        heads = frozenset(head_of(story.text[hit.start : hit.end]) for hit in hits)
        found.append(Mention(kind, clause, hits, heads, cue_weights[kind] + score_around))
    if PUPILS in travellers and "visit" not in travellers:
        return _in_exchange(found)
    return found


def _in_exchange(found: list[Mention]) -> list[Mention]:
    """The same where pupils travel and no official: "a delegation of pupils" comes in exchange, on no visit."""
    if any(mention.kind == PUPILS for mention in found):
        return [mention for mention in found if mention.kind != "visit"]
    return [replace(mention, kind=PUPILS) if mention.kind == "visit" else mention for mention in found]


def _told_hits(story: Story, clause: Clause) -> list[CueHit]:
    """The clause's cues of kinds but those that only name the occasion of something else (音楽会をきっかけに),

    and, where it tells what an agreement holds, those of an agreement alone.
    """
    if not clause.of(KINDS):
        return []
    occasions = [hit.start for hit in clause.of(SIGNAL_SCHEME, "occasion")]
    before = [hit for hit in story.cues[clause.sentence] if hit.start < clause.end]
    holds = any(hit.scheme == SIGNAL_SCHEME and hit.code == "contents" for hit in before)
    return [
        hit
        for hit in clause.of(KINDS)
        if not any(0 <= at - hit.end <= BESIDE for at in occasions) and not (holds and hit.code != "agreement")
    ]


def _travellers(clause: Clause) -> dict[str, CueHit]:
    """Kinds that the people of the clause make of a journey or a part in something, with the word for the people."""
    if not clause.of(SIGNAL_SCHEME, "travel"):
        return {}
    signals = clause.of(SIGNAL_SCHEME)
    found = {weights().people[hit.code]: hit for hit in signals if hit.code in weights().people}
    if weights().people["pupils"] in found:  # their teachers travel with them
        found.pop(weights().people["experts"], None)
    officials = next((hit for hit in signals if hit.code == "officials"), None)
    return found | {"visit": officials} if officials else found


def _worth(kind: str, travellers: dict[str, CueHit]) -> float:
    worth = weights().people_worth
    return (worth["officials"] if kind == "visit" else worth["beside_travel"]) if kind in travellers else 0.0


def _is_another(kind: str, hits: list[CueHit], cue_weight: float, found: list[Mention]) -> bool:
    """Whether a further kind of a clause is an activity of its own beside those found."""
    if cue_weight < weights().thresholds["second"]:
        return False
    taken = [hit for other in found for hit in other.hits if hit.weight == STRONG and hit.scheme == KINDS]
    has_own_cue = any(
        hit.weight == STRONG and not any(hit.start < other.end and other.start < hit.end for other in taken)
        for hit in hits
        if hit.scheme == KINDS
    )
    if has_own_cue:
        return not any(kind in weights().absorbs_strong.get(other.kind, ()) for other in found)
    if all(hit.scheme == KINDS for hit in hits):
        return False  # weak words alone, beside something told
    return not any(kind in weights().absorbs.get(other.kind, ()) for other in found)


def _joined_in_sentence(story: Story, mentions: list[Mention]) -> list[Mention]:
    """One mention a kind: the best-scored clause stands for all; what another kind absorbs is left out.

    Clauses of one kind that each have a year of their own tell two things.
    """
    best: dict[str, Mention] = {}
    for mention in mentions:
        known = best.get(mention.kind)
        if known is None or mention.score > known.score:
            best[mention.kind] = mention
    told = [
        mention
        for mention in mentions
        if mention is best[mention.kind]
        or _in_another_year(story, mention, best[mention.kind])
        or _on_another_day(story, mention, best[mention.kind])
    ]
    return [mention for mention in told if not _is_absorbed(mention, best)]


def _in_another_year(story: Story, mention: Mention, other: Mention) -> bool:
    years = [_years(story, one.clause) for one in (mention, other)]
    return all(len(found) == 1 for found in years) and years[0] != years[1]


def _on_another_day(story: Story, mention: Mention, other: Mention) -> bool:
    """Whether two clauses have a day each: "on 5 May the choir sings, on 6 May it plays"; a visit's are its ends."""
    days = [_days(story, one.clause) for one in (mention, other)]
    return mention.kind != "visit" and all(len(found) == 1 for found in days) and days[0] != days[1]


def _days(story: Story, clause: Clause) -> set[str]:
    """The whole days that a clause names, as EDTF."""
    dates = [date for date in story.dates_in(clause.start, clause.end) if date.shape == "point"]
    return {
        date.when.edtf for date in dates if len(date.when.edtf) == len("2019-10-21") and date.when.edtf[-1].isdecimal()
    }


def _years(story: Story, clause: Clause) -> set[int]:
    """The years of the days that a clause gives what it tells."""
    dates = [date.when.first for date in story.dates_in(clause.start, clause.end) if date.shape == "point"]
    return {day.year for day in dates if day}


def _is_absorbed(mention: Mention, best: dict[str, Mention]) -> bool:
    if _stands_alone(mention, best):
        return False
    is_strong = any(hit.weight == STRONG and hit.scheme == KINDS for hit in mention.hits)
    if is_strong and mention.kind == "visit" and mention.clause.of(SIGNAL_SCHEME, "officials"):
        return False
    table = weights().absorbs_strong if is_strong else weights().absorbs
    return any(mention.kind in table.get(other, ()) for other in best if other != mention.kind)


def _stands_alone(mention: Mention, best: dict[str, Mention]) -> bool:
    """Whether its clause and that of each other kind have a verb of status of their own: "A will train, B comes"."""
    others = [other for kind, other in best.items() if kind != mention.kind]
    if mention.kind in PARTS or any(other.clause == mention.clause for other in others):
        return False
    return all(any(hit.weight == STRONG for hit in one.clause.of("statuses")) for one in (mention, *others))


def cue_weight(hits: list[CueHit]) -> float:
    """The weight of hits that do not overlap; of overlapping ones the heaviest counts."""
    total, end = 0.0, -1
    for hit in sorted(hits, key=lambda hit: (-hit.weight, hit.start)):
        if not any(hit.start < other.end and other.start < hit.end for other in hits if _comes_before(other, hit)):
            total += hit.weight
            end = max(end, hit.end)
    return total


def _spoken_weight(story: Story, clause: Clause, hits: list[CueHit]) -> float:
    """The cues' weight; those inside a quotation count half, unless it says when, or that it is still to come."""
    cues = [hit for hit in hits if hit.scheme == KINDS]
    if story.quote_around(clause.start, clause.end):
        return cue_weight(cues)
    spoken = [hit for hit in cues if story.quote_around(hit.start, hit.end)]
    if not spoken or _says_when(story, clause):
        return cue_weight(cues)
    return cue_weight([hit for hit in cues if hit not in spoken]) + cue_weight(spoken) / 2


def _says_when(story: Story, clause: Clause) -> bool:
    places = [date.evidence.start for date in story.dates_in(clause.start, clause.end)]
    places += [hit.start for hit in clause.of("statuses") if hit.weight == STRONG and hit.code in AHEAD]
    return any(story.quote_around(at, at + 1) for at in places)


def _comes_before(other: CueHit, hit: CueHit) -> bool:
    return (-other.weight, other.start, other.end) < (-hit.weight, hit.start, hit.end)


def _sentence_context(story: Story, number: int, sides: Sides) -> float:
    feature = weights().features
    sentence = story.sentences[number]
    score = 0.0
    signals = {hit.code for hit in story.cues[number] if hit.scheme == SIGNAL_SCHEME}
    abroad = any(is_town(name) and name.name != sides.home for name in story.names_in(sentence.start, sentence.end))
    if abroad or "partner" in signals or "both" in signals:
        score += feature["partner"]
    if any(True for _ in story.dates_in(sentence.start, sentence.end)):
        score += feature["date_in_sentence"]
    if "since" in signals and any(hit.scheme == "tie_kinds" for hit in story.cues[number]):
        score += feature["tie"]
    return score


def _clause_context(story: Story, clause: Clause) -> float:
    feature = weights().features
    score = 0.0
    dates = list(story.dates_in(clause.start, clause.end))
    if dates:
        score += feature["date_in_clause"]
    if any(is_old(story, date) for date in dates):
        score += feature["old"]
    if any(hit.weight == STRONG for hit in clause.of("statuses")):
        score += feature["status"]
    if clause.of(SIGNAL_SCHEME, "general"):
        score += feature["general"]
    if story.quote_around(clause.start, clause.end):
        score += feature["in_quote"]
    return score


def is_old(story: Story, date: DateMention) -> bool:
    """Whether a date lies years before the day of publication; where that is unknown, whether a tie began then

    of a story whose other days are told without a year, as news are.
    """
    news = story.published or (story.issue.last if story.issue else None)
    if date.when.last is None:
        return False
    if news is None:
        tells_tie = any(hit.scheme == "tie_kinds" for hit in story.cues[story.sentence_at(date.evidence.start)])
        return tells_tie and any("XXXX-" in other.when.edtf for other in story.dates)
    return news.year - date.when.last.year > weights().thresholds["old_years"]


def head_of(words: str) -> str:
    """What two ways of writing one cue share: its first letters."""
    return words.lower()[:5]
