"""A folder that changes at one stroke, whatever kills the process."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from publishing.editions import editions
from twinbook.publishing.publication import papers, publish
from twinbook.publishing.rendering.folder import Written, replace_folder

SRC = Path(__file__).resolve().parents[2] / "src"


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    to = tmp_path / "site"
    replace_folder(to, {"a.html": b"1", "deep/b.html": b"2", "gone.html": b"3"})
    before = (to / "a.html").stat().st_mtime_ns

    done = replace_folder(to, {"a.html": b"1", "deep/b.html": b"two", "c.html": b"4"})

    assert done == Written(written=2, kept=1, removed=1, size=5)
    assert (to / "a.html").stat().st_mtime_ns == before
    assert sorted(path.relative_to(to).as_posix() for path in to.rglob("*.html")) == ["a.html", "c.html", "deep/b.html"]


@pytest.mark.parametrize("path", ["../out", "/etc/x", "a/../../b", "a\\b", "a//b", "./a", ""])
def test_no_path_leaves_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="does not stay inside"):
        replace_folder(tmp_path / "site", {path: b"x"})


def test_where_no_exchange_is_known_two_renames_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "elsewhere")
    replace_folder(tmp_path / "site", {"a": b"1"})

    replace_folder(tmp_path / "site", {"a": b"2", "b": b"1"})

    assert (tmp_path / "site" / "a").read_bytes() == b"2"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site.lock", "site"]


def test_a_file_system_without_links_gets_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    replace_folder(tmp_path / "site", {"a": b"1"})
    before = (tmp_path / "site" / "a").stat().st_mtime_ns
    monkeypatch.setattr(os, "link", refuse)

    done = replace_folder(tmp_path / "site", {"a": b"1"})

    assert (done.written, done.kept) == (0, 1)
    assert (tmp_path / "site" / "a").stat().st_mtime_ns == before


def test_nothing_but_the_folder_and_its_lock_is_left(tmp_path: Path) -> None:
    replace_folder(tmp_path / "site", {"a": b"1"})
    replace_folder(tmp_path / "site", {"a": b"2"})

    assert sorted(path.name for path in tmp_path.iterdir()) == [".site.lock", "site"]


def test_an_old_folder_set_aside_comes_back(tmp_path: Path) -> None:
    (tmp_path / ".site.old").mkdir()
    (tmp_path / ".site.old" / "a").write_bytes(b"old")

    with pytest.raises(ValueError):
        replace_folder(tmp_path / "site", {"..": b"x"})

    assert (tmp_path / "site" / "a").read_bytes() == b"old"


WRITER = """
import sys
from pathlib import Path
from twinbook.publishing.rendering.folder import replace_folder
number = int(sys.argv[2])
while True:
    number += 1
    replace_folder(Path(sys.argv[1]), {f"{name}.html": b"%d" % number for name in range(40)})
"""


def test_a_killed_publisher_leaves_one_whole_edition(tmp_path: Path) -> None:
    to, chance = tmp_path / "site", random.Random(7)
    replace_folder(to, {f"{name}.html": b"0" for name in range(40)})
    kills = int(os.environ.get("TWINBOOK_KILLS", "25"))
    for turn in range(kills):
        arguments = [sys.executable, "-c", WRITER, str(to), str(turn * 1000)]
        writer = subprocess.Popen(arguments, env={**os.environ, "PYTHONPATH": str(SRC)})
        time.sleep(0.12 + chance.random() * 0.15)
        writer.send_signal(signal.SIGKILL)
        writer.wait()

        seen = {(to / f"{name}.html").read_bytes() for name in range(40)}

        assert len(seen) == 1
    replace_folder(to, {"a": b"1"})
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site.lock", "site"]


def test_the_same_editions_make_the_same_bytes(tmp_path: Path) -> None:
    first = {paper.path: paper.body for paper in papers(editions())}
    second = {paper.path: paper.body for paper in papers(editions())}
    assert first == second

    publish(editions(), tmp_path / "site")
    again = publish(editions(), tmp_path / "site")

    assert (again.written, again.removed) == (0, 0)
    assert (tmp_path / "site/ru/index.html.gz").exists()
