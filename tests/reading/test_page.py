import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinbook.reading.page import CleanText, DecodedPage, clean_text, decode_page


def test_clean_text_drops_what_no_store_can_hold() -> None:
    assert clean_text("а\x00б\ud800в\ufffe\x0bг\t\n") == CleanText("абвг\t\n", (1, 3, 5, 6))


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\x00\x0b\ud800\ufffe"))))
def test_each_clean_character_stands_at_its_raw_offset(raw: str) -> None:
    clean = clean_text(raw)

    assert [raw[clean.raw_offset(i)] for i in range(len(clean.text))] == list(clean.text)
    assert len(clean.text) + len(clean.dropped) == len(raw)
    assert clean_text(clean.text) == CleanText(clean.text)


@pytest.mark.parametrize(
    ("text", "label", "encoding"),
    [
        ("Мэр Иркутска", "windows-1251", "cp1251"),
        ("Мэр Иркутска", "koi8-r", "koi8-r"),
        ("金沢市①", "Shift_JIS", "cp932"),
        ("金沢市", "EUC-JP", "euc_jp"),
        ("“Twin towns”", "ISO-8859-1", "cp1252"),
    ],
)
def test_a_declared_encoding_is_believed(text: str, label: str, encoding: str) -> None:
    raw = f'<meta charset="{label}">'.encode("ascii") + text.encode(encoding)

    assert decode_page(raw) == DecodedPage(f'<meta charset="{label}">{text}', encoding, 0)


def test_a_false_declaration_gives_way_to_utf_8() -> None:
    raw = '<meta charset="us-ascii-no-such">姉妹都市'.encode()

    assert decode_page(raw, declared="zlib") == DecodedPage(raw.decode(), "utf-8", 0)


def test_unreadable_bytes_are_counted() -> None:
    raw = ("Мэр Иркутска и мэр Канадзавы " * 5).encode() + b"\xff."

    assert decode_page(raw) == DecodedPage("Мэр Иркутска и мэр Канадзавы " * 5 + "\ufffd.", "utf-8", 1)


@given(st.binary(), st.one_of(st.none(), st.text(max_size=12), st.sampled_from(["hex", "idna", "utf-7", "undefined"])))
def test_any_bytes_become_text(raw: bytes, declared: str | None) -> None:
    page = decode_page(raw, declared=declared)

    assert page.unreadable <= len(page.text)
    assert clean_text(page.text).text.encode("utf-8").decode("utf-8") == clean_text(page.text).text
