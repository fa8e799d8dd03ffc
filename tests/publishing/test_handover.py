"""The hand-over as a paper: every partner has its section, and nothing of it is for the public."""

from __future__ import annotations

import pytest

from publishing.editions import LANGUAGES, edition
from twinbook.publishing.publications.briefing.handover import handover


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_partner_has_a_section_and_a_line_of_the_contents(language: str) -> None:
    made = edition(language, audience="office")

    paper = handover(made)

    contents, *sections = paper.sections
    assert contents.table is not None
    assert {section.key for section in sections} == {partner.slug for partner in made.partners}
    assert [row[0][0].to for row in contents.table.rows] == [section.key for section in sections]
    assert paper.footer and not [run for section in sections for line in section.lines for run in line if run.mark]


def test_open_promises_and_what_contradicts_are_told() -> None:
    made = edition("en", audience="office")
    section = next(one for one in handover(made).sections if one.key == "kanazawa")

    words = " ".join(run.text for line in section.lines for run in line)
    assert section.table is not None and len(section.table.rows) == len(made.partner("kanazawa").commitments)
    assert "In dispute: do not quote" in words
