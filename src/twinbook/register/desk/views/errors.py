"""Pages for what went wrong: a sentence in the user's language and a way on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from twinbook.register.desk.role_words import ROLES
from twinbook.register.queries.rights import who_may


def _page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    return render(request, "desk/error.html", {"title": title, "sentence": sentence}, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(
        request, 404, _("Not found"), _("There is no such page in the register. It may have been merged or withdrawn.")
    )


def forbidden(request: HttpRequest, exception: Exception | None = None, *, right: str = "") -> HttpResponse:
    """Who may do it, in the user's language; for a fragment the whole page is shown, not put into a card."""
    may = ", ".join(str(ROLES[role]) for role in who_may(right)) if right else ""
    sentence = _("Your role does not include this.")
    if may:
        sentence = f"{sentence} " + _("Those who may: %(roles)s.") % {"roles": may}
    answer = _page(request, 403, _("Not allowed"), sentence)
    answer["HX-Retarget"], answer["HX-Reswap"] = "body", "outerHTML"
    return answer


def refused_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    sentence = _(
        "The page was open too long or in another window, so the form was refused. Go back, reload and send it again."
    )
    return _page(request, 403, _("The form was refused"), sentence)


SORRY = (
    "Something went wrong on our side; nothing was changed.",
    "Произошла ошибка, данные не изменены.",
    "エラーが発生しました。データは変更されていません。",
)


def broken(request: HttpRequest) -> HttpResponse:
    """The last resort: no template, no database, so that it cannot fail as well."""
    sentences = "".join(f"<p>{sentence}</p>" for sentence in SORRY)
    page = f"<!doctype html><html lang='en'><title>Twinbook</title>{sentences}<p><a href='/'>Twinbook</a></p></html>"
    return HttpResponse(page, status=500)
