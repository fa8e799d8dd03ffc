"""Dates written in the story, no finer than written."""

from __future__ import annotations

import re

from twinbook.reading.finding import Evidence, Note
from twinbook.reading.language import LanguagePack
from twinbook.reading.story import DateMention, Story
from twinbook.vocabulary.partial_date import PartialDate


def find_dates(story: Story, pack: LanguagePack) -> tuple[list[DateMention], list[Note]]:
    """Dates written in the story's sentences, in order; of two that overlap the longer, then the earlier form.

    A date that cannot exist (31 June) becomes a note, not an error.
    """
    text = story.text
    matches = [
        (found, form.shape)
        for sentence in story.sentences
        for form in pack.date_forms
        for found in form.pattern.finditer(text, sentence.start, sentence.end)
    ]
    matches.sort(key=lambda item: (item[0].start(), -item[0].end()))
    mentions: list[DateMention] = []
    notes: list[Note] = []
    covered = 0
    for found, shape in matches:
        if found.start() < covered:
            continue
        covered = found.end()
        evidence = Evidence.of(text, found.start(), found.end())
        try:
            mentions.append(DateMention(PartialDate.parse(_edtf(found, shape, pack)), evidence, shape))
        except ValueError as error:
            notes.append(Note("dates", str(error), evidence))
    return mentions, notes


def _edtf(found: re.Match[str], shape: str, pack: LanguagePack) -> str:
    parts = {name: value for name, value in found.groupdict().items() if value}
    if "era" in parts:
        era_year = 1 if parts["era_year"] == "元" else int(parts["era_year"])
        parts["year"] = str(pack.eras[parts["era"]] + era_year)
    words = [parts.get("year", "XXXX")]
    if "month" in parts:
        month = parts["month"]
        words.append(f"{int(month) if month.isdecimal() else pack.months[month.lower()]:02}")
    if shape == "range":
        stem = "-".join(words)
        return f"{stem}-{int(parts['day']):02}/{stem}-{int(parts['last']):02}"
    if "day" in parts:
        words.append(f"{int(parts['day']):02}")
    return "-".join(words) + ("/.." if shape == "since" else "")
