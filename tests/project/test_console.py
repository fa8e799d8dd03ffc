"""What a long job tells of itself: a bar to who watches, lines to a log, nothing where it must be quiet."""

from __future__ import annotations

import io

import pytest

from twinbook.project import console
from twinbook.project.console import Meter


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "BAR_SECONDS", 0.0)
    monkeypatch.setattr(console, "LINE_SECONDS", 0.0)


def told(out: io.StringIO, total: int, *, quiet: bool = False) -> str:
    meter = Meter("rows", total, quiet=quiet, out=out)
    for _ in range(250):
        meter.step()
    meter.end()
    return out.getvalue()


def test_who_watches_sees_a_bar_that_fills() -> None:
    lines = told(Terminal(), 200).split("\r")

    assert [line.count("#") for line in lines] == [0, 15, 30]
    assert lines[-1].startswith("rows [##############################] 200, ") and lines[-1].endswith("a second \n")


def test_a_log_gets_plain_lines() -> None:
    lines = told(io.StringIO(), 200).splitlines()

    assert [line.split(",")[0] for line in lines] == ["rows: 100 of about 200", "rows: 200 of about 200"]


def test_an_unknown_end_is_not_told() -> None:
    assert told(io.StringIO(), 0).startswith("rows: 100, ")
    assert "[" not in told(Terminal(), 0)


def test_quiet_is_quiet() -> None:
    assert told(io.StringIO(), 200, quiet=True) == told(Terminal(), 200, quiet=True) == ""
