"""Entry by hand: a fact of a tie, an addition to a record, a new partner, the office's own city.

Who may enter states it at once; a clerk's entry waits as a proposal for who decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from twinbook.register.desk import words
from twinbook.register.desk.additions import ADDITIONS
from twinbook.register.desk.doors import needs
from twinbook.register.desk.entries import ENTRIES, HomeForm, PartnerEntry
from twinbook.register.desk.entry_form import Around, Entry
from twinbook.register.desk.views.records import offered_readings
from twinbook.register.queries import records, scans
from twinbook.register.queries.rights import may
from twinbook.register.queries.values import Shown
from twinbook.register.workflow import capture, entries
from twinbook.register.workflow import enter as entering
from twinbook.register.workflow.enter import Given
from twinbook.register.workflow.entries import Fact
from twinbook.register.workflow.errors import RefusedError
from twinbook.register.workflow.scans import keep_scan

METHODS = ["GET", "HEAD", "POST"]


@needs("capture")
@require_http_methods(METHODS)
def fact(request: HttpRequest, kind: str) -> HttpResponse:
    """A fact about a tie, with how the officer knows it."""
    dossier = records.dossier(request.GET.get("tie", ""))
    if kind not in ENTRIES or dossier is None:
        raise Http404
    form = ENTRIES[kind](_language(), Around.of(dossier), *_sent(request))
    if answer := _done(request, form, lambda: redirect("desk:dossier", dossier.tie.id)):
        return answer
    context = {"form": form, "kind": kind, "kinds": list(ENTRIES), "dossier": dossier, "waits": _waits(request)}
    return render(request, "desk/enter.html", context, status=422 if form.is_bound else 200)


@needs("capture")
@require_http_methods(METHODS)
def addition(request: HttpRequest, record: str, kind: str) -> HttpResponse:
    """Something added to a record: a name, a post, a form of address, a scan."""
    shown = records.record(record)
    offered = ADDITIONS.get(shown.kind, {}) if shown else {}
    if shown is None or kind not in offered:
        raise Http404
    label, form_class = offered[kind]
    form = form_class(_language(), _around(shown), *_sent(request))
    form.about = shown
    if answer := _done(request, form, lambda: redirect("desk:record", shown.id)):
        return answer
    context = {"form": form, "shown": shown, "label": label, "waits": _waits(request)}
    context["readings"] = offered_readings(shown) if kind == "name" else ()
    return render(request, "desk/add_to_record.html", context, status=422 if form.is_bound else 200)


def _around(shown: Shown) -> Around:
    """What stands around a record: its tie's dossier, else our own city alone."""
    asked = shown.id if shown.kind == "place" else getattr(getattr(shown, "tie", None), "id", "")
    posts = [post.of.id for post in getattr(shown, "posts", ()) if post.of and post.of.kind == "place"]
    places = [place.id for place in getattr(shown, "places", ())]
    for one in (asked, *posts, *places):
        dossier = records.dossier(one) if one else None
        if dossier:
            return Around.of(dossier)
    home = records.home()
    return Around(home=home.thing if home else None)


def _sent(request: HttpRequest) -> tuple[object, object]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _waits(request: HttpRequest) -> bool:
    """Whether what this user enters waits for somebody else's decision."""
    return not may(request.user, "enter")


def _done(request: HttpRequest, form: Entry, on: Callable[[], HttpResponse]) -> HttpResponse | None:
    """Enter or propose what a valid form says; None where it was not sent, or was refused."""
    sources: list[str] = []
    if not (form.is_bound and form.is_valid() and _try(form, lambda now: sources.append(_take(request, form, now)))):
        return None
    if _waits(request):
        messages.success(request, _("Written down. It waits for an officer to decide."))
        return redirect("desk:review", sources[0])
    messages.success(request, _("Entered, with your words as its source."))
    return on()


def _take(request: HttpRequest, form: Entry, now: datetime) -> str:
    """The entry as facts, entered or proposed; returns the id of its source."""
    facts = [*_with_scan(request, form, form.facts(), now)]
    source = _source(request, form, now, kind="entry" if _waits(request) else "note")
    if _waits(request):
        entries.propose_facts(facts, source=source, by=request.user, at=now)
    else:
        entries.enter_facts(facts, source=source, by=request.user, at=now)
    return source


def _with_scan(request: HttpRequest, form: Entry, facts: Sequence[Fact], now: datetime) -> Sequence[Fact]:
    """The facts, the first with the scan that came with the form."""
    upload = form.cleaned_data.get("scan")
    if not upload:
        return facts
    name = form.cleaned_data["scan_name"] or upload.name
    kept = keep_scan(upload.read(), name, by=request.user, at=now)
    file = Given("files", kept.source, qualifiers={"name": kept.name})
    return [Fact(facts[0].kind, (*facts[0].given, file), facts[0].about), *facts[1:]]


def _source(request: HttpRequest, form: Entry, now: datetime, *, kind: str = "note") -> str:
    """The officer's own words, kept as the source of what was entered."""
    data = form.cleaned_data
    title = _("Note by %(name)s") % {"name": request.user.get_full_name() or request.user.get_username()}
    captured = capture.capture_text(
        data["knows"], by=request.user, at=now, title=title, language=data["text_language"], kind=kind
    )
    return captured.source


@needs("read")
@require_safe
def scan(request: HttpRequest, source: str) -> HttpResponse:
    """A kept scan, to be saved: never opened as a page of the desk's own."""
    kept = scans.scan(source)
    if kept is None:
        raise Http404
    answer = HttpResponse(kept.raw, content_type=kept.media)
    answer["Content-Disposition"] = kept.disposition
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@needs("enter")
@require_http_methods(METHODS)
def partner(request: HttpRequest) -> HttpResponse:
    """A new partner with its tie to our city."""
    home = records.home()
    if home is None:
        return redirect("desk:set-up")
    form = PartnerEntry(_language(), None, *_sent(request))
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
        form.add_error("scan" if error.code.startswith("scan-") else None, words.refusal(error))
        return False
    return True


def _language() -> str:
    return translation.get_language() or "en"
