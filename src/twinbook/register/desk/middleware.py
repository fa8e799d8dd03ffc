"""What holds for every page of the desk: signed-in people only, and no copy kept by a browser or a proxy."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import add_never_cache_headers


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
