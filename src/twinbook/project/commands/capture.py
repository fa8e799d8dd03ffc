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
    _tell_where_text_goes()
    troubles = 0
    for source in progress(sources, total=len(sources), label="Capturing", quiet=options.quiet):
        sentence, is_fine = _take(source, by, options.publisher)
        troubles += not is_fine
        say(f"{source}: {sentence}", quiet=options.quiet and is_fine)
    return 1 if troubles else 0


def _tell_where_text_goes() -> None:
    from django.conf import settings

    if host := settings.TWINBOOK_READER.sends_to:
        say(f"The text of these pages is sent to the language model at {host}, out of this program's hands.")


def _take(source: str, by: object, publisher: str) -> tuple[str, bool]:
    from django.utils import timezone

    from twinbook.register.workflow.propose import take_in, take_in_all

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
    name = Path(name).name
    if address:
        taken = [
            take_in(raw, by=by, at=timezone.now(), name=name, address=address, publisher=publisher, declared=declared)
        ]
    else:
        taken = take_in_all(raw, by=by, at=timezone.now(), name=name, publisher=publisher)
    if troubles := [one.trouble for one in taken if one.trouble]:
        return " ".join(dict.fromkeys(troubles)), False
    letters = f"{len(taken)} letters, " if len(taken) > 1 else ""
    new, known, waiting = (sum(counts) for counts in zip(*((t.new, t.known, t.waiting) for t in taken), strict=True))
    return f"{letters}{new} new findings, {known} known, {waiting} waiting", True
