"""The city's own forms of papers: one in use for a publication and language; the ones before it are kept, and serve
again when the newest is taken away."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User

from twinbook.register.models import PaperTemplate
from twinbook.register.workflow.errors import NotFoundError
from twinbook.register.workflow.permission import need
from twinbook.register.workflow.record import storable, writing


def keep_template(raw: bytes, *, publication: str, language: str, name: str, by: User, at: datetime) -> str:
    """A form that was checked; from now on papers of that publication and language are printed with it."""
    need(by, "templates")
    made = PaperTemplate.objects.create(
        publication=publication, language=language, name=storable(name).strip()[:200], raw=raw, made_by=by, made_at=at
    )
    return made.public_id


def discard_template(template: str, *, by: User, at: datetime) -> None:
    """Take a form away: the one before it serves, or the program's own."""
    need(by, "templates")
    with writing():
        if not PaperTemplate.objects.filter(public_id=template).delete()[0]:
            raise NotFoundError(f"no template {template}", id=template)
