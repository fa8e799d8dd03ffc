"""The bootstrap: python3 run.py test | check. Standard library only."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements" / "check.txt"
BIN = VENV / ("Scripts" if sys.platform == "win32" else "bin")
CHECKS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "contracts": ["lint-imports"],
}


def call(*words: str) -> None:
    """Run a command in the checkout; its failure ends this program with its exit code."""
    code = subprocess.run(words, cwd=ROOT, check=False).returncode
    if code:
        sys.exit(code)


def set_up() -> None:
    """Make .venv from the lock file; a second call with the same lock does nothing."""
    stamp = VENV / "lock.sha256"
    digest = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    print("Setting up .venv from requirements/check.txt …", flush=True)
    uv = shutil.which("uv")
    python = str(BIN / "python")
    if uv:
        call(uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV))
        call(uv, "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", str(LOCK))
    else:
        venv.create(VENV, with_pip=True, clear=True)
        call(python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCK))
    (next(VENV.rglob("site-packages")) / "twinbook.pth").write_text(str(ROOT / "src"))
    stamp.write_text(digest)


def test() -> None:
    """Run every test."""
    call(str(BIN / "python"), "-m", "pytest", *sys.argv[2:])


def check() -> None:
    """Format, lint, types, contracts, tests: what CI runs."""
    for name, (tool, *words) in CHECKS.items():
        print(f"== {name}", flush=True)
        call(str(BIN / tool), *words)
    print("== tests", flush=True)
    test()


def main() -> None:
    jobs = {"test": test, "check": check}
    job = jobs.get(sys.argv[1] if len(sys.argv) > 1 else "")
    if job is None:
        sys.exit(f"usage: python3 run.py {' | '.join(jobs)}")
    set_up()
    job()


if __name__ == "__main__":
    main()
