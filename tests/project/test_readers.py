"""Which reader reads: by the word on the command line, by the setting, and what is said where text leaves the house."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from register.model_server import model_server, says
from twinbook.project.chosen_reader import chosen_reader
from twinbook.project.environment import SettingError

SOURCE = Path(__file__).resolve().parents[2] / "src"
SOIL = "A barrel of Ashikaga soil now stands on a shelf of the Springfield botanical society."
STORY = (
    "Mayor of Springfield welcomed guests from its sister city Ashikaga\n"
    f"SPRINGFIELD, May 4, 2019. Springfield and Ashikaga have been sister cities since 1990.\n{SOIL}\n"
)
GIFT = {"type": "activity", "kind": "aid", "title": "barrel of Ashikaga soil", "status": "done", "quote": SOIL}


def twinbook(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "twinbook.project.cli", *words],
        input=STORY,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(SOURCE), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"} | environment,
    )


def test_the_rules_read_where_nothing_is_said() -> None:
    result = twinbook("read", "--format", "jsonl", "-")

    assert result.returncode == 0
    assert "read_by" not in result.stdout
    assert result.stderr == ""


def test_the_language_model_is_asked_and_the_user_told_so() -> None:
    with model_server(says([GIFT])) as server:
        result = twinbook(
            "read", "--reader", "language-model", "--format", "jsonl", "-",
            TWINBOOK_READER_ADDRESS=server.address, TWINBOOK_READER_MODEL="small-model", TWINBOOK_READER_KEY="word",
        )  # fmt: skip

    (reading,) = map(json.loads, result.stdout.splitlines())
    assert [item["title"] for item in reading["activities"] if item.get("read_by")] == ["barrel of Ashikaga soil"]
    assert f"sent to the language model at 127.0.0.1:{server.port}" in result.stderr
    assert server.headers[0]["Authorization"] == "Bearer word"


def test_what_the_model_found_is_marked_in_the_table() -> None:
    with model_server(says([GIFT])) as server:
        result = twinbook(
            "read", "--reader", "language-model", "-",
            TWINBOOK_READER_ADDRESS=server.address, TWINBOOK_READER_MODEL="small-model",
        )  # fmt: skip

    marked = [line for line in result.stdout.splitlines() if "[language-model]" in line]
    assert [line.split()[:2] for line in marked if "soil" in line] == [["activities", "aid,"]]
    assert not any("sister_city" in line for line in marked)


def test_the_setting_chooses_and_the_command_line_overrules_it() -> None:
    with model_server(says([GIFT])) as server:
        setting = {
            "TWINBOOK_READER": "language-model",
            "TWINBOOK_READER_ADDRESS": server.address,
            "TWINBOOK_READER_MODEL": "small-model",
        }
        by_setting = twinbook("read", "--format", "jsonl", "-", **setting)
        by_word = twinbook("read", "--reader", "rules", "--format", "jsonl", "-", **setting)

    assert "read_by" in by_setting.stdout
    assert "read_by" not in by_word.stdout
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"TWINBOOK_READER": "oracle"}, "no reader 'oracle'; known: language-model, models, rules"),
        ({"TWINBOOK_READER": "language-model"}, "needs TWINBOOK_READER_MODEL"),
        ({"TWINBOOK_READER": "language-model", "TWINBOOK_READER_MODEL": "m"}, "needs TWINBOOK_READER_ADDRESS"),
        ({"TWINBOOK_READER_ADDRESS": "10.0.0.5:8000"}, "needs TWINBOOK_READER_ADDRESS"),
        ({"TWINBOOK_READER_ADDRESS": "http://name:word@10.0.0.5/v1"}, "without a name or password"),
        ({"TWINBOOK_READER_ADDRESS": "http://10.0.0.5:99999/v1"}, "needs TWINBOOK_READER_ADDRESS"),
        ({"TWINBOOK_READER_SECONDS": "soon"}, "write whole seconds from 1 to 600"),
        ({"TWINBOOK_READER_SECONDS": "0"}, "write whole seconds from 1 to 600"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_told_with_what_it_accepts(
    environment: dict[str, str], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = {
        "TWINBOOK_READER": "language-model",
        "TWINBOOK_READER_MODEL": "m",
        "TWINBOOK_READER_ADDRESS": "http://10.0.0.5:8000/v1",
    }
    given = environment if "TWINBOOK_READER" in environment else whole | environment
    for name in (*whole, "TWINBOOK_READER_SECONDS", "TWINBOOK_READER_KEY"):
        monkeypatch.setenv(name, given.get(name, ""))

    with pytest.raises(SettingError, match=told):
        chosen_reader()


def test_a_wrong_setting_is_a_sentence_on_the_command_line() -> None:
    result = twinbook("read", "-", TWINBOOK_READER="oracle")

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("twinbook read: TWINBOOK_READER: no reader 'oracle'")
    assert "Traceback" not in result.stderr


def test_a_register_with_a_wrong_setting_says_so(tmp_path: Path) -> None:
    result = twinbook("init", "--officer", "anna", TWINBOOK_HOME=str(tmp_path / "home"), TWINBOOK_READER="oracle")

    assert result.returncode == 2
    assert "no reader 'oracle'" in result.stderr and "Traceback" not in result.stderr


def test_a_reader_whose_model_is_missing_says_what_to_do(tmp_path: Path) -> None:
    result = twinbook("read", "--reader", "models", "-", TWINBOOK_READER_MODELS=str(tmp_path))

    assert result.returncode == 1
    assert "TWINBOOK_READER_MODELS" in result.stderr or "twinbook[models]" in result.stderr


def test_the_list_says_which_readers_there_are() -> None:
    lines = twinbook("list").stdout.splitlines()

    assert [line.partition(":")[0] for line in lines if line.startswith("reader ")] == [
        "reader language-model",
        "reader models",
        "reader rules",
    ]
    assert "THE TEXT OF PAGES IS SENT THERE" in next(line for line in lines if "reader language-model" in line)
