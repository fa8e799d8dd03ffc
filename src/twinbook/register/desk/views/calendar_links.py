"""Calendar addresses: making one, the list of those that were given out, revoking."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from twinbook.register.desk import words
from twinbook.register.desk.calendar_form import AUDIENCES, CalendarLinkForm
from twinbook.register.desk.doors import needs
from twinbook.register.queries import lists
from twinbook.register.queries.calendar_links import links
from twinbook.register.workflow import calendar_links
from twinbook.register.workflow.errors import RefusedError


@needs("read", post="decide")
@require_http_methods(["GET", "HEAD", "POST"])
def addresses(request: HttpRequest) -> HttpResponse:
    """All addresses, and the form that makes another; the new one is shown this once."""
    partners = lists.partners()
    initial = {"language": (translation.get_language() or "en")[:2]}
    form = CalendarLinkForm(request.POST if request.method == "POST" else None, partners=partners, initial=initial)
    made = ""
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            secret = calendar_links.make_link(
                data["name"],
                audience=data["audience"],
                language=data["language"],
                partner=data["partner"] or None,
                by=request.user,
                at=timezone.now(),
            )
        except RefusedError as error:
            form.add_error(None, words.refusal(error))
        else:
            made = request.build_absolute_uri(reverse("feeds:calendar", args=[secret]))
            form = CalendarLinkForm(partners=partners, initial=initial)
    context = {"lines": links(), "form": form, "link": made, "audiences": dict(AUDIENCES)}
    return render(request, "desk/calendar_links.html", context, status=422 if form.is_bound else 200)


@needs("decide")
@require_POST
def revoke(request: HttpRequest, link: str) -> HttpResponse:
    """The address serves no longer."""
    try:
        calendar_links.revoke(link, by=request.user, at=timezone.now())
    except RefusedError as error:
        messages.error(request, words.refusal(error))
    else:
        messages.success(request, _("The address serves no longer. Whoever subscribed to it sees nothing new."))
    return redirect("desk:calendar-links")
