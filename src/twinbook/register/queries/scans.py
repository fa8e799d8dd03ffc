"""Kept scans: one to be given out, and the media type that its bytes have."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from twinbook.register.models import Source


@dataclass(frozen=True)
class KeptScan:
    """A scan's bytes with its name and media type, as they were kept."""

    name: str
    media: str
    raw: bytes

    @property
    def disposition(self) -> str:
        """The header that makes a browser save the file under its own name, in any script (RFC 6266)."""
        return f"attachment; filename*=UTF-8''{quote(self.name, safe='')}"


def scan(source: str) -> KeptScan | None:
    """The scan of an id; None where there is none."""
    found = Source.objects.filter(public_id=source, kind="scan").values_list("name", "declared", "raw").first()
    if found is None:
        return None
    name, media, raw = found
    return KeptScan(name, media, bytes(raw))
