"""How many megabytes an installation takes: fresh environments made from the lock files, compiled files counted.

python -m benchmarks.install_sizes          (needs uv, and a package index or its cache)
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "requirements"
MEGABYTE = 1024 * 1024
WANTED = {"everything": ("run",), "reading alone": ("reading",), "reading with models": ("reading", "models")}
LIMITS = {"everything": 450, "reading alone": 250}


def measure(locks: tuple[str, ...], folder: Path) -> tuple[int, int]:
    """Packages, and megabytes on the disk with our own."""
    subprocess.run(["uv", "venv", "--quiet", "--clear", "--python", sys.executable, str(folder)], check=True)
    for lock in locks:
        words = ["--require-hashes", "-r", str(REQUIREMENTS / f"{lock}.txt")]
        options = ["--quiet", "--compile-bytecode", "--link-mode", "copy", "--python", str(folder / "bin" / "python")]
        subprocess.run(["uv", "pip", "install", *options, *words], check=True)
    packages = next(folder.rglob("site-packages"))
    own = [path for path in (ROOT / "src").rglob("*") if "__pycache__" not in path.parts]
    size = sum(map(on_disk, packages.rglob("*"))) + sum(map(on_disk, own))
    return len(list(packages.glob("*.dist-info"))), round(size / MEGABYTE)


def on_disk(path: Path) -> int:
    return path.lstat().st_blocks * 512


def main() -> int:
    over = 0
    for name, locks in WANTED.items():
        with tempfile.TemporaryDirectory() as folder:
            packages, size = measure(locks, Path(folder) / "venv")
        limit = LIMITS.get(name)
        over += limit is not None and size > limit
        print(f"{name:<22}{packages:>4} packages {size:>4} MB" + (f"  (limit {limit})" if limit else ""))
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
