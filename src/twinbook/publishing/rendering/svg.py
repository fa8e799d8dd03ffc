"""Maps and charts as SVG files of their own, with their colours inside: for papers, where no style sheet reaches."""

from __future__ import annotations

from html import escape

from twinbook.publishing.rendering.charts import Chart
from twinbook.publishing.rendering.clean import one_line
from twinbook.publishing.rendering.maps import Dot, Drawing

LAND, SEA, ACCENT, MUTED, WARM, INK = "#d9ddd4", "#eef3f4", "#14506b", "#55606d", "#a33d1c", "#1c232d"
FONTS = "Noto Sans, Noto Sans JP"


def standalone_svg(drawing: Drawing) -> str:
    """The map with sea, land, arcs, dots and labels; text stays text."""
    width, height = f"{drawing.width:.0f}", f"{drawing.height:.0f}"
    arcs = "".join(f'<path d="{arc.path}" fill="none" stroke="{ACCENT}" stroke-width="1.6"/>' for arc in drawing.arcs)
    dots = "".join(_dot(dot, ACCENT, 5) for dot in drawing.dots)
    home = _dot(drawing.home, WARM, 7) if drawing.home else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{drawing.view_box}" width="{width}" height="{height}">'
        f'<clipPath id="frame"><rect width="{width}" height="{height}" rx="8"/></clipPath><g clip-path="url(#frame)">'
        f'<rect width="{width}" height="{height}" fill="{SEA}"/>'
        f'<path transform="scale(.1)" fill="{LAND}" fill-rule="evenodd" d="{drawing.land}"/>'
        f"{arcs}{dots}{home}</g></svg>"
    )


def _dot(dot: Dot, colour: str, radius: int) -> str:
    circle = (
        f'<circle cx="{dot.x:.1f}" cy="{dot.y:.1f}" r="{radius}" fill="{colour}" stroke="#fff" stroke-width="1.5"/>'
    )
    if not dot.is_labelled:
        return circle
    place = f'x="{dot.label_x}" y="{dot.label_y}" text-anchor="{dot.anchor}" font-family="{FONTS}" font-size="15"'
    label = escape(one_line(dot.pin.label))
    halo = f'<text {place} fill="none" stroke="{SEA}" stroke-width="3.5" stroke-linejoin="round">{label}</text>'
    return f'{circle}{halo}<text {place} fill="{INK}">{label}</text>'


def chart_svg(chart: Chart) -> str:
    """A chart of years with its numbers written above the bars."""
    ticks = "".join(
        f'<line x1="{chart.left}" x2="{chart.width}" y1="{tick.y}" y2="{tick.y}" stroke="#e0dcd2"/>'
        for tick in chart.ticks
    )
    bars = "".join(
        f'<rect x="{bar.x}" y="{bar.y}" width="{bar.width}" height="{bar.height}" rx="2" fill="{ACCENT}"/>'
        f"{_label(bar.middle, bar.y - 4, str(bar.count), INK)}"
        for bar in chart.bars
        if bar.count
    )
    years = "".join(_label(bar.middle, chart.height - 8, bar.key, MUTED) for bar in chart.bars if bar.is_named)
    size = f'viewBox="0 0 {chart.width:.0f} {chart.height:.0f}" width="{chart.width:.0f}" height="{chart.height:.0f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{ticks}{bars}{years}</svg>'


def _label(x: float, y: float, text: str, colour: str) -> str:
    place = f'x="{x}" y="{y:.1f}" text-anchor="middle" font-family="{FONTS}" font-size="12"'
    return f'<text {place} fill="{colour}">{escape(text)}</text>'
