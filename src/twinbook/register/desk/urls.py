"""Addresses of the desk. Ids are opaque: twelve letters and figures that tell nothing."""

from django.urls import URLPattern, path, register_converter

from twinbook.register.desk.views import (
    access,
    accounts,
    activities,
    calendar,
    calendar_links,
    door,
    entry,
    glossary,
    handover,
    inbox,
    lessons,
    log,
    partners,
    plans,
    promises,
    records,
    review,
    security,
    watching,
)
from twinbook.register.desk.views import outside_lists as lists
from twinbook.register.desk.views import today as first


class PublicId:
    """An id as register.models.fields.new_public_id makes it."""

    regex = "[0-9a-z]{8,16}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PublicId, "id")

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", first.today, name="today"),
    path("sign-in/", door.sign_in, name="sign-in"),
    path("password/", door.password, name="password"),
    path("password/done/", door.password_done, name="password-done"),
    path("sign-out/", door.sign_out, name="sign-out"),
    path("welcome/<slug:uidb64>/<slug:token>/", accounts.welcome, name="welcome"),
    path("security/", security.security, name="security"),
    path("security/reminders/", security.reminders, name="reminders"),
    path("security/app/", security.add_app, name="add-app"),
    path("security/app/<id:factor>/", security.app, name="app"),
    path("security/codes/", security.new_codes, name="new-codes"),
    path("security/passkey/", security.add_passkey, name="add-passkey"),
    path("security/passkey/options/", security.passkey_options, name="passkey-options"),
    path("security/factors/<id:factor>/remove/", security.remove_factor, name="remove-factor"),
    path("second-factor/", security.second_factor, name="second-factor"),
    path("second-factor/passkey/", security.ask_passkey, name="ask-passkey"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/<id:account>/", accounts.account, name="account"),
    path("access-log/", access.access_log, name="access-log"),
    path("language/", door.language, name="language"),
    path("set-up/", entry.set_up, name="set-up"),
    path("help/", door.help_page, name="help"),
    path("help/glossary/", glossary.glossary, name="glossary"),
    path("help/tutorial/", lessons.tutorial, name="tutorial"),
    path("help/how-to/", lessons.how_to, name="how-to"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("sources/<id:source>/", inbox.source, name="source"),
    path("sources/<id:source>/changes/", watching.changes, name="changes"),
    path("watch/", watching.watch_list, name="watch-list"),
    path("watch/<id:watch>/", watching.watch, name="watch"),
    path("watch/<id:watch>/act/", watching.act, name="watch-act"),
    path("review/<id:source>/", review.page, name="review"),
    path("review/<id:source>/accept/", review.accept_page, name="accept-page"),
    path("review/<id:source>/reject/", review.reject_page, name="reject-page"),
    path("review/<id:source>/chosen/", review.decide_chosen, name="decide-chosen"),
    path("proposals/<id:proposal>/accept/", review.accept, name="accept"),
    path("proposals/<id:proposal>/correct/", review.correct, name="correct"),
    path("proposals/<id:proposal>/reject/", review.reject, name="reject"),
    path("proposals/<id:proposal>/split/", review.split, name="split"),
    path("undo/<id:act>/", review.undo_act, name="undo"),
    path("partners/", partners.partners, name="partners"),
    path("handover/", handover.page, name="handover"),
    path("partners/new/", entry.partner, name="new-partner"),
    path("partners/<id:record>/", partners.dossier, name="dossier"),
    path("records/<id:record>/time-zone/", partners.time_zone, name="time-zone"),
    path("enter/<slug:kind>/", entry.fact, name="enter"),
    path("scans/<id:source>/", entry.scan, name="scan"),
    path("records/<id:record>/add/<slug:kind>/", entry.addition, name="add"),
    path("records/<id:record>/", records.record, name="record"),
    path("records/<id:record>/merge/", records.merge_record, name="merge"),
    path("records/<id:record>/evidence/<slug:name>/", records.evidence, name="evidence"),
    path("records/<id:record>/contradiction/<slug:name>/", records.dispute, name="dispute"),
    path("records/<id:record>/statements/<int:statement>/", records.statement, name="statement"),
    path("records/<id:record>/statements/<int:statement>/prefer/", records.prefer_statement, name="prefer"),
    path("records/<id:record>/promise/", promises.make, name="make-promise"),
    path("promises/", promises.promises, name="promises"),
    path("promises/<id:record>/settle/", promises.settle, name="settle"),
    path("plan/", plans.current, name="plans"),
    path("plan/<int:year>/", plans.plan, name="plan"),
    path("plan/<int:year>/add/", plans.add, name="add-plan-line"),
    path("plan/<int:year>/outcomes/", plans.outcomes, name="plan-outcomes"),
    path("plan/lines/<id:line>/", plans.line, name="plan-line"),
    path("decisions/", log.decisions, name="decisions"),
    path("search/", log.find, name="search"),
    path("activities/", activities.activities, name="activities"),
    path("lists/", lists.index, name="lists"),
    path("lists/export/<slug:code>/", lists.export, name="export"),
    path("lists/<id:source>/", lists.one, name="list"),
    path("lists/<id:source>/bring/", lists.bring, name="list-bring"),
    path("lists/<id:source>/report.csv", lists.report, name="list-report"),
    path("lists/<id:source>/compare/", lists.comparing, name="compare"),
    path("lists/<id:source>/compare/settle/", lists.settle, name="compare-settle"),
    path("lists/<id:source>/compare/<slug:form>/", lists.correction, name="correction"),
    path("records/<id:record>/reading/", records.reading, name="add-reading"),
    path("figures/", activities.figures, name="figures"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/addresses/", calendar_links.addresses, name="calendar-links"),
    path("calendar/addresses/<id:link>/revoke/", calendar_links.revoke, name="revoke-calendar"),
]
