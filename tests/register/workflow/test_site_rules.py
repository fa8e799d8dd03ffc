"""robots.txt by RFC 9309: whose group holds, which rule decides, what an odd file does."""

from __future__ import annotations

import time

import pytest

from twinbook.register.workflow.site_rules import LONGEST_DELAY, site_rules

TEXT = """\ufeff# a city's site
User-agent: *
Disallow: /search
Disallow: /*.pdf$
Allow: /search/news
Crawl-delay: 10

User-agent: Googlebot
User-agent: Twinbook/1.0
Disallow: /intern
Disallow:
Allow: /*/open*
Disallow: /*/closed/

User-agent: twinbook
Disallow: /новости/архив
Crawl-delay: 7200
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/search", True),
        ("/intern", False),
        ("/internal/1?x=2", False),
        ("/a/open/closed/", False),
        ("/a/closed/open", False),
        ("/новости/архив/2019", False),
        ("/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/%D0%B0%D1%80%D1%85%D0%B8%D0%B2", False),
        ("/новости/", True),
    ],
)
def test_the_groups_that_name_us_hold_together_and_the_longest_rule_decides(path: str, allowed: bool) -> None:
    assert site_rules(TEXT).allows(path) is allowed


@pytest.mark.parametrize(
    ("path", "allowed"), [("/search?q=1", False), ("/search/news/1", True), ("/a.pdf", False), ("/a.pdf?x", True)]
)
def test_without_a_group_of_ours_the_one_for_everybody_holds(path: str, allowed: bool) -> None:
    rules = site_rules(TEXT.replace("Twinbook/1.0", "Bingbot").replace("twinbook", "Yandex"))

    assert rules.allows(path) is allowed
    assert rules.delay_seconds == 10


def test_nobody_waits_two_hours_between_two_pages() -> None:
    assert site_rules(TEXT).delay_seconds == LONGEST_DELAY


@pytest.mark.parametrize("text", ["", "<html>404</html>", "Disallow: /", "User-agent: *\nDisallow:", "User-agent: x"])
def test_a_file_without_a_rule_for_us_allows_all(text: str) -> None:
    assert site_rules(text).allows("/anything")


def test_of_two_rules_of_one_length_the_one_that_allows_decides() -> None:
    assert site_rules("User-agent: *\nDisallow: /ab\nAllow: /ab").allows("/abc")


def test_a_pattern_of_stars_takes_no_time() -> None:
    rules = site_rules("User-agent: *\nDisallow: /" + "*a" * 2000 + "b$\n" * 50)
    started = time.monotonic()

    assert rules.allows("/" + "a" * 5000)
    assert time.monotonic() - started < 2
