"""A picture of times by length, both in powers of ten: SVG without a library."""

from __future__ import annotations

from math import ceil, floor, log10
from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 720, 440, 70, 44, 110, 56
COLOURS = ("#0b6e4f", "#b3471d", "#274690", "#7a3e9d")
Points = list[tuple[float, float]]


def svg(title: str, across: str, up: str, lines: dict[str, Points]) -> str:
    """One line for each name, its points marked; `across` and `up` say what the axes are and their units."""
    points = [point for line in lines.values() for point in line]
    low_x, high_x = (edge(log10(pick(x for x, _ in points))) for edge, pick in ((floor, min), (ceil, max)))
    low_y, high_y = (edge(log10(pick(y for _, y in points))) for edge, pick in ((floor, min), (ceil, max)))

    def at(x: float, y: float) -> tuple[float, float]:
        share_x, share_y = (log10(x) - low_x) / (high_x - low_x), (log10(y) - low_y) / (high_y - low_y)
        return LEFT + share_x * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - share_y * (HEIGHT - TOP - BOTTOM)

    parts = [text(LEFT, 24, title, size=16), text(LEFT, HEIGHT - 12, across), text(8, TOP - 8, up)]
    for power in range(low_x, high_x + 1):
        x, y = at(10.0**power, 10.0**low_y)
        parts += [rule(x, y, x, TOP), text(x - 12, y + 18, f"{10.0**power:g}")]
    for power in range(low_y, high_y + 1):
        x, y = at(10.0**low_x, 10.0**power)
        parts += [rule(x, y, WIDTH - RIGHT, y), text(x - 44, y + 4, f"{10.0**power:g}")]
    for line, colour in zip(lines.values(), COLOURS, strict=False):
        places = [at(x, y) for x, y in line]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in places]
    ends = sorted(
        ((at(*line[-1]), name, colour) for (name, line), colour in zip(lines.items(), COLOURS, strict=False)),
        key=lambda end: end[0][1],
    )
    lowest = 0.0
    for (x, y), name, colour in ends:  # labels one under the other where lines end together
        lowest = max(y + 4, lowest + 16)
        parts.append(text(x + 10, lowest, name, colour=colour))
    frame = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
    return "\n".join([head, f"<title>{escape(title)}</title>", frame, *parts, "</svg>", ""])


def text(x: float, y: float, words: str, *, size: int = 13, colour: str = "#222") -> str:
    style = f'font-family="sans-serif" font-size="{size}" fill="{colour}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(words)}</text>'


def rule(x: float, y: float, to_x: float, to_y: float) -> str:
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="#ddd"/>'
