"""Each pack's own example sentences: what must be read in them is read, and no other name or date."""

from __future__ import annotations

import tomllib

import pytest

from twinbook.reading.language import PACKS, language_pack
from twinbook.reading.steps.dates import find_dates
from twinbook.reading.story import Sentence, Story

EXAMPLES = [
    pytest.param(path.parent.name, example, id=f"{path.parent.name}-{number}")
    for path in sorted(PACKS.glob("*/examples.toml"))
    for number, example in enumerate(tomllib.loads(path.read_text("utf-8"))["examples"], 1)
]
KINDS = {"people": "person", "places": "place", "organisations": "organisation"}


@pytest.mark.parametrize(("code", "example"), EXAMPLES)
def test_example_sentence_gives_its_names_and_dates(code: str, example: dict[str, object]) -> None:
    pack = language_pack(code)
    text = str(example["text"])
    whole = ((0, len(text)),)
    sentences = tuple(Sentence(start, end, 0) for start, end in pack.grammar.find_sentences(text, 0, len(text)))
    story = Story(text, code, whole, whole, sentences)

    names = pack.grammar.find_names(story)
    dates, _ = find_dates(story, pack)

    read = {key: sorted({name.name for name in names if name.kind == kind}) for key, kind in KINDS.items()}
    read["dates"] = sorted(date.when.edtf for date in dates)
    assert read == {key: sorted(example.get(key, [])) for key in (*KINDS, "dates")}
