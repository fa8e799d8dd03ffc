"""The pages for partners' registers: our key, a partner's file opened and taken in, our view chosen and signed.

They stand here and not at the desk, since what may leave is told by publishing, which the desk does not know.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from twinbook.project import office
from twinbook.publishing.edition import make_editions
from twinbook.publishing.exchange import Offer, offers
from twinbook.register.desk import words
from twinbook.register.desk.doors import needs
from twinbook.register.queries.exchange import accepted, handed
from twinbook.register.queries.lists import partners
from twinbook.register.queries.records import Dossier, dossier
from twinbook.register.workflow import exchange
from twinbook.register.workflow.errors import RefusedError
from twinbook.register.workflow.exchange_file import Fingerprint, fingerprint, public_key

LANGUAGES = ("en", "ru", "ja")
MEDIA_TYPE = "application/json"
UNKNOWN = ("exchange-unknown-key",)


def offers_for(tie: str) -> tuple[Offer, ...]:
    """What the public may see of a tie, as it may be sent; nothing where there is no such tie."""
    found = dossier(tie)
    if found is None or found.home is None:
        return ()
    return offers(make_editions(LANGUAGES, at=timezone.now()), found.partner.id)


@needs("read", post="capture")
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Our key, the partners' keys and files; a POST opens a partner's file."""
    refusal = ""
    if request.method == "POST":
        upload = request.FILES.get("file")
        raw = upload.read() if upload else b""
        try:
            return _taken_in(request, raw)
        except RefusedError as error:
            if error.code in UNKNOWN:
                return _ask(request, raw)
            refusal = words.refusal(error)
    return render(request, "desk/exchange.html", _context(refusal), status=422 if refusal else 200)


def _context(refusal: str) -> dict[str, object]:
    keys = [{"partner": one.partner, "statement": one.statement, "mark": fingerprint(one.key)} for one in accepted()]
    return {
        "fingerprint": _own(),
        "keys": keys,
        "files": handed(),
        "partners": partners(),
        "refusal": refusal,
    }


def _own() -> Fingerprint:
    return fingerprint(public_key(office.exchange_key()))


def _taken_in(request: HttpRequest, raw: bytes) -> HttpResponse:
    """On to the review of what the file says; RefusedError where it is not taken in."""
    done = exchange.receive(raw, by=request.user, at=timezone.now())
    if done.new:
        messages.success(request, words.found(done.new))
    else:
        messages.info(request, words.nothing_new())
    return redirect("desk:review", done.source)


def _ask(request: HttpRequest, raw: bytes, refusal: str = "") -> HttpResponse:
    """The page that shows the key's fingerprint; the file itself is carried in the form, since nothing is kept yet."""
    context = {"opened": exchange.look_into(raw), "content": raw.decode(), "refusal": refusal}
    return render(request, "desk/exchange_trust.html", context, status=422 if refusal else 200)


@needs("publish")
@require_POST
def trust(request: HttpRequest) -> HttpResponse:
    """Accept the key of the file in the form, by a person who says how it was compared, and take the file in."""
    raw = request.POST.get("content", "").encode()
    try:
        opened = exchange.look_into(raw)
    except RefusedError as error:
        return render(request, "desk/exchange.html", _context(words.refusal(error)), status=422)
    try:
        how = request.POST.get("how", "")[:300]
        exchange.accept_key(opened.place, opened.key, by=request.user, at=timezone.now(), how=how)
        return _taken_in(request, raw)
    except RefusedError as error:
        return _ask(request, raw, words.refusal(error))


@needs("publish")
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, record: str) -> HttpResponse:
    """The public facts of a tie, each with a box; a POST signs the chosen ones and gives the file."""
    found = dossier(record)
    if found is None:
        raise Http404
    offered = offers_for(found.tie.id)
    if request.method == "POST":
        return _signed(request, found, offered) or redirect("exchange:choose", found.tie.id)
    return render(request, "desk/exchange_send.html", {"dossier": found, "offers": offered, "fingerprint": _own()})


def _signed(request: HttpRequest, found: Dossier, offered: tuple[Offer, ...]) -> HttpResponse | None:
    """The file as a download; None, with the reason said, where it is refused."""
    chosen = set(request.POST.getlist("fact"))
    items = [offer.item() for offer in offered if offer.id in chosen]
    try:
        sent = exchange.send(found.tie.id, items, secret=office.exchange_key(), by=request.user, at=timezone.now())
    except RefusedError as error:
        messages.error(request, words.refusal(error))
        return None
    answer = HttpResponse(sent.raw, content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{sent.name}"'
    return answer


app_name = "exchange"
urlpatterns: list[URLPattern] = [
    path("exchange/", index, name="index"),
    path("exchange/trust/", trust, name="trust"),
    path("exchange/<slug:record>/send/", choose, name="choose"),
]
