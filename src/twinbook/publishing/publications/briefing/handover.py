"""The hand-over as a paper: what a successor must know, a section a partner, out of the parts of a briefing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from twinbook.publishing.edition import Edition, Partner
from twinbook.publishing.publications.briefing.contents import Briefing
from twinbook.publishing.rendering.paper import Document, Line, Run, Section, Table, joined
from twinbook.publishing.rendering.words import Words, words_of

PRINT = Path(__file__).parent / "handover.typ"
STATES = ("active", "intent", "contact", "unknown", "suspended", "ended")
LATEST_CONTACTS = 3


def handover(edition: Edition) -> Document:
    """All partners of an office's edition, those in force first."""
    words = words_of(edition.language)
    ordered = sorted(edition.partners, key=lambda one: (STATES.index(one.state), one.name.text))
    made = [Briefing(edition, partner, words) for partner in ordered]
    return Document(
        edition.language,
        words.say("Hand-over"),
        edition.home.name.text,
        words.say("As known on {day}", day=words.date(edition.at.date().isoformat())),
        facts=((words.say("Partners"), (Run(str(len(ordered))),)),),
        sections=(
            *([Section(words.say("Partners"), table=_contents(ordered, words))] if ordered else []),
            *map(_section, made),
        ),
        footer=words.say("For the office; not for publication"),
    )


def _contents(partners: Iterable[Partner], words: Words) -> Table:
    rows = tuple(
        (
            (Run(one.name.text, is_strong=True, to=one.slug),),
            (Run(words.code("state", one.state)),),
            (Run(str(sum(promise.state == "open" for promise in one.commitments))),),
        )
        for one in partners
    )
    return Table((words.say("Partner"), words.say("State"), words.say("Open promises")), rows, (4, 2, 1))


def _section(made: Briefing) -> Section:
    """One partner: names and facts first, then a line for each kind of thing that there is, the promises last."""
    words, partner = made.words, made.partner
    names = [name for name in partner.place.names if name.text != partner.name.text and name.kind != "former"]
    facts = [(Run(f"{label}: ", is_quiet=True), *line) for label, line in _without_notes(made.facts())]
    lead = [tuple(Run(f"{name.text}  ", name.language, is_quiet=True) for name in names[:4]), joined(facts)]
    lists = (
        ("Who they are", made.people()),
        ("History in five lines", made.history()),
        ("Last contacts", list(made.contacts())[:LATEST_CONTACTS]),
        ("Planned and proposed", made.plans()),
        ("Jubilees near", made.jubilees()),
        ("In dispute: do not quote", made.disputed_figures()),
        ("Gifts given before", made.gifts()),
        ("Landmarks", made.landmarks()),
    )
    told = [(words.say(heading), [_plain(line) for line in lines]) for heading, lines in lists]
    lines = tuple((Run(f"{heading}: ", is_strong=True), *joined(found, "; ")) for heading, found in told if found)
    promises = made.promises()
    return Section(
        partner.name.text,
        lines,
        Table(promises.head, tuple(tuple(map(_plain, row)) for row in promises.rows), promises.shares)
        if promises
        else None,
        tuple(line for line in lead if line),
        partner.slug,
    )


def _without_notes(facts: Iterable[tuple[str, Line]]) -> list[tuple[str, Line]]:
    return [(label, _plain(line)) for label, line in facts]


def _plain(line: Line) -> Line:
    """A line without the numbers of notes: the sources are one click away on the desk."""
    return tuple(run for run in line if not run.mark)
