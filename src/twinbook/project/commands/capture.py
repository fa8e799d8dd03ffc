"""twinbook capture: pages into the register, read and put before the officers."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from twinbook.project import office
from twinbook.project.commands.read import find_sources
from twinbook.project.console import Trouble, progress, say
from twinbook.register.web import Fetcher, Refused

HELP = "take pages into the register: kept as they are, read, and put in the officers' inbox"
EXAMPLES = """examples:
  twinbook capture press-release.html
  twinbook capture https://example.org/news/123
  twinbook capture --officer anna folder-of-pages
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "pages", nargs="+", metavar="PAGE", help="a file, a folder, - for standard input, or an http(s) address"
    )
    parser.add_argument("--officer", default="", metavar="NAME", help="in whose name (default: the first officer)")
    parser.add_argument("--publisher", default="", help="who published the page")
    parser.add_argument("--quiet", action="store_true", help="say nothing but errors")


def run(options: argparse.Namespace) -> int:
    """Capture every page; 1 where one could not be taken or read (the others are in all the same)."""
    sources = list(find_sources(options.pages))
    if not sources:
        raise Trouble("no pages found")
    office.open_register()
    by = office.officer(options.officer)
    troubles = 0
    for source in progress(sources, total=len(sources), label="Capturing", quiet=options.quiet):
        sentence, is_fine = _take(source, by, options.publisher)
        troubles += not is_fine
        say(f"{source}: {sentence}", quiet=options.quiet and is_fine)
    return 1 if troubles else 0


def _take(source: str, by: object, publisher: str) -> tuple[str, bool]:
    from django.utils import timezone

    from twinbook.register.workflow.propose import take_in

    address = declared = ""
    name = source
    try:
        if source == "-":
            raw, name = sys.stdin.buffer.read(), ""
        elif source.startswith(("http://", "https://")):
            page = Fetcher().fetch(source)
            raw, address, declared = page.raw, page.address, page.charset or ""
            name = "page.html" if "html" in page.content_type else ""
        else:
            raw = Path(source).read_bytes()
    except (Refused, OSError) as error:
        return str(error), False
    taken = take_in(
        raw, by=by, at=timezone.now(), name=Path(name).name, address=address, publisher=publisher, declared=declared
    )
    if taken.trouble:
        return taken.trouble, False
    return f"{taken.new} new findings, {taken.known} known, {taken.waiting} waiting", True
