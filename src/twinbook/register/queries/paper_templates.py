"""The city's own forms of papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from twinbook.register.models import PaperTemplate


@dataclass(frozen=True)
class TemplateLine:
    """One form in the list; `is_used`: the newest of its publication and language."""

    id: str
    publication: str
    language: str
    name: str
    size: int
    made_by: str
    made_at: datetime
    is_used: bool


def templates() -> tuple[TemplateLine, ...]:
    """All forms, the newest first."""
    rows = PaperTemplate.objects.select_related("made_by").order_by("-made_at", "-pk")
    used: set[tuple[str, str]] = set()
    found = []
    for row in rows:
        key = (row.publication, row.language)
        by = row.made_by.get_full_name() or row.made_by.get_username()
        found.append(TemplateLine(row.public_id, *key, row.name, len(row.raw), by, row.made_at, key not in used))
        used.add(key)
    return tuple(found)


def template_for(publication: str, language: str) -> bytes | None:
    """The form in use; None where the city has none."""
    rows = PaperTemplate.objects.filter(publication=publication, language=language).order_by("-made_at", "-pk")
    row = rows.first()
    return bytes(row.raw) if row else None


def template(public_id: str) -> tuple[str, bytes] | None:
    """A form's name and bytes."""
    row = PaperTemplate.objects.filter(public_id=public_id).first()
    return (row.name, bytes(row.raw)) if row else None
