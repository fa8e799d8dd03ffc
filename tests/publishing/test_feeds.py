"""Feeds, calendars and tables: well formed whatever a text holds, no injected line, no formula."""

from __future__ import annotations

import csv
import io
import json

import pytest
from icalendar import Calendar
from lxml import etree

from publishing.editions import LANGUAGES, edition, editions, with_text_everywhere
from twinbook.publishing.publication import papers
from twinbook.publishing.rendering.clean import cell, clean

CONTROLS = "".join(
    map(chr, [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0x202E, 0x2066, 0xFDD0, 0xFFFE, 0xFFFF, 0x1FFFF])
)
INJECTED = "x\r\nBEGIN:VEVENT\r\nATTENDEE:mailto:evil@example\nSTATUS:CONFIRMED"


def files_of(text: str) -> dict[str, bytes]:
    made = {language: with_text_everywhere(edition(language), text) for language in LANGUAGES}
    return {paper.path: paper.body for paper in papers(made)}


def test_no_code_point_breaks_what_leaves() -> None:
    """All of them at once, lone surrogates too, through the border that every text passes."""
    everything = clean("".join(map(chr, range(0x110000))))

    etree.fromstring(f"<a>{everything.replace('&', '').replace('<', '').replace('>', '')}</a>".encode())
    assert not set(CONTROLS) - {"\n", "\t"} & set(everything)
    assert "\x0b" not in everything and "жж金" in clean("ж\x0bж金").replace("\n", "")


def test_feeds_are_well_formed_with_any_control_character() -> None:
    files = files_of(f"до{CONTROLS}\ud800после")

    for path in (path for path in files if path.endswith((".atom", ".xml"))):
        etree.fromstring(files[path])
    for path in (path for path in files if path.endswith(".ics")):
        Calendar.from_ical(files[path])
    for path in (path for path in files if path.endswith((".geojson", ".jsonl"))):
        for line in files[path].decode().splitlines():
            json.loads(line)
    assert all(
        "\ufffe" not in body.decode("utf-8", "strict")
        for path, body in files.items()
        if not path.endswith((".pdf", ".gz"))
    )


def test_no_text_begins_a_line_of_a_calendar() -> None:
    body = files_of(INJECTED)["en/calendar.ics"].decode()
    lines = body.split("\r\n")

    assert not [line for line in lines if line.startswith(("ATTENDEE", "STATUS:CONFIRMED"))]
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT")


def test_the_calendar_has_plans_and_jubilees() -> None:
    made = {paper.path: paper.body for paper in papers(editions())}
    events = Calendar.from_ical(made["en/calendars/kanazawa.ics"]).walk("VEVENT")

    told = {str(event["UID"]): str(event["SUMMARY"]) for event in events}
    assert told == {
        "activity-marathon@irkutsk.twinbook": "Runners at the international marathon"
        " (day not fixed: late October 2027)",
        "jubilee-kanazawa-2027@irkutsk.twinbook": "Kanazawa: 60 years of partnership",
    }


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "－1", "  =1", "\0=1"]
)
def test_no_cell_is_a_formula(text: str) -> None:
    assert cell(text).startswith("'")


@pytest.mark.parametrize("text", ["-123.0900", "+7", "12", "Канадзава", "1994/..", ""])
def test_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert cell(text) == text


def test_tables_hold_each_activity_and_no_formula() -> None:
    body = files_of("=HYPERLINK(1)")["ru/data/activities.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))

    assert [row["title"] for row in rows if row["key"] == "planted"] == ["'=HYPERLINK(1)"]
    assert {row["key"] for row in rows} == {activity.key for activity in edition("ru").activities} | {"planted"}


def test_each_fact_carries_its_evidence() -> None:
    made = {paper.path: paper.body for paper in papers(editions())}
    facts = [json.loads(line) for line in made["ru/data/facts.jsonl"].decode().splitlines()]
    since = next(one for one in facts if (one["key"], one["property"]) == ("pupils", "when"))

    assert since["value"] == "1994/.."
    assert since["evidence"][0]["quote"] == "С 1994 года между городами проходят обмены школьниками."
    assert since["others"][0]["value"] == "1989/.."
    withheld = next(one for one in facts if (one["key"], one["property"]) == ("marathon", "title"))
    assert [one["quote"] for one in withheld["evidence"] if one["is_withheld"]] == [""]


def test_the_catalogue_leads_to_every_data_file() -> None:
    made = {paper.path: paper.body for paper in papers(editions())}
    told = json.loads(made["catalog.jsonld"])

    urls = [one["dcat:downloadURL"]["@id"] for one in told["dcat:distribution"]]
    assert sorted(urls) == sorted(f"https://twins.example/site/{path}" for path in made if "/data/" in path)
    assert {one["@language"]: one["@value"] for one in told["dct:title"]}["en"] == "Irkutsk: twin towns and partners"
    assert "catalog.jsonld" not in [paper.path for paper in papers({"en": edition("en", address="")})]


def test_a_feed_in_each_language_tells_the_newest_first() -> None:
    made = {paper.path: paper.body for paper in papers(editions())}
    for language in LANGUAGES:
        feed = etree.fromstring(made[f"{language}/news.atom"])
        updated = feed.xpath("//a:entry/a:updated/text()", namespaces={"a": "http://www.w3.org/2005/Atom"})
        assert len(updated) == len(edition(language).activities)
        assert updated == sorted(updated, reverse=True)
