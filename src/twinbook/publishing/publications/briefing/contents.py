"""What a briefing says: who they are, what was, what was promised, what may be quoted and what is disputed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from twinbook.publishing.edition import Activity, Edition, Fact, Partner
from twinbook.publishing.publications.briefing.meeting import Meeting, person_line, typed
from twinbook.publishing.rendering.maps import Pin, locator_map
from twinbook.publishing.rendering.paper import Document, Line, Numbered, Run, Section, Table, joined, words_run
from twinbook.publishing.rendering.svg import standalone_svg
from twinbook.publishing.rendering.words import Words, message
from twinbook.vocabulary.partial_date import PartialDate

# The sections by key, in their order: what a template of the city's own may ask for.
BLOCKS = (
    "people", "own", "aims", "history", "contacts", "promises", "papers", "topics", "plans", "safe", "dispute",
    "jubilees", "gifts", "landmarks",
)  # fmt: skip
# How many of each fit on two pages.
PEOPLE, HISTORY, CONTACTS, PROMISES, PLANS, LANDMARKS, GIFTS, TOPICS, PAPERS = 6, 5, 5, 7, 4, 4, 3, 6, 4
JUBILEE_YEARS = 3
SENT, RECEIVED = message("people sent"), message("people received")
HELD = ("done", "ongoing")
CONTACT_KINDS = (
    "meeting",
    "visit",
    "agreement",
    "exchange",
    "commemoration",
    "training",
    "cultural_event",
    "competition",
)


class Briefing:
    """The sections of one briefing; notes are numbered in the order in which the sections are made."""

    def __init__(self, edition: Edition, partner: Partner, words: Words, meeting: Meeting | None = None) -> None:
        self.edition, self.partner, self.words, self.meeting = edition, partner, words, meeting or Meeting()
        self.day = self.meeting.day or edition.at.date()
        self.language = edition.language
        self.notes = Numbered(words, with_quotes=False)

    def facts(self) -> tuple[tuple[str, Line], ...]:
        words, partner = self.words, self.partner
        tie = [(Run(words.label("tie_kinds", partner.level)),)] if partner.level else []
        state: Line = (Run(words.code("state", partner.state)),)
        found = [(words.say("Meeting"), met)] if (met := self._meeting()) else []
        found.append((words.say("Kind of tie"), joined([*tie, state])))
        if partner.since:
            found.append((words.say("Since"), self._since()))
        if partner.place.country:
            found.append((words.say("Country"), (Run(words.country(partner.place.country)),)))
        if last := max(self._held(), key=_begun, default=None):
            found.append(
                (words.say("Last contact"), (Run(words.date(last.when.value)), *self.notes.marks(last.footnotes)))
            )
        return tuple(found)

    def people(self) -> Iterator[Line]:
        """Who comes, as the officer chose them; where nobody was chosen, the partner's officials."""
        chosen = [one for one in self.edition.people if one.key in self.meeting.guests]
        for person in chosen or ([] if self.meeting.others else self.partner.people[:PEOPLE]):
            yield person_line(person, self.words, self.notes, self.day)
        yield from typed(self.meeting.others, self.meeting.language, self.language)

    def own_side(self) -> Iterator[Line]:
        for person in self.edition.people:
            if person.key in self.meeting.own:
                yield person_line(person, self.words, self.notes, self.day)

    def aims(self) -> Iterator[Line]:
        return typed([line for line in self.meeting.aims.splitlines() if line.strip()],
                     self.meeting.language, self.language)  # fmt: skip

    def topics(self) -> Iterator[Line]:
        """What the officer wants to speak about, then what was spoken about at the last meetings."""
        yield from typed(self.meeting.topics, self.meeting.language, self.language)
        told = 0
        for one in sorted(self._held(), key=_begun, reverse=True):
            for topic in one.topics:
                if told < TOPICS and topic.language in (self.language, one.title.language, ""):
                    told += 1
                    yield self._dated(one.when.value, words_run(topic, self.language), one.footnotes)

    def history(self) -> Iterator[Line]:
        """The tie's firm steps, then the oldest standing activity, then the newest agreements: five lines by time."""
        steps = [(step.date.value, self._dated(step.date.value, words_run(step.title, self.language) if step.title
                  else Run(self.words.code("step", step.kind)), (*step.date.footnotes, *step.footnotes)))
                 for step in self.partner.steps if step.is_firm]  # fmt: skip
        steps = steps if len(steps) <= HISTORY else [steps[0], *steps[1 - HISTORY :]]
        telling = [one for one in self._held() if one.is_recurring or one.kind in ("agreement", "project")]
        room = HISTORY - len(steps)
        chosen = sorted(telling, key=_begun)[:room] if room > 0 else []
        lines = steps + [(one.when.value, self._activity(one)) for one in chosen]
        yield from (line for _, line in sorted(lines, key=lambda pair: _first(pair[0])))

    def contacts(self) -> Iterator[Line]:
        met = [one for one in self._held() if one.kind in CONTACT_KINDS and one.status == "done"]
        for one in sorted(met, key=_begun, reverse=True)[:CONTACTS]:
            people = [(words_run(who.name, self.language, is_strong=False),) for who in one.participants[:3]]
            yield joined([self._activity(one), *([joined(people, ", ")] if people else [])])

    def promises(self) -> Table | None:
        """What was said, by whom, until when, and what became of it: the open ones first, then the latest."""
        ordered = sorted(self.partner.commitments, key=lambda one: (one.state != "open", one.due or "9"))[:PROMISES]
        words = self.words
        rows = tuple(
            (
                (words_run(one.what, self.language), *self.notes.marks(one.footnotes)),
                joined([(words_run(one.side, self.language),)] if one.side else [], ", ")
                + ((Run(f" {one.owner}", is_quiet=True),) if one.owner else ()),
                (Run(words.date(one.due) if one.due else "—"),),
                joined([(Run(words.code("commitment", one.state), is_strong=one.state == "open"),),
                        *([(words_run(one.proof, self.language),)] if one.proof else [])]),
            )
            for one in ordered
        )  # fmt: skip
        head = (words.say("What was promised"), words.say("Side"), words.say("Due"), words.say("What became of it"))
        return Table(head, rows, (6, 3, 0, 4)) if rows else None

    def papers(self) -> Iterator[Line]:
        """What was signed: the latest first, each with its term and where the original is."""
        words = self.words
        latest = sorted(self.partner.agreements, key=lambda one: _first(one.signed_on.value), reverse=True)
        for one in latest[:PAPERS]:
            kind = Run(words.label("agreement_kinds", one.kind), is_quiet=True)
            title = words_run(one.title, self.language) if one.title else kind
            parts: list[Line] = [(title,)]
            if one.signed_on:
                parts = [self._dated(one.signed_on.value, title, one.footnotes)]
            parts += [(kind,)] if one.title and one.kind else []
            if one.valid_until:
                parts.append((Run(words.say("valid until {date}", date=words.date(one.valid_until.value))),))
            if one.original_at:
                original = Run(f"{words.say('original')}: ", is_quiet=True)
                parts.append((original, words_run(one.original_at, self.language)))
            yield joined(parts)

    def plans(self) -> Iterator[Line]:
        coming = [one for one in self.partner.activities if one.status in ("planned", "proposed")]
        for one in sorted(coming, key=_begun)[:PLANS]:
            yield joined([self._activity(one), (Run(self.words.label("statuses", one.status), is_quiet=True),)])

    def safe_figures(self) -> Iterator[Line]:
        """What may be said without a doubt: dates and counts that no other source contradicts."""
        words = self.words
        if self.partner.since and not self.partner.since.others:
            yield (Run(f"{words.say('Since')}: "), *self._since())
        held = [one for one in self._held() if one.status == "done"]
        if held:
            text = words.many("{count} activity held together, by this register",
                              "{count} activities held together, by this register", len(held))  # fmt: skip
            yield (Run(text),)
        for one in sorted(held, key=_begun, reverse=True):
            for fact, forms in ((one.people_out, ("{count} person sent", "{count} people sent")),
                                (one.people_in, ("{count} person received", "{count} people received"))):  # fmt: skip
                if fact and not fact.others:
                    count = words.many(*forms, int(fact.value))
                    yield (Run(f"{count}: "), words_run(one.title, self.language), *self.notes.marks(fact.footnotes))

    def disputed_figures(self) -> Iterator[Line]:
        named: list[tuple[Run, Fact]] = [(Run(self.words.say("Since")), self.partner.since)]
        named += [(words_run(one.title, self.language), one.when) for one in self.partner.activities]
        named += [(Run(self.words.code("step", step.kind)), step.date) for step in self.partner.steps]
        for run, fact in named:
            if fact.others:
                yield self._sides(run, fact, self.words.date)
        for one in self.partner.activities:
            for fact, what in ((one.people_out, SENT), (one.people_in, RECEIVED)):
                if fact.others:
                    title = words_run(one.title, self.language)
                    run = Run(f"{title.text}, {self.words.say(what)}", title.language)
                    yield self._sides(run, fact, lambda value: self.words.number(float(value)))

    def _sides(self, run: Run, fact: Fact, say: Callable[[str], str]) -> Line:
        sides = [(Run(say(one.value)), *self.notes.marks(one.footnotes)) for one in (fact, *fact.others)]
        return (run, Run(": "), *joined(sides, " / "))

    def jubilees(self) -> Iterator[Line]:
        """Round years of the tie within three years, as far as its beginning is known to the year."""
        if self.partner.state != "active" or not self.partner.since:
            return
        begun = PartialDate.parse(self.partner.since.value)
        today = self.day
        if begun.first is None or begun.last is None or begun.first.year != begun.last.year:
            return
        for year in range(today.year, today.year + JUBILEE_YEARS + 1):
            years = year - begun.first.year
            is_exact = begun.first == begun.last
            falls = date(year, begun.first.month, min(begun.first.day, 28))
            if years > 0 and years % 5 == 0 and not (is_exact and falls < today):
                text = self.words.many("{count} year of partnership", "{count} years of partnership", years)
                told = f"{year}-{begun.first:%m-%d}" if is_exact and f"{begun.first:%m-%d}" != "02-29" else str(year)
                yield (Run(f"{self.words.date(told)}  ", is_strong=True), Run(text))

    def gifts(self) -> Iterator[Line]:
        for one in self.partner.gifts[:GIFTS]:
            way = [(words_run(one.given_by, self.language), Run(" → "), words_run(one.given_to, self.language))]
            when = [(Run(self.words.date(one.when)),)] if one.when else []
            yield joined([(words_run(one.title, self.language, is_strong=True),), *way, *when])

    def landmarks(self) -> Iterator[Line]:
        for one in self.partner.landmarks[:LANDMARKS]:
            name: Line = (words_run(one.name, self.language), *self.notes.marks(one.footnotes))
            yield joined([name, *([(words_run(one.place, self.language),)] if one.place else [])])

    def _meeting(self) -> Line:
        day = (Run(self.words.date(self.meeting.day.isoformat()), is_strong=True),) if self.meeting.day else ()
        place = next(typed([self.meeting.place], self.meeting.language, self.language)) if self.meeting.place else ()
        return joined([day, place])

    def _held(self) -> list[Activity]:
        return [one for one in self.partner.activities if one.status in HELD and one.when]

    def _since(self) -> Line:
        since = self.partner.since
        return (Run(self.words.since(since.value)), *self.notes.marks(since.footnotes))

    def _activity(self, one: Activity) -> Line:
        said = [Run(f" ({self.words.say('Said by {name}', name=one.said_by)})", is_quiet=True)] if one.said_by else []
        line = self._dated(one.when.value, words_run(one.title, self.language), one.footnotes)
        return (*line, *said)

    def _dated(self, edtf: str, run: Run, footnotes: Iterable[object]) -> Line:
        return (Run(f"{self.words.date(edtf)}  ", is_strong=True), run, *self.notes.marks(footnotes))  # type: ignore[arg-type]


def briefing(edition: Edition, partner: Partner, words: Words, meeting: Meeting | None = None) -> Document:
    """The briefing on one partner, as known at the edition's moment; for a meeting, where one is named."""
    made = Briefing(edition, partner, words, meeting)
    facts = made.facts()
    sections = [
        Section(words.say("Who they are"), tuple(made.people()), key="people"),
        Section(words.say("Our side"), tuple(made.own_side()), key="own"),
        Section(words.say("What we want of it"), tuple(made.aims()), key="aims"),
        Section(words.say("History in five lines"), tuple(made.history()), key="history"),
        Section(words.say("Last contacts"), tuple(made.contacts()), key="contacts"),
        Section(words.say("What was agreed, and what became of it"), (), made.promises(), key="promises"),
        Section(words.say("Papers between us"), tuple(made.papers()), key="papers"),
        Section(words.say("Topics"), tuple(made.topics()), key="topics"),
        Section(words.say("Planned and proposed"), tuple(made.plans()), key="plans"),
        Section(words.say("Safe to quote"), tuple(made.safe_figures())[:5], key="safe"),
        Section(words.say("In dispute: do not quote"), tuple(made.disputed_figures())[:4], key="dispute"),
        Section(words.say("Jubilees near"), tuple(made.jubilees()), key="jubilees"),
        Section(words.say("Gifts given before"), tuple(made.gifts()), key="gifts"),
        Section(words.say("Landmarks"), tuple(made.landmarks()), key="landmarks"),
    ]
    others = [name for name in partner.place.names if name.text != partner.name.text and name.kind != "former"]
    today = words.date(edition.at.date().isoformat())
    return Document(
        edition.language,
        partner.name.text,
        "",
        words.say("Briefing for a meeting, as known on {day}", day=today),
        tuple(Run(name.text, name.language) for name in others[:4]),
        facts,
        tuple(section for section in sections if section.lines or section.table),
        words.say("Sources"),
        made.notes.lines,
        (),
        _picture(edition, partner),
        words.say("The way from {city} to {partner}", city=edition.home.name.text, partner=partner.name.text),
        words.say("For the office; not for publication"),
    )


def _picture(edition: Edition, partner: Partner) -> str:
    home, place = edition.home, partner.place
    if home.longitude is None or home.latitude is None or place.longitude is None or place.latitude is None:
        return ""
    start = Pin(home.name.text, home.name.language, home.longitude, home.latitude)
    return standalone_svg(
        locator_map(start, Pin(place.name.text, place.name.language, place.longitude, place.latitude))
    )


def _first(edtf: str) -> str:
    if not edtf:
        return "9"
    parsed = PartialDate.parse(edtf)
    return (parsed.first or parsed.last or date.max).isoformat()


def _begun(one: Activity) -> str:
    return _first(one.when.value)
