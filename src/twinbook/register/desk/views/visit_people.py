"""Participants of visits: for those who need to know; what is due to go; one person's data."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from twinbook.register.desk import words
from twinbook.register.desk.doors import needs
from twinbook.register.desk.visit_forms import PersonForm
from twinbook.register.queries.visit_people import Person, due, who_knows
from twinbook.register.queries.visits import VisitFile, visit_file
from twinbook.register.workflow import visit_people as acts
from twinbook.register.workflow.errors import NotFoundError, RefusedError
from twinbook.register.workflow.permission import NotAllowedError

METHODS = ["GET", "HEAD", "POST"]
PLAIN = {"withdraw": acts.withdraw_consent, "take-off": acts.take_off}


@needs("sensitive")
@require_http_methods(METHODS)
def people(request: HttpRequest, visit: str) -> HttpResponse:
    """The list of one visit, opened and written down; a POST adds, changes or takes somebody off it."""
    file = visit_file(visit, timezone.localdate())
    if file is None:
        raise Http404
    form = None
    try:
        if request.method == "POST" and (act := PLAIN.get(request.POST.get("act", ""))):
            act(visit, request.POST.get("item", ""), by=request.user, at=timezone.now())
            return redirect("visits:visit-people", visit)
        if request.method == "POST":
            form = PersonForm(file, data=request.POST)
            if form.is_valid() and _saved(form, file, request):
                return redirect("visits:visit-people", visit)
        seen = acts.see_people(visit, by=request.user, at=timezone.now())
    except NotFoundError:
        return redirect("visits:visit-people", visit)
    except RefusedError as error:
        return refused(request, words.refusal(error), visit)
    return _page(request, file, seen, form)


def _saved(form: PersonForm, file: VisitFile, request: HttpRequest) -> bool:
    try:
        form.save(file, by=request.user, at=timezone.now())
    except NotAllowedError:
        raise
    except RefusedError as error:
        form.add_error(None, words.refusal(error))
        return False
    return True


def _page(request: HttpRequest, file: VisitFile, seen: tuple[Person, ...], form: PersonForm | None) -> HttpResponse:
    chosen = next((one for one in seen if one.id == request.GET.get("person") and not one.deleted_at), None)
    context = {
        "file": file,
        "people": seen,
        "form": form or PersonForm(file, person=chosen),
        "is_editing": form is not None or chosen is not None,
    }
    return render(request, "desk/visit_people.html", context, status=422 if form else 200)


def refused(request: HttpRequest, sentence: str, visit: str = "") -> HttpResponse:
    """Why the participants are not shown, and who could help."""
    if visit and (names := [user.get_full_name() or user.get_username() for user in who_knows(visit)]):
        sentence = f"{sentence} " + _("Those who know them: %(names)s.") % {"names": ", ".join(names)}
    context: dict[str, Any] = {"title": _("Not allowed"), "sentence": sentence}
    return render(request, "desk/error.html", context, status=403)


@needs("terms")
@require_http_methods(METHODS)
def terms(request: HttpRequest) -> HttpResponse:
    """What is due to be deleted today; a POST deletes it and tells what went."""
    today = timezone.localdate()
    if request.method == "POST":
        gone = acts.delete_due(today, by=request.user, at=timezone.now())
        number = sum(one.people for one in gone)
        messages.success(
            request, _("Deleted: the data of %(number)s participants. Head counts stay.") % {"number": number}
        )
        return redirect("visits:visit-terms")
    return render(request, "desk/visit_terms.html", {"due": due(today), "today": today})


@needs("erase")
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Where the visit files keep a person, asked by exact name or document."""
    asked = request.GET.get("text", "").strip()[:300]
    found = acts.find_people(asked, by=request.user, at=timezone.now()) if asked else ()
    return render(request, "desk/visit_find.html", {"asked": asked, "found": found})


@needs("erase")
@require_GET
def given_out(request: HttpRequest, person: str) -> HttpResponse:
    """One participant's data as JSON, to hand over."""
    try:
        data = acts.give_out(person, by=request.user, at=timezone.now())
    except NotFoundError:
        raise Http404 from None
    heads = {"Content-Disposition": f'attachment; filename="participant-{person}.json"'}
    body = json.dumps(data, ensure_ascii=False, indent=1).encode()
    return HttpResponse(body, content_type="application/json", headers=heads)


@needs("erase")
@require_POST
def erase(request: HttpRequest, person: str) -> HttpResponse:
    """Erase one participant's data on request."""
    try:
        acts.erase_person(person, by=request.user, at=timezone.now())
    except NotFoundError:
        raise Http404 from None
    messages.success(request, _("The data is erased; the head count stays, and the access log says when."))
    return redirect("visits:visit-find")
