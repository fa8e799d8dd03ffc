import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinbook.reading.finding import Evidence


@given(st.text(min_size=1), st.data())
def test_evidence_quotes_the_text_at_its_offsets(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    evidence = Evidence.of(text, start, end)

    assert evidence.stands_in(text)
    assert evidence.prefix + evidence.quote + evidence.suffix in text


@pytest.mark.parametrize(("start", "end"), [(2, 2), (-1, 2), (0, 99), (3, 1)])
def test_evidence_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no evidence"):
        Evidence.of("Иркутск", start, end)


def test_evidence_does_not_stand_in_a_changed_text() -> None:
    evidence = Evidence.of("побратим Канадзава", 9, 18)

    assert not evidence.stands_in("побратим Пфорцхайм")
