"""Accounts for the administrator: who there is, inviting, roles, off and on; and the invited person's first page."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from twinbook.register.desk import words
from twinbook.register.desk.account_forms import FirstPasswordForm, InviteForm, RolesForm
from twinbook.register.desk.doors import OPEN, needs
from twinbook.register.desk.role_words import ROLES
from twinbook.register.queries import people
from twinbook.register.workflow import accounts as acts
from twinbook.register.workflow.errors import RefusedError

METHODS = ["GET", "HEAD", "POST"]

welcome = needs(OPEN)(
    auth_views.PasswordResetConfirmView.as_view(
        template_name="desk/welcome.html",
        form_class=FirstPasswordForm,
        success_url=reverse_lazy("desk:sign-in"),
        reset_url_token="choose-password",
    )
)


@needs("accounts")
@require_http_methods(METHODS)
def accounts(request: HttpRequest) -> HttpResponse:
    """All accounts, and the form that invites another."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    link = ""
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            made = acts.invite(
                data["username"],
                roles=data["roles"],
                by=request.user,
                at=timezone.now(),
                first_name=data["first_name"],
                last_name=data["last_name"],
            )
        except RefusedError as error:
            form.add_error("username", words.refusal(error))
        else:
            link, form = _link(request, made), InviteForm()
    lines = [(line, [str(ROLES[role]) for role in line.roles]) for line in people.accounts()]
    status = 422 if form.is_bound else 200
    return render(request, "desk/accounts.html", {"lines": lines, "form": form, "link": link}, status=status)


@needs("accounts")
@require_http_methods(METHODS)
def account(request: HttpRequest, account: str) -> HttpResponse:
    """One account: its roles, off and on, a new link for who forgot the password or lost the telephone."""
    shown = people.account(account)
    if shown is None:
        raise Http404
    act = request.POST.get("act", "") if request.method == "POST" else ""
    form = RolesForm(request.POST if act == "roles" else None, initial={"roles": list(shown.roles)})
    link = ""
    try:
        if act == "roles" and form.is_valid():
            acts.change_roles(account, form.cleaned_data["roles"], by=request.user, at=timezone.now())
            messages.success(request, _("The roles are changed."))
            return redirect("desk:account", account)
        if act in ("on", "off"):
            acts.switch(account, on=act == "on", by=request.user, at=timezone.now())
            return redirect("desk:account", account)
        if act == "link":
            link = _link(request, acts.reset(account, by=request.user, at=timezone.now()))
    except RefusedError as error:
        messages.error(request, words.refusal(error))
        return redirect("desk:account", account)
    context = {"account": people.account(account), "form": form, "link": link}
    return render(request, "desk/account.html", context, status=422 if form.errors else 200)


def _link(request: HttpRequest, user: User) -> str:
    """The address that lets a person choose a password, once and within three days."""
    names = [urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)]
    return request.build_absolute_uri(reverse("desk:welcome", args=names))
