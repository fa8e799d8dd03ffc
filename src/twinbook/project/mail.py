"""The office's mail server, by one setting, and the letters that the worker sends through it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import unquote, urlsplit

from twinbook.project.environment import SettingError, text

PORTS = {"smtps": 465, "smtp": 587, "smtp+plain": 25}
SECONDS = 20


def mail_settings() -> dict[str, object]:
    """Django's settings of TWINBOOK_MAIL: `smtps://`, `smtp://` (STARTTLS) or `smtp+plain://`, then
    `user:word@host:port`; none where it is empty."""
    address = text("TWINBOOK_MAIL")
    if not address:
        return {}
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname or not text("TWINBOOK_MAIL_FROM"):
        raise SettingError(
            "TWINBOOK_MAIL takes smtps://user:word@host:port, smtp://… or smtp+plain://…, and needs TWINBOOK_MAIL_FROM."
            " See docs/reference/settings.md"
        )
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_TIMEOUT": SECONDS,
        "DEFAULT_FROM_EMAIL": text("TWINBOOK_MAIL_FROM"),
        "DESK_SENDS_MAIL": True,
    }


def send_due(*, at: datetime) -> int:
    """Send the day's reminders; how many letters went out. None where no mail server is set."""
    from django.conf import settings  # here, since settings import this module
    from django.core.mail import EmailMessage
    from django.utils import timezone, translation

    from twinbook.register.desk.letters import letter
    from twinbook.register.queries.reminders import Due, Recipient
    from twinbook.register.workflow.remind import send_reminders

    if not getattr(settings, "DESK_SENDS_MAIL", False):
        return 0

    def send(to: Recipient, lines: Sequence[Due]) -> None:
        with translation.override(settings.TWINBOOK_MAIL_LANGUAGE):
            subject, body = letter(lines, desk=settings.TWINBOOK_DESK)
        EmailMessage(subject, body, to=[to.address], headers={"Auto-Submitted": "auto-generated"}).send()

    return send_reminders(today=timezone.localtime(at).date(), at=at, send=send)
