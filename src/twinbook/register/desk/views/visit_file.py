"""One visit file on a page, and each act that changes it; its participants have a page of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from twinbook.register.desk import words
from twinbook.register.desk.doors import needs
from twinbook.register.desk.visit_forms import BasicsForm, CostForm, HourForm, JournalForm, ReportForm, TaskForm
from twinbook.register.desk.visit_paper_words import PAPERS
from twinbook.register.desk.visit_report import draft_report
from twinbook.register.queries import visit_people as people
from twinbook.register.queries.rights import may
from twinbook.register.queries.visits import VisitFile, journal_line, visit_file
from twinbook.register.workflow import visit as acts
from twinbook.register.workflow import visit_people
from twinbook.register.workflow.errors import RefusedError

FORMS: dict[str, Any] = {
    "basics": BasicsForm,
    "hour": HourForm,
    "task": TaskForm,
    "cost": CostForm,
    "journal": JournalForm,
    "report": ReportForm,
}
STATES: dict[str, Callable[..., None]] = {
    "close": acts.close_visit,
    "cancel": acts.cancel_visit,
    "open": acts.open_again,
}


@needs("read", post="plan")
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest, visit: str) -> HttpResponse:
    """The whole file; a POST does one act. `?hour=` opens an entry to change, `?draft=1` a first report."""
    file = _found(visit)
    forms = {name: kind(file) for name, kind in FORMS.items()}
    opened = ""
    if request.method == "POST":
        opened = request.POST.get("act", "")
        if opened in PLAIN:
            return _plain(request, file, opened)
        if opened not in FORMS:
            raise Http404
        forms[opened] = FORMS[opened](file, data=request.POST)
        if forms[opened].is_valid() and _tried(forms[opened], file, request):
            return redirect(f"{reverse('visits:visit', args=[visit])}#{opened}")
    else:
        opened = _opened(request, file, forms)
    context = _context(file, request.user) | {"forms": forms, "opened": opened}
    return render(request, "desk/visit.html", context, status=422 if request.method == "POST" else 200)


def _opened(request: HttpRequest, file: VisitFile, forms: dict[str, Any]) -> str:
    """The form that a link opens, filled for it."""
    hour = next((one for one in file.hours if one.id == request.GET.get("hour")), None)
    if hour is not None:
        forms["hour"] = HourForm(file, hour=hour)
        return "hour"
    if request.GET.get("draft") and not file.report:
        forms["report"] = ReportForm(file, prefilled=draft_report(file))
        return "report"
    return ""


def _context(file: VisitFile, user: Any) -> dict[str, Any]:
    journal = journal_line(file.id)
    days = [(day, list(hours)) for day, hours in groupby(file.hours, key=lambda hour: hour.day)]
    return {
        "file": file,
        "line": file.line,
        "days": days,
        "journal": journal,
        "papers": [(code, name) for code, name in PAPERS.items() if journal or code != "journal"],
        "heads": people.counts(file.id),
        "knowing": people.who_knows(file.id),
        "others": people.who_could_know(file.id) if people.knows(file.id, user) or may(user, "approve") else (),
        "sees_people": people.may_see(file.id, user),
        "says_who": people.knows(file.id, user) or may(user, "approve"),
        "today": timezone.localdate(),
        "is_open": file.line.state == "open",
    }


def _tried(form: Any, file: VisitFile, request: HttpRequest) -> bool:
    try:
        form.save(file, by=request.user, at=timezone.now())
    except RefusedError as error:
        form.add_error(None, words.refusal(error))
        return False
    return True


def _plain(request: HttpRequest, file: VisitFile, act: str) -> HttpResponse:
    """An act that needs no words: its refusal is a message."""
    where, done = PLAIN[act]
    try:
        done(file.id, request.POST, request.user, timezone.now())
    except RefusedError as error:
        messages.error(request, words.refusal(error))
    return redirect(f"{reverse('visits:visit', args=[file.id])}#{where}")


def _meet(visit: str, data: Any, by: Any, at: datetime) -> None:
    acts.meet(visit, data.get("code", ""), on=_day(data.get("on")), by=by, at=at)


def _finish(visit: str, data: Any, by: Any, at: datetime) -> None:
    acts.finish_task(visit, data.get("item", ""), on=_day(data.get("on")), by=by, at=at)


def _take_out(part: str) -> Callable[..., None]:
    return lambda visit, data, by, at: acts.take_out(visit, part, data.get("item", ""), by=by, at=at)


def _estimate(visit: str, data: Any, by: Any, at: datetime) -> None:
    acts.fill_estimate(visit, by=by, at=at)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


PLAIN: dict[str, tuple[str, Callable[..., None]]] = {
    "meet": ("deadlines", _meet),
    "finish": ("task", _finish),
    "take-hour": ("hour", _take_out("hour")),
    "take-task": ("task", _take_out("task")),
    "take-cost": ("cost", _take_out("cost")),
    "estimate": ("cost", _estimate),
    "know": (
        "delegation",
        lambda visit, data, by, at: visit_people.let_know(visit, data.get("user", ""), by=by, at=at),
    ),
    "unknow": (
        "delegation",
        lambda visit, data, by, at: visit_people.let_go(visit, data.get("user", ""), by=by, at=at),
    ),
}


@needs("decide")
@require_POST
def state(request: HttpRequest, visit: str) -> HttpResponse:
    """Close the file with its report, cancel the visit, or open the file again."""
    act = STATES.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    try:
        act(visit, by=request.user, at=timezone.now())
        messages.success(request, _("Done."))
    except RefusedError as error:
        messages.error(request, words.refusal(error))
    return redirect("visits:visit", visit)


def _found(visit: str) -> VisitFile:
    file = visit_file(visit, timezone.localdate())
    if file is None:
        raise Http404
    return file
