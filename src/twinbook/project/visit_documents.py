"""The papers of one visit as documents in one or two languages: each word of a label, date and sum in both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from babel import Locale
from django.utils import translation

from twinbook.publishing.rendering.paper import Document, Line, Run, Section, Table
from twinbook.register.desk import visit_words
from twinbook.register.desk.visit_paper_words import DELEGATION, PAPERS, SAYS
from twinbook.register.desk.visit_report import draft_report
from twinbook.register.queries.visit_people import SIDES, Person
from twinbook.register.queries.visits import Cost, Hour, JournalLine, VisitFile
from twinbook.vocabulary.date_words import edtf_words

BETWEEN = " / "
SIGNATURE = "_" * 36
Spoken = Callable[[str], str]  # what is said in a language


@dataclass(frozen=True)
class Two:
    """The one or two languages of a paper, the first leading."""

    languages: tuple[str, ...]

    @property
    def first(self) -> str:
        return self.languages[0]

    def each(self, spoken: Spoken) -> list[tuple[str, str]]:
        """(language, words), without the second where it says the same."""
        told: list[tuple[str, str]] = []
        for language in self.languages:
            with translation.override(language):
                words = spoken(language)
            if words and words not in [one for _, one in told]:
                told.append((language, words))
        return told

    def text(self, spoken: Spoken, between: str = BETWEEN) -> str:
        return between.join(words for _, words in self.each(spoken))

    def say(self, key: str) -> str:
        """A label in both languages."""
        return self.text(lambda _language: str(SAYS[key]))

    def line(self, spoken: Spoken, between: str = "\n", *, is_strong: bool = False) -> Line:
        """The words in both languages, each marked with its own; one under the other."""
        runs: list[Run] = []
        for language, words in self.each(spoken):
            runs += [Run(between)] if runs else []
            runs.append(Run(words, "" if language == self.first else language, is_strong=is_strong))
        return tuple(runs)

    def words(self, words: Mapping[str, str], between: str = "\n", *, is_strong: bool = False) -> Line:
        """What the file says by language; in another language where a paper's languages have none."""
        if not any(words.get(language) for language in self.languages):
            tag, text = next(iter(words.items()), ("", ""))
            return (Run(text, tag, is_strong=is_strong),) if text else ()
        return self.line(lambda language: words.get(language, ""), between, is_strong=is_strong)

    def day(self, day: date) -> str:
        return self.text(lambda language: edtf_words(day.isoformat(), language))


def documents(file: VisitFile, journal: JournalLine | None) -> Mapping[str, Callable[[Two], Document]]:
    """Each paper that the file can give, by its code."""
    made: dict[str, Callable[[Two], Document]] = {
        "programme": lambda two: _programme(file, two, is_working=False),
        "working": lambda two: _programme(file, two, is_working=True),
        "order": lambda two: _order(file, two),
        "estimate": lambda two: _estimate(file, two),
        "report": lambda two: _report(file, two),
    }
    if journal is not None:
        made["journal"] = lambda two: _journal(journal, file, two)
    return made


def head(
    file: VisitFile, two: Two, code: str, sections: Sequence[Section], facts: Sequence[tuple[str, Line]]
) -> Document:
    """A paper with its title and what stands at the foot of all of them."""
    return bare(file, two, two.text(lambda _language: str(PAPERS[code])), sections, facts)


def bare(
    file: VisitFile, two: Two, kicker: str, sections: Sequence[Section], facts: Sequence[tuple[str, Line]]
) -> Document:
    """The same with a heading of its own."""
    names = two.each(lambda language: file.line.title.get(language, ""))
    names = names or [(two.first, next(iter(file.line.title.values()), ""))]
    return Document(
        language=two.first,
        title=names[0][1],
        names=tuple(Run(words, language) for language, words in names[1:]),
        kicker=kicker,
        facts=tuple((label, line) for label, line in facts if line),
        sections=tuple(sections),
        colophon=((Run(two.say("inside"), is_quiet=True),),),
        footer=kicker,
    )


def _plain(text: str) -> Line:
    return (Run(text),) if text else ()


def _days(file: VisitFile, two: Two) -> Line:
    return two.line(lambda language: visit_words.days(file.line.first_day, file.line.last_day, language), BETWEEN)


def _basics(file: VisitFile, two: Two) -> Iterator[tuple[str, Line]]:
    yield two.say("days"), _days(file, two)
    yield two.say("body"), _plain(file.body)
    yield two.say("purpose"), two.words(file.purpose)


def _programme(file: VisitFile, two: Two, *, is_working: bool) -> Document:
    hours = file.hours if is_working else file.guest_hours
    sections = [
        Section(two.day(day), table=_day_table(list(of_day), two, is_working=is_working))
        for day, of_day in groupby(hours, key=lambda hour: hour.day)
    ]
    facts = [*_basics(file, two), (two.say("responsible"), _plain(file.responsible))]
    return head(file, two, "working" if is_working else "programme", sections, facts)


def _day_table(hours: list[Hour], two: Two, *, is_working: bool) -> Table:
    columns = ["time", "what", "place", *(["work"] if is_working else [])]
    rows = tuple(
        (
            _plain(visit_words.hours(hour.begins, hour.ends)),
            two.words(hour.what),
            two.words(hour.place),
            *((_plain(hour.work),) if is_working else ()),
        )
        for hour in hours
    )
    return Table(tuple(two.say(name) for name in columns), rows, (2, 4, 3, 3) if is_working else (2, 5, 4))


def _order(file: VisitFile, two: Two) -> Document:
    """The order as offices write it: who comes or goes, why, who answers, who does what, what each thing costs."""
    line = file.line
    number = line.guests if line.direction == "incoming" else line.ours
    verb = "receive" if line.direction == "incoming" else "send"
    body = file.body or two.text(lambda language: line.title.get(language, ""))

    def opening(language: str) -> str:
        days = visit_words.days(line.first_day, line.last_day, language)
        return str(SAYS[verb]) % {"body": body, "days": days, "people": visit_words.people(number)}

    def purpose(language: str) -> str:
        told = file.purpose.get(language) or next(iter(file.purpose.values()), "")
        return str(SAYS["purpose-is"]) % {"purpose": told.rstrip(".。")} if told else ""

    def money(language: str) -> str:
        return str(SAYS["money"]) % {"sum": visit_words.money(file.total, file.currency, language)}

    clauses: list[Spoken] = [lambda language: " ".join(part for part in (opening(language), purpose(language)) if part)]
    if file.responsible:
        clauses.append(lambda _language: str(SAYS["responsible-is"]) % {"name": file.responsible})
    if file.costs:
        clauses.append(money)
    clauses.append(lambda _language: str(SAYS["control"]))
    if file.tasks:
        clauses.append(lambda _language: str(SAYS["tasks"]))
    numbered = [(Run(f"{n}. "), *two.line(clause)) for n, clause in enumerate(clauses, 1)]
    tasks = tuple(
        (_plain(task.department), _plain(task.what), _plain(two.day(task.due) if task.due else ""))
        for task in file.tasks
    )
    heads = (two.say("department"), two.say("task"), two.say("due"))
    title = two.text(lambda _language: str(SAYS[f"order-{line.direction}"]))
    sections = [
        Section(title, lead=tuple(numbered), table=Table(heads, tasks, (2, 3, 0)) if tasks else None),
        *([_costs(file, two)] if file.costs else []),
        Section(two.say("signature"), lead=(_plain(SIGNATURE),)),
    ]
    return head(file, two, "order", sections, ())


def _costs(file: VisitFile, two: Two) -> Section:
    """The estimate's lines with their sum; what is over the norms stands before them."""

    def sum_of(cost: Cost) -> Line:
        return two.line(lambda language: visit_words.money(cost.total, file.currency, language), BETWEEN)

    def rate(cost: Cost) -> Line:
        return two.line(lambda language: visit_words.money(cost.rate, file.currency, language), BETWEEN)

    norms = {norm.code: norm for norm in file.norms}
    rows = [
        (
            two.words(norms[cost.norm].what) if cost.norm in norms and _is_norms(cost, file) else _plain(cost.what),
            rate(cost),
            _plain(str(cost.people)),
            _plain(str(cost.times)),
            sum_of(cost),
        )
        for cost in file.costs
    ]
    total = two.line(lambda language: visit_words.money(file.total, file.currency, language), BETWEEN, is_strong=True)
    rows.append(((Run(two.say("total"), is_strong=True),), (), (), (), total))
    heads = tuple(two.say(name) for name in ("what-for", "rate", "people", "times", "sum"))
    lead = [two.line(lambda language: _over(file, language), BETWEEN)] if file.over else []
    return Section(
        two.text(lambda _l: str(PAPERS["estimate"])),
        lead=tuple(lead),
        table=Table(heads, tuple(rows), (3, 2, 1, 1, 2)),
    )


def _estimate(file: VisitFile, two: Two) -> Document:
    facts = [
        *_basics(file, two),
        (two.say("guests"), _plain(str(file.line.guests))),
        (two.say("rules"), _plain(file.rules_name)),
    ]
    return head(file, two, "estimate", [_costs(file, two)], facts)


def _over(file: VisitFile, language: str) -> str:
    return str(SAYS["over"]) % {"sum": visit_words.money(file.over, file.currency, language)}


def _is_norms(cost: Cost, file: VisitFile) -> bool:
    """Whether a line is called as its norm is, so that both languages know it."""
    return any(cost.what in norm.what.values() for norm in file.norms if norm.code == cost.norm)


def _journal(line: JournalLine, file: VisitFile, two: Two) -> Document:
    """The eight columns of the journal (federal form 20) as rows, so that each fits a sheet."""
    country = two.text(lambda language: str(Locale.parse(language).territories.get(line.country, "")))
    told = two.line(lambda _language: str(SAYS["report-exists" if line.has_report else "report-not"]), BETWEEN)
    columns: list[tuple[str, Line]] = [
        ("number", _plain(f"{line.number} ({line.first_day.year})")),
        ("when-where", (*_days(file, two), *((Run("\n" + line.place),) if line.place else ()))),
        ("guest", _plain("\n".join(part for part in (line.guest, country) if part))),
        ("purpose", two.words(line.purpose)),
        ("said", _plain(line.said)),
        ("own-staff", _plain(line.own_staff)),
        ("permitted", _plain(line.permitted_by)),
        ("report-sent", (*told, *((Run("\n" + line.sent_to),) if line.sent_to else ()))),
    ]
    rows = tuple((_plain(str(n)), _plain(two.say(key)), value) for n, (key, value) in enumerate(columns, 1))
    heads = (two.say("number"), two.say("column"), two.say("entry"))
    heading = two.text(lambda _language: str(PAPERS["journal"]))
    return head(file, two, "journal", [Section(heading, table=Table(heads, rows, (0, 2, 4)))], ())


def _report(file: VisitFile, two: Two) -> Document:
    text = file.report or draft_report(file)
    paragraphs = tuple(_plain(part) for part in text.split("\n") if part.strip())
    if not file.report:
        paragraphs = ((Run(two.say("draft"), is_quiet=True),), *paragraphs)
    facts = [
        *_basics(file, two),
        (two.say("guests"), _plain(str(file.line.guests))),
        (two.say("ours"), _plain(str(file.line.ours))),
        (two.say("responsible"), _plain(file.responsible)),
        (two.say("report-sent"), _plain(file.sent_to)),
    ]
    heading = two.text(lambda _language: str(PAPERS["report"]))
    sections = [Section(heading, lead=paragraphs), Section(two.say("signature"), lead=(_plain(SIGNATURE),))]
    return head(file, two, "report", sections, facts)


def delegation_list(file: VisitFile, two: Two, people: Sequence[Person]) -> Document:
    """Names and posts of each side in the languages of the file; nothing that needs a consent stands in it."""
    sections = []
    for side in SIDES:
        listed = [one for one in people if one.side == side and one.name]
        rows = tuple(
            (
                _plain(str(number)),
                _pair(file, two, one.name, one.other_name),
                _pair(file, two, one.post, one.other_post),
            )
            for number, one in enumerate(listed, 1)
        )
        heads = (two.say("number"), two.say("name"), two.say("post"))
        if rows:
            sections.append(Section(two.say(f"side-{side}"), table=Table(heads, rows, (1, 5, 5))))
    return bare(file, two, two.text(lambda _language: str(DELEGATION)), sections, [*_basics(file, two)])


def _pair(file: VisitFile, two: Two, first: str, second: str) -> Line:
    """What stands in the file's two languages, those of the paper; all of it where the paper speaks others."""
    told = dict(zip(file.languages, (first, second), strict=False))
    return two.words({language: words for language, words in told.items() if words})
