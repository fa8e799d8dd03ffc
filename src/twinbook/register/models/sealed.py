"""Sealed columns: text that stands encrypted in the database, bound to its column and row; exact search by index."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

VERSION = b"\x01"
MARK, NONCE = 4, 12  # bytes: which key sealed it; the number used once


class SealError(Exception):
    """A sealed value cannot be opened: no key for it, another row's value in its place, or damage."""


class Ciphertext(bytes):
    """A sealed value as it stands in the database."""


def _keys() -> Sequence[bytes]:
    keys: Sequence[bytes] = settings.TWINBOOK_DATA_KEY
    if not keys:
        raise SealError("this register has no data key; make one with: twinbook init")
    return keys


def _derived(key: bytes, purpose: str) -> bytes:
    """A key of one purpose from a data key (HMAC-SHA-256 as HKDF-Expand does for one block, RFC 5869)."""
    return hmac.new(key, purpose.encode() + b"\x01", hashlib.sha256).digest()


def _mark(key: bytes) -> bytes:
    return hashlib.sha256(b"twinbook data key" + key).digest()[:MARK]


def seal(text: str, *, where: str) -> Ciphertext:
    """The text under the first data key, AES-256-GCM; it opens only at the same `where`."""
    key = _keys()[0]
    nonce = secrets.token_bytes(NONCE)
    body = AESGCM(_derived(key, "seal")).encrypt(nonce, text.encode(), where.encode())
    return Ciphertext(VERSION + _mark(key) + nonce + body)


def unseal(sealed: bytes, *, where: str) -> str:
    """The text of a sealed value; SealError where its key is unknown or it was sealed for another place."""
    mark, nonce, body = sealed[1 : 1 + MARK], sealed[1 + MARK : 1 + MARK + NONCE], sealed[1 + MARK + NONCE :]
    for key in _keys():
        if sealed[:1] == VERSION and hmac.compare_digest(_mark(key), mark):
            try:
                return AESGCM(_derived(key, "seal")).decrypt(nonce, body, where.encode()).decode()
            except InvalidTag:
                raise SealError(f"the sealed value at {where} was changed or belongs to another row") from None
    raise SealError(f"no data key opens the value at {where}; is a line missing in data.key?")


def digests(text: str, *, purpose: str) -> list[str]:
    """Keyed digests of a text, one for each data key, the newest first: what an exact search looks for."""
    return [hmac.new(_derived(key, purpose), text.encode(), hashlib.sha256).hexdigest() for key in _keys()]


class SealedTextField(models.BinaryField):
    """Text sealed with AES-256-GCM; the column's name and the row's own `row` column are its associated data.

    `row` names a column that is filled before the first save (a public_id). Reading the attribute gives the text.
    Nothing can be searched in it; put a SealedIndexField beside it for exact matches.
    """

    def __init__(self, *args: Any, row: str = "public_id", **options: Any) -> None:
        self.row = row
        super().__init__(*args, **{**options, "editable": False})

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "row": self.row}

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, name, _Opened(self))

    def where(self, instance: models.Model) -> str:
        """What a value of this row is bound to: table, column and row."""
        row = getattr(instance, self.row)
        if not row:
            raise SealError(f"{self.model._meta.label}.{self.row} is empty: nothing to bind a sealed value to")
        return f"{self.model._meta.label_lower}.{self.name}:{row}"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Ciphertext | None:
        return None if value is None else Ciphertext(bytes(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Ciphertext | None:
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Ciphertext):
            return value
        return seal(str(value), where=self.where(model_instance))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, Ciphertext):
            raise TypeError(f"{self.name} is sealed: save the row to change it, ask its index to find it")
        return super().get_db_prep_value(value, connection, prepared)


class _Opened:
    """The attribute of a sealed column: opens the value when it is asked for."""

    def __init__(self, field: SealedTextField) -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type[models.Model]) -> Any:
        if instance is None:
            return self
        if self.field.attname not in instance.__dict__:
            instance.refresh_from_db(fields=[self.field.attname])
        value = instance.__dict__[self.field.attname]
        return unseal(value, where=self.field.where(instance)) if isinstance(value, Ciphertext) else value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedIndexField(models.CharField):  # type: ignore[type-arg]  # django-stubs' generics do not subclass at run time
    """The keyed digest of a sealed column beside it, so that an exact value can be found: see `seek`."""

    def __init__(self, *args: Any, of: str, **options: Any) -> None:
        self.of = of
        super().__init__(*args, **{"max_length": 64, "db_index": True, "default": "", "editable": False, **options})

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "of": self.of}

    def purpose(self) -> str:
        return f"index {self.model._meta.label_lower}.{self.of}"

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        text = getattr(model_instance, self.of)
        found = digests(plain(text), purpose=self.purpose())[0] if text else ""
        setattr(model_instance, self.attname, found)
        return found


def plain(text: str) -> str:
    """A text as exact search compares it: case and blanks do not count."""
    return "".join(text.split()).casefold()


def seek(model: type[models.Model], index: str, text: str) -> dict[str, list[str]]:
    """The filter that finds the rows whose sealed value is this text: `Model.objects.filter(**seek(Model, …))`."""
    field = model._meta.get_field(index)
    assert isinstance(field, SealedIndexField)
    return {f"{index}__in": digests(plain(text), purpose=field.purpose())}


def reseal(model: type[models.Model], *, batch: int = 500) -> int:
    """Seal every row's values anew under the first data key, and index them by it; how many rows there were."""
    names = [f.name for f in model._meta.concrete_fields if isinstance(f, SealedTextField | SealedIndexField)]
    done = 0
    for row in model._default_manager.order_by("pk").iterator(batch):
        for name in names:
            setattr(row, name, getattr(row, name))  # opened, so that saving seals it anew
        row.save(update_fields=names)
        done += 1
    return done


def sealed_models() -> list[type[models.Model]]:
    """Every table that has a sealed column."""
    from django.apps import apps  # here: the tables are not all known while this module is read

    return [m for m in apps.get_models() if any(isinstance(f, SealedTextField) for f in m._meta.concrete_fields)]
