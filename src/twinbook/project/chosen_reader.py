"""The reader that the office chose, out of the environment; docs/reference/settings.md describes each variable."""

from __future__ import annotations

from urllib.parse import urlsplit

from twinbook.project.environment import SettingError, text
from twinbook.reading.reader import DEFAULT, find_reader
from twinbook.register.reader import OfficeReader
from twinbook.register.web import Endpoint

COMPLETIONS = "/chat/completions"
SECONDS = (1, 600)


def chosen_reader(code: str = "") -> OfficeReader:
    """The reader by its code, else by TWINBOOK_READER; SettingError says what is missing or wrong, and where."""
    code = code or text("TWINBOOK_READER", DEFAULT)
    try:
        reader = find_reader(code)
    except ValueError as error:
        raise SettingError(f"TWINBOOK_READER: {error}. See docs/reference/settings.md") from error
    models = text("TWINBOOK_READER_MODELS")
    if not reader.is_asking:
        return OfficeReader(code, models if reader.taggers else "")
    model = text("TWINBOOK_READER_MODEL")
    if not model:
        raise SettingError("the reader 'language-model' needs TWINBOOK_READER_MODEL, the name of the model to ask")
    endpoint = Endpoint(_address(), text("TWINBOOK_READER_KEY"), _seconds())
    return OfficeReader(code, "", endpoint, model)


def _address() -> str:
    address = text("TWINBOOK_READER_ADDRESS").rstrip("/")
    try:
        parts = urlsplit(address)
        is_sound = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        is_sound = False
    if not is_sound or parts.username is not None:
        raise SettingError(
            "the reader 'language-model' needs TWINBOOK_READER_ADDRESS, as http://10.0.0.5:8000/v1 (encrypted,"
            " https://, where it is not in the house), without a name or password in it"
        )
    return address if address.endswith(COMPLETIONS) else address + COMPLETIONS


def _seconds() -> float:
    given = text("TWINBOOK_READER_SECONDS", "60")
    least, most = SECONDS
    if not given.isdecimal() or not least <= int(given) <= most:
        raise SettingError(f"TWINBOOK_READER_SECONDS is {given!r}; write whole seconds from {least} to {most}")
    return float(given)
