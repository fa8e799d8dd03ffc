"""A booklet for a partner's guests, A5: what in the city is tied to theirs, the years together, whom to ask."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from twinbook.publishing.edition import Activity, Edition, Landmark, Partner, Step
from twinbook.publishing.publication import Editions, Paper, Publication
from twinbook.publishing.rendering import addresses
from twinbook.publishing.rendering.earth import distance_km
from twinbook.publishing.rendering.maps import Pin, locator_map
from twinbook.publishing.rendering.paper import Document, Line, Numbered, Run, Section, as_data, joined, words_run
from twinbook.publishing.rendering.pdf import render_pdf
from twinbook.publishing.rendering.svg import standalone_svg
from twinbook.publishing.rendering.words import Words, words_of

PRINT = Path(__file__).parent / "print.typ"
YEARS_SHOWN = 14  # lines of the years together: what fits on two small pages


def render(editions: Editions, papers: tuple[Paper, ...]) -> Iterator[Paper]:
    for edition in editions.values():
        words = words_of(edition.language)
        for partner in edition.partners:
            if partner.state != "active":
                continue
            title = words.say("Booklet for guests from {partner}", partner=partner.name.text)
            body = render_pdf(PRINT, as_data(_document(edition, partner, words)), made_at=edition.changed_at)
            path = addresses.paper(edition.language, "booklet", partner.slug, "pdf")
            yield Paper(path, body, title, edition.language, partner.slug, "PDF")


def _document(edition: Edition, partner: Partner, words: Words) -> Document:
    notes = Numbered(words, with_quotes=False)
    facts = _facts(edition, partner, notes, words)
    here = [one for one in partner.landmarks if one.place.text == edition.home.name.text]
    there = [one for one in partner.landmarks if one not in here]
    sections = [
        Section(words.say("Places here that belong to you"), _landmarks(here, notes, words, edition.language)),
        Section(words.say("Places with you that belong to us"), _landmarks(there, notes, words, edition.language)),
        Section(words.say("Our years together"), _years(partner, notes, words, edition.language)),
        Section(words.say("Coming up"), _coming(partner, notes, words, edition.language)),
    ]
    picture = _picture(edition, partner)
    return Document(
        edition.language,
        edition.home.name.text,
        words.say("For our guests from {partner}", partner=partner.name.text),
        edition.office.name.text,
        tuple(Run(name.text, name.language) for name in edition.home.names
              if name.text != edition.home.name.text and name.kind in ("official", "short", "other"))[:4],
        facts,
        tuple(section for section in sections if section.lines),
        words.say("Sources"),
        notes.lines,
        _contacts(edition, words),
        picture,
        words.say("The way from {city} to {partner}", city=edition.home.name.text, partner=partner.name.text),
        f"{edition.home.name.text} · {partner.name.text}",
    )  # fmt: skip


def _facts(edition: Edition, partner: Partner, notes: Numbered, words: Words) -> tuple[tuple[str, Line], ...]:
    facts: list[tuple[str, Line]] = []
    if partner.level:
        facts.append((words.say("Kind of tie"), (Run(words.label("tie_kinds", partner.level)),)))
    if partner.since:
        marks = notes.marks(partner.since.footnotes)
        facts.append((words.say("Since"), (Run(words.since(partner.since.value)), *marks)))
    home, place = edition.home, partner.place
    if None not in (home.longitude, home.latitude, place.longitude, place.latitude):
        far = distance_km((home.longitude or 0, home.latitude or 0), (place.longitude or 0, place.latitude or 0))
        number = words.number(round(far, -1).__trunc__())
        facts.append((words.say("Distance"), (Run(words.say("about {number} km", number=number)),)))
    return tuple(facts)


def _picture(edition: Edition, partner: Partner) -> str:
    home, place = edition.home, partner.place
    if home.longitude is None or home.latitude is None or place.longitude is None or place.latitude is None:
        return ""
    from_pin = Pin(home.name.text, home.name.language, home.longitude, home.latitude)
    return standalone_svg(
        locator_map(from_pin, Pin(place.name.text, place.name.language, place.longitude, place.latitude))
    )


def _landmarks(ones: list[Landmark], notes: Numbered, words: Words, language: str) -> tuple[Line, ...]:
    lines = []
    for one in ones:
        told = [(Run(words.label("landmark_kinds", one.kind), is_quiet=True),)]
        if one.since:
            told.append((Run(words.since(one.since.value), is_quiet=True),))
        if one.note:
            told.append((words_run(one.note, language),))
        name: Line = (words_run(one.name, language, is_strong=True), *notes.marks(one.footnotes))
        lines.append(joined([name, *told]))
    return tuple(lines)


def _years(partner: Partner, notes: Numbered, words: Words, language: str) -> tuple[Line, ...]:
    """Firm steps, and what was done or runs: all if they fit, else the steps and the newest of the rest, by time."""
    steps = [(step.date.value, _step(step, notes, words, language)) for step in partner.steps if step.is_firm]
    held = [one for one in partner.activities if one.status in ("done", "ongoing") and one.when]
    room = max(0, YEARS_SHOWN - len(steps))
    chosen = sorted(held, key=lambda one: one.when.value)[-room:] if room else []
    told = steps + [(one.when.value, _activity(one, notes, words, language)) for one in chosen]
    return tuple(line for _, line in sorted(told, key=lambda pair: pair[0].lstrip("./") or "9"))


def _step(step: Step, notes: Numbered, words: Words, language: str) -> Line:
    name = words_run(step.title, language) if step.title else Run(words.code("step", step.kind))
    when = Run(f"{words.date(step.date.value)}  ", is_strong=True)
    return (when, name, *notes.marks((*step.date.footnotes, *step.footnotes)))


def _activity(one: Activity, notes: Numbered, words: Words, language: str) -> Line:
    when = Run(f"{words.date(one.when.value)}  ", is_strong=True)
    return (when, words_run(one.title, language), *notes.marks(one.footnotes))


def _coming(partner: Partner, notes: Numbered, words: Words, language: str) -> tuple[Line, ...]:
    return tuple(_activity(one, notes, words, language) for one in partner.activities if one.status == "planned")


def _contacts(edition: Edition, words: Words) -> tuple[Line, ...]:
    office = edition.office
    lines: list[Line] = [(Run(office.name.text or edition.home.name.text, is_strong=True),)]
    if office.postal_address:
        lines.append((words_run(office.postal_address, edition.language),))
    reach = [(Run(value),) for value in (office.phone, office.mail, office.web) if value]
    lines += [joined(reach)] if reach else []
    lines.append((Run(words.say("Map: Natural Earth, without borders"), is_quiet=True),))
    return tuple(lines)


PUBLICATION = Publication("booklet", "Booklet for guests", ("PDF",), render)
