"""Direct speech in Japanese: which 「」 hold spoken words, and whose they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from twinbook.reading.languages.ja.words import KANJI, KATAKANA, data
from twinbook.reading.story import NameMention, QuoteMention, Sentence, Story

SHORTEST = 6  # letters: shorter words in 「」 are names and catchwords unless a verb of speech follows
BRACKETS = re.compile("[「」]")
SUBJECT = re.compile(
    rf"(?P<who>[{KANJI}{KATAKANA}ぁ-ゖ0-9０-９・ー]{{1,20}}?)(?:[（(][^（()）]{{1,20}}[)）])?(?:らは|たちは|からは|には|は|が|も|ら(?=[、「]))"
)
SUBJECT_MARK = re.compile(
    r"[）)]?(?:[（(][^（()）]{1,24}[)）])?(?:氏|さん|様|君|選手|夫妻)?(?:ら(?:[0-9０-９]+人)?|たち)?(?:は|が|も|からは|から|、|$|：|:)"
)
WEAK_MARK = re.compile(r"[）)]?(?:[（(][^（()）]{1,24}[)）])?(?:氏|さん|様|君|選手|夫妻)?(?:による|の)")
TAIL = re.compile(r"[。！？\n]")


@dataclass(frozen=True)
class Spoken:
    """Words in 「」: offsets without the brackets, and the sentence they stand in."""

    start: int
    end: int
    sentence: Sentence | None


def find_quotes(story: Story) -> list[QuoteMention]:
    """Direct speech of the story in order; the speaker is a name in people, else the words used, else None."""
    people = [name for name in story.names if name.kind == "person"]
    found: list[QuoteMention] = []
    last: str | None = None
    for number, sentence in enumerate(story.sentences):
        if sentence.is_headline:
            continue
        words = _outer_quotes(story.text, sentence.start, sentence.end)
        spoken = [span for span in words if _is_speech(story, sentence, span)]
        for span in spoken:
            if _follows_closely(story.text, found, span):
                speaker = found[-1].speaker
            else:
                speaker = _speaker(story, number, span, people, last)
            found.append(QuoteMention(span[0], span[1], speaker))
            last = speaker
    return found


def _follows_closely(text: str, found: list[QuoteMention], span: tuple[int, int]) -> bool:
    """「…」「…」: two quotations side by side are one person's."""
    return bool(found) and text[found[-1].end : span[0]] in ("」「", "」、「", "」。「")


def _outer_quotes(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Outermost 「…」 of the sentence; one that is never closed is left out."""
    found, depth, begin = [], 0, start
    for mark in BRACKETS.finditer(text, start, end):
        if mark[0] == "「":
            depth += 1
            begin = mark.end() if depth == 1 else begin
        elif depth:
            depth -= 1
            if depth == 0 and mark.start() > begin:
                found.append((begin, mark.start()))
    return found


def _is_speech(story: Story, sentence: Sentence, span: tuple[int, int]) -> bool:
    text = story.text
    words = text[span[0] : span[1]].strip()
    before, after = text[sentence.start : span[0] - 1], text[span[1] + 1 : sentence.end]
    alone = not before.strip(" 　・—―-–（()）") or before.rstrip().endswith(("。", "：", ":", "）", ")", "\n"))
    is_sentence = bool(_sentence_ends().search(words))
    if _names_something().search(words) and not is_sentence:
        return False
    if _goes_on_as_side_by_side(after):
        following = after[after.index("「") :]
        closing = following.find("」")
        after = following[closing + 1 :] if closing > 0 else after
    if match := _said().match(after):
        return is_sentence or len(words) >= 2 * SHORTEST or (bool(_speaking().search(after[:25])) and match.end() <= 12)
    if alone and is_sentence and len(words) >= SHORTEST:
        return not after.strip(" 　。") or bool(_signed().match(after)) or after.startswith(("。", "\n"))
    if is_sentence and len(words) >= SHORTEST and re.match(r"を(?:強調|繰り返|合言葉)|に(?:つ|続)", after):
        return False
    return False


def _goes_on_as_side_by_side(after: str) -> bool:
    return after.startswith(("「", "、「"))


def _speaker(
    story: Story, number: int, span: tuple[int, int], people: list[NameMention], last: str | None
) -> str | None:
    sentence = story.sentences[number]
    here = [one for one in people if sentence.start <= one.start < sentence.end and not span[0] <= one.start < span[1]]
    outside = [one for one in here if not _in_quotes(story.text, sentence, one.start)]
    before = [one for one in outside if one.end < span[0]]
    after = [one for one in outside if one.start > span[1]]
    if signed := _signed().match(story.text, span[1] + 1):
        if name := next((one for one in after if one.end <= signed.end()), None):
            return name.name
        if not after and len(signed["who"]) <= 24:
            return signed["who"].strip()
    clause = _last_clause(story.text, sentence.start, span[0] - 1)
    for candidates, mark in ((before, SUBJECT_MARK), (after, SUBJECT_MARK), (before, WEAK_MARK)):
        fitting = [one for one in candidates if _marked(story.text, one, people, mark)]
        is_first = mark is SUBJECT_MARK and candidates is before
        if is_first and not fitting and (words := _subject_words(story.text, clause, span[0] - 1)):
            return _by_post(words, people, story) or words
        if fitting:
            return (fitting[-1] if candidates is before else fitting[0]).name
    if before:
        return before[-1].name
    if after:
        return after[0].name
    return _from_neighbours(story, number, people, last)


def _in_quotes(text: str, sentence: Sentence, offset: int) -> bool:
    return any(
        start <= offset < end for start, end in _outer_quotes(text, sentence.start, sentence.end) if end - start > 12
    )


def _last_clause(text: str, start: int, end: int) -> int:
    """Where the words after the last quotation or comma of a finished clause begin."""
    return max(text.rfind("」", start, end) + 1, text.rfind("。", start, end) + 1, start)


def _marked(text: str, name: NameMention, people: list[NameMention], mark: re.Pattern[str]) -> bool:
    """Whether は, が … follows the name and what is fused with it (post, honorific, age)."""
    end = name.end
    if name.role:
        at = text.find(name.role, end, end + len(name.role) + 3)
        end = at + len(name.role) if at >= 0 else end
    tail = re.compile(rf"(?:[・　 ]?[{KANJI}{KATAKANA}ー]{{0,12}})?").match(text, end)
    stop = tail.end() if tail else end
    return any(mark.match(text, at) for at in range(end, stop + 1))


def _subject_words(text: str, start: int, end: int) -> str | None:
    """参加した生徒は「…」: the noun before は, as the page has it."""
    clause = text[start:end]
    found = list(
        re.finditer(
            rf"(?P<who>[{KANJI}{KATAKANA}ー0-9０-９]{{2,16}})(?:[（(][^（()）]{{1,20}}[)）])?(?:ら|たち|の[一１1]人)?(?:さん)?(?:は|からは|も|が)[、，]?\s*(?=$|[^」]{{0,14}}$)",
            clause,
        )
    )
    return (
        found[-1]["who"]
        if found and not re.fullmatch(r"[0-9０-９]+.?|今回|今年|会談|席上|式典|最後|一方|これ|それ", found[-1]["who"])
        else None
    )


def _by_post(words: str, people: list[NameMention], story: Story) -> str | None:
    """同市長 or 市長 alone: the one person with that post."""
    if words in data("speech")["pronouns"]:
        words = words.removeprefix("同")
        names = list(
            dict.fromkeys(
                one.name for one in people if words in ("氏", "本人", "自身") or (one.role or "").endswith(words)
            )
        )
        return names[-1] if names else None
    names = list(
        dict.fromkeys(
            one.name
            for one in people
            if one.role and (one.role == words or one.role.endswith(words) or words.endswith(one.role))
        )
    )
    return names[0] if len(names) == 1 else None


def _from_neighbours(story: Story, number: int, people: list[NameMention], last: str | None) -> str | None:
    """The person whom the sentence before (or the line after) makes the subject; else who spoke last."""
    for step in (-1, -2):
        if number + step < 0:
            break
        sentence = story.sentences[number + step]
        if story.sentences[number].paragraph - sentence.paragraph > 1:
            break
        named = [one for one in people if sentence.start <= one.start < sentence.end]
        if sentence.start < sentence.end and named:
            fitting = [one for one in named if _marked(story.text, one, people, SUBJECT_MARK)]
            return (fitting or named)[-1].name
    if last:
        return last
    if number + 1 < len(story.sentences):
        sentence = story.sentences[number + 1]
        named = [one for one in people if sentence.start <= one.start < sentence.end]
        if named:
            return named[0].name
    return None


@cache
def _said() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in data("speech")["said"]))


@cache
def _signed() -> re.Pattern[str]:
    return re.compile(str(data("speech")["signed"]))


@cache
def _speaking() -> re.Pattern[str]:
    return re.compile("|".join(data("speech")["speaking"]))


@cache
def _sentence_ends() -> re.Pattern[str]:
    return re.compile(str(data("speech")["sentence_ends"]))


@cache
def _names_something() -> re.Pattern[str]:
    return re.compile(str(data("speech")["names_something"]))
