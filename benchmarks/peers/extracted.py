"""The story of a page as one would get it today: trafilatura's text of HTML, plain text as it is."""

from __future__ import annotations


def text_of(raw: bytes, name: str) -> str:
    if not name.endswith(".html"):
        return raw.decode("utf-8", "replace")
    import trafilatura  # here, since plain stories do without it

    return trafilatura.extract(raw, include_comments=False) or ""
