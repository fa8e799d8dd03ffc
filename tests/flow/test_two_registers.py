"""One tie, two registers: Irkutsk in Russian and Kanazawa in Japanese exchange their views and stay right both."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from twinbook.register.workflow.exchange_file import canonical, new_key, sign

ROOT = Path(__file__).resolve().parents[2]
OFFICE = Path(__file__).with_name("exchange_office.py")
SCHEMA = ROOT / "docs" / "reference" / "exchange.schema.json"
CANARY = "Канарейкин"


@dataclass
class City:
    """An office with a register of its own."""

    name: str
    home: Path
    ids: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"], "TWINBOOK_HOME": str(self.home)}
        return subprocess.run(
            [sys.executable, *words], input=given, capture_output=True, text=True, check=False, env=environment
        )

    def command(self, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return self.run("-m", "twinbook.project.cli", *words, given=given)

    def act(self, *words: str) -> Any:
        """What exchange_office.py does; its JSON."""
        result = self.run(str(OFFICE), *words)
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout.splitlines()[-1])

    def send(self, out: Path) -> Path:
        result = self.command("exchange", "send", self.ids["partner"], "--all", "--out", str(out))
        assert result.returncode == 0, result.stderr
        return out

    def words(self) -> str:
        return self.command("exchange", "key").stdout.splitlines()[1]

    def trust(self, file: Path, fingerprint: str) -> subprocess.CompletedProcess[str]:
        return self.command("exchange", "trust", str(file), "--fingerprint", fingerprint)

    def receive(self, file: Path) -> subprocess.CompletedProcess[str]:
        return self.command("exchange", "receive", str(file))

    def tell(self) -> dict[str, Any]:
        told: dict[str, Any] = self.act("tell", self.ids["activity"], self.ids["tie"])
        return told

    def secret(self) -> bytes:
        return base64.b64decode((self.home / "exchange.key").read_text())


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], City]:
    def made(name: str) -> City:
        city = City(name, tmp_path_factory.mktemp(name) / "register")
        result = city.command("init", "--officer", "anna", "--password-from-input", given="seven-quiet-rivers\n")
        assert result.returncode == 0, result.stderr
        city.ids = city.act("fill", name)
        return city

    return made


@pytest.fixture(scope="module")
def cities(make: Callable[[str], City]) -> tuple[City, City]:
    return make("irkutsk"), make("kanazawa")


def test_both_sides_exchange_disagree_and_stay_right(cities: tuple[City, City], tmp_path: Path) -> None:
    irkutsk, kanazawa = cities
    from_irkutsk, from_kanazawa = irkutsk.send(tmp_path / "irkutsk.json"), kanazawa.send(tmp_path / "kanazawa.json")

    unknown = kanazawa.receive(from_irkutsk)
    assert unknown.returncode == 1 and "nobody here accepted the key" in unknown.stderr
    assert kanazawa.trust(from_irkutsk, "lusab-babad").returncode == 1
    for city, file, other in ((kanazawa, from_irkutsk, irkutsk), (irkutsk, from_kanazawa, kanazawa)):
        assert city.trust(file, other.words()).returncode == 0
        result = city.receive(file)
        assert result.returncode == 0, result.stderr
        cards = city.act("decide", json.loads(result.stdout)["source"], "1")
        assert {card["sort"]: card["verdict"] for card in cards if card["sort"] != "activity"} == {
            "tie": "same",
            "step": "same",
        }

    ours, theirs = irkutsk.tell(), kanazawa.tell()
    assert (ours["when"], theirs["when"]) == ("1989/..", "1994/..")
    assert ours["stated"] == [["1989/..", ""], ["1994/..", "Kanazawa"]]
    assert theirs["stated"] == [["1994/..", ""], ["1989/..", "Irkutsk"]]
    assert ours["disputes"] == theirs["disputes"] == ["when"]
    assert ours["steps"] == theirs["steps"] == ["1967-03-20"]
    assert ["when", "differs"] in ours["side by side"] and ["date", "agrees"] in ours["side by side"]
    assert ours["title"] == {"ru": "Школьный обмен", "ja": "学校交流"}
    assert (ours["people"], theirs["people"]) == ([12, None], [None, 12])  # whom Irkutsk sent, Kanazawa received


def test_nothing_that_is_not_public_leaves(cities: tuple[City, City], tmp_path: Path) -> None:
    for city in cities:
        raw = city.send(tmp_path / f"{city.name}.json").read_text("utf-8")

        assert CANARY not in raw
        jsonschema.validate(json.loads(raw), json.loads(SCHEMA.read_text("utf-8")))
        assert "«…»" in raw, "the trip of a pupil is told without the name"
        assert {item["kind"] for item in json.loads(raw)["items"]} == {"tie", "step", "activity"}


def test_the_same_file_and_an_older_one_are_refused(cities: tuple[City, City], tmp_path: Path) -> None:
    irkutsk, kanazawa = cities
    older = irkutsk.send(tmp_path / "older.json")
    newer = irkutsk.send(tmp_path / "newer.json")
    kanazawa.trust(newer, irkutsk.words())
    before = kanazawa.tell()

    assert kanazawa.receive(newer).returncode == 0
    for file in (newer, older):
        result = kanazawa.receive(file)
        assert result.returncode == 1 and "is not newer than" in result.stderr
    assert kanazawa.tell() == before


def test_what_was_told_before_waits_no_second_time(cities: tuple[City, City], tmp_path: Path) -> None:
    irkutsk, kanazawa = cities
    first = irkutsk.send(tmp_path / "first.json")
    kanazawa.trust(first, irkutsk.words())
    result = kanazawa.receive(first)
    kanazawa.act("decide", json.loads(result.stdout)["source"], "2")

    again = json.loads(kanazawa.receive(irkutsk.send(tmp_path / "second.json")).stdout)

    assert again["new"] == 0 and again["known"] >= 4


REFUSED = {
    "a value changed": "was changed after it was signed",
    "written anew": "was changed after it was signed",
    "a key twice": "was changed after it was signed",
    "a signature of another": "was changed after it was signed",
    "another key": "nobody here accepted the key",
    "another tie": "has no tie with",
    "another receiver": "made for another city",
    "our own file": "is a file of our own",
    "a newer format": "is of version 2",
    "no exchange file": "is no exchange file",
    "deep": "is no exchange file",
}


def test_what_is_not_right_is_refused(cities: tuple[City, City], tmp_path: Path) -> None:
    irkutsk, kanazawa = cities
    file = irkutsk.send(tmp_path / "file.json")
    kanazawa.trust(file, irkutsk.words())
    before, sent = kanazawa.tell(), file.read_bytes()

    answers = {}
    for case in REFUSED:
        file.write_bytes(changed(case, sent, irkutsk, kanazawa, tmp_path))
        answers[case] = kanazawa.receive(file)

    assert {case: answer.returncode for case, answer in answers.items()} == dict.fromkeys(REFUSED, 1)
    assert [answer.stderr for case, answer in answers.items() if REFUSED[case] not in answer.stderr] == []
    assert kanazawa.tell() == before


def changed(case: str, raw: bytes, irkutsk: City, kanazawa: City, folder: Path) -> bytes:
    """The file as an attacker or an accident would leave it."""
    body = json.loads(raw)
    plain = {name: value for name, value in body.items() if name not in ("signature", "key", "format", "version")}
    if case == "a value changed":
        return raw.replace(b"1989/..", b"1984/..")
    if case == "written anew":
        return json.dumps(body, ensure_ascii=False, indent=1).encode()
    if case == "a key twice":
        return raw.replace(b'{"format"', b'{"serial":1,"format"').replace(b'{"from"', b'{"serial":9,"from"', 1)
    if case == "a signature of another":
        return canonical({**body, "signature": json.loads(sign(plain, new_key()))["signature"]})
    if case == "another key":
        return sign(plain, new_key())
    if case == "another tie":
        return sign({**plain, "from": {"names": [{"language": "en", "text": "Ulan-Ude"}], "country": "RU"}},
                    irkutsk.secret())  # fmt: skip
    if case == "another receiver":
        return sign({**plain, "to": {"names": [{"language": "en", "text": "Eugene"}], "country": "US"}},
                    irkutsk.secret())  # fmt: skip
    if case == "our own file":
        return sign({**plain, "from": plain["to"]}, kanazawa.secret())
    if case == "a newer format":
        return canonical({**body, "version": 2})
    if case == "deep":
        return b'{"format":"twinbook-exchange","version":1,"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    return b'{"type":"FeatureCollection"}'
