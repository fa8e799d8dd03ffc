"""One office of two, in a process of its own: `python exchange_office.py ACTION …` on the register in TWINBOOK_HOME.

Prints one JSON value. It is no test: test_two_registers.py runs it.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
CANARY = "Канарейкин"
PLACES = {
    "irkutsk": {"home": ("Иркутск", "ru", "RU"), "partner": ("Канадзава", "ru", "JP")},
    "kanazawa": {"home": ("金沢", "ja", "JP"), "partner": ("イルクーツク", "ja", "RU")},
}
SENTENCES = {
    "irkutsk": [
        ("ru", "Договор о породнении Иркутска и Канадзавы подписан 20 марта 1967 года.", "step", "1967-03-20"),
        ("ru", "Школьный обмен между Иркутском и Канадзавой идёт с 1989 года.", "activity", "1989/.."),
    ],
    "kanazawa": [
        ("ja", "金沢市とイルクーツク市は1967年3月20日に姉妹都市提携を結んだ。", "step", "1967-03-20"),
        ("ja", "イルクーツクとの学校交流は1994年から続いている。", "activity", "1994/.."),
    ],
}
TITLES = {"irkutsk": ("ru", "Школьный обмен"), "kanazawa": ("ja", "学校交流")}


def fill(city: str, by: Any) -> dict[str, str]:
    """The tie, its agreement and the school exchange as this city tells them, and canaries that must not leave."""
    from twinbook.register.workflow.capture import capture_text
    from twinbook.register.workflow.enter import Given, enter, find_or_make_place, set_home

    name, language, country = PLACES[city]["home"]
    home = set_home(name, language=language, country=country, by=by, at=NOW)
    name, language, country = PLACES[city]["partner"]
    partner = find_or_make_place(name, language=language, country=country, by=by, at=NOW)
    page = capture_text(
        "\n".join(sentence for _, sentence, _, _ in SENTENCES[city]),
        by=by, at=NOW, language=language, kind="row", publisher=f"City of {city}", title="History of the tie",
    ).source  # fmt: skip
    (_, paper, _, signed), (_, exchange, _, since) = SENTENCES[city]
    tie = enter(
        "tie",
        [Given("places", home, quote=paper), Given("places", partner, quote=paper), Given("kind", "sister_city")],
        source=page, by=by, at=NOW,
    ).record  # fmt: skip
    enter(
        "step",
        [
            Given("tie", tie, quote=paper),
            Given("kind", "agreement", quote=paper),
            Given("date", signed, quote=paper),
            Given("level", "sister_city", quote=paper),
        ],
        source=page, by=by, at=NOW,
    )  # fmt: skip
    tag, title = TITLES[city]
    given = [
        Given("kind", "exchange", quote=exchange),
        Given("title", title, tag, quote=exchange),
        Given("when", since, quote=exchange),
        Given("status", "ongoing", quote=exchange),
        Given("is_recurring", True, quote=exchange),
        *(Given("places", place, quote=exchange) for place in (home, partner)),
    ]
    if city == "irkutsk":
        given.append(Given("people_out", 12, quote=exchange))
    activity = enter("activity", given, source=page, by=by, at=NOW).record
    canaries(tie, home, partner, by)
    return {"tie": tie, "activity": activity, "partner": partner}


def canaries(tie: str, home: str, partner: str, by: Any) -> None:
    """What a public file must not hold: an internal activity, a promise, a pupil's name in a sentence."""
    from twinbook.register.workflow.capture import capture_text
    from twinbook.register.workflow.enter import Given, enter

    secret = capture_text(f"{CANARY}-inside: бюджет поездки", by=by, at=NOW, kind="note", language="ru").source
    places = [Given("places", place) for place in (home, partner)]
    hidden = [Given("kind", "visit"), Given("title", f"{CANARY}-inside", "ru"), Given("visibility", "internal")]
    enter("activity", [*hidden, *places], source=secret, by=by, at=NOW)
    enter("commitment", [Given("tie", tie), Given("what", f"{CANARY}-promise", "ru")], source=secret, by=by, at=NOW)
    told = f"В 2018 году школьник Петя {CANARY} ездил в гости."
    page = capture_text(told, by=by, at=NOW, kind="row", language="ru", title=f"Петя {CANARY} в гостях").source
    person = enter("person", [Given("name", f"Петя {CANARY}", "ru"), Given("person_class", "minor")], source=page,
                   by=by, at=NOW).record  # fmt: skip
    seen = [Given("kind", "visit"), Given("title", f"Поездка Пети {CANARY}а", "ru"), Given("when", "2018")]
    enter("activity", [*seen, *places, Given("participants", person)], source=page, by=by, at=NOW)


def decide(by: Any, source: str, later: str) -> list[dict[str, Any]]:
    """Accept all that waits on a source; where it is unsure, the record that the register itself offers first."""
    from twinbook.register.queries.queue import page_review
    from twinbook.register.workflow.decide import accept

    at = NOW + timedelta(hours=int(later))
    review = page_review(source)
    assert review is not None
    for card in review.cards:
        if card.state == "waiting":
            record = card.candidates[0].thing.id if card.verdict == "unsure" else None
            accept(card.id, by=by, at=at, record=record)
    return [{"sort": card.sort, "verdict": card.verdict, "title": card.title} for card in review.cards]


def tell(activity: str, tie: str) -> dict[str, Any]:
    """What this office's own row says, and every statement beside it with whose view it is."""
    from django.core.management import call_command

    from twinbook.register.queries.partner_view import side_by_side
    from twinbook.register.queries.records import dossier, record
    from twinbook.register.queries.values import ActivityShown

    found, shown = record(activity), dossier(tie)
    assert isinstance(found, ActivityShown) and shown is not None and found.when is not None
    call_command("audit_register")
    return {
        "when": found.when.edtf,
        "title": dict(found.title),
        "people": [found.people_out, found.people_in],
        "stated": [[one.value, one.view.name("en") if one.view else ""] for one in found.stated["when"]],
        "disputes": [dispute.property for dispute in shown.disputes],
        "steps": [step.date.edtf for step in shown.tie.steps if step.date],
        "side by side": [[line.property, line.verdict] for line in side_by_side(shown)],
    }


def main(action: str, *words: str) -> None:
    from twinbook.project import office

    office.open_register()
    by = office.officer("")
    doing = {"fill": lambda city: fill(city, by), "decide": lambda *more: decide(by, *more), "tell": tell}
    print(json.dumps(doing[action](*words), ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
