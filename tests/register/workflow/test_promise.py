"""Promises: out of an activity, with its sentence; kept by proof, dropped with a reason, never by the machine."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User

from register.conftest import Clock
from register.readings import IRKUTSK, KANAZAWA, activity, card_of, queued, reading, waiting_page
from twinbook.register.models import Source
from twinbook.register.queries import records, today
from twinbook.register.queries.promises import with_proofs
from twinbook.register.queries.values import CommitmentShown
from twinbook.register.workflow import decide, enter, promise, undo
from twinbook.register.workflow.capture import capture_text
from twinbook.register.workflow.errors import NotPossibleError

RAN = "18 октября 2020 года иркутские бегуны участвовали в марафоне в Канадзаве."


def with_promise(olga: User, clock: Clock) -> tuple[str, str]:
    """A page accepted, and a promise made of its planned marathon: the ids of the promise and the marathon."""
    home = enter.set_home("Иркутск", language="ru", country="RU", by=olga, at=clock())
    source = waiting_page(olga, clock())
    decided = {queue_title(one): one.record for one in decide.accept_page(source, by=olga, at=clock())}
    marathon = decided["марафон в Канадзаве"]
    made = promise.promise(
        marathon, what="послать бегунов на марафон", language="ru", side=home, owner="отдел спорта", due="2020-10",
        by=olga, at=clock(),
    )  # fmt: skip
    return made.record, marathon


def queue_title(one: decide.Decided) -> str:
    shown = records.record(one.record)
    return shown.label.get("ru", shown.kind) if shown else ""


def shown(commitment: str) -> CommitmentShown:
    found = records.record(commitment)
    assert isinstance(found, CommitmentShown)
    return found


def test_a_promise_has_side_owner_due_and_the_sentence_that_says_it(olga: User, clock: Clock) -> None:
    commitment, marathon = with_promise(olga, clock)

    told = shown(commitment)

    assert told.side is not None and told.due is not None and told.activity is not None and told.tie is not None
    assert (told.side.name("ru"), told.owner, told.due.edtf, told.state) == (
        "Иркутск",
        "отдел спорта",
        "2020-10",
        "open",
    )
    assert told.activity.id == marathon
    assert told.visibility == "internal"
    assert told.stated["what"][0].quote == "В октябре 2020 года иркутские бегуны поедут на марафон в Канадзаву."


def test_it_is_due_on_the_morning_page(olga: User, clock: Clock) -> None:
    commitment, _ = with_promise(olga, clock)

    assert [told.id for told in today.today(date(2020, 9, 1)).due] == [commitment]
    assert today.today(date(2020, 3, 1)).due == ()


def test_a_later_activity_is_offered_as_proof_and_a_person_says_so(olga: User, clock: Clock) -> None:
    commitment, marathon = with_promise(olga, clock)
    one = activity("участие в марафоне в Канадзаве", [RAN], kind="competition", areas=["sport"], when="2020-10-18")
    source = queued(RAN, reading(RAN, places=[IRKUTSK, KANAZAWA], activities=[one]), by=olga, at=clock())
    points = {point.code: point.words for point in card_of(source, "activity").attention}
    assert points["possible-proof"] == {"what": "послать бегунов на марафон"}
    ran = decide.accept(card_of(source, "activity").id, by=olga, at=clock(), record="")

    dossier = records.dossier(shown(commitment).tie.id)  # type: ignore[union-attr]

    assert dossier is not None
    offered = dossier.open_promises[0]
    assert offered.possible_proof is not None and offered.why_proof is not None
    assert (offered.possible_proof.id, offered.why_proof.code) == (ran.record, "proof-same-kind")
    assert offered.state == "open"
    (listed,), (due,) = with_proofs(records.commitments(state="open")), today.today(date(2020, 9, 1)).due
    assert (listed.possible_proof, due.possible_proof) == (offered.possible_proof, offered.possible_proof)
    kept = promise.keep(commitment, proof=ran.record, by=olga, at=clock())
    told = shown(commitment)
    assert told.proof is not None
    assert (told.state, told.proof.id, told.stated["state"][0].quote) == ("kept", ran.record, RAN)
    undo.undo(kept.decision, by=olga, at=clock())
    assert (shown(commitment).state, shown(commitment).proof) == ("open", None)


def test_a_promise_is_dropped_with_a_reason(olga: User, clock: Clock) -> None:
    commitment, _ = with_promise(olga, clock)

    with pytest.raises(NotPossibleError, match="say why"):
        promise.drop(commitment, by=olga, at=clock(), reason=" ")
    promise.drop(commitment, by=olga, at=clock(), reason="марафон отменён")

    assert shown(commitment).state == "dropped"
    assert shown(commitment).stated["state"][0].quote == "марафон отменён"


def test_a_paper_that_ends_stands_on_the_morning_page_until_it_is_renewed(olga: User, clock: Clock) -> None:
    commitment, _ = with_promise(olga, clock)
    tie = shown(commitment).tie
    assert tie is not None
    note = capture_text("Меморандум действует до конца 2026 года.", kind="note", by=olga, at=clock()).source
    given = [enter.Given("tie", tie.id), enter.Given("kind", "memorandum"), enter.Given("valid_until", "2026-12-31")]
    paper = enter.enter("agreement", given, source=note, by=olga, at=clock()).record

    days = [date(2026, 5, 1), date(2026, 8, 1), date(2027, 6, 1), date(2028, 6, 1)]
    before = [[(one.thing.id, one.tie) for one in today.ending(day)] for day in days]
    step = [enter.Given("tie", tie.id), enter.Given("kind", "renewal"), enter.Given("date", "2026-12-20")]
    enter.enter("step", step, source=note, by=olga, at=clock())

    assert before == [[], [(paper, tie)], [(paper, tie)], []]
    assert today.ending(date(2027, 1, 10)) == ()


SENT = "Канадзава пришлёт ноты хора осенью 2020 года."


def test_a_promise_that_a_page_tells_waits_and_belongs_to_the_pages_tie(olga: User, clock: Clock) -> None:
    enter.set_home("Иркутск", language="ru", country="RU", by=olga, at=clock())
    lines = f"Мэр принял гостей\nКанадзава — побратим Иркутска.\n{SENT}\n"
    told = reading(
        lines,
        places=[IRKUTSK, KANAZAWA],
        ties=[{"between": ["Иркутск", "Канадзава"], "kind": "sister_city", "since": None,
               "evidence": ["Канадзава — побратим Иркутска."]}],
        promises=[{"what": "пришлёт ноты хора", "side": "Канадзава", "due": "2020-23", "evidence": [SENT]}],
    )  # fmt: skip
    source = queued(lines, told, by=olga, at=clock())
    assert card_of(source, "commitment").match_reason.code == "new-promise"
    assert Source.objects.get(public_id=source).losses == []

    decided = decide.accept_page(source, by=olga, at=clock())

    (found,) = [shown(one.record) for one in decided if one.kind == "accept" and is_promise(one.record)]
    assert found.side is not None and found.due is not None and found.tie is not None
    assert (found.what["ru"], found.side.name("ru"), found.due.edtf, found.state) == (
        "пришлёт ноты хора", "Канадзава", "2020-23", "open",
    )  # fmt: skip
    assert found.stated["what"][0].quote == SENT and found.visibility == "internal"
    again = queued(f"{lines}Конец.\n", {**told, "text": f"{lines}Конец.\n"}, by=olga, at=clock())
    assert card_of(again, "commitment").match_reason.code == "same-promise"


def test_a_promise_is_corrected_before_it_is_accepted(olga: User, clock: Clock) -> None:
    enter.set_home("Иркутск", language="ru", country="RU", by=olga, at=clock())
    told = reading(SENT, places=[KANAZAWA], promises=[
        {"what": "пришлёт ноты хора", "side": "Канадзава", "due": "2020-23", "evidence": [SENT]},
    ])  # fmt: skip
    card = card_of(queued(SENT, told, by=olga, at=clock()), "commitment")

    changes = {"what": "прислать ноты двух хоров", "side": "Иркутск", "owner": "отдел культуры"}
    made = decide.correct(card.id, changes=changes, by=olga, at=clock())

    found = shown(made.record)
    assert found.side is not None and found.due is not None
    assert (found.what["ru"], found.side.name("ru"), found.owner, found.due.edtf) == (
        "прислать ноты двух хоров", "Иркутск", "отдел культуры", "2020-23",
    )  # fmt: skip
    assert found.stated["what"][0].quote == SENT


def is_promise(record: str) -> bool:
    return isinstance(records.record(record), CommitmentShown)
