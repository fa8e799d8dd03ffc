"""A document read in the way that the office chose: by the child, and where it chose one by a language model it asks.

Knows no database, so that `twinbook read` reads as the register does.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace

from twinbook.child.reading import Child, Choice, Outcome, child_of
from twinbook.reading.readers.language_model.grounding import is_name_in
from twinbook.register.web import Endpoint, Refused

RULES = "reader:1"  # read_by of what the rules read, with a names model or without
LONGEST_TOKENS = 8_000  # of an answer; a page with fifty findings needs about 5,000


@dataclass(frozen=True)
class OfficeReader:
    """The reader that an office chose: its code, and what it needs.

    `models` is the folder of a names model ("": as its package brings it). `endpoint` and `model` are the address and
    the name of a language model; None where pages stay in the house. `is_asking` says whether the text of pages is
    sent away.
    """

    code: str = "rules"
    models: str = ""
    endpoint: Endpoint | None = None
    model: str = ""

    @property
    def choice(self) -> Choice:
        return Choice(self.code, self.models)

    @property
    def sends_to(self) -> str:
        """The host to which the text of pages is sent; empty where it stays in the house."""
        return self.endpoint.host if self.endpoint else ""

    @property
    def model_read_by(self) -> str:
        """`read_by` of what the language model found: one reader's word, below every person's."""
        return f"reader:{self.code}:{self.model}"[:80]


def read(
    raw: bytes,
    *,
    by: OfficeReader,
    child: Child | None = None,
    name: str = "",
    declared: str | None = None,
    address: str | None = None,
    language: str | None = None,
    minors: Collection[str] = (),
) -> Outcome:
    """The Reading of one document; what the language model could not be asked is a note, and the rules' reading stands.

    `name`, `declared`, `address` and `language` as in the child's own `read`. A page with the name of one of `minors`
    is not sent.
    """
    child = child or child_of(by.choice)

    def reading(answer: str | None = None) -> Outcome:
        return child.read(raw, name=name, declared=declared, address=address, language=language, answer=answer)

    first = reading()
    if first.question is None or by.endpoint is None:
        return first
    asked = json.loads(first.question["page"])["text"]
    if any(is_name_in(minor, asked) for minor in minors):
        return _noted(first, "model-minor", "the page names a minor of the register and was not sent")
    try:
        answer = ask(first.question, endpoint=by.endpoint, model=by.model)
    except Refused as refusal:
        return _noted(first, f"model-{refusal.code}", f"the language model was not heard: {refusal}")
    second = reading(answer)
    if second.reading is None:
        return _noted(first, "model-answer-unreadable", "the language model's answer could not be read")
    return second


def ask(question: dict[str, str], *, endpoint: Endpoint, model: str) -> str:
    """What the language model says to a question, as words; Refused where it says nothing that can be taken."""
    body = {
        "model": model,
        "messages": [
            {"role": "system", "content": question["rules"]},
            {"role": "user", "content": question["page"]},
        ],
        "temperature": 0,
        "max_tokens": LONGEST_TOKENS,
        "stream": False,
    }
    raw = endpoint.post(json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"))
    try:
        said = json.loads(raw)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise Refused("answer", f"{endpoint.host} did not answer as a language model does.") from error
    if not isinstance(said, str):
        raise Refused("answer", f"{endpoint.host} did not answer as a language model does.")
    return said


def _noted(outcome: Outcome, code: str, message: str) -> Outcome:
    reading = outcome.reading or {}
    note = {"step": "language-model", "message": message, "evidence": None, "code": code}
    return replace(outcome, reading=reading | {"notes": [*reading.get("notes", ()), note]})
