"""Bytes as pages really come: declared, undeclared and wrongly declared."""

import pytest

from twinbook.reading.page import decode_page, garbled_as

RUSSIAN = "Мэр Вологды принял гостей из Конгсберга. Стороны обсудили обмен школьными делегациями и визит в Норвегию."
JAPANESE = (
    "松山市とフライブルク市は、姉妹都市となりました。青少年の親善団は毎年夏に互いの家庭に泊まって交流しています。"
)
NUMBERED = JAPANESE + "①㈱髙"
ENGLISH = "The “Lord Mayor” of Cork met Hélène Guéguen – a café chat about the twin’s ferry and the £5 fare."
CHINESE = "友好城市代表团访问金泽，双方讨论了学生交流和文化合作。"
WRITTEN = [
    (RUSSIAN, "utf-8"),
    (RUSSIAN, "utf-8-sig"),
    (RUSSIAN, "utf-16"),
    (RUSSIAN, "utf-16-le"),
    (RUSSIAN, "utf-16-be"),
    (RUSSIAN, "windows-1251"),
    (RUSSIAN, "koi8-r"),
    (RUSSIAN, "cp866"),
    (RUSSIAN, "iso8859-5"),
    (NUMBERED, "utf-8"),
    (NUMBERED, "cp932"),
    (JAPANESE, "euc_jp"),
    (JAPANESE + "①", "euc_jis_2004"),
    (JAPANESE, "iso2022_jp"),
    (NUMBERED, "utf-16"),
    (ENGLISH, "utf-8"),
    (ENGLISH, "windows-1252"),
    (CHINESE, "gb18030"),
]
LABELS = ["", "utf-8", "windows-1251", "iso-8859-1", "Shift_JIS", "no-such-label"]


@pytest.mark.parametrize(("text", "encoding"), WRITTEN, ids=lambda value: value[:12])
@pytest.mark.parametrize("label", LABELS)
def test_text_survives_whatever_its_page_declares(text: str, encoding: str, label: str) -> None:
    whole = f'<meta charset="{label}"><p>{text}</p>' if label else f"<p>{text}</p>"

    page = decode_page(whole.encode(encoding))

    assert page.text == whole
    assert page.unreadable == 0


@pytest.mark.parametrize(("text", "encoding"), WRITTEN, ids=lambda value: value[:12])
def test_the_http_header_is_heard_before_the_page(text: str, encoding: str) -> None:
    raw = f'<meta charset="koi8-u"><p>{text}</p>'.encode(encoding)

    assert text in decode_page(raw, declared=encoding).text


@pytest.mark.parametrize("seen_as", ["cp1251", "latin-1"])
def test_text_once_read_in_the_wrong_encoding_is_noticed(seen_as: str) -> None:
    garbled = RUSSIAN.encode().decode(seen_as, "replace")

    assert garbled_as(garbled) == seen_as


@pytest.mark.parametrize(
    "text", [RUSSIAN, JAPANESE, ENGLISH, CHINESE, "", "Grüße aus Pforzheim, schöne Straße, große Brücke"]
)
def test_sound_text_is_not_called_garbled(text: str) -> None:
    assert garbled_as(text) is None
