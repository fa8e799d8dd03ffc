"""Lists: upload, say what the columns mean, try, bring in, see every row's fate; compare with our ties and decide."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from twinbook.reading.tables import TableError, as_cell
from twinbook.register.desk import list_words, words
from twinbook.register.desk.doors import needs
from twinbook.register.queries import compare, outside_lists, records, rights
from twinbook.register.queries.formats import FORMATS
from twinbook.register.queries.outside_lists import Compared, OutsideList
from twinbook.register.workflow import outside_lists as acting
from twinbook.register.workflow.access import note_access
from twinbook.register.workflow.errors import RefusedError

SHOWN = 300  # rows of a report on the page; the file has all
DEFAULTS = ("default_kind", "default_status", "language", "partner", "partner_country", "kind")


@needs("read", post="capture")
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The lists that were uploaded; a POST keeps a new one."""
    refusal = ""
    if request.method == "POST":
        upload = request.FILES.get("file")
        try:
            kept = acting.keep_list(
                upload.read() if upload else b"", name=upload.name if upload else "", by=request.user, at=timezone.now()
            )
            return redirect("desk:list", kept)
        except RefusedError as error:
            refusal = words.refusal(error)
    context = {
        "lists": outside_lists.outside_lists(),
        "refusal": refusal,
        "formats": FORMATS.values(),
        "may_take_out": rights.may(request.user, "publish"),
    }
    return render(request, "desk/lists.html", context, status=422 if refusal else 200)


@needs("publish")
@require_POST
def export(request: HttpRequest, code: str) -> FileResponse:
    """The whole register in an open format; the access log keeps that it left."""
    chosen = FORMATS.get(code)
    if chosen is None:
        raise Http404
    note_access("download", by=request.user, at=timezone.now(), kind="register", note=code)
    file = tempfile.TemporaryFile()  # noqa: SIM115  the answer closes it when it is sent
    chosen.write(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"register.{chosen.ending}", content_type=chosen.media_type)


@needs("read")
@require_safe
def one(request: HttpRequest, source: str) -> HttpResponse:
    """One list: its first rows, what its columns mean, and what became of its rows."""
    return render(request, "desk/list.html", _context(_list(source)))


def _context(found: OutsideList) -> dict[str, Any]:
    report = found.report
    order = {"trouble": 0, "new": 1, "known": 1}
    fates = (
        sorted(report.fates, key=lambda fate: (order.get(fate.outcome, 1), not fate.remark, fate.row)) if report else []
    )
    return {
        "list": found,
        "importer": list_words.IMPORTERS.get(found.importer, found.importer),
        "is_of_ties": found.importer in list_words.OF_TIES,
        "meanings": [
            (meaning, label, found.mapping.get(meaning, ""), meaning in ("partner", "title"))
            for meaning, label in list_words.MEANINGS.items()
        ],
        "kinds": words.choices("activity", "kind", _language()),
        "statuses": words.choices("activity", "status", _language()),
        "default_kind": found.mapping.get("default_kind", ""),
        "default_status": found.mapping.get("default_status", ""),
        "outcomes": [(list_words.OUTCOMES[name], number, name) for name, number in report.outcomes.items()]
        if report
        else [],
        "fates": [(fate, list_words.OUTCOMES[fate.outcome], list_words.remark(fate)) for fate in fates[:SHOWN]],
        "is_cut": len(fates) > SHOWN,
    }


@needs("enter")
@require_POST
def bring(request: HttpRequest, source: str) -> HttpResponse:
    """Try a list or bring it in with the mapping of the form; the report stands on its page."""
    found = _list(source)
    is_trial = request.POST.get("act") != "bring"
    try:
        done = acting.bring_list(
            source,
            importer=found.importer,
            mapping=_mapping(request, found),
            by=request.user,
            at=timezone.now(),
            is_trial=is_trial,
        )
    except RefusedError as error:
        messages.error(request, words.refusal(error))
    else:
        messages.success(request, list_words.rows_done(done.rows, is_trial=is_trial))
    return redirect("desk:list", source)


def _mapping(request: HttpRequest, found: OutsideList) -> dict[str, str]:
    """What the form says of the columns; our own city as the list's, where it is a list of ties."""
    names = (*list_words.MEANINGS, *DEFAULTS)
    given = {name: request.POST.get(f"column-{name}", request.POST.get(name, "")) for name in names}
    known = set(found.columns)
    columns = {name: column for name, column in given.items() if name in list_words.MEANINGS and column in known}
    more = {name: given[name] for name in DEFAULTS if given[name]}
    return {**outside_lists.whose_list(), **more, **(columns if found.is_mapped else {})}


@needs("read")
@require_safe
def report(request: HttpRequest, source: str) -> HttpResponse:
    """Every row's fate as a table."""
    found = _list(source)
    if found.report is None:
        raise Http404
    head = ["row", "outcome", "record", "remark", "words"]
    rows = [[fate.row, fate.outcome, fate.record, list_words.remark(fate), fate.words] for fate in found.report.fates]
    return _table([head, *rows], f"{source}-report.csv")


@needs("read")
@require_safe
def comparing(request: HttpRequest, source: str) -> HttpResponse:
    """Our ties against the list's, line by line."""
    found = _list(source)
    lines = _compared(source)
    shown = [line for line in lines if line.difference.code != "same"]
    groups: dict[str, list[Compared]] = {}
    for line in shown:
        groups.setdefault(line.difference.code, []).append(line)
    context = {
        "list": found,
        "groups": [
            (code, list_words.DIFFERENCES[code], groups[code]) for code in list_words.DIFFERENCES if code in groups
        ],
        "same": len(lines) - len(shown),
        "to_send": [line for line in lines if line.difference.code in compare.TO_SEND],
    }
    return render(request, "desk/compare.html", context)


def _compared(source: str) -> tuple[Compared, ...]:
    try:
        return outside_lists.compared(source)
    except TableError as error:
        raise Http404 from error


@needs("decide")
@require_POST
def settle(request: HttpRequest, source: str) -> HttpResponse:
    """Decide one line: take their row in, or hold that ours stands."""
    _list(source)
    line = next((one for one in _compared(source) if one.key == request.POST.get("line")), None)
    if line is None:
        raise Http404
    now, difference = timezone.now(), line.difference
    try:
        if request.POST.get("act") == "theirs" and difference.row:
            acting.take_theirs(source, difference.row, mapping=outside_lists.whose_list(), by=request.user, at=now)
            messages.success(request, list_words.theirs_taken())
        else:
            tie, reason = difference.tie.id if difference.tie else "", request.POST.get("reason", "")
            acting.ours_stands(source, line.key, tie=tie, by=request.user, at=now, reason=reason)
            messages.success(request, list_words.stands_now())
    except RefusedError as error:
        messages.error(request, words.refusal(error))
    return redirect("desk:compare", source)


@needs("read")
@require_safe
def correction(request: HttpRequest, source: str, form: str) -> HttpResponse:
    """The corrections to send: for Wikidata, as a table, or as a letter; lines where theirs was taken are left out."""
    found, home = _list(source), records.home()
    lines = [line.difference for line in _compared(source) if line.side != "theirs"]
    if form == "quickstatements":
        return _text(compare.quick_statements(lines), f"{source}-quickstatements.txt")
    mended = compare.corrections(lines)
    if form == "letter" and home is not None:
        text = list_words.letter(mended, city=home.thing, list_name=found.name, language=_language())
        return _text(text, f"{source}-letter.txt")
    if form == "table":
        head = [
            "correction",
            "partner",
            "country",
            "level",
            "state",
            "since",
            "ended",
            "wikidata",
            "geonames",
            "source",
            "row",
        ]
        rows = [
            [one.code, one.partner.get("en") or next(iter(one.partner.values()), ""), one.country, one.level, one.state,
             one.since, one.ended, one.wikidata, one.geonames, one.source, one.row or ""]
            for one in mended
        ]  # fmt: skip
        return _table([head, *rows], f"{source}-corrections.csv")
    raise Http404


def _text(words_: str, name: str) -> HttpResponse:
    answer = HttpResponse(words_, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _table(rows: Iterable[Sequence[object]], name: str) -> HttpResponse:
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    csv.writer(answer).writerows([as_cell(str(cell)) for cell in row] for row in rows)
    return answer


def _list(source: str) -> OutsideList:
    found = outside_lists.outside_list(source)
    if found is None:
        raise Http404
    return found


def _language() -> str:
    return translation.get_language() or "en"
