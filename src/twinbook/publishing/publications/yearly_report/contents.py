"""What a yearly report says: numbers, each with its rule and the list it was counted from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from twinbook.publishing.edition import Activity, Edition, Fact, Partner
from twinbook.publishing.publications.yearly_report.plan_and_fact import PlanAndFact
from twinbook.publishing.rendering.charts import years_chart
from twinbook.publishing.rendering.html import year as year_begun
from twinbook.publishing.rendering.paper import Document, Line, Numbered, Run, Section, Table, joined, words_run
from twinbook.publishing.rendering.svg import chart_svg
from twinbook.publishing.rendering.words import Words, message
from twinbook.vocabulary.partial_date import PartialDate

CHART_YEARS = 12
# The sections by key, in their order: what a template of the city's own may ask for; partner and chart are several.
BLOCKS = (
    "figures", "plan", "unplanned", "plan-partners", "plan-areas", "chart", "partners", "steps", "kinds", "areas",
    "partner", "silent", "held", "sent", "received", "money", "running", "not-held", "promises",
)  # fmt: skip

# What is counted, and by which rule; English words that the catalogues translate.
RULES = (
    (
        message("Activities held"),
        message("Activities that took place and began in the year, by the date their sources give."),
    ),
    (message("Standing programmes"), message("Activities without an end that had begun by the end of the year.")),
    (message("Partners with an activity"), message("Partners named in at least one activity held in the year.")),
    (message("People sent"), message("Sum of what the sources say; activities without a number add nothing.")),
    (message("People received"), message("Sum of what the sources say; activities without a number add nothing.")),
    (
        message("Steps of ties"),
        message("Agreements, renewals, pauses and ends dated in the year; proposals do not count."),
    ),
)
MONEY = (
    message("Money spent"),
    message("Sum of the costs that the sources give, a line a currency; nothing is converted."),
)
LISTS = ("held", "running", "partners", "sent", "received", "steps")  # where the list of each number of RULES stands


@dataclass(frozen=True)
class Year:
    """What belongs to one year."""

    held: tuple[Activity, ...]
    running: tuple[Activity, ...]
    not_held: tuple[Activity, ...]

    @classmethod
    def of(cls, activities: Iterable[Activity], year: int) -> Year:
        listed = sorted(activities, key=lambda one: (_first(one.when.value), one.key))
        within = [one for one in listed if year_begun(one.when.value) == str(year)]
        return cls(
            tuple(one for one in within if one.status == "done"),
            tuple(one for one in listed if one.status == "ongoing" and _first(one.when.value) <= f"{year}-12-31"),
            tuple(one for one in within if one.status in ("planned", "proposed", "cancelled")),
        )


class Report:
    """The sections of one report; notes are numbered in the order in which the sections are made."""

    def __init__(self, edition: Edition, year: int, words: Words) -> None:
        self.edition, self.year, self.words = edition, year, words
        self.language = edition.language
        self.notes = Numbered(words, with_quotes=True)
        self.of_year = Year.of(edition.activities, year)
        self.plan = PlanAndFact(edition, year, words, self.notes, self.of_year.held)

    def figures(self) -> Table:
        held, words = self.of_year.held, self.words
        steps = [
            step for partner in self.edition.partners for step in partner.steps if self._is_of_year(step.date.value)
        ]
        counts = (
            len(held),
            len(self.of_year.running),
            len({slug for one in held for slug in one.partners}),
            _people(one.people_out for one in held),
            _people(one.people_in for one in held),
            sum(step.is_firm for step in steps),
        )
        rows: tuple[tuple[Line, ...], ...] = tuple(
            (
                (Run(words.say(name)),),
                (Run(words.number(count), is_strong=True, to=to if count else ""),),
                (Run(words.say(rule), is_quiet=True),),
            )
            for (name, rule), count, to in zip(RULES, counts, LISTS, strict=True)
        )
        rows += tuple(
            (
                (Run(words.say(MONEY[0])),),
                (Run(f"{words.number(amount)} {currency}".strip(), is_strong=True, to="money"),),
                (Run(words.say(MONEY[1]), is_quiet=True),),
            )
            for currency, amount in sorted(_money(held).items())
        )
        rows += tuple(self.plan.figures())
        return Table((words.say("Figure"), words.say("Number"), words.say("Counting rule")), rows, (4, 0, 8))

    def steps(self) -> Iterator[Line]:
        for partner in self.edition.partners:
            for step in partner.steps:
                if self._is_of_year(step.date.value):
                    told: list[Line] = [(words_run(partner.name, self.language, is_strong=True),),
                                        (Run(self.words.date(step.date.value)),),
                                        (Run(self.words.code("step", step.kind)),
                                         *self.notes.marks((*step.date.footnotes, *step.footnotes)))]  # fmt: skip
                    if not step.is_firm:
                        told.append((Run(self.words.say("proposed, outcome not known"), is_quiet=True),))
                    yield joined(told)

    def counted(self, scheme: str, codes: Callable[[Activity], Iterable[str]], head: str) -> Table | None:
        counts = Counter(code for one in self.of_year.held for code in codes(one))
        rows = tuple(
            ((Run(self.words.label(scheme, code)),), (Run(self.words.number(count)),))
            for code, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        )
        return Table((head, self.words.say("Activities")), rows, (1, 0)) if rows else None

    def partners(self) -> Iterator[Section]:
        """Each partner with what was held with it; those with nothing are told together at the end."""
        silent: list[Partner] = []
        for partner in self.edition.partners:
            held = [one for one in self.of_year.held if partner.slug in one.partners]
            if held:
                yield Section(partner.name.text, tuple(map(self._activity, held)), key=f"partner-{partner.slug}")
            elif partner.state == "active":
                silent.append(partner)
        if silent:
            lines = tuple((words_run(one.name, self.language),) for one in silent)
            yield Section(self.words.say("Active ties without an activity in the year"), lines, key="silent")

    def held(self) -> Iterator[Line]:
        return (self._activity(one) for one in self.of_year.held)

    def by_partner(self) -> Table | None:
        """Plain numbers for each partner with an activity; what was held with several counts with each."""
        words, rows = self.words, []
        for partner in self.edition.partners:
            held = [one for one in self.of_year.held if partner.slug in one.partners]
            if held:
                out, came = [one.people_out for one in held], [one.people_in for one in held]
                money = ", ".join(f"{words.number(sum_)} {code}".strip() for code, sum_ in sorted(_money(held).items()))
                rows.append((
                    (words_run(partner.name, self.language),),
                    (Run(words.number(len(held)), to=f"partner-{partner.slug}"),),
                    (Run(words.number(_people(out)) if any(out) else "—"),),
                    (Run(words.number(_people(came)) if any(came) else "—"),),
                    (Run(money or "—"),),
                ))  # fmt: skip
        head = tuple(map(words.say, ("Partner", "Activities", "People sent", "People received", "Money spent")))
        return Table(head, tuple(rows), (4, 0, 0, 0, 0)) if rows else None

    def with_fact(self, fact: Callable[[Activity], Fact]) -> tuple[Line, ...]:
        """The activities that a sum was added up from, each with its number."""
        words = self.words
        return tuple(
            joined([
                (Run(words.number(float(fact(one).value)) + (f" {one.currency}" if fact(one) is one.cost else ""),
                     is_strong=True),),
                (words_run(one.title, self.language), *self.notes.marks(fact(one).footnotes)),
            ])
            for one in self.of_year.held if fact(one)
        )  # fmt: skip

    def running(self) -> Iterator[Line]:
        return (self._activity(one) for one in self.of_year.running)

    def not_held(self) -> Iterator[Line]:
        for one in self.of_year.not_held:
            yield joined([self._activity(one), (Run(self.words.label("statuses", one.status), is_quiet=True),)])

    def promises(self) -> Table | None:
        """Open promises, and those that were due or settled in the year."""
        words, rows = self.words, []
        for partner in self.edition.partners:
            for one in partner.commitments:
                if one.state == "open" or self._is_of_year(one.due):
                    rows.append((
                        (words_run(partner.name, self.language),),
                        (words_run(one.what, self.language), *self.notes.marks(one.footnotes)),
                        (Run(words.date(one.due) if one.due else "—"),),
                        (Run(words.code("commitment", one.state)),),
                    ))  # fmt: skip
        head = tuple(map(words.say, ("Partner", "What was promised", "Due", "What became of it")))
        return Table(head, tuple(rows), (3, 7, 0, 0)) if rows else None

    def picture(self) -> tuple[str, str]:
        """Activities held by year, up to the report's, as a chart and as words."""
        counts = Counter(int(begun) for one in self.edition.activities
                         if one.status == "done" and (begun := year_begun(one.when.value)))  # fmt: skip
        shown = {year: counts[year] for year in sorted(counts) if self.year - CHART_YEARS < year <= self.year}
        chart = years_chart(shown)
        if chart is None:
            return "", ""
        told = ", ".join(f"{bar.key}: {bar.count}" for bar in chart.bars)
        return chart_svg(chart), f"{self.words.say('Activities by year')}. {told}"

    def _activity(self, one: Activity) -> Line:
        when = Run(f"{self.words.date(one.when.value)}  ", is_strong=True)
        parts: list[Line] = [(when, words_run(one.title, self.language), *self.notes.marks(one.footnotes))]
        for fact, forms in ((one.people_out, ("{count} person sent", "{count} people sent")),
                            (one.people_in, ("{count} person received", "{count} people received"))):  # fmt: skip
            if fact:
                parts.append((Run(self._people(fact, *forms), is_quiet=True),))
        return joined(parts)

    def _people(self, fact: Fact, one: str, other: str) -> str:
        return self.words.many(one, other, int(fact.value))

    def _is_of_year(self, edtf: str) -> bool:
        return bool(edtf) and year_begun(edtf) == str(self.year)


def report(edition: Edition, year: int, words: Words) -> Document:
    """The report on one year, as known at the edition's moment."""
    made = Report(edition, year, words)
    kinds = made.counted("activity_kinds", lambda one: (one.kind,), words.say("Kind"))
    areas = made.counted("areas", lambda one: one.areas, words.say("Area"))
    picture, told = made.picture()
    rule = words.say("An activity may belong to several areas and then counts in each.")
    counted_twice = ((Run(rule, is_quiet=True),),)
    sections = [
        Section(words.say("Figures"), (), made.figures(), key="figures"),
        *made.plan.sections(),
        Section(words.say("By partner"), (), made.by_partner(), key="partners"),
        Section(words.say("What changed in the ties"), tuple(made.steps()), key="steps"),
        Section(words.say("Activities by kind"), (), kinds, key="kinds"),
        Section(words.say("Activities by area"), (), areas, counted_twice if areas else (), key="areas"),
        *made.partners(),
        Section(words.say("Activities held"), tuple(made.held()), key="held"),
        Section(words.say("People sent"), made.with_fact(lambda one: one.people_out), key="sent"),
        Section(words.say("People received"), made.with_fact(lambda one: one.people_in), key="received"),
        Section(words.say("Money spent"), made.with_fact(lambda one: one.cost), key="money"),
        Section(words.say("Standing programmes"), tuple(made.running()), key="running"),
        Section(words.say("Planned for the year, not known to have been held"), tuple(made.not_held()), key="not-held"),
        Section(words.say("What was agreed, and what became of it"), (), made.promises(), key="promises"),
    ]  # fmt: skip
    today = words.date(edition.at.date().isoformat())
    return Document(
        edition.language,
        words.say("Twin towns and partners: report on {year}", year=year),
        edition.home.name.text,
        edition.office.name.text,
        (),
        ((words.say("As known on"), (Run(today),)),),
        tuple(section for section in sections if section.lines or section.table or section.picture),
        words.say("Sources"),
        made.notes.lines,
        (),
        picture,
        told,
        f"{edition.home.name.text} · {year}",
    )


def _people(facts: Iterable[Fact]) -> int:
    return sum(int(fact.value) for fact in facts if fact)


def _money(held: Iterable[Activity]) -> dict[str, float]:
    """The costs by currency; a cost without a currency stands under an empty one."""
    sums: dict[str, float] = {}
    for one in held:
        if one.cost:
            sums[one.currency] = sums.get(one.currency, 0.0) + float(one.cost.value)
    return sums


def _first(edtf: str) -> str:
    if not edtf:
        return "9999"
    parsed = PartialDate.parse(edtf)
    return parsed.first.isoformat() if parsed.first else "0000"
