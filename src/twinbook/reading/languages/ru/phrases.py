"""Noun phrases in base form: «чайным домиком» → «чайный домик», «улице Канадзавы» → «улица Канадзавы»."""

from __future__ import annotations

from twinbook.reading.languages.ru.morphology import adjective_base, inflect, is_known, noun_form


def base_form(words: str) -> str:
    """The phrase with its head noun and the adjectives before it in the nominative; what follows the head stays."""
    parts = words.split()
    head = next((at for at, part in enumerate(parts) if is_known(part) and noun_form(part)), None)
    form = noun_form(parts[head]) if head is not None else None
    if head is None or form is None:
        return words
    number = form.number or "sing"
    noun = inflect(parts[head], form.lemma, "nomn", number) or form.lemma
    adjectives = [_like_case(part, adjective_base(part, form.gender, number)) for part in parts[:head]]
    return " ".join([*adjectives, _like_case(parts[head], noun), *parts[head + 1 :]])


def _like_case(model: str, word: str) -> str:
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
