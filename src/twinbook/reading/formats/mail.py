"""Mail (EML, MBOX) and saved pages (MHTML) as pages: the message's body, then each attachment that holds text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

from twinbook.reading.formats.html import read_html
from twinbook.reading.formats.lines import nothing, page_of_lines, text_troubles, unwrapped
from twinbook.reading.page import Page, clean_text, decode_page

ReadPart = Callable[[bytes, str], list[Page]]
MOST_MESSAGES, MOST_PARTS, DEEPEST = 500, 100, 6
MESSAGE_START = re.compile(rb"^From .{0,200}\r?\n", re.MULTILINE)
HEADER = re.compile(
    rb"(?:received|from|to|cc|subject|date|mime-version|message-id|return-path|delivered-to|reply-to|sender|content-type"
    rb"|x-[\w-]{1,40}|dkim-signature|list-[\w-]{1,20}|snapshot-content-location)[ \t]{0,3}:",
    re.IGNORECASE,
)
READABLE = re.compile(r"\.(?:pdf|docx|odt|html?|txt|eml|mht|mhtml)\Z", re.IGNORECASE)


def is_mail(raw: bytes) -> bool:
    """Whether the bytes begin with header lines of a message."""
    lines = raw[:4096].lstrip().split(b"\n")[:12]
    if lines and lines[0].startswith(b"From ") and len(lines) > 1:
        lines = lines[1:]
    return bool(lines) and HEADER.match(lines[0]) is not None and sum(bool(HEADER.match(line)) for line in lines) >= 2


def is_mailbox(raw: bytes) -> bool:
    return raw.startswith(b"From ") and is_mail(raw)


def letters_of(raw: bytes) -> list[tuple[int, int]]:
    """Where each letter of a mailbox stands in its bytes, without the line that parts it from the one before."""
    found = [match for match in MESSAGE_START.finditer(raw) if _begins_message(raw, match.start())]
    ends = [match.start() for match in found[1:]]
    return [(match.end(), end) for match, end in zip(found, [*ends, len(raw)], strict=True)] if is_mailbox(raw) else []


def read_mailbox(raw: bytes, read_part: ReadPart) -> list[Page]:
    """The pages of every message in the mailbox, in order; never raises."""
    letters = letters_of(raw)
    pages = [page for start, end in letters[:MOST_MESSAGES] for page in read_mail(raw[start:end], read_part)]
    if len(letters) > MOST_MESSAGES:
        pages.append(nothing("text-cut", f"read {MOST_MESSAGES} of {len(letters)} messages"))
    return pages or [nothing("file-broken", "a mailbox without messages")]


def _begins_message(raw: bytes, at: int) -> bool:
    return at == 0 or raw[max(0, at - 4) : at].replace(b"\r", b"").endswith(b"\n\n")


def read_mail(raw: bytes, read_part: ReadPart, depth: int = 0) -> list[Page]:
    """The message's body as a page, then those of its attachments; never raises."""
    try:
        message = BytesParser(policy=policy.default).parsebytes(raw)
        return _pages(message, read_part, depth)
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError) as error:
        # The standard library's parser still stumbles over hostile headers and boundaries.
        return [nothing("file-broken", f"the message cannot be read: {type(error).__name__}: {error}"[:300])]


def _pages(message: EmailMessage | Message, read_part: ReadPart, depth: int) -> list[Page]:
    if depth > DEEPEST:
        return [nothing("text-cut", "messages attached to messages, too deep to follow")]
    plain: Page | None = None
    rich: Page | None = None
    attached: list[Page] = []
    for number, part in enumerate(_leaves(message)):
        if number >= MOST_PARTS:
            attached.append(nothing("text-cut", f"read {MOST_PARTS} parts of the message"))
            break
        kind, name = part.get_content_type(), _header(part.get_filename)
        if kind == "message/rfc822":
            inner = part.get_payload(0) if part.is_multipart() else None
            attached += _pages(inner, read_part, depth + 1) if isinstance(inner, Message) else []
            continue
        payload = _payload(part)
        if part.get_content_disposition() == "attachment" or (name and READABLE.search(name)):
            if READABLE.search(name or ""):
                attached += read_part(payload, name or "")
        elif kind == "text/html" and rich is None:
            rich = _html(payload, part)
        elif kind == "text/plain" and plain is None:
            plain = _plain(payload, part)
    body = rich if rich and rich.text else plain or rich
    if body is None and attached:
        return attached
    body = body or nothing("no-text", "the message holds no text")
    subject = clean_text(_header(lambda: str(message["subject"] or ""))).text.strip() or None
    title = body.title if message.get("snapshot-content-location") and body.title else subject or body.title
    return [replace(body, title=title, published=body.published or _sent_on(message)), *attached]


def _leaves(message: EmailMessage | Message) -> list[Message]:
    """Parts that hold something, in order; attached messages are not opened."""
    found: list[Message] = []
    waiting: list[Message] = [message]
    while waiting and len(found) <= MOST_PARTS:
        part = waiting.pop()
        if part.get_content_type() != "message/rfc822" and part.is_multipart():
            waiting += reversed([inner for inner in part.get_payload() if isinstance(inner, Message)])
        else:
            found.append(part)
    return found


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _html(payload: bytes, part: Message) -> Page:
    decoded = decode_page(payload, declared=_header(part.get_content_charset))
    address = _header(lambda: str(part.get("content-location") or "")) or None
    page = read_html(decoded.text, address=address)
    return replace(page, troubles=(*page.troubles, *text_troubles(page.text, decoded.unreadable)))


def _plain(payload: bytes, part: Message) -> Page:
    decoded = decode_page(payload, declared=_header(part.get_content_charset))
    lines = unwrapped(clean_text(decoded.text).text).splitlines()
    page = page_of_lines(("line", line) for line in lines)
    return replace(page, troubles=text_troubles(page.text, decoded.unreadable))


def _sent_on(message: EmailMessage | Message) -> str | None:
    """The day in the Date header, as the sender's clock had it."""
    try:
        sent = parsedate_to_datetime(str(message["date"] or ""))
    except (ValueError, TypeError, IndexError, AttributeError, LookupError, OverflowError):
        return None
    return sent.date().isoformat() if isinstance(sent, datetime) and 1990 <= sent.year <= 2100 else None


def _header(ask: Callable[[], str | None]) -> str:
    """A header's value, or nothing where the standard library cannot parse it."""
    try:
        return ask() or ""
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError):
        return ""
