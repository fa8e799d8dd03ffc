"""The bootstrap: python3 run.py demo | test | check | soak …; standard library only, nothing fetched after set-up."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if sys.platform == "win32" else "bin")
PYTHON = str(BIN / "python")
LOCKS = {"run": ROOT / "requirements" / "run.txt", "check": ROOT / "requirements" / "check.txt"}
OLDEST = (3, 11)
SIDE_BY_SIDE = ["-n", "2"]
CHECKS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "contracts": ["lint-imports"],
}


def call(*words: str, environment: dict[str, str] | None = None) -> None:
    """Run a command in the checkout; its failure ends this program with its exit code."""
    try:
        code = subprocess.run(words, cwd=ROOT, check=False, env=os.environ | (environment or {})).returncode
    except KeyboardInterrupt:  # the command has had the same Ctrl-C and has said what it had to say
        sys.exit(130)
    if code:
        sys.exit(code)


def digest(lock: str) -> str:
    """What an environment made from a lock file is known by."""
    return hashlib.sha256(LOCKS[lock].read_bytes() + sys.version.encode()).hexdigest()


def set_up(lock: str) -> None:
    """Make .venv from a lock file; nothing is done where it, or the larger one for the checks, stands already."""
    stamp = VENV / "lock.sha256"
    if stamp.exists() and stamp.read_text() in {digest(lock), digest("check")} and Path(PYTHON).exists():
        return
    print(f"Setting up .venv from {LOCKS[lock].relative_to(ROOT)} (once; about a minute) …", flush=True)
    if uv := shutil.which("uv"):
        call(uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV))
        call(uv, "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", "-r", str(LOCKS[lock]))
    else:
        make_environment()
        call(*pip(), "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", str(LOCKS[lock]))
    packages = next(VENV.rglob("site-packages"))
    (packages / "twinbook.pth").write_text(str(ROOT / "src"))
    write_command()
    stamp.write_text(digest(lock))


def make_environment() -> None:
    """An empty .venv; on a Debian without python3-venv one that has no pip of its own."""
    try:
        venv.create(VENV, with_pip=True, clear=True)
    except subprocess.CalledProcessError:
        venv.create(VENV, with_pip=False, clear=True)


def pip() -> list[str]:
    """The pip that installs into .venv: its own, else the machine's."""
    own = subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    return [PYTHON, "-m", "pip"] if own else [sys.executable, "-m", "pip", "--python", PYTHON]


def write_command() -> None:
    """The twinbook command beside the environment's other commands."""
    if sys.platform == "win32":
        (BIN / "twinbook.cmd").write_text('@"%~dp0python.exe" -m twinbook.project.cli %*\n')
        return
    command = BIN / "twinbook"
    command.write_text('#!/bin/sh\nexec "$(dirname "$0")/python" -m twinbook.project.cli "$@"\n')
    command.chmod(0o755)


def demo(words: list[str]) -> None:
    """Make the sample register in ./demo (once), build its site, serve the desk and the site on 127.0.0.1."""
    set_up("run")
    call(PYTHON, "-m", "twinbook.project.cli", "demo", *words, environment={"TWINBOOK_HOME": str(ROOT / "demo")})


def test(words: list[str]) -> None:
    """Run every test, side by side on the machine's cores."""
    set_up("check")
    side_by_side = [] if any(word.startswith(("-n", "-p", "tests")) for word in words) else SIDE_BY_SIDE
    call(PYTHON, "-m", "pytest", *side_by_side, *words)


def check(words: list[str]) -> None:
    """Format, lint, types, contracts, tests: what CI runs."""
    set_up("check")
    for name, (tool, *rest) in CHECKS.items():
        print(f"== {name}", flush=True)
        call(str(BIN / tool), *rest)
    print("== tests", flush=True)
    test(words)


def soak(words: list[str]) -> None:
    """The long tests: more examples, more kills, more pages."""
    set_up("check")
    longer = {"TWINBOOK_KILLS": "500", "TWINBOOK_STATEFUL_EXAMPLES": "200", "TWINBOOK_WRITER_ROUNDS": "500"}
    call(PYTHON, "-m", "pytest", *SIDE_BY_SIDE, *words, environment={"TWINBOOK_SOAK": "1", **longer})


def twinbook(words: list[str]) -> None:
    """The twinbook command itself: python3 run.py twinbook read page.html"""
    set_up("run")
    call(PYTHON, "-m", "twinbook.project.cli", *words)


def coverage(words: list[str]) -> None:
    """Every test with coverage of the code by line and branch, as a table."""
    set_up("check")
    report = ["--cov=twinbook", "--cov-branch", "--cov-report=term:skip-covered"]
    call(PYTHON, "-m", "pytest", *SIDE_BY_SIDE, *report, *words)


def docs(words: list[str]) -> None:
    """Write the reference pages that are made from the code: commands, vocabulary, reading quality."""
    set_up("check")
    call(PYTHON, "scripts/reference.py")
    evaluate(words)


def evaluate(words: list[str]) -> None:
    """Score the reading on the development pages, and write docs/reference/reading-quality.md."""
    set_up("check")
    call(PYTHON, "-m", "benchmarks.reading_quality", *words, environment={"PYTHONPATH": str(ROOT)})


def images(words: list[str]) -> None:
    """Take the screenshots in docs/images/ from the demo register."""
    set_up("check")
    call(PYTHON, "scripts/images.py", *words, environment={"TWINBOOK_HOME": str(ROOT / "demo")})


JOBS: dict[str, Callable[[list[str]], None]] = {
    job.__name__: job for job in (demo, test, check, soak, coverage, twinbook, evaluate, docs, images)
}


def main() -> None:
    if sys.version_info < OLDEST:
        sys.exit(f"Twinbook needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {sys.version.split()[0]}.")
    job = JOBS.get(sys.argv[1] if len(sys.argv) > 1 else "")
    if job is None:
        lines = [f"  {name:<9} {(each.__doc__ or '').strip()}" for name, each in JOBS.items()]
        sys.exit("\n".join(["usage: python3 run.py JOB", *lines]))
    job(sys.argv[2:])


if __name__ == "__main__":
    main()
