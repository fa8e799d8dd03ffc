"""The watch list: what is watched, one watch with the history of its looks, and what a changed page changed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from twinbook.register.desk import watch_words, words
from twinbook.register.desk.doors import needs
from twinbook.register.desk.watch_forms import WatchForm
from twinbook.register.queries import changes as changes_query
from twinbook.register.queries import watching
from twinbook.register.workflow import watch_list as workflow
from twinbook.register.workflow.errors import RefusedError


@needs("read", post="capture")
@require_http_methods(["GET", "HEAD", "POST"])
def watch_list(request: HttpRequest) -> HttpResponse:
    """All that is watched; a POST adds an address."""
    given = {"address": request.GET.get("address", "")}
    form = WatchForm(request.POST if request.method == "POST" else None, initial=given)
    if form.is_bound and form.is_valid():
        try:
            made = workflow.add_watch(**form.cleaned_data, by=request.user, at=timezone.now())
        except RefusedError as error:
            form.add_error("address", words.refusal(error))
        else:
            messages.success(request, _("It is watched from now on. The first look follows in a moment."))
            return redirect("desk:watch", made)
    context = {"form": form, "lines": watching.watches(at=timezone.now())}
    return render(request, "desk/watch_list.html", context, status=422 if form.is_bound else 200)


@needs("read", post="capture")
@require_http_methods(["GET", "HEAD", "POST"])
def watch(request: HttpRequest, watch: str) -> HttpResponse:
    """One watch: its looks, the entries of its feed; a POST changes how it is watched."""
    shown = watching.watch(watch, at=timezone.now())
    if shown is None:
        raise Http404
    line = shown.line
    initial = {name: getattr(line, name) for name in ("name", "publisher", "every_hours", "silent_days")}
    form = WatchForm(request.POST if request.method == "POST" else None, initial=initial, is_new=False)
    if form.is_bound and form.is_valid():
        workflow.change_watch(watch, **form.cleaned_data, by=request.user)
        messages.success(request, _("Changed."))
        return redirect("desk:watch", watch)
    context = {"shown": shown, "line": line, "form": form}
    return render(request, "desk/watch.html", context, status=422 if form.is_bound else 200)


@needs("capture")
@require_POST
def act(request: HttpRequest, watch: str) -> HttpResponse:
    """Look now, pause, go on, or take off the list."""
    name = request.POST.get("act", "")
    if name not in ACTS:
        raise Http404
    try:
        sentence = ACTS[name](request, watch)
    except RefusedError as error:
        messages.error(request, words.refusal(error))
    else:
        messages.success(request, sentence)
    if name == "remove" or watching.watch(watch, at=timezone.now()) is None:
        return redirect("desk:watch-list")
    return redirect("desk:watch", watch)


def _look(request: HttpRequest, watch: str) -> str:
    outcome = workflow.check_now(watch, by=request.user, clock=timezone.now)
    return _("Looked at: %(outcome)s.") % {"outcome": watch_words.OUTCOMES[outcome]}


def _pause(request: HttpRequest, watch: str) -> str:
    workflow.pause(watch, by=request.user, at=timezone.now())
    return _("Paused: it is not looked at until you say so.")


def _resume(request: HttpRequest, watch: str) -> str:
    workflow.resume(watch, by=request.user, at=timezone.now())
    return _("It is watched again.")


def _remove(request: HttpRequest, watch: str) -> str:
    workflow.take_off(watch, by=request.user)
    return _("It is watched no more. The copies that were kept stay in the inbox.")


ACTS = {"look": _look, "pause": _pause, "resume": _resume, "remove": _remove}


@needs("read")
@require_safe
def changes(request: HttpRequest, source: str) -> HttpResponse:
    """What a copy of a page changed against the copy before it, or against the one named."""
    found = changes_query.changes(source, before=request.GET.get("before", ""))
    if found is None:
        raise Http404
    return render(request, "desk/changes.html", {"changes": found})
