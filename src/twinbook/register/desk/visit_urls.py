"""Addresses of the visit files."""

from django.urls import URLPattern, path

from twinbook.register.desk.views import visit_file, visit_people, visits

app_name = "visits"
urlpatterns: list[URLPattern] = [
    path("visits/", visits.visits, name="visits"),
    path("visits/new/", visits.new, name="visit-new"),
    path("visits/journal/", visits.journal, name="visit-journal"),
    path("visits/rules/", visits.rules, name="visit-rules"),
    path("visits/<id:visit>/", visit_file.visit, name="visit"),
    path("visits/<id:visit>/state/", visit_file.state, name="visit-state"),
    path("visits/<id:visit>/people/", visit_people.people, name="visit-people"),
    path("visits/people/terms/", visit_people.terms, name="visit-terms"),
    path("visits/people/find/", visit_people.find, name="visit-find"),
    path("visits/people/<id:person>.json", visit_people.given_out, name="visit-given-out"),
    path("visits/people/<id:person>/erase/", visit_people.erase, name="visit-erase"),
]
