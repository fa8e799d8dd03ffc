"""Amounts of money summed by currency: no sum mixes two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


def by_currency(amounts: Iterable[tuple[str, float | None]]) -> tuple[tuple[str, float], ...]:
    """(currency, sum) of (currency, amount) pairs, in the currencies' order; amounts of none or zero add nothing."""
    sums: defaultdict[str, float] = defaultdict(float)
    for currency, amount in amounts:
        if amount:
            sums[currency] += amount
    return tuple(sorted(sums.items()))
