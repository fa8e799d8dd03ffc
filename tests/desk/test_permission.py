"""Which role opens which door: every address × role × looking and sending, and every writing door × role."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from people import make_user
from twinbook.project import office
from twinbook.register.desk.doors import OPEN, SAFE, right_for
from twinbook.register.queries.queue import PageReview
from twinbook.register.queries.readings import Reading
from twinbook.register.queries.rights import RIGHTS, ROLES, by_command, may
from twinbook.register.workflow import (
    access,
    accounts,
    add_reading,
    bring_in,
    calendar_links,
    capture,
    decide,
    enter,
    entries,
    erase,
    exchange,
    merge,
    outside_lists,
    paper_templates,
    papers,
    plans,
    prefer,
    promise,
    propose,
    remind,
    reshape,
    scans,
    time_zone,
    undo,
    visit,
    visit_people,
    visit_rules,
    watch_list,
    withdraw,
)
from twinbook.register.workflow.entries import Fact
from twinbook.register.workflow.errors import RefusedError
from twinbook.register.workflow.permission import NotAllowedError

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
SAMPLES = {"PublicId": "0123456789ab", "IntConverter": 1, "SlugConverter": "activity", "StringConverter": "pdf"}
# What stands for each role, so that a change of the table of rights is seen here.
TABLE = {
    "reader": {"own", "read"},
    "clerk": {"own", "read", "capture", "plan"},
    "officer": {"own", "read", "capture", "plan", "decide", "enter", "sensitive"},
    "head": {"own", "read", "capture", "plan", "decide", "enter", "sensitive", "approve", "publish", "templates"},
    "administrator": {"own", "accounts", "settings", "templates"},
    "protection": {"own", "read", "sensitive", "access-log", "erase", "terms"},
}


def patterns(resolver: Any, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield space, pattern
        else:
            yield from patterns(pattern, f"{pattern.app_name}:" if pattern.app_name else space)


def samples(pattern: URLPattern) -> dict[str, object]:
    return {name: SAMPLES[type(kind).__name__] for name, kind in pattern.pattern.converters.items()}


DOORS = [(f"{space}{pattern.name}", samples(pattern), pattern.callback) for space, pattern in patterns(get_resolver())]


def test_the_table_of_rights_is_as_written_here() -> None:
    assert {role: {right for right in RIGHTS if role in RIGHTS[right]} for role in ROLES} == TABLE


def test_every_view_declares_its_right() -> None:
    declared = {name: right_for(view, method) for name, _, view in DOORS for method in ("GET", "POST")}

    assert [name for name, right in declared.items() if right is None] == []
    assert set(declared.values()) - {OPEN} <= set(RIGHTS)
    assert len(declared) > 45


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_its_doors_and_no_other(
    client: Client, role: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWINBOOK_HOME", str(tmp_path / "register"))
    office.make()
    client.force_login(make_user("somebody", role))
    wrong = []

    for name, values, view in DOORS:
        if name == "desk:sign-out":
            continue
        for method in ("GET", "POST"):
            right = right_for(view, method)
            opens = right == OPEN or right in TABLE[role]
            answer = client.generic(method, reverse(name, kwargs=values))
            if (answer.status_code != 403) != opens:
                wrong.append((name, method, right, answer.status_code))

    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Those who may: Administrator."), ("ru", "Администратор"), ("ja", "管理者")],
)
def test_a_refused_page_says_in_the_users_language_who_may(client: Client, language: str, words: str) -> None:
    client.force_login(make_user("vera", "officer"))

    answer = client.get(reverse("desk:accounts"), headers={"Accept-Language": language})

    assert answer.status_code == 403
    assert words in answer.content.decode()


@pytest.mark.django_db
def test_an_account_that_is_switched_off_or_has_no_role_opens_nothing(client: Client) -> None:
    nobody, off = make_user("nobody"), make_user("off")
    nobody.account.roles = []
    nobody.account.save()
    off.is_active = False
    off.save()

    client.force_login(nobody)
    first = client.get(reverse("desk:help")).status_code
    client.force_login(off)
    second = client.get(reverse("desk:help")).status_code

    assert (first, second) == (403, 302)
    assert [right for right in RIGHTS if may(off, right) or may(None, right)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_the_menu_shows_only_what_the_role_may(client: Client, role: str) -> None:
    client.force_login(make_user("somebody", role))

    page = client.get(reverse("desk:help")).content.decode()
    menu = page.partition('<nav class="nav"')[2].partition("</nav>")[0]
    shown = {name for name, values, _ in DOORS if not values and f'href="{reverse(name)}"' in menu}

    assert {name for name in shown if client.get(reverse(name)).status_code == 403} == set()
    assert ("desk:accounts" in shown) == (role == "administrator")
    assert ("desk:access-log" in shown) == (role == "protection")


def test_who_may_not_decide_sees_the_proposals_without_the_acts(page: PageReview) -> None:
    reader, officer = Client(), Client()
    reader.force_login(make_user("reader", "reader"))
    officer.force_login(make_user("another", "officer"))
    address = reverse("desk:review", args=[page.source.id])

    read, decided = (client.get(address).content.decode() for client in (reader, officer))

    assert 'data-act="accept"' in decided and 'data-act="accept"' not in read
    assert read.count("data-card") == decided.count("data-card")


# -- the workflow: the same rights, whatever page or command led there

ID = "0123456789ab"
Door = Callable[[Any], object]
WRITING: dict[str, tuple[str, Door]] = {
    "decide.accept": ("decide", lambda by: decide.accept(ID, by=by, at=AT)),
    "decide.correct": ("decide", lambda by: decide.correct(ID, changes={}, by=by, at=AT)),
    "decide.reject": ("decide", lambda by: decide.reject(ID, by=by, at=AT)),
    "decide.accept_page": ("decide", lambda by: decide.accept_page(ID, by=by, at=AT)),
    "decide.reject_page": ("decide", lambda by: decide.reject_page(ID, by=by, at=AT)),
    "decide.accept_chosen": ("decide", lambda by: decide.accept_chosen({ID: 1}, by=by, at=AT)),
    "decide.reject_chosen": ("decide", lambda by: decide.reject_chosen({ID: 1}, by=by, at=AT)),
    "reshape.split": ("decide", lambda by: reshape.split(ID, first=[0], second=[1], by=by, at=AT)),
    "reshape.join": ("decide", lambda by: reshape.join(ID, ID, by=by, at=AT)),
    "undo.undo": ("decide", lambda by: undo.undo(ID, by=by, at=AT)),
    "withdraw.withdraw": ("decide", lambda by: withdraw.withdraw(1, by=by, at=AT, reason="x")),
    "withdraw.withdraw_record": ("decide", lambda by: withdraw.withdraw_record(ID, by=by, at=AT, reason="x")),
    "merge.merge": ("decide", lambda by: merge.merge(ID, into="ba9876543210", by=by, at=AT)),
    "prefer.prefer": ("decide", lambda by: prefer.prefer(1, by=by, at=AT)),
    "promise.promise": ("decide", lambda by: promise.promise(ID, what="x", language="en", by=by, at=AT)),
    "promise.keep": ("decide", lambda by: promise.keep(ID, proof=ID, by=by, at=AT)),
    "promise.drop": ("decide", lambda by: promise.drop(ID, by=by, at=AT, reason="x")),
    "promise.overtake": ("decide", lambda by: promise.overtake(ID, by=by, at=AT, reason="x")),
    "enter.enter": ("enter", lambda by: enter.enter("tie", [], source=ID, by=by, at=AT)),
    "enter.amend": ("decide", lambda by: enter.amend(1, "x", by=by, at=AT)),
    "enter.find_or_make_place": ("enter", lambda by: enter.find_or_make_place("X", language="en", by=by, at=AT)),
    "enter.set_home": ("enter", lambda by: enter.set_home("X", language="en", country="RU", by=by, at=AT)),
    "bring_in.bring_in": ("enter", lambda by: bring_in.bring_in(b"", by=by, at=AT)),
    "capture.capture_bytes": ("capture", lambda by: capture.capture_bytes(b"", by=by, at=AT)),
    "capture.capture_text": ("capture", lambda by: capture.capture_text("", by=by, at=AT)),
    "capture.store_ready": ("capture", lambda by: capture.store_ready("", kind="note", by=by, at=AT)),
    "capture.capture_address": ("capture", lambda by: capture.capture_address("ftp://x", by=by, at=AT)),
    "capture.capture_file": ("capture", lambda by: capture.capture_file(Path("/dev/null"), by=by, at=AT)),
    "propose.take_in": ("capture", lambda by: propose.take_in("", by=by, at=AT)),
    "propose.take_in_all": ("capture", lambda by: propose.take_in_all(b"", by=by, at=AT)),
    "access.cut": ("terms", lambda by: access.cut(AT, by=by, at=AT)),
    "exchange.send": ("publish", lambda by: exchange.send(ID, [], secret=b"", by=by, at=AT)),
    "exchange.accept_key": ("publish", lambda by: exchange.accept_key(ID, "x", by=by, at=AT, how="x")),
    "exchange.receive": ("capture", lambda by: exchange.receive(b"", by=by, at=AT)),
    "calendar_links.make_link": (
        "decide",
        lambda by: calendar_links.make_link("x", audience="office", language="en", by=by, at=AT),
    ),
    "entries.enter_facts": ("enter", lambda by: entries.enter_facts([Fact("gift", ())], source=ID, by=by, at=AT)),
    "entries.propose_facts": ("capture", lambda by: entries.propose_facts([], source=ID, by=by, at=AT)),
    "scans.keep_scan": ("capture", lambda by: scans.keep_scan(b"", "x", by=by, at=AT)),
    "add_reading.add_reading": (
        "enter",
        lambda by: add_reading.add_reading(ID, "place", Reading("x", "en", "practical", "х"), by=by, at=AT),
    ),
    "papers.draft_paper": (
        "plan",
        lambda by: papers.draft_paper("briefing", title="x", documents=[{}], as_known_at=AT, by=by, at=AT),
    ),
    "papers.change_paper": ("plan", lambda by: papers.change_paper(ID, [{}], by=by, at=AT)),
    "paper_templates.keep_template": (
        "templates",
        lambda by: paper_templates.keep_template(b"x", publication="briefing", language="en", name="x", by=by, at=AT),
    ),
    "paper_templates.discard_template": ("templates", lambda by: paper_templates.discard_template(ID, by=by, at=AT)),
    "time_zone.state_time_zone": ("enter", lambda by: time_zone.state_time_zone(ID, "Asia/Tokyo", by=by, at=AT)),
    "papers.keep_paper": ("plan", lambda by: papers.keep_paper(ID, by=by, at=AT)),
    "papers.approve_paper": ("approve", lambda by: papers.approve_paper(ID, by=by, at=AT)),
    "papers.discard_paper": ("plan", lambda by: papers.discard_paper(ID, by=by, at=AT)),
    "plans.add_line": ("plan", lambda by: plans.add_line(2027, plans.LineGiven({"en": "x"}), by=by, at=AT)),
    "plans.refuse_proposal": (
        "plan",
        lambda by: plans.refuse_proposal(2027, plans.LineGiven({}), origin="term", record=ID, by=by, at=AT),
    ),
    "plans.change_line": ("plan", lambda by: plans.change_line(ID, plans.LineGiven({"en": "x"}), by=by, at=AT)),
    "plans.drop_line": ("plan", lambda by: plans.drop_line(ID, by=by, at=AT)),
    "plans.restore_line": ("plan", lambda by: plans.restore_line(ID, by=by, at=AT)),
    "plans.settle_line": ("plan", lambda by: plans.settle_line(ID, "held", by=by, at=AT)),
    "calendar_links.revoke": ("decide", lambda by: calendar_links.revoke(ID, by=by, at=AT)),
    "erase.erase": ("erase", lambda by: erase.erase(ID, ground="request", by=by, at=AT)),
    "outside_lists.keep_list": ("capture", lambda by: outside_lists.keep_list(b"", name="x", by=by, at=AT)),
    "outside_lists.bring_list": (
        "enter",
        lambda by: outside_lists.bring_list(ID, importer="", mapping={}, by=by, at=AT),
    ),
    "outside_lists.take_theirs": ("decide", lambda by: outside_lists.take_theirs(ID, 1, mapping={}, by=by, at=AT)),
    "outside_lists.ours_stands": ("decide", lambda by: outside_lists.ours_stands(ID, "k", by=by, at=AT, reason="x")),
    "remind.set_address": ("own", lambda by: remind.set_address("", by=by)),
    "watch_list.add_watch": ("capture", lambda by: watch_list.add_watch("ftp://x", by=by, at=AT)),
    "watch_list.change_watch": (
        "capture",
        lambda by: watch_list.change_watch(ID, name="", publisher="", every_hours=24, silent_days=0, by=by),
    ),
    "watch_list.pause": ("capture", lambda by: watch_list.pause(ID, by=by, at=AT)),
    "watch_list.resume": ("capture", lambda by: watch_list.resume(ID, by=by, at=AT)),
    "watch_list.take_off": ("capture", lambda by: watch_list.take_off(ID, by=by)),
    "watch_list.check_now": ("capture", lambda by: watch_list.check_now(ID, by=by, clock=lambda: AT)),
    "accounts.invite": ("accounts", lambda by: accounts.invite("new", roles=["reader"], by=by, at=AT)),
    "accounts.change_roles": ("accounts", lambda by: accounts.change_roles(ID, ["reader"], by=by, at=AT)),
    "accounts.switch": ("accounts", lambda by: accounts.switch(ID, on=False, by=by, at=AT)),
    "accounts.reset": ("accounts", lambda by: accounts.reset(ID, by=by, at=AT)),
    "visit.open_visit": (
        "plan",
        lambda by: visit.open_visit(
            {"en": "x"},
            direction="incoming",
            partner=None,
            first_day=AT.date(),
            last_day=AT.date(),
            languages=("en", "ru"),
            by=by,
            at=AT,
        ),
    ),
    "visit.change_visit": ("plan", lambda by: visit.change_visit(ID, by=by, at=AT)),
    "visit.meet": ("plan", lambda by: visit.meet(ID, "report", on=None, by=by, at=AT)),
    "visit.add_hour": (
        "plan",
        lambda by: visit.add_hour(
            ID, day=AT.date(), begins=None, ends=None, what={}, place={}, work="", is_for_guests=True, by=by, at=AT
        ),
    ),
    "visit.change_hour": (
        "plan",
        lambda by: visit.change_hour(
            ID, ID, day=AT.date(), begins=None, ends=None, what={}, place={}, work="", is_for_guests=True, by=by, at=AT
        ),
    ),
    "visit.fill_estimate": ("plan", lambda by: visit.fill_estimate(ID, by=by, at=AT)),
    "visit.add_task": ("plan", lambda by: visit.add_task(ID, department="x", what="x", due=None, by=by, at=AT)),
    "visit.finish_task": ("plan", lambda by: visit.finish_task(ID, ID, on=None, by=by, at=AT)),
    "visit.add_cost": (
        "plan",
        lambda by: visit.add_cost(ID, norm="", what="x", rate=None, people=1, times=1, by=by, at=AT),
    ),
    "visit.take_out": ("plan", lambda by: visit.take_out(ID, "hour", ID, by=by, at=AT)),
    "visit.close_visit": ("decide", lambda by: visit.close_visit(ID, by=by, at=AT)),
    "visit.cancel_visit": ("decide", lambda by: visit.cancel_visit(ID, by=by, at=AT)),
    "visit.open_again": ("decide", lambda by: visit.open_again(ID, by=by, at=AT)),
    "visit_people.let_know": ("plan", lambda by: visit_people.let_know(ID, "olga", by=by, at=AT)),
    "visit_people.let_go": ("plan", lambda by: visit_people.let_go(ID, "olga", by=by, at=AT)),
    "visit_people.see_people": ("sensitive", lambda by: visit_people.see_people(ID, by=by, at=AT)),
    "visit_people.add_person": ("sensitive", lambda by: visit_people.add_person(ID, "guest", {}, by=by, at=AT)),
    "visit_people.change_person": ("sensitive", lambda by: visit_people.change_person(ID, ID, {}, by=by, at=AT)),
    "visit_people.take_off": ("sensitive", lambda by: visit_people.take_off(ID, ID, by=by, at=AT)),
    "visit_people.withdraw_consent": ("sensitive", lambda by: visit_people.withdraw_consent(ID, ID, by=by, at=AT)),
    "visit_people.erase_person": ("erase", lambda by: visit_people.erase_person(ID, by=by, at=AT)),
    "visit_people.find_people": ("erase", lambda by: visit_people.find_people("nobody", by=by, at=AT)),
    "visit_people.give_out": ("erase", lambda by: visit_people.give_out(ID, by=by, at=AT)),
    "visit_people.delete_due": ("terms", lambda by: visit_people.delete_due(AT.date(), by=by, at=AT)),
    "visit_rules.save_rules": ("decide", lambda by: visit_rules.save_rules("", by=by, at=AT)),
}
# Functions that take an actor and are no doors of their own: each with its reason.
NO_DOORS = {
    "permission.need": "is the check itself",
    "access.note_access": "writes the log of what a door did",
    "watching.check": "one look of the worker's; watch_list.check_now is its door for officers",
    "second_factor": "a user's own factor; the right is being that user",
}


@pytest.mark.parametrize("role", ROLES)
def test_every_writing_door_checks_the_actor(db: None, role: str) -> None:
    by = make_user("somebody", role)
    wrong = []

    for name, (right, door) in WRITING.items():
        try:
            door(by)
            refused = False
        except NotAllowedError as error:
            refused = error.right == right
        except (RefusedError, ValueError):
            refused = False  # let in, and refused for another reason: there is nothing of that id
        if refused == (right in TABLE[role]):
            wrong.append((name, right, refused))

    assert wrong == []


def test_every_function_of_the_workflow_that_takes_an_actor_is_among_these_doors() -> None:
    folder = Path(inspect.getfile(decide)).parent
    found = set()
    for path in folder.glob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                arguments = {argument.arg for argument in [*node.args.args, *node.args.kwonlyargs]}
                found |= {f"{path.stem}.{node.name}"} if "by" in arguments else set()

    doors = {name for name in found if name not in NO_DOORS and name.partition(".")[0] not in NO_DOORS}

    assert doors - set(WRITING) == set(), "a new door: call it here with each role"
    assert set(WRITING) - doors == set()


def test_the_worker_may_capture_and_nothing_else(db: None) -> None:
    capture.capture_text("Words of a page.", by=None, at=AT)

    with pytest.raises(NotAllowedError):
        decide.accept(ID, by=None, at=AT)  # type: ignore[arg-type]  # nobody is no officer


def test_a_command_acts_for_the_system_in_a_persons_name(db: None) -> None:
    reader = make_user("vera", "reader")

    with pytest.raises(NotAllowedError):
        enter.set_home("Иркутск", language="ru", country="RU", by=reader, at=AT)

    assert enter.set_home("Иркутск", language="ru", country="RU", by=by_command(reader), at=AT)


def test_looking_is_what_changes_nothing() -> None:
    assert SAFE == ("GET", "HEAD", "OPTIONS")
