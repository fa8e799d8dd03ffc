"""The register's tables: shapes and constraints, nothing else."""

from twinbook.register.models.account import (
    AccessCut,
    AccessEntry,
    Account,
    Erasure,
    RecoveryCode,
    SecondFactor,
    Tombstone,
)
from twinbook.register.models.activity import Activity, ActivityPlace, Commitment, Participation
from twinbook.register.models.calendar_link import CalendarLink
from twinbook.register.models.landmark import Gift, Landmark
from twinbook.register.models.paper import KeptPaper, PaperTemplate, PlanLine
from twinbook.register.models.person import Organisation, Person, PostHolding
from twinbook.register.models.place import Name, Place
from twinbook.register.models.record import Dispute, Identifier, Record, SearchToken
from twinbook.register.models.review import Decision, Merge, Preference, Proposal, Revision
from twinbook.register.models.source import Source, SourceBand, SourceTwin
from twinbook.register.models.statement import Backing, Statement
from twinbook.register.models.tie import Agreement, Tie, TieStep
from twinbook.register.models.visit import Visit, VisitCost, VisitHour, VisitParticipant, VisitRules, VisitTask
from twinbook.register.models.watch import Reminder, Watch, WatchCheck, WatchedEntry, WatchedHost

__all__ = [
    "AccessCut",
    "AccessEntry",
    "Account",
    "Activity",
    "ActivityPlace",
    "Agreement",
    "Backing",
    "CalendarLink",
    "Commitment",
    "Decision",
    "Dispute",
    "Erasure",
    "Gift",
    "Identifier",
    "KeptPaper",
    "Landmark",
    "Merge",
    "Name",
    "Organisation",
    "PaperTemplate",
    "Participation",
    "Person",
    "Place",
    "PlanLine",
    "PostHolding",
    "Preference",
    "Proposal",
    "Record",
    "RecoveryCode",
    "Reminder",
    "Revision",
    "SearchToken",
    "SecondFactor",
    "Source",
    "SourceBand",
    "SourceTwin",
    "Statement",
    "Tie",
    "TieStep",
    "Tombstone",
    "Visit",
    "VisitCost",
    "VisitHour",
    "VisitParticipant",
    "VisitRules",
    "VisitTask",
    "Watch",
    "WatchCheck",
    "WatchedEntry",
    "WatchedHost",
]
