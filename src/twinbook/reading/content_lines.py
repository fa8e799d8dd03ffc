"""Content lines, the writing that vCard and iCalendar share: unfolded, taken apart, their escapes undone.

Source: RFC 5545 section 3.1, RFC 6350 section 3.3, vCard 2.1 for quoted-printable and its charsets.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from twinbook.reading.page import decode_page

PARAMETER = re.compile(r';([A-Za-z0-9-]+)(?:=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*))?')
NAME = re.compile(r"(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)")
ESCAPED = re.compile(r"\\(.)")
SPLIT = re.compile(r"(?<!\\)(?:\\\\)*;")
MOST_LINES = 500_000


@dataclass(frozen=True)
class ContentLine:
    """One line: its name in capitals, its parameters (names in capitals), its value as written."""

    name: str
    value: str
    parameters: dict[str, str]

    @property
    def text(self) -> str:
        """The value with its escapes undone: \\\\n ends a line, \\\\, and \\\\; are the signs themselves."""
        return unescaped(self.value)

    @property
    def fields(self) -> list[str]:
        """The parts of a structured value (N, ORG, ADR)."""
        parts, start = [], 0
        for found in SPLIT.finditer(self.value):
            parts.append(self.value[start : found.end() - 1])
            start = found.end()
        return [unescaped(part).strip() for part in (*parts, self.value[start:])]


@dataclass
class Component:
    """What stands between BEGIN and END: its lines, the components in it, the text as it stands, and its first line."""

    name: str
    number: int
    lines: list[ContentLine] = field(default_factory=list)
    inside: list[Component] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def first(self, name: str) -> ContentLine | None:
        return next((line for line in self.lines if line.name == name), None)

    def all(self, name: str) -> list[ContentLine]:
        return [line for line in self.lines if line.name == name]

    def text(self, name: str) -> str:
        """The text of the first line of that name, on one line; empty where there is none."""
        line = self.first(name)
        return " ".join(line.text.split()) if line else ""


def unescaped(value: str) -> str:
    return ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def components(raw: bytes) -> Iterator[Component]:
    """The outermost components of a file; one that is never closed ends with the file."""
    open_ones: list[Component] = []
    for number, words in _unfolded(raw):
        line = _line(words)
        if line is None:
            continue
        if line.name == "BEGIN":
            open_ones.append(Component(line.value.strip().upper(), number))
        if open_ones:
            for one in open_ones:
                one.words.append(words)
            if line.name == "END":
                done = open_ones.pop()
                if not open_ones:
                    yield done
                else:
                    open_ones[-1].inside.append(done)
            elif line.name != "BEGIN":
                open_ones[-1].lines.append(line)
    if open_ones:
        yield open_ones[0]


def _unfolded(raw: bytes) -> Iterator[tuple[int, str]]:
    """Each line whole with the number of its first: folded ones begin with a blank, quoted-printable end with =."""
    held, first = "", 0
    for number, line in enumerate(decode_page(raw).text.splitlines()[:MOST_LINES], 1):
        is_soft = held.endswith("=") and "QUOTED-PRINTABLE" in held.upper()
        if held and line[:1] in (" ", "\t"):
            held += line[1:]
        elif is_soft:
            held = held[:-1] + line
        else:
            if held:
                yield first, held
            held, first = line, number
    if held:
        yield first, held


def _line(words: str) -> ContentLine | None:
    name = NAME.match(words)
    if name is None:
        return None
    at, parameters = name.end(), {}
    while found := PARAMETER.match(words, at):
        key, value = found[1].upper(), (found[2] or "").replace('"', "")
        parameters[key if found[2] is not None else "TYPE"] = value or key
        at = found.end()
    if words[at : at + 1] != ":":
        return None
    value = words[at + 1 :]
    if parameters.get("ENCODING", parameters.get("TYPE", "")).upper() == "QUOTED-PRINTABLE":
        value = _from_quoted(value, parameters.get("CHARSET", "utf-8"))
    return ContentLine(name[1].upper(), value, parameters)


def _from_quoted(value: str, charset: str) -> str:
    raw = quopri.decodestring(value.encode("utf-8", "replace"))
    try:
        return raw.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return raw.decode("utf-8", "replace")
