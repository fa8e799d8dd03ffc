"""What leaves for a partner's register: the page on which a person chooses it, and the signed file as a download."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from twinbook.project import office
from twinbook.publishing.edition import make_editions
from twinbook.publishing.exchange import Offer, offers
from twinbook.register.desk import words
from twinbook.register.desk.doors import needs
from twinbook.register.queries.records import Dossier, dossier
from twinbook.register.workflow.errors import RefusedError
from twinbook.register.workflow.exchange import send
from twinbook.register.workflow.exchange_file import fingerprint, public_key

LANGUAGES = ("en", "ru", "ja")
MEDIA_TYPE = "application/json"


def offers_for(tie: str) -> tuple[Offer, ...]:
    """What the public may see of a tie, as it may be sent; nothing where there is no such tie."""
    found = dossier(tie)
    if found is None or found.home is None:
        return ()
    return offers(make_editions(LANGUAGES, at=timezone.now()), found.partner.id)


@needs("publish")
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, record: str) -> HttpResponse:
    """The public facts of a tie, each with a box; a POST signs the chosen ones and gives the file."""
    found = dossier(record)
    if found is None:
        raise Http404
    offered = offers_for(found.tie.id)
    if request.method == "POST":
        if answer := _signed(request, found, offered):
            return answer
        return redirect("exchange:choose", found.tie.id)
    context = {
        "dossier": found,
        "offers": offered,
        "fingerprint": fingerprint(public_key(office.exchange_key())),
    }
    return render(request, "desk/exchange_send.html", context)


def _signed(request: HttpRequest, found: Dossier, offered: tuple[Offer, ...]) -> HttpResponse | None:
    """The file as a download; None, with the reason said, where it is refused."""
    chosen = set(request.POST.getlist("fact"))
    items = [offer.item() for offer in offered if offer.id in chosen]
    try:
        sent = send(found.tie.id, items, secret=office.exchange_key(), by=request.user, at=timezone.now())
    except RefusedError as error:
        messages.error(request, words.refusal(error))
        return None
    answer = HttpResponse(sent.raw, content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{sent.name}"'
    return answer


app_name = "exchange"
urlpatterns: list[URLPattern] = [
    path("exchange/<slug:record>/send/", choose, name="choose"),
]
