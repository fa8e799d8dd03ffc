"""The default reader: rules and word lists of each language, no model."""

from __future__ import annotations

from twinbook.reading.reader import Reader

READER = Reader(code="rules", version=1, summary="rules and word lists of each language; the default")
