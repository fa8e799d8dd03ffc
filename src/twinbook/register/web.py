"""The only file that opens a network connection: one address in, the bytes that stand there out.

An office's server stands in a closed network, and an address comes from a person or a page. So an address is taken
apart by hand, every address that its name resolves to must be public by our own table, the connection goes to just that
checked address, redirects go the same way, and time, bytes and decompression are bounded as a whole.
Threats T1–T7; the table follows the IANA special-purpose registers, the numbers QUALITY section 4.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

TOTAL_SECONDS = 10.0
ANSWER_BYTES = 2 * 1024 * 1024  # of a language model; its longest sensible answer has a tenth of it
WIRE_BYTES = 5 * 1024 * 1024
BODY_BYTES = 20 * 1024 * 1024
RATIO = 100
RATIO_FREE_BYTES = 64 * 1024
REDIRECTS = 4
PORTS = {"http": 80, "https": 443}
AGENT = "Twinbook (a city's register of its twin towns)"
HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})\Z")

# Not public: IANA special-purpose registers of IPv4, and two that clouds keep inside their walls.
CLOSED_V4 = tuple(
    ipaddress.IPv4Network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
    )
)  # fmt: skip
# Of IPv6 only the global unicast block is open, less what in it leads elsewhere (Teredo, 6to4, documentation …).
OPEN_V6 = ipaddress.IPv6Network("2000::/3")
CLOSED_V6 = tuple(
    ipaddress.IPv6Network(block)
    for block in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)


class Refused(ValueError):
    """An address was not fetched: `code` for programs, the words for a person, in English.

    Codes: address, scheme, port, userinfo, host, closed-address, redirects, downgrade, time, size, compression,
    status, connection, unencrypted; robots is raised by those who ask for a site's wishes first.
    `status` and `retry_after` are what a server answered that did not give the page: 0 and "" where none did.
    """

    def __init__(self, code: str, message: str, *, status: int = 0, retry_after: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.status = status
        self.retry_after = retry_after


@dataclass(frozen=True)
class Fetched:
    """What stood at an address: where it was in the end, its bytes unpacked, and what its header says."""

    address: str
    raw: bytes
    content_type: str
    charset: str | None
    headers: dict[str, str] = field(default_factory=dict)


def is_public(address: Address) -> bool:
    """Whether an address lies on the open internet, by the table above."""
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in block for block in CLOSED_V4)
    return address in OPEN_V6 and not any(address in block for block in CLOSED_V6)


def resolve(host: str, port: int) -> list[Address]:
    """All addresses of a name, as the system's resolver gives them; empty where it knows none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


def connect(address: Address, port: int, timeout_seconds: float) -> socket.socket:
    """A connection to just this address; who answers there is checked once more."""
    link = socket.create_connection((str(address), port), timeout_seconds)
    if ipaddress.ip_address(link.getpeername()[0]) != address:
        link.close()
        raise Refused("closed-address", "The connection went to another address than the one that was checked.")
    return link


@dataclass(frozen=True)
class Fetcher:
    """Fetches pages; `resolver` and `connector` are values so that tests need no network."""

    resolver: Callable[[str, int], list[Address]] = resolve
    connector: Callable[[Address, int, float], socket.socket] = connect
    total_seconds: float = TOTAL_SECONDS
    wire_bytes: int = WIRE_BYTES
    body_bytes: int = BODY_BYTES

    def fetch(
        self,
        address: str,
        *,
        headers: dict[str, str] | None = None,
        before: Callable[[str], None] = lambda address: None,
    ) -> Fetched:
        """What stands at an http or https address; Refused with a code and a sentence where it is not fetched.

        `before` is called with each address that is about to be asked, redirects too; it may raise Refused.
        """
        ends_at = time.monotonic() + self.total_seconds
        for _ in range(REDIRECTS + 1):
            before(address)
            answer = self._hop(address, headers or {}, ends_at)
            if isinstance(answer, Fetched):
                return answer
            if address.startswith("https:") and urlsplit(answer).scheme.lower() == "http":
                raise Refused("downgrade", f"{_short(address)} sends on to an address without encryption.")
            address = answer
        raise Refused("redirects", f"{_short(address)} sends on more than {REDIRECTS} times.")

    def _hop(self, address: str, headers: dict[str, str], ends_at: float) -> Fetched | str:
        scheme, host, port, path = take_apart(address)
        checked = self._checked(host, port, ends_at)
        with self.linked(checked, port, scheme, host, address, ends_at) as link:
            return self._ask(link, scheme, host, path, headers, address, ends_at)

    @contextlib.contextmanager
    def linked(
        self, addresses: list[Address], port: int, scheme: str, host: str, address: str, ends_at: float
    ) -> Iterator[socket.socket]:
        """A connection to one of the addresses, encrypted for https, that is cut when its time is over.

        What breaks while it is used becomes Refused.
        """
        links = [self._connected(addresses, port, ends_at)]
        watch = threading.Timer(max(0.0, ends_at - time.monotonic()), _hang_up, [links])
        watch.daemon = True
        watch.start()
        try:
            if scheme == "https":
                _encrypt(links, host)
            yield links[0]
        except (OSError, http.client.HTTPException, ValueError) as error:
            if isinstance(error, Refused):
                raise
            if time.monotonic() >= ends_at:
                raise _too_late(address, self.total_seconds) from error
            reason = type(error).__name__
            raise Refused(
                "connection", f"{host} did not give a readable answer ({reason}). Try again later."
            ) from error
        finally:
            watch.cancel()
            links[0].close()

    def _checked(self, host: str, port: int, ends_at: float) -> list[Address]:
        """The addresses of a host, all of them public; one that is not closes the door to all."""
        found = self.addresses_of(host, port, ends_at)
        if not all(map(is_public, found)):
            raise Refused("closed-address", f"{host} leads into a closed network; only public addresses are fetched.")
        return found

    def addresses_of(self, host: str, port: int, ends_at: float) -> list[Address]:
        """All addresses of a host; Refused where there are none, or the resolver is too slow."""
        found: list[Address] = []
        asking = threading.Thread(target=lambda: found.extend(self.resolver(host, port)), daemon=True)
        asking.start()
        asking.join(max(0.0, ends_at - time.monotonic()))
        if asking.is_alive():
            raise _too_late(host, self.total_seconds)
        if not found:
            raise Refused("host", f"No server is known under the name {host}. Check the spelling of the address.")
        return found

    def _connected(self, addresses: list[Address], port: int, ends_at: float) -> socket.socket:
        for address in addresses:
            left = ends_at - time.monotonic()
            if left <= 0:
                raise _too_late(str(address), self.total_seconds)
            with contextlib.suppress(OSError):
                return self.connector(address, port, left)
        raise Refused("connection", "The server could not be reached. Try again later, or paste the text.")

    def _ask(
        self,
        link: socket.socket,
        scheme: str,
        host: str,
        path: str,
        headers: dict[str, str],
        address: str,
        ends_at: float,
    ) -> Fetched | str:
        connection = http.client.HTTPConnection(host, PORTS[scheme])
        connection.sock = link
        own = {"Host": host, "User-Agent": AGENT, "Accept-Encoding": "gzip", "Connection": "close"}
        connection.request("GET", path, headers=headers | own)
        answer = connection.getresponse()
        if answer.status in {301, 302, 303, 307, 308} and (onward := answer.getheader("Location")):
            return urljoin(address, onward)
        if answer.status not in {200, 203, 304}:
            raise Refused(
                "status",
                f"{host} answered {answer.status}: the page is not there for us to read.",
                status=answer.status,
                retry_after=answer.getheader("Retry-After") or "",
            )
        body = self._body(answer, address, ends_at)
        kind = answer.getheader("Content-Type", "")
        return Fetched(
            address,
            body,
            kind.partition(";")[0].strip().lower(),
            answer.headers.get_content_charset(),
            {name.lower(): value for name, value in answer.getheaders()} | {":status": str(answer.status)},
        )

    def _body(self, answer: http.client.HTTPResponse, address: str, ends_at: float) -> bytes:
        packing = (answer.getheader("Content-Encoding") or "identity").strip().lower()
        if packing not in {"identity", "gzip", "x-gzip"}:
            raise Refused("compression", f"{_short(address)} is packed as {packing[:40]!r}, which we did not ask for.")
        unpack = None if packing == "identity" else zlib.decompressobj(16 + zlib.MAX_WBITS)
        parts: list[bytes] = []
        wire = size = 0
        while piece := answer.read(16 * 1024):
            if time.monotonic() >= ends_at:
                raise _too_late(address, self.total_seconds)
            wire += len(piece)
            if unpack:
                piece = unpack.decompress(piece, RATIO_FREE_BYTES + RATIO * wire - size + 1)
            size += len(piece)
            if wire > self.wire_bytes or size > self.body_bytes:
                raise Refused("size", f"{_short(address)} is larger than a page may be; save it and upload the file.")
            if size > RATIO_FREE_BYTES + RATIO * wire:
                raise Refused("compression", f"{_short(address)} unpacks to over {RATIO} times its size.")
            parts.append(piece)
        if (promised := answer.getheader("Content-Length", "")).isdecimal() and wire < int(promised):
            raise Refused("connection", f"{_short(address)} broke off before its end. Try again later.")
        return b"".join(parts)


@dataclass(frozen=True)
class Endpoint:
    """The one service that text is sent to: a language model at the address that the office has set.

    It alone may stand in the closed network and on any port, because a person wrote its address into the settings; no
    address out of a page or form comes here. It is never redirected, and what goes to a public address is encrypted.
    """

    address: str
    key: str = field(default="", repr=False)  # a secret: it stands in no message and no log
    total_seconds: float = 60.0
    resolver: Callable[[str, int], list[Address]] = resolve
    connector: Callable[[Address, int, float], socket.socket] = connect

    @property
    def host(self) -> str:
        """Where the text goes, for those who are told of it."""
        parts = urlsplit(self.address)
        return f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname or self.address

    def post(self, body: bytes) -> bytes:
        """What the service answers to a JSON body; Refused where it does not answer 200 in time and size."""
        ends_at = time.monotonic() + self.total_seconds
        parts = urlsplit(self.address)
        scheme, host = parts.scheme.lower(), parts.hostname or ""
        if scheme not in PORTS or not host or parts.username is not None:
            raise Refused("address", "The address of the language model must begin with http:// or https://.")
        port = parts.port or PORTS[scheme]
        door = Fetcher(self.resolver, self.connector, self.total_seconds)
        found = door.addresses_of(host, port, ends_at)
        if scheme == "http" and any(map(is_public, found)):
            raise Refused("unencrypted", f"{host} is not in this house; its address must begin with https://.")
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        with door.linked(found, port, scheme, host, self.address, ends_at) as link:
            connection = http.client.HTTPConnection(host, port)
            connection.sock = link
            own = {"User-Agent": AGENT, "Accept-Encoding": "identity", "Connection": "close"}
            connection.request("POST", _plain_path(parts.path or "/", parts.query), body=body, headers=headers | own)
            answer = connection.getresponse()
            if answer.status != 200:
                raise Refused("status", f"{host} answered {answer.status} instead of a reading.")
            return _bounded(answer, self.address, ends_at, self.total_seconds)


def _bounded(answer: http.client.HTTPResponse, address: str, ends_at: float, seconds: float) -> bytes:
    """The body of an answer, up to the limit; an endless or dripping one is refused."""
    parts: list[bytes] = []
    size = 0
    while piece := answer.read1(16 * 1024):
        size += len(piece)
        if time.monotonic() >= ends_at:
            raise _too_late(address, seconds)
        if size > ANSWER_BYTES:
            raise Refused("size", f"{_short(address)} answered more than a language model should.")
        parts.append(piece)
    if time.monotonic() >= ends_at:  # the connection was cut, which looks like an end
        raise _too_late(address, seconds)
    return b"".join(parts)


def take_apart(address: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and path of an address that may be fetched; Refused where it has another form.

    The host must be written in plain letters and digits: full-width and circled digits, which some readers fold into
    an IP address, are refused, and so is an address that carries a name and password.
    """
    if any(ord(character) < 33 or character in '\\<>"^`{|}' for character in address.strip()):
        raise Refused("address", "The address has blanks or signs in it that no address has. Copy it anew.")
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError as error:
        raise Refused(
            "address", "This is not an address of a page. Copy it from the browser's address line."
        ) from error
    scheme = parts.scheme.lower()
    if scheme not in PORTS:
        raise Refused("scheme", "Only addresses that begin with http:// or https:// are fetched.")
    if parts.username is not None or parts.password is not None:
        raise Refused("userinfo", "The address carries a name or password; take it out.")
    if port is not None and port != PORTS[scheme]:
        raise Refused("port", f"Only the usual ports are fetched, not {port}.")
    host = _plain_host(parts.hostname or "")
    path = _plain_path(parts.path or "/", parts.query)
    return scheme, host, PORTS[scheme], path


def _plain_host(host: str) -> str:
    if ":" in host:  # only an IPv6 address has colons here
        return host
    try:
        plain = host.encode("ascii").decode() if host.isascii() else host.encode("idna").decode()
    except UnicodeError as error:
        raise Refused("host", "The name of the server cannot be read. Copy the address anew.") from error
    folded = not host.isascii() and re.fullmatch(r"[0-9.]+", plain)
    if folded or not HOST.match(plain) or ".." in plain:
        raise Refused("host", "The name of the server cannot be read. Copy the address anew.")
    if re.fullmatch(r"(?:0[xX][0-9a-fA-F]*|\d+)(?:\.(?:0[xX][0-9a-fA-F]*|\d+))*\.?", plain):
        try:
            return str(ipaddress.IPv4Address(plain))
        except ValueError as error:
            raise Refused("host", "An address in numbers must be written as four numbers.") from error
    return plain


def _plain_path(path: str, query: str) -> str:
    whole = f"{path}?{query}" if query else path
    return "".join(character if character.isascii() else _percent(character) for character in whole)


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))


def _encrypt(links: list[socket.socket], host: str) -> None:
    """Put the encrypted connection in the plain one's place before the handshake: the watch can then end that, too."""
    context = ssl.create_default_context()
    links[0] = context.wrap_socket(links[0], server_hostname=host, do_handshake_on_connect=False)
    links[0].do_handshake()  # type: ignore[attr-defined]  # it is an SSLSocket now


def _hang_up(links: list[socket.socket]) -> None:
    with contextlib.suppress(OSError):
        socket.socket.shutdown(links[0], socket.SHUT_RDWR)


def _too_late(address: str, seconds: float) -> Refused:
    return Refused("time", f"{_short(address)} did not answer in {seconds:g} seconds. Try later, or paste the text.")


def _short(address: str) -> str:
    return address if len(address) <= 80 else address[:79] + "…"
