"""A register of 100,000 ties and 1,000,000 activities, made by the importers out of synthetic lists of real towns.

    nice python -m benchmarks.register_data FOLDER [--ties 100000] [--activities 1000000]

Makes FOLDER/ties.csv and FOLDER/activities.csv, always the same, then imports both into the register that
TWINBOOK_HOME or TWINBOOK_DATABASE names, and prints rows, fates, seconds and memory.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

HOME = ("Irkutsk", "RU")
HOME_TIES = 40
SEED = 20261125
FIRST_DAY = date(1967, 3, 20)
DAYS = 21_000
WORDS = {
    "en": ("{kind} of {what} with {town}", ("choir", "school", "judo", "youth", "museum", "fire brigade", "orchestra",
                                            "library", "tea", "football", "hospital", "garden", "theatre", "chess")),
    "ru": ("{kind}: {what}, {town}", ("хор", "школа", "дзюдо", "молодёжь", "музей", "пожарная часть", "оркестр",
                                      "библиотека", "чай", "футбол", "больница", "сад", "театр", "шахматы")),
    "ja": ("{what}の{kind}({town})", ("合唱団", "学校", "柔道", "青少年", "博物館", "消防", "管弦楽団",
                                      "図書館", "茶道", "サッカー", "病院", "庭園", "演劇", "囲碁")),
}  # fmt: skip
KINDS = {
    "visit": {"en": "Visit", "ru": "Визит", "ja": "訪問"},
    "exchange": {"en": "Exchange", "ru": "Обмен", "ja": "交流"},
    "cultural_event": {"en": "Concert", "ru": "Концерт", "ja": "演奏会"},
    "competition": {"en": "Tournament", "ru": "Турнир", "ja": "大会"},
    "training": {"en": "Training", "ru": "Обучение", "ja": "研修"},
    "meeting": {"en": "Meeting", "ru": "Встреча", "ja": "会議"},
}
AREAS = ("culture", "education", "sport", "youth")


def towns() -> list[tuple[str, str, str]]:
    """Name, country and GeoNames id of towns whose name is the only one in its country, the largest first."""
    from twinbook.reading import gazetteer

    found: dict[tuple[str, str], str] = {}
    twice = set()
    for line in gazetteer.rows():
        number, name, country, *_ = line.split("\t")
        if (name, country) in found:
            twice.add((name, country))
        found.setdefault((name, country), number)
    return [(name, country, number) for (name, country), number in found.items() if (name, country) not in twice]


def pairs(count: int) -> Iterator[tuple[tuple[str, str, str], tuple[str, str, str]]]:
    """Different pairs of towns; the first ones are those of the home city."""
    chance = random.Random(SEED)
    known = [town for town in towns() if town[:2] != HOME]
    home = next(town for town in towns() if town[:2] == HOME)
    seen = set()
    while len(seen) < count:
        one = home if len(seen) < HOME_TIES else chance.choice(known)
        other = chance.choice(known)
        pair = frozenset((one, other))
        if len(pair) == 2 and pair not in seen:
            seen.add(pair)
            yield one, other


def write_ties(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["city1", "country1", "lat1", "lng1", "city2", "country2", "lat2", "lng2"])
        for one, other in pairs(count):
            table.writerow([*one[:2], "", "", *other[:2], "", ""])


def write_activities(path: Path, ties: int, count: int) -> None:
    chance = random.Random(SEED + 1)
    partners = [other for _, other in pairs(ties)]
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["partner", "country", "title", "kind", "area", "status", "date", "received", "sent"])
        for number in range(count):
            town, country, _ = partners[number % ties if number < 2 * ties else chance.randrange(ties)]
            language = chance.choice(("en", "en", "ru", "ja"))
            pattern, subjects = WORDS[language]
            kind = chance.choice(tuple(KINDS))
            title = pattern.format(kind=KINDS[kind][language], what=chance.choice(subjects), town=town)
            day = FIRST_DAY + timedelta(chance.randrange(DAYS))
            when = day.isoformat() if chance.random() < 0.7 else f"{day:%Y-%m}"
            status = "planned" if day.year > 2023 and chance.random() < 0.02 else "done"
            counts = [chance.randrange(2, 60) if chance.random() < 0.4 else "" for _ in range(2)]
            row = [town, country, f"{title}, {day.year}", kind, chance.choice(AREAS), status, when, *counts]
            table.writerow(row)


def bring(path: Path, mapping: dict[str, str]) -> dict[str, object]:
    """Import a file; what it was, how long it took, and how much memory the process has had at most."""
    from django.contrib.auth.models import User
    from django.utils import timezone

    from twinbook.register.workflow.bring_in import bring_in

    raw = path.read_bytes()
    began, cpu = time.monotonic(), time.process_time()
    marks: list[tuple[int, int]] = []
    told = 0

    def on_fate(fate: object) -> None:
        nonlocal told
        told += 1
        if told % 100_000 == 0:
            marks.append((told, _memory()))
            print(f"  {told} rows, {told / (time.monotonic() - began):.0f} rows/s, {_memory()} MB", flush=True)

    officer = User.objects.order_by("pk").first()
    assert officer is not None
    code = "activity_table" if "partner" in mapping else ""
    done = bring_in(raw, by=officer, at=timezone.now(), name=path.name, mapping=mapping, on_fate=on_fate, importer=code)
    seconds = time.monotonic() - began
    return {
        "list": path.name,
        "rows": done.rows,
        "fates": dict(done.outcomes),
        "places": dict(done.places),
        "statements": done.statements,
        "seconds": round(seconds, 1),
        "cpu": round(time.process_time() - cpu, 1),
        "rows/s": round(done.rows / seconds),
        "rows/cpu-s": round(done.rows / (time.process_time() - cpu)),
        "memory MB": _memory(),
    }


def _memory() -> int:
    """What the process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--ties", type=int, default=100_000)
    parser.add_argument("--activities", type=int, default=1_000_000)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    set_up_register()
    ties, activities = options.folder / "ties.csv", options.folder / "activities.csv"
    write_ties(ties, options.ties)
    write_activities(activities, options.ties, options.activities)
    print(bring(ties, {}), flush=True)
    print(bring(activities, activity_mapping(activities)), flush=True)


def activity_mapping(path: Path) -> dict[str, str]:
    """Which column of the list means what, as the desk would guess it."""
    from twinbook.reading.importers.activity_table import guess

    with path.open(encoding="utf-8", newline="") as file:
        return guess(next(csv.reader(file)))


def set_up_register() -> None:
    """The register's tables, an officer and the home city, where they are not there yet."""
    import django

    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.utils import timezone

    from twinbook.register.models import Account
    from twinbook.register.workflow.enter import set_home

    call_command("migrate", verbosity=0)
    officer = User.objects.order_by("pk").first()
    if officer is None:
        officer = User.objects.create_user("olga")
        Account.objects.create(user=officer, roles=["officer", "head"])
        set_home(HOME[0], language="en", country=HOME[1], by=officer, at=timezone.now())


if __name__ == "__main__":
    main()
