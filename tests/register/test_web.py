"""The door to the network: hostile addresses and answers, on a resolver and connections of the test's own."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from twinbook.register.web import Address, Fetched, Fetcher, Refused, is_public

PUBLIC = ipaddress.ip_address("93.184.216.34")

# Names that the test's resolver knows beside the numbers that every resolver understands.
NAMES = {
    "news.example": ["93.184.216.34"],
    "inside.example": ["10.0.0.5"],
    "mixed.example": ["93.184.216.34", "127.0.0.1"],
    "six.example": ["::1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "cloud.example": ["169.254.169.254"],
    "localhost": ["127.0.0.1"],
    "localhost.": ["127.0.0.1"],
    "ip6-localhost": ["::1"],
    "127.0.0.1.nip.example": ["127.0.0.1"],
}

HOSTILE = [
    "http://127.0.0.1/", "http://localhost/", "http://localhost./", "http://LOCALHOST/", "http://ip6-localhost/",
    "http://127.1/", "http://127.0.1/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/",
    "http://0177.0.0.1/", "http://017700000001/", "http://0/", "http://0.0.0.0/", "http://127.0.0.1./",
    "http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[2001:0:7f00:1::]/", "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/", "http://[fc00::1]/", "http://[fec0::1]/", "http://[ff02::1]/", "http://[100::1]/",
    "http://10.0.0.5/", "http://172.16.0.1/", "http://192.168.0.1/", "http://100.64.0.1/", "http://169.254.169.254/",
    "http://192.0.0.192/", "http://168.63.129.16/", "http://198.18.0.1/", "http://224.0.0.1/", "http://255.255.255.255/",
    "http://inside.example/", "http://mixed.example/", "http://six.example/", "http://mapped.example/",
    "http://cloud.example/", "http://127.0.0.1.nip.example/", "http://１２７.０.０.１/", "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/", "http://news.example@127.0.0.1/", "http://127.0.0.1\\@news.example/",
    "http://news.example:22/", "http://news.example:6379/", "https://news.example:80/", "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_INFO", "data:text/html,hello", "ftp://news.example/", "//127.0.0.1/",
    "http://news.example\t@127.0.0.1/", "http://news.example/\r\nHost: inside", "http:///127.0.0.1/", "http://[::1",
]  # fmt: skip


class Record:
    """A resolver and a connector that answer from this machine and remember which addresses were wanted."""

    def __init__(self, port: int = 0) -> None:
        self.port = port
        self.wanted: list[Address] = []

    def resolver(self, host: str, port: int) -> list[Address]:
        if host in NAMES:
            return [ipaddress.ip_address(address) for address in NAMES[host]]
        try:
            found = socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)
        except OSError:
            return []
        return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]

    def connector(self, address: Address, port: int, timeout_seconds: float) -> socket.socket:
        self.wanted.append(address)
        return socket.create_connection(("127.0.0.1", self.port), timeout_seconds)

    def fetcher(self, total_seconds: float = 5.0) -> Fetcher:
        return Fetcher(self.resolver, self.connector, total_seconds)


@contextmanager
def server(*answers: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that gives each connection the next answer (the last one again when they run out)."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(10)

    def work() -> None:
        for number in range(20):
            try:
                link, _ = listener.accept()
            except OSError:
                return
            with link:
                link.settimeout(5)
                try:
                    link.recv(65536)
                    answers[min(number, len(answers) - 1)](link)
                except OSError:
                    pass

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        listener.close()


def says(head: str, body: bytes = b"") -> Callable[[socket.socket], None]:
    return lambda link: link.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)


def refusal(fetch: Callable[[], Fetched]) -> str:
    with pytest.raises(Refused) as caught:
        fetch()
    assert str(caught.value).endswith((".", "!"))
    return caught.value.code


def test_the_list_is_long_enough() -> None:
    assert len(HOSTILE) == len(set(HOSTILE)) >= 56


@pytest.mark.parametrize("address", HOSTILE)
def test_no_hostile_address_is_connected_to(address: str) -> None:
    record = Record()

    code = refusal(lambda: record.fetcher().fetch(address))

    assert code in {"address", "scheme", "port", "userinfo", "host", "closed-address"}
    assert record.wanted == []


@pytest.mark.parametrize("address", [item for item in HOSTILE if "\r" not in item and item.isascii()])
def test_a_redirect_leads_to_no_hostile_address(address: str) -> None:
    with server(says(f"HTTP/1.1 302 Found\nLocation: {address}\nContent-Length: 0")) as port:
        record = Record(port)

        refusal(lambda: record.fetcher().fetch("http://news.example/a"))

    assert set(record.wanted) <= {PUBLIC}


def test_a_public_page_comes_with_its_charset() -> None:
    body = "Побратимы".encode("cp1251")
    with server(
        says(f"HTTP/1.1 200 OK\nContent-Type: text/html; charset=windows-1251\nContent-Length: {len(body)}", body)
    ) as port:
        record = Record(port)

        page = record.fetcher().fetch("http://news.example/новости?q=1")

    assert (page.raw, page.charset, page.content_type) == (body, "windows-1251", "text/html")
    assert record.wanted == [PUBLIC]


def test_a_packed_page_is_unpacked() -> None:
    body = gzip.compress("Побратимы".encode())
    with server(says("HTTP/1.1 200 OK\nContent-Encoding: gzip", body)) as port:
        assert Record(port).fetcher().fetch("http://news.example/").raw.decode() == "Побратимы"


def test_a_name_that_changes_its_address_is_connected_to_as_checked() -> None:
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    with server(says("HTTP/1.1 200 OK\nContent-Length: 2", b"ok")) as port:
        record = Record(port)
        fetcher = Fetcher(lambda host, port: [ipaddress.ip_address(item) for item in next(answers)], record.connector)

        fetcher.fetch("http://rebinding.example/")

    assert record.wanted == [PUBLIC]


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_a_packed_bomb_is_refused_at_once(layers: int) -> None:
    body = b"\0" * 30_000_000
    for _ in range(layers):
        body = gzip.compress(body)
    names = ", ".join(["gzip"] * layers)
    with server(says(f"HTTP/1.1 200 OK\nContent-Encoding: {names}", body)) as port:
        started = time.monotonic()

        code = refusal(lambda: Record(port).fetcher().fetch("http://news.example/"))

    assert code == "compression"
    assert time.monotonic() - started < 1


@pytest.mark.parametrize("packing", ["br", "zstd", "deflate", "xz"])
def test_a_packing_that_was_not_asked_for_is_refused(packing: str) -> None:
    with server(says(f"HTTP/1.1 200 OK\nContent-Encoding: {packing}", b"xx")) as port:
        assert refusal(lambda: Record(port).fetcher().fetch("http://news.example/")) == "compression"


def test_an_endless_answer_is_cut_off() -> None:
    def endless(link: socket.socket) -> None:
        link.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(200):
            link.sendall(b"a" * 100_000)

    with server(endless) as port:
        assert refusal(lambda: Record(port).fetcher().fetch("http://news.example/")) == "size"


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_dripping_answer_ends_at_the_deadline(head: bytes) -> None:
    def drip(link: socket.socket) -> None:
        link.sendall(head)
        for _ in range(40):
            link.sendall(b"a")
            time.sleep(0.1)

    with server(drip) as port:
        started = time.monotonic()

        code = refusal(lambda: Record(port).fetcher(total_seconds=0.6).fetch("http://news.example/"))

    assert code == "time"
    assert time.monotonic() - started < 2


def test_a_resolver_that_does_not_answer_ends_at_the_deadline() -> None:
    fetcher = Fetcher(lambda host, port: time.sleep(3) or [PUBLIC], Record().connector, 0.3)

    assert refusal(lambda: fetcher.fetch("http://news.example/")) == "time"


def test_an_answer_that_breaks_off_is_not_taken_for_the_page() -> None:
    with server(says("HTTP/1.1 200 OK\nContent-Length: 500", b"half")) as port:
        assert refusal(lambda: Record(port).fetcher().fetch("http://news.example/")) == "connection"


def test_circles_and_missing_pages_are_refused() -> None:
    with server(says("HTTP/1.1 302 Found\nLocation: /a\nContent-Length: 0")) as port:
        assert refusal(lambda: Record(port).fetcher().fetch("http://news.example/a")) == "redirects"
    with server(says("HTTP/1.1 404 Not Found\nContent-Length: 0")) as port:
        assert refusal(lambda: Record(port).fetcher().fetch("http://news.example/a")) == "status"


def test_a_proxy_in_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with server(says("HTTP/1.1 200 OK\nContent-Length: 2", b"ok")) as port:
        assert Record(port).fetcher().fetch("http://news.example/").raw == b"ok"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("192.0.0.192", False), ("100.64.0.1", False), ("168.63.129.16", False),
        ("2606:2800:220:1::1", True), ("2001:4860:4860::8888", True), ("2001:db8::1", False), ("2002:a00:1::", False),
        ("64:ff9b::a00:1", False), ("fec0::1", False), ("::ffff:10.0.0.1", False), ("240.0.0.1", False),
    ],
)  # fmt: skip
def test_what_is_public(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public
