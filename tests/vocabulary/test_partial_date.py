from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinbook.vocabulary.partial_date import PartialDate


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-02-2X", date(2019, 2, 20), date(2019, 2, 28)),
        ("2019-10-0X", date(2019, 10, 1), date(2019, 10, 9)),
        ("2018-22", date(2018, 6, 1), date(2018, 8, 31)),
        ("2018-24", date(2018, 12, 1), date(2019, 2, 28)),
        ("1994/..", date(1994, 1, 1), None),
        ("../2022-05", None, date(2022, 5, 31)),
        ("2018/2019", date(2018, 1, 1), date(2019, 12, 31)),
        ("197X", date(1970, 1, 1), date(1979, 12, 31)),
        ("19XX", date(1900, 1, 1), date(1999, 12, 31)),
        ("XXXX-10-2X", None, None),
        ("XXXX-02-29", None, None),
        ("2013~", date(2013, 1, 1), date(2013, 12, 31)),
    ],
)
def test_a_date_spans_the_days_it_may_mean(edtf: str, first: date | None, last: date | None) -> None:
    assert PartialDate.parse(edtf) == PartialDate(edtf, first, last)


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "19",
        "2019-13",
        "2019-06-31",
        "2019-02-3X",
        "2019-04-00",
        "../..",
        "2020/2019",
        "2019\n",
        "9999-24",
        "0000",
        "XXXX",
        "197X-05",
        "XXXX-13",
    ],
)
def test_a_date_that_cannot_exist_is_refused_by_name(wrong: str) -> None:
    with pytest.raises(ValueError) as refused:
        PartialDate.parse(wrong)

    assert repr(wrong.partition("/")[0]) in str(refused.value) or repr(wrong) in str(refused.value)


@given(st.dates())
def test_a_day_is_its_own_first_and_last(day: date) -> None:
    assert PartialDate.parse(day.isoformat()) == PartialDate(day.isoformat(), day, day)


@given(st.text(alphabet="0129X-/.~", max_size=24))
def test_any_text_is_a_date_in_order_or_a_clear_refusal(text: str) -> None:
    try:
        found = PartialDate.parse(text)
    except ValueError:
        return
    assert found.first is None or found.last is None or found.first <= found.last
