"""What a language model answered, checked against the story: a finding whose words do not stand there is dropped."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from twinbook.reading.finding import Activity, Evidence, Landmark, Note, Organisation, Person, Place, Reading, Span, Tie
from twinbook.reading.page import clean_text
from twinbook.reading.readers.language_model.asking import LONGEST_ASKED, asked_text
from twinbook.reading.readers.language_model.grounding import (
    are_words_of,
    find_quote,
    is_name_in,
    is_said,
    sentences_of,
)
from twinbook.reading.story import Story
from twinbook.vocabulary.concept import concepts

READ_BY = "language-model"
STEP = "language-model"
LONGEST_ANSWER = 200_000  # characters
MOST_FINDINGS = 100
MOST_SENTENCES = 5  # that one finding may rest on
LONGEST_TITLE = 90
LONGEST_NAME = 200
MOST_NAMES = 20  # of places that one activity has
# What became of the model's findings, in a note each: code → sentence.
COUNTED = {
    "model-without-words": "{} findings of the language model are left out: their words do not stand in the story",
    "model-malformed": "{} findings of the language model are left out: they have not the form that was asked for",
    "model-date-finer": "{} dates of the language model are left out: its sentences do not give them",
}
Item = Tie | Activity | Landmark | Person | Organisation


class _WrongFormError(ValueError):
    """A finding lacks a value, or has one that is none of the vocabulary's."""


class _NotThereError(ValueError):
    """A finding's words do not stand in the story."""


@dataclass(frozen=True)
class _Told:
    """One finding of the answer: its values, its quotes, and the sentences around them."""

    values: dict[str, Any]
    quotes: tuple[Span, ...]
    sentences: tuple[Span, ...]
    story: Story

    @property
    def text(self) -> str:
        return " ".join(self.story.text[start:end] for start, end in self.sentences)

    def evidence(self, spans: Sequence[Span] = ()) -> tuple[Evidence, ...]:
        return tuple(Evidence.of(self.story.text, start, end) for start, end in spans or self.sentences)

    def name(self, key: str) -> str:
        """A name that must be there and stand in the sentences."""
        name = self.words(key)
        if name is None:
            raise _NotThereError(key)
        return name

    def full_name(self, key: str) -> str:
        """A person's name as full as the story has it anywhere; a part of it must stand in the sentences."""
        value = _plain(self.values.get(key))
        if not 0 < len(value) <= LONGEST_NAME:
            raise _WrongFormError(key)
        story = " ".join(self.story.text[start:end] for start, end in self.story.spans)
        own = [word for word in value.split() if not word[0].islower() and is_name_in(word, self.text)]
        if not own or not is_name_in(value, story):
            raise _NotThereError(key)
        return value

    def words(self, key: str) -> str | None:
        """A name or None where the answer has none; one that does not stand in the sentences counts as none."""
        value = _plain(self.values.get(key))
        return value if len(value) <= LONGEST_NAME and is_name_in(value, self.text) else None

    def title(self) -> str:
        """The title in words of the sentences; what is in others, or too long, gives way to the quoted words."""
        value = _plain(self.values.get("title"))
        if len(value) <= LONGEST_TITLE and are_words_of(value, self.text):
            return value
        return _short(self.story.text[slice(*self.quotes[0])])

    def names(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key)
        given = map(_plain, value[:MOST_NAMES]) if isinstance(value, list) else ()
        return tuple(dict.fromkeys(one for one in given if len(one) <= LONGEST_NAME and is_name_in(one, self.text)))

    def code(self, key: str, scheme: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or value not in concepts(scheme) or concepts(scheme)[value].retired:
            raise _WrongFormError(key)
        return value

    def speaker(self) -> str | None:
        quote = self.story.quote_around(*self.quotes[0])
        return quote.speaker if quote else None


def hear(answer: str, story: Story, reading: Reading) -> Reading:
    """The Reading with what the model found beside the rules' findings, each marked as the model's.

    The rules' findings stay as they are. Nothing of the answer is taken but findings whose quotes stand in the story to
    the character, with values of the vocabulary and names and dates of the quoted sentences; the rest is counted in
    notes.
    """
    listed = _findings(answer)
    if listed is None:
        note = Note(STEP, "the language model's answer could not be read", code="model-answer-unreadable")
        return replace(reading, notes=(*reading.notes, note))
    counts: Counter[str] = Counter()
    counts["model-malformed"] += max(0, len(listed) - MOST_FINDINGS)
    found: list[Item] = []
    for values in listed[:MOST_FINDINGS]:
        try:
            found.append(_finding(values, story, counts))
        except _WrongFormError:
            counts["model-malformed"] += 1
        except _NotThereError:
            counts["model-without-words"] += 1
    notes = [Note(STEP, COUNTED[code].format(count), code=code) for code, count in counts.items() if count]
    if len(asked_text(story)) == LONGEST_ASKED:
        message = f"the language model was given the first {LONGEST_ASKED} characters of the story"
        notes.append(Note(STEP, message, code="model-asked-in-part"))
    return _joined(replace(reading, notes=(*reading.notes, *notes)), found, story)


def _findings(answer: str) -> list[Any] | None:
    """The list in the answer, which may stand in a fence or among other words; None where there is none."""
    start, end = answer.find("{"), answer.rfind("}")
    if len(answer) > LONGEST_ANSWER or not 0 <= start < end:
        return None
    try:
        value = json.loads(answer[start : end + 1], strict=False)
    except (ValueError, RecursionError):
        return None
    listed = value.get("findings") if isinstance(value, dict) else None
    return listed if isinstance(listed, list) else None


def _finding(values: Any, story: Story, counts: Counter[str]) -> Item:
    if not isinstance(values, dict) or not isinstance(values.get("type"), str) or values["type"] not in MAKERS:
        raise _WrongFormError("type")
    quotes = values.get("quote")
    quotes = [quotes] if isinstance(quotes, str) else quotes
    if not isinstance(quotes, list) or not quotes or not all(isinstance(quote, str) for quote in quotes):
        raise _WrongFormError("quote")
    spans = [find_quote(quote, story) for quote in quotes[:MOST_SENTENCES]]
    found = tuple(span for span in spans if span)
    sentences = tuple(sorted({sentence for span in found for sentence in sentences_of(span, story)}))
    if len(found) < len(spans) or not 0 < len(sentences) <= MOST_SENTENCES:
        raise _NotThereError("quote")
    return MAKERS[values["type"]](_Told(values, found, sentences, story), counts)


def _tie(told: _Told, counts: Counter[str]) -> Tie:
    between = told.names("between")
    if len(between) != 2:
        raise _NotThereError("between")
    since = _date(told, "since", counts)
    kind = told.code("kind", "tie_kinds")
    return Tie((between[0], between[1]), kind, since, told.evidence(), told.speaker(), READ_BY)


def _activity(told: _Told, counts: Counter[str]) -> Activity:
    kind, status = told.code("kind", "activity_kinds"), told.code("status", "statuses")
    given = told.values.get("areas")
    areas = tuple(area for area in concepts("areas") if isinstance(given, list) and area in given)
    return Activity(
        kind,
        told.title(),
        areas,
        status,
        _date(told, "when", counts),
        told.values.get("recurring") is True,
        told.names("places"),
        told.evidence(),
        told.speaker(),
        READ_BY,
    )


def _landmark(told: _Told, counts: Counter[str]) -> Landmark:
    del counts
    kind = told.code("kind", "landmark_kinds")
    place, honours = told.words("place"), told.words("honours")
    return Landmark(told.name("name"), kind, place, honours, told.evidence(), told.speaker(), READ_BY)


def _person(told: _Told, counts: Counter[str]) -> Person:
    del counts
    evidence = told.evidence(told.quotes)
    return Person(told.full_name("name"), told.words("role"), told.words("represents"), evidence, READ_BY)


def _organisation(told: _Told, counts: Counter[str]) -> Organisation:
    del counts
    return Organisation(told.name("name"), told.words("place"), told.evidence(told.quotes), READ_BY)


MAKERS: dict[str, Callable[[_Told, Counter[str]], Item]] = {
    "tie": _tie,
    "activity": _activity,
    "landmark": _landmark,
    "person": _person,
    "organisation": _organisation,
}


def _date(told: _Told, key: str, counts: Counter[str]) -> str | None:
    value = told.values.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, str) and is_said(value, told.sentences, told.story):
        return value
    counts["model-date-finer"] += 1
    return None


def _plain(value: Any) -> str:
    """A string of the answer without what no database or page can hold, in one line; empty where it is none."""
    return " ".join(clean_text(value).text.split()) if isinstance(value, str) else ""


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= LONGEST_TITLE else words[: LONGEST_TITLE - 1] + "…"


def _joined(reading: Reading, found: Sequence[Item], story: Story) -> Reading:
    """The rules' Reading with the findings that it has not; names alone never make a page relevant."""
    new: list[Item] = []
    for item in found:
        if not any(_are_one(item, other) for other in [*_items(reading), *new]):
            new.append(item)
    tells = [item for item in new if isinstance(item, Tie | Activity | Landmark)]
    if not reading.relevant and not tells:
        return reading
    return replace(
        reading,
        relevant=True,
        places=(*reading.places, *_places(new, reading, story)),
        people=(*reading.people, *(item for item in new if isinstance(item, Person))),
        organisations=(*reading.organisations, *(item for item in new if isinstance(item, Organisation))),
        ties=(*reading.ties, *(item for item in new if isinstance(item, Tie))),
        activities=(*reading.activities, *(item for item in new if isinstance(item, Activity))),
        landmarks=(*reading.landmarks, *(item for item in new if isinstance(item, Landmark))),
        notes=tuple(note for note in reading.notes if not _is_read_now(note, tells)),
    )


def _is_read_now(note: Note, tells: Sequence[Tie | Activity | Landmark]) -> bool:
    """Whether a note says that nothing was read from a sentence from which the model has read something."""
    if note.code != "sentence-without-finding" or note.evidence is None:
        return False
    return any(piece.start == note.evidence.start for item in tells for piece in item.evidence)


def _items(reading: Reading) -> list[Item]:
    return [*reading.ties, *reading.activities, *reading.landmarks, *reading.people, *reading.organisations]


def _are_one(one: Item, other: Item) -> bool:
    if isinstance(one, Tie) and isinstance(other, Tie):
        return {*map(str.casefold, one.between)} == {*map(str.casefold, other.between)}
    if isinstance(one, Activity) and isinstance(other, Activity):
        return one.kind == other.kind and _share(one, other)
    if isinstance(one, Landmark) and isinstance(other, Landmark):
        return one.name.casefold() == other.name.casefold() or (one.kind == other.kind and _share(one, other))
    if isinstance(one, Person) and isinstance(other, Person):
        return one.name.casefold() == other.name.casefold() or _ends_alike(one.name, other.name)
    if isinstance(one, Organisation) and isinstance(other, Organisation):
        return one.name.casefold() == other.name.casefold()
    return False


def _share(one: Item, other: Item) -> bool:
    return bool({piece.start for piece in one.evidence} & {piece.start for piece in other.evidence})


def _ends_alike(one: str, other: str) -> bool:
    """Whether one name is the surname of the other."""
    shorter, longer = sorted((one.casefold(), other.casefold()), key=len)
    return longer.endswith(f" {shorter}")


def _places(found: Sequence[Item], reading: Reading, story: Story) -> list[Place]:
    """The places that new ties and activities name, with kind and country where the rules know them from the page."""
    known = {place.name for place in reading.places}
    named: dict[str, Evidence] = {}
    for item in found:
        names = item.between if isinstance(item, Tie) else item.places if isinstance(item, Activity) else ()
        for name in names:
            if name not in known:
                named.setdefault(name, item.evidence[0])
    return [_place(name, evidence, story) for name, evidence in named.items()]


def _place(name: str, evidence: Evidence, story: Story) -> Place:
    mentions = [mention for mention in story.names if mention.kind == "place" and mention.name == name]
    if not mentions:
        return Place(name, "city", None, (evidence,), READ_BY)
    spans = tuple(Evidence.of(story.text, mention.start, mention.end) for mention in mentions)
    return Place(name, mentions[0].place_kind or "city", mentions[0].country, spans, READ_BY)
