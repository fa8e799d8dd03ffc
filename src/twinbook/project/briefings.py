"""The page that drafts a briefing: the partner, who comes, the topics, two languages, on one page."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods

from twinbook.project import office
from twinbook.project.city import offices
from twinbook.publishing.edition import make_partner_editions
from twinbook.publishing.publications import briefing
from twinbook.publishing.publications.briefing.meeting import Meeting
from twinbook.publishing.rendering.paper import as_data
from twinbook.register.desk import words
from twinbook.register.desk.briefing_form import BriefingForm
from twinbook.register.desk.doors import needs
from twinbook.register.queries.officials import officials_of
from twinbook.register.queries.partner_names import partner_names
from twinbook.register.queries.records import Dossier, dossier
from twinbook.register.queries.values import PersonShown
from twinbook.register.workflow import papers as acts
from twinbook.register.workflow.errors import RefusedError


@needs("plan")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """`?partner=` names the place; without one the page asks for it. A POST drafts the briefing."""
    chosen = request.GET.get("partner", "")
    about = dossier(chosen) if chosen else None
    if chosen and about is None:
        raise Http404
    language = (translation.get_language() or "en")[:2]
    if about is None:
        return render(request, "desk/briefing.html", {"partners": partner_names(language)})
    guests = [one for one in about.people if _is_official(one)]
    own = [one for one in (officials_of(about.home.id) if about.home else ()) if _is_official(one)]
    data = request.POST if request.method == "POST" else None
    form = BriefingForm(language, guests, own, data, initial={"language": [language], "day": timezone.localdate()})
    if form.is_bound and form.is_valid():
        try:
            return redirect("kept:paper", _drafted(request, form, about, language, timezone.now()))
        except RefusedError as error:
            form.add_error(None, words.refusal(error))
    context = {"form": form, "partner": about.partner, "tie": about.tie}
    return render(request, "desk/briefing.html", context, status=422 if form.is_bound else 200)


def _drafted(request: HttpRequest, form: BriefingForm, about: Dossier, language: str, now: datetime) -> str:
    data = form.cleaned_data
    meeting = Meeting(
        data["day"],
        data["place"],
        data["aims"],
        tuple(data.get("guests", ())),
        tuple(data.get("own", ())),
        form.lines("others"),
        form.lines("topics"),
        language,
    )
    city = offices(office.home())
    editions = make_partner_editions(about.partner.id, data["language"], at=now, office=city.offices)
    if not all(edition.partners for edition in editions.values()):
        raise acts.NotPossibleError("this partner is private", code="not-possible")
    documents = [briefing.draft(editions[tag], meeting) for tag in data["language"]]
    return acts.draft_paper(
        "briefing",
        title=documents[0].title,
        documents=[as_data(one) for one in documents],
        as_known_at=now,
        partner=about.partner.id,
        by=request.user,
        at=now,
    )


def _is_official(person: PersonShown) -> bool:
    """Whom a paper may name: an edition holds nobody else."""
    return person.person_class == "official" and person.visibility in ("public", "internal")


app_name = "briefings"
urlpatterns: list[URLPattern] = [path("briefings/new/", new, name="new")]
