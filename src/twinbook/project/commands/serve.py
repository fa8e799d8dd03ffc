"""twinbook serve: the desk for the office, and beside it the public site if one was published."""

from __future__ import annotations

import argparse
import signal
from pathlib import Path
from typing import NoReturn

from twinbook.project import office, serving
from twinbook.project.console import say

HELP = "serve the desk (and, with --site, a published site) and look at the watch list until Ctrl-C"
EXAMPLES = """examples:
  twinbook serve
  twinbook serve --port 9000 --site ./public
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--address", default="127.0.0.1", help="where to listen (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8400, help="the desk's port (default: 8400)")
    parser.add_argument("--site", type=Path, metavar="DIR", help="a published site to serve on the next port")
    parser.add_argument("--no-watch", action="store_true", help="leave the watch list alone")
    parser.add_argument("--quiet", action="store_true", help="say nothing but errors")


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C or until the desk ends by itself."""
    office.open_register()
    office.migrate()
    return serve(options.address, options.port, options.site, quiet=options.quiet, is_watching=not options.no_watch)


def serve(address: str, port: int, site: Path | None, *, quiet: bool = False, is_watching: bool = True) -> int:
    """Serve the desk on `port` and the site's folder, where there is one, on the port after it; the worker beside."""
    from twinbook.project.worker import Worker  # here, since it needs Django set up

    signal.signal(signal.SIGTERM, _asked_to_end)
    desk = serving.start_desk(address=address, port=port)
    worker = Worker()
    if is_watching:
        worker.start()
    server = serving.serve_site(site, address=address, port=port + 1) if site and site.is_dir() else None
    say(f"The desk:         http://{address}:{port}/", quiet=quiet)
    if server:
        say(f"The public site:  http://{address}:{port + 1}/", quiet=quiet)
    say("Ctrl-C stops.", quiet=quiet)
    try:
        return desk.wait()
    except KeyboardInterrupt:
        say("\nStopping …", quiet=quiet)
        return 0
    finally:
        if is_watching:
            worker.stop()
        if server:
            server.shutdown()
            server.server_close()
        serving.stop(desk)


def _asked_to_end(*_: object) -> NoReturn:
    """A service manager's request ends the desk's own process as Ctrl-C does."""
    raise KeyboardInterrupt
