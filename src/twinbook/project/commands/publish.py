"""twinbook publish: the public site, feeds and open data, written to a folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from twinbook.project import office
from twinbook.project.console import Trouble, say

HELP = "write the public site with its feeds and open data to a folder, in every language"
EXAMPLES = """examples:
  twinbook publish --to ./public
  twinbook publish --to /srv/www --address https://twins.example.org/
"""
LANGUAGES = ("ru", "en", "ja")
SITE_FILES = {"404.html", "index.html", "robots.txt", "sitemap.xml", "favicon.svg", "style.css", "catalog.jsonld"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="the folder to write")
    parser.add_argument(
        "--address", default="", metavar="URL", help="where the public will find it (for feeds and sitemap)"
    )
    parser.add_argument("--languages", default=",".join(LANGUAGES), help="which languages, the first is the main one")
    parser.add_argument("--quiet", action="store_true", help="say nothing but errors")


def run(options: argparse.Namespace) -> int:
    """Publish; an earlier site in the folder stands until the new one is whole."""
    office.open_register()
    chosen = tuple(filter(None, options.languages.split(",")))
    if unknown := [language for language in chosen if language not in LANGUAGES] or not chosen:
        raise Trouble(f"the site is written in {', '.join(LANGUAGES)}; not in {unknown}", 2)
    say(publish(options.to, options.address, chosen), quiet=options.quiet)
    return 0


def publish(to: Path, address: str, languages: tuple[str, ...]) -> str:
    """Write the site; returns a sentence on what was written."""
    from django.utils import timezone

    from twinbook.project.city import offices
    from twinbook.publishing.edition import make_editions
    from twinbook.publishing.publication import publish as write

    _must_be_ours(to)
    city = offices(office.home())
    editions = make_editions(languages, at=timezone.now(), address=address or city.address, office=city.offices)
    done = write(editions, to)
    return f"Published to {to}: {done.written} files written, {done.kept} as they were, {done.removed} taken away."


def _must_be_ours(to: Path) -> None:
    """Publishing takes away what is not of the site: Trouble for a file, or a folder that holds anything else."""
    if to.exists() and not to.is_dir():
        raise Trouble(f"{to} is no folder; name one that is new, empty, or holds the site published before", 2)
    is_empty = not to.exists() or not any(to.iterdir())
    foreign = [] if is_empty else sorted(one.name for one in to.iterdir() if not _is_of_a_site(one))
    if foreign or not (is_empty or (to / "404.html").exists()):
        raise Trouble(
            f"{to} holds what is not of a published site ({', '.join(foreign[:3]) or 'no 404.html'}); "
            "publishing would take it away, name another folder",
            2,
        )


def _is_of_a_site(one: Path) -> bool:
    return one.name.removesuffix(".gz") in SITE_FILES or (one.is_dir() and one.name in LANGUAGES)
