"""What holds for every page of the desk: signed-in people only, and no copy kept by a browser or a proxy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import add_never_cache_headers

from twinbook.register.desk.doors import OPEN, right_for
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
        if right == OPEN or (right is not None and may(request.user, right)):
            return None
        return forbidden(request, right=right or "")
