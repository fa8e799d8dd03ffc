"""The border of what leaves: no character that breaks XML, feeds or tables, no formula in a spreadsheet."""

from __future__ import annotations

import re

# What XML 1.0 cannot hold, and non-characters it may hold but no reader wants; tab and line feed may stay.
LAST_OF_PLANES = "".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
UNWANTED = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff{LAST_OF_PLANES}]")
# Marks that turn the direction of writing: they can make a text show other than it is.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?\Z", re.ASCII)
FORMULA_STARTS = tuple("=+-@\t\r\n\0＝＋－＠")


def clean(text: str) -> str:
    """The text without characters that a feed cannot carry; line ends of all kinds become a line feed."""
    return TURNING.sub("", UNWANTED.sub("", LINE_ENDS.sub("\n", text)))


def one_line(text: str) -> str:
    """The clean text on one line."""
    return " ".join(clean(text).split())


def cell(text: str) -> str:
    """A table cell that no spreadsheet takes for a formula: such a beginning gets an apostrophe, a number does not."""
    safe = clean(text)
    return f"'{safe}" if safe.lstrip(" ").startswith(FORMULA_STARTS) and not NUMBER.match(safe) else safe
