"""A small server that speaks the protocol of OpenAI-compatible chat completions, in as many bad ways as there are."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class ModelServer:
    """What came in, and where it listens; `reply` is what it does next."""

    reply: Reply
    port: int = 0
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def page(self) -> dict[str, Any]:
        """The page as the last question gave it."""
        page: dict[str, Any] = json.loads(self.asked[-1]["messages"][1]["content"])
        return page


@contextmanager
def model_server(reply: Reply) -> Iterator[ModelServer]:
    """The server at work on a free port of this machine."""
    own = ModelServer(reply)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            own.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            own.headers.append(dict(self.headers))
            own.paths.append(self.path)
            with suppress(OSError):  # the asker may have gone
                own.reply(self)

        def do_GET(self) -> None:
            own.paths.append(f"GET {self.path}")
            self.send_error(404)

        def log_message(self, format: str, *values: Any) -> None:
            """Tests say what went wrong."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    own.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield own
    finally:
        server.shutdown()
        server.server_close()


def sends(body: bytes, status: int = 200, kind: str = "application/json", **headers: str) -> Reply:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def says(content: Any) -> Reply:
    """A chat completion whose message is these words, or these findings as JSON."""
    words = content if isinstance(content, str) else json.dumps({"findings": content}, ensure_ascii=False)
    message = {"role": "assistant", "content": words}
    return sends(json.dumps({"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}).encode())


def silent(seconds: float) -> Reply:
    return lambda handler: time.sleep(seconds)


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100_000):
        handler.wfile.write(b" " * 16_384)


def dripping(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def broken(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices"')
    handler.close_connection = True
