"""One person's data: found, given out as JSON and PDF, erased with an act of destruction; for the protection officer.

The pages stand here and not at the desk, since erasing also publishes the site anew.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_safe

from twinbook.project import office
from twinbook.project.commands.publish import LANGUAGES, publish
from twinbook.project.console import Trouble
from twinbook.publishing.rendering.pdf import render_pdf
from twinbook.register.desk import words
from twinbook.register.desk.doors import needs
from twinbook.register.desk.personal_words import GROUND_NAMES, SAYS
from twinbook.register.queries import search
from twinbook.register.queries.erased import erasure, erasures
from twinbook.register.queries.person_data import person_data
from twinbook.register.workflow.access import note_access
from twinbook.register.workflow.erase import GROUNDS, erase, scrub
from twinbook.register.workflow.errors import RefusedError

PRINT = Path(__file__).with_name("personal.typ")
SITE = "site"  # the folder that the demo and `twinbook publish --to` beside the register use


class EraseForm(forms.Form):
    """On which ground, and a word that it is meant."""

    ground = forms.ChoiceField(label=SAYS["ground"], choices=[(code, GROUND_NAMES[code]) for code in GROUNDS])
    is_meant = forms.BooleanField(
        label=SAYS["is-meant"],
        error_messages={"required": SAYS["not-meant"]},
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **{"label_suffix": "", **options})


@needs("erase")
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Find a person by any name in any script; and the acts of destruction until now."""
    asked = request.GET.get("name", "").strip()[:200]
    language = translation.get_language() or "en"
    found = search.find(asked, kinds=["person"], limit=50).hits if asked else ()
    hits = [(hit.thing.id, hit.thing.name(language)) for hit in found]
    context = {"asked": asked, "hits": hits, "acts": [(one, GROUND_NAMES[one.ground]) for one in erasures()]}
    return render(request, "desk/personal.html", context)


@needs("erase")
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, record: str) -> HttpResponse:
    """What is kept about a person, to give out; and the erasure."""
    data = _data(request, record, "look") if request.method != "POST" else person_data(record)
    if data is None:
        raise Http404
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            act = erase(record, ground=form.cleaned_data["ground"], by=request.user, at=timezone.now())
        except RefusedError as error:
            form.add_error(None, words.refusal(error))
        else:
            if not scrub():
                messages.warning(request, str(SAYS["remains"]))
            messages.success(request, str(SAYS["erased"]))
            _publish_anew(request)
            return redirect("personal:act", act)
    name = data["label"].get(translation.get_language() or "en") or next(iter(data["label"].values()), record)
    context = {"data": data, "name": name, "form": form, "record": record}
    return render(request, "desk/person_data.html", context, status=422 if form.is_bound else 200)


def _publish_anew(request: HttpRequest) -> None:
    """The published site without the person: the folder beside the register; others the officer must see to."""
    site = office.home() / SITE
    if not site.exists():
        messages.warning(request, str(SAYS["publish"]))
        return
    try:
        publish(site, "", LANGUAGES)
        messages.success(request, str(SAYS["published"]))
    except Trouble as trouble:
        messages.error(request, str(trouble))


@needs("erase")
@require_safe
def given_out(request: HttpRequest, record: str, form: str) -> HttpResponse:
    """A person's data as a file: JSON for machines, PDF to read."""
    data = _data(request, record, "give-out") if form in ("json", "pdf") else None
    if data is None:
        raise Http404
    if form == "json":
        body, kind = json.dumps(data, ensure_ascii=False, indent=1).encode(), "application/json"
    else:
        body, kind = _pdf(_shown(data, timezone.now())), "application/pdf"
    return _file(body, kind, f"person-{record}.{form}")


def _data(request: HttpRequest, record: str, act: str) -> dict[str, Any] | None:
    """A person's data; that somebody looked is written down first, and is in what is given out."""
    if person_data(record) is None:
        return None
    note_access(act, by=request.user, at=timezone.now(), kind="person", about=record, fields=["all"])
    return person_data(record)


@needs("erase")
@require_safe
def act(request: HttpRequest, act: str) -> HttpResponse:
    """An act of destruction with the extract of the log; `?form=json` or `?form=pdf` as a file."""
    found = erasure(act)
    if found is None:
        raise Http404
    form = request.GET.get("form", "")
    if form == "json":
        body = json.dumps(asdict(found) | {"at": found.at.isoformat()}, ensure_ascii=False, indent=1).encode()
        return _file(body, "application/json", f"erasure-{act}.json")
    ground = str(GROUND_NAMES[found.ground])
    if form == "pdf":
        lines = [[str(SAYS["when"]), found.at.isoformat()], [str(SAYS["who"]), found.by], [str(SAYS["ground"]), ground]]
        counts = [[name, str(number)] for name, number in found.counts.items()]
        log = [
            [f"{one['number']} · {one['at']}", f"{one['by']} · {one['act']} · {one['digest'][:16]}"]
            for one in found.log
        ]
        sections = [(str(SAYS["destroyed"]), counts), (str(SAYS["log"]), log)]
        return _file(
            _pdf(_paper(str(SAYS["act"]), found.id, lines, sections, found.at)),
            "application/pdf",
            f"erasure-{act}.pdf",
        )
    return render(request, "desk/erasure.html", {"act": found, "ground": ground})


def _shown(data: dict[str, Any], at: datetime) -> dict[str, Any]:
    names = [[one["language"], one["text"]] for one in data["names"]]
    facts = [
        [
            words.property_name(one["property"]),
            f"{_told(one)} — “{one['quote']}” ({one['decided_by']}, {one['decided_at'][:10]})",
        ]
        for one in data["statements"]
    ]
    sources = [
        [one["captured_at"][:10], " · ".join(filter(None, (one["title"], one["publisher"], one["address"])))]
        for one in data["sources"]
    ]
    visits = [[one["visit"]["first_day"], _told_by_visit(one)] for one in data["visit_files"]]
    looks = [[one["at"][:16], f"{one['by']} · {one['act']}"] for one in data["looked_at"]]
    sections = [
        (str(SAYS["names"]), names),
        (str(SAYS["stated"]), facts),
        (str(SAYS["sources"]), sources),
        (str(SAYS["visit-files"]), visits),
        (str(SAYS["looks"]), looks),
    ]
    title = next(iter(data["label"].values()), data["person"])
    return _paper(
        str(SAYS["personal-data"]), str(title), [[str(SAYS["given-out-on"]), at.date().isoformat()]], sections, at
    )


def _told_by_visit(one: dict[str, Any]) -> str:
    """What a visit file keeps of the person, the visit first."""
    title = next(iter(one["visit"]["title"].values()), "")
    kept = (value for name, value in one.items() if name not in ("id", "visit", "side", "is_minor") and value)
    return " · ".join([title, *map(str, kept)])


def _told(one: dict[str, Any]) -> str:
    return str(next(iter(one["label"].values()), one["value"]))


def _paper(
    title: str, subtitle: str, lines: list[list[str]], sections: list[tuple[str, list[list[str]]]], at: datetime
) -> dict[str, Any]:
    return {
        "language": (translation.get_language() or "en")[:2],
        "title": title,
        "subtitle": subtitle,
        "lines": lines,
        "sections": [{"heading": heading, "rows": rows} for heading, rows in sections if rows],
        "at": at.isoformat(),
    }


def _pdf(data: dict[str, Any]) -> bytes:
    return render_pdf(PRINT, data, made_at=datetime.fromisoformat(data["at"]))


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


app_name = "personal"
urlpatterns: list[URLPattern] = [
    path("personal/", people, name="people"),
    path("personal/<id:record>/", person, name="person"),
    path("personal/<id:record>.<slug:form>", given_out, name="given-out"),
    path("personal/acts/<id:act>/", act, name="act"),
]
