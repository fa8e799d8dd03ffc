"""Direct speech in Japanese: which 「」 hold spoken words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache

from twinbook.reading.languages.ja.speakers import Span, find_speaker, outer_quotes, signature_behind
from twinbook.reading.languages.ja.words import KANJI, KATAKANA, data
from twinbook.reading.story import QuoteMention, Sentence, Story

LONG = 24  # letters, half of them hiragana: a sentence even where it ends in a noun
HIRAGANA = re.compile("[ぁ-ゖ]")
SHORTEST = 6  # letters: shorter words in 「」 are names and catchwords unless a verb of speech follows
# 「…」、X議員は、「…」と話した: the verb at the end is of both.
PARALLEL = re.compile("、[^「」。]{2,30}(?:は|が|も)、?「")
LONGEST_POST = 12  # letters of a post or an honorific between a name and a quotation
POST_ONLY = re.compile(f"[{KANJI}{KATAKANA}]*(?:さん)?[（(]?[0-9０-９歳]*[)）]?[　 ]?")
INTERPRETED = re.compile("[※＊*(（]?(?:翻訳|通訳|日本語訳|訳|英語|韓国語|中国語)[)）]?$")  # (郡守)※翻訳「…」
STRESSED = re.compile("を(?:強調|繰り返|口に)|に(?:続|次)|の一言")


def find_quotes(story: Story) -> list[QuoteMention]:
    """Direct speech of the story in order; the speaker is a name in people, else the words used, else None."""
    found: list[QuoteMention] = []
    for number, sentence in enumerate(story.sentences):
        if sentence.is_headline:
            continue
        for span in outer_quotes(story.text, sentence.start, sentence.end):
            if _is_speech(story, sentence, span):
                found.append(QuoteMention(*span, _speaker(story, number, span, found)))
    return found


def _speaker(story: Story, number: int, span: Span, found: list[QuoteMention]) -> str | None:
    last = found[-1] if found else None
    if last and story.text[last.end : span[0]] in ("」「", "」、「", "」。「"):  # side by side: one person's
        return last.speaker
    signed = signature_behind().match(story.text, span[1] + 1)
    signature = signed.span("who") if signed else None
    return find_speaker(story, number, span, signature, last.speaker if last else None)


def _is_speech(story: Story, sentence: Sentence, span: Span) -> bool:
    text = story.text
    words = text[span[0] : span[1]].strip()
    before, after = text[sentence.start : span[0] - 1], text[span[1] + 1 : sentence.end]
    before = INTERPRETED.sub("", before)
    is_sentence = bool(_sentence_end().search(words)) or (
        len(words) >= LONG and len(HIRAGANA.findall(words)) >= LONG // 2
    )
    if _name_of_something().search(words) and not is_sentence:
        return False
    while after.startswith(("「", "、「")) and (closing := after.find("」", 1)) > 0:  # 「…」「…」と話した
        after = after[closing + 1 :]
    if behind := _said().match(after):
        speaks = bool(_speaking().search(after[:25])) and behind.end() <= 12
        return is_sentence or len(words) >= 2 * SHORTEST or speaks
    if not is_sentence or len(words) < SHORTEST:
        return False
    if PARALLEL.match(after) and _said().match(after.rpartition("」")[2]):
        return True
    named = _follows_person(story, span[0] - 1)
    return bool(STRESSED.match(after)) or _stands_alone(before, after, is_named=named)


def _follows_person(story: Story, at: int) -> bool:
    """北村省吾市長「…」: nothing but a post or an honorific between a name and the bracket."""
    ends = story.people_ends
    near = ends[bisect_left(ends, at - LONGEST_POST) : bisect_right(ends, at)]
    return any(POST_ONLY.fullmatch(story.text, end, at) for end in near)


def _stands_alone(before: str, after: str, *, is_named: bool) -> bool:
    """A quotation that is a sentence of its own, or is signed."""
    opens = (
        is_named or not before.strip(" 　・—―-–（()）") or before.rstrip().endswith(("。", "：", ":", "）", ")", "\n"))
    )
    ends = not after.strip(" 　。") or after.startswith(("。", "\n")) or bool(signature_behind().match(after))
    return opens and ends


@cache
def _said() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in data("speech")["said"]))


@cache
def _speaking() -> re.Pattern[str]:
    return re.compile("|".join(data("speech")["speaking"]))


@cache
def _sentence_end() -> re.Pattern[str]:
    return re.compile(str(data("speech")["sentence_ends"]))


@cache
def _name_of_something() -> re.Pattern[str]:
    return re.compile(str(data("speech")["names_something"]))
