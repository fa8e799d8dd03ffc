"""Names of persons written in kanji: where they begin and end, and whether they are more than a family name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from twinbook.reading.languages.ja.words import IS_KANJI, NAME_KINDS, PLACE_KINDS, Line, Word, data

LONGEST = 6  # letters of a kanji name (勅使河原三郎)
ENDS_OF_PLACES = frozenset("市町村県郡鎮郷区省州道府都国")
UNITS = frozenset("部課局室館院会校科係所署団党社")  # ends of departments and bodies before a name
NEVER_IN_NAME = frozenset("邸市県町村区州省府都氏君様的同両各約計第歳名回年日前現旧副総")


@dataclass(frozen=True)
class KanjiName:
    """A name in kanji: offsets into the line, the name without spaces; see PersonSpan for the flags."""

    start: int
    end: int
    name: str
    is_full: bool
    is_sure: bool
    family: str


def name_ending_at(line: Line, end: int, *, with_honorific: bool) -> KanjiName | None:
    """The kanji name that ends at the offset, behind places and ordinary words; None where none does."""
    words = _run_ending_at(line, end)
    if not words:
        return None
    text = "".join(word.text for word in words if not word.text.isspace())
    if text in _not_names() or words[-1].text in _not_names():
        return None
    if not _is_name(words, text, with_honorific=with_honorific):
        return None
    is_sure = with_honorific or not (len(words) == 1 and words[0].kind in PLACE_KINDS)
    return KanjiName(words[0].start, end, text, _is_full(words, text), is_sure, _family(words, text))


def name_beginning_at(line: Line, start: int) -> KanjiName | None:
    """The full kanji name that begins at the offset: family name and given name; None where none does."""
    words: list[Word] = []
    at = start
    while (word := line.by_start.get(at)) and at - start < LONGEST:
        behind_space = len(words) == 2 and words[0].kind == "surname" and words[1].text.isspace()
        is_given = behind_space and bool(IS_KANJI.fullmatch(word.text)) and len(word.text) <= 3  # 増田 行信
        if not is_given and not _can_be_part(word, first=not words):
            break
        words.append(word)
        at = word.end
    while words and words[-1].text.isspace():
        words.pop()
    text = "".join(word.text for word in words if not word.text.isspace())
    if not 2 <= len(text) <= LONGEST or text in _not_names():
        return None
    spaced = any(word.text.isspace() for word in words)
    is_name = words[0].kind == "surname" and (spaced or any(word.kind in ("given", "person") for word in words[1:]))
    is_name = is_name or (_is_chinese(text) and len(words) > 1 and any(word.kind in NAME_KINDS for word in words))
    if not is_name or (len(text) == 2 and not _is_chinese(text)):
        return None
    return KanjiName(start, words[-1].end, text, True, True, _family(words, text))


def _run_ending_at(line: Line, end: int) -> list[Word]:
    """The words that could be one name and end at the offset, cut after the last word that cannot be part."""
    words: list[Word] = []
    at = end
    while word := line.by_end.get(at):
        if not _can_be_part(word, first=False) or (
            word.text.isspace() and any(other.text.isspace() for other in words)
        ):
            break
        words.insert(0, word)
        at = word.start
    while words and words[0].text.isspace():
        words.pop(0)
    space = next((number for number, word in enumerate(words) if word.text.isspace()), 0)
    if space and words[space - 1].text[-1] in ENDS_OF_PLACES:  # 鹿港鎮 許志宏
        words = words[space + 1 :]
    while words and sum(len(word.text) for word in words) > LONGEST:
        words.pop(0)
    while len(words) > 2 and words[0].text in UNITS:  # 総合政策部村上治城
        words.pop(0)
    while len(words) > 2 and words[0].kind in PLACE_KINDS and words[1].kind == "surname":  # 石川宮下剛
        words.pop(0)
    return words


def _can_be_part(word: Word, *, first: bool) -> bool:
    if word.kind in NAME_KINDS:
        return True
    if word.text in (" ", "　"):
        return not first
    if not IS_KANJI.fullmatch(word.text) and word.text != "ノ":
        return False
    if word.kind in PLACE_KINDS or word.kind == "proper":
        return True
    if len(word.text) == 1:
        return word.text not in NEVER_IN_NAME and word.kind != "number"
    return not word.known


def _is_name(words: list[Word], text: str, *, with_honorific: bool) -> bool:
    if len(text) == 1:
        return text in data("names")["chinese_surnames"] or (words[0].kind == "surname" and with_honorific)
    has_name = any(word.kind in NAME_KINDS or (word.kind == "proper" and len(words) > 1) for word in words)
    if with_honorific:
        return has_name or any(word.kind in PLACE_KINDS or not word.known for word in words) or _is_chinese(text)
    if words[0].kind == "surname" or (words[0].kind in PLACE_KINDS and len(words) == 1):
        return True
    if words[0].kind in PLACE_KINDS and len(text) - len(words[0].text) <= 3:  # 米沢則寿
        return True
    return (_is_chinese(text) and len(text) <= 4 and len(words) > 1) or (has_name and len(text) >= 3)


def _is_full(words: list[Word], text: str) -> bool:
    if len(words) == 1:
        return len(text) >= 4 and words[0].kind != "surname"
    if len(text) == 2:
        return _is_chinese(text) or words[0].kind == "surname"
    return True


def _family(words: list[Word], text: str) -> str:
    """The family name: the first word where the dictionary knows it as one, else by the letters."""
    names = data("names")
    if any(word.text.isspace() for word in words):
        return "".join(word.text for word in words).split()[0]
    if words[0].kind == "surname" or (words[0].kind in PLACE_KINDS and len(words) > 1):
        return words[0].text
    if text[:2] in names["chinese_double"]:
        return text[:2]
    return text[:1] if text[:1] in names["chinese_surnames"] and len(text) <= 3 else text[:2]


def _is_chinese(text: str) -> bool:
    names = data("names")
    return text[:1] in names["chinese_surnames"] or text[:2] in names["chinese_double"]


@cache
def _not_names() -> frozenset[str]:
    return frozenset(data("names")["not_names"])
