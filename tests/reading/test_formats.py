"""Documents of every format become pages, and no document stops the reader."""

import re
import time
import zipfile
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentText
from odf.text import H, List, ListItem, P

from twinbook.reading.formats import read_bytes, read_document
from twinbook.reading.page import Page

HEADLINE = "Гости из Конгсберга посадили рощу"
FIRST = "Делегация норвежского Конгсберга посадила в Вологде двадцать берёз."
SECOND = "Города дружат с 1987 года, и деревья должны напоминать об этом."
ATTACK_SECONDS = 5.0


def words(page: Page) -> list[str]:
    return [page.text[block.start : block.end] for block in page.blocks]


def codes(page: Page) -> list[str]:
    return [code for code, _ in page.troubles]


def test_html_becomes_blocks_in_document_order() -> None:
    page = read_bytes(
        f"""<!doctype html><html lang="ru"><head><title>{HEADLINE} | Город</title><style>p{{}}</style></head>
        <body><script>var a = "<p>no</p>";</script><div class="Main text" id="x"><h1>{HEADLINE}</h1>
        <p>Деле<b>гация</b> норвежского<br>Конгсберга <a href="/x">посадила</a>&nbsp;&laquo;рощу&raquo;.
        <ul><li>раз<li>два</ul><table><tr><td>три<td>четыре</table><img alt="кот"><noscript>нет</noscript>
        <template>нет</template></div></body></html>""".encode()
    )

    assert words(page) == [
        HEADLINE,
        "Делегация норвежского",
        "Конгсберга посадила «рощу».",
        "раз",
        "два",
        "три",
        "четыре",
    ]
    assert [block.tag for block in page.blocks] == ["h1", "p", "p", "li", "li", "td", "td"]
    assert page.blocks[0].path == ("html", "body", "div#x.main.text", "h1")
    assert page.blocks[2].link_share == pytest.approx(8 / 27, abs=0.01)
    assert (page.title, page.language, codes(page)) == (HEADLINE, "ru", ["fallbacks-left-out"])


def test_a_line_break_inside_a_sentence_does_not_part_it() -> None:
    page = read_bytes("<p>Делегация норвежского<br>города посадила рощу.<br><br>Потом был чай.".encode(), name="a.html")

    assert words(page) == ["Делегация норвежского города посадила рощу.", "Потом был чай."]


def test_a_link_never_closed_does_not_make_its_page_a_menu() -> None:
    story = "".join(f"<p>{FIRST} {SECOND} {number}</p>" for number in range(8))

    page = read_bytes(f"<body><a href=/contacts>Контакты<div>{story}</div></body>".encode())

    assert all(block.link_share == 0 for block in page.blocks)


HEAD = [
    ('<meta property="article:published_time" content="2019-03-05T07:30:00+08:00">', "2019-03-05"),
    (
        '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2019-03-05"}]}</script>',
        "2019-03-05",
    ),
    (
        '<script type="application/ld+json">{broken</script><meta name="DC.date.issued" content="2019-03-05">',
        "2019-03-05",
    ),
    ('<link rel="canonical" href="https://example.org/2019/03/05/grove">', "2019-03-05"),
    ('<meta name="date" content="2019-02-31">', None),
    ("", None),
]


@pytest.mark.parametrize(("head", "day"), HEAD)
def test_the_day_of_publication_comes_from_the_metadata(head: str, day: str | None) -> None:
    page = read_bytes(f"<html><head>{head}</head><body><p>{FIRST}</p></body></html>".encode())

    assert page.published == day


TITLES = [
    (f'<meta property="og:title" content="{HEADLINE}"><title>Город</title>', f"<h1>{HEADLINE}</h1>", HEADLINE),
    (f"<title>Вологда сегодня / Лента / {HEADLINE}</title>", f"<font>{HEADLINE}</font>", HEADLINE),
    (f"<title>{HEADLINE} - Вологда сегодня</title>", f"<h1>Вологда сегодня</h1><h2>{HEADLINE}</h2>", HEADLINE),
    (
        f'<meta property="og:site_name" content="Вологда"><meta property="og:title" content="{HEADLINE} — Вологда">',
        "<p>Без заголовка.</p>",
        HEADLINE,
    ),
    ("", "<h1>Иной</h1>", None),
]


@pytest.mark.parametrize(("head", "body", "title"), TITLES)
def test_the_headline_is_told_from_the_sites_name(head: str, body: str, title: str | None) -> None:
    assert read_bytes(f"<html><head>{head}</head><body>{body}</body></html>".encode()).title == title


def test_plain_text_is_one_block_a_line() -> None:
    assert words(read_bytes(f"{HEADLINE}\n\n{FIRST}\n".encode("cp1251"))) == [HEADLINE, FIRST]


def test_lines_broken_by_hand_are_joined() -> None:
    wrapped = (
        "The mayor of Cork received a delegation of twelve people from the\n"
        "twin city of Rennes on Monday, and both sides spoke for an hour\n"
        "about ferries.\n\n"
        "In the afternoon the guests were shown the English Market and the\n"
        "harbour, where the first boat of the season had just come in from\n"
        "Roscoff.\n"
    )

    page = read_bytes(wrapped.encode())

    assert [text.split()[0] for text in words(page)] == ["The", "In"]
    assert words(page)[0].endswith("spoke for an hour about ferries.")


def test_short_paragraphs_a_line_each_are_not_joined() -> None:
    lines = [f"The mayor of Cork received guest number {number} at City Hall on Monday." for number in range(9)]

    assert words(read_bytes("\n".join(lines).encode())) == lines


def docx_bytes() -> bytes:
    document = docx.Document()
    document.add_heading(HEADLINE, 1)
    document.add_paragraph(FIRST)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Год"
    table.cell(0, 1).text = "1987"
    document.add_paragraph(SECOND)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def odt_bytes() -> bytes:
    document = OpenDocumentText()
    document.text.addElement(H(outlinelevel=1, text=HEADLINE))
    document.text.addElement(P(text=FIRST))
    bullets, item = List(), ListItem()
    item.addElement(P(text="берёзы"))
    bullets.addElement(item)
    document.text.addElement(bullets)
    document.text.addElement(P(text=SECOND))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def pdf_bytes(text: str) -> bytes:
    """A PDF of one page with a text layer, written by hand."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("latin-1")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


def test_a_word_file_gives_its_paragraphs_and_cells() -> None:
    page = read_bytes(docx_bytes(), name="заметка.docx")

    assert words(page) == [HEADLINE, FIRST, "Год", "1987", SECOND]
    assert (page.title, page.troubles) == (HEADLINE, ())


def test_an_open_document_gives_its_paragraphs_and_lists() -> None:
    page = read_bytes(odt_bytes())

    assert words(page) == [HEADLINE, FIRST, "берёзы", SECOND]
    assert [block.tag for block in page.blocks] == ["h1", "p", "li", "p"]


def test_a_pdf_gives_its_text_layer() -> None:
    assert words(read_bytes(pdf_bytes("Cork and Rennes are twins."))) == ["Cork and Rennes are twins."]


def test_a_pdf_without_text_says_so() -> None:
    assert codes(read_bytes(pdf_bytes(""))) == ["no-text-layer"]


def letter(subject: str, body: str, charset: str = "utf-8") -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, "press@example.org", "office@example.org"
    message["Date"] = "Tue, 05 Mar 2019 07:30:00 +0800"
    message.set_content(body, charset=charset)
    return message


def test_a_letter_gives_its_body_and_each_attachment() -> None:
    message = letter(HEADLINE, f"{FIRST}\n", charset="koi8-r")
    message.add_alternative(
        f"<html><body><p>{FIRST}</p><p>{SECOND}</p></body></html>", subtype="html", charset="cp1251"
    )
    message.add_attachment(docx_bytes(), maintype="application", subtype="octet-stream", filename="приложение.docx")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a.png")

    pages = read_document(message.as_bytes(), name="letter.eml")

    assert [words(page) for page in pages] == [[FIRST, SECOND], [HEADLINE, FIRST, "Год", "1987", SECOND]]
    assert (pages[0].title, pages[0].published) == (HEADLINE, "2019-03-05")


def test_a_mailbox_gives_every_letter() -> None:
    letters = [letter(f"Письмо {number}", FIRST) for number in range(3)]
    raw = b"".join(b"From a@example.org Tue Mar  5 07:30:00 2019\n" + item.as_bytes() + b"\n\n" for item in letters)

    assert [page.title for page in read_document(raw)] == ["Письмо 0", "Письмо 1", "Письмо 2"]


def test_a_saved_page_is_read_as_the_page_it_was() -> None:
    html = f"<html><head><title>{HEADLINE} | Город</title></head><body><h1>{HEADLINE}</h1><p>{FIRST}</p></body></html>"
    message = EmailMessage()
    message["From"], message["Subject"] = "<Saved by Blink>", "сохранено"
    message["Snapshot-Content-Location"] = "https://example.org/news/1"
    message["Date"] = "Tue, 05 Mar 2019 07:30:00 +0800"
    message["MIME-Version"] = "1.0"
    message.set_content(html, subtype="html", charset="utf-8")

    page = read_bytes(message.as_bytes(), name="page.mhtml")

    assert (words(page), page.title) == ([HEADLINE, FIRST], HEADLINE)


UNREAD = [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "format-unknown"),
    (b"{\\rtf1 hello}", "format-unknown"),
    (b"\x89PNG\r\n\x1a\n" + bytes(100), "format-unknown"),
    (b"PK\x03\x04 not a zip", "file-broken"),
    (b"%PDF-1.7 broken", "file-broken"),
    (bytes(range(1, 9)) * 40, "not-text"),
]


@pytest.mark.parametrize(("raw", "code"), UNREAD)
def test_what_cannot_be_read_says_so(raw: bytes, code: str) -> None:
    page = read_bytes(raw)

    assert (page.text, codes(page)) == ("", [code])


def zipped(name: str, content: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


ENTITIES = b'<!DOCTYPE a [<!ENTITY b "boom"><!ENTITY c "&b;&b;">]><w:document xmlns:w="x">&c;</w:document>'
WORDS = "Города дружат давно, и школьники ездят друг к другу каждое лето. "
# (document, what must be said of it, characters of text that must survive)
ATTACKS = {
    "deep nesting": (("<div>" * 100_000 + WORDS).encode(), None, 60),
    "unclosed fonts": (
        "".join(f"<p><font size={n}>{WORDS}" for n in range(20_000)).encode(),
        "markup-simplified",
        1_000_000,
    ),
    "many attributes": (("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + f">{WORDS}").encode(), None, 60),
    "one huge node": (("<p>" + WORDS * 150_000).encode(), None, 9_000_000),
    "too many bytes": (("<p>" + WORDS * 200_000).encode(), "text-cut", 9_000_000),
    "too many tags": ((f"<p>{WORDS}" + "<i></i>" * 300_000).encode(), "text-cut", 60),
    "brackets": (b"<p>" + b"<" * 2_000_000, None, 0),
    "entities": (b"<p>" + b"&amp;" * 2_000_000, None, 2_000_000),
    "links": (("<a href=/x>слово</a> " * 100_000).encode(), None, 500_000),
    "nested tables": (("<table><tr><td>" * 20_000 + WORDS).encode(), None, 60),
    "comments": (b"<!--" * 500_000, None, 0),
    "zip bomb": (zipped("word/document.xml", b" " * 200_000_000), "file-too-large", 0),
    "xml entities": (zipped("word/document.xml", ENTITIES), "file-refused", 0),
    "deep xml": (zipped("content.xml", b"<a>" * 50_000 + b"</a>" * 50_000), None, 0),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_costs_little_and_loses_nothing_unsaid(name: str) -> None:
    raw, code, least = ATTACKS[name]
    began = time.process_time()

    page = read_bytes(raw, name="page.html" if raw[:2] != b"PK" else "page.docx")

    assert time.process_time() - began < ATTACK_SECONDS
    assert len(page.text) >= least
    if code:
        assert code in codes(page)


SHAPES = st.sampled_from(
    [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html><p>", b"From a\nTo: b\nSubject: c\n\n", b"\xff\xfe", b"\x1b$B"]
)
PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<b>",
        "<br>",
        "<!--",
        "-->",
        "<table>",
        "<a href=x>",
        "&#xd800;",
        "&#xfffe;",
        "ж",
        "市",
        " ",
        "\x00",
        "<script>",
    ]
)


@settings(max_examples=300, deadline=None)
@given(SHAPES, st.binary(max_size=400), st.lists(PIECES, max_size=30))
def test_any_bytes_give_blocks_inside_the_text_in_order(start: bytes, raw: bytes, pieces: list[str]) -> None:
    for page in read_document(start + raw + "".join(pieces).encode("utf-8", "ignore"), name="a"):
        ends = [0, *(block.end for block in page.blocks)]
        assert all(
            end <= block.start < block.end <= len(page.text) for end, block in zip(ends, page.blocks, strict=False)
        )
        assert page.text.encode("utf-8").decode("utf-8") == page.text


def test_every_trouble_stands_in_the_reference() -> None:
    root = Path(__file__).resolve().parents[2]
    source = "".join(path.read_text("utf-8") for path in (root / "src/twinbook/reading/formats").glob("*.py"))
    codes_in_source = set(re.findall(r'\(\s*"([a-z]+(?:-[a-z]+)+)", f?"', source))

    listed = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", (root / "docs/reference/formats.md").read_text("utf-8")))

    assert codes_in_source <= listed
    assert len(codes_in_source) > 10
