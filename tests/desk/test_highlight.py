"""Evidence lit in a page's text: the pieces are the text, whole and in order, and never HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinbook.register.desk.highlight import Mark, Paragraph, Piece, paragraphs, words_lit

TEXT = "Headline\n\nThe mayor met the consul. Pupils travel."


def test_a_mark_cuts_its_line_in_three() -> None:
    start = TEXT.index("met")

    found = paragraphs(TEXT, [Mark(start, start + 3, 1)])

    assert found == [
        Paragraph((Piece("Headline"),)),
        Paragraph((Piece("The mayor "), Piece("met", (1,), (1,)), Piece(" the consul. Pupils travel."))),
    ]


def test_two_cards_share_the_words_where_they_overlap() -> None:
    found = paragraphs("abcdef", [Mark(0, 4, 1), Mark(2, 6, 2)])

    assert found[0].pieces == (Piece("ab", (1,), (1,)), Piece("cd", (1, 2), (2,)), Piece("ef", (2,), ()))
    assert found[0].pieces[1].card_list == "1 2"


def test_a_mark_over_two_lines_opens_once() -> None:
    found = paragraphs("ab\ncd", [Mark(0, 5, 7)])

    assert [line.pieces for line in found] == [(Piece("ab", (7,), (7,)),), (Piece("cd", (7,), ()),)]


def test_what_is_outside_the_story_is_told_apart() -> None:
    found = paragraphs("story\nadvert", [], story=[(0, 5)])

    assert [line.in_story for line in found] == [True, False]


def test_an_unread_sentence_is_a_piece_of_its_own() -> None:
    found = paragraphs("Read. Unread.", [Mark(0, 5, 1)], unread=[(6, 13)])

    assert found[0].pieces[-1] == Piece("Unread.", is_unread=True)


def test_a_mark_that_reaches_out_is_cut_and_an_empty_one_left_out() -> None:
    found = paragraphs("abc", [Mark(-5, 1, 1), Mark(2, 99, 2), Mark(1, 1, 3), Mark(50, 60, 4)])

    assert found[0].pieces == (Piece("a", (1,), (1,)), Piece("b"), Piece("c", (2,), (2,)))


spans = st.tuples(st.integers(-3, 90), st.integers(-3, 90))


@given(
    st.text(alphabet="ab<>&\"' \n漢д\U0001f600", max_size=80),
    st.lists(st.tuples(spans, st.integers(1, 5)), max_size=8),
    st.lists(spans, max_size=3),
    st.lists(spans, max_size=3),
)
def test_pieces_joined_are_the_lines_that_hold_anything(text, marks, story, unread) -> None:
    found = paragraphs(text, [Mark(a, b, card) for (a, b), card in marks], story=story, unread=unread)

    assert ["".join(piece.text for piece in line.pieces) for line in found] == [
        line for line in text.split("\n") if line.strip()
    ]
    assert all(piece.text for line in found for piece in line.pieces)


@pytest.mark.parametrize(
    ("text", "query", "lit"),
    [
        ("Обмены школьников с Канадзавой", "канадзава обмен", ["Обмены", "Канадзавой"]),
        ("姉妹都市金沢市との交流", "金沢", ["金沢"]),
        ("<b>Kanazawa</b>", "kanazawa b", ["b", "Kanazawa", "b"]),
        ("Vilnius", "Kaunas", []),
    ],
)
def test_words_that_were_asked_for_are_lit_and_no_letter_is_lost(text: str, query: str, lit: list[str]) -> None:
    pieces = words_lit(text, query)

    assert "".join(piece for piece, _ in pieces) == text
    assert [piece for piece, is_lit in pieces if is_lit] == lit
