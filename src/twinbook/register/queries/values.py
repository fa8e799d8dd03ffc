"""What the queries hand out: frozen plain values, no table rows, so that no page can change what it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

Plain = str | int | float | bool | None
Words = Mapping[str, str]  # text by language tag


@dataclass(frozen=True)
class When:
    """An EDTF date with the first and last day it may mean; None where that side is open."""

    edtf: str
    first: date | None
    last: date | None


@dataclass(frozen=True)
class Thing:
    """A record by name: enough for a link. `label` is its name or title by language."""

    id: str
    kind: str
    label: Words

    def name(self, language: str) -> str:
        """The name in a language, else in English, else in any, else the id."""
        return self.label.get(language) or self.label.get("en") or next(iter(self.label.values()), self.id)


@dataclass(frozen=True)
class Remark:
    """A sentence for a person: its stable code, the words that fill it, and the sentence in English."""

    code: str
    words: Mapping[str, str]
    sentence: str


@dataclass(frozen=True)
class Quotation:
    """Words of a source's text: offsets in code points, end excluded."""

    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class SourceLine:
    """A source, for a list or a footnote. `published` is EDTF, empty where unknown; `day` the day it speaks of."""

    id: str
    kind: str
    title: str
    publisher: str
    address: str
    language: str
    published: str
    captured_at: datetime
    day: date


@dataclass(frozen=True)
class Claim:
    """One property of a proposal, as read or as decided: what was claimed, how it is written, where it stands.

    `value` of a record property is the name as read; `thing` the record it is taken for, None where it will be made.
    """

    property: str
    type: str
    value: Plain
    language: str
    qualifiers: Mapping[str, str]
    as_written: str
    evidence: tuple[Quotation, ...]
    said_by: str
    thing: Thing | None = None


@dataclass(frozen=True)
class Stated:
    """One statement. `is_told`: the record's row shows this value. `withdrawn_at` is None while it stands.

    `value` is None where the property names a record: then it is `thing`. `rank`: 3 a person's word, 2 an importer's,
    1 a reader's.
    """

    id: int
    record: str
    property: str
    value: Plain
    thing: Thing | None
    language: str
    qualifiers: Mapping[str, str]
    as_written: str
    quote: str
    prefix: str
    suffix: str
    start: int
    end: int
    also: tuple[tuple[int, int], ...]
    more: tuple[str, ...]  # the words at `also`
    said_by: str
    view: Thing | None
    source: SourceLine
    read_by: str
    rank: int
    decision: str
    decided_by: str
    decided_at: datetime
    first_seen: datetime
    last_seen: datetime
    is_told: bool = False
    is_preferred: bool = False
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""


StatedBy = Mapping[str, tuple[Stated, ...]]  # the standing statements by property, the one that is told first


@dataclass(frozen=True)
class NameShown:
    """One name of a place, person, organisation or landmark; `kind` official · short · former · other · computed."""

    text: str
    language: str
    script: str
    kind: str
    since: When | None
    until: When | None


@dataclass(frozen=True)
class Shown:
    """What every record shows: itself, its version (hand it back with a decision), who may see it, its statements."""

    id: str
    kind: str
    label: Words
    version: int
    visibility: str  # public · internal · private
    stated: StatedBy = field(repr=False)
    note: Words

    @property
    def thing(self) -> Thing:
        return Thing(self.id, self.kind, self.label)


@dataclass(frozen=True)
class PlaceShown(Shown):
    """A place; `country` ISO 3166-1 alpha-2 or empty, `identifiers` by scheme (geonames, wikidata)."""

    place_kind: str
    country: str
    latitude: float | None
    longitude: float | None
    is_home: bool
    within: Thing | None
    names: tuple[NameShown, ...]
    identifiers: Mapping[str, str]


@dataclass(frozen=True)
class StepShown(Shown):
    """One step of a tie; see models.tie.TieStep for the codes."""

    tie: Thing
    step_kind: str
    date: When | None
    basis: str
    decider: Words
    side: Thing | None
    level: str
    agreement: Thing | None
    is_firm: bool
    title: Words


@dataclass(frozen=True)
class AgreementShown(Shown):
    """A signed paper."""

    tie: Thing | None
    agreement_kind: str
    title: Words
    signed_on: When | None
    valid_until: When | None
    signed_in: Thing | None
    approved_by: Words
    original_at: Words
    signatories: tuple[Thing, ...] = ()
    renewal: Words = field(default_factory=dict)


@dataclass(frozen=True)
class TieShown(Shown):
    """A tie: level and state now, since when, and its steps in the order of their dates."""

    places: tuple[Thing, Thing]
    claimed_kind: str
    level: str  # sister_city · friendship · partner · contact, or empty
    state: str  # contact · intent · active · suspended · ended · unknown
    since: When | None
    has_open_question: bool
    steps: tuple[StepShown, ...]


@dataclass(frozen=True)
class Participant:
    """A person or organisation in an activity, and as what."""

    thing: Thing
    role: str


@dataclass(frozen=True)
class ActivityShown(Shown):
    """An activity. `topics` are (language, text) pairs; `said` the sayings in it, each with its speaker."""

    activity_kind: str
    title: Words
    areas: tuple[str, ...]
    status: str
    when: When | None
    is_recurring: bool
    places: tuple[Thing, ...]
    participants: tuple[Participant, ...]
    programme: Thing | None
    edition: str
    people_out: int | None
    people_in: int | None
    cost: float | None
    currency: str
    operator: str
    season: Words
    topics: tuple[tuple[str, str], ...]
    said: tuple[Stated, ...]


@dataclass(frozen=True)
class PostShown(Shown):
    """A post that a person held."""

    person: Thing
    post: str
    title: Words
    of: Thing | None
    since: When | None
    until: When | None
    seen_on: When | None


@dataclass(frozen=True)
class PersonShown(Shown):
    """A person with posts, the latest first. `person_class` empty: not classed, and treated as the strictest."""

    person_class: str
    names: tuple[NameShown, ...]
    salutation: Words
    pronunciation: Words
    posts: tuple[PostShown, ...]
    said: tuple[Stated, ...]


@dataclass(frozen=True)
class OrganisationShown(Shown):
    """A named body."""

    organisation_kind: str
    place: Thing | None
    names: tuple[NameShown, ...]
    said: tuple[Stated, ...]


@dataclass(frozen=True)
class LandmarkShown(Shown):
    """A landmark: where it stands, which partner it belongs to, whom it honours."""

    landmark_kind: str
    place: Thing | None
    partner: Thing | None
    honours: Words
    since: When | None
    latitude: float | None
    longitude: float | None
    names: tuple[NameShown, ...]


@dataclass(frozen=True)
class CommitmentShown(Shown):
    """A promise. `possible_proof` is a later activity that looks like it; `why_proof` says why, for a person."""

    tie: Thing | None
    activity: Thing | None
    what: Words
    side: Thing | None
    owner: str
    due: When | None
    state: str  # open · kept · overtaken · dropped
    proof: Thing | None
    possible_proof: Thing | None
    why_proof: Remark | None


@dataclass(frozen=True)
class GiftShown(Shown):
    """A present."""

    title: Words
    given_by: Thing | None
    given_to: Thing | None
    occasion: Thing | None
    when: When | None
    kept_at: Words


@dataclass(frozen=True)
class DisputeShown:
    """A property for which statements exclude each other; open until a person prefers one (workflow.prefer)."""

    record: Thing
    property: str
    is_open: bool
    sides: tuple[Stated, ...]


@dataclass(frozen=True)
class DecisionShown:
    """One decision. `act` joins decisions made at one stroke; `can_undo` is false for undone ones and for undos."""

    id: str
    act: str
    kind: str  # accept · correct · reject · enter · withdraw · prefer · merge · undo
    by: str
    at: datetime
    reason: str
    source: SourceLine | None
    proposal: str
    record: Thing | None
    undoes: str
    is_undone: bool
    can_undo: bool
