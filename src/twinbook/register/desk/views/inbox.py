"""Inbox: what was taken in and waits, and the three ways in: paste, files, an address."""

from __future__ import annotations

from collections import Counter

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from twinbook.register.desk import words
from twinbook.register.desk.doors import needs
from twinbook.register.desk.forms import AddressForm, FilesForm, PasteForm
from twinbook.register.desk.highlight import paragraphs
from twinbook.register.queries import history, queue
from twinbook.register.workflow import capture, propose
from twinbook.register.workflow.errors import RefusedError
from twinbook.register.workflow.propose import Proposed

LONGEST_LIST = 200


@needs("read", post="capture")
@require_http_methods(["GET", "HEAD", "POST"])
def inbox(request: HttpRequest) -> HttpResponse:
    """The list; a POST takes something in by the form that its button names."""
    door = request.POST.get("door", "") if request.method == "POST" else ""
    forms = {
        "paste": PasteForm(request.POST if door == "paste" else None, prefix="paste"),
        "files": FilesForm(
            request.POST if door == "files" else None, request.FILES if door == "files" else None, prefix="files"
        ),
        "address": AddressForm(request.POST if door == "address" else None, prefix="address"),
    }
    if door in forms and forms[door].is_valid() and (answer := DOORS[door](request, forms[door])):
        return answer
    only_waiting = request.GET.get("show") != "all"
    lines = queue.inbox(only_waiting=only_waiting, limit=LONGEST_LIST)
    context = {
        "forms": forms,
        "lines": lines,
        "only_waiting": only_waiting,
        "is_cut": len(lines) == LONGEST_LIST,
        "sends_to": settings.TWINBOOK_READER.sends_to,
    }
    return render(request, "desk/inbox.html", context, status=422 if door else 200)


def _paste(request: HttpRequest, form: PasteForm) -> HttpResponse | None:
    data = form.cleaned_data
    try:
        taken = propose.take_in(
            data["text"], by=request.user, at=timezone.now(), address=data["address"], publisher=data["publisher"]
        )
    except RefusedError as error:
        form.add_error("text", words.refusal(error))
        return None
    return _opened(request, taken)


def _files(request: HttpRequest, form: FilesForm) -> HttpResponse | None:
    """Each file is its own page; what is refused is named, the others go in."""
    taken: list[Proposed] = []
    refused: list[str] = []
    for upload in form.cleaned_data["files"]:
        try:
            taken += propose.take_in_all(upload.read(), by=request.user, at=timezone.now(), name=upload.name)
        except RefusedError as error:
            refused.append(f"{upload.name}: {words.refusal(error)}")
    for sentence in refused:
        messages.error(request, sentence)
    if not taken:
        return redirect("desk:inbox")
    if len(taken) == 1:
        return _opened(request, taken[0])
    found = Counter(new=sum(one.new for one in taken))
    messages.success(request, words.taken_in(len(taken), found["new"]))
    return redirect("desk:inbox")


def _address(request: HttpRequest, form: AddressForm) -> HttpResponse | None:
    try:
        captured = capture.capture_address(form.cleaned_data["address"], by=request.user, at=timezone.now())
        taken = propose.propose(captured.source, at=timezone.now())
    except RefusedError as error:
        form.add_error("address", words.refusal(error))
        return None
    return _opened(request, taken)


DOORS = {"paste": _paste, "files": _files, "address": _address}


def _opened(request: HttpRequest, taken: Proposed) -> HttpResponse:
    """On to the review of what was taken in, with a word on what was found."""
    if taken.trouble:
        messages.error(request, taken.trouble)
    elif taken.new:
        messages.success(request, words.found(taken.new))
    elif taken.known or taken.waiting:
        messages.info(request, _("This page was taken in before; nothing was added twice."))
    return redirect("desk:review", taken.source)


@needs("read")
@require_safe
def source(request: HttpRequest, source: str) -> HttpResponse:
    """One source: where it is from, its text, what was decided on it."""
    page = queue.page_review(source)
    if page is None:
        raise Http404
    context = {
        "page": page,
        "paragraphs": paragraphs(page.text, [], story=page.article),
        "decisions": history.decisions_of(source),
    }
    return render(request, "desk/source.html", context)
