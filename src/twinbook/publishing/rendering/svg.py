"""Maps and charts as SVG files of their own, with their colours inside: for papers, where no style sheet reaches."""

from __future__ import annotations

from html import escape

from twinbook.publishing.rendering.charts import Chart, PairChart, PairRow
from twinbook.publishing.rendering.clean import one_line
from twinbook.publishing.rendering.maps import Dot, Drawing, text_width
from twinbook.publishing.rendering.words import Words

LAND, SEA, ACCENT, MUTED, WARM, INK = "#d9ddd4", "#eef3f4", "#14506b", "#55606d", "#a33d1c", "#1c232d"
PALE = "#d5e3ea"
LABEL_EMS = 15.0  # of the names beside lying bars
FONTS = "Noto Sans, Noto Sans JP, sans-serif"


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
        f"{_gap(bar.x - 3, bar.y + 9, bar.width + 6) if bar.is_broken else ''}"
        f"{_label(bar.middle, bar.y - 4, str(bar.count), INK)}"
        for bar in chart.bars
        if bar.count
    )
    years = "".join(_label(bar.middle, chart.height - 8, bar.key, MUTED) for bar in chart.bars if bar.is_named)
    size = f'viewBox="0 0 {chart.width:.0f} {chart.height:.0f}" width="{chart.width:.0f}" height="{chart.height:.0f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{ticks}{bars}{years}</svg>'


def pairs_svg(chart: PairChart, words: Words, *, unit: str = "") -> str:
    """Pairs of lying bars: what was planned light, what came of it dark, each with its number."""
    key = (
        f'<rect x="{chart.left}" y="4" width="12" height="10" fill="{PALE}" stroke="{MUTED}" stroke-width=".8"/>'
        f"{_text(chart.left + 18, 13, words.say('planned'), MUTED)}"
        f'<rect x="{chart.left + 140}" y="4" width="12" height="10" fill="{ACCENT}"/>'
        f"{_text(chart.left + 158, 13, words.say('in fact'), MUTED)}"
    )
    rows = "".join(_pair(chart, row, words, unit) for row in chart.rows)
    size = f'viewBox="0 0 {chart.width:.0f} {chart.height:.0f}" width="{chart.width:.0f}" height="{chart.height:.0f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{key}{rows}</svg>'


def _pair(chart: PairChart, row: PairRow, words: Words, unit: str) -> str:
    made = [_text(0, row.y + 17, shortened(row.label, LABEL_EMS), INK)]
    pale, dark = f'fill="{PALE}" stroke="{MUTED}" stroke-width=".8"', f'fill="{ACCENT}"'
    for value, length, is_broken, y, look in (
        (row.planned, row.planned_length, row.is_planned_broken, row.y + 2, pale),
        (row.fact, row.fact_length, row.is_fact_broken, row.y + 16, dark),
    ):
        if value is None:
            continue
        made.append(f'<rect x="{chart.left}" y="{y}" width="{max(length, 1)}" height="12" {look}/>')
        if is_broken:
            made.append(_slit(chart.left + length - 12, y - 2))
        made.append(_text(chart.left + length + 5, y + 10.5, f"{words.number(value)} {unit}".strip(), INK))
    return "".join(made)


def shortened(label: str, ems: float) -> str:
    """The label, cut with … where it would be wider than so many times the size of its letters."""
    label = one_line(label)
    if text_width(label) <= ems:
        return label
    while label and text_width(label) > ems - 1:
        label = label[:-1]
    return label.rstrip() + "…"


def _gap(x: float, y: float, width: float) -> str:
    """A white stroke across a standing bar that is longer than the scale."""
    return f'<path d="M{x:.1f} {y + 3:.1f}l{width:.1f} -6" stroke="#fff" stroke-width="3.5" fill="none"/>'


def _slit(x: float, y: float) -> str:
    """The same across a lying bar."""
    return f'<path d="M{x:.1f} {y + 16:.1f}l6 -16" stroke="#fff" stroke-width="3.5" fill="none"/>'


def _text(x: float, y: float, text: str, colour: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-family="{FONTS}" font-size="12" fill="{colour}">{escape(text)}</text>'


def _label(x: float, y: float, text: str, colour: str) -> str:
    place = f'x="{x}" y="{y:.1f}" text-anchor="middle" font-family="{FONTS}" font-size="12"'
    return f'<text {place} fill="{colour}">{escape(text)}</text>'
