"""A small run of what `benchmarks.reading` measures at length: how time and memory grow."""

import pytest
from benchmarks.growth import memory_by_pages, seconds_by_kilobytes, slope
from benchmarks.names import pages
from benchmarks.plot import svg


@pytest.mark.parametrize("language", ["en", "ja", "ru"])
def test_time_grows_as_a_line_with_a_page_s_length(language: str) -> None:
    paths = [path for _, path in pages(language)]
    seconds_by_kilobytes(paths, [10])  # loads

    assert slope(seconds_by_kilobytes(paths, [20, 40, 80, 160])) < 1.35  # a square would be 2


def test_memory_does_not_grow_with_the_number_of_pages() -> None:
    paths = [path for language in ("en", "ja", "ru") for _, path in pages(language)]

    held = memory_by_pages(paths, 240, steps=4)

    assert held[-1][1] - held[1][1] < 15  # megabytes, over the second 120 pages


def test_a_line_s_points_stand_in_the_picture() -> None:
    picture = svg("Time & length", "megabytes", "seconds", {"ru": [(0.1, 0.5), (1, 5)], "ja": [(0.1, 0.4), (1, 4.5)]})

    assert picture.count("<circle") == 4
    assert "<title>Time &amp; length</title>" in picture
