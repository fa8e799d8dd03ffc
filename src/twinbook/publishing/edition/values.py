"""The values an edition is made of: what the public may see, in one language, free of tables and of HTML.

Dates are EDTF texts, empty where unknown. Codes are those of the vocabulary and of the register's properties.
A text knows the language it stands in, so that a page can say so where that is not the reader's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Text:
    """Words and their language (BCP 47; empty where nobody knows it)."""

    text: str
    language: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)


NO_TEXT = Text("")


@dataclass(frozen=True)
class Source:
    """A page, file or note that something was read from; `address` is empty where it has none on the web."""

    key: str
    title: str
    publisher: str = ""
    address: str = ""
    language: str = ""
    published: str = ""
    captured_on: date | None = None
    kind: str = "page"


@dataclass(frozen=True)
class Footnote:
    """The sentence that says something, and where it stands.

    `key` is the same for the same words of the same source. `is_withheld`: the words name someone who is not public,
    so only the source is shown; a masked name stands as «…».
    """

    key: str
    quote: str
    source: Source
    said_by: str = ""
    is_withheld: bool = False


@dataclass(frozen=True)
class Fact:
    """One value with the footnotes that prove it; `others` are values that other sources give instead."""

    value: str
    footnotes: tuple[Footnote, ...] = ()
    others: tuple[Fact, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.value)


UNKNOWN = Fact("")


@dataclass(frozen=True)
class Name:
    """A name in one language and script; `kind`: official · short · former · other · computed."""

    text: str
    language: str = ""
    script: str = ""
    kind: str = "official"


@dataclass(frozen=True)
class Place:
    """A town, district or region; `country` is ISO 3166-1 alpha-2, `kind` city · district · region · country."""

    key: str
    name: Text
    names: tuple[Name, ...] = ()
    country: str = ""
    kind: str = "city"
    latitude: float | None = None
    longitude: float | None = None
    identifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Step:
    """One step in a tie's life; `is_firm` is false where it was only proposed."""

    key: str
    kind: str
    date: Fact
    title: Text = NO_TEXT
    basis: str = ""
    decider: Text = NO_TEXT
    side: Text = NO_TEXT
    level: str = ""
    is_firm: bool = True
    note: Text = NO_TEXT
    footnotes: tuple[Footnote, ...] = ()


@dataclass(frozen=True)
class Holding:
    """A post of a person: the words for it, where, and when it was held or seen."""

    post: str
    title: Text
    of: Text = NO_TEXT
    since: str = ""
    until: str = ""
    seen_on: str = ""
    footnotes: tuple[Footnote, ...] = ()


@dataclass(frozen=True)
class Person:
    """A person in a public post; nobody else has a name here. `partners` are the slugs of the partners they act for.

    How they are addressed and how the name is said are for the office's own papers.
    """

    key: str
    name: Text
    names: tuple[Name, ...] = ()
    holdings: tuple[Holding, ...] = ()
    partners: tuple[str, ...] = ()
    salutation: Text = NO_TEXT
    pronunciation: Text = NO_TEXT


@dataclass(frozen=True)
class Participant:
    """Who took part: a public person with the post, or an organisation (then `post` is empty)."""

    name: Text
    post: Text = NO_TEXT


@dataclass(frozen=True)
class Activity:
    """Something proposed, planned, running, held or cancelled together with one or more partners (their slugs)."""

    key: str
    kind: str
    title: Text
    status: str
    areas: tuple[str, ...] = ()
    when: Fact = UNKNOWN
    is_recurring: bool = False
    partners: tuple[str, ...] = ()
    places: tuple[Text, ...] = ()
    participants: tuple[Participant, ...] = ()
    people_out: Fact = UNKNOWN
    people_in: Fact = UNKNOWN
    note: Text = NO_TEXT
    said_by: str = ""
    decided_at: datetime | None = None
    footnotes: tuple[Footnote, ...] = ()
    cost: Fact = UNKNOWN  # for the office's own papers, as are its currency (ISO 4217) and the topics spoken about
    currency: str = ""
    topics: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Landmark:
    """A street, square, garden, monument or building that stands for a partner (its slug)."""

    key: str
    name: Text
    kind: str
    names: tuple[Name, ...] = ()
    partner: str = ""
    place: Text = NO_TEXT
    honours: Text = NO_TEXT
    since: Fact = UNKNOWN
    latitude: float | None = None
    longitude: float | None = None
    note: Text = NO_TEXT
    said_by: str = ""
    footnotes: tuple[Footnote, ...] = ()


@dataclass(frozen=True)
class Commitment:
    """What a side said it would do; for the office's own papers, never in a public edition."""

    key: str
    what: Text
    side: Text = NO_TEXT
    owner: str = ""
    due: str = ""
    state: str = "open"
    proof: Text = NO_TEXT
    said_on: str = ""
    footnotes: tuple[Footnote, ...] = ()


@dataclass(frozen=True)
class Gift:
    """A present from one side to the other; for the office's own papers."""

    key: str
    title: Text
    given_by: Text = NO_TEXT
    given_to: Text = NO_TEXT
    when: str = ""
    kept_at: Text = NO_TEXT


@dataclass(frozen=True)
class Agreement:
    """A signed paper, and where its original is; for the office's own papers."""

    key: str
    kind: str
    title: Text = NO_TEXT
    signed_on: Fact = UNKNOWN
    valid_until: Fact = UNKNOWN
    original_at: Text = NO_TEXT
    footnotes: tuple[Footnote, ...] = ()


@dataclass(frozen=True)
class PlanLine:
    """A line of a year's plan; for the office's own papers. Codes as in register.models.paper.PlanLine.

    `partner` is a slug, empty for one without a tie; `origin_key` the key of the record that it was proposed from;
    `activity` the key of the activity that proves it was held. `is_late`: written after the plan was approved;
    `is_withdrawn`: taken out after it.
    """

    key: str
    year: int
    title: Text
    partner: str = ""
    partner_name: Text = NO_TEXT
    area: str = ""
    when: str = ""
    owner: str = ""
    people_out: int | None = None
    people_in: int | None = None
    cost: float | None = None
    currency: str = ""
    origin: str = "own"
    origin_key: str = ""
    outcome: str = ""
    activity: str = ""
    spent: float | None = None
    note: str = ""
    is_late: bool = False
    is_withdrawn: bool = False


@dataclass(frozen=True)
class Partner:
    """A partner and the tie with it, with everything that belongs to it, in the order of time.

    `level` is a tie kind (sister_city …), `state` contact · intent · active · suspended · ended · unknown.
    """

    slug: str
    place: Place
    level: str
    state: str
    since: Fact = UNKNOWN
    has_open_question: bool = False
    note: Text = NO_TEXT
    steps: tuple[Step, ...] = ()
    activities: tuple[Activity, ...] = ()
    landmarks: tuple[Landmark, ...] = ()
    people: tuple[Person, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    gifts: tuple[Gift, ...] = ()
    agreements: tuple[Agreement, ...] = ()

    @property
    def name(self) -> Text:
        return self.place.name


@dataclass(frozen=True)
class Figure:
    """A number that is shown, with the code of its counting rule (edition/figures.py)."""

    code: str
    value: int


@dataclass(frozen=True)
class Office:
    """The office that answers for the site, as the city's own file names it."""

    name: Text = NO_TEXT
    postal_address: Text = NO_TEXT
    phone: str = ""
    mail: str = ""
    web: str = ""


@dataclass(frozen=True)
class Edition:
    """The register as its audience may see it, at one moment, in one language.

    `changed_at` is the moment of the last decision in it: unlike `at`, it stays while nothing changes, so that the
    same register makes the same bytes. `audience`: public · office. `address` is where the site will stand.
    """

    language: str
    languages: tuple[str, ...]
    home: Place
    at: datetime
    changed_at: datetime
    partners: tuple[Partner, ...] = ()
    activities: tuple[Activity, ...] = ()
    landmarks: tuple[Landmark, ...] = ()
    people: tuple[Person, ...] = ()
    figures: tuple[Figure, ...] = ()
    office: Office = field(default_factory=Office)
    address: str = ""
    audience: str = "public"
    plan: tuple[PlanLine, ...] = ()  # of all years, for the office alone

    def partner(self, slug: str) -> Partner:
        """The partner of a slug; KeyError names it where there is none."""
        return {partner.slug: partner for partner in self.partners}[slug]
