"""The plan of the year beside what came of it: line by line, by partner, by area, and as charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from twinbook.publishing.edition import Activity, Edition, PlanLine
from twinbook.publishing.rendering.charts import pairs_chart
from twinbook.publishing.rendering.paper import Line, Numbered, Run, Section, Table, joined, words_run
from twinbook.publishing.rendering.svg import pairs_svg
from twinbook.publishing.rendering.words import Words, message
from twinbook.vocabulary.money import by_currency

OUTCOMES = {
    "": message("not known"),
    "held": message("held"),
    "not_held": message("not held"),
    "moved": message("moved to another year"),
}
TAKEN_OUT = message("taken out of the plan")
# What is counted of a plan, and by which rule.
COUNTED = (
    (message("Lines of the plan"), message("Lines that stand in the plan, and those taken out after its approval.")),
    (message("Lines held"), message("Lines of which the office says that they were held.")),
    (message("Lines not held or moved"), message("Lines not held, moved to another year, or taken out.")),
    (message("Lines of which nothing is known"), message("Lines for which nobody has told yet what became of them.")),
    (message("Held without standing in the plan"), message("Activities held in the year that prove no line.")),
)
MONEY_IN_PLAN = (
    message("Money spent on the plan’s lines"),
    message(
        "What the office wrote beside the lines; where it wrote nothing, the cost that the source of the proving"
        " activity gives. A line a currency; nothing is converted."
    ),
)
MOST_IN_A_CHART = 14


@dataclass(frozen=True)
class LineTold:
    """A line of the plan with the activity that proves it."""

    line: PlanLine
    activity: Activity | None = None

    @property
    def spent(self) -> float | None:
        """In the line's currency: what the office wrote, else what the activity's source says in the same currency."""
        if self.line.spent is not None:
            return self.line.spent
        cost = self.activity.cost if self.activity and self.activity.currency == self.line.currency else None
        return float(cost.value) if cost else None

    @property
    def planned_people(self) -> int | None:
        return _sum((self.line.people_out, self.line.people_in))

    @property
    def people(self) -> int | None:
        if self.activity is None:
            return None
        facts = (self.activity.people_out, self.activity.people_in)
        return _sum(int(fact.value) if fact else None for fact in facts)


class PlanAndFact:
    """The sections of a report that set a year's plan beside the facts; empty where there was no plan."""

    def __init__(self, edition: Edition, year: int, words: Words, notes: Numbered, held: tuple[Activity, ...]) -> None:
        self.words, self.notes, self.language = words, notes, edition.language
        by_key = {one.key: one for one in edition.activities}
        self.lines = [LineTold(one, by_key.get(one.activity)) for one in edition.plan if one.year == year]
        proving = {told.line.activity for told in self.lines}
        self.unplanned = [one for one in held if one.key not in proving] if self.lines else []

    def figures(self) -> Iterator[tuple[Line, ...]]:
        """Rows for the report's table of figures."""
        if not self.lines:
            return
        stand = [told.line for told in self.lines if not told.line.is_withdrawn]
        outcomes = Counter(line.outcome for line in stand)
        failed = outcomes["not_held"] + outcomes["moved"] + len(self.lines) - len(stand)
        counts = (len(self.lines), outcomes["held"], failed, outcomes[""], len(self.unplanned))
        for (name, rule), count, to in zip(COUNTED, counts, ("plan", "plan", "plan", "plan", "unplanned"), strict=True):
            yield self._row(name, self.words.number(count), to if count else "", rule)
        for currency, amount in self._money(self.lines).items():
            yield self._row(MONEY_IN_PLAN[0], f"{self.words.number(amount)} {currency}", "plan", MONEY_IN_PLAN[1])

    def sections(self) -> Iterator[Section]:
        if not self.lines:
            return
        words = self.words
        yield Section(words.say("Plan and fact"), (), self._table(), key="plan")
        yield Section(
            words.say("Held without standing in the plan"), tuple(map(self._held, self.unplanned)), key="unplanned"
        )
        yield Section(
            words.say("Plan and fact by partner"),
            (),
            self._by(words.say("Partner"), self._partner),
            key="plan-partners",
        )
        yield Section(words.say("Plan and fact by area"), (), self._by(words.say("Area"), self._area), key="plan-areas")
        for place, (heading, picture, told) in enumerate((self._people_chart(), *self._money_charts()), 1):
            yield Section(heading, picture=picture, picture_text=told, key=f"chart-{place}")

    def _table(self) -> Table:
        rows = tuple((self._what(told), self._planned(told), self._fact(told)) for told in self.lines)
        head = tuple(map(self.words.say, (message("Line"), message("Planned"), message("In fact"))))
        return Table(head, rows, (6, 5, 7))

    def _what(self, told: LineTold) -> Line:
        line = told.line
        parts: list[Line] = [(words_run(line.title, self.language, is_strong=True),)]
        parts += [self._partner(line)] if line.partner_name else []
        parts += [(Run(self.words.say("added after the approval"), is_quiet=True),)] if line.is_late else []
        return joined(parts)

    def _planned(self, told: LineTold) -> Line:
        line, words = told.line, self.words
        return _or_dash([
            (Run(words.date(line.when)),) if line.when else (),
            self._people(line.people_out, line.people_in),
            (Run(f"{words.number(line.cost)} {line.currency}"),) if line.cost else (),
        ])  # fmt: skip

    def _fact(self, told: LineTold) -> Line:
        line, words, activity = told.line, self.words, told.activity
        outcome = words.say(TAKEN_OUT if line.is_withdrawn else OUTCOMES.get(line.outcome, line.outcome))
        parts: list[Line] = [(Run(outcome, is_strong=line.outcome == "held"),)]
        if activity:
            out, came = activity.people_out, activity.people_in
            marks = self.notes.marks(activity.footnotes)
            is_same = activity.title.text == line.title.text
            parts.append((Run(words.date(activity.when.value)), *(marks if is_same else ())) if activity.when else ())
            parts.append(() if is_same else (words_run(activity.title, self.language), *marks))
            parts.append(self._people(int(out.value) if out else None, int(came.value) if came else None))
        if told.spent:
            parts.append((Run(f"{words.number(told.spent)} {line.currency}"),))
        if line.note:
            parts.append((Run(line.note, is_quiet=True),))
        return joined([part for part in parts if part])

    def _held(self, one: Activity) -> Line:
        when = Run(f"{self.words.date(one.when.value)}  ", is_strong=True)
        return (when, words_run(one.title, self.language), *self.notes.marks(one.footnotes))

    def _people(self, out: int | None, came: int | None) -> Line:
        words = self.words
        told = [words.many("{count} person sent", "{count} people sent", out)] if out else []
        told += [words.many("{count} person received", "{count} people received", came)] if came else []
        return (Run(", ".join(told)),) if told else ()

    def _by(self, heading: str, name_of: Callable[[PlanLine], Line]) -> Table:
        words, rows = self.words, []
        for name, lines in self._groups(name_of):
            planned = by_currency((told.line.currency, told.line.cost) for told in lines)
            held = sum(told.line.outcome == "held" and not told.line.is_withdrawn for told in lines)
            rows.append((
                name or (Run("—"),),
                (Run(f"{words.number(len(lines))} / {words.number(held)}"),),
                (Run(self._pair(_sum(t.planned_people for t in lines), _sum(t.people for t in lines))),),
                (Run(self._amounts(dict(planned))),),
                (Run(self._amounts(self._money(lines))),),
            ))  # fmt: skip
        head = (
            message("Lines / held"),
            message("People planned / in fact"),
            message("Money planned"),
            message("Money spent"),
        )
        return Table((heading, *map(words.say, head)), tuple(rows), (4, 0, 0, 3, 3))

    def _groups(self, name_of: Callable[[PlanLine], Line]) -> list[tuple[Line, list[LineTold]]]:
        """The lines under each name, most lines first; those without a name stand at the end."""
        groups: dict[str, tuple[Line, list[LineTold]]] = {}
        for told in self.lines:
            name = name_of(told.line)
            groups.setdefault("".join(run.text for run in name), (name, []))[1].append(told)
        ordered = sorted(groups.items(), key=lambda pair: (not pair[0], -len(pair[1][1]), pair[0]))
        return [group for _, group in ordered]

    def _people_chart(self) -> tuple[str, str, str]:
        pairs = [
            (self._name(name), _sum(t.planned_people for t in lines), _sum(t.people for t in lines))
            for name, lines in self._groups(self._partner)
        ]
        return self._chart(self.words.say("People sent and received, planned and in fact, by partner"), pairs)

    def _money_charts(self) -> Iterator[tuple[str, str, str]]:
        """A chart for each currency."""
        for currency in sorted({told.line.currency for told in self.lines if told.line.cost or told.spent}):
            pairs = [
                (self._name(name), _amount(t.line.cost for t in mine), _amount(t.spent for t in mine))
                for name, lines in self._groups(self._partner)
                if (mine := [told for told in lines if told.line.currency == currency])
            ]
            heading = self.words.say("Money by partner, {currency}", currency=currency)
            yield self._chart(heading, pairs)

    def _chart(self, heading: str, pairs: Sequence[tuple[str, float | None, float | None]]) -> tuple[str, str, str]:
        """Heading, drawing, and all its numbers in words; no drawing where there is no number."""
        words = self.words
        shown = [pair for pair in pairs if pair[1] or pair[2]][:MOST_IN_A_CHART]
        chart = pairs_chart(shown)
        if chart is None:
            return heading, "", ""
        told = "; ".join(
            words.say(
                "{name}: planned {planned}, in fact {fact}",
                name=name,
                planned="—" if planned is None else words.number(planned),
                fact="—" if fact is None else words.number(fact),
            )
            for name, planned, fact in shown
        )
        return heading, pairs_svg(chart, words), f"{heading}. {told}"

    def _name(self, name: Line) -> str:
        return "".join(run.text for run in name) or "—"

    def _partner(self, line: PlanLine) -> Line:
        return (words_run(line.partner_name, self.language),) if line.partner_name else ()

    def _area(self, line: PlanLine) -> Line:
        return (Run(self.words.label("areas", line.area)),) if line.area else ()

    def _money(self, lines: Iterable[LineTold]) -> dict[str, float]:
        return dict(by_currency((told.line.currency, told.spent) for told in lines))

    def _amounts(self, sums: dict[str, float]) -> str:
        return ", ".join(f"{self.words.number(amount)} {code}" for code, amount in sorted(sums.items())) or "—"

    def _pair(self, planned: int | None, fact: int | None) -> str:
        return " / ".join("—" if one is None else self.words.number(one) for one in (planned, fact))

    def _row(self, name: str, value: str, to: str, rule: str) -> tuple[Line, ...]:
        say = self.words.say
        return (Run(say(name)),), (Run(value, is_strong=True, to=to),), (Run(say(rule), is_quiet=True),)


def _or_dash(parts: list[Line]) -> Line:
    return joined([part for part in parts if part]) or (Run("—"),)


def _sum(numbers: Iterable[int | None]) -> int | None:
    """The sum of what is known; None where nothing is."""
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _amount(amounts: Iterable[float | None]) -> float | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None
