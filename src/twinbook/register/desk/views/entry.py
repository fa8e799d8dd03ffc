"""Entry by hand: a fact of a tie, a new partner, the office's own city."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from twinbook.register.desk import words
from twinbook.register.desk.doors import needs
from twinbook.register.desk.entries import ENTRIES, Entry, HomeForm, PartnerEntry, PersonEntry, PromiseEntry
from twinbook.register.queries import records
from twinbook.register.queries.records import Dossier
from twinbook.register.workflow import capture
from twinbook.register.workflow import enter as entering
from twinbook.register.workflow.enter import Given
from twinbook.register.workflow.errors import RefusedError

METHODS = ["GET", "HEAD", "POST"]


@needs("enter")
@require_http_methods(METHODS)
def fact(request: HttpRequest, kind: str) -> HttpResponse:
    """A fact about a tie, with how the officer knows it."""
    dossier = records.dossier(request.GET.get("tie", ""))
    if kind not in ENTRIES or dossier is None:
        raise Http404
    form = ENTRIES[kind](_language(), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _try(form, lambda now: _enter_fact(request, form, dossier, now)):
        messages.success(request, _("Entered, with your words as its source."))
        return redirect("desk:dossier", dossier.tie.id)
    context = {"form": form, "kind": kind, "kinds": list(ENTRIES), "dossier": dossier}
    return render(request, "desk/enter.html", context, status=422 if form.is_bound else 200)


def _enter_fact(request: HttpRequest, form: Entry, dossier: Dossier, now: datetime) -> None:
    source = _source(request, form, now)
    given = [*form.given(), *_joins(form.record_kind, dossier)]
    if isinstance(form, PromiseEntry):
        given += [Given("side", side) for side in [_side(form, dossier)] if side]
    made = entering.enter(form.record_kind, given, source=source, by=request.user, at=now)
    if isinstance(form, PersonEntry) and (post := form.holding()):
        joined = [*post, Given("person", made.record), Given("of", _side(form, dossier) or dossier.partner.id)]
        entering.enter("holding", joined, source=source, by=request.user, at=now)


def _side(form: Entry, dossier: Dossier) -> str:
    """The id of the place that the form's person or promise belongs to; empty where our city has no record."""
    if form.cleaned_data["of_partner"]:
        return dossier.partner.id
    return dossier.home.id if dossier.home else ""


def _joins(kind: str, dossier: Dossier) -> list[Given]:
    """What makes a new record belong to the dossier."""
    home = [dossier.home.id] if dossier.home else []
    if kind == "activity":
        return [Given("places", place) for place in (*home, dossier.partner.id)]
    if kind == "landmark":
        return [*(Given("place", place) for place in home), Given("partner", dossier.partner.id)]
    return [Given("tie", dossier.tie.id)] if kind in ("step", "commitment") else []


def _source(request: HttpRequest, form: Entry, now: datetime) -> str:
    """The officer's own words, kept as the source of what was entered."""
    data = form.cleaned_data
    title = _("Note by %(name)s") % {"name": request.user.get_full_name() or request.user.get_username()}
    captured = capture.capture_text(
        data["knows"], by=request.user, at=now, title=title, language=data["text_language"], kind="note"
    )
    return captured.source


@needs("enter")
@require_http_methods(METHODS)
def partner(request: HttpRequest) -> HttpResponse:
    """A new partner with its tie to our city."""
    home = records.home()
    if home is None:
        return redirect("desk:set-up")
    form = PartnerEntry(_language(), request.POST if request.method == "POST" else None)
    made: list[str] = []
    if (
        form.is_bound
        and form.is_valid()
        and _try(form, lambda now: made.append(_enter_partner(request, form, home.id, now)))
    ):
        return redirect("desk:dossier", made[0])
    return render(request, "desk/new_partner.html", {"form": form}, status=422 if form.is_bound else 200)


def _enter_partner(request: HttpRequest, form: PartnerEntry, home: str, now: datetime) -> str:
    data, source = form.cleaned_data, _source(request, form, now)
    place = entering.find_or_make_place(
        data["name"], language=data["text_language"], country=data["country"], by=request.user, at=now
    )
    given = [*form.given(), Given("places", home), Given("places", place)]
    return entering.enter("tie", given, source=source, by=request.user, at=now).record


@needs("enter")
@require_http_methods(METHODS)
def set_up(request: HttpRequest) -> HttpResponse:
    """The first page of a new register: whose it is."""
    form = HomeForm(_language(), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if _try(
            form,
            lambda now: entering.set_home(
                data["name"], language=data["text_language"], country=data["country"], by=request.user, at=now
            ),
        ):
            return redirect("desk:today")
    return render(request, "desk/set_up.html", {"form": form}, status=422 if form.is_bound else 200)


def _try(form: Entry | HomeForm, act: Callable[[datetime], object]) -> bool:
    """Do it; a refusal becomes the form's own error, and its words stay."""
    try:
        act(timezone.now())
    except RefusedError as error:
        form.add_error(None, words.refusal(error))
        return False
    return True


def _language() -> str:
    return translation.get_language() or "en"
