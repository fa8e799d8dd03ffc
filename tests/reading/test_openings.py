"""What is told of a pattern beforehand only saves time: no match is lost by it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twinbook.reading.language import language_pack, languages
from twinbook.reading.openings import DIGITS, LONG_NUMBER, literals_of
from twinbook.reading.pattern_index import lower

QUICK_LOOK = re.compile(r"^\(\?=\[\\d[^\]]*\]\)")  # what a form begins with beside its own words


@pytest.mark.parametrize(
    ("pattern", "sets"),
    [
        (r"\b\w*летие\b", [{"летие"}]),
        (r"\b(?:in|at) the (?:\w+ )?Library\b", [{"in", "at"}, {" the "}, {"library"}]),
        (r"(?:вес|ос)ной?", [{"вес", "ос"}, {"но"}]),
        (r"[春夏]休み|年末", [{"休み", "年末"}]),
        (r"\w+|year", []),
        (r"(?P<day>\d\d?)日(?!本)", [DIGITS, {"日"}]),
        (r"\d{4} года", [DIGITS, LONG_NUMBER, {" года"}]),
        (r"[’\x27]s", [{"s"}]),
    ],
)
def test_a_match_holds_one_of_each_set(pattern: str, sets: list[set[str]]) -> None:
    assert list(literals_of(pattern)) == sets


@pytest.mark.parametrize("code", languages())
@settings(deadline=None)  # patterns are compiled when they are first needed
@given(data=st.data())
def test_a_form_is_tried_wherever_it_matches(code: str, data: st.DataObject) -> None:
    writing = language_pack(code).date_writing
    form = data.draw(st.sampled_from(writing.forms))
    bare = re.compile(QUICK_LOOK.sub("", form.source), form.flags)
    words = data.draw(st.from_regex(bare))

    if bare.search(words):
        assert form.pattern.search(words)
        assert form in writing.forms_for(lower(words))


@pytest.mark.parametrize("code", languages())
@settings(deadline=None)  # patterns are compiled when they are first needed
@given(data=st.data())
def test_all_that_a_cue_needs_stands_in_each_of_its_matches(code: str, data: st.DataObject) -> None:
    patterns = sorted({entry.cue.pattern for entry in language_pack(code).findings.index.entries()})
    pattern = re.compile(data.draw(st.sampled_from(patterns)), re.IGNORECASE)

    if found := pattern.search(data.draw(st.from_regex(pattern))):
        lowered = lower(found[0])
        for literals in literals_of(pattern.pattern):
            assert any(lower(literal) in lowered for literal in literals - LONG_NUMBER) or literals == LONG_NUMBER
