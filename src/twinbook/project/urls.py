"""Addresses of the office's own web application: the desk, and the papers that are made for it."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("twinbook.register.desk.urls")),
    path("", include("twinbook.register.desk.visit_urls")),
    path("", include("twinbook.project.papers")),
    path("", include("twinbook.project.visit_papers")),
    path("", include("twinbook.project.office_papers")),
    path("", include("twinbook.project.briefings")),
    path("", include("twinbook.project.paper_templates")),
    path("", include("twinbook.project.maps")),
    path("", include("twinbook.project.personal")),
    path("", include("twinbook.project.feeds")),
    path("", include("twinbook.project.exchange_pages")),
]
handler403 = "twinbook.register.desk.views.errors.forbidden"
handler404 = "twinbook.register.desk.views.errors.not_found"
handler500 = "twinbook.register.desk.views.errors.broken"
