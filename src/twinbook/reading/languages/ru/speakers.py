"""Who speaks: by name, by pronoun, by post, else in the words that the page uses."""

from __future__ import annotations

import re

from twinbook.reading.languages.ru.morphology import Form, forms, lemmas
from twinbook.reading.languages.ru.speech import Speech, alike_posts, saying
from twinbook.reading.languages.ru.words import WORD
from twinbook.reading.story import NameMention, Story


def speaker_of(story: Story, speech: Speech) -> str | None:
    """Who says it, by name; the words that say who where nobody is named; None where nothing does."""
    if speech.attribution is None:
        return None
    start, end = speech.attribution
    verb = saying().search(story.text, start, end)
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
    for nouns in (words, {alike for word in words for alike in alike_posts().get(word, ())}):
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
