"""One's own second factors: adding and removing them, recovery codes; and showing one at sign-in."""

from __future__ import annotations

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from twinbook.register.desk import words
from twinbook.register.desk.account_forms import CodeForm
from twinbook.register.desk.doors import needs
from twinbook.register.desk.sign_in import factor_is_shown, must_have_factor, show_factor
from twinbook.register.queries import people
from twinbook.register.queries.rights import may
from twinbook.register.workflow import remind
from twinbook.register.workflow import second_factor as acts
from twinbook.register.workflow.errors import NotFoundError, RefusedError
from twinbook.register.workflow.second_factor import Site

METHODS = ["GET", "HEAD", "POST"]
CHALLENGE = "passkey_challenge"  # key of the session: what the browser's next answer must answer


@needs("own")
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """What proves who one is: password, apps, passkeys, recovery codes."""
    return _security(request)


def _security(request: HttpRequest, codes: tuple[str, ...] = (), status: int = 200) -> HttpResponse:
    context = {
        "factors": people.factors(request.user),
        "codes_left": people.recovery_codes_left(request.user),
        "codes": codes,
        "is_asked": must_have_factor(request.user),
        "mails": getattr(settings, "DESK_SENDS_MAIL", False) and may(request.user, "decide"),
    }
    return render(request, "desk/security.html", context, status=status)


@needs("own")
@require_POST
def reminders(request: HttpRequest) -> HttpResponse:
    """Where one's own reminders go by mail; an empty address stops them."""
    try:
        remind.set_address(request.POST.get("address", ""), by=request.user)
    except RefusedError as error:
        messages.error(request, words.refusal(error))
    else:
        messages.success(request, _("Kept."))
    return redirect("desk:security")


@needs("own")
@require_POST
def add_app(request: HttpRequest) -> HttpResponse:
    return redirect("desk:app", acts.begin_app(by=request.user, at=timezone.now()))


@needs("own")
@require_http_methods(METHODS)
def app(request: HttpRequest, factor: str) -> HttpResponse:
    """The picture to scan and the first code; after that the secret is never shown again."""
    try:
        address, secret = acts.app_address(factor, by=request.user)
    except NotFoundError:
        return redirect("desk:security")
    form = CodeForm(request.POST if request.method == "POST" else None)
    form.fields["code"].help_text = _("The six figures that the app shows now.")
    if form.is_bound and form.is_valid():
        try:
            codes = acts.confirm_app(factor, form.cleaned_data["code"], by=request.user, at=timezone.now())
        except RefusedError as error:
            form.add_error("code", words.refusal(error))
        else:
            return _added(request, codes)
    context = {
        "form": form,
        **_picture(address),
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
    }
    return render(request, "desk/app.html", context, status=422 if form.is_bound else 200)


def _picture(text: str) -> dict[str, object]:
    """A QR code as the path of its dark squares and the width of the whole, with the quiet zone of four squares."""
    rows = segno.make(text, error="m", micro=False).matrix
    dark = [f"M{x + 4} {y + 4}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark]
    return {"dark": "".join(dark), "width": len(rows) + 8}


def _added(request: HttpRequest, codes: tuple[str, ...]) -> HttpResponse:
    """The factor counts; the recovery codes are shown this once."""
    show_factor(request)
    messages.success(request, _("The second factor is added; from now on it is asked for at sign-in."))
    return _security(request, codes)


@needs("own")
@require_POST
def new_codes(request: HttpRequest) -> HttpResponse:
    if not people.factors(request.user):
        return redirect("desk:security")
    return _security(request, acts.new_codes(by=request.user))


@needs("own")
@require_POST
def remove_factor(request: HttpRequest, factor: str) -> HttpResponse:
    try:
        acts.remove(factor, by=request.user, at=timezone.now(), must_stay=must_have_factor(request.user))
    except RefusedError as error:
        messages.error(request, words.refusal(error))
    else:
        messages.success(request, _("The second factor is removed."))
    return redirect("desk:security")


@needs("own")
@require_POST
def passkey_options(request: HttpRequest) -> HttpResponse:
    """What the browser needs to make a passkey."""
    options, request.session[CHALLENGE] = acts.passkey_options(by=request.user, site=_site(request))
    return HttpResponse(options, content_type="application/json")


@needs("own")
@require_POST
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Keep the passkey that the browser made."""
    challenge = request.session.pop(CHALLENGE, "")
    answer, name = request.POST.get("credential", "")[:20_000], request.POST.get("name", "").strip()
    try:
        codes = acts.add_passkey(answer, challenge, name=name, site=_site(request), by=request.user, at=timezone.now())
    except RefusedError:
        messages.error(request, _("The passkey could not be added. Try again."))
        return redirect("desk:security")
    return _added(request, codes)


@needs("own", before_factor=True)
@require_http_methods(METHODS)
def second_factor(request: HttpRequest) -> HttpResponse:
    """The second page of the sign-in: a code, a recovery code, or a passkey."""
    here = words.safe_next(request) or reverse("desk:today")
    factors = people.factors(request.user)
    if factor_is_shown(request) or not factors:
        return redirect(here)
    form = CodeForm(request.POST if "code" in request.POST else None)
    refusal = ""
    try:
        if form.is_bound and form.is_valid():
            acts.check_code(form.cleaned_data["code"], by=request.user, at=timezone.now())
            return _shown(request, here)
        if "credential" in request.POST:
            answer, challenge = request.POST["credential"][:20_000], request.session.pop(CHALLENGE, "")
            acts.check_passkey(answer, challenge, site=_site(request), by=request.user, at=timezone.now())
            return _shown(request, here)
    except RefusedError as error:
        refusal = words.refusal(error)
        if form.is_bound:
            form.add_error("code", refusal)
    context = {
        "form": form,
        "refusal": "" if form.is_bound else refusal,
        "has_passkey": any(factor.kind == "passkey" for factor in factors),
        "next": here,
    }
    return render(request, "desk/second_factor.html", context, status=422 if refusal or form.errors else 200)


@needs("own", before_factor=True)
@require_POST
def ask_passkey(request: HttpRequest) -> HttpResponse:
    """What the browser needs to prove a passkey."""
    try:
        options, request.session[CHALLENGE] = acts.ask_passkey(by=request.user, site=_site(request))
    except NotFoundError:
        return HttpResponse(status=404)
    return HttpResponse(options, content_type="application/json")


def _shown(request: HttpRequest, here: str) -> HttpResponse:
    show_factor(request)
    if not people.recovery_codes_left(request.user):
        messages.warning(request, _("You have no recovery codes left. Make new ones."))
    return redirect(here)


def _site(request: HttpRequest) -> Site:
    host = request.get_host()
    name = host.partition("]")[0].strip("[") if host.startswith("[") else host.partition(":")[0]
    return Site(name, f"{request.scheme}://{host}")
