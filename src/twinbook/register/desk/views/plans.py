"""A year's plan at the desk: what the register proposes, the lines that were taken, and what became of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from twinbook.register.desk import plan_words, words
from twinbook.register.desk.doors import needs
from twinbook.register.desk.plan_form import LineForm, OutcomeForm, as_typed, initial_of
from twinbook.register.queries import papers, plans, records
from twinbook.register.queries.partner_names import partner_names
from twinbook.register.queries.plans import PlanLineShown, PlanProposal
from twinbook.register.workflow import plans as acts
from twinbook.register.workflow.errors import RefusedError
from twinbook.vocabulary.money import by_currency

METHODS = ["GET", "HEAD", "POST"]
PLANNING_BEGINS = 8  # the month from which an office looks at the year that comes


@needs("read")
@require_safe
def current(request: HttpRequest) -> HttpResponse:
    """The plan that is being made now."""
    return redirect("desk:plan", planned_year(timezone.localdate()))


@needs("read", post="plan")
@require_http_methods(METHODS)
def plan(request: HttpRequest, year: int) -> HttpResponse:
    """One year: proposals with their reasons, the lines, and what was refused; a POST takes, refuses or restores.

    `?only=` shows the lines that a number was added up from.
    """
    _check(year)
    if request.method == "POST":
        return _acted(request, year)
    only = request.GET.get("only", "")
    lines = plans.plan_lines(year)
    proposed = plans.proposals(year)
    context = {
        "year": year,
        "years": sorted({*plans.years_planned(), year, timezone.localdate().year, planned_year(timezone.localdate())}),
        "lines": [line for line in lines if counts_in(line, only)],
        "only": only,
        "total": len(lines),
        "sums": sums(lines),
        "groups": [(origin, _told(found)) for origin, found in groupby(proposed, key=lambda one: one.origin)],
        "proposed": len(proposed),
        "refused": plans.plan_lines(year, state="dropped"),
        "approved": plans.approvals().get(year),
        "papers": [paper for paper in papers.papers("yearly_plan") if paper.year == year],
        "has_begun": year <= timezone.localdate().year,
        "here": _language(),
    }
    return render(request, "desk/plan.html", context)


@needs("plan")
@require_http_methods(METHODS)
def add(request: HttpRequest, year: int) -> HttpResponse:
    """A line written anew, or a proposal (`?from=` its key) changed before it is taken."""
    _check(year)
    proposed = plans.proposal(year, request.GET.get("from", ""))
    initial = _initial(proposed) if proposed else {}
    form = _form(request, initial)
    if form.is_bound and form.is_valid():
        origin = {"origin": proposed.origin, "record": proposed.record.id} if proposed else {}
        kept = plan_words.title_of(proposed) if proposed else {}
        if _try(form, lambda: acts.add_line(year, form.given(kept), by=request.user, at=timezone.now(), **origin)):
            messages.success(request, _("The line stands in the plan."))
            return redirect("desk:plan", year)
    context = {"form": form, "year": year, "proposal": proposed}
    context |= {"reason": plan_words.reason_of(proposed) if proposed else ""}
    return render(request, "desk/plan_line.html", context, status=422 if form.is_bound else 200)


@needs("read", post="plan")
@require_http_methods(METHODS)
def line(request: HttpRequest, line: str) -> HttpResponse:
    """One line: change it, take it out, tell what became of it."""
    shown = plans.plan_line(line)
    if shown is None:
        raise Http404
    act = request.POST.get("act", "") if request.method == "POST" else ""
    held = plans.proofs(shown.year)
    form = _form(request if act == "change" else None, initial_of(shown, _language()))
    guess = "" if shown.activity or shown.outcome else plans.proof_of(shown, held)
    outcome = _outcome_form(request if act == "settle" else None, shown, held, guess)
    if act and _changed(request, act, shown, form, outcome):
        return redirect("desk:plan", shown.year)
    context = {"form": form, "outcome": outcome, "line": shown, "year": shown.year, "guess": guess}
    context |= {"has_begun": shown.year <= timezone.localdate().year}
    return render(request, "desk/plan_line.html", context, status=422 if form.is_bound or outcome.is_bound else 200)


@needs("plan")
@require_http_methods(METHODS)
def outcomes(request: HttpRequest, year: int) -> HttpResponse:
    """What became of all lines of a year, on one page: for the report in March."""
    _check(year)
    held = plans.proofs(year)
    rows = [(line, _outcome_row(request, line, held)) for line in plans.plan_lines(year)]
    if request.method == "POST" and all(form.is_valid() for _, form in rows):
        told = sum(_settled(request, line, form) for line, form in rows)
        if all(form.is_valid() for _, form in rows):
            messages.success(request, plan_words.settled(told))
            return redirect("desk:plan", year)
    is_bad = request.method == "POST"
    return render(request, "desk/plan_outcomes.html", {"rows": rows, "year": year}, status=422 if is_bad else 200)


def _outcome_row(request: HttpRequest, line: PlanLineShown, held: tuple[plans.Proof, ...]) -> OutcomeForm:
    guess = "" if line.activity or line.outcome else plans.proof_of(line, held)
    form = _outcome_form(request if request.method == "POST" else None, line, held, guess, prefix=line.id)
    form.fields["activity"].help_text = ""  # said once, above all lines
    return form


def _settled(request: HttpRequest, line: PlanLineShown, form: OutcomeForm) -> bool:
    """Whether the line was told anew; one that stays as it was is left alone."""
    data = form.cleaned_data
    spent = None if line.spent is None else Decimal(f"{line.spent:.2f}")
    before = (line.outcome, line.activity.id if line.activity else "", spent, line.note)
    if before == (data["outcome"], data["activity"], data.get("spent"), data["note"]):
        return False
    return _try(form, lambda: _settle(request, line.id, data))


def _settle(request: HttpRequest, line: str, data: dict[str, Any]) -> None:
    acts.settle_line(
        line, data["outcome"], activity=data["activity"], spent=data.get("spent"), note=data["note"],
        by=request.user, at=timezone.now(),
    )  # fmt: skip


def planned_year(today: date) -> int:
    """The year whose plan is being made: this one, and from August the next."""
    return today.year + (today.month >= PLANNING_BEGINS)


def counts_in(line: PlanLineShown, only: str) -> bool:
    """Whether a line adds to a number: people to send, to receive, or the money of a currency; to none: all lines."""
    numbers = {"": 1, "sent": line.people_out, "received": line.people_in, line.currency or "money": line.cost}
    return bool(numbers.get(only))


def sums(lines: Iterable[PlanLineShown]) -> dict[str, object]:
    """People and money of some lines; money by currency."""
    listed = list(lines)
    return {
        "people_out": sum(one.people_out or 0 for one in listed),
        "people_in": sum(one.people_in or 0 for one in listed),
        "money": by_currency((one.currency, one.cost) for one in listed),
    }


def _acted(request: HttpRequest, year: int) -> HttpResponse:
    act, key = request.POST.get("act", ""), request.POST.get("key", "")
    common = {"by": request.user, "at": timezone.now()}
    try:
        if act == "restore":
            acts.restore_line(key, **common)
            messages.success(request, _("The line stands in the plan."))
        elif act in ("take", "refuse") and (found := plans.proposal(year, key)):
            do = acts.add_line if act == "take" else acts.refuse_proposal
            do(year, plan_words.given_of(found), origin=found.origin, record=found.record.id, **common)
            told = _("The line stands in the plan.") if act == "take" else _("It is not proposed again for this year.")
            messages.success(request, told)
        else:
            raise acts.NotPossibleError(f"no open proposal {key!r}", code="stale")
    except RefusedError as error:
        messages.error(request, words.refusal(error))
    return redirect("desk:plan", year)


def _changed(request: HttpRequest, act: str, shown: PlanLineShown, form: LineForm, outcome: OutcomeForm) -> bool:
    """Whether the act was done; where not, the forms tell why."""
    common = {"by": request.user, "at": timezone.now()}
    if act == "change" and form.is_valid():
        return _try(form, lambda: acts.change_line(shown.id, form.given(shown.title), **common))
    if act == "settle" and outcome.is_valid():
        return _try(outcome, lambda: _settle(request, shown.id, outcome.cleaned_data))
    if act == "drop":
        return _try(None, lambda: acts.drop_line(shown.id, **common), request)
    return False


def _try(form: LineForm | OutcomeForm | None, do: Callable[[], object], request: HttpRequest | None = None) -> bool:
    """Do it; a refusal becomes the form's own error, or a message."""
    try:
        do()
    except RefusedError as error:
        if form is not None:
            form.add_error(None, words.refusal(error))
        elif request is not None:
            messages.error(request, words.refusal(error))
        return form is None
    return True


def _form(request: HttpRequest | None, initial: dict[str, object]) -> LineForm:
    home = records.home()
    data = request.POST if request is not None and request.method == "POST" else None
    named = partner_names(_language())
    return LineForm(_language(), named, home.country if home else "", data, initial=initial)


def _outcome_form(
    request: HttpRequest | None, shown: PlanLineShown, held: tuple[plans.Proof, ...], guess: str, prefix: str = ""
) -> OutcomeForm:
    first = {
        "outcome": shown.outcome or ("held" if guess else ""),
        "activity": shown.activity.id if shown.activity else guess,
        "spent": as_typed(shown.spent),
        "note": shown.note,
    }
    data = request.POST if request else None
    return OutcomeForm(_language(), shown, held, data, initial=first, prefix=prefix or None)


def _initial(proposed: PlanProposal) -> dict[str, object]:
    given = plan_words.given_of(proposed)
    title = given.title.get(_language()) or next(iter(given.title.values()), "")
    first: dict[str, object] = {f"title_{tag}": text for tag, text in given.title.items()} | {"title": title}
    names = ("partner", "area", "when", "owner", "people_out", "people_in", "cost")
    first |= {name: getattr(given, name) for name in names}
    return first | ({"currency": given.currency} if given.currency else {})


def _told(found: Iterable[PlanProposal]) -> list[tuple[PlanProposal, dict[str, str], str]]:
    return [(one, plan_words.title_of(one), plan_words.reason_of(one)) for one in found]


def _check(year: int) -> None:
    if not acts.FIRST_YEAR <= year <= acts.LAST_YEAR:
        raise Http404


def _language() -> str:
    return (translation.get_language() or "en").split("-")[0]
