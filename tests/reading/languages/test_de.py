"""What the German pack must hold: its own pages above a floor, and sentences of the kinds that only German has."""

import json
from datetime import date
from pathlib import Path

import pytest
from benchmarks.scoring import cases, page_text, row, score_page

from twinbook.reading.formats import read_bytes
from twinbook.reading.language import language_pack
from twinbook.reading.page import Page
from twinbook.reading.pipeline import read_page
from twinbook.reading.steps.dates import find_dates
from twinbook.reading.story import NameMention, Sentence, Story

CASES = Path(__file__).parents[1] / "cases_own"
FLOORS = {"article": 0.98, "relevant": 1.0, "findings": 0.85, "status": 0.85, "when": 0.85, "role": 0.9}


def story_of(text: str) -> Story:
    pack = language_pack("de")
    whole = ((0, len(text)),)
    spans = pack.grammar.find_sentences(text, 0, len(text))
    return Story(text, "de", whole, whole, tuple(Sentence(start, end, 0) for start, end in spans))


def names_in(text: str) -> list[NameMention]:
    return language_pack("de").grammar.find_names(story_of(text))


def test_the_packs_own_pages_stay_above_their_floor() -> None:
    pages = []
    for _, path, gold in cases(CASES):
        if gold["language"] == "de":
            reading = read_page(read_bytes(path.read_bytes(), name=path.name)).as_dict()
            pages.append(score_page(gold, json.loads(json.dumps(reading)), page_text(path)))

    figures = row(pages)

    assert len(pages) == 5
    assert {key: figures[key] for key, floor in FLOORS.items() if figures[key] < floor} == {}


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Am 10. Mai kam die Gruppe. Am 12. Mai reiste sie ab.", ["Gruppe.", "ab."]),
        (
            "Die Stadt, z. B. Dr. Vogt, zahlt 2 Mio. Euro. Das war 2007. Im Herbst folgte mehr.",
            ["Euro.", "2007.", "mehr."],
        ),
        ("„Wirklich?“ fragte er. Ja.", ["er.", "Ja."]),
    ],
)
def test_sentences_do_not_end_at_ordinals_and_abbreviations(text: str, ends: list[str]) -> None:
    spans = language_pack("de").grammar.find_sentences(text, 0, len(text))

    assert [text[:end].split()[-1] for _, end in spans] == ends


def test_nouns_are_no_names() -> None:
    text = "Die Delegation besuchte das Rathaus, die Schule und eine Ausstellung über Kunst, Musik und Handwerk."

    assert names_in(text) == []


def test_a_town_is_told_from_the_noun_that_it_is_spelled_like() -> None:
    names = names_in("Nach dem Essen fuhr die Band von Essen nach Halle.")

    assert [(name.name, name.start) for name in names if name.kind == "place"] == [("Essen", 33), ("Halle", 44)]


def test_genitive_and_adjective_name_the_town() -> None:
    names = names_in("In Pforzheim gibt es den Győrer Platz. Pforzheims Partner ist die ungarische Stadt Győr.")

    assert [name.name for name in names] == ["Pforzheim", "Győr", "Pforzheim", "Győr"]


def test_a_colleague_in_office_stands_for_the_other_town() -> None:
    text = (
        "Oberbürgermeisterin Ute Lang aus Pforzheim und ihr Amtskollege Zoltán Fekete sprachen in Győr und Pforzheim."
    )

    people = {name.name: (name.role, name.represents) for name in names_in(text) if name.kind == "person"}

    assert people == {"Ute Lang": ("Oberbürgermeisterin", "Pforzheim"), "Zoltán Fekete": ("Amtskollege", "Győr")}


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Vom 3. bis 10. August 2018 reisen sie.", "2018-08-03/2018-08-10"),
        ("Vom 28. April bis 1. Mai 2019 waren sie da.", "2019-04-28/2019-05-01"),
        ("Seit 1992 besteht der Austausch.", "1992/.."),
        ("Ende Oktober wird gefeiert.", "2023-10-2X"),
        ("Im Sommer 2018 war Pause.", "2018-22"),
        ("Im nächsten Jahr folgt ein Besuch.", "2024"),
        ("Am Freitag kamen die Gäste.", "2023-05-12"),
        ("Bis zum 4. Juni ist alles zu sehen.", "../2023-06-04"),
        ("In den siebziger Jahren begann es.", "197X"),
    ],
)
def test_dates(text: str, edtf: str) -> None:
    story = story_of(text)
    dated = Story(text, "de", story.spans, story.paragraphs, story.sentences, published=date(2023, 5, 15))

    found, _ = find_dates(dated, language_pack("de"))

    assert [when.when.edtf for when in found] == [edtf]


def test_quotes_in_both_kinds_of_marks_have_their_speakers() -> None:
    text = (
        "Bürgermeisterin Eva Roth traf Kurt Hahn in Bremen.\n„Wir kommen gern wieder“, sagte Roth. „Sehr gern sogar.“"
        " »Es war zu kurz für alle«, meinte er."
    )

    reading = read_page(Page.of_text(f"Besuch in Riga\n\n{text} Bremen ist Partnerstadt von Riga."), language="de")

    spoken = [(quote.speaker, reading.text[slice(*quote.span)]) for quote in reading.quotes]
    assert spoken == [
        ("Eva Roth", "Wir kommen gern wieder“, sagte Roth. „Sehr gern sogar."),
        ("Kurt Hahn", "Es war zu kurz für alle"),
    ]


def test_a_german_page_is_told_without_being_told() -> None:
    page = Page.of_text("Die Stadt Bremen und die lettische Partnerstadt Riga haben ihren Vertrag am Freitag erneuert.")

    assert read_page(page).language == "de"
