"""Review of one page: the story beside its proposals, and the acts that decide them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from twinbook.register.desk import cards, words
from twinbook.register.desk.corrections import FORMS, Correction, correction_for
from twinbook.register.desk.doors import needs
from twinbook.register.desk.highlight import paragraphs
from twinbook.register.queries import queue
from twinbook.register.workflow import decide, reshape, undo
from twinbook.register.workflow.errors import NotPossibleError, RefusedError

NEW_RECORD = "new"


@needs("read")
@require_safe
def page(request: HttpRequest, source: str) -> HttpResponse:
    """The review page."""
    return render(request, "desk/review.html", _context(_page(source)))


@needs("decide")
@require_POST
def accept(request: HttpRequest, proposal: str) -> HttpResponse:
    """Accept a proposal as read; an unsure match needs the officer's choice."""
    card = _card(proposal)
    chosen = request.POST.get("record")
    if card.verdict == "unsure" and not chosen:
        return _answer(request, card, refusal=_("Choose first which record this is, or that it is a new one."))
    record = "" if chosen == NEW_RECORD else chosen
    return _act(
        request,
        card,
        lambda now: decide.accept(proposal, by=request.user, at=now, version=_version(request), record=record),
    )


@needs("decide")
@require_POST
def correct(request: HttpRequest, proposal: str) -> HttpResponse:
    """Accept a proposal with an officer's corrections; a form that is refused keeps its words."""
    card = _card(proposal)
    form = correction_for(card, _language(), request.POST)
    if not form.is_valid():
        return _answer(request, card, form=form)
    chosen = form.cleaned_data.get("record") or None
    record = "" if chosen == NEW_RECORD else chosen
    return _act(
        request,
        card,
        lambda now: decide.correct(
            proposal, changes=form.changes(), by=request.user, at=now, version=_version(request), record=record
        ),
        form=form,
    )


@needs("decide")
@require_POST
def reject(request: HttpRequest, proposal: str) -> HttpResponse:
    """Reject a proposal."""
    reason = request.POST.get("reason", "")[:500]
    return _act(
        request,
        _card(proposal),
        lambda now: decide.reject(proposal, by=request.user, at=now, version=_version(request), reason=reason),
    )


@needs("decide")
@require_POST
def accept_page(request: HttpRequest, source: str) -> HttpResponse:
    """Accept all that waits on a page, in the versions that were shown.

    Unsure matches, and what a language model found, stay for a person to decide one by one.
    """
    waiting = [card for card in _page(source).cards if card.state == cards.WAITING]
    versions = _versions(request.POST.getlist("version"))
    models = [card.id for card in waiting if card.is_models]
    unsure = [card.id for card in waiting if card.verdict == "unsure" and not card.is_models]
    try:
        made = decide.accept_page(
            source, by=request.user, at=timezone.now(), versions=versions, leave_out=(*unsure, *models)
        )
    except RefusedError as error:
        messages.error(request, words.refusal(error))
    else:
        messages.success(request, words.accepted(len(made)))
        if unsure:
            messages.warning(request, words.left_over(len(unsure)))
        if models:
            messages.warning(request, words.left_of_the_model(len(models)))
    return redirect("desk:review", source)


@needs("decide")
@require_POST
def reject_page(request: HttpRequest, source: str) -> HttpResponse:
    """Reject all that still waits on a page, in the versions that were shown."""
    _page(source)
    versions = _versions(request.POST.getlist("version"))
    try:
        made = decide.reject_page(source, by=request.user, at=timezone.now(), versions=versions)
    except RefusedError as error:
        messages.error(request, words.refusal(error))
    else:
        messages.success(request, words.rejected(len(made)))
    return redirect("desk:review", source)


@needs("decide")
@require_POST
def decide_chosen(request: HttpRequest, source: str) -> HttpResponse:
    """Accept or reject the proposals that were ticked, as one act; what needs a choice stays, and is counted."""
    shown = _page(source)
    versions = _versions(request.POST.getlist("chosen"))
    chosen = [card for card in shown.cards if card.id in versions]
    if request.POST.get("act") == "join":
        return _join(request, source, chosen, versions)
    is_accepting = request.POST.get("act") == "accept"
    models = [card.id for card in chosen if card.is_models and is_accepting]
    versions = {name: number for name, number in versions.items() if name not in models}
    act = decide.accept_chosen if is_accepting else decide.reject_chosen
    try:
        made = act(versions, by=request.user, at=timezone.now()) if versions or not models else ()
    except RefusedError as error:
        messages.error(request, words.refusal(error))
        return redirect("desk:review", source)
    messages.success(request, words.accepted(len(made)) if is_accepting else words.rejected(len(made)))
    if left := len(versions) - len(made):
        messages.warning(request, words.left_over(left))
    if models:
        messages.warning(request, words.left_of_the_model(len(models)))
    return redirect("desk:review", source)


def _join(request: HttpRequest, source: str, chosen: list[queue.Card], versions: dict[str, int]) -> HttpResponse:
    """Two of one kind become one; where they differ the one that stands first on the page has the word."""
    try:
        if len(chosen) != 2:
            raise NotPossibleError("choose two", code="join-two")
        first, second = sorted(chosen, key=lambda card: card.position)
        seen = (versions[first.id], versions[second.id])
        reshape.join(first.id, second.id, versions=seen, by=request.user, at=timezone.now())
    except RefusedError as error:
        messages.error(request, words.refusal(error))
    else:
        messages.success(request, _("Joined into one: decide it."))
    return redirect("desk:review", source)


@needs("decide")
@require_POST
def split(request: HttpRequest, proposal: str) -> HttpResponse:
    """One finding becomes two: each of its lines goes to the first, the second, or both."""
    card = _card(proposal)
    goes = [request.POST.get(f"piece-{place}", "first") for place in range(len(card.claims))]
    first = [place for place, way in enumerate(goes) if way != "second"]
    second = [place for place, way in enumerate(goes) if way in ("second", "both")]
    try:
        reshape.split(
            proposal, first=first, second=second, by=request.user, at=timezone.now(), version=_version(request)
        )
    except RefusedError as error:
        messages.error(request, words.refusal(error))
    else:
        messages.success(request, _("Split into two: decide each of them."))
    return redirect("desk:review", card.source)


@needs("decide")
@require_POST
def undo_act(request: HttpRequest, act: str) -> HttpResponse:
    """Undo a decision or all decisions of an act; back to the card, or to the page that asked."""
    proposal, here = request.POST.get("proposal"), words.safe_next(request)
    card = queue.card(proposal) if proposal else None
    if card is not None:
        return _act(request, card, lambda now: undo.undo(act, by=request.user, at=now))
    try:
        undone = undo.undo(act, by=request.user, at=timezone.now())
    except RefusedError as error:
        messages.error(request, words.refusal(error))
    else:
        messages.success(request, words.undone(len(undone)))
    return redirect(here or reverse("desk:decisions"))


def _act(
    request: HttpRequest, card: queue.Card, act: Callable[[datetime], object], form: Correction | None = None
) -> HttpResponse:
    """Do one act on a card and answer with the card as it is then; a refusal is said on the card."""
    try:
        act(timezone.now())
    except RefusedError as error:
        return _answer(request, _card(card.id), form=form, refusal=words.refusal(error))
    return _answer(request, _card(card.id), is_done=True)


def _answer(
    request: HttpRequest,
    card: queue.Card,
    *,
    form: Correction | None = None,
    refusal: str = "",
    is_done: bool = False,
) -> HttpResponse:
    """The card and the head alone for htmx; else back to the page, or the page again where words must be kept."""
    if not request.htmx and is_done:
        return redirect(f"{reverse('desk:review', args=[card.source])}#{_anchor(card)}")
    changed = {card.id: {"form": form, "refusal": refusal, "chosen": request.POST.get("record", "")}}
    context = _context(_page(card.source), changed)
    if not request.htmx:
        return render(request, "desk/review.html", context, status=422)
    entry = next(entry for entry in context["entries"] if entry.shown.card.id == card.id)
    says = f"{entry.shown.number}: {words.code('proposal', 'state', card.state, _language())}"
    return render(request, "desk/parts/card_answer.html", context | {"entry": entry, "says": says, "swap": True})


@dataclass(frozen=True)
class Entry:
    """A card with its correction form, and what was wrong with the last act on it."""

    shown: cards.CardShown
    form: Correction | None
    refusal: str = ""
    chosen: str = ""
    pieces: tuple[cards.Piece, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.form is not None and self.form.is_bound


def _context(shown: queue.PageReview, changed: Mapping[str, Mapping[str, object]] | None = None) -> dict[str, object]:
    made = cards.cards_of(shown, _language())
    spans = [unread.span for unread in shown.unread if unread.span]
    return {
        "page": shown,
        "entries": [_entry(item, (changed or {}).get(item.card.id, {})) for item in made],
        "paragraphs": paragraphs(shown.text, cards.marks_of(made), story=shown.article, unread=spans),
        "unread_sentences": [shown.text[start:end] for start, end in spans],
        "notes": [words.note(note) for note in shown.notes],
        "total": len(made),
        "done": sum(not item.is_waiting for item in made),
    }


def _entry(item: cards.CardShown, changed: Mapping[str, object]) -> Entry:
    if not item.is_waiting:
        return Entry(item, None, str(changed.get("refusal", "")))
    can_correct = item.card.sort in FORMS and not item.card.view and not item.card.is_by_hand
    form = changed.get("form") or (correction_for(item.card, _language()) if can_correct else None)
    pieces = cards.pieces_of(item.card, _language()) if len(item.card.claims) > 1 and not item.card.view else ()
    return Entry(item, form, str(changed.get("refusal", "")), str(changed.get("chosen", "")), pieces)


def _language() -> str:
    return translation.get_language() or "en"


def _page(source: str) -> queue.PageReview:
    found = queue.page_review(source)
    if found is None:
        raise Http404
    return found


def _card(proposal: str) -> queue.Card:
    found = queue.card(proposal)
    if found is None:
        raise Http404
    return found


def _anchor(card: queue.Card) -> str:
    numbers = {item.card.id: item.number for item in cards.cards_of(_page(card.source), _language())}
    return f"card-{numbers.get(card.id, 1)}"


def _version(request: HttpRequest) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _versions(pairs: list[str]) -> dict[str, int]:
    split = [pair.partition(":") for pair in pairs]
    return {
        name: int(number) for name, _, number in split if number.isascii() and number.isdigit() and len(number) < 10
    }
