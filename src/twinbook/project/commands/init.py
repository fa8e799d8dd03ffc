"""twinbook init: a new register with its first officer and its home city."""

from __future__ import annotations

import argparse
import getpass
import sys

from twinbook.project import office
from twinbook.project.console import Trouble, say

HELP = "make a register in TWINBOOK_HOME (default ./twinbook-register), or bring an old one up to date"
EXAMPLES = """examples:
  twinbook init --officer anna --city Иркутск --language ru --country RU
  TWINBOOK_HOME=/srv/twinbook twinbook init
  echo "a long password" | twinbook init --officer boris --password-from-input
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--officer", metavar="NAME", help="make an officer's account (asks for the password)")
    parser.add_argument("--password-from-input", action="store_true", help="take the password from standard input")
    parser.add_argument("--city", metavar="NAME", help="the home city, in the language of --language")
    parser.add_argument("--language", default="en", metavar="xx", help="language of the city's name (default: en)")
    parser.add_argument("--country", default="", metavar="XX", help="the city's country, two letters (ISO 3166-1)")
    parser.add_argument("--quiet", action="store_true", help="say nothing but errors")


def run(options: argparse.Namespace) -> int:
    """Make what is missing; what stands already is left as it is."""
    is_new = not office.exists()
    office.make()
    office.set_up()
    office.migrate()
    office.exchange_key()
    say(f"{'Made' if is_new else 'Up to date:'} {office.home()}", quiet=options.quiet)
    if options.officer:
        add_officer(options.officer, _password(options))
        say(f"Officer {options.officer} may sign in.", quiet=options.quiet)
    if options.city:
        _set_home(options)
        say(f"Home city: {options.city}.", quiet=options.quiet)
    return 0


def add_officer(name: str, password: str) -> None:
    """The administrator who is head of the office too; Trouble where the password is weak, or the name is taken."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from twinbook.register.workflow.accounts import make_account

    users = get_user_model().objects
    if users.filter(username=name).exists():
        raise Trouble(f"there is an officer {name!r} already")
    try:
        validate_password(password)
    except ValidationError as error:
        raise Trouble(" ".join(error.messages)) from error
    make_account(name, roles=("head", "administrator"), password=password)


def _password(options: argparse.Namespace) -> str:
    if options.password_from_input:
        return sys.stdin.readline().rstrip("\n")
    if not sys.stdin.isatty():
        raise Trouble("nobody is here to type a password; use --password-from-input", 2)
    first = getpass.getpass("Password (10 letters or more): ")
    if first != getpass.getpass("Once more: "):
        raise Trouble("the two passwords differ; nothing was made")
    return first


def _set_home(options: argparse.Namespace) -> None:
    from django.utils import timezone

    from twinbook.register.workflow.enter import set_home

    by = office.officer(options.officer or "")
    set_home(options.city, language=options.language, country=options.country, by=by, at=timezone.now())
