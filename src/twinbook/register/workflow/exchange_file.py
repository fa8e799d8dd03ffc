"""A signed exchange file: canonical JSON, an Ed25519 signature in it, and the fingerprint people compare. Pure."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from twinbook.register.workflow.errors import NotPossibleError

FORMAT, VERSION = "twinbook-exchange", 1
LARGEST = 5 * 1024 * 1024  # bytes; a tie of fifty years with all its activities takes a tenth of that
FINGERPRINT_BYTES = 16
# Proquints: sixteen bits as consonant, vowel, consonant, vowel, consonant; easy to read out in any language.
# Source: D. S. Wilkerson, A Proposal for Proquints, 2009 (arXiv 0901.4016).
CONSONANTS, VOWELS = "bdfghjklmnprstvz", "aiou"


@dataclass(frozen=True)
class Fingerprint:
    """The first 16 bytes of a public key's SHA-256: in hexadecimal digits and in words to be read out."""

    hex: str
    words: str

    @property
    def short(self) -> str:
        return self.hex[:16]

    @property
    def groups(self) -> str:
        """The digits in groups of four."""
        return " ".join(self.hex[at : at + 4] for at in range(0, len(self.hex), 4))


@dataclass(frozen=True)
class Signed:
    """A file whose signature holds: its content without key and signature, and the key that signed it."""

    body: Mapping[str, Any]
    key: str
    fingerprint: Fingerprint


def canonical(value: Any) -> bytes:
    """The one way to write a value: RFC 8785 for what an exchange file may hold (no floats; keys in ASCII)."""
    _check_plain(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def _check_plain(value: Any) -> None:
    if isinstance(value, float):
        raise ValueError("an exchange file holds no fractions; write them as text")
    if isinstance(value, Mapping):
        for key, item in value.items():
            if not (isinstance(key, str) and key.isascii()):
                raise ValueError(f"{key!r} is no key of an exchange file")
            _check_plain(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _check_plain(item)


def new_key() -> bytes:
    """A new secret key: 32 bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key(secret: bytes) -> str:
    """The public half of a secret key, in base64url without padding."""
    return _text(Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw())


def fingerprint(key: str) -> Fingerprint:
    """What two people compare on the telephone; ValueError where the text is no key."""
    digest = hashlib.sha256(_bytes(key, 32)).digest()[:FINGERPRINT_BYTES]
    pairs = [int.from_bytes(digest[at : at + 2], "big") for at in range(0, FINGERPRINT_BYTES, 2)]
    return Fingerprint(digest.hex(), "-".join(map(_proquint, pairs)))


def _proquint(bits: int) -> str:
    c, v = CONSONANTS, VOWELS
    return c[bits >> 12] + v[bits >> 10 & 3] + c[bits >> 6 & 15] + v[bits >> 4 & 3] + c[bits & 15]


def sign(body: Mapping[str, Any], secret: bytes) -> bytes:
    """The file: the content with format, version, public key and signature, in canonical form."""
    whole = {**body, "format": FORMAT, "version": VERSION, "key": public_key(secret)}
    signature = Ed25519PrivateKey.from_private_bytes(secret).sign(canonical(whole))
    return canonical({**whole, "signature": _text(signature)})


def read_signed(raw: bytes) -> Signed:
    """The content of a file whose signature holds; NotPossibleError says what is wrong with any other."""
    if len(raw) > LARGEST:
        raise NotPossibleError(f"{len(raw)} bytes are more than an exchange file has", code="exchange-too-large")
    whole = _parsed(raw)
    version = whole.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _no_file()
    if version > VERSION:
        raise NotPossibleError(
            f"the file is of version {version}; this Twinbook reads up to {VERSION}. Bring it up to date",
            code="exchange-too-new",
            version=str(version),
            known=str(VERSION),
        )
    key, signature = whole.get("key"), whole.pop("signature", None)
    try:
        signed = canonical(whole)
        is_whole = canonical({**whole, "signature": signature}) == raw.strip()
        public = Ed25519PublicKey.from_public_bytes(_bytes(key, 32))
        public.verify(_bytes(signature, 64), signed)
        found = fingerprint(str(key))
    except (InvalidSignature, ValueError, RecursionError):
        is_whole = False
    if not is_whole:
        raise NotPossibleError("the file was changed after it was signed; ask for it again", code="exchange-changed")
    body = {name: value for name, value in whole.items() if name not in ("format", "version", "key")}
    return Signed(body, str(key), found)


def _parsed(raw: bytes) -> dict[str, Any]:
    try:
        whole = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise _no_file() from None
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise _no_file()
    return whole


def _no_file() -> NotPossibleError:
    return NotPossibleError("this is no exchange file of Twinbook", code="exchange-no-file")


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _bytes(text: Any, length: int) -> bytes:
    """The bytes of base64url without padding; ValueError where the text is no such, or of another length."""
    if not isinstance(text, str) or not text.isascii():
        raise ValueError("no base64url")
    raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if len(raw) != length or _text(raw) != text:
        raise ValueError(f"no {length} bytes in base64url")
    return raw
