"""The first draft of a report: what the programme and accepted sources say, for the officer to finish."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils import translation
from django.utils.translation import gettext as _

from twinbook.register.desk import visit_words
from twinbook.register.queries.visits import VisitFile
from twinbook.vocabulary.date_words import edtf_words


def draft_report(file: VisitFile) -> str:
    """The draft in our language of the file: heads, purpose, the guests' programme, what sources say, what is open."""
    language = file.languages[0] if file.languages else "en"
    with translation.override(language):
        return "\n".join(_lines(file, language)).strip() + "\n"


def _lines(file: VisitFile, language: str) -> Iterator[str]:
    line = file.line
    yield _words(line.title, language)
    yield visit_words.days(line.first_day, line.last_day, language)
    if file.body:
        yield _("Delegation: %(body)s") % {"body": file.body}
    if line.guests or line.ours:
        counts = {"guests": visit_words.people(line.guests), "ours": visit_words.people(line.ours)}
        yield _("Guests: %(guests)s; of our city: %(ours)s") % counts
    for name, words in ((_("Purpose"), file.purpose), (_("Topics"), file.topics)):
        if told := _words(words, language):
            yield f"{name}: {told}"
    yield from _programme(file, language)
    if file.heard:
        yield from ("", _("What sources say"))
        yield from (f"– «{one.quote}» ({one.source_title})" for one in file.heard)
    yield from ("", _("What was agreed"), "– ")


def _programme(file: VisitFile, language: str) -> Iterator[str]:
    day = None
    if file.guest_hours:
        yield from ("", _("Programme"))
    for hour in file.guest_hours:
        if hour.day != day:
            day = hour.day
            yield edtf_words(day.isoformat(), language)
        parts = (visit_words.hours(hour.begins, hour.ends), _words(hour.what, language))
        place = _words(hour.place, language)
        yield "– " + " ".join(part for part in parts if part) + (f" ({place})" if place else "")


def _words(words: Mapping[str, str], language: str) -> str:
    return words.get(language) or next(iter(words.values()), "")
