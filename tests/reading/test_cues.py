import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinbook.reading.cues import STRONG, TAKEN_BACK, WEAK, Cue, CueHit, CueIndex
from twinbook.reading.language import language_pack, languages
from twinbook.reading.openings import openings_of
from twinbook.reading.pattern_index import lower
from twinbook.vocabulary.concept import concepts

WITH_CUES = sorted({code for concept in concepts("activity_kinds").values() for code in concept.words})


def hits(cues: list[Cue], text: str) -> list[CueHit]:
    return CueIndex(cues).find(text, lower(text), 0, len(text))


@pytest.mark.parametrize(
    ("pattern", "openings"),
    [
        ("gift", {"gift"}),
        ("[её]лк", {"елк", "ёлк"}),
        ("а?бв", {"абв", "бв"}),
        ("(?:по|за)дар", {"подар", "задар"}),
        ("(?:half[- ])?marathon", {"half-marathon", "half marathon", "marathon"}),
        ("(?:ab|cd)+e", {"ab", "cd"}),
        ("a(?:b|bc)?d?", {"a"}),
        ("(?<!not )done", {"done"}),
        (r"с \d{4}", {"с 0", "с 1", "с 2", "с 3", "с 4", "с 5", "с 6", "с 7", "с 8", "с 9"}),
        ("年(?:.{0,4})贈", {"年"}),
        (r"\w+летие", None),
        (r"(?:\w+ )?abc", None),
    ],
)
def test_openings_are_the_first_letters_that_a_match_may_have(pattern: str, openings: set[str] | None) -> None:
    assert openings_of(pattern) == openings


def test_cue_is_found_without_regard_to_case_where_a_word_begins() -> None:
    cue = Cue("kinds", "aid", r"\bdonat\w+")

    assert hits([cue], "Donated by us; undonated.") == [CueHit("kinds", "aid", STRONG, 0, 7)]


def test_not_cue_takes_back_only_what_it_overlaps() -> None:
    cues = [Cue("kinds", "meeting", r"\bmeeting\w*"), Cue("kinds", "meeting", r"\bmeeting minutes\b", TAKEN_BACK)]

    assert [(hit.start, hit.end) for hit in hits(cues, "A meeting; the meeting minutes.")] == [(2, 9)]


def test_not_cue_of_another_concept_takes_nothing_back() -> None:
    cues = [Cue("kinds", "meeting", r"\bmeeting"), Cue("kinds", "visit", r"\bmeeting", TAKEN_BACK)]

    assert [hit.code for hit in hits(cues, "A meeting.")] == ["meeting"]


def test_offsets_hold_where_a_small_letter_is_longer() -> None:
    text = "İİ gift"

    assert [text[hit.start : hit.end] for hit in hits([Cue("kinds", "aid", r"\bgift", WEAK)], text)] == ["gift"]


def test_digits_of_any_script_open_a_cue() -> None:
    text = "姉妹都市提携６０周年"

    assert [text[hit.start : hit.end] for hit in hits([Cue("kinds", "feast", r"\d+周年")], text)] == [
        "６０周年",
        "０周年",
    ]


@pytest.mark.parametrize("language", WITH_CUES)
@given(data=st.data())
def test_index_finds_what_each_pattern_finds_alone(language: str, data: st.DataObject) -> None:
    """The index only saves time: every match of a pattern is there."""
    patterns = [
        pattern
        for concept in concepts("activity_kinds").values()
        if language in concept.words
        for pattern in (*concept.words[language].cues, *concept.words[language].weak_cues)
    ]
    pattern = data.draw(st.sampled_from(patterns))
    words = data.draw(st.lists(st.from_regex(re.compile(pattern, re.IGNORECASE), fullmatch=True), max_size=2))
    text = " ".join(["x", *words, "y"])
    expected = {found.start() for found in re.finditer(pattern, text, re.IGNORECASE) if found.end() > found.start()}

    found = {hit.start for hit in hits([Cue("kinds", "one", pattern)], text)}

    assert expected <= found


@pytest.mark.parametrize("language", languages())
def test_a_pack_has_a_signal_for_every_need(language: str) -> None:
    findings = language_pack(language).findings

    assert findings.landmark_names
    assert findings.clause_break.search("; ") or findings.clause_break.search("。")


@pytest.mark.parametrize("code", languages())
def test_every_pattern_of_a_pack_is_a_pattern(code: str) -> None:
    language_pack(code).findings.index.check()


def test_a_wrong_pattern_is_named_by_the_check() -> None:
    with pytest.raises(ValueError, match=r"areas/sport: 'sport\*\*' is no pattern"):
        CueIndex([Cue("areas", "sport", "sport**")]).check()
