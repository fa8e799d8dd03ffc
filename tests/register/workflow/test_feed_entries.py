"""Entries of RSS 2.0 and 1.0, Atom and sitemaps; what is no feed, and what a hostile one does."""

from __future__ import annotations

import pytest

from twinbook.register.workflow.feed_entries import Entry, NoFeedError, entries_of, feed_named_by, is_feed

RSS = """<?xml version="1.0" encoding="windows-1251"?>
<!-- новости --><rss version="2.0"><channel><title>Город</title><link>https://city.example/</link>
<item><title>Старая  новость</title><link>/news/1</link><pubDate>Mon, 02 Mar 2026 10:00:00 +0800</pubDate></item>
<item><title>Визит &amp; обмен</title><link>https://city.example/news/2#top</link>
<pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate></item>
<item><title>По номеру</title><guid>https://city.example/news/3</guid></item>
<item><title>Без адреса</title><guid isPermaLink="false">17</guid></item>
<item><title>Чужой адрес</title><link>javascript:alert(1)</link></item>
</channel></rss>""".encode("windows-1251")
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><link href="/self"/>
<entry><title type="html">Kanazawa &lt;b&gt;visit&lt;/b&gt;</title><link rel="edit" href="/edit/9"/>
<link rel="alternate" href="9.html"/><updated>2026-03-02T09:00:00+09:00</updated></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="https://city.example/a"><title>姉妹都市</title>
<link>https://city.example/a</link><dc:date>2026-03-02</dc:date></item></rdf:RDF>""".encode()
SITEMAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://city.example/b</loc>
<lastmod>2026-03-02</lastmod></url><url><loc>https://city.example/c</loc></url></urlset>"""
HERE = "https://city.example/feeds/all.xml"


def test_rss_gives_addresses_titles_and_the_newest_first() -> None:
    assert entries_of(RSS, address=HERE) == (
        Entry("https://city.example/news/2", "Визит & обмен", "2026-03-03T10:00:00"),
        Entry("https://city.example/news/1", "Старая новость", "2026-03-02T02:00:00"),
        Entry("https://city.example/news/3", "По номеру", ""),
    )


@pytest.mark.parametrize(
    ("raw", "entries"),
    [
        (ATOM, [Entry("https://city.example/feeds/9.html", "Kanazawa <b>visit</b>", "2026-03-02T00:00:00")]),
        (RDF, [Entry("https://city.example/a", "姉妹都市", "2026-03-02T00:00:00")]),
        (
            SITEMAP,
            [Entry("https://city.example/b", "", "2026-03-02T00:00:00"), Entry("https://city.example/c", "", "")],
        ),
    ],
)
def test_atom_rss_1_and_sitemaps_too(raw: bytes, entries: list[Entry]) -> None:
    assert is_feed(raw)
    assert list(entries_of(raw, address=HERE)) == entries


@pytest.mark.parametrize("raw", [b"<!DOCTYPE html><html><head>", b"", b"rss", b'{"feed": 1}', b"\xff\xfe<\0"])
def test_what_is_no_feed_is_told_from_one(raw: bytes) -> None:
    assert not is_feed(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><link>http://a.example/&x;</link>'
        b"</item></channel></rss>",
        b'<!DOCTYPE l [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]><rss>&b;</rss>',
        b"<rss><channel><item>",
        b"<html/>",
        b"<rss>" + b"<a>" * 5000,
    ],
)
def test_a_broken_or_hostile_feed_is_none(raw: bytes) -> None:
    with pytest.raises(NoFeedError):
        entries_of(raw, address=HERE)


def test_a_page_may_name_its_feed() -> None:
    head = b"""<html><head><link rel="stylesheet" href="a.css"><link rel='alternate' type='application/rss+xml'
    title="News" href='/news/rss?a=1&amp;b=2'></head>"""

    assert feed_named_by(head, address="https://city.example/news/") == "https://city.example/news/rss?a=1&b=2"
    assert feed_named_by(head.replace(b"/news/rss", b"file:/etc"), address="https://city.example/") == ""
    assert feed_named_by(b"<html>", address="https://city.example/") == ""
