"""Whose words a Japanese quotation holds: by the subject before or behind it, a signature, or the sentence before."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from twinbook.reading.languages.ja.words import KANJI, KATAKANA, data
from twinbook.reading.story import NameMention, Sentence, Story

Span = tuple[int, int]
BRACKETS = re.compile("[「」『』]")
PAIRS = {"「": "」", "『": "』"}
LONG_QUOTE = 12  # letters: names inside longer quotations are spoken of, not speaking
# What may stand between a name and the particle that makes it a subject: bracket, honorific, ら and others.
IN_BRACKETS = "(?:[（(][^（()）]{1,24}[)）])?"
HONORIFIC = "(?:氏|さん|様|君|くん|ちゃん|選手|夫妻)?"
BETWEEN = "[）)]?" + IN_BRACKETS + HONORIFIC + IN_BRACKETS + "(?:ら(?:[0-9０-９]+人)?|たち)?"
IS_SUBJECT = re.compile(BETWEEN + r"(?:は|が|も|からは|から|、|$|：|:)")
IS_OWNER = re.compile(BETWEEN + "(?:による|の)")
POST_BEHIND = re.compile(rf"[・　 ]?[{KANJI}{KATAKANA}ー]{{0,14}}")
SUBJECT = re.compile(
    rf"(?P<who>子どもたち|こどもたち|子供たち|[{KANJI}{KATAKANA}ー]{{1,16}}(?:さん)?)(?P<age>[（(][^（()）]{{1,20}}[)）])?(?:[0-9０-９]+人|ら|たち|の[一１1]人)?"
    r"(?:は|からは|からも|も|が)(?=[、，]?\s*(?:$|[^」。]{0,30}$))"
)
SOMEBODY = re.compile(
    "(?:[生徒者員人客子民親長官使事士師家手]|担当|一行|側|課|局|委|会|校|団|館|市|県|町|村|州|さん|先生|代表|ファミリー|スタッフ|ボランティア|メンバー|(?:子ども|こども|子供)たち)(?:さん)?$"
)
NOBODY = frozenset(
    [
        "今回",
        "会談",
        "席上",
        "式典",
        "大会",
        "機会",
        "社会",
        "都会",
        "再会",
        "市民交流会",
        "歓迎会",
        "交流会",
        "懇談会",
        "人",
        "一人",
        "家",
    ]
)


def find_speaker(story: Story, number: int, span: Span, signature: Span | None, last: str | None) -> str | None:
    """The speaker of the words at `span` in the sentence with this number: a name in people, else the words used.

    `signature` is where a name behind the quotation stands in brackets, `last` who spoke before.
    """
    people = story.people
    sentence = story.sentences[number]
    beside = story.names_begun_in(sentence.start, sentence.end, "person")
    around = [one for one in beside if not _is_inside(story, sentence, one)]
    if signature:
        signed = next((one.name for one in around if signature[0] <= one.start < signature[1]), None)
        return signed or story.text[slice(*signature)].strip()
    begin = _clause_start(story.text, sentence.start, span[0] - 1)
    before = [one for one in around if begin <= one.start and one.end < span[0]]
    after = [one for one in around if one.start > span[1]]
    return (
        _last_subject(story.text, before)
        or _named_subject(story, people, begin, span[0] - 1)
        or _first_subject(story.text, after)
        or _last_subject(story.text, before, IS_OWNER)
        or next((one.name for one in reversed(before)), None)
        or next((one.name for one in after), None)
        or _from_before(story, number, people)
        or last
        or _interviewed(story, number, people)
        or _from_behind(story, number, people)
    )


def outer_quotes(text: str, start: int, end: int) -> list[Span]:
    """The words in the outermost 「…」 or 『…』 of the sentence; a bracket that is never closed is left out."""
    found: list[Span] = []
    open_marks: list[re.Match[str]] = []
    for mark in BRACKETS.finditer(text, start, end):
        if mark[0] in PAIRS:
            open_marks.append(mark)
        elif open_marks and any(PAIRS[one[0]] == mark[0] for one in open_marks):
            while PAIRS[open_marks[-1][0]] != mark[0]:
                open_marks.pop()
            begin = open_marks.pop().end()
            if not open_marks and mark.start() > begin:
                found.append((begin, mark.start()))
    return found


def _is_inside(story: Story, sentence: Sentence, name: NameMention) -> bool:
    quotes = outer_quotes(story.text, sentence.start, sentence.end)
    return any(start <= name.start < end for start, end in quotes if end - start > LONG_QUOTE)


def _clause_start(text: str, start: int, end: int) -> int:
    """Behind the last quotation that was spoken, else the beginning of the sentence."""
    closing = text.rfind("」と", start, end)
    return closing + 2 if closing >= 0 else start


def _last_subject(text: str, names: list[NameMention], mark: re.Pattern[str] = IS_SUBJECT) -> str | None:
    return next((one.name for one in reversed(names) if _is_marked(text, one, mark)), None)


def _first_subject(text: str, names: list[NameMention]) -> str | None:
    return next((one.name for one in names if _is_marked(text, one, IS_SUBJECT)), None)


def _is_marked(text: str, name: NameMention, mark: re.Pattern[str]) -> bool:
    """Whether the mark follows the name, or the post fused with it."""
    post = POST_BEHIND.match(text, name.end)
    stop = post.end() if post else name.end
    return any(mark.match(text, at) for at in range(name.end, stop + 1))


def _named_subject(story: Story, people: list[NameMention], start: int, end: int) -> str | None:
    """参加した生徒は「…」: the person with that post, else the noun as the page has it."""
    clause = story.text[start:end].rstrip("。")
    for found in reversed(list(SUBJECT.finditer(clause))):
        who = found["who"]
        if who in data("speech")["pronouns"] or who.startswith("同"):
            return _by_post(who.removeprefix("同"), people, start)
        if (found["age"] or SOMEBODY.search(who)) and who not in NOBODY:
            return _with_post(who, story) or who.removesuffix("さん")
    return None


def _by_post(words: str, people: list[NameMention], offset: int) -> str | None:
    """同市長, 同氏: the last person before with that post, or of any."""
    any_post = words in ("氏", "本人", "自身", "彼", "彼女", "")
    earlier = range(bisect_left(people, offset, key=lambda one: one.start) - 1, -1, -1)
    return next((people[at].name for at in earlier if any_post or (people[at].role or "").endswith(words)), None)


def _with_post(words: str, story: Story) -> str | None:
    """市長は「…」: the one person of the page with that post."""
    names = {
        story.people[at].name
        for role, held in story.people_by_post.items()
        if (role.endswith(words) or words.endswith(role)) and f"副{words}" not in role
        for at in held
    }
    return next(iter(names)) if len(names) == 1 else None


def _from_before(story: Story, number: int, people: list[NameMention]) -> str | None:
    """The subject of the sentence before, in the same paragraph or the one above."""
    for step in (1, 2):
        if number - step < 0:
            return None
        sentence = story.sentences[number - step]
        if story.sentences[number].paragraph - sentence.paragraph > 1:
            return None
        named = story.names_begun_in(sentence.start, sentence.end, "person")
        if subject := _last_subject(story.text, named):
            return subject
        if words := _named_subject(story, people, sentence.start, sentence.end):
            return words
        if named:
            return named[-1].name
    return None


def _interviewed(story: Story, number: int, people: list[NameMention]) -> str | None:
    """Behind a question (――なぜ日本に。): the person whom the story names first."""
    question = story.words_of(story.sentences[number - 1]) if number else ""
    return people[0].name if people and re.match("[―—–─-]{1,2}|[QＱ問][　 ．.：:]", question) else None


def _from_behind(story: Story, number: int, people: list[NameMention]) -> str | None:
    if number + 1 >= len(story.sentences):
        return None
    sentence = story.sentences[number + 1]
    return next((one.name for one in people if sentence.start <= one.start < sentence.end), None)


@cache
def signature_behind() -> re.Pattern[str]:
    """Matches behind 」 where a speaker's name follows: （金沢市の村山卓市長）."""
    return re.compile(str(data("speech")["signed"]))
