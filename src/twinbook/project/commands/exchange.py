"""twinbook exchange: our view of a tie signed for the partner's register, and the partner's view taken in."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from twinbook.project import office
from twinbook.project.console import Trouble, say

HELP = "exchange views of a tie with the partner's own register, in signed files"
EXAMPLES = """examples:
  twinbook exchange key
  twinbook exchange facts Kanazawa
  twinbook exchange send Kanazawa --out to-kanazawa.json --only 7h2k9m4p1q8r 3s6t8v0w2x4y
  twinbook exchange trust from-kanazawa.json --fingerprint lusab-babad-gutih-tugad-mudof-sakat-hidop-vizar
  twinbook exchange receive from-kanazawa.json
"""
ACTIONS = ("key", "facts", "send", "trust", "receive")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=ACTIONS, help="key: ours; facts: what may be sent; trust: accept their key")
    parser.add_argument("target", nargs="?", default="", help="a partner (name or id), or a file that a partner sent")
    parser.add_argument("--out", type=Path, metavar="FILE", help="send: the file to write; it must not exist yet")
    parser.add_argument("--only", nargs="+", default=[], metavar="ID", help="send: these facts (see: exchange facts)")
    parser.add_argument("--all", action="store_true", help="send: every fact that the public may see")
    parser.add_argument("--fingerprint", default="", metavar="WORDS", help="trust: the words that the partner read out")
    parser.add_argument("--officer", default="", metavar="NAME", help="in whose name (default: the first officer)")
    parser.add_argument("--quiet", action="store_true", help="say nothing but errors and results")


def run(options: argparse.Namespace) -> int:
    """Do one of the five; Trouble names what was refused."""
    office.open_register()
    from twinbook.register.workflow.errors import RefusedError

    try:
        return int(DOING[options.action](options))
    except RefusedError as error:
        raise Trouble(f"{options.target or options.action}: {error}") from error


def _key(options: argparse.Namespace) -> int:
    from twinbook.register.workflow.exchange_file import fingerprint, public_key

    key = public_key(office.exchange_key())
    print(f"{key}\n{fingerprint(key).words}\n{fingerprint(key).hex}")
    say("Read the words out to the partner on the telephone; they see the same where they open your file.")
    return 0


def _facts(options: argparse.Namespace) -> int:
    for offer in _offers(options.target)[1]:
        print(f"{offer.id:<18} {offer.kind:<9} {offer.when:<12} {next(iter(offer.label.values()), '')}")
    return 0


def _offers(partner: str) -> tuple[str, tuple[Any, ...]]:
    """The tie with a partner, named or by id, and what may be sent of it."""
    from twinbook.project.exchange_pages import offers_for
    from twinbook.register.queries.lists import partners

    wanted = partner.casefold()
    found = [
        line.tie.id
        for line in partners()
        if partner in (line.tie.id, line.partner.id)
        or wanted in {name.casefold() for name in line.partner.label.values()}
    ]
    if len(found) != 1:
        known = ", ".join(next(iter(line.partner.label.values()), line.partner.id) for line in partners()) or "none"
        raise Trouble(f"no one partner is called {partner!r}; known: {known}")
    return found[0], offers_for(found[0])


def _send(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from twinbook.register.workflow.exchange import send

    tie, offers = _offers(options.target)
    chosen = [offer for offer in offers if options.all or offer.id in options.only]
    if unknown := set(options.only) - {offer.id for offer in offers}:
        raise Trouble(f"no public fact of this tie: {', '.join(sorted(unknown))}")
    if options.out is None or options.out.exists():
        raise Trouble(
            f"{options.out} exists already; name another file" if options.out else "name a file with --out", 2
        )
    by = office.officer(options.officer)
    items = [offer.item() for offer in chosen]
    sent = send(tie, items, secret=office.exchange_key(), by=by, at=timezone.now())
    options.out.write_bytes(sent.raw)
    say(f"{options.out}: {len(items)} facts, serial {sent.serial}.", quiet=options.quiet)
    return 0


def _trust(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from twinbook.register.workflow.exchange import accept_key, look_into

    opened = look_into(_read(options.target))
    if options.fingerprint not in (opened.fingerprint.words, opened.fingerprint.hex):
        raise Trouble(
            f"the file of {opened.sender} is signed by {opened.fingerprint.words}. Compare these words with the partner"
            " on the telephone; give them with --fingerprint where they are the same"
        )
    by = office.officer(options.officer)
    accept_key(opened.place, opened.key, by=by, at=timezone.now(), how="compared with the words given to the command")
    say(f"The key of {opened.sender} is accepted.", quiet=options.quiet)
    return 0


def _receive(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from twinbook.register.workflow.exchange import receive

    done = receive(_read(options.target), by=office.officer(options.officer), at=timezone.now())
    print(json.dumps({"source": done.source, "new": done.new, "known": done.known, "waiting": done.waiting}))
    say("They wait at the desk for a person's decision.", quiet=options.quiet)
    return 0


def _read(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise Trouble(f"{file}: {error.strerror}", 2) from error


DOING = {"key": _key, "facts": _facts, "send": _send, "trust": _trust, "receive": _receive}
