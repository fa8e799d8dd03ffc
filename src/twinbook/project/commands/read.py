"""twinbook read: pages in, their Readings out, nothing kept."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from twinbook.child.reading import Child, Outcome
from twinbook.project.chosen_reader import chosen_reader
from twinbook.project.console import Trouble, progress, say
from twinbook.project.environment import SettingError
from twinbook.reading.language import languages
from twinbook.reading.reader import readers
from twinbook.register.reader import OfficeReader
from twinbook.register.reader import read as read_document
from twinbook.register.web import Fetcher, Refused

HELP = "read pages and print what they say; nothing is kept"
EXAMPLES = """examples:
  twinbook read press-release.html
  twinbook read --format jsonl folder-of-pages > readings.jsonl
  pbpaste | twinbook read --language ru -
  twinbook read https://example.org/news/123
  twinbook read --reader models interview.txt
"""
ENDINGS = frozenset([".txt", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".odt", ".eml", ".mbox", ".mht", ".mhtml"])
LISTS = ("ties", "activities", "promises", "landmarks", "people", "organisations", "places")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "pages", nargs="+", metavar="PAGE", help="a file, a folder, - for standard input, or an http(s) address"
    )
    parser.add_argument(
        "--format", choices=["table", "json", "jsonl"], default="table", help="how to print (default: table)"
    )
    parser.add_argument("--language", choices=languages(), help="read as this language, whatever the page says")
    parser.add_argument(
        "--reader",
        choices=list(readers()),
        help="who reads (default: TWINBOOK_READER, else rules); language-model SENDS THE TEXT to the address in"
        " TWINBOOK_READER_ADDRESS",
    )
    parser.add_argument(
        "--jobs", type=int, default=0, metavar="N", help="how many readers side by side (default: by size)"
    )
    parser.add_argument("--quiet", action="store_true", help="print results only")


def run(options: argparse.Namespace) -> int:
    """Read every page; 0 where all were read, 1 where one was refused (the others are printed all the same)."""
    sources = list(find_sources(options.pages))
    if not sources:
        raise Trouble(f"no pages found; files that are read end in {' '.join(sorted(ENDINGS))}")
    try:
        office = chosen_reader(options.reader or "")
    except SettingError as error:
        raise Trouble(str(error), 2) from error
    if office.sends_to:
        say(f"The text of these pages is sent to the language model at {office.sends_to}, out of this program's hands.")
    jobs = options.jobs or (min(4, os.cpu_count() or 1) if len(sources) > 20 else 1)
    refused = 0
    printed: list[dict[str, Any]] = []
    for source, outcome in progress(
        _read_all(sources, office, options.language, jobs), total=len(sources), label="Reading", quiet=options.quiet
    ):
        if outcome.reading is None:
            refused += 1
            say(f"{source}: {outcome.sentence}")
            continue
        reading = outcome.reading | {"source": source}
        if options.format == "jsonl":
            print(json.dumps(reading, ensure_ascii=False))
        elif options.format == "json":
            printed.append(reading)
        else:
            print(as_table(reading))
    if options.format == "json":
        print(json.dumps(printed, ensure_ascii=False, indent=1))
    return 1 if refused else 0


def find_sources(pages: list[str]) -> Iterator[str]:
    """The files and addresses that the words on the command line mean, folders opened, in order."""
    for page in pages:
        if page == "-" or page.startswith(("http://", "https://")):
            yield page
            continue
        path = Path(page)
        if path.is_dir():
            yield from (
                str(file) for file in sorted(path.rglob("*")) if file.suffix.lower() in ENDINGS and file.is_file()
            )
        elif path.is_file():
            yield page
        else:
            raise Trouble(f"{page}: there is no such file or folder", 2)


def _read_all(
    sources: list[str], office: OfficeReader, language: str | None, jobs: int
) -> Iterator[tuple[str, Outcome]]:
    children: SimpleQueue[Child] = SimpleQueue()
    started = [Child(office.choice) for _ in range(jobs)]
    for child in started:
        children.put(child)

    def read(source: str) -> Outcome:
        child = children.get()
        try:
            return _read_one(child, source, office, language)
        finally:
            children.put(child)

    try:
        with ThreadPoolExecutor(jobs) as pool:
            yield from zip(sources, pool.map(read, sources), strict=True)
    finally:
        for child in started:
            child.close()


def _read_one(child: Child, source: str, office: OfficeReader, language: str | None) -> Outcome:
    if source == "-":
        raw = sys.stdin.buffer.read()
        return read_document(raw, by=office, child=child, name="standard input", language=language)
    if source.startswith(("http://", "https://")):
        try:
            page = Fetcher().fetch(source)
        except Refused as refusal:
            raise Trouble(str(refusal)) from refusal
        name = "page.html" if "html" in page.content_type else page.address
        told = {"name": name, "declared": page.charset, "address": page.address, "language": language}
        return read_document(page.raw, by=office, child=child, **told)
    try:
        raw = Path(source).read_bytes()
    except OSError as error:
        raise Trouble(f"{source}: cannot be opened ({error.strerror})") from error
    return read_document(raw, by=office, child=child, name=source, language=language)


def as_table(reading: dict[str, Any]) -> str:
    """One page for a person: headline, then a line a finding with the first words of its sentence."""
    lines = [f"{reading['source']}  [{reading['language'] or '?'}]  {reading['published'] or 'no date'}"]
    lines.append(f"  {reading['title'] or 'no headline'}")
    if not reading["relevant"]:
        lines.append("  not about cooperation with a place abroad: no findings")
    for kind in LISTS:
        lines += [
            f"  {kind:<14} {_line(kind, item)}{_reader(item)}{_sentence(reading['text'], item)}"
            for item in reading[kind]
        ]
    for quote in reading["quotes"]:
        start, end = quote["span"]
        lines.append(f"  {'quotes':<14} {quote['speaker'] or '?'}: «{_short(reading['text'][start:end])}»")
    lines += [f"  {'not read':<14} {note['message']}" for note in reading["notes"]]
    return "\n".join(lines) + "\n"


def _line(kind: str, item: dict[str, Any]) -> str:
    if kind == "ties":
        return " – ".join(item["between"]) + f", {item['kind']}" + (f", {item['since']}" if item["since"] else "")
    if kind == "activities":
        return ", ".join(filter(None, [item["kind"], item["title"], item["status"], item["when"]]))
    if kind == "promises":
        return ", ".join(filter(None, [item["what"], item["side"], item["due"]]))
    if kind == "people":
        return ", ".join(filter(None, [item["name"], item["role"], item["represents"]]))
    detail = item.get("kind") or item.get("place") or ""
    return ", ".join(filter(None, [item["name"], detail, item.get("country") or item.get("honours")]))


def _reader(item: dict[str, Any]) -> str:
    """Who found it, where it was not the rules."""
    return f"  [{item['read_by']}]" if item.get("read_by") else ""


def _sentence(text: str, item: dict[str, Any]) -> str:
    evidence = item.get("evidence") or []
    if not evidence or "status" not in item:
        return ""
    start, end = evidence[0]
    return f"\n{'':17}« {_short(text[start:end])} »"


def _short(words: str, most: int = 110) -> str:
    words = " ".join(words.split())
    return words if len(words) <= most else words[: most - 1] + "…"


def main() -> int:
    """`python -m twinbook.project.commands.read`: the command where only what reading needs is installed."""
    parser = argparse.ArgumentParser(prog="read", description=HELP)
    arguments(parser)
    try:
        return run(parser.parse_args())
    except Trouble as trouble:
        print(f"read: {trouble}", file=sys.stderr)
        return trouble.code


if __name__ == "__main__":
    sys.exit(main())
