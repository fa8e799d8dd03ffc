"""How much two stories are alike: shared runs of letters, and marks by which like ones are found among many. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from zlib import crc32

RUN = 5  # letters of a shingle, in any script
LONGEST = 20_000  # letters that are looked at
BANDS, IN_A_BAND = 8, 4
BUCKETS = BANDS * IN_A_BAND
SHORTEST = 80  # letters: what is shorter is alike by chance


def shingles(story: Collection[str]) -> frozenset[int]:
    """The runs of letters and figures of a story's sentences, as numbers; signs, blanks and case do not count."""
    words = unicodedata.normalize("NFKC", " ".join(story)).casefold()
    letters = "".join(filter(str.isalnum, words))[:LONGEST]
    if len(letters) < SHORTEST:
        return frozenset()
    return frozenset(crc32(letters[at : at + RUN].encode()) for at in range(len(letters) - RUN + 1))


def bands(runs: Collection[int]) -> tuple[int, ...]:
    """Eight marks of a story: two that share four fifths of their runs share a mark in 98 of 100 cases, two that share
    a third in 10 (one-permutation minhash; an empty bucket takes the next full one's)."""
    if not runs:
        return ()
    least: list[int | None] = [None] * BUCKETS
    for run in runs:
        bucket, rest = run % BUCKETS, run // BUCKETS
        known = least[bucket]
        least[bucket] = rest if known is None else min(known, rest)
    full = [_next_full(least, bucket) for bucket in range(BUCKETS)]
    return tuple(
        band << 32 | crc32(repr(full[band * IN_A_BAND : (band + 1) * IN_A_BAND]).encode()) for band in range(BANDS)
    )


def share(first: frozenset[int], second: frozenset[int]) -> int:
    """How many hundredths of the runs of both are in both (Jaccard), rounded down: 100 only where all are."""
    whole = len(first | second)
    return 100 * len(first & second) // whole if whole else 0


def _next_full(least: list[int | None], bucket: int) -> int:
    for step in range(BUCKETS):
        found = least[(bucket + step) % BUCKETS]
        if found is not None:
            return found + step * 0x9E3779B1  # so that a borrowed value is another one than its owner's
    raise ValueError("no run at all")
