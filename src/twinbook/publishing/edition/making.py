"""From what the register answers to an edition: filters, words of one language, footnotes; asks nothing itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from twinbook.publishing.edition import values
from twinbook.publishing.edition.figures import figures
from twinbook.publishing.edition.office_only import agreement, plan_line
from twinbook.publishing.edition.privacy import Discretion, Hidden
from twinbook.publishing.edition.values import Edition, Fact, Footnote, Name, Office, Place, Source, Text

if TYPE_CHECKING:
    from twinbook.register.queries import values as told
    from twinbook.register.queries.plans import PlanLineShown
    from twinbook.register.queries.records import NotToName, Register

VISIBLE = {"public": ("public",), "office": ("public", "internal")}
FIRST_FALLBACK = "en"
LONGEST_QUOTE = 600  # characters; a longer one is cut where a word ends
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def discretion(register: Register, also: Iterable[NotToName] = ()) -> Discretion:
    """Who may be named: public officials, not those in `also`; landmarks and bodies may bear anybody's name."""
    public: list[str] = []
    hidden = [Hidden(one.names, one.person_class in ("minor", "")) for one in also]
    for person in register.people:
        names = tuple({name.text for name in person.names} | set(person.label.values()))
        if person.person_class == "official" and person.visibility == "public":
            public.extend(names)
        else:
            hidden.append(Hidden(names, person.person_class in ("minor", "")))
    permitted = [name.text for one in register.landmarks if one.visibility == "public" for name in one.names]
    permitted += [text for one in register.landmarks if one.visibility == "public" for text in one.honours.values()]
    permitted += [name.text for one in register.organisations if one.visibility == "public" for name in one.names]
    return Discretion(public, permitted, hidden)


@dataclass
class Maker:
    """Makes the editions of one answer of the register; one language at a time."""

    register: Register
    language: str
    languages: tuple[str, ...]
    audience: str
    discretion: Discretion
    planned: Sequence[PlanLineShown] = ()
    computed: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)
    changed_at: datetime = LONG_AGO
    slugs: Mapping[str, str] = field(default_factory=dict)

    def edition(self, *, at: datetime, address: str, office: Office) -> Edition:
        home = self.register.home
        if home is None:
            raise ValueError("the register has no home city; set one with `twinbook init`")
        ties = [tie for tie in self.register.ties if self._seen(tie) and home.id in _ids(tie.places)]
        partners_of = {tie.id: self._other(tie, home.id) for tie in ties}
        shown = [(tie, place) for tie in ties if (place := partners_of[tie.id]) and self._seen(place)]
        self.slugs = slugs([place for _, place in shown])
        activities = {one.id: self._activity(one) for one in self.register.activities if self._seen(one)}
        people = {one.id: self._person(one) for one in self._officials.values()}
        partners = tuple(self._partner(tie, place, activities, people) for tie, place in shown)
        landmarks = tuple(self._landmark(one) for one in self.register.landmarks if self._seen(one))
        ordered = tuple(sorted(activities.values(), key=lambda one: (one.when.value or "9", one.key)))
        planned = tuple(plan_line(self, one) for one in self.planned)
        counted = figures(partners, ordered, landmarks, on=at.date())
        return Edition(
            self.language, self.languages, self._place(home), at, self.changed_at, partners, ordered, landmarks,
            tuple(people.values()), counted, office, address, self.audience, planned,
        )  # fmt: skip

    @cached_property
    def _unseen(self) -> frozenset[str]:
        """Records that this audience does not see, by id: they are not named where others point to them, either."""
        register = self.register
        every: Iterable[told.Shown] = chain(
            register.places,
            register.ties,
            register.agreements,
            register.activities,
            register.organisations,
            register.landmarks,
            register.commitments,
            register.gifts,
        )
        hidden = {one.id for one in every if not self._seen(one)}
        return frozenset(hidden | {one.id for one in register.people if one.id not in self._officials})

    def _seen(self, one: told.Shown) -> bool:
        return one.visibility in VISIBLE[self.audience]

    @cached_property
    def _officials(self) -> dict[str, told.PersonShown]:
        """Officials alone, in a paper of the office too: a list of contacts is no briefing."""
        found = [one for one in self.register.people if self._seen(one) and one.person_class == "official"]
        return {one.id: one for one in found}

    @cached_property
    def _bodies(self) -> frozenset[str]:
        return frozenset(one.id for one in self.register.organisations if self._seen(one))

    def _other(self, tie: told.TieShown, home: str) -> told.PlaceShown | None:
        other = next((place.id for place in tie.places if place.id != home), "")
        return next((place for place in self.register.places if place.id == other), None)

    # One record at a time

    def _partner(
        self,
        tie: told.TieShown,
        place: told.PlaceShown,
        activities: Mapping[str, values.Activity],
        people: Mapping[str, values.Person],
    ) -> values.Partner:
        slug = self.slugs[place.id]
        mine = tuple(one for one in activities.values() if slug in one.partners)
        names = {participant.name for one in mine for participant in one.participants}
        home = self.register.home
        steps = tuple(self._step(step) for step in tie.steps if self._seen(step))
        office = self.audience == "office"
        return values.Partner(
            slug,
            self._place(place),
            tie.level or tie.claimed_kind,
            tie.state,
            self._since(tie),
            tie.has_open_question,
            self.text(tie.note),
            steps,
            tuple(sorted(mine, key=lambda one: (one.when.value or "9", one.key))),
            tuple(self._landmark(one) for one in self.register.landmarks
                  if self._seen(one) and one.partner and one.partner.id == place.id),
            tuple(people[one.id] for one in self._officials.values()
                  if self._acts_for(one, place.id, home.id if home else "", names, people[one.id])),
            tuple(self._commitment(one) for one in self.register.commitments
                  if self._seen(one) and one.tie and one.tie.id == tie.id) if office else (),
            tuple(self._gift(one) for one in self.register.gifts if self._seen(one)
                  and place.id in _ids([one.given_by, one.given_to])) if office else (),
            tuple(agreement(self, one) for one in self.register.agreements
                  if self._seen(one) and one.tie and one.tie.id == tie.id) if office else (),
        )  # fmt: skip

    def _acts_for(
        self, one: told.PersonShown, place: str, home: str, names: Iterable[Text], person: values.Person
    ) -> bool:
        """Whether a person holds a post of the place, or took part in its activities without one of home."""
        held = {post.of.id for post in one.posts if post.of and self._seen(post)}
        return place in held or (home not in held and person.name in names)

    def _since(self, tie: told.TieShown) -> Fact:
        if tie.since is None:
            return values.UNKNOWN
        stated = self.fact(tie, "since", tie.since.edtf)
        if stated.footnotes:
            return stated
        first = next((step for step in tie.steps if step.date and step.date.edtf == tie.since.edtf), None)
        return self.fact(first, "date", tie.since.edtf, more=stated.others) if first else stated

    def _step(self, step: told.StepShown) -> values.Step:
        return values.Step(
            step.id,
            step.step_kind,
            self.fact(step, "date", step.date.edtf if step.date else ""),
            self.text(step.title),
            step.basis,
            self.text(step.decider),
            self._name(step.side),
            step.level,
            step.is_firm,
            self.text(step.note),
            self.footnotes(step),
        )

    def _activity(self, one: told.ActivityShown) -> values.Activity:
        return values.Activity(
            one.id,
            one.activity_kind,
            self.text(one.title),
            one.status,
            one.areas,
            self.fact(one, "when", one.when.edtf if one.when else ""),
            one.is_recurring,
            tuple(self.slugs[place.id] for place in one.places if place.id in self.slugs),
            tuple(name for place in one.places if (name := self._name(place))),
            self._participants(one),
            self.fact(one, "people_out", "" if one.people_out is None else str(one.people_out)),
            self.fact(one, "people_in", "" if one.people_in is None else str(one.people_in)),
            self.text(one.note),
            self._speaker(one),
            max((stated.decided_at for stated in _all(one)), default=None),
            self.footnotes(one),
            *(self._for_the_office(one) if self.audience == "office" else ()),
        )

    def _for_the_office(self, one: told.ActivityShown) -> tuple[Fact, str, tuple[Text, ...]]:
        cost = self.fact(one, "cost", "" if one.cost is None else f"{one.cost:.2f}")
        topics = tuple(Text(self.discretion.told(text, language), language) for language, text in one.topics)
        return cost, one.currency, topics

    def _participants(self, one: told.ActivityShown) -> tuple[values.Participant, ...]:
        found = []
        for participant in one.participants:
            thing = participant.thing
            if person := self._officials.get(thing.id):
                posts = [post for post in person.posts if self._seen(post)]
                role = Text(self.discretion.told(participant.role, self.language))
                found.append(values.Participant(self._name(thing), self.text(posts[0].title) if posts else role))
            elif thing.id in self._bodies:
                found.append(values.Participant(self._name(thing)))
        return tuple(found)

    def _landmark(self, one: told.LandmarkShown) -> values.Landmark:
        return values.Landmark(
            one.id,
            self._name(one.thing),
            one.landmark_kind,
            _names(one.names),
            self.slugs.get(one.partner.id, "") if one.partner else "",
            self._name(one.place),
            self._honoured(one.honours),
            self.fact(one, "since", one.since.edtf if one.since else ""),
            one.latitude,
            one.longitude,
            self.text(one.note),
            self._speaker(one),
            self.footnotes(one),
        )

    def _person(self, one: told.PersonShown) -> values.Person:
        posts = tuple(self._holding(post) for post in one.posts if self._seen(post))
        held = {post.of.id for post in one.posts if post.of}
        partners = tuple(slug for place, slug in self.slugs.items() if place in held)
        person = values.Person(one.id, self._name(one.thing), _names(one.names), posts, partners)
        if self.audience != "office":
            return person
        said = replace(person, salutation=self.text(one.salutation), pronunciation=self.text(one.pronunciation))
        return replace(said, names=person.names + self.computed.get(one.id, ()))

    def _holding(self, post: told.PostShown) -> values.Holding:
        return values.Holding(
            post.post,
            self.text(post.title),
            self._name(post.of),
            post.since.edtf if post.since else "",
            post.until.edtf if post.until else "",
            post.seen_on.edtf if post.seen_on else "",
            self.footnotes(post),
        )

    def _commitment(self, one: told.CommitmentShown) -> values.Commitment:
        activity = next((a for a in self.register.activities if one.activity and a.id == one.activity.id), None)
        return values.Commitment(
            one.id,
            self.text(one.what),
            self._name(one.side),
            self.discretion.told(one.owner, self.language),
            one.due.edtf if one.due else "",
            one.state,
            self._name(one.proof),
            activity.when.edtf if activity and activity.when else "",
            self.footnotes(one),
        )

    def _gift(self, one: told.GiftShown) -> values.Gift:
        return values.Gift(
            one.id, self.text(one.title), self._name(one.given_by), self._name(one.given_to),
            one.when.edtf if one.when else "", self.text(one.kept_at),
        )  # fmt: skip

    def _place(self, one: told.PlaceShown) -> Place:
        return Place(
            one.id, self._name(one.thing), _names(one.names), one.country, one.place_kind, one.latitude, one.longitude,
            tuple(sorted(one.identifiers.items())),
        )  # fmt: skip

    # Words and evidence

    def text(self, words: Mapping[str, str]) -> Text:
        """The words in the edition's language, else in the next that has some; names in them masked."""
        found = _chosen(words, (self.language, FIRST_FALLBACK, *self.languages))
        return Text(self.discretion.told(found.text, found.language), found.language) if found else found

    def _honoured(self, words: Mapping[str, str]) -> Text:
        """Whom a landmark honours: a place by its name in the edition's language, else the words as they stand."""
        named = set(words.values())
        place = next((one for one in self.register.places if named & {name.text for name in one.names}), None)
        return self.text(words if self.language in words or place is None else {**words, **place.label})

    def _name(self, thing: told.Thing | None) -> Text:
        """What a place, body or public person is called."""
        return self.text(thing.label) if thing and thing.id not in self._unseen else values.NO_TEXT

    def fact(self, one: told.Shown, name: str, value: str, *, more: tuple[Fact, ...] = ()) -> Fact:
        """A value with the notes of the statements that say it, and what other statements say instead."""
        said: dict[str, list[told.Stated]] = {}
        for stated in one.stated.get(name, ()):
            said.setdefault(str(stated.value), []).append(stated)
        footnotes = self._notes(said.pop(value, ()))
        others = tuple(Fact(other, self._notes(statements)) for other, statements in sorted(said.items()))
        return Fact(value, footnotes, others + more if value else ())

    def footnotes(self, one: told.Shown) -> tuple[Footnote, ...]:
        """The notes of a record: of all that stands about it but its remarks and who may see it."""
        stated = [each for name, all_ in one.stated.items() if name not in ("note", "visibility") for each in all_]
        return self._notes(stated)

    def _notes(self, statements: Iterable[told.Stated]) -> tuple[Footnote, ...]:
        ordered = sorted(statements, key=lambda one: (one.source.published, one.source.id, one.start, one.end))
        if ordered:
            self.changed_at = max(self.changed_at, *(one.decided_at for one in ordered))
        found = {note.key: note for note in map(self._note, ordered)}
        return tuple(found.values())

    def _note(self, stated: told.Stated) -> Footnote:
        source = self._source(stated.source)
        language = stated.source.language
        quote = self.discretion.quoted(shortened(stated.quote), language)
        speaker = self.discretion.told(stated.said_by, language)
        key = f"{stated.source.id}-{stated.start}-{stated.end}"
        return Footnote(key, quote or "", source, speaker, quote is None)

    def _source(self, one: told.SourceLine) -> Source:
        title = self.discretion.quoted(one.title, one.language)
        return Source(one.id, title or "", one.publisher, one.address, one.language, one.published,
                      one.captured_at.date(), one.kind)  # fmt: skip

    def _speaker(self, one: told.Shown) -> str:
        """Who says all of it, if one person does; empty where the source itself says something."""
        speakers = {stated.said_by for stated in _all(one)}
        if len(speakers) != 1:
            return ""
        languages = {stated.source.language for stated in _all(one)}
        return self.discretion.told(speakers.pop(), next(iter(languages)))


def _all(one: told.Shown) -> list[told.Stated]:
    return [stated for name, all_ in one.stated.items() if name not in ("note", "visibility") for stated in all_]


def _ids(things: Iterable[told.Thing | None]) -> set[str]:
    return {thing.id for thing in things if thing}


def _names(names: Iterable[told.NameShown]) -> tuple[Name, ...]:
    """Each name once a language, under the first of its kinds that says something."""
    found: dict[tuple[str, str], Name] = {}
    for one in sorted(names, key=lambda name: not name.kind or name.kind == "computed"):
        found.setdefault((one.text, one.language), Name(one.text, one.language, one.script, one.kind or "other"))
    return tuple(found.values())


def _chosen(words: Mapping[str, str], order: Sequence[str]) -> Text:
    for language in (*order, *sorted(words)):
        if words.get(language):
            return Text(words[language], language)
    return values.NO_TEXT


def shortened(quote: str) -> str:
    """The quote on one line, cut with … where it is longer than a footnote should be."""
    quote = " ".join(quote.split())
    if len(quote) <= LONGEST_QUOTE:
        return quote
    cut = quote.rfind(" ", LONGEST_QUOTE // 2, LONGEST_QUOTE)
    return quote[: cut if cut > 0 else LONGEST_QUOTE].rstrip(",;:、") + " …"


def slugs(places: Sequence[told.PlaceShown]) -> dict[str, str]:
    """A readable address for each place by its id: from its English name, else any Latin one, else the id itself."""
    found: dict[str, str] = {}
    for place in sorted(places, key=lambda one: one.id):
        latin = [place.label.get("en", ""), *(name.text for name in place.names if name.script == "Latn")]
        slug = next((made for text in latin if (made := _ascii(text))), place.id.lower())
        if slug in found.values() and place.country:
            slug = f"{slug}-{place.country.lower()}"
        found[place.id] = slug if slug not in found.values() else f"{slug}-{place.id.lower()}"
    return found


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")
