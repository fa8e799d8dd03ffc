"""The site made of hand-made editions: valid, whole, in three languages, with a footnote behind each fact."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
import turbohtml
from lxml import etree

from publishing.checks import pages, troubles
from publishing.editions import EXCHANGE, LANGUAGES, edition, editions, with_text_everywhere
from twinbook.publishing.publication import papers

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "</script><svg onload=alert(1)>",
    "{{ 7|add:7 }}{% now 'Y' %}",
    "&lt;b&gt;&#x3c;",
    "\x00\x0b\x1f\ufffe\u202eevil\u2066",
    "a]]>b--><!--",
    "' onfocus='x",
)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {paper.path: paper.body for paper in papers(editions())}


def test_every_page_is_valid_whole_and_of_one_piece(files: dict[str, bytes]) -> None:
    assert troubles(files) == []


def test_every_page_stands_in_every_language(files: dict[str, bytes]) -> None:
    inner = {language: {path[3:] for path in pages(files) if path.startswith(f"{language}/")} for language in LANGUAGES}

    assert inner["ru"] == inner["ja"] == inner["en"]
    assert {"index.html", "partners/kanazawa.html", "years/1994.html", "years/undated.html"} <= inner["ru"]


def test_a_fact_leads_to_the_sentence_and_its_source(files: dict[str, bytes]) -> None:
    page = turbohtml.parse(files["ru/partners/kanazawa.html"])
    activity = page.select_one("#activity-pupils")
    assert activity is not None
    numbers = [one.attrs["href"] for one in activity.select("a.cite")]
    notes = [page.select_one(str(href)) for href in numbers]

    told = [note for note in notes if note is not None and EXCHANGE.quote in note.text]
    assert told
    assert told[0].select_one("a[rel=external]").attrs["href"] == EXCHANGE.source.address  # type: ignore[union-attr]
    assert "12 сентября 2018" in told[0].text
    assert "1989" in activity.text  # what another source says stays visible


def test_each_footnote_leads_back_to_where_it_is_cited(files: dict[str, bytes]) -> None:
    for body in pages(files).values():
        page = turbohtml.parse(body)
        cited = [str(one.attrs["id"]) for one in page.select("a.cite")]
        back = [str(one.attrs["href"])[1:] for one in page.select("a.back")]
        assert sorted(cited) == sorted(back)


def test_a_text_of_another_language_says_so(files: dict[str, bytes]) -> None:
    page = turbohtml.parse(files["ja/partners/kanazawa.html"])
    title = page.select_one("#activity-meeting .title")

    assert title is not None
    assert title.select_one("span[lang=ru]").text == "Встреча мэра с генеральным консулом"  # type: ignore[union-attr]
    assert title.select_one(".tongue").text == "ロシア語のみ"  # type: ignore[union-attr]


def test_what_is_not_done_says_so(files: dict[str, bytes]) -> None:
    page = turbohtml.parse(files["en/partners/kanazawa.html"])

    assert page.select_one("#activity-marathon .status").text == "planned"  # type: ignore[union-attr]
    assert page.select_one("#activity-days .status").text == "proposed"  # type: ignore[union-attr]
    assert "Said by Образец Примеров" in page.select_one("#activity-days").text  # type: ignore[union-attr]


def test_a_withheld_sentence_is_not_there_but_its_source_is(files: dict[str, bytes]) -> None:
    page = turbohtml.parse(files["en/partners/kanazawa.html"])
    note = page.select_one("li:has(.withheld)")

    assert note is not None and note.select_one("blockquote") is None
    assert note.select_one("a[rel=external]") is not None


def test_every_figure_has_its_rule(files: dict[str, bytes]) -> None:
    home = turbohtml.parse(files["en/index.html"])
    figures = turbohtml.parse(files["en/figures.html"])
    links = [str(one.attrs["href"]) for one in home.select("dl.figures a")]

    assert len(links) == 6
    assert all(figures.select_one("#" + href.partition("#")[2] + " dd") is not None for href in links)


def test_hostile_texts_stay_texts() -> None:
    """Each alone on a page of its own language, and all in one text."""
    for language, text in zip(("ru", "ja", "en", "en"), (*HOSTILE[:3], " ".join(HOSTILE)), strict=True):
        made = {language: with_text_everywhere(replace(edition(language), languages=(language,)), text)}

        files = {paper.path: paper.body for paper in papers(made)}

        assert troubles(files) == [], text
        assert not re.search(rb"<(script|img|svg onload)[^>]*(alert|onerror)", b"".join(pages(files).values()))


def test_a_link_is_made_of_web_addresses_only() -> None:
    note = replace(EXCHANGE, key="x", source=replace(EXCHANGE.source, address="javascript:alert(1)"))
    made = edition("en")
    first = made.partners[0]
    planted = replace(
        made, partners=(replace(first, since=replace(first.since, footnotes=(note,))), *made.partners[1:])
    )

    page = next(paper.body for paper in papers({"en": planted}) if paper.path == f"en/partners/{first.slug}.html")

    assert "javascript:" not in "".join(str(one.attrs["href"]) for one in turbohtml.parse(page).select("[href]"))


def test_sitemap_names_each_page_once_with_its_languages(files: dict[str, bytes]) -> None:
    tree = etree.fromstring(files["sitemap.xml"])
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    named = tree.xpath("//s:loc/text()", namespaces=space)
    expected = [f"https://twins.example/site/{path}" for path in pages(files) if "/" in path]

    assert sorted(named) == sorted(expected)
    assert all(len(url.xpath("x:link", namespaces=space)) == 3 for url in tree.xpath("//s:url", namespaces=space))
    assert b"Sitemap: https://twins.example/site/sitemap.xml" in files["robots.txt"]


def test_structured_data_are_json_and_end_nowhere_early(files: dict[str, bytes]) -> None:
    block = turbohtml.parse(files["en/partners/kanazawa.html"]).select_one("script")

    told = json.loads(block.text)  # type: ignore[union-attr]

    names = [one["name"] for one in told["@graph"]]
    assert names[:3] == ["Kanazawa", "улица Канадзавы", "Irkutsk Garden"]
    assert told["@graph"][0]["sameAs"] == ["https://www.wikidata.org/entity/Q182628"]


def test_an_empty_register_makes_a_site_too() -> None:
    bare = {
        language: replace(edition(language), partners=(), activities=(), landmarks=(), people=(), figures=())
        for language in LANGUAGES
    }

    files = {paper.path: paper.body for paper in papers(bare)}

    assert troubles(files) == []


def test_without_an_address_nothing_pretends_to_one() -> None:
    made = {language: edition(language, address="") for language in LANGUAGES}

    files = {paper.path: paper.body for paper in papers(made)}

    assert troubles(files) == []
    assert b"canonical" not in files["en/index.html"]


def test_a_place_of_unknown_position_has_its_page_without_a_map() -> None:
    made = edition("en")
    lost = replace(made.partners[0], place=replace(made.partners[0].place, latitude=None, longitude=None, country=""))
    nowhere = replace(made, languages=("en",), partners=(lost, *made.partners[1:]))
    adrift = replace(nowhere, home=replace(made.home, longitude=None))

    for one in (nowhere, adrift):
        files = {paper.path: paper.body for paper in papers({"en": one})}
        assert troubles(files) == []
        assert b'class="map"' not in files["en/partners/kanazawa.html"]
        assert "Country not known" in files["en/index.html"].decode()
    assert b'class="map"' not in files["en/index.html"]


def test_an_edition_for_the_office_is_never_published() -> None:
    with pytest.raises(ValueError, match="not the public"):
        papers({"en": edition("en", audience="office")})


def test_promises_of_the_office_are_not_on_the_site(files: dict[str, bytes]) -> None:
    office = edition("ru", audience="office")
    promise = office.partner("kanazawa").commitments[0].what.text
    assert promise == "Прислать программу Дней культуры"

    made = {paper.path: paper.body for paper in papers({"ru": replace(office, audience="public")})}

    assert not [path for path, body in made.items() if promise in body.decode(errors="replace")]
