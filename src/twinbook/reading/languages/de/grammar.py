"""What data cannot say about German: sentences, names and quotations, each in its own module."""

from __future__ import annotations

from twinbook.reading.languages.de.names import find_names
from twinbook.reading.languages.de.quotes import find_quotes
from twinbook.reading.languages.de.sentences import find_sentences

__all__ = ["find_names", "find_quotes", "find_sentences"]
