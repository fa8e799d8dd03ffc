"""Counts by named rules: each number says what was counted and opens its list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from twinbook.register.models import Activity, Commitment, Dispute, Landmark, Person, Statement, Tie
from twinbook.register.queries.lists import home_places, things
from twinbook.register.queries.revision import kept
from twinbook.register.queries.values import Thing, Words

LISTED = 200  # things of a count that are named; a register may hold a million
Pks = QuerySet[Any, int]


@dataclass(frozen=True)
class Rule:
    """A rule of counting: its code, its name and its definition by language."""

    code: str
    label: Words
    definition: Words


@dataclass(frozen=True)
class Count:
    """A number, the rule it was counted by, and what was counted: the first of them where they are many."""

    rule: Rule
    number: int
    things: tuple[Thing, ...]

    @property
    def more(self) -> int:
        """How many were counted and are not named here."""
        return self.number - len(self.things)


def _own_ties() -> Q:
    home = home_places()
    return Q(place_a_id__in=home) | Q(place_b_id__in=home) if home else Q()


def _ties(*levels: str) -> Pks:
    chosen = Tie.objects.filter(_own_ties(), level__in=levels, state="active")
    return chosen.order_by("since_first", "pk").values_list("pk", flat=True)


def _sister_cities() -> Pks:
    return _ties("sister_city")


def _lasting_ties() -> Pks:
    return _ties("sister_city", "friendship", "partner")


def _ties_ever() -> Pks:
    chosen = Tie.objects.filter(_own_ties()).exclude(state__in=("contact", "intent", "unknown"))
    return chosen.order_by("since_first", "pk").values_list("pk", flat=True)


def _suspended() -> Pks:
    chosen = Tie.objects.filter(_own_ties(), state__in=("suspended", "ended"))
    return chosen.order_by("pk").values_list("pk", flat=True)


def _activities(**columns: str) -> Pks:
    return Activity.objects.filter(**columns).order_by("-when_first", "pk").values_list("pk", flat=True)


def _done() -> Pks:
    return _activities(status="done")


def _ahead() -> Pks:
    return _activities(status="planned")


def _running() -> Pks:
    return _activities(status="ongoing")


def _landmarks() -> Pks:
    return Landmark.objects.order_by("pk").values_list("pk", flat=True)


def _people() -> Pks:
    return Person.objects.filter(person_class="official").order_by("pk").values_list("pk", flat=True)


def _open_promises() -> Pks:
    return Commitment.objects.filter(state="open").order_by("due_last", "pk").values_list("pk", flat=True)


def _open_disputes() -> Pks:
    return Dispute.objects.filter(is_open=True).order_by("record_id").values_list("record_id", flat=True)


RULES: dict[str, tuple[Rule, Callable[[], Pks]]] = {}


def _add(code: str, counted: Callable[[], Pks], label: Words, definition: Words) -> None:
    RULES[code] = (Rule(code, label, definition), counted)


_add(
    "sister-cities",
    _sister_cities,
    {"en": "sister cities", "ru": "города-побратимы", "ja": "姉妹都市"},
    {
        "en": "Ties of our city at the level sister city whose state is active; suspended and ended ones are left out.",
        "ru": "Связи города уровня «побратимы» в состоянии «действует»; приостановленные и прекращённые не считаются.",
        "ja": "当市の姉妹都市提携のうち、現在有効なもの。停止・終了した提携は含まない。",
    },
)
_add(
    "lasting-ties",
    _lasting_ties,
    {"en": "active ties", "ru": "действующие связи", "ja": "有効な提携"},
    {
        "en": "Sister cities, friendship cities and partners whose state is active; contacts and intents are left out.",
        "ru": "Побратимы, дружественные города и партнёры с действующими связями; контакты и намерения не считаются.",
        "ja": "姉妹都市・友好都市・パートナーのうち有効なもの。交流の打診や意向書のみのものは含まない。",
    },
)
_add(
    "ties-ever",
    _ties_ever,
    {"en": "ties ever made", "ru": "связи за всё время", "ja": "これまでの提携"},
    {
        "en": "Ties that were ever agreed, whatever became of them.",
        "ru": "Все когда-либо установленные связи, что бы с ними ни стало.",
        "ja": "これまでに結ばれたすべての提携(現在の状態を問わない)。",
    },
)
_add(
    "suspended-or-ended",
    _suspended,
    {"en": "suspended or ended ties", "ru": "приостановленные и прекращённые связи", "ja": "停止・終了した提携"},
    {
        "en": "Ties whose last firm step is a pause or an end.",
        "ru": "Связи, последний состоявшийся шаг которых — пауза или прекращение.",
        "ja": "最後の確定した段階が停止または終了である提携。",
    },
)
_add(
    "activities-done",
    _done,
    {"en": "activities held", "ru": "состоявшиеся мероприятия", "ja": "実施済みの交流事業"},
    {
        "en": "Activities whose status is done by the newest source.",
        "ru": "Мероприятия, состоявшиеся по самому новому источнику.",
        "ja": "最新の出典で「実施済み」とされる交流事業。",
    },
)
_add(
    "activities-ahead",
    _ahead,
    {"en": "activities planned", "ru": "запланированные мероприятия", "ja": "予定されている交流事業"},
    {
        "en": "Activities whose status is planned.",
        "ru": "Мероприятия со статусом «запланировано».",
        "ja": "「予定」とされる交流事業。",
    },
)
_add(
    "activities-running",
    _running,
    {"en": "standing programmes", "ru": "постоянные программы", "ja": "継続中の交流事業"},
    {
        "en": "Activities that run now or every year by the newest source.",
        "ru": "Мероприятия, которые идут сейчас или каждый год по самому новому источнику.",
        "ja": "最新の出典で「継続中」とされる交流事業。",
    },
)
_add(
    "landmarks",
    _landmarks,
    {"en": "landmarks", "ru": "памятные места", "ja": "ゆかりの場所"},
    {
        "en": "Streets, squares, gardens, monuments and buildings named for a partner or given by one.",
        "ru": "Улицы, площади, скверы, памятники и здания, названные в честь партнёра или подаренные им.",
        "ja": "提携先にちなむ、または提携先から贈られた通り・広場・庭園・記念碑・建物。",
    },
)
_add(
    "officials",
    _people,
    {"en": "officials", "ru": "должностные лица", "ja": "公職者"},
    {
        "en": "People classed as officials.",
        "ru": "Люди, отнесённые к должностным лицам.",
        "ja": "公職者に分類された人物。",
    },
)
_add(
    "promises-open",
    _open_promises,
    {"en": "open promises", "ru": "открытые договорённости", "ja": "未履行の約束"},
    {
        "en": "Commitments that are neither kept, nor dropped, nor overtaken.",
        "ru": "Обязательства, которые не выполнены, не сняты и не заменены другими.",
        "ja": "履行も取下げも代替もされていない約束。",
    },
)
_add(
    "contradictions-open",
    _open_disputes,
    {"en": "open contradictions", "ru": "нерешённые противоречия", "ja": "未解決の食い違い"},
    {
        "en": "Properties for which statements exclude each other and nobody has preferred one.",
        "ru": "Свойства, о которых утверждения исключают друг друга и ни одно не предпочтено.",
        "ja": "記述が互いに矛盾し、まだ採用が決められていない項目。",
    },
)


def rules() -> tuple[Rule, ...]:
    """The rules by which the register counts."""
    return tuple(rule for rule, _ in RULES.values())


def count(rule: str) -> Count:
    """The number by a rule, with its list; ValueError names the rules there are."""
    if rule not in RULES:
        raise ValueError(f"no rule {rule!r}; known: {', '.join(RULES)}")
    found, counted = RULES[rule]
    pks = counted()
    first = list(pks[:LISTED])
    return Count(found, pks.count() if len(first) == LISTED else len(first), things(first))


@kept
def figures() -> tuple[Count, ...]:
    """All numbers."""
    return tuple(count(code) for code in RULES)


def statements_standing() -> int:
    """How many statements stand in the whole register."""
    return Statement.objects.filter(withdrawn_by=None).count()
