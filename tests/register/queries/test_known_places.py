"""The towns of a list among those that are known: the very same point is the town itself, another stays a question."""

from __future__ import annotations

import pytest

from twinbook.reading.importer import PlaceNamed
from twinbook.register.queries.known_places import KnownPlaces


def town(latitude: float | None, longitude: float | None, country: str = "PL") -> PlaceNamed:
    return PlaceNamed((("pl", "Chojna"),), country, latitude=latitude, longitude=longitude)


@pytest.mark.parametrize(
    ("named", "verdict", "record"),
    [
        (town(52.96, 14.43), "same", 2),
        (town(52.99, 14.5), "unsure", None),
        (town(None, None), "unsure", None),
        (town(52.96, 14.43, ""), "unsure", None),
    ],
)
def test_a_town_with_namesakes_is_known_again_by_its_point(named: PlaceNamed, verdict: str, record: int | None) -> None:
    known = KnownPlaces()
    known.add(1, town(None, None, ""))
    known.add(2, town(52.96, 14.43))

    found = known.find(named)

    assert (found.verdict, found.record) == (verdict, record)
    assert ("Chojna" in found.remark) == (verdict == "unsure")
