"""Serving on this machine: the desk by granian in a process of its own, the public site's files by a small server."""

from __future__ import annotations

import functools
import http.server
import os
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

from twinbook.project.console import Trouble

WORKERS = min(2, os.cpu_count() or 1)  # a process uses one core, and twenty officers want more than one
THREADS = 2  # in each: one slow paper does not hold the others up
START_SECONDS = 30.0


class SiteHandler(http.server.SimpleHTTPRequestHandler):
    """The public site's files and nothing else: no listing of folders, no words about the server."""

    server_version = "Twinbook"
    sys_version = ""
    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".ics": "text/calendar; charset=utf-8",
        ".atom": "application/atom+xml; charset=utf-8",
        ".xml": "application/xml; charset=utf-8",
        ".geojson": "application/geo+json; charset=utf-8",
        ".jsonl": "application/jsonl; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".txt": "text/plain; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".svg": "image/svg+xml",
    }

    def list_directory(self, path: Any) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *values: Any) -> None:
        """Visitors are not written down."""

    def end_headers(self) -> None:
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()


def serve_site(folder: Path, *, address: str, port: int) -> http.server.ThreadingHTTPServer:
    """Serve a folder in threads of this process; the caller shuts the server down."""
    handler = functools.partial(SiteHandler, directory=str(folder))
    server = http.server.ThreadingHTTPServer((address, port), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def start_desk(*, address: str, port: int) -> subprocess.Popen[bytes]:
    """Start the desk's server in a process of its own and wait until it answers."""
    if not is_free(address, port):
        raise Trouble(f"port {port} of {address} is in use; name another with --port")
    words = ["--interface", "wsgi", "--host", address, "--port", str(port), "--workers", str(WORKERS)]
    words += ["--blocking-threads", str(THREADS), "--no-access-log", "--log-level", "warning"]
    command = [sys.executable, "-m", "granian", *words, "twinbook.project.wsgi:application"]
    desk = subprocess.Popen(command, env=_with_one_key(os.environ))
    ends_at = time.monotonic() + START_SECONDS
    while time.monotonic() < ends_at and desk.poll() is None:
        if not is_free(address, port):
            return desk
        time.sleep(0.05)
    stop(desk)
    raise Trouble("the desk did not start; its own words are above")


def _with_one_key(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment with a key for both processes of a register that keeps none: each would make its own."""
    home = Path(environment.get("TWINBOOK_HOME", "twinbook-register"))
    has_key = environment.get("TWINBOOK_SECRET_KEY") or (home / "secret.key").exists()
    return {**environment, **({} if has_key else {"TWINBOOK_SECRET_KEY": secrets.token_urlsafe(48)})}


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end, and end it where it does not."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def is_free(address: str, port: int) -> bool:
    """Whether nobody answers at this port."""
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as link:
        link.settimeout(1)
        return link.connect_ex((address, port)) != 0
