"""Visit files: the list, a new one from a request, the journal of receptions, the office's rules."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from twinbook.register.desk import words
from twinbook.register.desk.doors import needs
from twinbook.register.desk.visit_forms import NewVisitForm, RulesForm
from twinbook.register.queries import queue
from twinbook.register.queries.visit_rules import all_rules, kept_rules, read_rules, samples
from twinbook.register.queries.visits import journal as journal_of
from twinbook.register.queries.visits import visits as listed
from twinbook.register.queries.visits import visits_ahead, years
from twinbook.register.workflow import visit as acts
from twinbook.register.workflow import visit_rules
from twinbook.register.workflow.errors import RefusedError

METHODS = ["GET", "HEAD", "POST"]
LONGEST_REQUEST = 20_000  # characters of a page that a file is opened from


@needs("read")
@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    """Open files by what runs out first; closed and cancelled ones, the latest first."""
    state = request.GET.get("state", "open")
    state = state if state in acts.STATES else "open"
    day = timezone.localdate()
    lines = visits_ahead(day) if state == "open" else listed(day, state=state)
    context = {"lines": lines, "state": state, "states": acts.STATES, "rules": kept_rules()}
    return render(request, "desk/visits.html", context)


@needs("plan")
@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """A file for a request; `?source=` takes the words of a page of the inbox, a letter above all."""
    if kept_rules() is None:
        messages.warning(request, _("Choose the office’s rules for visits first: they set the deadlines and norms."))
        return redirect("visits:visit-rules")
    form = NewVisitForm(request.POST) if request.method == "POST" else NewVisitForm(initial=_from_source(request))
    if form.is_bound and form.is_valid():
        try:
            made = form.save(by=request.user, at=timezone.now())
            messages.success(request, _("The file is open. Its deadlines run."))
            return redirect("visits:visit", made)
        except RefusedError as error:
            form.add_error(None, words.refusal(error))
    return render(request, "desk/visit_new.html", {"form": form}, status=422 if form.is_bound else 200)


def _from_source(request: HttpRequest) -> dict[str, object]:
    found = queue.page_review(request.GET.get("source", ""))
    if found is None:
        return {}
    day = timezone.localdate(found.source.captured_at)
    return {"request": found.text.strip()[:LONGEST_REQUEST], "title_1": found.source.title[:300], "requested_on": day}


@needs("read")
@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """The journal of receptions of one year: the eight columns."""
    listed_years = years()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else timezone.localdate().year
    context = {"lines": journal_of(year), "year": year, "years": listed_years}
    return render(request, "desk/visit_journal.html", context)


@needs("read", post="decide")
@require_http_methods(METHODS)
def rules(request: HttpRequest) -> HttpResponse:
    """The rules that hold for new files: read, chosen, changed. `?sample=` opens a sample to change.

    `?held=` shows rules that held before, by their id.
    """
    held, offered = all_rules(), samples()
    kept = next(iter(held), None)
    if request.method == "POST":
        form = RulesForm(request.POST)
        if form.is_valid() and _saved(request, form):
            return redirect("visits:visit-rules")
    else:
        sample = offered.get(request.GET.get("sample", ""), "")
        form = RulesForm(initial={"text": sample or (kept.text if kept else "")})
    shown = next((one for one in held if one.id == request.GET.get("held")), kept)
    context = {
        "form": form,
        "kept": kept,
        "held": held,
        "shown": shown,
        "rules": read_rules(shown.text) if shown else None,
        "samples": [(code, read_rules(text)) for code, text in offered.items()],
        "is_editing": form.is_bound or bool(request.GET.get("sample")),
    }
    return render(request, "desk/visit_rules.html", context, status=422 if form.is_bound else 200)


def _saved(request: HttpRequest, form: RulesForm) -> bool:
    try:
        visit_rules.save_rules(form.cleaned_data["text"], by=request.user, at=timezone.now())
    except RefusedError as error:
        form.add_error("text", words.refusal(error))
        return False
    messages.success(request, _("These rules hold for files that are opened from now on; open files keep theirs."))
    return True
