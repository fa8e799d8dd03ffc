"""Sign-in, sign-out, the language of the page, help."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from twinbook.register.desk.doors import OPEN, needs
from twinbook.register.desk.forms import NewPasswordForm, SignInForm

sign_in = needs(OPEN)(
    auth_views.LoginView.as_view(
        template_name="desk/sign_in.html", authentication_form=SignInForm, redirect_authenticated_user=True
    )
)
password = needs("own")(
    auth_views.PasswordChangeView.as_view(
        template_name="desk/password.html", form_class=NewPasswordForm, success_url=reverse_lazy("desk:password-done")
    )
)
sign_out = needs("own")(auth_views.LogoutView.as_view(http_method_names=["post", "options"]))


@needs(OPEN)
@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back; Django's own view refuses foreign addresses."""
    return set_language(request)


@needs("own")
@require_safe
def password_done(request: HttpRequest) -> HttpResponse:
    """A word that it worked; other sessions of the officer have ended."""
    messages.success(request, _("The password is changed; other windows were signed out."))
    return redirect("desk:today")


@needs("own")
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/help.html")
