"""What may be stated about each kind of record: the properties, their types, and whose values may not differ."""

from __future__ import annotations

from dataclasses import dataclass

from twinbook.vocabulary.concept import concepts

PLACE_KINDS = ("city", "district", "region", "country", "other")
STEP_KINDS = ("contact", "intent", "agreement", "renewal", "level_change", "pause", "resumption", "end")
BASES = ("council_vote", "signature", "draft", "in_force", "announcement", "first_contact", "term")
PERSON_CLASSES = ("official", "contact", "delegate", "minor")
COMMITMENT_STATES = ("open", "kept", "overtaken", "dropped")
VISIBILITIES = ("public", "internal", "private")
NAME_KINDS = ("official", "short", "former", "other", "computed")


@dataclass(frozen=True)
class Property:
    """One property: the type of its values, whether several stand side by side, whether differing ones contradict.

    `type`: code · text · words (text in a language) · name · date (EDTF) · flag · count · number · record ·
    identifier · file (the id of a kept scan; its own name is a qualifier). `column` is the row's column, where its
    name differs from the property's.
    `rule`: best (the highest word: person, importer, reader), latest (the newest source tells how it is now) or newest
    (the newest decision does).
    """

    type: str
    many: bool = False
    scheme: str = ""
    codes: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    is_disputable: bool = False
    rule: str = "best"
    column: str = ""

    def known_codes(self) -> tuple[str, ...]:
        """The codes that a value may be; empty where any is."""
        return self.codes or (tuple(concepts(self.scheme)) if self.scheme else ())


WORDS = Property("words")
NAME = Property("name", many=True)
IDENTIFIER = Property("identifier", many=True)
PLACE = Property("record", targets=("place",))
TIE = Property("record", targets=("tie",))
FILES = Property("file", many=True)

# Every record may have these.
COMMON = {
    "note": WORDS,
    "visibility": Property("code", codes=VISIBILITIES),
    "identifier": IDENTIFIER,
}

PROPERTIES: dict[str, dict[str, Property]] = {
    "place": {
        "name": NAME,
        "kind": Property("code", codes=PLACE_KINDS),
        "country": Property("text", is_disputable=True),
        "within": PLACE,
        "latitude": Property("number"),
        "longitude": Property("number"),
        "is_home": Property("flag"),
        "time_zone": Property("text"),  # a name of the IANA's list
    },
    "tie": {
        "places": Property("record", many=True, targets=("place",)),
        "kind": Property("code", scheme="tie_kinds", is_disputable=True),
        "since": Property("date", is_disputable=True, column="stated_since"),
    },
    "step": {
        "tie": TIE,
        "kind": Property("code", codes=STEP_KINDS),
        "date": Property("date", is_disputable=True),
        "basis": Property("code", codes=BASES),
        "decider": WORDS,
        "side": PLACE,
        "level": Property("code", scheme="tie_kinds"),
        "agreement": Property("record", targets=("agreement",)),
        "is_firm": Property("flag"),
        "title": WORDS,
    },
    "agreement": {
        "tie": TIE,
        "kind": Property("code", scheme="agreement_kinds"),
        "title": WORDS,
        "signed_on": Property("date", is_disputable=True),
        "valid_until": Property("date", is_disputable=True),
        "signed_in": PLACE,
        "approved_by": WORDS,
        "original_at": WORDS,
        "signatories": Property("record", many=True, targets=("person",)),
        "renewal": WORDS,
        "files": FILES,
    },
    "activity": {
        "kind": Property("code", scheme="activity_kinds"),
        "title": WORDS,
        "areas": Property("code", many=True, scheme="areas"),
        "status": Property("code", scheme="statuses", rule="latest"),
        "when": Property("date", is_disputable=True),
        "is_recurring": Property("flag"),
        "places": Property("record", many=True, targets=("place",)),
        "participants": Property("record", many=True, targets=("person", "organisation")),
        "programme": Property("record", targets=("activity",)),
        "edition": Property("text"),
        "people_out": Property("count", is_disputable=True),
        "people_in": Property("count", is_disputable=True),
        "cost": Property("number", is_disputable=True),
        "currency": Property("text"),
        "operator": Property("text"),
        "season": WORDS,
        "topics": Property("words", many=True),
        "files": FILES,
        "said": Property("words", many=True),
    },
    "commitment": {
        "tie": TIE,
        "activity": Property("record", targets=("activity",)),
        "what": WORDS,
        "side": PLACE,
        "owner": Property("text"),
        "due": Property("date", rule="newest"),
        "state": Property("code", codes=COMMITMENT_STATES, rule="newest"),
        "proof": Property("record", targets=("activity", "agreement", "landmark"), rule="newest"),
    },
    "person": {
        "name": NAME,
        "person_class": Property("code", codes=PERSON_CLASSES),
        "salutation": WORDS,
        "pronunciation": WORDS,
        "said": Property("words", many=True),
    },
    "holding": {
        "person": Property("record", targets=("person",)),
        "post": Property("code", scheme="posts"),
        "title": WORDS,
        "of": Property("record", targets=("place", "organisation")),
        "since": Property("date", is_disputable=True),
        "until": Property("date", is_disputable=True),
        "seen_on": Property("date", rule="latest"),
    },
    "organisation": {
        "name": NAME,
        "kind": Property("text"),
        "place": PLACE,
        "said": Property("words", many=True),
    },
    "landmark": {
        "name": NAME,
        "kind": Property("code", scheme="landmark_kinds"),
        "place": PLACE,
        "partner": PLACE,
        "honours": WORDS,
        "files": FILES,
        "since": Property("date", is_disputable=True),
        "latitude": Property("number"),
        "longitude": Property("number"),
    },
    "gift": {
        "title": WORDS,
        "given_by": Property("record", targets=("place", "organisation", "person")),
        "given_to": Property("record", targets=("place", "organisation", "person")),
        "occasion": Property("record", targets=("activity",)),
        "when": Property("date", is_disputable=True),
        "kept_at": WORDS,
        "files": FILES,
    },
}
KINDS = tuple(PROPERTIES)

# What is seen by whom where nobody has decided otherwise; a person's depends on the class.
DEFAULT_VISIBILITY = dict.fromkeys(KINDS, "public") | {"commitment": "internal", "gift": "internal"}
CLASS_VISIBILITY = {
    "official": "public",
    "contact": "internal",
    "delegate": "private",
    "minor": "private",
    "": "private",
}


def property_of(kind: str, name: str) -> Property:
    """The property of a kind of record; ValueError names what is known."""
    known = PROPERTIES.get(kind)
    if known is None:
        raise ValueError(f"no kind of record {kind!r}; known: {', '.join(KINDS)}")
    found = known.get(name) or COMMON.get(name)
    if found is None:
        raise ValueError(f"{kind} has no property {name!r}; known: {', '.join([*known, *COMMON])}")
    return found
