"""Two places said to be joined."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from twinbook.reading.cues import STRONG, CueHit
from twinbook.reading.finding import Evidence, Tie
from twinbook.reading.finding_words import SIGNAL_SCHEME
from twinbook.reading.language import LanguagePack
from twinbook.reading.steps.clauses import sentence_clause
from twinbook.reading.steps.halves import TOLD, WISHED, half_of, is_ahead
from twinbook.reading.steps.sides import is_town, without_containers
from twinbook.reading.steps.speakers import find_speaker
from twinbook.reading.story import DateMention, NameMention, Sides, Story

KINDS = "tie_kinds"
KIND_ORDER = ("sister_city", "friendship", "partner")  # the strongest word of the page counts
LONGEST_LIST, ITEM = 40, 120  # items of a list of partners, and characters of one
MARKS = ("•", "◦", "▪", "・", "●", "○", "■", "– ", "— ", "- ", "* ")  # before an item of a list
HEADING_LENGTH = 60  # characters of a line that only names a partner
BESIDE = 28  # characters between a town and the tie word that it is the subject of
OPENED = 12  # characters between "between" and the first of two towns
# What stands between the two; signals "pairing" are English so far.
JOINED = re.compile(
    r"(?: City| Town| County| province)?(?:(?:,? near|,? in| the)? [^.;,]{1,40}|, [^.;,]{1,40},)?,? and (?:the |its )?"
    r"(?:(?:[A-Z]\w+ )?(?:city|town|province|municipality|district|county|port|village|City|Town) of )?",
)
NEWS, DAY = 100, 10  # days around the publication in which a day is of the news; characters of a whole day


@dataclass(frozen=True)
class Telling:
    """One sentence that says that two places are joined."""

    pair: tuple[str, str]
    kind: str
    since: str | None
    evidence: Evidence
    said_by: str | None


@dataclass(frozen=True)
class Frame:
    """What the whole story gives: its regions, those whose name is a town's too («Самсун», «провинция Самсун»),

    and the one pair that it joins by the words for "between".
    """

    regions: set[str]
    both: set[str]
    pair: tuple[str, str] | None


def find_ties(story: Story, pack: LanguagePack) -> tuple[Tie, ...]:
    """One tie a pair, with all sentences that say it; what is only proposed is none."""
    regions = {name.name for name in story.names if name.kind == "place" and name.place_kind == "region"}
    cities = {name.name for name in story.names if name.kind == "place" and name.place_kind == "city"}
    frame = Frame(regions, regions & cities, _pair_told(story, pack))
    found: dict[frozenset[str], list[Telling]] = {}
    for number in range(len(story.sentences)):
        for telling in _tellings(story, pack, number, frame):
            found.setdefault(frozenset(telling.pair), []).append(telling)
    if any(_tells_of_coming(story, number) for number in range(len(story.sentences))):
        found = {pair: told for pair, told in found.items() if any(_names_partner(story, one) for one in told)}
    return tuple(_tie(tellings, regions - cities) for tellings in found.values())


def _tells_of_coming(story: Story, number: int) -> bool:
    """Whether the sentence says that a tie is yet to come, rather than that one came years ago."""
    if not _tie_cues(story, number):
        return False
    clause = sentence_clause(story, number)
    if clause.of(SIGNAL_SCHEME, "anniversary"):
        return False
    ahead = any(hit.weight == STRONG and hit.code in WISHED for hit in clause.of("statuses"))
    return ahead and bool(clause.of(SIGNAL_SCHEME, "intent") or clause.of(SIGNAL_SCHEME, "becoming"))


def _names_partner(story: Story, telling: Telling) -> bool:
    """Whether the sentence names the one that is not home: where a story wishes for a tie, no other tells of one."""
    names = {name.name for name in story.names_in(telling.evidence.start, telling.evidence.end)}
    return any(name in names for name in telling.pair if name != story.sides.home)


def _tie(tellings: list[Telling], regions: set[str]) -> Tie:
    first = tellings[0]
    kinds = {telling.kind for telling in tellings}
    kind = "partner" if regions & set(first.pair) else next(kind for kind in KIND_ORDER if kind in kinds)
    said_by = first.said_by if all(telling.said_by == first.said_by for telling in tellings) else None
    return Tie(
        first.pair,
        kind,
        min((telling.since for telling in tellings if telling.since), default=None),  # none began after it stood
        tuple(telling.evidence for telling in tellings),
        said_by,
    )


def _pair_told(story: Story, pack: LanguagePack) -> tuple[str, str] | None:
    """The one pair that the story joins by the words for "between", if it joins no other."""
    pairs = set()
    for number, sentence in enumerate(story.sentences):
        if _tie_cues(story, number) and any(hit.code == "pairing" for hit in story.cues[number]):
            names = story.names_in(sentence.start, sentence.end)
            towns = without_containers(story, pack, [name for name in names if is_town(name)])
            pairs.add(_paired(story, number, towns) or _between(story, pack, number, towns))
    pairs.discard(None)
    return pairs.pop() if len(pairs) == 1 else None


def _tellings(story: Story, pack: LanguagePack, number: int, frame: Frame) -> list[Telling]:
    cues = _tie_cues(story, number) or _continued(story, number) or _listed(story, number)
    if not cues or _is_only_wished(story, number):
        return []
    sentence, sides = story.sentences[number], story.sides
    towns = [name for name in story.names_in(sentence.start, sentence.end) if is_town(name)]
    towns = _without_venue(story, number, without_containers(story, pack, towns))
    kind = next(kind for kind in KIND_ORDER if any(cue.code == kind for cue in cues))
    evidence = Evidence.of(story.text, sentence.start, sentence.end)
    speaker = find_speaker(story, number, cues[0].start, cues[0].end)
    told = []
    for pair in _pairs(story, pack, number, towns, cues, frame):
        half = half_of(story, number, towns, pair)
        if half and is_ahead(half) or not _are_of_one_level(pair, frame) and pair != _paired(story, number, towns):
            continue
        kinds = {hit.code for hit in half.of(KINDS)} if half else set()
        own = next((kind for kind in KIND_ORDER if kind in kinds), kind)
        told.append(Telling(pair, own, _since(story, number, towns, pair, sides), evidence, speaker))
    return told


def _without_venue(story: Story, number: int, towns: list[NameMention]) -> list[NameMention]:
    """The towns but for the one in which a paper was signed, where the sentence names no second one."""
    ends = {hit.end for hit in story.cues[number] if hit.scheme == SIGNAL_SCHEME and hit.code == "signed_in"}
    others = [town for town in towns if town.start not in ends]
    return others if not others or len({town.name for town in others}) > 1 else towns


def _are_of_one_level(pair: tuple[str, str], frame: Frame) -> bool:
    """Whether two places can be sisters or friends: town with town, region with region."""
    return bool(frame.both & set(pair)) or (pair[0] in frame.regions) == (pair[1] in frame.regions)


def _tie_cues(story: Story, number: int) -> list[CueHit]:
    return [hit for hit in story.cues[number] if hit.scheme == KINDS and hit.code in KIND_ORDER]


def _continued(story: Story, number: int) -> list[CueHit]:
    """The cues of the sentence before, where this one goes on with a date for each of several towns."""
    sentence = story.sentences[number]
    if number == 0 or story.sentences[number - 1].paragraph != sentence.paragraph:
        return []
    signals = {hit.code for hit in story.cues[number] if hit.scheme == SIGNAL_SCHEME}
    dates = [date for date in story.dates_in(sentence.start, sentence.end) if date.shape != "recurring"]
    towns = {name.name for name in story.names_in(sentence.start, sentence.end) if is_town(name)}
    if "goes_on" in signals and (towns or dates):
        return _tie_cues(story, number - 1) or _continued(story, number - 1)
    goes_on = "since" in signals and len(towns) > 1 and len(dates) >= len(towns) - 1
    return _tie_cues(story, number - 1) if goes_on else []


def _listed(story: Story, number: int) -> list[CueHit]:
    """The cues of what opens the list of which this sentence is an item: "Our twin towns:", "It has two. • Ulm"."""
    is_marked = story.words_of(story.sentences[number]).startswith(MARKS)
    for before in range(number, max(-1, number - LONGEST_LIST), -1):
        sentence = story.sentences[before]
        words = story.words_of(sentence)
        if is_marked and not words.startswith(MARKS):
            opens = words.endswith((":", "：")) or story.sides.home in {
                name.name for name in story.names_in(sentence.start, sentence.end)
            }
            return _tie_cues(story, before) if opens else []
        if before < number and words.endswith((":", "：")):
            return _tie_cues(story, before)
        is_item = len(words) <= ITEM and any(is_town(name) for name in story.names_in(sentence.start, sentence.end))
        if not is_item or words.endswith((".", "。")) and before < number:
            return []
    return []


def _is_only_wished(story: Story, number: int) -> bool:
    """Whether the sentence speaks of becoming twins, and says neither that it was done nor since when."""
    clause = sentence_clause(story, number)
    if clause.of(SIGNAL_SCHEME, "intent"):
        return True
    if not clause.of(SIGNAL_SCHEME, "becoming"):
        return False
    statuses = {hit.code for hit in clause.of("statuses") if hit.weight == STRONG}
    has_day = any(_may_be_beginning(story, number, date) for date in story.dates_in(clause.start, clause.end))
    return bool(statuses & WISHED) or not (statuses & TOLD or has_day)


def _pairs(
    story: Story, pack: LanguagePack, number: int, towns: list[NameMention], cues: list[CueHit], frame: Frame
) -> list[tuple[str, str]]:
    """Home with each partner named beside the cue; two others that stand alone; the story's pair for "both cities"."""
    sides = story.sides
    names = list(dict.fromkeys(town.name for town in towns))
    if _only_counts(story, number, towns) or _opens_list(story, number, names):
        return []
    if pair := _paired(story, number, towns) or _between(story, pack, number, towns):
        return [pair]
    countries = {town.name: town.country for town in towns}
    if sides.home not in names and (pairs := _told_of_others(story, number, towns, cues)):
        return pairs
    if sides.home in names or _speaks_of_home(names, sides):
        partners = [name for name in names if name in sides.partners and name != sides.home]
        if partners:
            return [(sides.home, name) for name in partners if sides.home]
        return [(names[0], names[1])] if len(names) == 2 else _pair_of_story(story, number, frame)
    if len(names) == 2 and countries[names[0]] != countries[names[1]]:
        return [(names[0], names[1])]
    if not names and (partner := _heading_partner(story, number)) and sides.home:
        return [(sides.home, partner)]
    return [] if names else _pair_of_story(story, number, frame)


def _only_counts(story: Story, number: int, towns: list[NameMention]) -> bool:
    """Whether the sentence says how many partners a town has, and names none of them behind that."""
    counts = [hit for hit in story.cues[number] if hit.scheme == SIGNAL_SCHEME and hit.code == "counted"]
    return (
        bool(counts)
        and len({town.name for town in towns}) < 2
        and not any(town.start >= counts[0].end for town in towns)
    )


def _opens_list(story: Story, number: int, names: list[str]) -> bool:
    """Whether the sentence ends in a colon and names no partner: the partners stand below it."""
    words = story.words_of(story.sentences[number])
    return words.endswith((":", "：")) and not set(names) & set(story.sides.partners)


def _heading_partner(story: Story, number: int) -> str | None:
    """In a list of partners: the one that stands alone in the short line above, as a heading of this paragraph."""
    if len(story.sides.partners) < 2:
        return None
    for before in reversed(story.sentences[max(0, number - 3) : number]):
        partners = [name for name in story.names_in(before.start, before.end) if name.name in story.sides.partners]
        names = {name.name for name in partners if name.place_kind != "region"} or {name.name for name in partners}
        if (
            names
            and before.end - before.start <= HEADING_LENGTH
            and before.paragraph != story.sentences[number].paragraph
        ):
            return names.pop() if len(names) == 1 else None
        if names:
            return None
    return None


def _told_of_others(story: Story, number: int, towns: list[NameMention], cues: list[CueHit]) -> list[tuple[str, str]]:
    """ "X has been twinned with Y and Z": the one town close before the cue with each behind it, home being none."""
    cue = cues[0]
    before = list(dict.fromkeys(town.name for town in towns if town.end <= cue.start))
    behind = list(dict.fromkeys(town.name for town in towns if town.start >= cue.end))
    close = any(0 <= cue.start - town.end <= BESIDE for town in towns)
    ours = any(hit.scheme == SIGNAL_SCHEME and hit.code == "ours" for hit in story.cues[number])
    return (
        [(before[0], name) for name in behind if name != before[0]] if len(before) == 1 and close and not ours else []
    )


def _paired(story: Story, number: int, towns: list[NameMention]) -> tuple[str, str] | None:
    """ "Between X and Y": the two towns of the sentence that are named so, whoever speaks."""
    if len({town.name for town in towns}) != len(towns) or len(towns) != 2:
        return None
    first, second = towns
    signals = [hit for hit in story.cues[number] if hit.scheme == SIGNAL_SCHEME and hit.code == "pairing"]
    is_opened = any(0 <= first.start - hit.end <= OPENED for hit in signals)
    between = story.text[first.end : second.start]
    is_own = first.country == second.country and first.place_kind != second.place_kind  # a region and a town of its
    return (first.name, second.name) if is_opened and not is_own and JOINED.fullmatch(between) else None


def _between(story: Story, pack: LanguagePack, number: int, towns: list[NameMention]) -> tuple[str, str] | None:
    """Two towns joined as the language joins them behind its word for "between", whatever else the sentence names."""
    joint = pack.findings.pair_joint
    if joint is None:
        return None
    ends = [hit.end for hit in story.cues[number] if hit.scheme == SIGNAL_SCHEME and hit.code == "pairing"]
    for first, second in zip(towns, towns[1:], strict=False):
        is_opened = any(0 <= first.start - end <= OPENED for end in ends)
        if is_opened and first.name != second.name and joint.fullmatch(story.text, first.end, second.start):
            return first.name, second.name
    return None


def _speaks_of_home(names: list[str], sides: Sides) -> bool:
    """Whether the sentence names partners only: the other side is then the city that speaks."""
    return bool(names) and sides.home is not None and all(name in sides.partners for name in names)


def _pair_of_story(story: Story, number: int, frame: Frame) -> list[tuple[str, str]]:
    """The story's pair where the sentence says "both cities", or where the story has one partner of home's level."""
    home = story.sides.home
    partners = [name for name in story.sides.partners if home and _are_of_one_level((home, name), frame)]
    if frame.both & set(partners):  # sorted behind the towns as a region, though it is the partner
        told = Counter(name.name for name in story.names)
        partners.sort(key=lambda name: -told[name])
    if frame.pair and home not in frame.pair:
        return [frame.pair]
    says_both = any(hit.scheme == SIGNAL_SCHEME and hit.code == "both" for hit in story.cues[number])
    if not home or not partners or not (says_both or len(partners) == 1):
        return []
    if not says_both and sentence_clause(story, number).of(SIGNAL_SCHEME, "general"):
        return []  # "exchanges help to widen such ties" is an opinion
    return [(home, partners[0])] if _are_together(story, home, partners[0]) else []


def _are_together(story: Story, home: str, partner: str) -> bool:
    """Whether the story names both in one paragraph, or home is only the city that the page speaks for."""
    at: dict[str, set[int]] = {home: set(), partner: set()}
    for name in story.names:
        if name.name in at:
            at[name.name].add(story.sentences[story.sentence_at(name.start)].paragraph)
    return not at[home] or any(abs(one - other) <= 1 for one in at[home] for other in at[partner])


def _since(story: Story, number: int, towns: list[NameMention], pair: tuple[str, str], sides: Sides) -> str | None:
    """The date on which the tie began, as EDTF, if the sentence says one: no feast's date."""
    sentence = story.sentences[number]
    dates = [date for date in story.dates_in(sentence.start, sentence.end) if _may_be_beginning(story, number, date)]
    if not dates:
        return None
    partner = next((town for town in towns if town.name == pair[1] and town.name != sides.home), None)
    several = len({town.name for town in towns if town.name not in (sides.home, pair[0])}) > 1
    if several and partner and len(dates) > 1:
        behind = [date for date in dates if date.evidence.start >= partner.end]
        return _beginning(behind[0] if behind else dates[-1])
    return _beginning(_nearest_to_tie(story, number, dates))


def _nearest_to_tie(story: Story, number: int, dates: list[DateMention]) -> DateMention:
    """The date that stands nearest to the tie's words, but for one from which something lasts beside another's day."""
    dates = [date for date in dates if date.shape in ("since", "start")] or dates
    cues = _tie_cues(story, number)
    if not cues:
        return dates[0]

    def distance(date: DateMention) -> int:
        return min(max(cue.start - date.evidence.end, date.evidence.start - cue.end, 0) for cue in cues)

    return min(dates, key=distance)


def _beginning(date: DateMention) -> str:
    return date.when.edtf.split("/")[0]


def _is_of_dealings(story: Story, number: int, date: DateMention) -> bool:
    """Whether the date is that of exchanges which the sentence tells beside the tie: 1985年より交流が始まり."""
    return any(
        hit.start <= date.evidence.end and date.evidence.start <= hit.end + 1
        for hit in story.cues[number]
        if hit.scheme == SIGNAL_SCHEME and hit.code == "dealing"
    )


def _is_news(story: Story, date: DateMention) -> bool:
    """Whether the date is a day near the publication: guests are here since then, the tie is older."""
    has_day = len(date.when.edtf.split("/")[0]) == DAY
    if not has_day or story.published is None or date.when.first is None:
        return False
    return abs((story.published - date.when.first).days) <= NEWS


def _may_be_beginning(story: Story, number: int, date: DateMention) -> bool:
    if date.shape in ("until", "recurring", "range") or date.when.edtf.startswith("XXXX"):
        return False
    sentence = story.sentences[number]
    signals = {hit.code for hit in story.cues[number] if hit.scheme == SIGNAL_SCHEME}
    if not _tie_cues(story, number) and _listed(story, number):
        signals.add("since")  # «Куопио, Финляндия (1966)» in a list of twin towns
    if "first_since" in signals:
        return False  # the first visit since 2009
    if _is_of_dealings(story, number, date) or ("since" not in signals and _is_news(story, date)):
        return False
    if date.shape == "since":
        return True
    if story.published and date.when.first and date.when.first > story.published:
        return False
    words_before = story.text[sentence.start : date.evidence.end]
    if (
        date.when.edtf.isdecimal()
        and date.when.edtf in date.evidence.quote
        and any(other.shape == "since" for other in story.dates_in(sentence.start, sentence.end))
    ):
        return True  # with Shenzhen (since 2004), Dalian (2007) …
    is_past_year = bool(story.published and date.when.last and date.when.last.year < story.published.year)
    return "since" in signals and not ("anniversary" in signals and len(words_before) < 60 and not is_past_year)
