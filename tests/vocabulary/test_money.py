"""Money is summed by currency."""

from twinbook.vocabulary.money import by_currency


def test_each_currency_has_its_sum():
    assert by_currency([("RUB", 5.0), ("EUR", 2.5), ("RUB", 1.0)]) == (("EUR", 2.5), ("RUB", 6.0))


def test_an_amount_that_is_none_or_zero_adds_no_currency():
    assert by_currency([("JPY", None), ("EUR", 0), ("RUB", 1.0)]) == (("RUB", 1.0),)
