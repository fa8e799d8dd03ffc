"""Matching of activities measured: what is called the same is the same, and the same is seldom missed.

The pairs: each activity of the sample register told again (in its own words, shorter, in other languages, with a less
precise date), and told apart from (another year, another kind, another partner, another event of the same days).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import User

from register.conftest import Clock
from twinbook.register.models import Record
from twinbook.register.workflow import capture, enter
from twinbook.register.workflow.enter import Given
from twinbook.register.workflow.match import match_activity
from twinbook.vocabulary.concept import concepts

SAMPLE = Path(__file__).resolve().parents[3] / "src" / "twinbook" / "project" / "sample" / "activities.tsv"
LEAST_PAIRS, LEAST_PRECISION, LEAST_RECALL = 400, 0.99, 0.9


@dataclass(frozen=True)
class Probe:
    """An activity as another page may tell it, and whether it is the one it was made from."""

    name: str
    is_same: bool
    kind: str
    title: str
    language: str
    when: str
    partner: str
    recurring: bool


Row = dict[str, str]


def probes_of(row: Row, rows: list[Row]) -> Iterator[Probe]:
    """The pairs of one activity."""

    def probe(name: str, is_same: bool, **changed: object) -> Probe:
        plain = {"kind": row["kind"], "title": row["ru"], "language": "ru", "when": row["when"]}
        plain |= {"partner": row["partner"], "recurring": row["recurring"] == "yes"}
        return Probe(name, is_same, **{**plain, **changed})  # type: ignore[arg-type]

    words = row["ru"].split()
    yield probe("same words", True)
    yield probe("shorter", True, title=" ".join(words[:-1]) if len(words) > 2 else row["ru"])
    yield probe("English", True, title=row["en"], language="en")
    yield probe("Japanese", True, title=row["ja"], language="ja")
    if row["when"] and "/.." not in row["when"]:
        yield probe("year only", True, when=row["when"][:4])
        yield probe("English, year only", True, title=row["en"], language="en", when=row["when"][:4])
        yield probe("five years later", False, when=f"{int(row['when'][:4]) + 5}")
        yield probe("next year", False, when=f"{int(row['when'][:4]) + 1}-06-15")
    kinds = list(concepts("activity_kinds"))
    other_kind = kinds[(kinds.index(row["kind"]) + 1) % len(kinds)]
    yield probe("another kind", False, kind=other_kind, title="что-то совсем иное", when="1931-05-05")
    other = next(one for one in rows if one["partner"] != row["partner"] and one["kind"] != row["kind"])
    yield probe("another partner", False, partner=other["partner"], title=other["ru"], when="1931-05-05")
    yield probe("another event of those days", False, title="совсем другое событие в иных местах")


def test_same_is_the_same_and_is_seldom_missed(olga: User, clock: Clock) -> None:
    with SAMPLE.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    places = {name: _place(name, olga, clock) for name in ["Иркутск", *sorted({row["partner"] for row in rows})]}
    known = {row["ru"]: _entered(row, places, olga, clock) for row in rows}

    right_same = wrong_same = found = missed = pairs = 0
    wrong: list[str] = []
    for row in rows:
        for probe in probes_of(row, rows):
            pairs += 1
            match = match_activity(
                kind=probe.kind, title=probe.title, language=probe.language, when=probe.when,
                places=[places["Иркутск"], places[probe.partner]], is_recurring=probe.recurring,
            )  # fmt: skip
            is_right = match.record is not None and match.record.public_id == known[row["ru"]]
            if match.verdict == "same":
                right_same += is_right and probe.is_same
                wrong_same += not (is_right and probe.is_same)
                if not (is_right and probe.is_same):
                    wrong.append(f"{probe.name}: {probe.title} {probe.when} taken for {match.words}")
            offered = {record.public_id for record, _, _ in match.candidates}
            if probe.is_same:
                was_found = is_right or known[row["ru"]] in offered
                found += was_found
                missed += not was_found

    precision, recall = right_same / max(1, right_same + wrong_same), found / (found + missed)
    print(f"pairs {pairs}, same {right_same + wrong_same}, precision {precision:.3f}, recall with unsure {recall:.3f}")
    assert pairs >= LEAST_PAIRS
    assert (precision >= LEAST_PRECISION, recall >= LEAST_RECALL) == (True, True), (precision, recall, wrong)


def _place(name: str, olga: User, clock: Clock) -> Record:
    kind = "region" if "край" in name else "city"
    place = enter.find_or_make_place(name, language="ru", kind=kind, by=olga, at=clock())
    if name == "Иркутск":
        enter.set_home("Иркутск", language="ru", country="RU", by=olga, at=clock())
    return Record.objects.get(public_id=place)


def _entered(row: Row, places: dict[str, Record], olga: User, clock: Clock) -> str:
    note = capture.capture_text("\t".join(row.values()), kind="note", by=olga, at=clock()).source
    given = [Given("kind", row["kind"]), Given("title", row["ru"], "ru"), Given("status", row["status"])]
    given += [Given("places", places[name].public_id) for name in ("Иркутск", row["partner"])]
    given += [Given("when", row["when"])] if row["when"] else []
    given += [Given("is_recurring", True)] if row["recurring"] == "yes" else []
    return enter.enter("activity", given, source=note, by=olga, at=clock()).record
