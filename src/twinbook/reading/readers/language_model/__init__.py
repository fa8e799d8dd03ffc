"""A language model's findings beside the rules' own: asked at the office's address, checked, off by default.

Here stand only the question and the check, both pure. The register sends the question through its own door.
"""

from __future__ import annotations

from twinbook.reading.reader import Reader
from twinbook.reading.readers.language_model.asking import question
from twinbook.reading.readers.language_model.hearing import hear

READER = Reader(
    code="language-model",
    version=1,
    summary="the rules, and a language model at an address that the office sets: THE TEXT OF PAGES IS SENT THERE",
    question=question,
    hear=hear,
)
