"""PDF, and pictures for DOCX, by typst; the only file that makes PDF.

The template is a constant of the program; what a page said comes in as JSON through sys_inputs alone, so that nothing
in it is ever markup. No file of the machine is within reach: the root is an empty folder, and there are no packages.
"""

from __future__ import annotations

import json
import tempfile
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

FONT_PACKAGES = ("fontpkg_noto_sans", "pylopdf_fonts_jp")  # Noto Sans; Noto Sans JP and Noto Serif JP; all OFL


class PaperError(RuntimeError):
    """A paper that could not be set, with typst's own words for the log."""


def render_pdf(template: Path, data: dict[str, Any], *, made_at: datetime) -> bytes:
    """A tagged PDF (PDF/UA-1) of the data; the same data and moment give the same bytes."""
    source = (SHARED.read_text("utf-8") + template.read_text("utf-8")).encode()
    with tempfile.TemporaryDirectory(prefix="twinbook-paper-") as empty:
        compiler = typst.Compiler(
            source,
            root=empty,
            font_paths=_fonts(),
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            package_path=empty,
            package_cache_path=empty,
        )
        try:
            made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=int(made_at.timestamp()))
        except typst.TypstError as error:
            raise PaperError(f"typst could not set {template.name}: {error.message}") from error
    if not isinstance(made, bytes):
        raise PaperError(f"typst made no single file of {template.name}")
    return made


def render_png(svg: str, *, width: float) -> bytes:
    """A drawing as a PNG as wide as so many points, at 200 dots an inch: for files that take no SVG."""
    source = (
        '#set page(width: %spt, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg", width: 100%%)'
    )
    with tempfile.TemporaryDirectory(prefix="twinbook-drawing-") as empty:
        compiler = typst.Compiler(
            (source % width).encode(),
            root=empty,
            font_paths=_fonts(),
            sys_inputs={"svg": svg},
            package_path=empty,
            package_cache_path=empty,
        )
        try:
            made = compiler.compile(format="png", ppi=DRAWING_DOTS)
        except typst.TypstError as error:
            raise PaperError(f"typst could not set a drawing: {error.message}") from error
    if not isinstance(made, bytes):
        raise PaperError("typst made no single picture of a drawing")
    return made


DRAWING_DOTS = 200
SHARED = Path(__file__).parent / "shared.typ"


@cache
def _fonts() -> typst.Fonts:
    """The fonts of our own packages alone: a paper looks the same on every machine."""
    folders = [str(files(package)) for package in FONT_PACKAGES]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
