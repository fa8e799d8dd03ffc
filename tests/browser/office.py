"""A register with the sample ties and two sample pages, made in a process of its own: python office.py FOLDER."""

from __future__ import annotations

import os
import sys
from pathlib import Path

NAME, PASSWORD = "vera", "seven-quiet-rivers"
PAGES = ("01-irkutsk-consul.html", "02-kanazawa-consul.html")


def fill(home: Path) -> None:
    """Make the register; the pages wait for decisions."""
    os.environ["TWINBOOK_HOME"] = str(home)
    from twinbook.project import office

    office.make()
    office.set_up()
    office.migrate()
    from django.utils import timezone

    from twinbook.project.sample.load import PAGES as FOLDER
    from twinbook.project.sample.load import Loader
    from twinbook.project.sample.visit import load_visit
    from twinbook.register.workflow.accounts import make_account
    from twinbook.register.workflow.propose import take_in

    by = make_account(NAME, roles=("officer", "head"), password=PASSWORD, first_name="Вера", last_name="Образцова")
    make_account("petra", roles=("protection",), password=PASSWORD)
    make_account("anna", roles=("administrator",), password=PASSWORD)
    at = timezone.now()
    Loader(by, at).load()
    load_visit(by, at)
    for page in PAGES:
        print(take_in((FOLDER / page).read_bytes(), by=by, at=at, name=page).source)


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
