"""Promises: all of them by state, and what became of one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from twinbook.register.desk import words
from twinbook.register.desk.doors import needs
from twinbook.register.desk.forms import PromiseForm
from twinbook.register.queries import records
from twinbook.register.queries.promises import with_proofs
from twinbook.register.workflow import promise
from twinbook.register.workflow.errors import RefusedError

A_PAGE, LONGEST_NUMBER = 50, 7
STATES = ("open", "kept", "overtaken", "dropped")


@needs("read")
@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """The promises of one state, those that are due first, fifty at a time."""
    state = request.GET.get("state", "open")
    state = state if state in STATES else "open"
    asked = request.GET.get("from", "")
    offset = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < LONGEST_NUMBER else 0
    found = records.commitments(state=state, limit=A_PAGE + 1, offset=offset)
    lines = with_proofs(found[:A_PAGE])
    today = timezone.localdate()
    late = {line.id for line in lines if line.due and line.due.last and line.due.last < today and line.state == "open"}
    context = {
        "lines": lines,
        "late": late,
        "state": state,
        "states": STATES,
        "before": max(0, offset - A_PAGE) if offset else None,
        "after": offset + A_PAGE if len(found) > A_PAGE else 0,
    }
    return render(request, "desk/promises.html", context)


@needs("decide")
@require_POST
def settle(request: HttpRequest, record: str) -> HttpResponse:
    """Keep (with the record that proves it), drop or overtake a promise."""
    act, reason = request.POST.get("act", ""), request.POST.get("reason", "")[:500]
    common = {"by": request.user, "at": timezone.now(), "reason": reason}
    acts = {
        "keep": lambda: promise.keep(record, proof=request.POST.get("proof", ""), **common),
        "drop": lambda: promise.drop(record, **common),
        "overtake": lambda: promise.overtake(record, **common),
    }
    if act not in acts:
        raise Http404
    try:
        acts[act]()
    except RefusedError as error:
        messages.error(request, words.refusal(error))
    else:
        messages.success(request, _("The promise is settled; the decision can be undone."))
    return redirect(words.safe_next(request) or reverse("desk:record", args=[record]))


@needs("decide")
@require_POST
def make(request: HttpRequest, record: str) -> HttpResponse:
    """Write down a promise that came out of an accepted activity."""
    form = PromiseForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return redirect("desk:record", record)
    data = form.cleaned_data
    try:
        made = promise.promise(
            record, what=data["what"], language=translation.get_language() or "en", by=request.user, at=timezone.now(),
            owner=data["owner"], due=data["due"],
        )  # fmt: skip
    except RefusedError as error:
        messages.error(request, words.refusal(error))
        return redirect("desk:record", record)
    messages.success(request, _("The promise is written down."))
    return redirect("desk:record", made.record)
