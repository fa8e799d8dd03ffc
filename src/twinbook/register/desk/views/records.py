"""One record's page, what says each of its values, and the acts on single statements."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from twinbook.register.desk import list_words, words
from twinbook.register.desk.additions import ADDITIONS
from twinbook.register.desk.doors import needs
from twinbook.register.desk.forms import AmendForm, ReasonForm
from twinbook.register.queries import history, lists, records, search
from twinbook.register.queries.promises import with_proofs
from twinbook.register.queries.readings import Reading, readings
from twinbook.register.queries.values import (
    CommitmentShown,
    LandmarkShown,
    OrganisationShown,
    PersonShown,
    PlaceShown,
    Shown,
    Stated,
    Thing,
)
from twinbook.register.workflow import enter as entering
from twinbook.register.workflow import merge, prefer, withdraw
from twinbook.register.workflow.add_reading import add_reading
from twinbook.register.workflow.errors import RefusedError

OWN_PAGE = ("activity", "person", "organisation", "landmark", "commitment", "agreement", "gift", "place")
BELONGS_TO = {"step": "tie", "holding": "person"}  # shown on the page of what they belong to


@needs("read")
@require_safe
def record(request: HttpRequest, record: str) -> HttpResponse:
    """A record's page; a tie's and a partner's is the dossier, a step's the tie's."""
    found = _shown(record)
    if found.kind == "tie":
        return redirect("desk:dossier", found.id)
    if found.kind in BELONGS_TO and (owner := getattr(found, BELONGS_TO[found.kind], None)):
        return redirect("desk:record", owner.id)
    if found.kind == "place" and not found.is_home and records.dossier(found.id):
        return redirect("desk:dossier", found.id)
    if found.id != record:
        return redirect("desk:record", found.id)
    shown = with_proofs([found])[0] if isinstance(found, CommitmentShown) else found
    context = {
        "shown": shown,
        "readings": offered_readings(found),
        "additions": [(kind, label) for kind, (label, _form) in ADDITIONS.get(found.kind, {}).items()],
        "properties": _properties(found),
        "decisions": history.decisions_about(found.id),
        "proofs": _proofs(found) if isinstance(found, CommitmentShown) else (),
        "activities": lists.activities(place=found.id, limit=100) if found.kind == "place" else (),
    }
    return render(request, "desk/record.html", context)


def _proofs(promise: CommitmentShown) -> tuple[Thing, ...]:
    """What may prove an open promise: all that is on record with the partner."""
    dossier = records.dossier(promise.tie.id) if promise.tie and promise.state == "open" else None
    if dossier is None:
        return ()
    return tuple(item.thing for item in (*dossier.activities, *dossier.agreements, *dossier.landmarks))


def _properties(shown: Shown) -> list[tuple[str, list[Stated]]]:
    """The values told of a record by property, those in the user's language first."""
    language = translation.get_language() or "en"
    told = {name: [item for item in items if item.is_told] for name, items in shown.stated.items()}
    ordered = sorted((name for name in told if told[name] and name != "said"), key=_order)
    return [(name, sorted(told[name], key=lambda item: item.language not in ("", language))) for name in ordered]


def _order(name: str) -> int:
    names = list(words.PROPERTIES)
    return names.index(name) if name in names else len(names)


@needs("read")
@require_safe
def evidence(request: HttpRequest, record: str, name: str) -> HttpResponse:
    """What says a value: each statement with its quotation, source and decision; a fragment for htmx."""
    found = _shown(record)
    statements = history.statements_about(record, property=name, with_withdrawn=True)
    if not statements:
        raise Http404
    context = {
        "shown": found,
        "name": name,
        "standing": [item for item in statements if item.withdrawn_at is None],
        "withdrawn": [item for item in statements if item.withdrawn_at is not None],
    }
    return render(request, "desk/parts/evidence.html" if request.htmx else "desk/evidence.html", context)


@needs("read", post="decide")
@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: HttpRequest, record: str, statement: int) -> HttpResponse:
    """One statement: correct its value or withdraw it, each with a reason."""
    shown, item = _shown(record), _statement(record, statement)
    act = request.POST.get("act", "")
    amend_form = AmendForm(item, request.POST if act == "amend" else None, prefix="amend")
    withdraw_form = ReasonForm(request.POST if act == "withdraw" else None, prefix="withdraw")
    chosen = {"amend": amend_form, "withdraw": withdraw_form}.get(act)
    if chosen is not None and chosen.is_valid():
        try:
            _change(request, act, item, chosen.cleaned_data)
        except RefusedError as error:
            chosen.add_error(None, words.refusal(error))
        else:
            return redirect("desk:record", shown.id)
    context = {"shown": shown, "item": item, "amend_form": amend_form, "withdraw_form": withdraw_form}
    return render(request, "desk/statement.html", context, status=422 if act else 200)


def _change(request: HttpRequest, act: str, item: Stated, data: dict[str, str]) -> None:
    now = timezone.now()
    if act == "amend":
        entering.amend(item.id, data["value"], by=request.user, at=now, reason=data["reason"])
        messages.success(request, _("Corrected. The old value stays in the history."))
    else:
        withdraw.withdraw(item.id, by=request.user, at=now, reason=data["reason"])
        messages.success(request, _("Withdrawn. It stays in the history."))


@needs("decide")
@require_POST
def prefer_statement(request: HttpRequest, record: str, statement: int) -> HttpResponse:
    """Settle a contradiction; the other side stays visible."""
    item = _statement(record, statement)
    try:
        prefer.prefer(item.id, by=request.user, at=timezone.now(), reason=request.POST.get("reason", "")[:500])
    except RefusedError as error:
        messages.error(request, words.refusal(error))
    else:
        messages.success(request, _("Preferred. The other values stay visible beside it."))
    return redirect(words.safe_next(request) or reverse("desk:record", args=[record]))


@needs("decide")
@require_http_methods(["GET", "HEAD", "POST"])
def merge_record(request: HttpRequest, record: str) -> HttpResponse:
    """Join two records that are one thing: choose the other, and tell why."""
    shown = _shown(record)
    query = request.GET.get("q", "").strip()[:200]
    if request.method == "POST":
        try:
            merge.merge(
                shown.id,
                into=request.POST.get("into", ""),
                by=request.user,
                at=timezone.now(),
                reason=request.POST.get("reason", "")[:500],
            )
        except RefusedError as error:
            messages.error(request, words.refusal(error))
        else:
            messages.success(request, _("Joined. The old address still leads here; the decision can be undone."))
            return redirect("desk:record", request.POST["into"])
    hits = search.find(query, kinds=(shown.kind,), limit=20).hits if query else ()
    others = [hit.thing for hit in hits if hit.thing.id != shown.id]
    return render(request, "desk/merge.html", {"shown": shown, "query": query, "others": others})


@needs("enter")
@require_POST
def reading(request: HttpRequest, record: str) -> HttpResponse:
    """Add the computed name that the page offered in a language."""
    shown = _shown(record)
    chosen = next((one for one in offered_readings(shown) if one.language == request.POST.get("language")), None)
    if chosen is not None:
        try:
            add_reading(shown.id, shown.kind, chosen, by=request.user, at=timezone.now())
        except RefusedError as error:
            messages.error(request, words.refusal(error))
        else:
            messages.success(request, list_words.reading_added())
    return redirect(words.safe_next(request) or reverse("desk:record", args=[shown.id]))


def offered_readings(shown: Shown) -> tuple[Reading, ...]:
    """Names that rules can give this record in languages that it has no name in."""
    if isinstance(shown, PlaceShown):
        return readings(shown.names, country=shown.country)
    return readings(shown.names) if isinstance(shown, PersonShown | OrganisationShown | LandmarkShown) else ()


def _shown(record: str) -> Shown:
    found = records.record(record)
    if found is None:
        raise Http404
    return found


def _statement(record: str, statement: int) -> Stated:
    """A standing statement about this record."""
    item = history.statement(statement)
    if item is None or item.withdrawn_at is not None or _shown(item.record).id != _shown(record).id:
        raise Http404
    return item


@needs("read")
@require_safe
def dispute(request: HttpRequest, record: str, name: str) -> HttpResponse:
    """One contradiction, with its sides and their sources."""
    shown = _shown(record)
    for item in records.disputes(only_open=False):
        if item.record.id == shown.id and item.property == name:
            return render(request, "desk/dispute.html", {"dispute": item})
    raise Http404
