"""Direct speech in Russian: dashes with attribution inside and after, «…», — сказал X, and who speaks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from twinbook.reading.finding import Span
from twinbook.reading.languages.ru.morphology import Form, forms, lemmas
from twinbook.reading.languages.ru.words import WORD
from twinbook.reading.story import NameMention, QuoteMention, Story

DATA = Path(__file__).parent / "quotes.toml"
OPENING_DASH = re.compile(r"[—–−―-]\s*(?=[«А-ЯЁA-Z…\d])")
# Speech ends at a mark and a dash; the words after the dash may be the attribution.
TURN = re.compile(r"([,.!?…»]+)\s*[—–−―-]\s*|\s+([—–−―])\s+")
SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$|[—–])")
MARKS = {"«": "»", "“": "”", "„": "“”", '"': '"'}
MARK = re.compile('[«»„“”"]')
LONGEST_QUOTATION = 4_000  # characters
MOST_QUOTATIONS = 300  # quotation marks of a paragraph that are looked at
OPENING = re.compile('[«„“]|(?<![\\w.,!?])"(?=\\w)')
AFTER = re.compile(r"\s{0,3},?\s{0,3}[—–−―-]+\s*")
LETTERS = re.compile(r"\w+")
LED_BY = frozenset(["что", "как", "будто"])
AFTER_CLOSE = re.compile(r",?\s*[—–−―]\s*")
LONGEST_ATTRIBUTION = 260  # characters
LONGEST_LABEL = 120  # characters before a colon that only say who speaks
SHORTEST_FRAGMENT = 4  # words: what is shorter, in quotation marks and unattributed, is a name
PARAGRAPHS_ON = 3  # how many paragraphs on a quotation may close
INITIAL = re.compile(r"\b[А-ЯЁ]\.\s*$|\b(?:г|ул|им|гг)\.$")
FEMALE = re.compile(r"\b\w+(?:ла|лась)\b")
MALE = re.compile(r"\b\w+(?:л|лся)\b")


@dataclass(frozen=True)
class Speech:
    """Spoken words and the words that say who speaks."""

    start: int
    end: int
    attribution: Span | None


class Saying:
    """Words that say that somebody speaks: stems of verbs by their first letters, and phrases."""

    def __init__(self, verbs: list[str], phrases: list[str]) -> None:
        self._stems: dict[str, list[re.Pattern[str]]] = {}
        for stem in verbs:
            self._stems.setdefault(stem[:2], []).append(re.compile(stem + r"\w*", re.IGNORECASE))
        self._phrases = re.compile("|".join(phrases), re.IGNORECASE)

    def search(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The first such word or phrase inside text[start:end]."""
        return next(self.finditer(text, start, end), None)

    def match(self, text: str, start: int) -> re.Match[str] | None:
        """Such a word right at the offset."""
        stems = self._stems.get(text[start : start + 2].lower(), ())
        return next((found for stem in stems if (found := stem.match(text, start))), None)

    def finditer(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Such words and phrases in order."""
        phrase = self._phrases.search(text, start, end)
        for word in LETTERS.finditer(text, start, end):
            if phrase is not None and phrase.start() <= word.start():
                yield phrase
                phrase = self._phrases.search(text, phrase.end(), end)
            for stem in self._stems.get(word[0][:2].lower(), ()):
                if found := stem.match(text, word.start(), end):
                    yield found
                    break


@cache
def _saying() -> Saying:
    data = tomllib.loads(DATA.read_text("utf-8"))
    return Saying(data["verbs"], data["phrases"])


@cache
def _alike() -> dict[str, frozenset[str]]:
    """Posts by each other: whom «градоначальник» may mean."""
    rows = tomllib.loads(DATA.read_text("utf-8"))["alike"]
    found: dict[str, frozenset[str]] = {}
    for row in rows:
        for word in row:
            found[word.replace("ё", "е")] = found.get(word, frozenset()) | {other.replace("ё", "е") for other in row}
    return found


def find_quotes(story: Story) -> list[QuoteMention]:
    """Direct speech in the story's paragraphs, in order, each with its speaker where the page tells."""
    found: list[QuoteMention] = []
    covered = 0
    answering = _who_answers(story)
    for number, (start, end) in enumerate(story.paragraphs):
        for speech in _speeches(story, number, max(start, covered), end):
            speaker = _speaker(story, speech, found) if speech.attribution else answering
            if speaker is None and speech.attribution is None:
                continue
            found.append(QuoteMention(speech.start, speech.end, speaker, speech.attribution))
            covered = speech.end
    return found


def _who_answers(story: Story) -> str | None:
    """Whose answers the unattributed dash paragraphs of an interview are: the person whom its beginning names first.

    An interview has at least two paragraphs of dash speech that ask, and as many that answer, with nobody named.
    """
    asking = answering = 0
    for start, end in story.paragraphs:
        dash = OPENING_DASH.match(story.text, start, end)
        if dash and _dash_speech(story.text, dash.end(), end).attribution is None:
            if story.text[start:end].rstrip().endswith("?"):
                asking += 1
            else:
                answering += 1
    if min(asking, answering) < 2:
        return None
    return next((name.name for name in story.names if name.kind == "person"), None)


def _speeches(story: Story, number: int, start: int, end: int) -> Iterator[Speech]:
    text = story.text
    if start >= end:
        return
    if start == story.paragraphs[number][0] and (dash := OPENING_DASH.match(text, start, end)):
        speech = _dash_speech(text, dash.end(), end)
        if speech.attribution is None:
            speech = Speech(speech.start, speech.end, _announced(story, number))
        if speech.attribution is not None or not text[start:end].rstrip().endswith("?"):
            yield speech
        return
    position = start
    for _ in range(MOST_QUOTATIONS):
        opening = OPENING.search(text, position, end)
        if opening is None:
            return
        quoted = _quoted_speech(story, number, opening.start(), end)
        if quoted is None:
            position = _closing(text, opening.start(), end) or opening.end()
            continue
        yield quoted
        position = max(quoted.end, (quoted.attribution or (0, 0))[1], opening.end())


def _dash_speech(text: str, start: int, end: int) -> Speech:
    """A paragraph of dash speech: up to the last words spoken; attributions inside belong to the span."""
    spoken_end, attribution = end, None
    position = start
    while turn := TURN.search(text, position, end):
        clause = _attribution_at(text, turn.end(), end)
        if clause is None or not (turn[1] or _verb_first(text, turn.end())):
            position = turn.end()
            continue
        attribution = attribution or clause
        spoken_end = _trimmed(text, start, turn.start() + len((turn[1] or "").rstrip(",")))
        resumed = re.compile(r"\s*[—–−―-]\s*").match(text, clause[1], end)
        if resumed is None:
            break
        position = resumed.end()
        spoken_end = end
    return Speech(start, _trimmed(text, start, spoken_end), attribution)


def _attribution_at(text: str, start: int, end: int) -> Span | None:
    """The clause that begins here if it says who speaks: a verb of saying near its beginning, no capital first word."""
    stop = _sentence_stop(text, start, min(end, start + LONGEST_ATTRIBUTION))
    if start >= stop or text[start].isupper() and not _names_first(text, start, stop):
        return None
    verb = _saying().search(text, start, min(stop, start + 90))
    return (start, stop) if verb else None


def _verb_first(text: str, start: int) -> bool:
    found = _saying().match(text, start)
    return found is not None


def _names_first(text: str, start: int, stop: int) -> bool:
    """«– …, – Анна Краузе сказала»: a name first and its verb at once after it."""
    return re.compile(r"[А-ЯЁ]\S+(?: [А-ЯЁ]\S+){0,2} (?:\w+ )?").match(text, start, stop) is not None and bool(
        _saying().search(text, start, min(stop, start + 60))
    )


def _sentence_stop(text: str, start: int, end: int) -> int:
    """Where the attribution ends: a full stop (not of an initial), a colon, or a dash after a mark."""
    for found in re.finditer(
        r"[.!?…]+(?=\s|$|[—–])|[,:]\s*(?=[—–−―-]\s)|\s+[—–−―]\s+(?=[А-ЯЁ«])|:\s*(?=[«“])|\n", text[start:end]
    ):
        at = start + found.start()
        if found[0][0] == "." and INITIAL.search(text, start, at + 1):
            continue
        return at + (len(found[0].rstrip()) if found[0][0] in ".!?…," else 0)
    return end


def _announced(story: Story, number: int) -> Span | None:
    """The paragraph before, where it ends in a colon and says that somebody speaks."""
    if number == 0:
        return None
    start, end = story.paragraphs[number - 1]
    if story.text[start:end].rstrip().endswith(":") and _saying().search(story.text, start, end):
        return start, end
    return None


def _closing(text: str, start: int, end: int) -> int | None:
    """The offset after the mark that closes the quotation opened here, counting nested ones."""
    opening = text[start]
    closers = MARKS[opening]
    depth = 0
    for found in MARK.finditer(text, start, min(end, start + LONGEST_QUOTATION)):
        if found[0] == opening and opening != '"':
            depth += 1
        elif found[0] in closers and found.start() > start:
            depth -= 1
            if depth <= 0:
                return found.end()
    return None


def _quoted_speech(story: Story, number: int, start: int, end: int) -> Speech | None:
    text = story.text
    close = _closing_of_speech(text, start, end)
    if close is None:
        last = min(number + PARAGRAPHS_ON, len(story.paragraphs) - 1)
        end = story.paragraphs[last][1]
        if start != story.paragraphs[number][0] or (close := _closing(text, start, end)) is None:
            return None
    inside = (start + 1, close - 1)
    after = AFTER.match(text, close, end)
    if after is not None and after.end() > close and (clause := _attribution_at(text, after.end(), end)):
        return Speech(inside[0], _trimmed(text, *inside), clause)
    if interruption := _interruption(text, *inside):
        return Speech(inside[0], _trimmed(text, *inside), interruption)
    before = _clause_before(story, start)
    if before is not None and _is_announced(text, before[0], start, len(WORD.findall(text, *inside))):
        is_label = not _saying().search(text, before[0], start)
        if is_label and not any(True for _ in story.names_in(*before, "person")):
            return None
        return Speech(inside[0], _trimmed(text, *inside), (before[0], start))
    return None


def _is_announced(text: str, start: int, end: int, words: int) -> bool:
    """Whether the words before a quotation of so many words say that somebody speaks it."""
    if text[start:end].rstrip().endswith(":") and end - start < LONGEST_LABEL and words > 1:
        return True  # «Председатель Думы Евгений Стекачев: «…»
    if words < SHORTEST_FRAGMENT or not _saying().search(text, start, end):
        return False
    before = text[start:end].rstrip()
    if before.endswith((":", ",")):
        return _is_saying_close(text, start, end)
    # «сказал, что «…»: anything else right before the mark («форума «…») makes it a name.
    last = LETTERS.findall(before)[-1:]
    return words >= 2 * SHORTEST_FRAGMENT and bool(last) and (last[0].lower() in LED_BY or _ends_saying(before))


def _ends_saying(before: str) -> bool:
    words = list(LETTERS.finditer(before))
    return bool(words) and _saying().match(before, words[-1].start()) is not None


def _closing_of_speech(text: str, start: int, end: int) -> int | None:
    """The close that an attribution follows, else the one that balances (nested quotations often share one mark)."""
    closers = MARKS[text[start]]
    balanced = _closing(text, start, end)
    for at in range(start + 1, balanced or min(end, start + 2_000)):
        found = AFTER_CLOSE.match(text, at + 1, end) if text[at] in closers else None
        if found and text[start + 1 : at].count(text[start]) and _verb_first(text, found.end()):
            return at + 1
    return balanced


def _interruption(text: str, start: int, end: int) -> Span | None:
    """An attribution between dashes inside the quotation: «Я рад, — сказал X. — Спасибо»."""
    for turn in TURN.finditer(text, start, end):
        if not turn[1] or turn[1].endswith("»"):
            continue
        clause = _attribution_at(text, turn.end(), end)
        if clause is not None and clause[1] < end and re.compile(r"\s*[—–−―-]").match(text, clause[1]):
            return clause
    return None


def _clause_before(story: Story, start: int) -> Span | None:
    """The sentence's words before the quotation; None where it opens the sentence."""
    for sentence in story.sentences:
        if sentence.start <= start < sentence.end:
            return (sentence.start, start) if story.text[sentence.start : start].strip(" —–-") else None
    return None


def _is_saying_close(text: str, start: int, end: int) -> bool:
    last = max(_saying().finditer(text, start, end), key=lambda found: found.start(), default=None)
    return last is not None and (text[start:end].rstrip().endswith(":") or end - last.end() < 60)


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",—–-"):
        end -= 1
    return end


def _speaker(story: Story, speech: Speech, before: list[QuoteMention]) -> str | None:
    if speech.attribution is None:
        return None
    start, end = speech.attribution
    verb = _saying().search(story.text, start, end)
    people = list(story.names_in(start, end, "person"))
    if people:
        return _subject(story, people, verb).name
    words = story.text[start:end]
    if re.search(r"\b(?:он|она)\b", words):
        gender = "femn" if re.search(r"\bона\b", words) else "masc"
        return _latest(story, start, speech, gender) or _phrase(story, start, end, verb)
    return _by_post(story, start, end, speech) or _phrase(story, start, end, verb) or _latest(story, start, speech, "")


def _subject(story: Story, people: list[NameMention], verb: re.Match[str] | None) -> NameMention:
    """Of several people in an attribution the one who speaks: first after the verb, else the last before it."""
    if verb is None:
        return people[0]
    after = [name for name in people if name.start >= verb.end()]
    before = [name for name in people if name.end <= verb.start()]
    if before and after:
        gap = story.text[verb.end() : after[0].start]
        return before[-1] if re.search(r"\b(?:с|у|к|о|об|для|от|что)\b", gap) or len(gap) > 60 else after[0]
    return after[0] if after else before[-1] if before else people[0]


def _latest(story: Story, start: int, speech: Speech, gender: str) -> str | None:
    """The person named last before the quotation, of the pronoun's gender where first names tell it."""
    earlier = [name for name in story.names if name.kind == "person" and name.end <= min(start, speech.start)]
    for name in reversed(earlier):
        if not gender or _gender_of(name.name) in {gender, ""}:
            return name.name
    return None


def _gender_of(name: str) -> str:
    first = name.split()[0]
    genders = {form.gender for form in forms(first) if "Name" in form.marks and form.is_known and form.case == "nomn"}
    if genders == {"femn"}:
        return "femn"
    if genders == {"masc"}:
        return "masc"
    last = name.split()[-1]
    if re.search(r"(?:ова|ева|ина|ская|ая)$", last):
        return "femn"
    return "masc" if re.search(r"(?:ов|ев|ин|ский|ий)$", last) else ""


# Words by which newsrooms call the one who spoke last.
SOMEBODY = frozenset(
    ["чиновник", "чиновница", "собеседник", "собеседница", "рассказчик", "рассказчица", "эксперт", "политик"]
    + ["специалист", "гость", "гостья", "герой", "героиня", "докладчик", "докладчица", "мужчина", "женщина"]
)


def _by_post(story: Story, start: int, end: int, speech: Speech) -> str | None:
    """The person whose post has the attribution's noun («предложил консул»)."""
    words = _nouns(story.text, start, end)
    candidates = [name for name in story.names if name.kind == "person" and name.role]
    candidates.sort(key=lambda item: (item.start > speech.start, abs(item.start - speech.start)))
    for nouns in (words, {alike for word in words for alike in _alike().get(word, ())}):
        for name in candidates:
            if _heads(name.role or "") & nouns:
                return name.name
    return _latest(story, start, speech, "") if words & SOMEBODY else None


def _nouns(text: str, start: int, end: int) -> set[str]:
    """Dictionary forms of the nouns that may be the subject; of the genitive after «по словам»."""
    wanted = "gent" if text[start:end].lstrip(" ,—–-").lower().startswith(("по словам", "по мнению")) else "nomn"
    found: set[str] = set()
    for word in WORD.finditer(text, start, end):
        lower = word[0].lower()
        if lower[0].isalpha():
            found |= {
                form.lemma.replace("ё", "е") for form in forms(lower) if form.part == "NOUN" and form.case == wanted
            }
    return found


def _heads(role: str) -> set[str]:
    """The noun that heads a post: the first one that stands in the nominative singular."""
    for word in list(WORD.finditer(role))[:5]:
        lower = word[0].lower()
        if lower[0].isalpha() and any(_is_subject(form) for form in forms(lower)):
            return set(lemmas(lower))
    return set()


def _is_subject(form: Form) -> bool:
    return form.part == "NOUN" and form.case == "nomn" and form.number == "sing"


def _phrase(story: Story, start: int, end: int, verb: re.Match[str] | None) -> str | None:
    """The words that name the speaker where nobody is named: the attribution without its verb."""
    if verb is None:
        return None
    begin = verb.end()
    words = story.text[begin:end].strip(" ,.:—–-")
    words = re.split(r"[,.:;(]| (?:на|в|во|по|после|перед|для|о|об|при|к|что|со?) ", words)[0].strip()
    return words or None
