"""Help: the ten-minute tutorial, which sees what the reader has done, and the how-tos."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse
from django.views.decorators.http import require_safe

from twinbook.register.desk.doors import needs, right_for
from twinbook.register.desk.lessons import HOW_TOS, LESSONS, Lesson
from twinbook.register.queries import history, lists, queue, records
from twinbook.register.queries.rights import may

WRITTEN = "commitment"  # what the lesson on writing down asks for
LATEST = 200  # of the reader's own decisions: more than a tutorial takes


@dataclass(frozen=True)
class Step:
    """A lesson with its address, empty where the reader may not look there, and whether the reader has done it; None
    where that cannot be seen."""

    lesson: Lesson
    address: str
    is_done: bool | None


@needs("read")
@require_safe
def tutorial(request: HttpRequest) -> HttpResponse:
    """Ten steps, each leading to its page."""
    acts = {
        decision.kind
        for decision in history.latest_decisions(by=request.user, limit=LATEST)
        if decision.kind != "enter" or (decision.record and decision.record.kind == WRITTEN)  # naming the city is none
    }
    places = _Places()
    pairs = [(one, _if_open(request, places.address(one))) for one in LESSONS]
    steps = [Step(one, address, (one.act in acts) if one.act else None) for one, address in pairs]
    seen = [step.is_done for step in steps if step.is_done is not None]
    context = {"steps": steps, "done": sum(seen), "of": len(seen)}
    return render(request, "desk/tutorial.html", context)


@needs("own")
@require_safe
def how_to(request: HttpRequest) -> HttpResponse:
    """Short answers, a task each."""
    answers = [(one, _open_address(request, one.view)) for one in HOW_TOS]
    return render(request, "desk/how_to.html", {"answers": answers})


def _open_address(request: HttpRequest, view: str) -> str:
    """A page's address where the reader may look at it; else empty."""
    return _if_open(request, reverse(view) if view else "")


def _if_open(request: HttpRequest, address: str) -> str:
    """An address that the reader may look at; else empty."""
    right = right_for(resolve(address.partition("?")[0]).func, "GET") if address else None
    return address if right and may(request.user, right) else ""


class _Places:
    """Where the register has what a lesson needs: a page that waits, a partner, a contradiction."""

    def __init__(self) -> None:
        self.waiting = queue.next_waiting()
        lines = sorted(lists.partners(), key=lambda line: -line.activities)
        self.partner = lines[0].tie.id if lines else ""
        self.dispute = next(iter(records.disputes()), None)

    def address(self, lesson: Lesson) -> str:
        """The address of a lesson's page; of a list to begin with where the register has no such thing yet."""
        if lesson.to == "waiting":
            return reverse(lesson.view, args=[self.waiting]) if self.waiting else reverse("desk:inbox")
        if lesson.to == "dispute":
            found = self.dispute
            return reverse(lesson.view, args=[found.record.id, found.property]) if found else reverse("desk:partners")
        if lesson.to == "partner" and not self.partner:
            return reverse("desk:partners")
        if lesson.view == "desk:enter":
            return f"{reverse(lesson.view, args=['commitment'])}?tie={self.partner}"
        return reverse(lesson.view, args=[self.partner] if lesson.to == "partner" else [])
