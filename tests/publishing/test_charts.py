"""Charts: every number in its place, none that flattens the others, no name that is markup."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from twinbook.publishing.rendering.charts import nice_top, pairs_chart, scale, years_chart
from twinbook.publishing.rendering.svg import chart_svg, pairs_svg
from twinbook.publishing.rendering.words import words_of


def test_a_chart_keeps_every_year_and_reaches_its_top() -> None:
    chart = years_chart({1994: 1, 1997: 4})

    assert chart is not None
    assert [(bar.key, bar.count) for bar in chart.bars] == [("1994", 1), ("1995", 0), ("1996", 0), ("1997", 4)]
    assert max(bar.height for bar in chart.bars) == pytest.approx(chart.base - 12, abs=0.2)
    assert years_chart({}) is None
    assert [nice_top(n) for n in (1, 5, 9, 13, 21, 41, 90)] == [4, 8, 12, 20, 40, 80, 120]


def test_one_value_far_above_the_others_does_not_flatten_them() -> None:
    chart = years_chart({2021: 12, 2022: 900, 2023: 18, 2024: 15})

    assert chart is not None
    heights = {bar.key: bar.height for bar in chart.bars}
    assert heights["2021"] > chart.base / 3
    assert heights["2022"] > heights["2023"]
    assert [bar.key for bar in chart.bars if bar.is_broken] == ["2022"]
    assert max(tick.count for tick in chart.ticks) == 20
    drawing = chart_svg(chart)
    assert ">900<" in drawing and drawing.count('stroke="#fff"') == 1
    assert [scale(values) for values in ([900, 850, 12, 10], [40, 30, 20], [900, 12], [7], [])] == [
        (12, True), (40, False), (1200, False), (8, False), (4, False)
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["ru", "ja", "en"])
def test_pairs_of_bars_keep_their_numbers_and_escape_names(language: str) -> None:
    chart = pairs_chart([("Канадзава <b>" * 4, 21, 2), ("金沢", None, 0), ("Улан-Батор", 900, 60), ("x", 14, 30)])

    assert chart is not None and pairs_chart([("x", None, 0)]) is None
    assert [row.is_planned_broken for row in chart.rows] == [False, False, True, False]
    longest = max(row.planned_length for row in chart.rows)
    assert chart.left + longest < chart.width and chart.rows[2].planned_length > chart.rows[2].fact_length
    drawing = pairs_svg(chart, words_of(language))
    assert "<b>" not in drawing and "…" in drawing and ">900<" in drawing
    ElementTree.fromstring(drawing)
