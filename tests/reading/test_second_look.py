"""No text of a page is lost in silence: a second look counts what the markup holds, and what is left out is told."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from twinbook.reading.formats import read_bytes
from twinbook.reading.formats.html import read_html
from twinbook.reading.formats.second_look import characters_in, is_lost, visible_characters
from twinbook.reading.page import Page
from twinbook.reading.pipeline import read_page

CASES = sorted(Path(__file__).parent.glob("cases*/*/*.html"))
STORY = "Мэр Иркутска встретился с делегацией Канадзавы и вручил гостям книгу."
LOOKS = ["<b>", "<i>", "<font size=2>", "<span class=x>"]


def codes(page: Page) -> list[str]:
    return [code for code, _ in page.troubles]


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parts[-3]}/{path.parts[-2]}/{path.name}")
def test_both_looks_agree_on_every_page_of_ours(path: Path) -> None:
    page = read_bytes(path.read_bytes(), name=path.name)

    assert "text-lost" not in codes(page)


@pytest.mark.parametrize("path", CASES[::5], ids=lambda path: f"{path.parts[-3]}/{path.parts[-2]}/{path.name}")
def test_a_parser_that_dropped_a_paragraph_would_be_found_out(path: Path) -> None:
    """What the parser gave is made less by each of its longer blocks; the count must tell."""
    from twinbook.reading.page import decode_page

    markup = decode_page(path.read_bytes()).text
    page = read_html(markup)
    expected, seen = characters_in(markup), visible_characters(page.text)
    tellable = [
        visible_characters(page.text[block.start : block.end])
        for block in page.blocks
        if visible_characters(page.text[block.start : block.end]) > 60 + 0.02 * expected
    ]

    assert tellable
    assert all(is_lost(expected, seen - length) for length in tellable)


MARKUPS = {
    "plain": ("<p>a b</p>c", 3),
    "comment": ("<!-- no > no --><p>ab<!---->c<!-->d", 4),
    "declaration": ("<!doctype html><?php no ?>ab", 2),
    "script": ("<script>if (a < b) '</p>'</script>ab<STYLE>no</STYLE>", 2),
    "script in capitals with a letter that grows": ("İİ<SCRIPT>no</ScRiPt >ab", 4),
    "attribute": ("<a title='x > y' href=\"a>b\" data-x=c>ab</a>", 2),
    "stray quotation marks": ('<a href="x"" class=\'y\'\' ">ab</a>', 2),
    "unquoted value with a mark": ("<a href=it's>ab</a> it's", 6),
    "entities": ("&amp;&lt;&#1073;&nbsp;x", 4),
    "less than": ("a < b <3 c", 6),
    "text field": ("<textarea><b>a</textarea>", 4),
    "never closed script": ("ab<script>no", 2),
    "never closed mark": ('ab<p title="never closed> story that nobody sees', 21),
}


@pytest.mark.parametrize("name", MARKUPS)
def test_the_second_look_counts_what_is_between_the_tags(name: str) -> None:
    markup, count = MARKUPS[name]

    assert characters_in(markup) == count


def test_text_behind_a_quotation_mark_never_closed_is_told() -> None:
    page = read_html(f'<p>Начало.</p><p title="never closed>{STORY}</p><p>{STORY}</p>')

    assert codes(page) == ["text-lost"]


def test_readings_above_characters_are_left_out_and_told() -> None:
    page = read_html("<p><ruby>金沢<rp>（</rp><rt>かなざわ</rt><rp>）</rp></ruby>市の市長が訪問した。</p>")

    assert page.text == "金沢市の市長が訪問した。"
    assert page.troubles == (("readings-left-out", "6 characters of readings above others (ruby) are left out"),)
    notes = {note.code: note.step for note in read_page(page, language="ja").notes}
    assert notes["readings-left-out"] == "markup"


def test_the_choices_of_a_form_are_left_out_and_told() -> None:
    months = "".join(f"<option>2019, месяц {number}</option>" for number in range(40))
    page = read_html(f"<p>{STORY}</p><select><optgroup label=x>{months}</optgroup></select>")

    assert page.text == STORY
    assert codes(page) == ["choices-left-out"]


def test_a_form_never_closed_does_not_swallow_the_story() -> None:
    page = read_html(f"<select><option>один<option>два<h1>Гости из Канадзавы</h1>{f'<p>{STORY}</p>' * 4}")

    assert page.text.count(STORY) == 4
    assert codes(page) == []


ATTACKS = {
    "deep": "<div>" * 100_000 + "<p>{words}</p>",
    "deeper": "<div>" * 400_000 + "<p>{words}</p>",
    "unclosed looks": "".join(f"<p>{LOOKS[number % 4]}{{words}}" for number in range(600)),
    "fonts and paragraphs": "<p><font size=2>{words}" * 2_500,
    "many fonts": "<p><font size=2>{words}" * 20_000,
    "links with blocks": "<a href=x><div>{words}" * 5_000,
    "nested tables": "<table><tr><td>{words}" * 2_000,
    "text between rows": "<table><tr>{words}<td>a</td></tr>{words}</table>" * 200,
    "lists": "<ul><li>{words}" * 3_000,
    "wrong nesting": "<b><p>{words}</b></p></i><i>" * 2_000,
    "one node": "<p>" + "{words}" * 20_000,
    "attributes": "<p " + "".join(f"a{number}=1 " for number in range(50_000)) + ">{words}",
    "brackets": "<" * 100_000 + "<p>{words}",
    "entities": "&amp;" * 200_000 + "<p>{words}",
    "frames": "<p>{words}<frameset><frame></frameset><p>{words}",
    "body twice": "<body><p>{words}</body></html><body><p>{words}<html><p>{words}",
    "forms": "<form><form><p>{words}</form>" * 500,
    "options": "<select><option>{words}" * 50,
    "headings": "<h1><h2><h3>{words}" * 500,
    "formulas": "<math><mi><p>{words}</math>" * 200,
    "drawings": "<svg><foreignObject><p>{words}</svg>" * 200,
    "marks": '<p title="{words}' * 301,
    "comments": "<!-- {words} --><p>{words}" * 200,
    "unended comment": "<p>{words}<!-- {words}",
    "raw": "<xmp><p>{words}</xmp><textarea>{words}</textarea>",
    "templates": "<template><p>{words}</template><p>{words}" * 100,
    "scripts": "<script>{words}</script><p>{words}" * 100,
    "unended script": "<p>{words}<script>{words}",
    "controls": "<p>\x01\x02{words}\ufeff\u200b" * 100,
    "tables in looks": "<b><table><b><tr><td>{words}" * 300,
}
HIDDEN = {"comments": 200, "unended comment": 1, "templates": 100, "scripts": 100, "unended script": 1}  # never shown


@pytest.mark.parametrize("name", ATTACKS)
def test_on_no_attack_text_is_lost_unsaid(name: str) -> None:
    words = "Города дружат с 1967 года."
    raw = ATTACKS[name].replace("{words}", words)
    began = time.process_time()

    page = read_html(raw)

    assert time.process_time() - began < 5
    shown = raw.count(words) - HIDDEN.get(name, 0)
    assert page.text.count(words) >= shown or codes(page), f"{page.text.count(words)} of {shown} and nothing said"


def test_on_pages_put_together_by_chance_nothing_is_lost_unsaid() -> None:
    chance = random.Random(8)
    pieces = ["<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<table>", "<tr>", "<td>", "</table>", "<a>", "</a>"]
    pieces += ["<div>", "</div>", "<ul><li>", "</ul>", "<font>", "<h2>", "</h2>", "<br>", "<select>", "<option>"]
    pieces += ["</select>", "<form>", "<span>", "<noscript>", "</noscript>", "<object>", "</object>", "<body>", "</p>"]
    for _ in range(400):
        lines = [f"Строка номер {chance.randrange(10**6)} о дружбе городов." for _ in range(30)]
        markup = "".join("".join(chance.choices(pieces, k=chance.randrange(5))) + line for line in lines)

        page = read_html(markup)

        lost = [line for line in lines if line not in page.text.replace("\n", " ")]
        assert not lost or codes(page), (markup, lost)
