"""What a yearly plan says: its lines, each with where it comes from, and numbers that lead to the lines behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from twinbook.publishing.edition import Edition, Footnote, PlanLine
from twinbook.publishing.rendering.paper import Document, Line, Numbered, Run, Section, Table, joined, words_run
from twinbook.publishing.rendering.words import Words, message
from twinbook.vocabulary.money import by_currency

# The sections by key, in their order: what a template of the city's own may ask for.
BLOCKS = ("figures", "lines", "partners", "areas", "sent", "received", "money")
ORIGINS = {
    "jubilee": message("jubilee"),
    "promise": message("open promise"),
    "term": message("agreement that ends"),
    "planned": message("told by a source"),
    "last_year": message("held the year before"),
    "own": message("the office’s own"),
}
HEAD = (
    message("When"),
    message("What, and where it comes from"),
    message("Responsible"),
    message("People sent / received"),
    message("Money"),
)
SUMS = (message("Lines"), message("People sent"), message("People received"), message("Money"))
PEOPLE_RULE = message("Sum over the lines of the plan; a line without a number adds nothing.")
MONEY_RULE = message("Sum over the lines of the plan, a line a currency; nothing is converted.")


class Plan:
    """The sections of one plan; notes are numbered in the order in which the sections are made."""

    def __init__(self, edition: Edition, year: int, words: Words) -> None:
        self.edition, self.year, self.words = edition, year, words
        self.language = edition.language
        self.notes = Numbered(words, with_quotes=True)
        self.lines = [line for line in edition.plan if line.year == year and not line.is_withdrawn]
        self.partners = {partner.slug: partner for partner in edition.partners}

    def figures(self) -> Table:
        words = self.words
        rows = [
            self._figure(
                message("Lines of the plan"), str(len(self.lines)), "lines", message("Lines that stand in the plan.")
            ),
            self._figure(message("People to send"), words.number(self._sum("people_out")), "sent", PEOPLE_RULE),
            self._figure(message("People to receive"), words.number(self._sum("people_in")), "received", PEOPLE_RULE),
        ]
        rows += [
            self._figure(message("Money planned"), f"{words.number(amount)} {currency}", "money", MONEY_RULE)
            for currency, amount in money_of(self.lines)
        ]
        return Table((words.say("Figure"), words.say("Number"), words.say("Counting rule")), tuple(rows), (4, 0, 8))

    def table(self) -> Table:
        """The plan itself: when, what and with whom, who answers for it, people and money."""
        words = self.words
        rows = tuple(
            (
                (Run(words.date(line.when) if line.when else "—"),),
                self._what(line),
                (Run(line.owner or "—"),),
                (Run(self._people(line)),),
                (Run(self._money(line)),),
            )
            for line in self.lines
        )
        return Table(tuple(map(words.say, HEAD)), rows, (0, 10, 5, 0, 0))

    def by(self, heading: str, name_of: Callable[[PlanLine], Line]) -> Table | None:
        """Lines, people and money under each name; lines without one stand together at the end."""
        groups: dict[str, list[PlanLine]] = {}
        names: dict[str, Line] = {}
        for line in self.lines:
            name = name_of(line)
            key = "".join(run.text for run in name)
            names[key] = name
            groups.setdefault(key, []).append(line)
        words = self.words
        rows = tuple(
            (
                names[key] or (Run("—"),),
                (Run(words.number(len(lines))),),
                (Run(words.number(self._sum("people_out", lines))),),
                (Run(words.number(self._sum("people_in", lines))),),
                (Run(", ".join(f"{words.number(amount)} {code}" for code, amount in money_of(lines)) or "—"),),
            )
            for key, lines in sorted(groups.items(), key=lambda pair: (not pair[0], -len(pair[1]), pair[0]))
        )
        head = (heading, *map(words.say, SUMS))
        return Table(head, rows, (4, 0, 0, 0, 3)) if rows else None

    def with_number(
        self, number: Callable[[PlanLine], float | None], *, with_currency: bool = False
    ) -> tuple[Line, ...]:
        """The lines that a sum was added up from, each with its number."""
        return tuple(
            joined([
                (Run(f"{self.words.number(found)} {line.currency if with_currency else ''}".strip(), is_strong=True),),
                (words_run(line.title, self.language),),
            ])
            for line in self.lines if (found := number(line))
        )  # fmt: skip

    def partner_name(self, line: PlanLine) -> Line:
        return (words_run(line.partner_name, self.language),) if line.partner_name else ()

    def area_name(self, line: PlanLine) -> Line:
        return (Run(self.words.label("areas", line.area)),) if line.area else ()

    def _what(self, line: PlanLine) -> Line:
        parts: list[Line] = [(words_run(line.title, self.language, is_strong=True),)]
        if name := self.partner_name(line):
            parts.append(name)
        origin = Run(self.words.say(ORIGINS.get(line.origin, line.origin)), is_quiet=True)
        parts.append((origin, *self.notes.marks(self._evidence(line))))
        if line.is_late:
            parts.append((Run(self.words.say("added after the approval"), is_quiet=True),))
        return joined(parts)

    def _evidence(self, line: PlanLine) -> Sequence[Footnote]:
        """What says that the line has a ground: of the activity, promise or beginning that it was proposed from."""
        if line.origin == "jubilee" and line.partner in self.partners:
            return self.partners[line.partner].since.footnotes[:1]
        return self._grounds.get(line.origin_key, ())

    @cached_property
    def _grounds(self) -> dict[str, Sequence[Footnote]]:
        """The first note of each record that a line may have been proposed from, by its key."""
        found: dict[str, Sequence[Footnote]] = {one.key: one.footnotes[:1] for one in self.edition.activities}
        for partner in self.edition.partners:
            found |= {one.key: one.footnotes[:1] for one in partner.commitments}
            found |= {one.key: one.footnotes[:1] for one in partner.agreements}
        return found

    def _people(self, line: PlanLine) -> str:
        counts = (line.people_out, line.people_in)
        return " / ".join("—" if one is None else self.words.number(one) for one in counts) if any(counts) else "—"

    def _money(self, line: PlanLine) -> str:
        return f"{self.words.number(line.cost)} {line.currency}" if line.cost else "—"

    def _figure(self, name: str, value: str, to: str, rule: str) -> tuple[Line, ...]:
        is_empty = value.startswith("0")
        return (
            (Run(self.words.say(name)),),
            (Run(value, is_strong=True, to="" if is_empty else to),),
            (Run(self.words.say(rule), is_quiet=True),),
        )

    def _sum(self, name: str, lines: Iterable[PlanLine] | None = None) -> int:
        return sum(getattr(line, name) or 0 for line in (self.lines if lines is None else lines))


def plan(edition: Edition, year: int, words: Words) -> Document:
    """The plan for one year, as it stood at the edition's moment."""
    made = Plan(edition, year, words)
    sections = [
        Section(words.say("Figures"), (), made.figures(), key="figures"),
        Section(words.say("Lines of the plan"), (), made.table(), key="lines"),
        Section(words.say("By partner"), (), made.by(words.say("Partner"), made.partner_name), key="partners"),
        Section(words.say("By area"), (), made.by(words.say("Area"), made.area_name), key="areas"),
        Section(words.say("People to send"), made.with_number(lambda one: one.people_out), key="sent"),
        Section(words.say("People to receive"), made.with_number(lambda one: one.people_in), key="received"),
        Section(words.say("Money planned"), made.with_number(lambda one: one.cost, with_currency=True), key="money"),
    ]  # fmt: skip
    today = words.date(edition.at.date().isoformat())
    return Document(
        edition.language,
        words.say("Twin towns and partners: plan for {year}", year=year),
        edition.home.name.text,
        edition.office.name.text,
        (),
        ((words.say("As known on"), (Run(today),)),),
        tuple(section for section in sections if section.lines or section.table),
        words.say("Sources"),
        made.notes.lines,
        (),
        footer=f"{edition.home.name.text} · {year}",
    )


def money_of(lines: Iterable[PlanLine]) -> tuple[tuple[str, float], ...]:
    """The money of some lines by currency."""
    return by_currency((line.currency, line.cost) for line in lines)
