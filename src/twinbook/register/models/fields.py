"""Kinds of column that several tables share: opaque ids, JSON that keeps every script readable."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

# Crockford's letters: no i, l, o, u, so that an id can be read out on the telephone.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
ID_LENGTH = 12


def new_public_id() -> str:
    """An id that tells nothing: 60 random bits in 12 letters."""
    return _letters(secrets.randbits(5 * ID_LENGTH))


def id_out_of(words: str) -> str:
    """An id of the same form that is always the same for the same words."""
    return _letters(int.from_bytes(hashlib.sha256(words.encode()).digest()[:8]) >> 4)


def _letters(bits: int) -> str:
    return "".join([ALPHABET[bits >> shift & 31] for shift in range(0, 5 * ID_LENGTH, 5)])


class ReadableEncoder(DjangoJSONEncoder):
    """JSON in UTF-8 letters, so that Cyrillic and kanji can be searched in the column and take half the room."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "ensure_ascii": False})


def words_field() -> models.JSONField:
    """Text by language tag: {"ru": "обмен", "ja": "交流"}; empty where nobody wrote one."""
    return models.JSONField(default=dict, blank=True, encoder=ReadableEncoder)


def list_field() -> models.JSONField:
    """A short list of plain values that is only shown, never asked for."""
    return models.JSONField(default=list, blank=True, encoder=ReadableEncoder)


def code_field(**options: Any) -> models.CharField[Any, Any]:
    """A code of a vocabulary scheme, checked by the workflow and the audit, never by `choices`."""
    return models.CharField(max_length=40, blank=True, default="", **options)


def edtf_field() -> models.CharField[Any, Any]:
    """An EDTF date as a source gives it; empty is unknown. Its first and last day stand in two columns beside it."""
    return models.CharField(max_length=60, blank=True, default="")


def day_field(**options: Any) -> models.DateField[Any, Any]:
    """The first or last day that the EDTF beside it may mean; null where that side is open or unknown."""
    return models.DateField(null=True, blank=True, **options)


def record_key() -> models.OneToOneField[Any, Any]:
    """The record whose row this is: a row has no identity of its own, it is rebuilt from the record's statements."""
    return models.OneToOneField("register.Record", on_delete=models.CASCADE, primary_key=True, related_name="+")


def record_link(**options: Any) -> models.ForeignKey[Any, Any]:
    """Another record that this row names; always the canonical one of merged records."""
    options.setdefault("related_name", "+")
    return models.ForeignKey("register.Record", on_delete=models.CASCADE, null=True, blank=True, **options)
