"""Sign-in, sign-out, the language of the page, help."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from twinbook.register.desk.doors import OPEN, needs
from twinbook.register.desk.forms import NewPasswordForm, SignInForm
from twinbook.register.workflow.access import note_access


class SignIn(auth_views.LoginView):
    """Name and password; that somebody signed in is written to the access log."""

    def form_valid(self, form: SignInForm) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        note_access("sign-in", by=form.get_user(), at=timezone.now())
        return answer


sign_in = needs(OPEN)(
    SignIn.as_view(template_name="desk/sign_in.html", authentication_form=SignInForm, redirect_authenticated_user=True)
)
password = needs("own")(
    auth_views.PasswordChangeView.as_view(
        template_name="desk/password.html", form_class=NewPasswordForm, success_url=reverse_lazy("desk:password-done")
    )
)
sign_out = needs("own", before_factor=True)(auth_views.LogoutView.as_view(http_method_names=["post", "options"]))


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
