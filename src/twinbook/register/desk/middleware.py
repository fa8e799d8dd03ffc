"""What holds for every page of the desk: signed-in people only, and no copy kept by a browser or a proxy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from twinbook.register.desk.doors import OPEN, right_for
from twinbook.register.desk.sign_in import factor_is_shown, must_have_factor
from twinbook.register.desk.views.errors import forbidden
from twinbook.register.queries.rights import may


class SignInRequired(LoginRequiredMiddleware):
    """Every view asks for a sign-in unless it says otherwise; a fragment's request sends the whole page there."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        answer = super().handle_no_permission(request, view_func)
        if request.headers.get("HX-Request") != "true":
            return answer
        to_door = HttpResponse(status=204)
        to_door["HX-Redirect"] = answer.headers["Location"]
        return to_door


class KeepNoCopies:
    """Answers of the application are private and never stored: they hold what is not published."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if "Cache-Control" not in answer:
            add_never_cache_headers(answer)
        return answer


class Doors:
    """Asks the user's right before a view runs; a view that declares none is closed (register.desk.doors)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, options: Any
    ) -> HttpResponse | None:
        right = right_for(view, request.method or "GET")
        if right == OPEN:
            return None
        if right is None or not may(request.user, right):
            return forbidden(request, right=right or "")
        return None if getattr(view, "before_factor", False) else self._ask_factor(request, right)

    def _ask_factor(self, request: HttpRequest, right: str) -> HttpResponse | None:
        """To the second factor where one was set up; to its setting-up where the office asks for one."""
        has_factor = getattr(request.user, "has_factor", True)
        if has_factor and not factor_is_shown(request):
            return _go(request, f"{reverse('desk:second-factor')}?{urlencode({'next': request.get_full_path()})}")
        if not has_factor and right != "own" and must_have_factor(request.user):
            return _go(request, reverse("desk:security"))
        return None


def _go(request: HttpRequest, address: str) -> HttpResponse:
    """Another page; a fragment's request sends the whole page there."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
