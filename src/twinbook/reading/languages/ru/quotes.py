"""Direct speech in Russian: dashes with attribution inside and after, «…», — сказал X, and who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from twinbook.reading.finding import Span
from twinbook.reading.languages.ru.speakers import speaker_of
from twinbook.reading.languages.ru.speech import LETTERS, Speech, saying
from twinbook.reading.languages.ru.words import WORD
from twinbook.reading.story import QuoteMention, Story

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
LED_BY = frozenset(["что", "как", "будто"])
AFTER_CLOSE = re.compile(r",?\s*[—–−―]\s*")
LONGEST_ATTRIBUTION = 260  # characters
LONGEST_LABEL = 120  # characters before a colon that only say who speaks
SHORTEST_FRAGMENT = 4  # words: what is shorter, in quotation marks and unattributed, is a name
PARAGRAPHS_ON = 3  # how many paragraphs on a quotation may close
INITIAL = re.compile(r"\b[А-ЯЁ]\.\s*$|\b(?:г|ул|им|гг)\.$")


def find_quotes(story: Story) -> list[QuoteMention]:
    """Direct speech in the story's paragraphs, in order, each with its speaker where the page tells."""
    found: list[QuoteMention] = []
    covered = 0
    answering = _who_answers(story)
    for number, (start, end) in enumerate(story.paragraphs):
        for speech in _speeches(story, number, max(start, covered), end):
            speaker = speaker_of(story, speech) if speech.attribution else answering
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
    verb = saying().search(text, start, min(stop, start + 90))
    return (start, stop) if verb else None


def _verb_first(text: str, start: int) -> bool:
    found = saying().match(text, start)
    return found is not None


def _names_first(text: str, start: int, stop: int) -> bool:
    """«– …, – Анна Краузе сказала»: a name first and its verb at once after it."""
    return re.compile(r"[А-ЯЁ]\S+(?: [А-ЯЁ]\S+){0,2} (?:\w+ )?").match(text, start, stop) is not None and bool(
        saying().search(text, start, min(stop, start + 60))
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
    if story.text[start:end].rstrip().endswith(":") and saying().search(story.text, start, end):
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
        is_label = not saying().search(text, before[0], start)
        if is_label and not any(True for _ in story.names_in(*before, "person")):
            return None
        return Speech(inside[0], _trimmed(text, *inside), (before[0], start))
    return None


def _is_announced(text: str, start: int, end: int, words: int) -> bool:
    """Whether the words before a quotation of so many words say that somebody speaks it."""
    if text[start:end].rstrip().endswith(":") and end - start < LONGEST_LABEL and words > 1:
        return True  # «Председатель Думы Евгений Стекачев: «…»
    if words < SHORTEST_FRAGMENT or not saying().search(text, start, end):
        return False
    before = text[start:end].rstrip()
    if before.endswith((":", ",")):
        return _is_saying_close(text, start, end)
    # «сказал, что «…»: anything else right before the mark («форума «…») makes it a name.
    last = LETTERS.findall(before)[-1:]
    return words >= 2 * SHORTEST_FRAGMENT and bool(last) and (last[0].lower() in LED_BY or _ends_saying(before))


def _ends_saying(before: str) -> bool:
    words = list(LETTERS.finditer(before))
    return bool(words) and saying().match(before, words[-1].start()) is not None


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
    if not story.sentences:
        return None
    sentence = story.sentences[story.sentence_at(start)]
    is_inside = sentence.start <= start < sentence.end
    return (sentence.start, start) if is_inside and story.text[sentence.start : start].strip(" —–-") else None


def _is_saying_close(text: str, start: int, end: int) -> bool:
    last = max(saying().finditer(text, start, end), key=lambda found: found.start(), default=None)
    return last is not None and (text[start:end].rstrip().endswith(":") or end - last.end() < 60)


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",—–-"):
        end -= 1
    return end
