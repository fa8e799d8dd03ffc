"""Sealed columns: no plain text in the database, no value in another row's place, found exactly, under new keys too."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from twinbook.register.models import SecondFactor
from twinbook.register.models.sealed import SealError, digests, plain, reseal, seal, unseal

AT = datetime(2026, 3, 2, tzinfo=UTC)
SECRET = "КАНАРЕЙКА-JBSWY3DPEHPK3PXP-金糸雀"


def factor(user: User, secret: str = SECRET) -> SecondFactor:
    return SecondFactor.objects.create(user=user, kind="totp", secret=secret, made_at=AT)


def in_table(pk: int) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM register_secondfactor WHERE id = %s", [pk])
        return bytes(cursor.fetchone()[0])


def test_the_table_holds_no_plain_text_and_the_row_gives_it(olga: User) -> None:
    kept = factor(olga)

    assert SECRET.encode() not in in_table(kept.pk)
    assert SecondFactor.objects.get(pk=kept.pk).secret == SECRET
    assert kept.secret == SECRET


def test_the_same_text_looks_different_in_each_row(olga: User) -> None:
    first, second = factor(olga), factor(olga)

    assert in_table(first.pk) != in_table(second.pk)


def test_a_value_moved_to_another_row_does_not_open(olga: User) -> None:
    first, second = factor(olga), factor(olga, "another")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE register_secondfactor SET secret = %s WHERE id = %s", [in_table(first.pk), second.pk])

    with pytest.raises(SealError, match="another row"):
        _ = SecondFactor.objects.get(pk=second.pk).secret


def test_a_changed_byte_does_not_open(olga: User) -> None:
    kept = factor(olga)
    sealed = bytearray(in_table(kept.pk))
    sealed[-1] ^= 1

    with pytest.raises(SealError):
        unseal(bytes(sealed), where=f"register.secondfactor.secret:{kept.public_id}")


def test_a_sealed_column_is_never_written_past_the_row(olga: User) -> None:
    kept = factor(olga)

    with pytest.raises(TypeError, match="sealed"):
        SecondFactor.objects.filter(pk=kept.pk).update(secret="plain")
    with pytest.raises(TypeError, match="sealed"):
        list(SecondFactor.objects.filter(secret="plain"))


def test_a_row_saved_for_another_reason_keeps_its_value(olga: User) -> None:
    kept = SecondFactor.objects.get(pk=factor(olga).pk)
    before = in_table(kept.pk)

    kept.name = "telephone"
    kept.save()

    assert in_table(kept.pk) == before
    assert SecondFactor.objects.get(pk=kept.pk).secret == SECRET


def test_a_new_key_seals_and_the_old_one_still_opens(olga: User, settings: Any) -> None:
    old, new = secrets.token_bytes(32), secrets.token_bytes(32)
    settings.TWINBOOK_DATA_KEY = [old]
    kept = factor(olga)

    settings.TWINBOOK_DATA_KEY = [new, old]
    both = SecondFactor.objects.get(pk=kept.pk).secret
    assert reseal(SecondFactor) == 1
    settings.TWINBOOK_DATA_KEY = [new]
    after = SecondFactor.objects.get(pk=kept.pk).secret
    settings.TWINBOOK_DATA_KEY = [old]

    assert (both, after) == (SECRET, SECRET)
    with pytest.raises(SealError, match="no data key opens"):
        _ = SecondFactor.objects.get(pk=kept.pk).secret


def test_without_a_key_nothing_is_sealed(settings: Any) -> None:
    settings.TWINBOOK_DATA_KEY = []

    with pytest.raises(SealError, match="twinbook init"):
        seal("text", where="x")


def test_search_digests_know_case_and_blanks_and_no_other_purpose(settings: Any) -> None:
    settings.TWINBOOK_DATA_KEY = [b"1" * 32, b"2" * 32]

    assert digests(plain("25 04 123456 ab"), purpose="a") == digests(plain("2504123456AB"), purpose="a")
    assert digests("x", purpose="a") != digests("x", purpose="b")
    assert len(set(digests("x", purpose="a"))) == 2
