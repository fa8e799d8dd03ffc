"""What data cannot say about Russian: sentences, names in their cases, and direct speech."""

from __future__ import annotations

from twinbook.reading.languages.ru.names import find_names, find_names_with
from twinbook.reading.languages.ru.phrases import base_form
from twinbook.reading.languages.ru.quotes import find_quotes
from twinbook.reading.languages.ru.sentences import find_sentences

__all__ = ["base_form", "find_names", "find_names_with", "find_quotes", "find_sentences"]
