"""A city's web site on this machine, and a fetcher that finds it under public names: for tests of the watch list."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from twinbook.register.web import Address, Fetcher


@dataclass
class Page:
    """What stands at a path; `etag` makes the server answer 304 to who has it already."""

    body: bytes = b""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    etag: str = ""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Site:
    """The pages by path, and the paths that were asked for in their order, with the host's name."""

    pages: dict[str, Page]
    asked: list[str]
    fetcher: Fetcher


@contextmanager
def serving(pages: dict[str, Page]) -> Iterator[Site]:
    """The site under every name that ends in .example, until the block ends."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.headers['Host']}{self.path}")
            page = pages.get(self.path, Page(status=404))
            is_known = page.etag and self.headers.get("If-None-Match") == page.etag
            body = b"" if is_known else page.body
            self.send_response(304 if is_known else page.status)
            told = {"Content-Type": page.kind, "ETag": page.etag, "Content-Length": str(len(body))} | page.headers
            for name, value in told.items():
                if value:
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *values: object) -> None:
            """Nothing is written to the screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    port = server.server_address[1]

    def resolver(host: str, _port: int) -> list[Address]:
        return [ipaddress.ip_address("93.184.216.34")] if host.endswith(".example") else []

    def connector(address: Address, _port: int, timeout_seconds: float) -> socket.socket:
        return socket.create_connection(("127.0.0.1", port), timeout_seconds)

    try:
        yield Site(pages, asked, Fetcher(resolver, connector, 5.0))
    finally:
        server.shutdown()
        server.server_close()
