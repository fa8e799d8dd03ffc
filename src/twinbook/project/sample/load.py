"""Fills an empty register with the sample data, through the same doors that an officer's work goes through."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser

from twinbook.reading.gazetteer import find_places
from twinbook.register.workflow.capture import capture_text
from twinbook.register.workflow.enter import Given, enter, set_home
from twinbook.register.workflow.propose import Proposed, take_in
from twinbook.vocabulary.date_words import edtf_words

HERE = Path(__file__).resolve().parent
PAGES = HERE / "pages"
LANGUAGES = ("ru", "en", "ja")
JAPAN = {"ru": "Япония", "en": "Japan", "ja": "日本"}
POSTS = {"mayor": "mayor", "deputy mayor": "deputy_mayor", "consul general of Japan in Khabarovsk": "consul_general"}
OFFICIAL = {"kind": "official"}
BASES = {"vote": "council_vote", "first contact": "first_contact"}
MADE_UP = "выдумано"
SOURCES = {
    "people": "Образец реестра: люди и должности",
    "landmarks": "Образец реестра: памятные места",
    "promises": "Образец реестра: договорённости",
    "activities": "Образец реестра: мероприятия",
}
Words = dict[str, str]


@dataclass
class Loader:
    """One filling of a register: who does it, when, and the records made so far by their Russian name."""

    by: AbstractBaseUser
    at: datetime
    places: dict[str, str] = field(default_factory=dict)
    ties: dict[str, str] = field(default_factory=dict)

    def load(self) -> dict[str, int]:
        """Everything but the pages; returns how many of each were made."""
        ties = _toml("ties")
        self._home(ties["home"])
        made = {"ties": 0, "people": 0, "landmarks": 0, "activities": 0, "promises": 0}
        for row in ties["ties"]:
            self._tie(row)
            made["ties"] += 1
        for name, act in (("people", self._person), ("landmarks", self._landmark), ("promises", self._promise)):
            rows = _toml(name)[name]
            made[name] = self._rows(name, rows, act)
        made["activities"] = self._rows("activities", list(_activities()), self._activity)
        return made

    def _rows(self, name: str, rows: list[Any], act: Callable[[Any, str], None]) -> int:
        """All rows of one list, from one source for what is made up and one for each site that tells a fact."""
        told = dict.fromkeys(_told_by(row) for row in rows)
        sources = {
            site: self._source(SOURCES[name], [self._line(row) for row in rows if _told_by(row) == site], site)
            for site in told
        }
        for row in rows:
            act(row, sources[_told_by(row)])
        return len(rows)

    def _home(self, home: dict[str, Any]) -> None:
        names: Words = home["name"]
        home_place = set_home(names["ru"], language="ru", country=home["country"], by=self.by, at=self.at)
        self.places[names["ru"]] = home_place
        source = self._source("Образец реестра: названия Иркутска", [" · ".join(names.values())])
        given = [Given("name", names[code], language=code, qualifiers=OFFICIAL) for code in ("en", "ja")]
        given.append(Given("identifier", f"wikidata:{home['wikidata']}"))
        enter("place", given, source=source, by=self.by, at=self.at, record=home_place)

    def _tie(self, row: dict[str, Any]) -> None:
        names: Words = row["partner"]
        quote = row["quote"]
        title = f"Образец реестра: связи, {names['ru']}"
        source = self._source(title, [quote, " · ".join(names.values())], row["source"])
        place = self._place(names, row["country"], row.get("level", "city"), row, source)
        tie = enter(
            "tie",
            [
                Given("places", self.places["Иркутск"], quote=quote),
                Given("places", place, quote=quote),
                Given("kind", row["kind"], quote=quote),
            ],
            source=source,
            by=self.by,
            at=self.at,
        ).record
        self.ties[names["ru"]] = tie
        for step in row["steps"]:
            self._step(step, tie, place, quote, source)

    def _step(self, step: dict[str, Any], tie: str, place: str, quote: str, source: str) -> None:
        given = [
            Given("tie", tie, quote=quote),
            Given("kind", step["kind"], quote=quote),
            Given("date", step["when"], quote=quote),
        ]
        basis = BASES.get(step["basis"], step["basis"])
        if basis != "unknown":
            given.append(Given("basis", basis, quote=quote))
        if step.get("level"):
            given.append(Given("level", step["level"], quote=quote))
        if step.get("side") == "partner":
            given.append(Given("side", place, quote=quote))
        given += [
            Given("decider", words, language=code, quote=quote) for code, words in step.get("decider", {}).items()
        ]
        enter("step", given, source=source, by=self.by, at=self.at)

    def _person(self, row: dict[str, Any], source: str) -> None:
        quote = self._line(row)
        names = [Given("name", words, language=code, quote=quote) for code, words in row["name"].items()]
        given = [*names, Given("person_class", "official", quote=quote)]
        person = enter("person", given, source=source, by=self.by, at=self.at).record
        place = self.places.get(row["of"]) or self._country(JAPAN, "JP")
        titles = [Given("title", words, language=code, quote=quote) for code, words in row["post"].items()]
        if code := POSTS.get(row["post"]["en"]):
            titles.append(Given("post", code, quote=quote))
        since = Given("since", row["since"], quote=quote)
        posts = [Given("person", person, quote=quote), Given("of", place, quote=quote), since, *titles]
        enter("holding", posts, source=source, by=self.by, at=self.at)

    def _landmark(self, row: dict[str, Any], source: str) -> None:
        quote = self._line(row)
        partner = self.places.get(_honoured(row)["ru"])
        given = [Given("name", words, language=code, quote=quote) for code, words in row["name"].items()]
        given += [Given("kind", row["kind"], quote=quote), Given("place", self.places[row["place"]], quote=quote)]
        given += [Given("honours", words, language=code, quote=quote) for code, words in _honoured(row).items()]
        if row["place"] != "Иркутск":
            partner = self.places[row["place"]]
        if partner := partner or self.places.get("Канадзава"):
            given.append(Given("partner", partner, quote=quote))
        enter("landmark", given, source=source, by=self.by, at=self.at)

    def _activity(self, row: dict[str, str], source: str) -> None:
        quote = self._line(row)
        places = [self.places["Иркутск"], self.places[row["partner"]]]
        given = [Given("kind", row["kind"], quote=quote), Given("status", row["status"], quote=quote)]
        given += [Given("title", row[code], language=code, quote=quote) for code in LANGUAGES]
        given += [Given("areas", area, quote=quote) for area in row["areas"].split(",")]
        given += [Given("places", place, quote=quote) for place in places]
        if row["when"]:
            given.append(Given("when", row["when"], quote=quote))
        if row["recurring"] == "yes":
            given.append(Given("is_recurring", True, quote=quote))
        if row["people"]:  # with a minus: people who went out
            count = int(row["people"])
            given.append(Given("people_in" if count > 0 else "people_out", abs(count), quote=quote))
        enter("activity", given, source=source, by=self.by, at=self.at)

    def _promise(self, row: dict[str, Any], source: str) -> None:
        quote = self._line(row)
        side = self.places["Иркутск"] if row["side"] == "home" else self.places[row["partner"]]
        given = [Given("what", words, language=code, quote=quote) for code, words in row["text"].items()]
        given += [Given("tie", self.ties[row["partner"]], quote=quote), Given("side", side, quote=quote)]
        given += [Given("due", row["due"], quote=quote), Given("state", row["state"], quote=quote)]
        enter("commitment", given, source=source, by=self.by, at=self.at)

    def _country(self, names: Words, code: str) -> str:
        source = self._source("Образец реестра: страны", [" · ".join(names.values())])
        return self._place(names, code, "country", {}, source)

    def _place(self, names: Words, country: str, kind: str, row: dict[str, Any], source: str) -> str:
        quote = " · ".join(names.values()) if len(names) > 1 else ""
        given = [Given("name", words, language=code, quote=quote, qualifiers=OFFICIAL) for code, words in names.items()]
        given += [Given("kind", kind, quote=quote), Given("country", country, quote=quote)]
        if row.get("wikidata"):
            given.append(Given("identifier", f"wikidata:{row['wikidata']}", quote=quote))
        if geonames_id := row.get("geonames_id"):
            given.append(Given("identifier", f"geonames:{geonames_id}", quote=quote))
            given += _coordinates(names["en"], geonames_id, quote)
        made = enter("place", given, source=source, by=self.by, at=self.at).record
        self.places[names["ru"]] = made
        return made

    def _source(self, title: str, lines: list[str], told_by: str = "") -> str:
        text = "\n".join([title, *lines])
        publisher = f"по материалам: {told_by}" if told_by else MADE_UP
        captured = capture_text(
            text, by=self.by, at=self.at, title=title, publisher=publisher, language="ru", kind="note"
        )
        return captured.source

    @staticmethod
    def _line(row: dict[str, Any]) -> str:
        """The sentence that stands in the source for one row of the sample, as the office of Irkutsk would note it."""
        if "post" in row:
            return f"{row['name']['ru']} ({row['name']['en']}, {row['name']['ja']}): {row['post']['ru']}, {row['of']}."
        if "honours" in row:
            return _sentence(f"{row['name']['ru']} ({row['name']['en']}), {row['place']}.")
        if "text" in row:
            return _sentence(f"{row['text']['ru']} ({row['partner']}), сказано {edtf_words(row['said_on'], 'ru')}")
        when = edtf_words(row["when"], "ru") if row["when"] else "срок не назван"
        remark = row["note"].partition(" (")[2].rstrip(")")
        return _sentence(f"{row['ru']} ({row['partner']}), {when}{remark and '; ' + remark}")


def read_pages(*, by: AbstractBaseUser, at: datetime) -> Iterator[tuple[str, Proposed]]:
    """The sample pages, one after the other: captured, read, and put before the officer."""
    for path in sorted(PAGES.iterdir()):
        yield path.name, take_in(path.read_bytes(), by=by, at=at, name=path.name)


def _told_by(row: dict[str, Any]) -> str:
    """The site that tells the row's fact; empty for what is made up."""
    if "note" in row:
        return row["note"].partition(" (")[0].removeprefix("facts: ") if row["note"].startswith("facts: ") else ""
    return str(row.get("source", ""))


def _honoured(row: dict[str, Any]) -> Words:
    honours = row["honours"]
    return honours if isinstance(honours, dict) else {"ru": honours}


def _sentence(words: str) -> str:
    """The words with a capital letter and a full stop."""
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


def page_count() -> int:
    return len(list(PAGES.iterdir()))


def _coordinates(name: str, geonames_id: int, quote: str) -> list[Given]:
    found = [place for place in find_places(name, "latin") if place.geonames_id == geonames_id]
    return [
        given
        for place in found
        for given in (
            Given("latitude", place.latitude, quote=quote),
            Given("longitude", place.longitude, quote=quote),
        )
    ]


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


def _activities() -> Iterator[dict[str, str]]:
    with (HERE / "activities.tsv").open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
