"""Accounts → the plain values that pages show, each with the statements it comes from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any

from twinbook.register.models import Record, Source
from twinbook.register.queries.accounts import Accounts
from twinbook.register.queries.dates import when
from twinbook.register.queries.seen import SOURCE_COLUMNS, Seen, source_line_of
from twinbook.register.queries.telling import Account, root_id
from twinbook.register.queries.values import (
    ActivityShown,
    AgreementShown,
    CommitmentShown,
    DisputeShown,
    GiftShown,
    LandmarkShown,
    NameShown,
    OrganisationShown,
    Participant,
    PersonShown,
    PlaceShown,
    PostShown,
    Shown,
    SourceLine,
    Stated,
    StepShown,
    Thing,
    TieShown,
    When,
    Words,
)


def source_line(source: Source) -> SourceLine:
    """A source for a list or a footnote."""
    return source_line_of(*(getattr(source, name) for name in SOURCE_COLUMNS))


def thing_of(record: Record) -> Thing:
    """A record by name."""
    return Thing(record.public_id, record.kind, record.label)


class Showing:
    """The records of some accounts as plain values. One query for the records, one for those they name."""

    def __init__(self, accounts: Accounts, *, home: Collection[int] = ()) -> None:
        self.accounts = accounts
        self.home = set(home)
        self.records: dict[int, Record] = {}
        self._steps: dict[int, list[int]] = {}
        self._posts: dict[int, list[int]] = {}
        self._load()

    def _load(self) -> None:
        wanted = set(self.accounts.by_id)
        for account in self.accounts.by_id.values():
            wanted |= {pk for name, pk in account.columns.items() if name.endswith("_id") and pk}
            wanted |= {target for links in account.links.values() for target, _ in links}
            for statements in account.sorted.values():
                wanted |= {s.target_id for s in statements if s.target_id} | {
                    s.view_id for s in statements if s.view_id
                }
        ends = {self.accounts.canonical.get(pk, pk) for pk in wanted}
        self.records = {record.pk: record for record in Record.objects.filter(pk__in=ends)}
        for pk, account in self.accounts.items():
            if account.kind == "step":
                self._steps.setdefault(account.columns["tie_id"], []).append(pk)
            elif account.kind == "holding":
                self._posts.setdefault(account.columns["person_id"], []).append(pk)

    def thing(self, pk: int | None) -> Thing | None:
        """A record that a row names."""
        end = self.accounts.canonical.get(pk, pk) if pk else None
        record = self.records.get(end) if end else None
        if record is None:
            return None
        return Thing(record.public_id, record.kind, self.label(record))

    def label(self, record: Record) -> Words:
        """A record's name as of the day that is shown, where its account is here; else as it is now."""
        account = self.accounts.get(record.pk)
        return account.label if account else record.label

    def _sides(self, account: Account) -> list[int]:
        """A tie's places, the office's own first."""
        places = [place for place, _ in account.links.get("places", ())]
        return sorted(places, key=lambda place: (place not in self.home, place))

    def shown(self, pk: int) -> Shown | None:
        """The record as its kind's value; None where nothing stands about it."""
        account, record = self.accounts.get(pk), self.records.get(pk)
        if account is None or record is None:
            return None
        common = {
            "id": record.public_id,
            "kind": account.kind,
            "label": self.label(record),
            "version": record.version,
            "visibility": account.visibility,
            "stated": self._stated(account),
            "note": account.columns.get("note", {}),
        }
        return _MAKERS[account.kind](self, pk, account, common)

    def all(self, kind: str) -> list[Any]:
        """All records of a kind, in the order they were made."""
        of_kind = [pk for pk, account in sorted(self.accounts.items()) if account.kind == kind]
        return [shown for pk in of_kind if (shown := self.shown(pk))]

    def _stated(self, account: Account) -> dict[str, tuple[Stated, ...]]:
        return {name: tuple(self.stated(s, account) for s in found) for name, found in account.sorted.items()}

    def stated(self, statement: Seen, account: Account | None) -> Stated:
        """One statement as a value; `account` says whether the row tells it."""
        is_told = account is not None and statement.id in account.told
        withdrawn = statement.withdrawn_by
        return Stated(
            id=statement.id,
            record=statement.record.public_id,
            property=statement.property,
            value=statement.value,
            thing=self.thing(statement.target_id),
            language=statement.language,
            qualifiers=statement.qualifiers,
            as_written=statement.as_written,
            quote=statement.quote,
            prefix=statement.prefix,
            suffix=statement.suffix,
            start=statement.start,
            end=statement.end,
            also=tuple((start, end) for start, end, _ in statement.also),
            more=tuple(quote for _, _, quote in statement.also),
            said_by=statement.said_by,
            view=self.thing(statement.view_id),
            source=statement.source,
            read_by=statement.read_by,
            rank=statement.rank,
            decision=statement.decision.public_id,
            decided_by=statement.decision.by,
            decided_at=statement.decision.at,
            first_seen=statement.first_seen,
            last_seen=statement.last_seen,
            is_told=is_told,
            is_preferred=root_id(statement) in self.accounts.preferred,
            withdrawn_at=withdrawn.at if withdrawn else None,
            withdrawn_by=withdrawn.public_id if withdrawn else "",
        )

    def disputes(self, pks: Iterable[int], *, only_open: bool = False) -> tuple[DisputeShown, ...]:
        """Properties of these records for which statements exclude each other."""
        found = []
        for pk in pks:
            account, thing = self.accounts.get(pk), self.thing(pk)
            if account is None or thing is None:
                continue
            for name, is_open in account.disputes.items():
                if is_open or not only_open:
                    sides = tuple(self.stated(s, account) for s in account.sorted[name])
                    found.append(DisputeShown(thing, name, is_open, sides))
        return tuple(found)

    def steps_of(self, tie: int) -> tuple[StepShown, ...]:
        steps = [self.shown(pk) for pk in self._steps.get(tie, ())]
        return tuple(sorted((s for s in steps if isinstance(s, StepShown)), key=lambda s: first_day(s.date)))

    def posts_of(self, person: int) -> tuple[PostShown, ...]:
        posts = [post for pk in self._posts.get(person, ()) if isinstance(post := self.shown(pk), PostShown)]
        return tuple(sorted(posts, key=lambda post: first_day(post.since or post.seen_on), reverse=True))


def first_day(told: When | None) -> date:
    """For sorting: the first possible day, and the beginning of time for what has none."""
    return (told and (told.first or told.last)) or date.min


Common = Mapping[str, Any]


def _names(account: Account) -> tuple[NameShown, ...]:
    shown = [
        NameShown(n["text"], n["language"], n["script"], n["kind"], when(n["since"]), when(n["until"]))
        for n in account.names
    ]
    return tuple(dict.fromkeys(shown))


def _place(showing: Showing, pk: int, account: Account, common: Common) -> PlaceShown:
    c = account.columns
    return PlaceShown(
        **common,
        place_kind=c["kind"],
        country=c["country"],
        latitude=c["latitude"],
        longitude=c["longitude"],
        is_home=c["is_home"],
        within=showing.thing(c["within_id"]),
        names=_names(account),
        identifiers=dict(account.identifiers),
    )


def _step(showing: Showing, pk: int, account: Account, common: Common) -> StepShown:
    c = account.columns
    return StepShown(
        **common,
        tie=showing.thing(c["tie_id"]) or Thing("", "tie", {}),
        step_kind=c["kind"],
        date=when(c["date"]),
        basis=c["basis"],
        decider=c["decider"],
        side=showing.thing(c["side_id"]),
        level=c["level"],
        agreement=showing.thing(c["agreement_id"]),
        is_firm=c["is_firm"],
        title=c["title"],
    )


def _agreement(showing: Showing, pk: int, account: Account, common: Common) -> AgreementShown:
    c = account.columns
    return AgreementShown(
        **common,
        tie=showing.thing(c["tie_id"]),
        agreement_kind=c["kind"],
        title=c["title"],
        signed_on=when(c["signed_on"]),
        valid_until=when(c["valid_until"]),
        signed_in=showing.thing(c["signed_in_id"]),
        approved_by=c["approved_by"],
        original_at=c["original_at"],
        signatories=tuple(thing for who, _ in account.links.get("signatories", ()) if (thing := showing.thing(who))),
        renewal=c["renewal"],
    )


def _tie(showing: Showing, pk: int, account: Account, common: Common) -> TieShown:
    c = account.columns
    nobody = Thing("", "place", {})
    sides = [showing.thing(place) or nobody for place in showing._sides(account)] + [nobody, nobody]
    return TieShown(
        **common,
        places=(sides[0], sides[1]),
        claimed_kind=c["kind"],
        level=c["level"],
        state=c["state"],
        since=when(c["since"]),
        has_open_question=c["has_open_question"],
        steps=showing.steps_of(pk),
    )


def _activity(showing: Showing, pk: int, account: Account, common: Common) -> ActivityShown:
    c = account.columns
    return ActivityShown(
        **common,
        activity_kind=c["kind"],
        title=c["title"],
        areas=tuple(c["areas"]),
        status=c["status"],
        when=when(c["when"]),
        is_recurring=c["is_recurring"],
        places=tuple(thing for place in showing._sides(account) if (thing := showing.thing(place))),
        participants=tuple(
            Participant(thing, role)
            for who, role in account.links.get("participants", ())
            if (thing := showing.thing(who))
        ),
        programme=showing.thing(c["programme_id"]),
        edition=c["edition"],
        people_out=c["people_out"],
        people_in=c["people_in"],
        cost=c["cost"],
        currency=c["currency"],
        operator=c["operator"],
        season=c["season"],
        topics=tuple((topic["language"], topic["text"]) for topic in c["topics"]),
        said=common["stated"].get("said", ()),
    )


def _commitment(showing: Showing, pk: int, account: Account, common: Common) -> CommitmentShown:
    c = account.columns
    return CommitmentShown(
        **common,
        tie=showing.thing(c["tie_id"]),
        activity=showing.thing(c["activity_id"]),
        what=c["what"],
        side=showing.thing(c["side_id"]),
        owner=c["owner"],
        due=when(c["due"]),
        state=c["state"],
        proof=showing.thing(c["proof_id"]),
        possible_proof=None,
        why_proof=None,
    )


def _person(showing: Showing, pk: int, account: Account, common: Common) -> PersonShown:
    c = account.columns
    return PersonShown(
        **common,
        person_class=c["person_class"],
        names=_names(account),
        salutation=c["salutation"],
        pronunciation=c["pronunciation"],
        posts=showing.posts_of(pk),
        said=common["stated"].get("said", ()),
    )


def _post(showing: Showing, pk: int, account: Account, common: Common) -> PostShown:
    c = account.columns
    return PostShown(
        **common,
        person=showing.thing(c["person_id"]) or Thing("", "person", {}),
        post=c["post"],
        title=c["title"],
        of=showing.thing(c["of_id"]),
        since=when(c["since"]),
        until=when(c["until"]),
        seen_on=when(c["seen_on"]),
    )


def _organisation(showing: Showing, pk: int, account: Account, common: Common) -> OrganisationShown:
    c = account.columns
    return OrganisationShown(
        **common,
        organisation_kind=c["kind"],
        place=showing.thing(c["place_id"]),
        names=_names(account),
        said=common["stated"].get("said", ()),
    )


def _landmark(showing: Showing, pk: int, account: Account, common: Common) -> LandmarkShown:
    c = account.columns
    return LandmarkShown(
        **common,
        landmark_kind=c["kind"],
        place=showing.thing(c["place_id"]),
        partner=showing.thing(c["partner_id"]),
        honours=c["honours"],
        since=when(c["since"]),
        latitude=c["latitude"],
        longitude=c["longitude"],
        names=_names(account),
    )


def _gift(showing: Showing, pk: int, account: Account, common: Common) -> GiftShown:
    c = account.columns
    return GiftShown(
        **common,
        title=c["title"],
        given_by=showing.thing(c["given_by_id"]),
        given_to=showing.thing(c["given_to_id"]),
        occasion=showing.thing(c["occasion_id"]),
        when=when(c["when"]),
        kept_at=c["kept_at"],
    )


_MAKERS: dict[str, Callable[[Showing, int, Account, Common], Shown]] = {
    "place": _place,
    "tie": _tie,
    "step": _step,
    "agreement": _agreement,
    "activity": _activity,
    "commitment": _commitment,
    "person": _person,
    "holding": _post,
    "organisation": _organisation,
    "landmark": _landmark,
    "gift": _gift,
}
