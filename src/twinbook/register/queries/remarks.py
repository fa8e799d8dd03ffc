"""The sentences that the register says to officers, in English, by their codes; the desk translates by code."""

from __future__ import annotations

from collections.abc import Mapping

from twinbook.register.queries.values import Remark

SENTENCES = {
    # why a proposal is taken for a record, or for none
    "same-name": "The register knows “{name}”.",
    "same-gazetteer": "“{name}” and “{known}” are one place (GeoNames {identifier}).",
    "same-pair": "The register has one tie between these two places.",
    "same-person": "“{name}” is known, and with the same post or for the same place.",
    "same-organisation": "The register knows “{name}”.",
    "same-landmark": "The register has “{name}” in this place.",
    "same-activity": "Same kind, same partner, same days, and a title that says the same: “{known}”.",
    "same-event-elsewhere": "Same kind, same partner and the same days as “{known}”, told by another source.",
    "same-reading": "An earlier reading of these words was accepted as “{known}”.",
    "unsure-namesakes": "Several places are called “{name}”: {known}.",
    "unsure-person-name": "Somebody called “{name}” is known, but nothing shows that it is the same person.",
    "unsure-person-initials": "“{known}” is known; the initials would fit “{name}”.",
    "unsure-person-post": "“{known}” holds the same post; the names are in different scripts.",
    "unsure-organisation": "“{known}” has almost the same name.",
    "unsure-landmark": "“{known}” stands in the same place and may be the same.",
    "same-step": "The register has this step of the tie, dated {date}.",
    "unsure-step": "The register has a step of this kind dated {date}: the same step told otherwise, or another one.",
    "new-step": "The register has no step of this kind in this tie.",
    "unsure-activity": "“{known}” has the same kind and partner, and its date does not exclude that it is the same.",
    "new-place": "No place of the register is called “{name}”.",
    "new-place-listed": "New here; the gazetteer has {known} for “{name}”.",
    "new-pair": "The register has no tie between these places.",
    "new-person": "Nobody in the register is called “{name}”.",
    "new-organisation": "No organisation in the register is called so.",
    "new-landmark": "The register has no such landmark in this place.",
    "new-activity": "No activity in the register has this kind, partner and date.",
    "new-saying": "What somebody said is kept with its speaker.",
    "entered-about": "It was written on the page of “{known}”.",
    "same-promise": "The register has this promise: “{known}”.",
    "new-promise": "The register has no promise in these words.",
    "new-entry": "Entered by hand as a new record.",
    "no-reason": "",
    # what a person must look at
    "contradiction": "The register says {ours} for {property}; this page says {theirs}.",
    "read-by-model": "A language model found this, not the rules of Twinbook. Read the sentence before you accept it.",
    "said-by": "{speaker} says so, not the page itself.",
    "vague-date": "The page leaves the date open: {date}.",
    "no-date": "The page gives no date.",
    "only-proposed": "It was only discussed or offered, not agreed.",
    "namesakes": "Several places are called “{name}”; none is taken for it without you.",
    "unsure-match": "It may be something the register already has; choose.",
    "person-not-classed": "Nothing shows that {name} acts in public office; the name stays private.",
    "read-differently": "An earlier reading of these words was decided; this one says something else.",
    "possible-proof": "It may show that a promise was kept: {what}.",
    # why an activity may prove a promise
    "proof-same-kind": "A later activity of the same kind with the same partner: “{known}”.",
}


def remark(code: str, words: Mapping[str, str] | None = None) -> Remark:
    """The remark of a code with its words filled in; an unknown code is its own sentence."""
    given = dict(words or {})
    template = SENTENCES.get(code, code)
    return Remark(code, given, template.format_map(_Blank(given)))


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"
