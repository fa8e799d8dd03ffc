"""Any order of capture, decide, correct, merge, prefer, withdraw, import, exchange and undo leaves a sound register

and loses nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from people import make_user
from register.conftest import Clock
from register.readings import IRKUTSK, KANAZAWA, RUSSIAN, activity, reading, russian_reading
from twinbook.project.exchange_pages import offers_for
from twinbook.register.models import Activity, Decision, Merge, Proposal, Record, Source, Statement, Tie
from twinbook.register.queries.exchange import our_party, partner_for
from twinbook.register.workflow import (
    bring_in,
    capture,
    decide,
    enter,
    exchange,
    exchange_file,
    merge,
    prefer,
    promise,
    propose,
    undo,
    withdraw,
)
from twinbook.register.workflow.audit import audit
from twinbook.register.workflow.enter import Given
from twinbook.register.workflow.errors import RefusedError

PARTNERS_KEY = exchange_file.new_key()
LISTS = [
    "partner_en,partner_ru,country,level,relation,start_edtf\nKanazawa,Канадзава,JP,city,twin,1967-03-20\n",
    "partner_en,partner_ru,country,level,relation,start_edtf\n"
    "Eugene,Юджин,US,city,twin,1988\nKanazawa,Канадзава,JP,city,twin,1966\nShenyang,Шэньян,CN,city,twin,\n",
]
OWNER = {"home": "Irkutsk", "home_country": "RU"}
JAPANESE = "金沢市長は2019年9月16日、イルクーツクを訪れた。姉妹都市の交流は1989年に始まった。"
ENGLISH = "Irkutsk and Kanazawa have been sister cities since 1967. Pupils have travelled since 1989."


def _japanese() -> dict[str, Any]:
    places = [
        {"name": "金沢", "kind": "city", "country": "JP"},
        {"name": "イルクーツク", "kind": "city", "country": "RU"},
    ]
    visit = activity("市長の訪問", [JAPANESE[:27]], kind="meeting", areas=["governance"], when="2019-09-16")
    since = {"between": ["金沢", "イルクーツク"], "kind": "sister_city", "since": "1968", "evidence": [JAPANESE[27:]]}
    return reading(
        JAPANESE, "ja", places=places, activities=[visit | {"places": ["金沢", "イルクーツク"]}], ties=[since]
    )


def _english() -> dict[str, Any]:
    places = [IRKUTSK | {"name": "Irkutsk"}, KANAZAWA | {"name": "Kanazawa"}]
    first, second = ENGLISH.split(". ", 1)
    tie = {"between": ["Irkutsk", "Kanazawa"], "kind": "sister_city", "since": "1967", "evidence": [first]}
    pupils = activity("pupils travel", [second], areas=["youth"], status="ongoing", when="1989/..", recurring=True)
    return reading(ENGLISH, "en", places=places, ties=[tie], activities=[pupils | {"places": ["Irkutsk", "Kanazawa"]}])


def _better() -> dict[str, Any]:
    better = russian_reading()
    better["activities"][0]["areas"] = ["economy"]
    better["ties"][0]["since"] = "1967-03"
    return better


READINGS: list[tuple[str, Callable[[], dict[str, Any]]]] = [
    (RUSSIAN, russian_reading),
    (JAPANESE, _japanese),
    (ENGLISH, _english),
    (RUSSIAN, _better),
]
NEW_VALUES = {
    "when": "1991", "since": "1970", "date": "1970-01", "status": "cancelled", "title": "другое", "name": "Другое имя",
    "kind": None, "areas": "sport", "said": "иначе",
}  # fmt: skip
pick = st.integers(min_value=0, max_value=10_000)


class Office(RuleBasedStateMachine):
    """One officer doing whatever an officer may do, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.clock = Clock()
        self.olga = make_user("olga")
        self.made = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.frame.__exit__(None, None, None)

    def _act(self, action: Callable[[], Any]) -> Any:
        """Do it, or be refused with nothing changed."""
        before = self._standing()
        try:
            return action()
        except RefusedError:
            assert self._standing() == before
            return None

    @staticmethod
    def _standing() -> list[tuple[str, str]]:
        return sorted(Statement.objects.filter(withdrawn_by=None).values_list("key", "quote"))

    @staticmethod
    def _one(rows: Any, number: int) -> Any:
        found = list(rows.order_by("pk"))
        return found[number % len(found)] if found else None

    def _waiting(self, number: int) -> Proposal | None:
        return self._one(Proposal.objects.filter(state="waiting"), number)

    def _statement(self, number: int) -> Statement | None:
        return self._one(Statement.objects.filter(withdrawn_by=None), number)

    @rule(number=pick)
    def read_a_page(self, number: int) -> None:
        text, said = READINGS[number % len(READINGS)]
        source = capture.capture_text(text, by=self.olga, at=self.clock()).source
        propose.queue_reading(source, said(), at=self.clock())

    @rule(number=pick, chosen=st.sampled_from([None, "", "match"]))
    def accept(self, number: int, chosen: str | None) -> None:
        proposal = self._waiting(number)
        if proposal:
            record = chosen
            if chosen == "match":
                kind = {"saying": "activity"}.get(proposal.sort, proposal.sort)
                found = self._one(Record.objects.filter(kind=kind, is_standing=True), number)
                record = found.public_id if found else None
            self._act(lambda: decide.accept(proposal.public_id, by=self.olga, at=self.clock(), record=record))

    @rule(number=pick)
    def correct(self, number: int) -> None:
        proposal = self._waiting(number)
        if proposal:
            names = {claim["property"] for claim in proposal.as_read["claims"]}
            changes = {name: NEW_VALUES[name] for name in sorted(names & set(NEW_VALUES)) if NEW_VALUES[name]}
            self._act(
                lambda: decide.correct(proposal.public_id, changes=changes, by=self.olga, at=self.clock(), record="")
            )

    @rule(number=pick)
    def reject(self, number: int) -> None:
        proposal = self._waiting(number)
        if proposal:
            self._act(lambda: decide.reject(proposal.public_id, by=self.olga, at=self.clock()))

    @rule(number=pick)
    def accept_page(self, number: int) -> None:
        source = self._one(Source.objects.filter(kind="page"), number)
        if source:
            self._act(lambda: decide.accept_page(source.public_id, by=self.olga, at=self.clock()))

    @rule(number=pick, whole_act=st.booleans())
    def undo(self, number: int, whole_act: bool) -> None:
        decision = self._one(Decision.objects.filter(undone_by=None).exclude(kind="undo"), number)
        if decision:
            chosen = decision.act if whole_act else decision.public_id
            self._act(lambda: undo.undo(chosen, by=self.olga, at=self.clock()))

    @rule(number=pick)
    def amend(self, number: int) -> None:
        statement = self._statement(number)
        if statement and NEW_VALUES.get(statement.property):
            value = NEW_VALUES[statement.property]
            self._act(lambda: enter.amend(statement.pk, value, by=self.olga, at=self.clock()))

    @rule(number=pick)
    def withdraw(self, number: int) -> None:
        statement = self._statement(number)
        if statement:
            self._act(lambda: withdraw.withdraw(statement.pk, by=self.olga, at=self.clock(), reason="?"))

    @rule(number=pick)
    def withdraw_record(self, number: int) -> None:
        record = self._one(Record.objects.filter(is_standing=True), number)
        if record:
            self._act(lambda: withdraw.withdraw_record(record.public_id, by=self.olga, at=self.clock(), reason="?"))

    @rule(number=pick)
    def prefer(self, number: int) -> None:
        statement = self._statement(number)
        if statement:
            self._act(lambda: prefer.prefer(statement.pk, by=self.olga, at=self.clock()))

    @rule(number=pick, other=pick)
    def merge(self, number: int, other: int) -> None:
        one = self._one(Record.objects.filter(is_standing=True), number)
        into = self._one(Record.objects.filter(kind=one.kind), other) if one else None
        if one and into:
            self._act(lambda: merge.merge(one.public_id, into=into.public_id, by=self.olga, at=self.clock()))

    @rule(number=pick, kind=st.sampled_from(["agreement", "pause", "end", "resumption"]))
    def take_a_step(self, number: int, kind: str) -> None:
        tie = self._one(Tie.objects.select_related("record"), number)
        if tie:
            note = capture.capture_text(f"{kind} {number}", kind="note", by=self.olga, at=self.clock()).source
            given = [Given("tie", tie.record.public_id), Given("kind", kind), Given("date", f"{1960 + number % 60}")]
            self._act(lambda: enter.enter("step", given, source=note, by=self.olga, at=self.clock()))

    @rule(number=pick)
    def promise(self, number: int) -> None:
        row = self._one(Activity.objects.select_related("record"), number)
        if row:
            record = row.record.public_id
            self._act(lambda: promise.promise(record, what="обещали", language="ru", by=self.olga, at=self.clock()))

    @rule(number=pick)
    def bring_a_list_in(self, number: int) -> None:
        """The second time the same list says nothing new."""
        raw = LISTS[number % len(LISTS)].encode()
        self._act(lambda: self._set_home())
        self._act(
            lambda: bring_in.bring_in(
                raw, by=self.olga, at=self.clock(), name="ties.csv", importer="tie_list", mapping=OWNER
            )
        )

    def _set_home(self) -> str:
        return enter.set_home("Иркутск", language="ru", country="RU", by=self.olga, at=self.clock())

    @rule(number=pick)
    def exchange_with_a_partner(self, number: int) -> None:
        """The partner tells of the tie what we tell of it, under his own key and a later year."""
        tie = self._one(Tie.objects.filter(record__is_standing=True).select_related("record"), number)
        ours, partner = our_party(), partner_for(tie.record.public_id) if tie else None
        if tie is None or ours is None or partner is None or partner.tie != tie.record.public_id:
            return
        items = [offer.item() for offer in offers_for(partner.tie)]
        sent = self._act(
            lambda: exchange.send(partner.tie, items, secret=exchange_file.new_key(), by=self.olga, at=self.clock())
        )
        if sent is None:
            return
        theirs = json.loads(sent.raw.replace(b"1967", b"1968"))
        told = {key: value for key, value in theirs.items() if key not in ("signature", "key", "format", "version")}
        raw = exchange_file.sign({**told, "from": theirs["to"], "to": theirs["from"]}, PARTNERS_KEY)
        key = exchange_file.public_key(PARTNERS_KEY)
        self._act(lambda: exchange.accept_key(partner.place, key, by=self.olga, at=self.clock(), how="by telephone"))
        self._act(lambda: exchange.receive(raw, by=self.olga, at=self.clock()))

    @rule(number=pick)
    def do_and_undo(self, number: int) -> None:
        """Whatever was done last, its undo gives the register that was there before."""
        before, rows = self._standing(), self._rows()
        latest = Decision.objects.order_by("-pk").first()
        self.accept_page(number)
        made = Decision.objects.filter(pk__gt=latest.pk if latest else 0).exclude(kind="undo").first()
        if made:
            undo.undo(made.act, by=self.olga, at=self.clock())
            assert (self._standing(), self._rows()) == (before, rows)

    @rule(number=pick)
    def merge_and_part(self, number: int) -> None:
        before, rows = self._standing(), self._rows()
        merges = Merge.objects.filter(ended_by=None).count()
        self.merge(number, number + 1)
        if Merge.objects.filter(ended_by=None).count() > merges:
            latest = Decision.objects.order_by("-pk").first()
            assert latest is not None
            undo.undo(latest.public_id, by=self.olga, at=self.clock())
            assert (self._standing(), self._rows()) == (before, rows)

    @staticmethod
    def _rows() -> list[tuple[Any, ...]]:
        columns = ("public_id", "label", "visibility", "is_standing", "canonical")
        return [
            (*row[:1], str(row[1:]))
            for row in Record.objects.filter(is_standing=True).order_by("pk").values_list(*columns)
        ]

    @invariant()
    def the_audit_is_clean(self) -> None:
        assert [(damage.code, damage.about, damage.sentence) for damage in audit()] == []

    @invariant()
    def no_statement_is_lost(self) -> None:
        count = Statement.objects.count()
        assert count >= self.made
        self.made = count

    @invariant()
    def what_is_decided_says_what_it_decided(self) -> None:
        """Each accepted proposal that nobody touched since has all its statements standing or withdrawn by name."""
        for proposal in Proposal.objects.filter(state__in=("accepted", "corrected")).select_related("decision"):
            assert proposal.decision is not None and proposal.record_id is not None


@pytest.mark.usefixtures("db")
def test_any_order_leaves_a_sound_register() -> None:
    examples = int(os.environ.get("TWINBOOK_STATEFUL_EXAMPLES", "8"))
    run_state_machine_as_test(
        Office,
        settings=settings(
            max_examples=examples,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
