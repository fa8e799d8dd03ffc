"""Which record a finding speaks of: the same as one we have, a new one, or unsure; always with the reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from rapidfuzz import fuzz

from twinbook.reading import gazetteer
from twinbook.reading.gazetteer import GazetteerPlace
from twinbook.register.models import Activity, Identifier, Landmark, Name, Place, PostHolding, Record, Tie
from twinbook.register.queries.analyser import normal, script_of
from twinbook.register.queries.dates import agree, span_of

GAZETTEER_SCRIPTS = {"Latn": "latin", "Cyrl": "cyrillic", "Jpan": "japanese", "Hani": "japanese"}
DOMINANCE = 5  # a namesake with a fifth of the people is not what an unmarked name means
SAME_TITLE, CLOSE_TITLE = 80, 60  # rapidfuzz token_set_ratio; measured in tests/register/workflow/test_match.py
ALMOST_SAME_NAME = 90
DAYS_OF_ONE_EVENT, DAYS_WITHOUT_TITLE = 31, 3
CANDIDATES_LOOKED_AT = 300


@dataclass(frozen=True)
class Match:
    """The answer: same · new · unsure, the record (for same), the reason's code and words, and who else it may be."""

    verdict: str
    code: str
    words: dict[str, str] = field(default_factory=dict)
    record: Record | None = None
    candidates: tuple[tuple[Record, str, dict[str, str]], ...] = ()
    entry: GazetteerPlace | None = None

    @property
    def reason(self) -> dict[str, Any]:
        """The reason as a proposal keeps it."""
        others = [{"id": record.public_id, "code": code, "words": words} for record, code, words in self.candidates]
        return {"code": self.code, "words": self.words, "candidates": others}


def match_place(name: str, *, country: str = "", kind: str = "") -> Match:
    """A place by name, country and level; across scripts through its gazetteer id."""
    known = _places_called(name, country, kind)
    if len(known) == 1:
        return Match("same", "same-name", {"name": name}, known[0])
    if len(known) > 1:
        words = {"name": name, "known": ", ".join(_called(record) for record in known)}
        return Match("unsure", "unsure-namesakes", words, None, tuple((r, "same-name", words) for r in known))
    entries = [] if kind in {"region", "country"} else gazetteer_entries(name, country)
    return _match_entries(name, entries)


def _places_called(name: str, country: str, kind: str) -> list[Record]:
    bearing = Place.objects.filter(record__names__normal=normal(name)).distinct()
    rows = bearing.select_related("record").order_by("record_id")
    fitting = [row for row in rows if not (country and row.country and row.country != country)]
    return [row.record for row in fitting if _levels_agree(kind, row.kind)]


def _levels_agree(one: str, other: str) -> bool:
    """A region is not its town, nor a country its capital; town and district are not told apart."""
    wide = {"region", "country"}
    return not one or not other or one == other or not ({one, other} & wide)


def gazetteer_entries(name: str, country: str = "") -> list[GazetteerPlace]:
    """The gazetteer's places of this name in the country, the largest first."""
    script = GAZETTEER_SCRIPTS.get(script_of(name))
    entries = gazetteer.find_places(name, script) if script else []
    if not entries and script == "japanese":
        entries = gazetteer.find_places(name + "市", script)  # 江陵 for 江陵市
    return [entry for entry in entries if not country or entry.country == country]


def _match_entries(name: str, entries: list[GazetteerPlace]) -> Match:
    identifiers = {str(entry.geonames_id): entry for entry in entries}
    known = Identifier.objects.filter(scheme="geonames", identifier__in=identifiers).select_related("record")
    by_entry = {row.identifier: row.record for row in known}
    chosen = _dominant(entries)
    if chosen and str(chosen.geonames_id) in by_entry:
        record = by_entry[str(chosen.geonames_id)]
    elif len(by_entry) == 1 and len(entries) > 1:
        record = next(iter(by_entry.values()))  # of several namesakes it is the one that the office deals with
    else:
        return _new_place(name, entries, chosen)
    identifier = next(identifier for identifier, found in by_entry.items() if found == record)
    words = {"name": name, "known": _called(record), "identifier": identifier}
    return Match("same", "same-gazetteer", words, record)


def _new_place(name: str, entries: list[GazetteerPlace], chosen: GazetteerPlace | None) -> Match:
    if chosen:
        words = {"name": name, "known": f"{chosen.name} ({chosen.country})"}
        return Match("new", "new-place-listed", words, entry=chosen)
    if entries:
        listed = ", ".join(f"{entry.name} ({entry.country} {entry.division})" for entry in entries[:5])
        return Match("new", "unsure-namesakes", {"name": name, "known": listed})
    return Match("new", "new-place", {"name": name})


def _dominant(entries: list[GazetteerPlace]) -> GazetteerPlace | None:
    if not entries:
        return None
    if len(entries) == 1 or entries[0].population >= DOMINANCE * max(entries[1].population, 1):
        return entries[0]
    return None


def match_tie(places: Collection[Record]) -> Match:
    """The tie of two places, whichever is named first."""
    pair = sorted(place.pk for place in places)
    if len(set(pair)) != 2:
        return Match("new", "new-pair")
    row = Tie.objects.filter(place_a_id=pair[0], place_b_id=pair[1]).select_related("record").order_by("pk").first()
    return Match("same", "same-pair", {}, row.record) if row else Match("new", "new-pair")


def match_person(name: str, *, of: Record | None = None, post: str = "") -> Match:
    """A person by name and post; a name alone is never enough."""
    rows = _people_rows()
    equal = [record for record, known in rows if _same_words(name, known)]
    for record in equal:
        if _holds(record, of, post):
            return Match("same", "same-person", {"name": name}, record)
    if equal:
        words = {"name": name}
        return Match("unsure", "unsure-person-name", words, None, _as_candidates(equal, "unsure-person-name", words))
    initials = [(record, known) for record, known in rows if _initials_fit(name, known)]
    if initials:
        words = {"name": name, "known": initials[0][1]}
        found = [record for record, _ in initials]
        return Match("unsure", "unsure-person-initials", words, None, _as_candidates(found, "same-name", words))
    return _match_by_post(name, of, post)


def _people_rows() -> list[tuple[Record, str]]:
    return [(row.record, row.text) for row in Name.objects.filter(record__kind="person").select_related("record")]


def _same_words(one: str, other: str) -> bool:
    """Equal up to the order of given and family name; a single word is no full name."""
    words = sorted(normal(one).split())
    return words == sorted(normal(other).split())


def _initials_fit(one: str, other: str) -> bool:
    """“О. Н. Ветрова” and “Оксана Ветрова”: one word alike, and the others begin alike, at least one as an initial."""
    short, long = sorted((normal(one).split(), normal(other).split()), key=lambda words: sum(map(len, words)))
    shared = set(short) & set(long)
    rest_short, rest_long = [w for w in short if w not in shared], [w for w in long if w not in shared]
    if not any(len(word) > 2 for word in shared) or not rest_short or not rest_long:
        return False
    return len(rest_short[0]) == 1 and rest_long[0].startswith(rest_short[0])


def _holds(person: Record, of: Record | None, post: str) -> bool:
    held = PostHolding.objects.filter(person_id=person.pk)
    return (of is not None and held.filter(of_id=of.pk).exists()) or (bool(post) and held.filter(post=post).exists())


def _match_by_post(name: str, of: Record | None, post: str) -> Match:
    if of is not None and post:
        holders = PostHolding.objects.filter(of_id=of.pk, post=post, until="").select_related("person")
        others = {row.person.pk: row.person for row in holders if row.person}
        names = _names_of(others)
        foreign = [person for pk, person in others.items() if _other_script(name, names[pk])]
        if foreign:
            words = {"name": name, "known": _called(foreign[0])}
            return Match(
                "unsure", "unsure-person-post", words, None, _as_candidates(foreign, "unsure-person-post", words)
            )
    return Match("new", "new-person", {"name": name})


def _as_candidates(
    records: Iterable[Record], code: str, words: dict[str, str]
) -> tuple[tuple[Record, str, dict[str, str]], ...]:
    return tuple((record, code, words) for record in dict.fromkeys(records))


def match_organisation(name: str, *, place: Record | None = None) -> Match:
    """An organisation by its name; almost the same name is a question."""
    rows = Name.objects.filter(record__kind="organisation").select_related("record").order_by("pk")
    wanted = normal(name)
    near: list[tuple[Record, str]] = []
    for row in rows:
        if row.normal == wanted:
            return Match("same", "same-organisation", {"name": row.text}, row.record)
        if fuzz.token_sort_ratio(row.normal, wanted) >= ALMOST_SAME_NAME:
            near.append((row.record, row.text))
    if near:
        words = {"name": name, "known": near[0][1]}
        records = [record for record, _ in near]
        return Match(
            "unsure", "unsure-organisation", words, None, _as_candidates(records, "unsure-organisation", words)
        )
    return Match("new", "new-organisation", {"name": name})


def match_landmark(
    name: str,
    *,
    kind: str,
    place: Record | None,
    partner: Record | None = None,
    other_than: Collection[int] = (),
) -> Match:
    """A landmark by name and place; of the same kind for the same partner in another language is a question."""
    here = Landmark.objects.filter(place=place).exclude(record_id__in=other_than)
    rows = list(here.select_related("record")) if place else []
    names = _names_of([row.record_id for row in rows])
    wanted = normal(name)
    for row in rows:
        if any(known.normal == wanted for known in names[row.record_id]):
            return Match("same", "same-landmark", {"name": name}, row.record)
    near = [
        row.record
        for row in rows
        if any(fuzz.token_set_ratio(known.normal, wanted) >= SAME_TITLE for known in names[row.record_id])
        or (row.kind == kind and partner and row.partner_id == partner.pk and _other_script(name, names[row.record_id]))
    ]
    if near:
        words = {"name": name, "known": _called(near[0])}
        return Match("unsure", "unsure-landmark", words, None, _as_candidates(near, "unsure-landmark", words))
    return Match("new", "new-landmark", {"name": name})


def _names_of(ids: Collection[int]) -> dict[int, list[Name]]:
    found: dict[int, list[Name]] = {pk: [] for pk in ids}
    for row in Name.objects.filter(record_id__in=ids):
        found[row.record_id].append(row)
    return found


def _other_script(name: str, known: Collection[Name]) -> bool:
    return all(row.script != script_of(name) for row in known)


def match_activity(
    *,
    kind: str,
    title: str,
    language: str,
    when: str,
    places: Collection[Record],
    is_recurring: bool = False,
    other_than: Collection[int] = (),
) -> Match:
    """An activity by kind, partner and days; the title decides between rounds, another language leaves it to days.

    `other_than` are keys of records that it is not: what one page tells apart is not one.
    """
    partners = _partners(places)
    if not partners or not kind:
        return Match("new", "new-activity")
    rows = (
        Activity.objects.filter(kind=kind, place_rows__place__in=partners)
        .filter(Q(when="") | _overlaps(when))
        .exclude(record_id__in=other_than)
        .select_related("record")
        .distinct()
        .order_by("-when_first", "pk")[:CANDIDATES_LOOKED_AT]
    )
    near: list[Record] = []
    for row in rows:
        likeness = _likeness(row, title, language)
        if is_recurring == row.is_recurring and _is_same_event(row.when, when, likeness):
            code = "same-activity" if likeness else "same-event-elsewhere"
            return Match("same", code, {"known": _called(row.record)}, row.record)
        if _may_be_same(row, when, likeness, is_recurring):
            near.append(row.record)
    if near:
        words = {"known": _called(near[0])}
        return Match("unsure", "unsure-activity", words, None, _as_candidates(near, "unsure-activity", words))
    return Match("new", "new-activity")


def _may_be_same(row: Activity, when: str, likeness: float | None, is_recurring: bool) -> bool:
    """Whether a person should look: dates do not exclude it, or both are programmes of this kind with this partner
    (school exchange since 1989, since 1994)."""
    if _lasts(when, is_recurring) and _lasts(row.when, row.is_recurring):
        return True  # other words and another year may still mean it; accepted as new, the contradiction would be lost
    if likeness is not None and likeness < CLOSE_TITLE:
        return False
    return not row.when or not when or agree(row.when, when)


def _lasts(when: str, is_recurring: bool) -> bool:
    """Whether it is a programme: said to recur, or to go on from a year."""
    return is_recurring or when.endswith("/..")


def _partners(places: Collection[Record]) -> list[Record]:
    """The places that tell one activity from another: not the office's own city, where others are named."""
    home = set(Place.objects.filter(is_home=True).values_list("record_id", flat=True))
    return [place for place in places if place.pk not in home] or list(places)


def _overlaps(when: str) -> Q:
    if not when:
        return Q()
    first, last = span_of(when)
    return (Q(when_first=None) | Q(when_first__lte=last)) & (Q(when_last=None) | Q(when_last__gte=first))


def _is_same_event(one: str, other: str, likeness: float | None) -> bool:
    """Whether two dates are so close that one event must be meant: with titles alike a month will do, without
    titles to compare only days do. An open interval is one where it begins alike and its titles are alike."""
    if not one or not other or not agree(one, other):
        return False
    if likeness is not None and likeness < SAME_TITLE:
        return False
    if one == other and "/.." in one:
        return likeness is not None
    longest = DAYS_OF_ONE_EVENT if likeness is not None else DAYS_WITHOUT_TITLE
    return all((last - first).days <= longest for first, last in map(span_of, (one, other)))


def _likeness(row: Activity, title: str, language: str) -> float | None:
    """How alike the titles are (0 to 100), or None where no two are in one language."""
    known = row.title.get(language)
    return fuzz.token_set_ratio(normal(known), normal(title)) if known and title else None


def _called(record: Record) -> str:
    label = record.label
    return str(label.get("en") or next(iter(label.values()), record.public_id))
