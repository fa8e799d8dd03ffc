"""The audit: silent on a sound register, and finds each kind of planted damage."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from register.conftest import Clock
from register.readings import waiting_page
from twinbook.register.models import (
    Activity,
    ActivityPlace,
    Decision,
    Dispute,
    Identifier,
    Merge,
    Name,
    Participation,
    Place,
    Proposal,
    Record,
    SearchToken,
    Source,
    Statement,
    Tie,
)
from twinbook.register.workflow import audit_rows, audit_statements, decide, enter, merge, undo, withdraw
from twinbook.register.workflow.audit import audit, fingerprint


@pytest.fixture
def lived_in(olga: User, clock: Clock) -> str:
    """A register with accepted, corrected, withdrawn, merged and undone things; the page's id."""
    source = waiting_page(olga, clock())
    decided = decide.accept_page(source, by=olga, at=clock())
    undo.undo(decided[-1].decision, by=olga, at=clock())
    tie = Statement.objects.filter(property="since", withdrawn_by=None).get()
    enter.amend(tie.pk, "1967-03-20", by=olga, at=clock())
    kind = Statement.objects.filter(property="kind", record__kind="landmark", withdrawn_by=None).get()
    withdraw.withdraw(kind.pk, by=olga, at=clock(), reason="no street")
    other = enter.enter("place", [enter.Given("name", "Канадзава", "ru")], source=source, by=olga, at=clock())
    kanazawa = Name.objects.filter(text="Kanazawa").get().record
    merge.merge(other.record, into=kanazawa.public_id, by=olga, at=clock())
    return source


@pytest.fixture(autouse=True)
def small_ranges(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ranges of three, so that what belongs together lies in different ones."""
    monkeypatch.setattr(audit_rows, "RANGE", 3)
    monkeypatch.setattr(audit_statements, "RANGE", 3)
    monkeypatch.setattr(audit_statements, "MOST_TEXT", 10)


def codes() -> list[str]:
    return sorted({damage.code for damage in audit()})


def test_a_sound_register_has_no_damage(lived_in: str) -> None:
    assert [damage.sentence for damage in audit()] == []


def test_an_empty_register_has_no_damage(db: None) -> None:
    assert codes() == []


def _first(model: type) -> object:
    return model._default_manager.order_by("pk").first()


def _again(row: Any) -> Any:
    row.pk = None
    return row


PLANTED: dict[str, tuple[str, Callable[[], object]]] = {
    "a status changed by hand": (
        "row-differs",
        lambda: Activity.objects.filter(status="done").update(status="planned"),
    ),
    "a day changed by hand": (
        "row-differs",
        lambda: Activity.objects.exclude(when_first=None).update(when_first="1990-01-01"),
    ),
    "a title changed by hand": ("row-differs", lambda: Activity.objects.update(title={"ru": "?"})),
    "a row removed": ("row-differs", lambda: Tie.objects.all().delete()),
    "a row without statements": (
        "row-differs",
        lambda: Place.objects.create(record=Record.objects.create(kind="place", made_at="2026-01-01T00:00Z")),
    ),
    "a name lost": ("row-differs", lambda: Name.objects.filter(language="ja").delete()),
    "a name changed": ("row-differs", lambda: Name.objects.filter(text="Иркутск").update(text="Иркуцк")),
    "an identifier changed": ("row-differs", lambda: Identifier.objects.update(identifier="1")),
    "a place of an activity lost": ("row-differs", lambda: ActivityPlace.objects.all().delete()),
    "a participant lost": ("row-differs", lambda: Participation.objects.all().delete()),
    "a contradiction invented": (
        "row-differs",
        lambda: Dispute.objects.create(record=_first(Activity).record, property="when", is_open=True),  # type: ignore[attr-defined]
    ),
    "a search token lost": ("row-differs", lambda: SearchToken.objects.filter(token="марафон").delete()),
    "a search token doubled": ("row-differs", lambda: SearchToken.objects.bulk_create([_again(_first(SearchToken))])),
    "a search token of lesser weight": ("row-differs", lambda: SearchToken.objects.filter(weight=10).update(weight=3)),
    "a name doubled": ("row-differs", lambda: Name.objects.bulk_create([_again(_first(Name))])),
    "an identifier doubled": ("row-differs", lambda: Identifier.objects.bulk_create([_again(_first(Identifier))])),
    "a row of another kind": (
        "row-left-over",
        lambda: Place.objects.create(record=Record.objects.filter(kind="tie").get()),
    ),
    "a merged record with a name": (
        "row-left-over",
        lambda: Name.objects.create(record=Merge.objects.get().record, text="?", normal="?"),
    ),
    "a further place of evidence invented": (
        "evidence-differs",
        lambda: Statement.objects.filter(property="status").update(also=[[0, 4, "never"]]),
    ),
    "a label changed": ("row-differs", lambda: Record.objects.filter(kind="place").update(label={"ru": "?"})),
    "a private thing made public": (
        "row-differs",
        lambda: Record.objects.filter(kind="person").update(visibility="private"),
    ),
    "a merged record with a row": (
        "row-left-over",
        lambda: Place.objects.create(record=Merge.objects.get().record),
    ),
    "a merge forgotten": ("merge-differs", lambda: Record.objects.exclude(canonical=None).update(canonical=None)),
    "a quote changed": ("evidence-differs", lambda: Statement.objects.filter(property="when").update(quote="never")),
    "an offset moved": ("evidence-differs", lambda: Statement.objects.filter(property="when").update(start=1)),
    "the words around a quote changed": (
        "evidence-differs",
        lambda: Statement.objects.filter(property="when").update(suffix="never"),
    ),
    "a source's text changed": ("evidence-differs", lambda: Source.objects.update(text="x" * 1000)),
    "a source's bytes changed": ("bytes-differ", lambda: Source.objects.filter(kind="page").update(raw=b"x")),
    "a value changed": ("key-differs", lambda: Statement.objects.filter(property="status").update(value="cancelled")),
    "a statement moved to another record": (
        "key-differs",
        lambda: Statement.objects.filter(property="status").update(record=Record.objects.filter(kind="tie").get()),
    ),
    "a machine's word made a person's": ("rank-differs", lambda: Statement.objects.filter(rank=1).update(rank=3)),
    "a code that no vocabulary has": (
        "value-wrong",
        lambda: Statement.objects.filter(property="status").update(value="perhaps"),
    ),
    "an undone statement that stands": (
        "stands-undone",
        lambda: Statement.objects.filter(withdrawn_by__kind="undo").update(withdrawn_by=None),
    ),
    "a statement lost in an undo": (
        "lost",
        lambda: Statement.objects.filter(property="kind", record__kind="activity", withdrawn_by=None).update(
            withdrawn_by=Decision.objects.filter(kind="undo").first()
        ),
    ),
    "a statement withdrawn by an accept": (
        "withdrawn-without-decision",
        lambda: Statement.objects.filter(property="areas", withdrawn_by=None).update(
            withdrawn_by=Decision.objects.filter(kind="accept").first()
        ),
    ),
    "a finding as read changed": (
        "proposal-changed",
        lambda: Proposal.objects.filter(sort="tie").update(as_read={"claims": []}),
    ),
    "a proposal accepted without a decision": (
        "proposal-undecided",
        lambda: Proposal.objects.filter(state="accepted").update(decision=None),
    ),
    "a waiting proposal with a decision": (
        "proposal-undecided",
        lambda: Proposal.objects.filter(state="accepted").update(state="waiting"),
    ),
    "an undo that names nothing": (
        "undo-of-nothing",
        lambda: Decision.objects.filter(kind="undo").update(undoes=None),
    ),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_planted_damage_is_found(lived_in: str, planted: str) -> None:
    code, damage = PLANTED[planted]

    damage()

    assert code in codes()


def test_the_command_says_what_is_damaged_and_rebuild_mends_rows(lived_in: str) -> None:
    sound = StringIO()
    call_command("audit_register", stdout=sound)
    assert "nothing damaged" in sound.getvalue()
    before = fingerprint()
    Tie.objects.update(level="partner")
    Name.objects.all().delete()
    damaged = StringIO()
    with pytest.raises(CommandError, match="damaged"):
        call_command("audit_register", quiet=True, stdout=damaged)
    assert "row-differs: tie" in damaged.getvalue()

    call_command("rebuild", stdout=StringIO())

    assert codes() == []
    assert fingerprint() == before
