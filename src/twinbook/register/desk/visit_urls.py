"""Addresses of the visit files."""

from django.urls import URLPattern, path

from twinbook.register.desk.views import visit_file, visits

app_name = "visits"
urlpatterns: list[URLPattern] = [
    path("visits/", visits.visits, name="visits"),
    path("visits/new/", visits.new, name="visit-new"),
    path("visits/journal/", visits.journal, name="visit-journal"),
    path("visits/rules/", visits.rules, name="visit-rules"),
    path("visits/<id:visit>/", visit_file.visit, name="visit"),
    path("visits/<id:visit>/state/", visit_file.state, name="visit-state"),
]
